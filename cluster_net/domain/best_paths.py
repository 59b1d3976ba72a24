"""The best paths between two actors, best first: Yen's algorithm, each of its searches led by what is still to come."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from heapq import heappop, heappush, nsmallest
from itertools import pairwise

import numpy as np

from cluster_net.domain.graph import Link
from cluster_net.domain.ways import FAR, Costs, Ways

MAX_PATH_LENGTH = 6
_Walk = tuple[int, tuple[int, ...]]  # cost and rows


@dataclass(frozen=True, slots=True)
class Route:
    """A path: n different actors, the best tie of each step between them, and the sum of their costs."""

    actors: tuple[str, ...]
    links: tuple[Link, ...]
    cost: int


def best_paths(
    ways: Ways,
    start: str,
    end: str,
    *,
    limit: int,
    max_length: int = MAX_PATH_LENGTH,
    without: Collection[str] = (),
    without_types: Collection[str] = (),
) -> list[Route]:
    """Return the *limit* paths of least cost with at most *max_length* steps, no actor twice; equal ones by their actors' ids.

    Yen 1971 (Management Science 17) in Lawler's form: every further path leaves one found before at some actor. Ties of
    *without_types* and actors *without* are passed by. [] when an end has no tie or both ends are the same.
    """
    if start == end or not {start, end} <= ways.rows.keys() or not {start, end}.isdisjoint(without):
        return []
    search = _prepare(ways, ways.rows[end], max_length, {ways.rows[one] for one in without if one in ways.rows}, without_types)
    return [_route(search, walk) for walk in _walks(search, ways.rows[start], limit)]


def _walks(search: "_Search", start: int, limit: int) -> Iterator[_Walk]:
    waiting: list[tuple[_Walk, int]] = []
    found: list[tuple[int, ...]] = []
    if first := search.best((start,), 0, (), FAR - 1):
        waiting.append((first, 0))
    while waiting and len(found) < limit:
        (cost, rows), left_at = heappop(waiting)
        yield cost, rows
        found.append(rows)
        for at in range(left_at, len(rows) - 1):
            root = rows[: at + 1]
            taken = {other[at + 1] for other in found if other[: at + 1] == root}
            further = search.best(root, search.cost_of(root), taken, _most(waiting, limit - len(found)))
            if further:
                heappush(waiting, (further, at))


def _most(waiting: list[tuple[_Walk, int]], wanted: int) -> int:
    """Return the cost beyond which nothing can be among the *wanted* next ones."""
    return FAR - 1 if len(waiting) < wanted else nsmallest(wanted, waiting)[-1][0][0] if wanted else -1


@dataclass(frozen=True, slots=True)
class _Search:
    """A search for one end. `to_come[n][row]` is the least cost from a row to the end in at most n steps, FAR when there is no way.

    `gates` are the rows that every way to the end comes through.
    """

    ways: Ways
    costs: Costs
    end: int
    gates: frozenset[int]
    to_come: tuple[Costs, ...]

    def best(self, root: tuple[int, ...], spent: int, taken: Collection[int], most: int) -> _Walk | None:
        """Return the least walk on from *root*, which has cost *spent*, to none of its actors again nor at once to one that is *taken*.

        A*: `to_come` never says too much, so the first walk that arrives is the best. None when each costs more than *most*,
        and at once when all gates are behind.
        """
        if self.end in taken and self.gates.issubset(root):
            return None
        longest = len(self.to_come)
        waiting, done = [(spent, root, spent)], set[tuple[int, int]]()
        while waiting:
            _, walk, cost = heappop(waiting)
            left = longest - len(walk)
            if walk[-1] == self.end:
                return cost, walk
            if (walk[-1], left) in done:
                continue
            done.add((walk[-1], left))
            for further, row, reached in self._onward(walk[-1], cost, left, most) if left else ():
                if row not in root and not (walk is root and row in taken):
                    heappush(waiting, (further, (*walk, row), reached))
        return None

    def _onward(self, row: int, cost: int, left: int, most: int) -> Iterable[tuple[int, int, int]]:
        """Return each step from *row* that can still arrive for *most*: least cost of the whole walk, the next row, cost up to there."""
        near = slice(self.ways.first[row], self.ways.first[row + 1])
        ends, reached = self.ways.ends[near], self.costs[near] + cost
        total = reached + self.to_come[left - 1][ends]
        kept = np.flatnonzero(total <= most)
        return zip(total[kept].tolist(), ends[kept].tolist(), reached[kept].tolist(), strict=True)

    def step(self, start: int, end: int) -> int:
        """Return the place of the best tie from one row to another."""
        low, high = self.ways.first[start], self.ways.first[start + 1]
        left, right = np.searchsorted(self.ways.ends[low:high], (end, end + 1))
        return int(low + left + np.argmin(self.costs[low + left : low + right]))

    def cost_of(self, rows: tuple[int, ...]) -> int:
        """Return the cost of a walk."""
        return sum(int(self.costs[self.step(*pair)]) for pair in pairwise(rows))


def _prepare(ways: Ways, end: int, max_length: int, without: Collection[int], without_types: Collection[str]) -> _Search:
    """Find out what is to come by Bellman's rule, backwards from the end, one step more at a time."""
    costs = ways.costs
    if without_types:
        costs = np.where([link.type in without_types for link in ways.links], FAR, costs)
    to_come = [np.full(len(ways.names), FAR, dtype=np.int64)]
    to_come[0][end] = 0
    for _ in range(max_length):
        longer = np.minimum(to_come[-1], np.minimum.reduceat(costs + to_come[-1][ways.ends], ways.first[:-1]))
        longer[list(without)] = FAR
        to_come.append(longer)
    gates = frozenset(ways.ends[ways.first[end] : ways.first[end + 1]].tolist())
    return _Search(ways, costs, end, gates, tuple(to_come))


def _route(search: _Search, walk: _Walk) -> Route:
    cost, rows = walk
    links = tuple(search.ways.links[search.step(*pair)] for pair in pairwise(rows))
    return Route(tuple(search.ways.names[row] for row in rows), links, cost)
