"""The map of the network and its table."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass

from cluster_net.domain.graph import ACTOR, Key
from cluster_net.domain.layout import Box, best_connected, drawn_actors, places, spots_for_names
from cluster_net.domain.network import Network
from cluster_net.domain.vocabulary import LANGUAGES, Language
from cluster_net.services.cards import Card, card_of

DRAWN = 110
ROWS = 50
WIDTH, HEIGHT, MARGIN = 1000, 720, 50
_LETTER, _LINE, _LONGEST = 6.8, 14.0, 26  # of a name on the map: width, height, letters


@dataclass(frozen=True, slots=True)
class DrawnActor:
    """An actor on the map. Places and radius are in the picture's units; `name` is empty where there is no room for it."""

    card: Card
    x: float
    y: float
    radius: float
    partners: int
    name: str
    name_x: float
    name_y: float


@dataclass(frozen=True, slots=True)
class Picture:
    """The drawn actors and the lines (x1, y1, x2, y2) between them."""

    actors: tuple[DrawnActor, ...] = ()
    lines: tuple[tuple[float, float, float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class MapPage:
    """The picture, and one page of the table of all actors with ties: (actor, its partners)."""

    picture: Picture
    rows: tuple[tuple[Card, int], ...]
    total: int


class MapCache:
    """Keeps the pictures of the latest data version: drawing takes longer than a page should."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._version = -1
        self._pictures: Mapping[Language, Picture] = {}

    def picture(self, network: Network, language: Language) -> Picture:
        """Return the picture of *network* with names in *language*."""
        with self._lock:
            if self._version != network.version:
                spots = _spots(network)
                self._pictures = {one: _draw(network, spots, one) for one in LANGUAGES}
                self._version = network.version
            return self._pictures[language]


def read_map(network: Network, cache: MapCache, language: Language, *, sort: str = "partners", offset: int = 0) -> MapPage:
    """Return the map. *sort* is "partners" or "name"."""
    degree = network.graph.degree
    rows = best_connected(network.graph, len(network.graph))
    if sort == "name":
        rows.sort(key=lambda actor: (str(network.nodes[Key(ACTOR, actor)].properties.get(f"sort_{language}", "")), actor))
    shown = tuple((card_of(network.nodes[Key(ACTOR, actor)], language), degree(actor)) for actor in rows[offset : offset + ROWS])
    return MapPage(cache.picture(network, language), shown, len(rows))


def _spots(network: Network) -> dict[str, Box]:
    """Return the place and radius of each drawn actor, the best connected first."""
    drawn = drawn_actors(network.graph, DRAWN)
    found = places(network.graph, drawn)
    spots = {}
    for actor in sorted(drawn, key=lambda one: (-network.graph.degree(one), one)):
        x, y = found[actor]
        radius = 5 + min(network.graph.degree(actor), 40) / 5
        spots[actor] = Box(round(MARGIN + x * (WIDTH - 2 * MARGIN), 1), round(MARGIN + y * (HEIGHT - 2 * MARGIN), 1), radius, radius)
    return spots


def _draw(network: Network, spots: Mapping[str, Box], language: Language) -> Picture:
    cards = {actor: card_of(network.nodes[Key(ACTOR, actor)], language) for actor in spots}
    names = {actor: _short(card.name) for actor, card in cards.items()}
    widths = {actor: len(name) * _LETTER for actor, name in names.items()}
    written = spots_for_names(spots, widths, line=_LINE, width=WIDTH)
    drawn = [
        DrawnActor(
            card=cards[actor],
            x=dot.x,
            y=dot.y,
            radius=dot.half_width,
            partners=network.graph.degree(actor),
            name=names[actor] if actor in written else "",
            name_x=written.get(actor, (0.0, 0.0))[0],
            name_y=written.get(actor, (0.0, 0.0))[1],
        )
        for actor, dot in sorted(spots.items())
    ]
    lines = [(spots[a].x, spots[a].y, spots[b].x, spots[b].y) for a, b in sorted(network.graph.subgraph(spots).edges)]
    return Picture(tuple(drawn), tuple(lines))


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1].rstrip() + "…"
