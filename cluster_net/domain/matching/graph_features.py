"""What the graph says for a meeting: each feature scores all actors for one, in [0, 1], and tells which partners it is due to.

p below is a probability over n actors; its value is log(1 + n p) / log(1 + n): 0 for none, about one half for what is
sqrt(n) times likelier than chance, 1 for certainty. Values of different actors and graphs can so be compared.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from cluster_net.domain.matching.snapshot import Matrix, Scores, Snapshot, dense_row

STEPS = 4  # how far a walk goes
PRIOR = 15.0  # the partners an actor must have for its walk to count as much as everyone's activity

Shares = Mapping[int, float]


def value_of(probability: Scores) -> Scores:
    """Return log(1 + n p) / log(1 + n) of probabilities p over n actors, in [0, 1]."""
    size = max(probability.size, 1)
    value: Scores = np.log1p(size * probability) / np.log1p(size)
    return np.minimum(value, 1.0)


def allocated(snapshot: Snapshot, row: int) -> Scores:
    """Return the resource that each actor would receive from *row* through shared partners.

    s(u, v) = sum over shared partners w of a_uw * a_wv / s_w, s_w the sum of w's weights, which is its number of partners
    when all weights are 1 (Zhou, Lu & Zhang 2009, eq. 8). Shape (n,), in [0, inf); *row* itself receives what returns.
    """
    return _spread(snapshot.weights, row, snapshot.steps)


def resource_allocation(snapshot: Snapshot, row: int) -> Scores:
    """Return the value of a walk of two steps from *row* ending at each actor: its share of what *row* hands out, in [0, 1]."""
    strength = snapshot.strengths[row]
    return value_of(allocated(snapshot, row) / strength) if strength > 0 else np.zeros(len(snapshot.names))


def rare_partners(snapshot: Snapshot, row: int) -> Scores:
    """Return how many partners each actor shares with *row*, those with many partners counting less.

    s(u, v) = sum over shared partners w of 1 / log k_w (Adamic & Adar 2003). Shape (n,), in [0, inf).
    """
    return _spread(snapshot.adjacency, row, snapshot.adjacency, _rarities(snapshot))


def adamic_adar(snapshot: Snapshot, row: int) -> Scores:
    """Return the part of *row*'s partners, weighted 1 / log k_w, that each actor shares, in [0, 1]."""
    own = snapshot.adjacency.indices[snapshot.adjacency.indptr[row] : snapshot.adjacency.indptr[row + 1]]
    whole = float(_rarities(snapshot)[own].sum())
    return np.minimum(rare_partners(snapshot, row) / whole, 1.0) if whole > 0 else np.zeros(len(snapshot.names))


def activity(snapshot: Snapshot, row: int) -> Scores:  # noqa: ARG001 - every feature has the same arguments
    """Return the value of each actor's part of all recent activity, the same for every *row*, in [0, 1]."""
    return value_of(shares_of_activity(snapshot))


def walk(snapshot: Snapshot, row: int) -> Scores:
    """Return the value of meeting each actor at the end of a walk from *row*, smoothed by everyone's activity, in [0, 1].

    p(v | u) = (k_u * w_u(v) + PRIOR * a(v)) / (k_u + PRIOR), k_u the partners of u, w_u(v) the chance that a random walk of
    STEPS steps from u ends at v (Liu & Lu 2010) and a(v) v's share of recent activity (Dirichlet smoothing: Zhai &
    Lafferty 2004). An actor with few partners is so led by activity, one with many by its own circles.
    """
    known = snapshot.degrees[row]
    return value_of((known * visited(snapshot, row) + PRIOR * shares_of_activity(snapshot)) / (known + PRIOR))


def visited(snapshot: Snapshot, row: int) -> Scores:
    """Return where a walk of STEPS steps from *row* ends. Shape (n,); sums to 1, or to 0 when *row* has no partner."""
    here = dense_row(snapshot.steps, row)
    for _ in range(STEPS - 1):
        here = _onward(here, snapshot.steps)
    return here


def themes(snapshot: Snapshot, row: int) -> Scores:
    """Return how readily actors of each one's field of work join with those of *row*'s, in [0, 1]; one half is as by chance.

    See `affinity.Groups`; 0 for all where nothing is known of fields.
    """
    held = snapshot.groups
    return np.zeros(len(snapshot.names)) if held is None else held.values[held.of[row]][held.of]


def prominence(snapshot: Snapshot) -> Scores:
    """Return how much each actor is seen already: log(1 + r) / log(1 + largest r), r its strength beside the mean one, in [0, 1]."""
    mean = snapshot.strengths.mean() if snapshot.names else 0.0
    if mean <= 0:
        return np.zeros(len(snapshot.names))
    held: Scores = np.log1p(snapshot.strengths / mean)
    held /= held.max()
    return held


def shares_of_activity(snapshot: Snapshot) -> Scores:
    """Return each actor's share of all recent activity; sums to 1 where there is any."""
    return _part(snapshot.activity)


def shares_of_allocation(snapshot: Snapshot, row: int, other: int) -> dict[int, float]:
    """Return what each shared partner hands on from *row* to *other*: {w: a_uw * a_wv / s_w}, summing to `allocated`."""
    return _through(snapshot.weights, row, other, 1.0 / np.where(snapshot.strengths > 0, snapshot.strengths, 1.0))


def shares_of_rarity(snapshot: Snapshot, row: int, other: int) -> dict[int, float]:
    """Return what each shared partner adds: {w: 1 / log k_w}, summing to `rare_partners`."""
    return _through(snapshot.adjacency, row, other, _rarities(snapshot))


def _rarities(snapshot: Snapshot) -> Scores:
    return 1.0 / np.log(np.maximum(snapshot.degrees, 2.0))


def _part(values: Scores) -> Scores:
    whole = values.sum()
    return values / whole if whole > 0 else values


def _row(matrix: Matrix, row: int) -> tuple[NDArray[np.int32], Scores]:
    part = slice(matrix.indptr[row], matrix.indptr[row + 1])
    return matrix.indices[part], matrix.data[part]


def _spread(first: Matrix, row: int, second: Matrix, factor: Scores | None = None) -> Scores:
    partners, weights = _row(first, row)
    start = np.zeros(first.shape[0])
    start[partners] = weights if factor is None else weights * factor[partners]
    return _onward(start, second)


def _onward(start: Scores, matrix: Matrix) -> Scores:
    return np.asarray(matrix.T @ start, dtype=np.float64)


def _through(matrix: Matrix, row: int, other: int, factor: Scores) -> dict[int, float]:
    (mine, own), (theirs, held) = _row(matrix, row), _row(matrix, other)
    shared, left, right = np.intersect1d(mine, theirs, assume_unique=True, return_indices=True)
    return dict(zip(shared.tolist(), (own[left] * held[right] * factor[shared]).tolist(), strict=True))
