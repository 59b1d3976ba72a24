"""The pages of one thing: an actor, a need or an offer, a concept."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cluster_net.domain.graph import ACTOR, CONCEPT, NEED, OFFER, Key, Revision, Tie
from cluster_net.domain.network import LEAST_CONFIDENCE
from cluster_net.domain.nodes import collaboration_of, from_node, record_of
from cluster_net.domain.records import AccessStatement, Actor, Collaboration, Concept, Need, Offer
from cluster_net.domain.suggestions import Suggestion
from cluster_net.domain.text import sort_key
from cluster_net.domain.vocabulary import COLLABORATION_TYPES, ROLES, Language, confidence_words
from cluster_net.services.access import AccessFact, AccessSource, access_facts, access_sources
from cluster_net.services.backends import Backends
from cluster_net.services.cards import Card, card_of
from cluster_net.services.ports import GraphStore
from cluster_net.services.suggesting import suggest_for_actor, suggest_for_need
from cluster_net.services.summaries import missing_record

SHOWN_TIES = 15
SHOWN_HOLDERS = 100


@dataclass(frozen=True, slots=True)
class ShownTie:
    """A tie on a page: the other end, and the tie with its source."""

    card: Card
    tie: Collaboration
    label: str
    confidence: str


@dataclass(frozen=True, slots=True)
class TieGroup:
    """The ties of one type in one direction; `shown` of `total`."""

    name: str
    words: str
    shown: tuple[ShownTie, ...]
    total: int


@dataclass(frozen=True, slots=True)
class ActorPage:
    """Everything the page of an actor shows."""

    actor: Actor
    card: Card
    groups: tuple[TieGroup, ...]
    concepts: tuple[Card, ...]
    needs: tuple[Card, ...]
    offers: tuple[Card, ...]
    access: tuple[AccessFact, ...]
    access_sources: tuple[AccessSource, ...]
    suggestions: tuple[Suggestion, ...]
    revisions: tuple[Revision, ...]


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """Everything the page of a need or an offer shows; `roles` in words."""

    record: Need | Offer
    card: Card
    owners: tuple[Card, ...]
    concepts: tuple[Card, ...]
    roles: tuple[str, ...]
    suggestions: tuple[Suggestion, ...]
    over: bool


@dataclass(frozen=True, slots=True)
class ConceptPage:
    """Everything the page of a concept shows; `holders` of `total_holders`."""

    concept: Concept
    card: Card
    broader: tuple[Card, ...]
    narrower: tuple[Card, ...]
    holders: tuple[Card, ...]
    total_holders: int
    needs: tuple[Card, ...]
    offers: tuple[Card, ...]


def read_actor(backends: Backends, slug: str, language: Language, whole: str = "") -> ActorPage:
    """Return the page of an actor; the group of ties named *whole* is shown in full. Raises NotFound."""
    key = Key(ACTOR, slug)
    node = backends.graph.get([key]).get(key)
    if node is None:
        raise missing_record(backends.graph, key)
    ties = backends.graph.neighbours([key])[key]
    actor = from_node(node, Actor)
    statements = [from_node(tie.node, AccessStatement) for tie in ties if tie.link.type == "DESCRIBES"]
    today = backends.clock().date()
    return ActorPage(
        actor=actor,
        card=card_of(node, language),
        groups=_groups(ties, language, whole),
        concepts=_cards(ties, ("HAS_CAPABILITY",), language),
        needs=_cards(ties, ("SEEKS",), language),
        offers=_cards(ties, ("PROVIDES",), language),
        access=access_facts(actor, statements, language) if actor.is_infrastructure else (),
        access_sources=access_sources(statements, language),
        suggestions=tuple(suggest_for_actor(backends.network.current(), slug, language=language, limit=6, today=today)),
        revisions=tuple(backends.graph.revisions(ACTOR, slug, limit=5)),
    )


def read_need(backends: Backends, slug: str, language: Language) -> ProposalPage:
    """Return the page of a need with who fits. Raises NotFound."""
    today = backends.clock().date()
    page = _read_proposal(backends, Key(NEED, slug), language)
    found = suggest_for_need(backends.network.current(), slug, language=language, limit=12, today=today)
    return replace(page, suggestions=tuple(found))


def read_offer(backends: Backends, slug: str, language: Language) -> ProposalPage:
    """Return the page of an offer. Raises NotFound."""
    return _read_proposal(backends, Key(OFFER, slug), language)


def read_concept(store: GraphStore, slug: str, language: Language) -> ConceptPage:
    """Return the page of a concept. Raises NotFound."""
    key = Key(CONCEPT, slug)
    node = store.get([key]).get(key)
    if node is None:
        raise missing_record(store, key)
    ties = store.neighbours([key])[key]
    holders = _cards(ties, ("HAS_CAPABILITY",), language)
    return ConceptPage(
        concept=from_node(node, Concept),
        card=card_of(node, language),
        broader=_cards(ties, ("BROADER",), language, outgoing=True),
        narrower=_cards(ties, ("BROADER",), language, outgoing=False),
        holders=holders[:SHOWN_HOLDERS],
        total_holders=len(holders),
        needs=_of_label(_cards(ties, ("ABOUT",), language), "need"),
        offers=_of_label(_cards(ties, ("ABOUT",), language), "offer"),
    )


def _read_proposal(backends: Backends, key: Key, language: Language) -> ProposalPage:
    node = backends.graph.get([key]).get(key)
    if node is None:
        raise missing_record(backends.graph, key)
    ties = backends.graph.neighbours([key])[key]
    record = record_of(node)
    if not isinstance(record, Need | Offer):
        raise missing_record(backends.graph, key)
    owners = _cards(ties, ("SEEKS", "PROVIDES"), language)
    roles = record.partner_roles if isinstance(record, Need) else record.for_roles
    return ProposalPage(
        record=record,
        card=card_of(node, language),
        owners=tuple(sorted(owners, key=lambda card: card.slug != record.owner_id)),
        concepts=_cards(ties, ("ABOUT",), language),
        roles=tuple(ROLES[role].in_language(language) for role in roles),
        suggestions=(),
        over=bool(record.deadline) and record.deadline < backends.clock().date().isoformat(),
    )


def _cards(ties: Sequence[Tie], types: Sequence[str], language: Language, *, outgoing: bool | None = None) -> tuple[Card, ...]:
    cards = [card_of(tie.node, language) for tie in ties if tie.link.type in types and outgoing in {None, tie.outgoing}]
    return tuple(sorted(cards, key=lambda card: sort_key(card.name)))


def _of_label(cards: Sequence[Card], type_: str) -> tuple[Card, ...]:
    return tuple(card for card in cards if card.type == type_)


def _groups(ties: Sequence[Tie], language: Language, whole: str) -> tuple[TieGroup, ...]:
    """Group collaborations by how they read from here; stronger types first, names in order.

    What a record states of itself is left out where a collaboration with a source of its own says the same.
    """
    by_words: dict[tuple[str, str], list[Tie]] = {}
    told = {(tie.link.type, tie.outgoing, tie.node.key) for tie in ties if "stated_by" not in tie.link.properties}
    for tie in ties:
        again = "stated_by" in tie.link.properties and (tie.link.type, tie.outgoing, tie.node.key) in told
        if tie.link.type in COLLABORATION_TYPES and not again and _confidence(tie) >= LEAST_CONFIDENCE:
            words = COLLABORATION_TYPES[tie.link.type]
            read = words.forward if tie.outgoing else words.backward
            by_words.setdefault((tie.link.type, read.in_language(language)), []).append(tie)
    order = sorted(by_words, key=lambda pair: (-COLLABORATION_TYPES[pair[0]].strength, pair))
    return tuple(_group(type_, words, by_words[type_, words], language, whole) for type_, words in order)


def _group(type_: str, words: str, ties: Sequence[Tie], language: Language, whole: str) -> TieGroup:
    sort = f"sort_{language}"
    order = sorted(ties, key=lambda tie: (str(tie.node.properties.get(sort, "")), tie.link.id))
    shown = order if whole == type_ else order[:SHOWN_TIES]
    return TieGroup(type_, words, tuple(_shown(tie, language) for tie in shown), len(order))


def _shown(tie: Tie, language: Language) -> ShownTie:
    held = collaboration_of(tie.link)
    own, other = (held.label_sv, held.label_en) if language == "sv" else (held.label_en, held.label_sv)
    return ShownTie(card_of(tie.node, language), held, own or other, confidence_words(held.confidence, language))


def _confidence(tie: Tie) -> float:
    held = tie.link.properties.get("confidence", 0.0)
    return float(held) if isinstance(held, int | float) else 0.0
