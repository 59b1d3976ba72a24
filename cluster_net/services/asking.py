"""How to ask about an infrastructure, as far as anybody says; the same answer on its profile, in comparisons and in the finder."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cluster_net.domain.graph import Tie
from cluster_net.domain.records import Actor
from cluster_net.domain.vocabulary import Language
from cluster_net.services.access import AccessNote, access_sources, apply_url, statements_of
from cluster_net.services.cards import Card, card_of


@dataclass(frozen=True, slots=True)
class Asking:
    """Where and whom to ask: the address to apply at, the website, what a source says in words, and the bodies behind it.

    `bodies` operate it (`operated`) or, when nobody says who does, are what it is part of.
    """

    apply_url: str
    website: str
    told: AccessNote | None
    bodies: tuple[Card, ...]
    operated: bool


def how_to_ask(actor: Actor, ties: Iterable[Tie], language: Language) -> Asking:
    """Return how to ask about *actor*, whose *ties* are all that begin or end there."""
    held = list(ties)
    sources = access_sources(statements_of(held), language)
    notes = (note for one in sources for note in one.notes)
    operators = _bodies(held, "OPERATES", language, outgoing=False)
    return Asking(
        apply_url=apply_url(sources),
        website=actor.website,
        told=next((note for note in notes if note.heading == "how_to_apply"), None),
        bodies=operators or _bodies(held, "PART_OF", language, outgoing=True),
        operated=bool(operators),
    )


def _bodies(ties: Sequence[Tie], type_: str, language: Language, *, outgoing: bool) -> tuple[Card, ...]:
    cards = {tie.node.key: card_of(tie.node, language) for tie in ties if tie.link.type == type_ and tie.outgoing is outgoing}
    return tuple(cards[key] for key in sorted(cards))
