"""Hits while a reader types: the best few of each group, from one look at the index."""

from dataclasses import dataclass

from cluster_net.domain.errors import Unavailable
from cluster_net.domain.vocabulary import Language
from cluster_net.services.backends import Backends
from cluster_net.services.cards import Card, card_of_document
from cluster_net.services.searching import SearchRequest, search_cluster

GROUPS = ("infrastructure", "organisation", "concept", "need", "offer")
LEAST_LETTERS, LOOKED_AT, IN_GROUP, IN_ALL = 2, 40, 4, 10


@dataclass(frozen=True, slots=True)
class QuickHits:
    """The best hits: of all types by GROUPS in that order, of some the best one's group first; `total` counts all there are."""

    text: str
    groups: tuple[tuple[str, tuple[Card, ...]], ...] = ()
    total: int = 0


def find_quickly(backends: Backends, text: str, language: Language, types: tuple[str, ...] = ()) -> QuickHits:
    """Return hits of *types* for the beginning of what a reader types; none for a letter nor while the index does not answer."""
    if len(text.strip()) < LEAST_LETTERS:
        return QuickHits(text)
    try:
        found = search_cluster(backends.index, SearchRequest(text, types, limit=LOOKED_AT, language=language))
    except Unavailable:
        return QuickHits(text)
    groups: dict[str, list[Card]] = {}
    for card in (card_of_document(hit.document, language) for hit in found.hits):
        group = groups.setdefault(_group(card), [])
        if len(group) < IN_GROUP and sum(map(len, groups.values())) < IN_ALL:
            group.append(card)
    order = groups if types else (name for name in GROUPS if name in groups)
    return QuickHits(text, tuple((name, tuple(groups[name])) for name in order if groups[name]), found.total)


def _group(card: Card) -> str:
    return card.type if card.type != "actor" else "infrastructure" if card.group == "infrastructure" else "organisation"
