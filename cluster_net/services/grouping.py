"""Groups around a need, as pages and the interface show them."""

from dataclasses import dataclass

from cluster_net.domain.graph import ACTOR, NEED, Key
from cluster_net.domain.matching.constellations import constellations
from cluster_net.domain.matching.matcher import Matcher
from cluster_net.domain.matching.questions import Options
from cluster_net.domain.suggestions import Suggestion
from cluster_net.domain.vocabulary import ROLES, Language
from cluster_net.services.backends import Backends
from cluster_net.services.cards import Card, card_of
from cluster_net.services.references import require_of
from cluster_net.services.steering import plain
from cluster_net.services.suggesting import tell

MAX_GROUPS = 20


@dataclass(frozen=True, slots=True)
class GroupSeat:
    """One seat of a group in words; `knows` are those of the group it works with already."""

    role: str
    word: str
    suggestion: Suggestion
    knows: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A group around a need: its owners and who else; `empty` are the words of seats that nobody known fits.

    `taken` are those of them for which all who fit sit in the groups before, `own` the roles that an owner holds itself.
    """

    owners: tuple[Card, ...]
    seats: tuple[GroupSeat, ...]
    empty: tuple[str, ...]
    taken: tuple[str, ...] = ()
    own: tuple[str, ...] = ()


def suggest_groups(backends: Backends, need: str, language: Language, limit: int = 2) -> tuple[Group, ...]:
    """Suggest groups for a need, given by its id or as need.ID. Raises NotFound when there is no such need."""
    matcher = backends.network.matcher()
    key = require_of(matcher.network, NEED, need, "need")
    options = plain(backends.clock().date())
    question = ("groups", matcher.network.version, options, key, language, limit)
    return backends.answers.made(question, lambda: _groups(matcher, key, options, language, limit))


def _groups(matcher: Matcher, key: Key, options: Options, language: Language, limit: int) -> tuple[Group, ...]:
    found = constellations(matcher, key, options, limit)

    def card(actor: str) -> Card:
        return card_of(matcher.network.nodes[Key(ACTOR, actor)], language)

    def words(roles: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(ROLES[role].in_language(language) for role in roles)

    return tuple(
        Group(
            owners=tuple(card(owner) for owner in group.owners),
            seats=tuple(
                GroupSeat(
                    seat.role,
                    ROLES[seat.role].in_language(language),
                    tell(matcher.network, key, seat.match, language),
                    tuple(card(one) for one in seat.knows),
                )
                for seat in group.seats
            ),
            empty=words(group.empty),
            taken=words(group.taken),
            own=words(group.own),
        )
        for group in found
    )
