"""How answers about meetings look in the interface."""

from cluster_net.domain.vocabulary import Language
from cluster_net.services.cards import Card
from cluster_net.services.explaining import Why
from cluster_net.services.grouping import Group
from cluster_net.services.references import reference_of
from cluster_net.services.suggesting import suggestion_json

Shape = dict[str, object]


def why_shape(why: Why, language: Language) -> Shape:
    """Return why one is or is not suggested to another."""
    behind = {"term": why.deficit.term, "own": why.deficit.own, "last": why.deficit.last} if why.deficit else None
    return {
        "from": reference_of(why.start),
        "to": reference_of(why.end),
        "state": why.state,
        "sentence": why.sentence,
        "rank": why.rank or None,
        "filter": why.obstacle.filter if why.obstacle else None,
        "deficit": behind,
        "suggestion": suggestion_json(why.suggestion, language),
    }


def group_shape(group: Group, language: Language) -> Shape:
    """Return a group around a need."""
    return {
        "owners": [_end(owner) for owner in group.owners],
        "seats": [
            {"role": seat.role, "knows": [_end(one) for one in seat.knows], "suggestion": suggestion_json(seat.suggestion, language)}
            for seat in group.seats
        ],
        "empty": list(group.empty),
        "taken": list(group.taken),
        "own": list(group.own),
    }


def _end(card: Card) -> Shape:
    return {"slug": card.slug, "name": card.name}
