"""Where actors stand on the drawn map: the same place each time for the same network."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import networkx as nx

Places = Mapping[str, tuple[float, float]]
FIRST = 20  # names that are written before all others
ONE_RING = 8  # partners that stand on one ring around an actor


class Box(NamedTuple):
    """A rectangle on the map: its middle and half its width and height."""

    x: float
    y: float
    half_width: float
    half_height: float

    def meets(self, other: "Box") -> bool:
        """Tell whether the two overlap."""
        return abs(self.x - other.x) < self.half_width + other.half_width and abs(self.y - other.y) < self.half_height + other.half_height


def best_connected(graph: "nx.Graph[str]", most: int) -> list[str]:
    """Return up to *most* actors, those with most partners first, ties by name."""
    return sorted(graph, key=lambda actor: (-graph.degree(actor), actor))[:most]


def ringed(middle: str, around: Sequence[str], nearest: Sequence[str]) -> Places:
    """Return places in [0, 1] x [0, 1] for *middle* and, on two rings around it, for *around* in that order, clockwise from above.

    The first third of *nearest*, the same actors in order of nearness, stands on the inner ring; up to eight make one ring.
    """
    inner = set(nearest[: len(nearest) // 3]) if len(nearest) > ONE_RING else set()
    found = {middle: (0.5, 0.5)}
    for ring, radius in ((inner, 0.26), (set(nearest) - inner, 0.5 if inner else 0.38)):
        members = [actor for actor in around if actor in ring]
        for number, actor in enumerate(members):
            angle = 2 * math.pi * (number + (0.5 if ring is inner else 0.0)) / len(members)
            found[actor] = (0.5 + radius * math.sin(angle), 0.5 - radius * math.cos(angle))
    return found


def spots_for_names(dots: Mapping[str, Box], widths: Mapping[str, float], *, line: float, width: float) -> dict[str, tuple[float, float]]:
    """Return where names are written: the middle and the base line of each name that has room.

    *dots* come in order of precedence, *widths* are the names' lengths, *line* is their height, *width* the picture's. A name
    stands above its dot, or else below, right or left of it, and covers no other name and no dot. The first few, where
    nothing else helps, may cover a dot that comes after them.
    """
    order = list(dots.values())
    names: list[Box] = []
    found: dict[str, tuple[float, float]] = {}
    for place, (actor, dot) in enumerate(dots.items()):
        boxes = [box for box in _around(dot, widths[actor], line) if _within(box, width) and not _meets_any(box, names)]
        free = [box for box in boxes if not _meets_any(box, order)]
        if place < FIRST:
            free += [box for box in boxes if not _meets_any(box, order[: place + 1])]
        if free:
            names.append(free[0])
            found[actor] = (round(free[0].x, 1), round(free[0].y + line * 0.3, 1))
    return found


def _meets_any(box: Box, others: Iterable[Box]) -> bool:
    return any(box.meets(other) for other in others)


def _around(dot: Box, length: float, line: float) -> tuple[Box, ...]:
    up, aside = dot.half_height + line / 2 + 1, dot.half_width + length / 2 + 4
    places_ = ((0.0, -up), (0.0, up), (aside, 0.0), (-aside, 0.0))
    return tuple(Box(dot.x + right, dot.y + down, length / 2, line / 2) for right, down in places_)


def _within(box: Box, width: float) -> bool:
    return box.half_width < box.x < width - box.half_width


def fitted(spread: Mapping[str, tuple[float, float]]) -> Places:
    """Spread the ranks of each axis mostly evenly, so that a dense middle can be read."""
    fitted: list[dict[str, float]] = []
    for axis in (0, 1):
        values = {actor: place[axis] for actor, place in spread.items()}
        low, high = min(values.values(), default=0.0), max(values.values(), default=1.0)
        ranks = {actor: rank / max(1, len(values) - 1) for rank, actor in enumerate(sorted(values, key=lambda a: (values[a], a)))}
        fitted.append({actor: 0.75 * ranks[actor] + 0.25 * (value - low) / ((high - low) or 1.0) for actor, value in values.items()})
    return {actor: (fitted[0][actor], fitted[1][actor]) for actor in spread}
