"""Walks from all actors in one go: in a large graph from the leading eigenvectors, in blocks that stay small in memory."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, diags_array

from cluster_net.domain.matching.graph_features import PRIOR, STEPS, shares_of_activity
from cluster_net.domain.matching.snapshot import Snapshot

RANK = 64  # eigenvectors that are kept
SPARE = 8  # more that are computed for the kept ones to be exact
ROUNDS = 3
BLOCK = 512  # rows at a time
GROUP = 64  # columns whose best is looked at first

Block = NDArray[np.float32]


def best_of_all(snapshot: Snapshot, limit: int) -> Iterator[tuple[int, list[int]]]:
    """Yield each row and the *limit* rows that its walk most likely meets, partners and itself left out, ties by row.

    The order of `graph_features.walk`, with the walk's matrix P^STEPS = D^-1/2 S^STEPS D^1/2 in place of which stand the RANK
    eigenvectors of S = D^-1/2 W D^-1/2 that are largest in absolute value: O(n^2 RANK) in all, 32-bit.
    """
    left, right = _sides(snapshot)
    activity = (PRIOR * shares_of_activity(snapshot)).astype(np.float32)
    matrix, size = snapshot.adjacency, len(snapshot.names)
    for start in range(0, size, BLOCK):
        end = min(start + BLOCK, size)
        likely = np.maximum(left[start:end] @ right, 0.0, dtype=np.float32)
        likely *= snapshot.degrees[start:end, None].astype(np.float32)
        likely += activity
        rows = np.repeat(np.arange(end - start), np.diff(matrix.indptr[start : end + 1]))
        likely[rows, matrix.indices[matrix.indptr[start] : matrix.indptr[end]]] = -1.0
        likely[np.arange(end - start), np.arange(start, end)] = -1.0
        yield from ((start + row, found) for row, found in enumerate(_best(likely, limit)))


def _sides(snapshot: Snapshot) -> tuple[Block, Block]:
    strengths = snapshot.strengths
    root = np.sqrt(strengths)
    inverse = np.divide(1.0, root, out=np.zeros_like(root), where=root > 0)
    even = csr_array(diags_array(inverse) @ snapshot.weights @ diags_array(inverse)).astype(np.float32)
    values, vectors = _leading(even)
    return (inverse[:, None] * vectors * values**STEPS).astype(np.float32), np.ascontiguousarray((vectors * root[:, None]).T, np.float32)


def _leading(even: csr_array[np.float32, tuple[int, int]]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the leading eigenvalues and vectors by subspace iteration from a fixed start (Halko, Martinsson & Tropp 2011)."""
    size = even.shape[0]
    basis = np.random.default_rng(0).standard_normal((size, min(RANK + SPARE, size)), dtype=np.float32)
    for _ in range(ROUNDS):
        basis = np.linalg.qr(np.asarray(even @ np.asarray(even @ basis)))[0]
    values, turned = np.linalg.eigh(basis.T @ np.asarray(even @ basis))
    kept = np.argsort(-np.abs(values), kind="stable")[:RANK]
    return values[kept].astype(np.float64), (basis @ turned[:, kept]).astype(np.float64)


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
