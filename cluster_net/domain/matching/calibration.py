"""From scores to shares: of those that scored alike, how many were wanted; a map that never falls, learned from what was decided."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

LEAST = 60  # decisions below which no share is told
GROUP = 15  # decisions that a share is told of, at the least


@dataclass(frozen=True, slots=True)
class Step:
    """The scores from `least` on up to the next step: of `decided` pairs with such a score the part `share` was wanted."""

    least: float
    share: float
    decided: int


def calibrate(scores: NDArray[np.float64], wanted: NDArray[np.bool_]) -> tuple[Step, ...]:
    """Return the steps of the isotonic regression of *wanted* on *scores*, none where there is too little or nothing rises.

    Groups of at least GROUP pairs in the order of their scores, equal scores together, are pooled by adjacent violators until
    their shares rise: the non-decreasing map with the least squared error over the groups (Barlow, Bartholomew, Bremner & Brunk
    1972; for scores of classifiers Zadrozny & Elkan 2002).
    """
    if len(scores) < LEAST:
        return ()
    pooled: list[tuple[float, int, int]] = []  # least score, wanted, decided
    for group in _groups(scores, wanted):
        pooled.append(group)
        while len(pooled) > 1 and pooled[-2][1] * pooled[-1][2] >= pooled[-1][1] * pooled[-2][2]:
            _, last_wanted, last = pooled.pop()
            least, first_wanted, first = pooled.pop()
            pooled.append((least, first_wanted + last_wanted, first + last))
    return tuple(Step(least, round(held / decided, 4), decided) for least, held, decided in pooled) if len(pooled) > 1 else ()


def share_of(steps: Sequence[Step], score: float) -> float | None:
    """Return the share of those that scored like *score*, None without steps; what is below the first step counts as in it."""
    if not steps:
        return None
    return next((step.share for step in reversed(steps) if score >= step.least), steps[0].share)


def is_rising(steps: Sequence[Step]) -> bool:
    """Tell whether *steps*, as a file gives them, are numbers that rise: scores strictly, shares within [0, 1]."""
    figures = [(step.least, step.share) for step in steps]
    if not all(isinstance(one, int | float) and not isinstance(one, bool) for pair in figures for one in pair):
        return False
    rising = all(first[0] < second[0] and first[1] <= second[1] for first, second in pairwise(figures))
    return rising and all(0 <= share <= 1 for _, share in figures)


def _groups(scores: NDArray[np.float64], wanted: NDArray[np.bool_]) -> Iterator[tuple[float, int, int]]:
    """Yield (least score, wanted, decided) of groups by rising score; what is left at the end goes to the last group."""
    order = np.argsort(scores, kind="stable")
    ordered, held = scores[order], wanted[order]
    start = 0
    for end in range(GROUP, len(ordered) + 1):
        whole = end == len(ordered) or (end - start >= GROUP and len(ordered) - end >= GROUP and ordered[end] > ordered[end - 1])
        if whole:
            yield float(ordered[start]), int(held[start:end].sum()), end - start
            start = end
