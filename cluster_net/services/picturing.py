"""The map as a still picture: who is drawn, where, and whose name has room."""

from collections.abc import Mapping
from dataclasses import dataclass

from cluster_net.domain.graph import ACTOR, Key
from cluster_net.domain.layout import Box, Places, best_connected, spots_for_names
from cluster_net.domain.narrowing import Part
from cluster_net.domain.network import Network
from cluster_net.domain.vocabulary import Language
from cluster_net.services.cards import Card, card_of

WIDTH, HEIGHT, MARGIN = 1000, 720, 40
NAMED = 110  # actors whose names are tried
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


def draw(network: Network, part: Part, places: Places, language: Language, most: int) -> Picture:
    """Return the picture of the *most* best connected actors of *part* that have a place, in order of id."""
    drawn = best_connected(part.graph.subgraph(places), most)
    spots = {actor: _spot(places[actor], part.graph.degree(actor), len(drawn)) for actor in drawn}
    cards = {actor: card_of(network.nodes[Key(ACTOR, actor)], language) for actor in drawn}
    names = {actor: short(cards[actor].name) for actor in drawn[:NAMED]}
    written = _written(spots, names)
    actors = tuple(
        DrawnActor(
            card=cards[actor],
            x=dot.x,
            y=dot.y,
            radius=dot.half_width,
            partners=part.graph.degree(actor),
            name=names[actor] if actor in written else "",
            name_x=written.get(actor, (0.0, 0.0))[0],
            name_y=written.get(actor, (0.0, 0.0))[1],
        )
        for actor, dot in sorted(spots.items())
    )
    lines = tuple((spots[a].x, spots[a].y, spots[b].x, spots[b].y) for a, b in part.graph.subgraph(drawn).edges)
    return Picture(actors, tuple(sorted(lines)))


def short(name: str, longest: int = _LONGEST) -> str:
    """Return *name* cut to *longest* letters."""
    return name if len(name) <= longest else name[: longest - 1].rstrip() + "…"


def _written(spots: Mapping[str, Box], names: Mapping[str, str]) -> dict[str, tuple[float, float]]:
    """Return where names are written; only dots that are as many times more as names are looked at as obstacles."""
    near = {actor: spots[actor] for actor in list(spots)[: 4 * NAMED]}
    widths = {actor: len(names.get(actor, "")) * _LETTER for actor in near}
    return {a: place for a, place in spots_for_names(near, widths, line=_LINE, width=WIDTH).items() if names.get(a)}


def _spot(place: tuple[float, float], partners: int, drawn: int) -> Box:
    x, y = MARGIN + place[0] * (WIDTH - 2 * MARGIN), MARGIN + place[1] * (HEIGHT - 2 * MARGIN)
    radius = round((5 + min(partners, 40) / 5) * min(1.0, (300 / max(1, drawn)) ** 0.5), 1)
    return Box(round(x, 1), round(y, 1), radius, radius)
