"""The map of the network and its table."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass

from cluster_net.domain.graph import ACTOR, Key
from cluster_net.domain.layout import Places, best_connected, drawn_actors, places
from cluster_net.domain.network import Network
from cluster_net.domain.text import sort_key
from cluster_net.domain.vocabulary import Language
from cluster_net.services.cards import Card, card_of

DRAWN = 110
ROWS = 50
WIDTH, HEIGHT, MARGIN = 1000, 720, 50
_LETTER, _LINE = 6.4, 18.0  # of a name on the map


@dataclass(frozen=True, slots=True)
class DrawnActor:
    """An actor on the map; x and y are in the picture's units, `labelled` when there is room for its name."""

    card: Card
    x: float
    y: float
    partners: int
    labelled: bool


@dataclass(frozen=True, slots=True)
class MapPage:
    """The picture's actors and lines, and one page of the table of all actors with ties."""

    actors: tuple[DrawnActor, ...]
    lines: tuple[tuple[float, float, float, float], ...]
    rows: tuple[tuple[Card, int], ...]
    total: int


class MapCache:
    """Keeps the places of the latest data version: the layout takes longer than a page should."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._version = -1
        self._places: Places = {}

    def places(self, network: Network) -> Places:
        """Return the places of the drawn actors of *network*."""
        with self._lock:
            if self._version != network.version:
                self._places = places(network.graph, drawn_actors(network.graph, DRAWN))
                self._version = network.version
            return self._places


def read_map(network: Network, cache: MapCache, language: Language, *, sort: str = "partners", offset: int = 0) -> MapPage:
    """Return the map. *sort* is "partners" or "name"."""
    spots = {
        actor: (MARGIN + x * (WIDTH - 2 * MARGIN), MARGIN + y * (HEIGHT - 2 * MARGIN)) for actor, (x, y) in cache.places(network).items()
    }
    lines = [(*spots[a], *spots[b]) for a, b in network.graph.subgraph(spots).edges]
    cards = {actor: card_of(network.nodes[Key(ACTOR, actor)], language) for actor in spots}
    named = _with_room(network, spots, {actor: card.name for actor, card in cards.items()})
    drawn = [DrawnActor(cards[actor], x, y, network.graph.degree(actor), actor in named) for actor, (x, y) in sorted(spots.items())]
    rows = [(actor, network.graph.degree(actor)) for actor in best_connected(network.graph, len(network.graph))]
    if sort == "name":
        rows.sort(key=lambda row: sort_key(card_of(network.nodes[Key(ACTOR, row[0])], language).name))
    page = [(card_of(network.nodes[Key(ACTOR, actor)], language), count) for actor, count in rows[offset : offset + ROWS]]
    return MapPage(tuple(drawn), tuple(lines), tuple(page), len(rows))


def _with_room(network: Network, spots: Places, names: Mapping[str, str]) -> set[str]:
    """Choose whose name is written: the best connected first, none over another's name."""
    boxes: list[tuple[float, float, float]] = []
    named = set()
    for actor in (one for one in best_connected(network.graph, len(network.graph)) if one in spots):
        (x, y), half = spots[actor], min(len(names[actor]), 26) * _LETTER / 2
        if half < x < WIDTH - half and all(abs(y - v) > _LINE or abs(x - u) > half + other for u, v, other in boxes):
            boxes.append((x, y, half))
            named.add(actor)
    return named
