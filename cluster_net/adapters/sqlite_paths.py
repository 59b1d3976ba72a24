"""Shortest paths in the embedded store: layers from both ends, then the best paths through the layers."""

import sqlite3
from collections.abc import Mapping, Sequence

from cluster_net.adapters.sqlite_rows import encode, keys_json, link_of
from cluster_net.domain.graph import Key, Link

_AROUND = """
WITH wanted AS (SELECT json_extract(value, '$[0]') AS label, json_extract(value, '$[1]') AS id FROM json_each(?1)),
     types AS MATERIALIZED (SELECT value FROM json_each(?2))
SELECT l.* FROM wanted w CROSS JOIN links l ON l.start_label = w.label AND l.start_id = w.id WHERE l.type IN types
UNION
SELECT l.* FROM wanted w CROSS JOIN links l ON l.end_label = w.label AND l.end_id = w.id WHERE l.type IN types
"""
Steps = dict[Key, list[tuple[Link, Key]]]
Walk = tuple[float, tuple[Key, ...], tuple[Link, ...]]


class _Side:
    """The layers around one end: distance of each node reached, and the steps from each node expanded."""

    def __init__(self, start: Key) -> None:
        self.distance: dict[Key, int] = {start: 0}
        self.steps: Steps = {}
        self.frontier = [start]
        self.depth = 0

    def expand(self, connection: sqlite3.Connection, types: Sequence[str]) -> None:
        self.depth += 1
        inside = set(self.frontier)
        reached: dict[Key, None] = {}
        for row in connection.execute(_AROUND, (keys_json(self.frontier), encode(list(types)))):
            link = link_of(row)
            for here, there in ((link.start, link.end), (link.end, link.start)):
                if here in inside and self.distance.setdefault(there, self.depth) == self.depth:
                    self.steps.setdefault(here, []).append((link, there))
                    reached[there] = None
        self.frontier = list(reached)


def shortest_walks(
    connection: sqlite3.Connection, start: Key, end: Key, types: Sequence[str], *, max_length: int, limit: int
) -> list[tuple[tuple[Key, ...], tuple[Link, ...]]]:
    """Return the nodes and links of up to *limit* shortest walks, best first; see `GraphStore.paths` for the order."""
    near, far = _Side(start), _Side(end)
    while not near.distance.keys() & far.distance.keys():
        if near.depth + far.depth >= max_length or not (near.frontier and far.frontier):
            return []
        smaller = near if len(near.frontier) <= len(far.frontier) else far
        smaller.expand(connection, types)
    walks: dict[Key, list[Walk]] = {start: [(0.0, (start,), ())]}
    for _ in range(near.depth):
        walks = _advance(walks, near.steps, limit)
    walks = {key: found for key, found in walks.items() if far.distance.get(key) == far.depth}
    back = _reversed(far.steps)
    for _ in range(far.depth):
        walks = _advance(walks, back, limit)
    return [(nodes, links) for _, nodes, links in walks.get(end, [])]


def _advance(walks: Mapping[Key, list[Walk]], steps: Steps, limit: int) -> dict[Key, list[Walk]]:
    """Take each walk one step on and keep the best *limit* at each node: a worse beginning never makes a better whole."""
    longer: dict[Key, list[Walk]] = {}
    for key, found in walks.items():
        for link, there in steps.get(key, ()):
            longer.setdefault(there, []).extend((cost - link.confidence, (*nodes, there), (*links, link)) for cost, nodes, links in found)
    return {key: sorted(found, key=_rank)[:limit] for key, found in longer.items()}


def _rank(walk: Walk) -> tuple[float, tuple[Key, ...], tuple[str, ...]]:
    cost, nodes, links = walk
    return round(cost, 9), nodes, tuple(link.id for link in links)


def _reversed(steps: Steps) -> Steps:
    turned: Steps = {}
    for here, ways in steps.items():
        for link, there in ways:
            turned.setdefault(there, []).append((link, here))
    return turned
