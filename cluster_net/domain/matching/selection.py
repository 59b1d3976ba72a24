"""Lists out of scores: varied, with room for small actors and for new bridges."""

import math
from collections.abc import Callable, Collection, Hashable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

One = TypeVar("One", bound=Hashable)
Similarity = Callable[[str, str], float]
Scored = tuple[str, float]  # id and score, best first


def varied(candidates: Sequence[Scored], similarity: Similarity, limit: int, trade: float = 0.8) -> list[Scored]:
    """Choose *limit* of *candidates* so that none repeats another, by maximal marginal relevance.

    Next is the largest trade * score / largest score, by size whatever its sign, - (1 - trade) * its greatest similarity, in
    [0, 1], to one chosen already (Carbonell & Goldstein 1998); ties by place. With trade 1 the order stays. Scores are not changed.
    """
    best = max((abs(score) for _, score in candidates), default=0.0) or 1.0
    waiting, nearest = list(candidates), dict.fromkeys((id_ for id_, _ in candidates), 0.0)
    chosen: list[Scored] = []
    while waiting and len(chosen) < limit:
        one = max(waiting, key=lambda held: trade * held[1] / best - (1.0 - trade) * nearest[held[0]])
        waiting.remove(one)
        chosen.append(one)
        for id_, _ in waiting:
            nearest[id_] = max(nearest[id_], similarity(one[0], id_))
    return chosen


def overlap(first: Collection[str], second: Collection[str]) -> float:
    """Return what two sets have in common, |A and B| / |A or B|, in [0, 1]; 0 when both are empty."""
    union = set(first) | set(second)
    return len(set(first) & set(second)) / len(union) if union else 0.0


def with_share(candidates: Sequence[Scored], wanted: Callable[[str], bool], limit: int, share: float) -> list[Scored]:
    """Return the *limit* best, at least ceil(share * limit) of them *wanted* where there are so many; best first.

    *wanted* says who crosses a border (another county, another kind), or who is small: a share of new bridges, a floor.
    """
    least = math.ceil(min(max(share, 0.0), 1.0) * min(limit, len(candidates)))
    kept = [place for place, (id_, _) in enumerate(candidates) if wanted(id_)][:least]
    others = [place for place in range(len(candidates)) if place not in set(kept)]
    return [candidates[place] for place in sorted((*kept, *others[: max(limit - len(kept), 0)]))]


def with_floor(best: Sequence[One], seldom: Sequence[One], limit: int, share: float) -> list[One]:
    """Return *limit* of *best*, the last ceil(share * limit) of them from *seldom*: an order that exposure control made.

    What is in both stands once, where *best* has it; so actors who are always outshone get a place, and the first stay.
    """
    held = math.ceil(min(max(share, 0.0), 1.0) * limit)
    first = list(best[: limit - held])
    rest = [one for one in seldom if one not in set(first)][:held]
    more = [one for one in best[limit - held :] if one not in set(rest)]
    return [*first, *rest, *more][:limit]


def gini(shown: NDArray[np.int64]) -> float:
    """Return how unevenly actors are shown: 0 when all equally often, towards 1 when one takes all (Gini coefficient)."""
    ordered, size = np.sort(shown), len(shown)
    whole = float(ordered.sum())
    return float((2.0 * np.arange(1, size + 1) - size - 1.0) @ ordered) / (size * whole) if whole else 0.0
