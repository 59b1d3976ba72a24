"""The page of matchmaking: for a need, an actor or an offer who could meet it, in columns of those the strategy names."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from cluster_net.domain.errors import Unavailable
from cluster_net.domain.evidence import is_open
from cluster_net.domain.graph import ACTOR, NEED, OFFER, Key
from cluster_net.domain.matching.eligibility import is_inactive
from cluster_net.domain.matching.fit import Condition, lacks
from cluster_net.domain.matching.matcher import Matcher
from cluster_net.domain.matching.questions import Match, Options
from cluster_net.domain.network import Network
from cluster_net.domain.suggestions import Suggestion
from cluster_net.domain.text import fold
from cluster_net.domain.vocabulary import Language
from cluster_net.services.backends import Backends
from cluster_net.services.cards import Card, card_of, card_of_document
from cluster_net.services.explaining import Why, can_meet, explain
from cluster_net.services.match_columns import COLUMNS, column_of, matches_by_column
from cluster_net.services.references import find_key
from cluster_net.services.searching import SearchRequest, search_cluster
from cluster_net.services.steering import PLAIN, Steering
from cluster_net.services.suggesting import tell

SHOWN, CHOICES, MOST_LACKING, STARTS = 5, 8, 3, 6
# Evidence that somebody could show; a deadline or a role cannot be shown.
_SHOWABLE = frozenset({"quality", "users", "stage", "access", "environment"})


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reader means: `chosen`, else `others` to choose among."""

    asked: str
    chosen: Card | None = None
    key: Key | None = None
    others: tuple[Card, ...] = ()

    @property
    def shown(self) -> str:
        """Return what stands in the field."""
        return self.chosen.name if self.chosen else self.asked


@dataclass(frozen=True, slots=True)
class Lacking:
    """Evidence that would bring `times` more who meet all that is asked; `ours` when the chosen one would have to show it."""

    condition: Condition
    times: int
    ours: bool


@dataclass(frozen=True, slots=True)
class MatchmakingPage:
    """Whom to choose, and when somebody is chosen the columns, and the evidence that would bring more.

    `known` are the first of those, `known_in_all` of them, that would be suggested if they did not work with the chosen one already.
    """

    choice: Choice
    columns: tuple[tuple[str, tuple[Suggestion, ...]], ...] = ()
    lacking: tuple[Lacking, ...] = ()
    other: Choice = Choice("")
    why: Why | None = None
    starts: tuple[tuple[str, tuple[Card, ...]], ...] = ()
    known: tuple[Card, ...] = ()
    known_in_all: int = 0


def read_matchmaking(backends: Backends, asked: str, other: str, language: Language, steering: Steering = PLAIN) -> MatchmakingPage:
    """Return the columns for what *asked* names, by reference or by name, and why not *other*."""
    matcher = backends.network.matcher()
    choice = choose(backends, matcher.network, asked, language)
    if choice.key is None:
        return MatchmakingPage(choice, starts=_starts(matcher.network, backends.clock().date().isoformat(), language))
    key, options = choice.key, steering.options(backends.clock().date())
    found, known = matches_by_column(matcher, key, options), matcher.known(key, options)
    second = choose(backends, matcher.network, other, language)
    meeting = second.key is not None and can_meet(key, second.key)
    return MatchmakingPage(
        choice=choice,
        columns=tuple((name, _told(matcher, key, found.get(name, []), options, language)) for name in COLUMNS),
        lacking=_lacking(matcher, key, [match for held in found.values() for match in held]),
        other=second,
        why=explain(matcher, key, second.key, options=options, language=language, columns=found) if meeting and second.key else None,
        known=tuple(card_of(matcher.network.nodes[one], language) for one in known[:SHOWN]),
        known_in_all=len(known),
    )


def _told(matcher: Matcher, key: Key, found: list[Match], options: Options, language: Language) -> tuple[Suggestion, ...]:
    return tuple(tell(matcher.network, key, match, language) for match in matcher.choose(found, options, SHOWN))


def _lacking(matcher: Matcher, key: Key, matches: Iterable[Match]) -> tuple[Lacking, ...]:
    """Return the evidence that would bring most, on either side."""
    by_side: dict[bool, list[Match]] = defaultdict(list)
    for match in matches:
        by_side[not matcher.asks(key, match.key)].append(match)
    found = [Lacking(one, times, ours) for ours, held in by_side.items() for one, times in lacks(match.conditions for match in held)]
    showable = (one for one in found if one.condition.name in _SHOWABLE)
    return tuple(sorted(showable, key=lambda one: (-one.times, one.condition.name)))[:MOST_LACKING]


def choose(backends: Backends, network: Network, asked: str, language: Language) -> Choice:
    """Return what a reference or an id names, or the only record of that very name, else those that the index finds."""
    key = find_key(network, asked)
    if key is not None:
        return Choice(asked, card_of(network.nodes[key], language), key)
    if not asked:
        return Choice(asked)
    request = SearchRequest(asked, types=("actor", "need", "offer"), limit=CHOICES, language=language)
    try:
        found = [hit.document for hit in search_cluster(backends.index, request).hits]
    except Unavailable:
        found = []
    named = [one for one in found if fold(asked) in {fold(name) for name in (one.name_sv, one.name_en, *one.aliases)}]
    cards = [card_of_document(one, language) for one in (named if len(named) == 1 else found)]
    known = Key(cards[0].type.capitalize(), cards[0].slug) if len(cards) == 1 else None
    return Choice(asked, cards[0], known) if known in network.nodes else Choice(asked, others=tuple(cards))


def _partners(network: Network, key: Key) -> int:
    return int(network.graph.degree(key.id)) if key.label == ACTOR else 0


def _starts(network: Network, today: str, language: Language) -> tuple[tuple[str, tuple[Card, ...]], ...]:
    """Return a few to begin with of each sort, those about most concepts, then with most partners first, what is invented last."""
    sorts: dict[str, list[Key]] = defaultdict(list)
    for key, node in network.nodes.items():
        over = is_inactive(network, key.id) if key.label == ACTOR else not is_open(node, today)
        name = {NEED: "needs", OFFER: "calls" if node.kind == "call" else ""}.get(key.label, "")
        if key.label == ACTOR:
            name = {"companies": "companies", "testbeds": "testbeds"}.get(column_of(network, key), "")
        if name and not over:
            sorts[name].append(key)

    def rank(key: Key) -> tuple[bool, int, int, Key]:
        return network.is_invented(key), -len(network.concepts.get(key, ())), -_partners(network, key), key

    first = {name: sorted(sorts[name], key=rank)[:STARTS] for name in ("needs", "companies", "testbeds", "calls")}
    return tuple((name, tuple(card_of(network.nodes[key], language) for key in keys)) for name, keys in first.items())
