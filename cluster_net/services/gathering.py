"""Meetings for a chosen set: everybody of a county or a theme, or a list of participants; and any suggestions as a table."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from cluster_net.domain.evidence import narrower_of, reach
from cluster_net.domain.graph import ACTOR, CONCEPT, NEED, OFFER, Key, Node
from cluster_net.domain.matching.eligibility import actors_behind
from cluster_net.domain.matching.fit import Condition
from cluster_net.domain.matching.matcher import Matcher
from cluster_net.domain.matching.pools import counties_behind, places_of
from cluster_net.domain.matching.questions import Match, Options
from cluster_net.domain.matching.selection import with_share
from cluster_net.domain.network import Network
from cluster_net.domain.suggestion_words import BAND_WORDS, CONDITION_WORDS, STATE_WORDS, TERM_WORDS
from cluster_net.domain.suggestions import Suggestion, name_of
from cluster_net.domain.text import fold
from cluster_net.domain.vocabulary import Language, Words
from cluster_net.services.backends import Backends
from cluster_net.services.cards import Card, card_of
from cluster_net.services.references import meant_in_list, read_list, reference_of
from cluster_net.services.searching import TYPES
from cluster_net.services.steering import PLAIN, Steering
from cluster_net.services.suggesting import tell

MOST_ASKED = 80  # members that meetings are sought for, see `asking`
MOST_MEETINGS, EACH = 40, 4  # in the whole list, and for each member
PER_MEMBER = 6
MOST_MEANT_LETTERS = 40_000  # of all lists in which a line is replaced by what it may mean
_PARTS = (Words("vikt", "weight"), Words("värde", "value"))  # of a term in a table, beside what it adds


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which set: a county, a concept, or a list of names or references, which goes before the two."""

    county: str = ""
    concept: str = ""
    who: str = ""

    def __bool__(self) -> bool:
        return bool(self.county or self.concept or self.who)


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two of the set that should meet: `suggestion` is the second, seen from the first."""

    first: Card
    suggestion: Suggestion


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom a line that names nothing may mean, and the list in which that one stands in its place."""

    card: Card
    who: str


@dataclass(frozen=True, slots=True)
class GatheringPage:
    """The meetings of a chosen set of `members`, best first; `theme` is its concept's name, `unknown` is what names nothing.

    `alone` are those of a list of participants for whom no meeting was found, `meant` tells of lines among `unknown` what each may mean.
    """

    meetings: tuple[Meeting, ...] = ()
    members: int = 0
    asked: int = 0
    theme: str = ""
    unknown: tuple[str, ...] = ()
    alone: tuple[Card, ...] = ()
    meant: Mapping[str, Meant] = field(default_factory=dict)


def read_gathering(backends: Backends, chosen: Chosen, language: Language, steering: Steering = PLAIN) -> GatheringPage:
    """Return the meetings of a chosen set."""
    matcher, options = backends.network.matcher(), steering.options(backends.clock().date())
    question = ("gathering", matcher.network.version, options, chosen, language)
    return backends.answers.made(question, lambda: _gathering(matcher, chosen, language, options))


def _gathering(matcher: Matcher, chosen: Chosen, language: Language, options: Options) -> GatheringPage:
    network = matcher.network
    named, unknown = read_list(network, chosen.who) if chosen.who else (members_of(network, chosen), ())
    members = frozenset(named)
    askers = asking(network, members)[:MOST_ASKED]
    found = meetings(matcher, askers, members, options)
    told = [Meeting(card_of(network.nodes[key], language), tell(network, key, match, language)) for key, match in found]
    theme = _theme(network, chosen.concept)
    if chosen.concept and theme is None:
        unknown = (*unknown, chosen.concept)
    name = name_of(network, theme.key, language) if theme else chosen.concept
    alone = _alone(network, named, found) if chosen.who else []
    cards = tuple(card_of(network.nodes[key], language) for key in alone)
    meant = _meant(network, chosen.who, language) if unknown and chosen.who else {}
    return GatheringPage(tuple(told), len(members), len(askers), name, unknown, cards, meant)


def _alone(network: Network, members: Iterable[Key], found: Iterable[tuple[Key, Match]]) -> list[Key]:
    """Return who of *members* is in no meeting found, neither itself nor by what is its own."""
    meeting = {actor for key, match in found for one in (key, match.key) for actor in actors_behind(network, one)}
    return [key for key in dict.fromkeys(members) if meeting.isdisjoint(actors_behind(network, key))]


