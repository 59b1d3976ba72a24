"""Where every actor of the network stands: computed whole once, kept when others come.

*Stable* means: an actor that has a place keeps it exactly, whoever is added or removed. Only when less than KEEP of the actors have
one is the whole network placed anew.
"""

import hashlib
import math
from collections.abc import Iterable

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from cluster_net.domain.layout import Places, fitted

KEEP = 2 / 3
ROUNDS = 150
CENTRE = 0.05  # how much an actor is drawn to the middle, for each partner
_CELL = 25  # actors whose push on those far away is taken as one
_GOLDEN = math.pi * (3 - math.sqrt(5))
Points = NDArray[np.float32]
Masses = NDArray[np.float32]


def shape_of(graph: "nx.Graph[str]", actors: Iterable[str]) -> str:
    """Return a name of who is placed and who is tied to whom, the same on every machine."""
    held = graph.subgraph(actors)
    ties = sorted(f"{min(a, b)} {max(a, b)}" for a, b in held.edges)
    return hashlib.sha256("\n".join([*sorted(held), "", *ties]).encode()).hexdigest()[:16]


def place_all(graph: "nx.Graph[str]", actors: Iterable[str], earlier: Places | None = None) -> Places:
    """Return a place in [0, 1] x [0, 1] for each of *actors*; those that have an *earlier* one keep it."""
    names = sorted(actors)
    kept = {name: place for name in names if (place := (earlier or {}).get(name))}
    if len(kept) >= KEEP * len(names):
        return _with_newcomers(graph, names, kept)
    return _placed_anew(graph, names)


def _placed_anew(graph: "nx.Graph[str]", names: list[str]) -> Places:
    """Let ties pull and actors push, those with many partners more (Jacomy et al. 2014), from a start that needs no chance."""
    ties = nx.to_scipy_sparse_array(graph.subgraph(names), names, np.dtype(np.float32), "weight", "csr")
    ties.sort_indices()  # sums in one order, whatever the order of a set
    mass = np.diff(ties.indptr).astype(np.float32) + 1
    pull = ties.sum(axis=1)[:, None] + np.float32(CENTRE) * mass[:, None]
    size = np.float32(math.sqrt(len(names)))
    points = np.array([_direction(name) for name in names], dtype=np.float32) * size
    for turn in range(ROUNDS):
        step = (2 * _push(points, mass) + ties @ points - pull * points) / mass[:, None]
        most = 0.1 * size * (1 - turn / ROUNDS)
        points += step * np.minimum(1, most / (np.hypot(step[:, :1], step[:, 1:]) + np.float32(1e-9)))
    return _apart(fitted({name: (float(x), float(y)) for name, (x, y) in zip(names, points, strict=True)}))


def _push(points: Points, mass: Masses) -> Points:
    """Return the push on each point, sum of m_i m_j (p_i - p_j) / |p_i - p_j|^2; the points of another cell count as one."""
    cells = _cells(points)
    held, heavy = np.vstack([points, np.zeros((1, 2), np.float32)])[cells], np.append(mass, np.float32(0))[cells]
    whole = heavy.sum(axis=1)
    middles = (held * heavy[:, :, None]).sum(axis=1) / whole[:, None]
    others = (1 - np.eye(len(cells), dtype=np.float32)) * whole
    felt = _pushed(held, held, heavy[:, None, :]) + _pushed(held, middles[None], others[:, None, :])
    force = np.zeros((len(points) + 1, 2), np.float32)
    force[cells] = felt * heavy[:, :, None]
    return force[:-1]


def _pushed(at: Points, of: Points, weights: Masses) -> Points:
    """Return what points *at* (..., a, 2) feel of points *of* (..., b, 2) with *weights* (..., 1, b)."""
    right, up = (at[..., :, None, axis] - of[..., None, :, axis] for axis in (0, 1))
    share = weights / (right * right + up * up + np.float32(0.01))
    return np.stack([(right * share).sum(axis=-1), (up * share).sum(axis=-1)], axis=-1)


def _cells(points: Points) -> NDArray[np.int64]:
    """Cut the plane into strips and the strips into cells of about _CELL points.

    Returns the numbers of the points of each cell, (cells, most), filled up with len(points).
    """
    strips = max(1, round(math.sqrt(len(points) / _CELL)))
    high = -(-len(points) // strips)
    wide = -(-high // strips)
    cells = np.full((strips, strips, wide), len(points), dtype=np.int64)
    for place, strip in enumerate(np.array_split(np.argsort(points[:, 0], kind="stable"), strips)):
        for part, cell in enumerate(np.array_split(strip[np.argsort(points[strip, 1], kind="stable")], strips)):
            cells[place, part, : len(cell)] = cell
    return cells.reshape(-1, wide)


def _apart(places: Places) -> Places:
    """Push apart those that stand closer than dots can."""
    names = sorted(places)
    points = np.array([places[name] for name in names]).reshape(-1, 2)
    gap = _gap(len(names))
    for _ in range(30):
        close = cKDTree(points).query_pairs(gap, output_type="ndarray")
        if not len(close):
            break
        away = points[close[:, 0]] - points[close[:, 1]]
        far = np.sqrt((away**2).sum(axis=1, keepdims=True))
        shift = away / np.maximum(far, 1e-9) * (gap * 1.02 - far) / 2
        np.add.at(points, close[:, 0], shift)
        np.add.at(points, close[:, 1], -shift)
        points = points.clip(0.0, 1.0)
    return {name: (round(float(x), 4), round(float(y), 4)) for name, (x, y) in zip(names, points, strict=True)}


def _with_newcomers(graph: "nx.Graph[str]", names: list[str], kept: Places) -> Places:
    """Place each newcomer by its partners, those with most of them placed first, on the nearest free spot."""
    found = dict(kept)
    waiting = {name for name in names if name not in kept}
    while waiting:
        name = min(waiting, key=lambda one: (-sum(partner in found for partner in graph[one]), one))
        waiting.remove(name)
        found[name] = _free_spot(_wish(graph, name, found), found, _gap(len(names)))
    return found


def _wish(graph: "nx.Graph[str]", name: str, found: Places) -> tuple[float, float]:
    """Return the middle of the partners that have a place, weighed by their ties; without any a spot at the rim."""
    near = [(found[partner], float(held["weight"])) for partner, held in graph[name].items() if partner in found]
    if not near:
        x, y = _direction(name)
        return 0.5 + x / 2, 0.5 + y / 2
    total = math.fsum(weight for _, weight in near)
    return math.fsum(x * w for (x, _), w in near) / total, math.fsum(y * w for (_, y), w in near) / total


def _free_spot(wish: tuple[float, float], found: Places, gap: float) -> tuple[float, float]:
    """Walk a spiral around *wish* to the first spot that is at least *gap* from all others."""
    taken = cKDTree(np.array(list(found.values()))) if found else None
    turn = 0
    while True:
        far, angle = gap / 2 * math.sqrt(turn), turn * _GOLDEN
        spot = (min(1.0, max(0.0, wish[0] + far * math.cos(angle))), min(1.0, max(0.0, wish[1] + far * math.sin(angle))))
        if taken is None or taken.query(spot)[0] >= gap:
            return round(spot[0], 4), round(spot[1], 4)
        turn += 1


def _gap(count: int) -> float:
    return 0.5 / math.sqrt(max(1, count))


def _direction(name: str) -> tuple[float, float]:
    """Return a point of the unit circle that only the name decides."""
    angle = int.from_bytes(hashlib.sha256(name.encode()).digest()[:4]) / 2**32 * 2 * math.pi
    return math.cos(angle), math.sin(angle)
