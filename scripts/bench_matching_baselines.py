"""The methods everybody knows, in their standard forms, over the same snapshot: each scores all actors for one row."""

import re
from collections import Counter
from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from cluster_net.domain.matching.graph_features import rare_partners
from cluster_net.domain.matching.snapshot import Snapshot, dense_row

Ranker = Callable[[int], NDArray[np.float64]]
DAMPING = 0.85  # as networkx.pagerank
ROUNDS = 60  # what is left then is below 1e-4
K1, B = 1.2, 0.75  # as Lucene


def baselines(snapshot: Snapshot, texts: Mapping[str, str], seed: int) -> dict[str, Ranker]:
    """Return the methods by name.

    Adamic-Adar and resource allocation are networkx's; PageRank is personalised, with damping 0.85, on the weighted and
    aged graph that our engine has; BM25 compares names with country and type of organisation.
    """
    generator = np.random.default_rng(seed)
    return {
        "random": lambda _row: generator.random(len(snapshot.names)),
        "popularity": lambda _row: snapshot.degrees,
        "adamic-adar": lambda row: rare_partners(snapshot, row),
        "resource allocation": _allocation(snapshot),
        "personalised pagerank": _pagerank(snapshot),
        "bm25": _bm25([texts.get(name, "") for name in snapshot.names]),
    }


def _allocation(snapshot: Snapshot) -> Ranker:
    passed = 1.0 / np.maximum(snapshot.degrees, 1.0)
    return lambda row: np.asarray(snapshot.adjacency @ (dense_row(snapshot.adjacency, row) * passed))


def _pagerank(snapshot: Snapshot) -> Ranker:
    back = csr_array(snapshot.steps.T)

    def rank(row: int) -> NDArray[np.float64]:
        start = np.zeros(len(snapshot.names))
        start[row] = 1.0
        here = start
        for _ in range(ROUNDS):
            here = DAMPING * np.asarray(back @ here) + (1.0 - DAMPING) * start
        return here

    return rank


def _bm25(texts: list[str]) -> Ranker:
    words = [Counter(re.findall(r"\w+", text.casefold())) for text in texts]
    columns = {word: place for place, word in enumerate(sorted(set().union(*words)))}
    lengths = np.array([held.total() for held in words], dtype=np.float64)
    rows = np.repeat(np.arange(len(words)), [len(held) for held in words])
    places = np.array([columns[word] for held in words for word in held], dtype=np.int64)
    counts = np.array([count for held in words for count in held.values()], dtype=np.float64)
    holders = np.bincount(places, minlength=len(columns))
    rarity = np.log1p((len(words) - holders + 0.5) / (holders + 0.5))
    ratio = lengths / max(float(lengths.mean()), 1.0)
    scores = rarity[places] * counts * (K1 + 1.0) / (counts + K1 * (1.0 - B + B * ratio[rows]))
    table = csr_array((scores, (rows, places)), shape=(len(words), len(columns)))
    asked = csr_array((np.ones(len(rows)), (rows, places)), shape=table.shape)
    return lambda row: np.asarray(table @ dense_row(asked, row))
