"""Who can be suggested to whom at all: hard filters in order, before any score. "Why not?" names the first that fails."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from cluster_net.domain.evidence import is_open, owners_of, wholes_of, words_in
from cluster_net.domain.graph import ACTOR, NEED, OFFER, Key, Link
from cluster_net.domain.network import Network
from cluster_net.domain.roles import OFFER_ROLES, fit_together, roles_of, taken_for
from cluster_net.domain.suggestions import Term

_SAYING = ("partner_roles", "wished_roles", "for_roles")  # fields of a need or an offer that say whom it is for
PARTNER_YEARS = 5  # a tie that ended longer ago is no partnership any more


@dataclass(frozen=True, slots=True)
class Rules:
    """What the filters go by: the day (ISO), and how many years back a partnership counts.

    `hidden` is what this viewer may not see or what gave no consent; `dismissed` are the pairs that somebody turned down.
    """

    today: str
    partner_years: int = PARTNER_YEARS
    hidden: frozenset[Key] = frozenset()
    dismissed: frozenset[tuple[Key, Key]] = frozenset()


@dataclass(frozen=True, slots=True)
class Obstacle:
    """The first filter that fails, one of FILTERS, the ids or values that it fails on, and for which of those who ask where not for all."""

    filter: str
    facts: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Deficit:
    """The term in which one that was not suggested falls behind the last one that was: the values of both, and the gap."""

    term: str
    own: float
    last: float

    @property
    def gap(self) -> float:
        """Return how much is missing."""
        return self.last - self.own


class Side(NamedTuple):
    """What decides whom somebody or something can meet: its label, the roles behind it and the roles that it seeks or is for."""

    label: str
    roles: frozenset[str]
    sought: frozenset[str]


@dataclass(frozen=True, slots=True)
class Asker:
    """One side of a match, with what the filters need to know of it, so that many candidates cost little each."""

    key: Key
    actors: tuple[str, ...]
    side: Side
    partners: frozenset[str]
    houses: frozenset[str]
    rules: Rules
    network: Network = field(repr=False)

    def obstacle(self, other: Key, *, any_role: bool = False) -> Obstacle | None:
        """Return the first filter that *other* fails, None when it may be suggested; *any_role* leaves the roles out."""
        asked = (check for name, check in _CHECKS.items() if not (any_role and name == "role"))
        return next((found for check in asked if (found := check(self, other))), None)


def asker_of(network: Network, key: Key, rules: Rules) -> Asker:
    """Return the side that *key* stands for: an actor itself, or the owners of a need or an offer."""
    actors = actors_behind(network, key)
    return Asker(
        key=key,
        actors=actors,
        side=side_of(network, key),
        partners=frozenset(one for actor in actors for one in partners_of(network, actor, rules)),
        houses=frozenset(whole for actor in actors for whole in wholes_of(network, actor)),
        rules=rules,
        network=network,
    )


def actors_behind(network: Network, key: Key) -> tuple[str, ...]:
    """Return the actor itself, or the owners of a need or an offer, those that are there."""
    held = (key.id,) if key.label == ACTOR else owners_of(network.nodes[key])
    return tuple(one for one in held if one in network.graph)


def partners_of(network: Network, actor: str, rules: Rules) -> list[str]:
    """Return who works with *actor*, or did within the window: a tie without an end goes on."""
    year = int(rules.today[:4]) - rules.partner_years
    return [one for one, edge in network.graph[actor].items() if any(_lasts(link, year) for link in edge["links"])]


def largest_deficit(own: Sequence[Term], last: Sequence[Term]) -> Deficit | None:
    """Return the term in which *own* falls furthest behind *last*, by what it has less or by a deduction, None when in nothing."""
    held, needed = ({term.name: term.contribution for term in terms} for terms in (own, last))
    behind = [Deficit(name, held.get(name, 0.0), needed.get(name, 0.0)) for name in sorted({*held, *needed})]
    return max((one for one in behind if one.gap > 0), key=lambda one: one.gap, default=None)


def side_of(network: Network, key: Key) -> Side:
    """Return the side of an actor, or that of those behind a need or an offer in it."""
    node = network.nodes[key]
    roles = frozenset(role for actor in actors_behind(network, key) for role in roles_of(network, actor))
    if key.label == NEED:
        roles |= {"need-owner"}
    if key.label == OFFER:
        roles = OFFER_ROLES.get(node.kind, roles)
    return Side(key.label, roles, frozenset(role for name in _SAYING for role in words_in(node, name)))


def meet(one: Side, other: Side) -> bool:
    """Tell whether the roles on either side fit.

    A need says itself whom it seeks and an offer whom it is for, which goes before the matrix COMPATIBLE. Two needs or two
    offers never meet.
    """
    if one.label == other.label != ACTOR:
        return False
    said = [(side.sought, taken_for(opposite.roles)) for side, opposite in ((one, other), (other, one)) if side.sought]
    if said:
        return all(not sought.isdisjoint(roles) for sought, roles in said)
    return fit_together(one.roles, other.roles)


def _same(asker: Asker, other: Key) -> Obstacle | None:
    shared = sorted(set(asker.actors) & set(actors_behind(asker.network, other)))
    return Obstacle("same", tuple(shared)) if shared else None


def _house(asker: Asker, other: Key) -> Obstacle | None:
    """One is part of, run by or owned by the other: right below one of several owners for all of them, further down only for its own.

    What one owner runs itself its co-owners reach through it, while the clinic of a region's hospital is news to another region.
    """
    network, behind = asker.network, actors_behind(asker.network, other)
    right = {one for low, high in ((asker.actors, behind), (behind, asker.actors)) for one in _right_above(network, low) & set(high)}
    above = asker.houses & set(behind)
    below = {whole for one in behind for whole in wholes_of(network, one) & set(asker.actors)}
    own = right or (above and len(above) == len(behind)) or (below and len(below) == len(asker.actors))
    return Obstacle("house", tuple(sorted(above | below))) if own else None


def _right_above(network: Network, actors: Iterable[str]) -> set[str]:
    return {whole for actor in actors for whole in network.held_by.get(actor, ())}


def _role(asker: Asker, other: Key) -> Obstacle | None:
    side = side_of(asker.network, other)
    return None if meet(asker.side, side) else Obstacle("role", tuple(sorted(side.roles)))


def _partner(asker: Asker, other: Key) -> Obstacle | None:
    """Keep partners of any owner apart; an offer by one is news all the same."""
    known = sorted(asker.partners & set(actors_behind(asker.network, other)))
    if not known or OFFER in {asker.key.label, other.label}:
        return None
    behind = (one for one in asker.actors if not set(known).isdisjoint(partners_of(asker.network, one, asker.rules)))
    return Obstacle("partner", tuple(known), tuple(behind))


def _hidden(asker: Asker, other: Key) -> Obstacle | None:
    behind = (other, *(Key(ACTOR, one) for one in actors_behind(asker.network, other)))
    return Obstacle("hidden") if any(key in asker.rules.hidden for key in behind) else None


def _dismissed(asker: Asker, other: Key) -> Obstacle | None:
    pairs = {(asker.key, other), (other, asker.key)}
    return None if pairs.isdisjoint(asker.rules.dismissed) else Obstacle("dismissed")


def _expired(asker: Asker, other: Key) -> Obstacle | None:
    nodes = (asker.network.nodes[key] for key in (asker.key, other) if key.label in {NEED, OFFER})
    over = tuple(str(node.properties["deadline"]) for node in nodes if not is_open(node, asker.rules.today))
    return Obstacle("expired", over) if over else None


def _inactive(asker: Asker, other: Key) -> Obstacle | None:
    behind = dict.fromkeys((*asker.actors, *actors_behind(asker.network, other)))
    gone = tuple(one for one in behind if is_inactive(asker.network, one))
    return Obstacle("inactive", gone) if gone else None


def is_inactive(network: Network, actor: str) -> bool:
    """Tell whether an actor is closed down."""
    return network.nodes[Key(ACTOR, actor)].properties.get("status") == "inactive"


def _lasts(link: Link, year: int) -> bool:
    end = link.properties.get("end_year")
    return not isinstance(end, int) or end >= year


_CHECKS: Mapping[str, Callable[[Asker, Key], Obstacle | None]] = {
    "same": _same,
    "house": _house,
    "role": _role,
    "partner": _partner,
    "hidden": _hidden,
    "dismissed": _dismissed,
    "expired": _expired,
    "inactive": _inactive,
}
FILTERS = tuple(_CHECKS)
