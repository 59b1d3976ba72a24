"""One version of the graph, compiled into immutable sparse matrices that rows are read from within milliseconds."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, diags_array

from cluster_net.domain.matching.affinity import Groups, compile_groups

Scores = NDArray[np.float64]
Matrix = csr_array[np.float64, tuple[int, int]]

HALF_LIFE = 730.0  # days after which a tie counts half
UNDATED = 0.5  # what a tie of unknown age counts: as much as one that is a half-life old
UNKNOWN = float("nan")


class Tie(NamedTuple):
    """One thing that two actors do together: how strong in (0, 1], the day it is aged from (date.toordinal), how many took part."""

    strength: float = 1.0
    day: float | None = None
    size: int = 2


TiesOf = Callable[[Mapping[str, Any]], Iterable[Tie]]


def ties_of(edge: Mapping[str, Any]) -> Iterable[Tie]:
    """Return the ties in an edge's `ties`, else one of its `weight`, else one of strength 1."""
    held: Iterable[Tie] = edge.get("ties") or (Tie(float(edge.get("weight", 1.0))),)
    return held


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """The graph of one data version, n actors in the order of their ids.

    `weights` (n, n), symmetric, zero diagonal: how much each pair works together now, the sum over its ties of
    strength x 2^(-age / half-life) / sqrt(size - 1). `adjacency` is 1 where there is any tie; `degrees` counts partners,
    `strengths` are the row sums of `weights`. `steps` is the random walk's matrix: `weights` with rows that sum to 1.
    `activity` is the number of things each actor took part in, aged as the ties are. `groups` divide the actors by their
    fields of work, where these are known.
    """

    version: int
    names: tuple[str, ...]
    rows: Mapping[str, int]
    weights: Matrix
    adjacency: Matrix
    steps: Matrix
    degrees: Scores
    strengths: Scores
    activity: Scores
    groups: Groups | None = None


def compile_snapshot(
    graph: "nx.Graph[str]",
    *,
    today: float | None = None,
    half_life: float = HALF_LIFE,
    version: int = 0,
    ties: TiesOf = ties_of,
    themes: Mapping[str, str] | None = None,
) -> Snapshot:
    """Compile *graph*: nodes are ids, and `ties` reads the ties of an edge from its data.

    *today* is the day (date.toordinal) that ages are counted to, the latest of all ties when it is not given. *themes* name
    the field of work of each actor.
    """
    names = tuple(sorted(graph))
    rows = {name: row for row, name in enumerate(names)}
    table = np.fromiter(chain.from_iterable(_flat(graph, rows, ties)), dtype=np.float64).reshape(-1, 5)
    now = table[:, 2] * _aged(table[:, 3], today, half_life)
    others = np.maximum(table[:, 4] - 1.0, 1.0)
    ends = np.sort(table[:, :2].astype(np.int64), axis=1)
    order = np.lexsort((others, now, ends[:, 0] * len(names) + ends[:, 1]))  # the pairs' own, so that equal graphs give equal bytes
    ends, now, others = ends[order], now[order], others[order]
    weights = _symmetric(len(names), ends, now / np.sqrt(others))
    adjacency = _frozen(csr_array((np.ones(weights.nnz), weights.indices, weights.indptr), shape=weights.shape))
    strengths: Scores = weights.sum(axis=1)
    return Snapshot(
        version=version,
        names=names,
        rows=rows,
        weights=weights,
        adjacency=adjacency,
        steps=_frozen(csr_array(diags_array(inverse(strengths)) @ weights)),
        degrees=_still(np.diff(weights.indptr).astype(np.float64)),
        strengths=_still(strengths),
        activity=_still(_symmetric(len(names), ends, now / others).sum(axis=1)),
        groups=None if themes is None else compile_groups(weights, [themes.get(name, "") for name in names]),
    )


def _flat(graph: "nx.Graph[str]", rows: Mapping[str, int], ties: TiesOf) -> Iterator[tuple[float, float, float, float, float]]:
    for one, other, edge in graph.edges(data=True):
        start, end = rows[one], rows[other]
        if start != end:
            for strength, day, size in ties(edge):
                yield start, end, strength, UNKNOWN if day is None else day, size


def _aged(day: Scores, today: float | None, half_life: float) -> Scores:
    dated = ~np.isnan(day)
    if today is None:
        today = float(day[dated].max()) if dated.any() else 0.0
    aged = np.full(day.shape, UNDATED)
    aged[dated] = np.exp2(-np.maximum(today - day[dated], 0.0) / half_life)
    return aged


def _symmetric(size: int, ends: NDArray[np.int64], values: Scores) -> Matrix:
    half = csr_array((values, (ends[:, 0], ends[:, 1])), shape=(size, size))
    whole = csr_array(half + half.T)
    whole.sort_indices()
    return _frozen(whole)


def dense_row(matrix: Matrix, row: int) -> Scores:
    """Return one row of a matrix with its zeros."""
    part = slice(matrix.indptr[row], matrix.indptr[row + 1])
    filled = np.zeros(matrix.shape[1])
    filled[matrix.indices[part]] = matrix.data[part]
    return filled


def inverse(values: Scores) -> Scores:
    """Return 1 / x of each value above 0, and 0 of all others."""
    return np.divide(1.0, values, out=np.zeros_like(values), where=values > 0)


def _still(values: Scores) -> Scores:
    values.setflags(write=False)
    return values


def _frozen(matrix: Matrix) -> Matrix:
    for part in (matrix.data, matrix.indices, matrix.indptr):
        part.setflags(write=False)
    return matrix
