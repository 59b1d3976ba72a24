"""Groups of different bodies around one need: its owner, an entrepreneur, an existing company, a funder and a testbed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from cluster_net.domain.graph import ACTOR, OFFER, Key
from cluster_net.domain.matching.eligibility import side_of
from cluster_net.domain.matching.matcher import Matcher
from cluster_net.domain.matching.questions import Match, Options
from cluster_net.domain.roles import FUNDING_KINDS, roles_by_kind, roles_of

# Seat -> (label, roles of which the actor holds one, kinds of offer).
SEATS: Mapping[str, tuple[str, frozenset[str], frozenset[str]]] = {
    "entrepreneur": (ACTOR, frozenset({"entrepreneur"}), frozenset()),
    "company": (ACTOR, frozenset({"company"}), frozenset()),
    "testbed": (ACTOR, frozenset({"testbed"}), frozenset()),
    "funder": (OFFER, frozenset(), FUNDING_KINDS),
}
CONSIDERED = 12  # candidates for each seat
TOGETHER = 0.1  # what a tie or a shared concept with somebody in the group is worth beside the score for the need


@dataclass(frozen=True, slots=True)
class Seat:
    """Who sits where: `match` says why; `knows` are those of the group it has ties with already."""

    role: str
    match: Match
    knows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Constellation:
    """A group for one need; `empty` are the seats for which nobody known fits, `taken` those of them whom an earlier group left none for.

    `own` are the roles that need no seat, since an owner holds them itself.
    """

    need: Key
    owners: tuple[str, ...]
    seats: tuple[Seat, ...]
    empty: tuple[str, ...]
    taken: tuple[str, ...] = ()
    own: tuple[str, ...] = ()


def constellations(matcher: Matcher, need: Key, options: Options, limit: int = 2) -> list[Constellation]:
    """Return up to *limit* groups for *need*, no two with anybody in common, the best first.

    Seat after seat takes who scores highest for the need, plus TOGETHER for each of the group that it already works with:
    a group in which some know each other starts sooner. Roles that the need does not ask for are filled too, those that an
    owner holds by what it is are not, unless the need asks for them: one with a fund of its own may still want a funder.
    """
    offered = {role: _candidates(matcher, need, role, options) for role in SEATS}
    groups: list[Constellation] = []
    taken: set[Key] = set()
    for _ in range(limit):
        group = _group(matcher, need, offered, taken)
        if len(group.seats) < 2:
            break
        taken.update(seat.match.key for seat in group.seats)
        groups.append(group)
    return groups


def _candidates(matcher: Matcher, need: Key, role: str, options: Options) -> list[Match]:
    label, roles, kinds = SEATS[role]
    network, pool = matcher.network, matcher.pools[label]
    fitting = (
        key
        for key in pool.keys
        if (kinds and network.nodes[key].kind in kinds) or (roles and not roles.isdisjoint(roles_of(network, key.id)))
    )
    return matcher.matches(need, label, replace(options, only=frozenset(fitting), any_role=True), CONSIDERED)


def _group(matcher: Matcher, need: Key, offered: Mapping[str, list[Match]], taken: Iterable[Key]) -> Constellation:
    gone, seats, empty = set(taken), list[Seat](), list[str]()
    owners = tuple(owner for owner, needs in sorted(matcher.network.needs_of.items()) if need.id in needs)
    held = {role for owner in owners for role in roles_by_kind(matcher.network, owner)}
    held -= side_of(matcher.network, need).sought
    own = tuple(role for role in offered if role in held)
    for role, candidates in offered.items():
        if role in own:
            continue
        free = [one for one in candidates if one.key not in gone]
        if not free:
            empty.append(role)
            continue
        known = {one.key: _known(matcher, one.key, seats) for one in free}
        best = min(free, key=lambda one: (one.invented, -one.score - TOGETHER * len(known[one.key]), one.key))
        gone.add(best.key)
        seats.append(Seat(role, best, known[best.key]))
    return Constellation(need, owners, tuple(seats), tuple(empty), tuple(role for role in empty if offered[role]), own)


def _known(matcher: Matcher, key: Key, seats: Iterable[Seat]) -> tuple[str, ...]:
    graph = matcher.network.graph
    sitting = [seat.match.key.id for seat in seats if seat.match.key.label == ACTOR]
    return tuple(one for one in sitting if key.label == ACTOR and graph.has_edge(key.id, one))
