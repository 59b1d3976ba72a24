"""Whom all actors should meet, in one go: in a large graph from the leading eigenvectors, in blocks that stay small in memory."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from cluster_net.domain.matching.graph_features import PRIOR, STEPS, shares_of_activity
from cluster_net.domain.matching.low_rank import leading
from cluster_net.domain.matching.snapshot import Snapshot, inverse

RANK = 64  # eigenvectors that are kept
BLOCK = 512  # rows at a time
GROUP = 64  # columns whose best is looked at first

Block = NDArray[np.float32]


def best_of_all(snapshot: Snapshot, limit: int, trade: float = 0.0) -> Iterator[tuple[int, list[int]]]:
    """Yield each row and the *limit* rows that it should meet by walk + *trade* x themes, partners and itself left out, ties by row.

    The order of `graph_features.walk`, with the walk's matrix P^STEPS = D^-1/2 S^STEPS D^1/2 in place of which stand the RANK
    eigenvectors of S = D^-1/2 W D^-1/2 that are largest in absolute value: O(n^2 RANK) in all, 32-bit. What is compared is
    (1 / n + p) x exp(trade x log(1 + n) x themes), which orders as the sum does. Rows come group by group.
    """
    left, right = _sides(snapshot)
    matrix = snapshot.adjacency
    for rows, factors in _alike(snapshot, trade):
        weighed = right if factors is None else right * factors
        for block in np.array_split(rows, -(-len(rows) // BLOCK)):
            likely = np.asarray(left[block] @ weighed, dtype=np.float32)
            held = [matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]] for row in block]
            likely[np.repeat(np.arange(len(block)), [len(those) for those in held]), np.concatenate(held)] = -1.0
            likely[np.arange(len(block)), block] = -1.0
            yield from zip(block.tolist(), _best(likely, limit), strict=True)


def _alike(snapshot: Snapshot, trade: float) -> Iterator[tuple[NDArray[np.int64], Block | None]]:
    """Yield the rows of each group and what its themes multiply all columns by; all rows and None where there are no groups."""
    groups = snapshot.groups
    if groups is None or not trade:
        yield np.arange(len(snapshot.names)), None
        return
    factors = np.exp(trade * np.log1p(len(snapshot.names)) * groups.values).astype(np.float32)
    for group, factor in enumerate(factors):
        yield np.flatnonzero(groups.of == group), factor[groups.of]


def _sides(snapshot: Snapshot) -> tuple[Block, Block]:
    """Return (n, r) and (r, n) whose product is, row by row, in proportion to 1 / n + p; the last two of r carry activity and 1 / n."""
    strengths, known, size = snapshot.strengths, snapshot.degrees, len(snapshot.names)
    root = np.sqrt(strengths)
    values, vectors = leading(snapshot, RANK)
    left = (known * inverse(root))[:, None] * vectors * values**STEPS
    left = np.column_stack((left, np.ones(size), (known + PRIOR) / size))
    right = np.vstack(((vectors * root[:, None]).T, PRIOR * shares_of_activity(snapshot), np.ones(size)))
    return left.astype(np.float32), np.ascontiguousarray(right, np.float32)


def _best(likely: Block, limit: int) -> Iterator[list[int]]:
    """Yield the columns of the *limit* largest of each row; what is below the limit-th best group's best is not looked at."""
    rows, columns = likely.shape
    groups = columns // GROUP
    if groups > limit:
        heads = likely[:, : groups * GROUP].reshape(rows, groups, GROUP).max(axis=2)
        least = np.partition(heads, groups - limit, axis=1)[:, groups - limit]
    else:
        least = np.zeros(rows, dtype=np.float32)
    for row, bound in zip(likely, least, strict=True):
        candidates = np.flatnonzero(row >= max(float(bound), 0.0))
        order = np.lexsort((candidates, -row[candidates]))[:limit]
        yield candidates[order].tolist()
