"""From a match to what is told of it in one language: its terms with their facts, and the words of its conditions."""

from collections.abc import Iterable, Mapping

from cluster_net.domain.evidence import reach, with_broader
from cluster_net.domain.graph import ACTOR, CONCEPT, NEED, OFFER, Key
from cluster_net.domain.matching.eligibility import actors_behind
from cluster_net.domain.matching.fields import OF_CONCEPTS
from cluster_net.domain.matching.fit import VALUES, Condition
from cluster_net.domain.matching.plain_words import is_plain, plain_words
from cluster_net.domain.matching.pools import places_of
from cluster_net.domain.matching.questions import FIT, Match
from cluster_net.domain.matching.wording import words_of
from cluster_net.domain.network import Network
from cluster_net.domain.reasons import listed
from cluster_net.domain.suggestions import Fact, Term, make_term, name_of
from cluster_net.domain.text import fold
from cluster_net.domain.vocabulary import COUNTIES, LANGUAGES, Language, Words

# Condition -> what is said when it is met; {} is what was asked for, [] what is had. Roles say nothing new.
MET: Mapping[str, Words] = {
    "quality": Words("{}", "{}"),
    "stage": Words("[]", "[]"),
    "users": Words("öppen för {}", "open to {}"),
    "access": Words("[]", "[]"),
    "environment": Words("[]", "[]"),
    "kind": Words("slaget ([]) svarar mot behovet", "its kind ([]) answers the need"),
    "amount": Words("beloppet []", "the amount []"),
    "time": Words("klart till {}", "ready by {}"),
}
# What is said of a concept that is not the one asked for, {}, but right beside it.
PART, WIDER = Words("en del av {}", "part of {}"), Words("vidare än {}", "wider than {}")


def terms_of(network: Network, key: Key, match: Match, language: Language) -> tuple[Term, ...]:
    """Return the terms of a match for *key* that add something or take something away, the largest first."""
    terms = [
        make_term(name, match.weights[name], value, _facts(network, key, match, name, language))
        for name, value in match.values.items()
        if value and match.weights[name]
    ]
    return tuple(sorted(terms, key=lambda term: (-term.contribution, term.name)))


def said_of(condition: Condition, language: Language) -> str:
    """Return what is said of a condition that is met, nothing where it says nothing new."""
    words = MET.get(condition.name)
    if words is None:
        return ""
    return words.in_language(language).format(condition.told.in_language(language)).replace("[]", condition.held.in_language(language))


def tied_behind(network: Network, key: Key, terms: Iterable[Term], language: Language) -> str:
    """Say who of those behind *key* work with the partners told: those who do with all of them, else those who do with any."""
    partners = {fact.id for term in terms if term.name == "walk" for fact in term.facts}
    held = {actor: partners & set(network.graph[actor]) for actor in actors_behind(network, key)}
    names = {actor: name_of(network, Key(ACTOR, actor), language) for actor, known in held.items() if known}
    with_all = [names[actor] for actor in names if held[actor] == partners]
    told = listed(with_all, language) or Words(" eller ", " or ").in_language(language).join(names.values())
    return Words(told, f"{told} {'do' if len(with_all) > 1 else 'does'}").in_language(language)


def clear_score(network: Network, key: Key, match: Match) -> float:
    """Return the score of a match by which its band is told: without steering, and without concepts met by a broader one alone.

    Two that both have to do with "Oncology" since one is about breast cancer and the other about brain tumours have little in common.
    """
    asked = _asked(network, key, match)
    met = frozenset(one.id for one in match.shares("concepts"))
    if asked is None or not met or with_broader(network, met) & asked:
        return match.plain
    return match.plain - match.weights["concepts"] * match.values["concepts"]


def _facts(network: Network, key: Key, match: Match, name: str, language: Language) -> Iterable[Fact]:
    if name == FIT:
        return _met(match.conditions, language)
    if name == "place":
        common = sorted(places_of(network, key) & places_of(network, match.key))
        return [Fact("county", one, COUNTIES[one].in_language(language) if one in COUNTIES else one, 1.0) for one in common]
    shares = match.shares(name)
    if name == "text":  # words of the reader's language that say more than a name, a place or a kind of body does
        named = {word for one in (key, match.key) for spoken in LANGUAGES for word in words_of(fold(name_of(network, one, spoken)))}
        told = [(one.id, share) for one, share in shares.items() if one.label == f"Word.{language}" and fold(one.id) not in named]
        return [Fact("word", word, word, share) for word, share in told if not is_plain(word, plain_words(network))]
    asked = (_asked(network, key, match) if name == "concepts" else None) or frozenset()
    return [
        Fact(one.label.lower(), one.id, name_of(network, _named(one), language), share, _beside(network, one.id, asked, language))
        for one, share in shares.items()
        if share > 0
    ]


def _asked(network: Network, key: Key, match: Match) -> frozenset[str] | None:
    """Return the concepts of the need, else of the offer, that a match is about; None between actors."""
    asking = next((one for label in (NEED, OFFER) for one in (key, match.key) if one.label == label), None)
    return None if asking is None else network.concepts.get(asking, frozenset())


def _beside(network: Network, concept: str, asked: frozenset[str], language: Language) -> str:
    """Say how *concept* is related to one of those *asked* for, nothing where it is one of them."""
    if concept in asked:
        return ""
    above = [(PART, one) for one in reach(concept, network.broader) if one in asked]
    below = [(WIDER, one) for one in sorted(asked) if concept in network.broader.get(one, ())]
    return next((said.in_language(language).format(name_of(network, Key(CONCEPT, one), language)) for said, one in (*above, *below)), "")


def _named(fact: Key) -> Key:
    """Return the record whose name tells a fact: what is known of a concept in another way has the concept's."""
    return Key(CONCEPT, fact.id) if fact.label in OF_CONCEPTS else fact


def _met(conditions: Iterable[Condition], language: Language) -> list[Fact]:
    told = [(one, said_of(one, language)) for one in conditions if VALUES[one.state] == 1.0]
    return [Fact("condition", one.name, said, 1.0) for one, said in told if said]
