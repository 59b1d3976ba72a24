"""The network cut to its leading eigenvectors: who stands in alike circles, even without a shared partner."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, diags_array

from cluster_net.domain.matching.snapshot import Scores, Snapshot, inverse

RANK = 16  # eigenvectors that the similarity is of
SPARE = 8  # more that are computed for the kept ones to be exact
ROUNDS = 3

Table = NDArray[np.float64]


def low_rank_similarity(snapshot: Snapshot, row: int) -> Scores:
    """Return how alike each actor's place in the network is to that of *row*, in [0, 1].

    The cosine, where it is positive, of the rows of V |L|^1/2, L the RANK eigenvalues of S = D^-1/2 W D^-1/2 that are largest in
    absolute value and V their vectors (adjacency spectral embedding: Sussman, Tang, Fishkind & Priebe 2012). 0 for an actor
    without partners.
    """
    places = embedded(snapshot)
    alike: Scores = places @ places[row]
    return np.clip(alike, 0.0, 1.0)


@lru_cache(maxsize=1)  # the snapshot that is served; its rows are asked for one by one
def embedded(snapshot: Snapshot) -> Table:
    """Return the place of each actor, (n, RANK) with rows of length 1, or 0 for an actor without partners."""
    values, vectors = leading(snapshot, RANK)
    places: Table = vectors * np.sqrt(np.abs(values))
    places[snapshot.degrees == 0] = 0.0
    lengths = np.linalg.norm(places, axis=1, keepdims=True)
    np.divide(places, lengths, out=places, where=lengths > 0)
    return places


def leading(snapshot: Snapshot, rank: int) -> tuple[Table, Table]:
    """Return the *rank* leading eigenvalues and vectors of S, (r,) and (n, r), r at most n.

    By subspace iteration from a fixed start (Halko, Martinsson & Tropp 2011), 32-bit.
    """
    root = diags_array(inverse(np.sqrt(snapshot.strengths)))
    even = csr_array(root @ snapshot.weights @ root).astype(np.float32)
    size = even.shape[0]
    basis = np.random.default_rng(0).standard_normal((size, min(rank + SPARE, size)), dtype=np.float32)
    for _ in range(ROUNDS):
        basis = np.linalg.qr(np.asarray(even @ np.asarray(even @ basis)))[0]
    values, turned = np.linalg.eigh(basis.T @ np.asarray(even @ basis))
    kept = np.argsort(-np.abs(values), kind="stable")[:rank]
    return values[kept].astype(np.float64), (basis @ turned[:, kept]).astype(np.float64)