def _meant(network: Network, who: str, language: Language) -> dict[str, Meant]:
    """Return whom lines of *who* may mean: as many as the page can hold lists of its length, at least one."""
    found = meant_in_list(network, who, max(1, MOST_MEANT_LETTERS // len(who)))
    return {entry: Meant(card_of(network.nodes[key], language), text) for entry, (key, text) in found.items()}


def members_of(network: Network, chosen: Chosen) -> Sequence[Key]:
    """Return the actors, needs and offers of a county that are about a concept, as far as either is chosen."""
    if not chosen:
        return []
    everybody = (node.key for label in (ACTOR, NEED, OFFER) for node in network.of_label.get(label, ()))
    theme = _theme(network, chosen.concept)
    holders = _holders(network, theme.key.id if theme else "") if chosen.concept else everybody
    kept = (key for key in holders if key in network.nodes)
    return [key for key in kept if not chosen.county or chosen.county in (places_of(network, key) or counties_behind(network, key))]


def asking(network: Network, members: Iterable[Key]) -> list[Key]:
    """Return *members* in the order in which meetings are sought for them: a need, an actor and an offer in turn, companies first."""

    def order(key: Key) -> tuple[bool, Key]:
        return network.nodes[key].kind != "company", key

    in_turn = zip_longest(*(sorted((key for key in members if key.label == label), key=order) for label in (NEED, ACTOR, OFFER)))
    return [key for turn in in_turn for key in turn if key is not None]


def _holders(network: Network, concept: str) -> list[Key]:
    """Return who has a concept or a narrower one, each once."""
    about = (concept, *reach(concept, narrower_of(network)))
    return list(dict.fromkeys(key for one in about for key in network.holders.get(one, ())))


def _theme(network: Network, asked: str) -> Node | None:
    """Return the concept that *asked* is the id or a name of, an alternative one too."""

    def is_called(node: Node) -> bool:
        held = (node.properties.get(name, "") for name in ("pref_sv", "pref_en", "alt_sv", "alt_en"))
        return fold(asked) in {fold(str(one)) for several in held for one in (several if isinstance(several, tuple) else (several,)) if one}

    return network.nodes.get(Key(CONCEPT, asked)) or next(filter(is_called, network.of_label.get(CONCEPT, ())), None)


def meetings(matcher: Matcher, askers: Sequence[Key], members: frozenset[Key], options: Options) -> list[tuple[Key, Match]]:
    """Return the best pairs within *members*, best first, each pair once and nobody in more than EACH, in its own name or by its needs.

    The floor of *options* is the part of the pairs that somebody small is in, where there are so many.
    """
    pairs: dict[frozenset[Key], tuple[Key, Match]] = {}
    for key in askers:
        for label in {NEED: (ACTOR, OFFER), ACTOR: (ACTOR,), OFFER: (ACTOR,)}[key.label]:
            for match in matcher.matches(key, label, replace(options, only=members), PER_MEMBER):
                pairs.setdefault(frozenset({key, match.key}), (key, match))
    spread = list(_spread(matcher.network, _comparable(pairs.values())))

    def small(place: str) -> bool:
        key, match = spread[int(place)]
        return matcher.is_small(key) or matcher.is_small(match.key)

    kept = with_share([(str(place), pair[1].score) for place, pair in enumerate(spread)], small, MOST_MEETINGS, options.floor)
    return [spread[int(place)] for place, _ in kept]


def meetings_about(backends: Backends, concept: str, language: Language, limit: int) -> tuple[Meeting, ...]:
    """Return the best meetings over one concept, for its page."""
    return read_gathering(backends, Chosen(concept=concept), language).meetings[:limit]


def headings(language: Language) -> list[str]:
    """Return the headings of a table of suggestions."""
    first = {
        "sv": ("för", "för (id)", "förslag", "förslag (id)", "typ", "ägare", "ägare (id)", "styrka", "summa", "skäl"),
        "en": ("for", "for (id)", "suggestion", "suggestion (id)", "type", "owner", "owner (id)", "band", "score", "reason"),
    }
    terms = [word.in_language(language) for word in TERM_WORDS.values()]
    parts = [f"{word}: {part.in_language(language)}" for part in _PARTS for word in terms]
    return [*first[language], *terms, *parts, *(one.in_language(language) for one in STATE_WORDS.values())]


def row_of(first: Card, suggestion: Suggestion, language: Language) -> dict[str, str | float | None]:
    """Return a suggestion as one row, every term a number of its own; the terms sum to the score, each its weight times its value.

    Ids are references as addresses take them; a term that adds nothing has no weight.
    """
    held, candidate = {term.name: term for term in suggestion.terms}, suggestion.candidate
    return {
        "for": first.name,
        "for_id": _reference(first.type, first.slug),
        "suggestion": candidate.name,
        "suggestion_id": _reference(candidate.type, candidate.id),
        "type": TYPES[candidate.type].in_language(language),
        "owner": candidate.owner_name,
        "owner_id": candidate.owner,
        "band": BAND_WORDS[suggestion.band].in_language(language),
        "score": suggestion.score,
        "reason": suggestion.reason,
        **{f"term_{name}": held[name].contribution if name in held else 0.0 for name in TERM_WORDS},
        **{f"weight_{name}": float(held[name].weight) if name in held else None for name in TERM_WORDS},
        **{f"value_{name}": held[name].value if name in held else 0.0 for name in TERM_WORDS},
        **{state: _said(suggestion.conditions, state, language) for state in STATE_WORDS},
    }


def _reference(type_: str, id_: str) -> str:
    return reference_of(Key(type_.capitalize(), id_))


def _said(conditions: Iterable[Condition], state: str, language: Language) -> str:
    told = ((CONDITION_WORDS[one.name], one.told) for one in conditions if one.state == state)
    return "; ".join(f"{name.in_language(language)}: {words.in_language(language)}" for name, words in told)


def _comparable(pairs: Iterable[tuple[Key, Match]]) -> list[tuple[Key, Match]]:
    """Return *pairs*, best first, each by its score beside the best between two of the same kinds of records: each has its own weights.

    What misses a must and what is invented stand last, as in every list.
    """
    held = list(pairs)
    best: dict[tuple[str, str], float] = {}
    for key, match in held:
        best[key.label, match.key.label] = max(match.score, best.get((key.label, match.key.label), 0.0))
    # No best above 0 is there when steering deducts more than all that speaks for them.

    def place(pair: tuple[Key, Match]) -> tuple[bool, bool, float, Key, Key]:
        key, match = pair
        return match.invented, match.misses_must, -match.score / (best[key.label, match.key.label] or 1.0), key, match.key

    return sorted(held, key=place)


def _spread(network: Network, pairs: Iterable[tuple[Key, Match]]) -> Iterator[tuple[Key, Match]]:
    times: Counter[str] = Counter()
    for key, match in pairs:
        behind = {*actors_behind(network, key), *actors_behind(network, match.key)}
        if all(times[actor] < EACH for actor in behind):
            times.update(behind)
            yield key, match
