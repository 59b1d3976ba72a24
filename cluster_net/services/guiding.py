"""The guided finder as pages show it: the shortlist with conditions, how to ask, and what to ask."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from cluster_net.domain.filters import And, Eq, In
from cluster_net.domain.graph import CONCEPT, OFFER, Key, Node
from cluster_net.domain.matching.cues import CUES
from cluster_net.domain.matching.fit import Condition
from cluster_net.domain.matching.languages import is_function_word
from cluster_net.domain.matching.shortlist import Answers, Found, Relaxation, shortlist
from cluster_net.domain.network import Network
from cluster_net.domain.nodes import from_node
from cluster_net.domain.recognition import Names, concepts_in, names_of, words_beside
from cluster_net.domain.records import Actor, Offer
from cluster_net.domain.search import SearchQuery
from cluster_net.domain.vocabulary import INFRASTRUCTURE_KINDS, OFFER_KINDS, Language
from cluster_net.services.access import access_facts, statements_of
from cluster_net.services.asking import Asking, how_to_ask
from cluster_net.services.backends import Backends
from cluster_net.services.cards import Card, card_of
from cluster_net.services.listing import or_nothing
from cluster_net.services.ports import SearchIndex

SHOWN, SHOWN_OFFERS, SHOWN_FAILING = 10, 6, 5
LOOKED_UP, SHORTEST, MOST_HITS = 12, 3, 100  # words looked up, their least letters, and the hits of each that count
TOO_COMMON = 60  # a word that finds more tells nothing


@dataclass(frozen=True, slots=True)
class Proposal:
    """One of the shortlist: what it is, why it is there, its conditions, where to ask, and what nobody has published.

    `ask` is that of an infrastructure, `unasked` are questions of cost and time that no source answers, whatever the reader asked for.
    """

    card: Card
    concepts: tuple[Card, ...]
    conditions: tuple[Condition, ...]
    ask: Asking
    unasked: tuple[str, ...]

    @property
    def unknown(self) -> tuple[Condition, ...]:
        """Return what has to be asked."""
        return tuple(one for one in self.conditions if one.state == "unknown")


@dataclass(frozen=True, slots=True)
class FinderPage:
    """The shortlist with its numbers; `concepts` is how the words were understood, `missing` what did not answer.

    `ranked` tells that those that fit do not all fit equally well.
    """

    answers: Answers
    concepts: tuple[Card, ...]
    fitting: tuple[Proposal, ...]
    failing: tuple[Proposal, ...]
    offers: tuple[Proposal, ...]
    total: int
    ranked: bool
    relaxations: tuple[Relaxation, ...]
    missing: tuple[str, ...]


def read_shortlist(backends: Backends, answers: Answers, language: Language) -> FinderPage:
    """Return what answers *answers*; the concepts that its text names are looked up in the network, its other words in the index.

    Without the index the concepts alone decide. Raises Unavailable when the store does not answer.
    """
    network = backends.network.current()
    names = names_of(network.of_label.get(CONCEPT, ()), CUES)
    asked = understood(network, answers, names)
    beside = words_beside(asked.text, names)
    by_words, index_down = or_nothing(lambda: found_by_words(backends.index, beside, language))
    today = backends.clock().date().isoformat()
    found = shortlist(network, asked, by_words, today)
    return FinderPage(
        answers=answers,
        concepts=_cards(network, asked.concepts, language),
        fitting=_proposals(network, found.fitting[:SHOWN], language),
        failing=_proposals(network, found.failing[:SHOWN_FAILING], language),
        offers=_proposals(network, found.offers[:SHOWN_OFFERS], language),
        total=len(found.fitting),
        ranked=found.ranked,
        relaxations=found.relaxations,
        missing=("index",) if index_down else (),
    )


def understood(network: Network, answers: Answers, names: Names) -> Answers:
    """Return *answers* with the concepts whose *names* are in its text, unless the reader chose some; unknown ones are left out."""
    known = tuple(one for one in answers.concepts if Key(CONCEPT, one) in network.nodes)
    return replace(answers, concepts=known or concepts_in(answers.text, names))


def found_by_words(index: SearchIndex, words: Sequence[str], language: Language) -> dict[Key, float]:
    """Return which part of *words* each infrastructure and offer was found by, in one round trip to the index.

    part = sum of r_w over the words w that find it / sum of r_w over all words that find any, r_w = 1 / (1 + log2 hits).
    """
    looked_up = [word for word in words if len(word) >= SHORTEST and not is_function_word(word)][:LOOKED_UP]
    results = index.search_many([_query(word, language) for word in looked_up]) if looked_up else []
    telling = [(result.hits, 1.0 / (1.0 + math.log2(result.total))) for result in results if 0 < result.total <= TOO_COMMON]
    whole = math.fsum(worth for _, worth in telling)
    parts: dict[Key, float] = {}
    for hits, worth in telling:
        for key in (hit.document.key for hit in hits):
            parts[key] = parts.get(key, 0.0) + worth / whole
    return parts


def _query(word: str, language: Language) -> SearchQuery:
    """Ask for one whole word: the space after it says that it is no beginning of a longer one."""
    kinds = (*INFRASTRUCTURE_KINDS, *OFFER_KINDS)
    where = And((Eq("visibility", "public"), In("type", ("actor", "offer")), In("kind", kinds)))
    return SearchQuery(text=f"{word} ", where=where, limit=MOST_HITS, language=language)


def _cards(network: Network, concepts: Iterable[str], language: Language) -> tuple[Card, ...]:
    return tuple(card_of(node, language) for one in concepts if (node := network.nodes.get(Key(CONCEPT, one))))


def _proposals(network: Network, found: Sequence[Found], language: Language) -> tuple[Proposal, ...]:
    return tuple(_proposal(network, one, language) for one in found)


def _proposal(network: Network, found: Found, language: Language) -> Proposal:
    node = network.nodes[found.key]
    ask, unasked = _offered(node) if found.key.label == OFFER else _used(network, node, found, language)
    return Proposal(
        card=card_of(node, language),
        concepts=_cards(network, found.concepts, language),
        conditions=found.conditions,
        ask=ask,
        unasked=unasked,
    )


def _offered(node: Node) -> tuple[Asking, tuple[str, ...]]:
    offer = from_node(node, Offer)
    return Asking(offer.how_to_apply_url, offer.source_url, told=None, bodies=(), operated=False), ()


def _used(network: Network, node: Node, found: Found, language: Language) -> tuple[Asking, tuple[str, ...]]:
    """Return how to ask about an infrastructure, and what no source tells of price and time."""
    actor = from_node(node, Actor)
    ties = list(network.ties_of(node.key))
    answered = {fact.name for fact in access_facts(actor, statements_of(ties), language) if fact.answer}
    asked = {"lead_time" if one.name == "time" else one.name for one in found.conditions}
    unasked = tuple(name for name in ("price", "lead_time") if name not in answered | asked)
    return how_to_ask(actor, ties, language), unasked
