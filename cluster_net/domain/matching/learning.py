"""Learning weights from what was decided, on a time split: only when there is enough to learn from, and only for the better."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from cluster_net.domain.matching.calibration import Step, calibrate

Vector = NDArray[np.float64]
Wanted = NDArray[np.bool_]

LEARNED = 0.75  # the oldest part of what was decided is learned from, the rest is checked on
LEAST = 100  # decisions below which nothing is learned
PER_FEATURE = 10  # decisions of the rarer outcome for each feature (Peduzzi et al. 1996)
LEAST_CHECKED = 10  # decisions of either outcome to check on
PENALTIES = (0.0001, 0.001, 0.01, 0.1)
DIGITS = 4  # of a weight, so that the last bits of a machine do not show
_VARIES = 1e-9


@dataclass(frozen=True, slots=True)
class Observation:
    """One decided pair: the ISO day, its name, the value of each feature as of that day, and whether the two wanted each other."""

    day: str
    pair: str
    values: Mapping[str, float]
    wanted: bool


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing was learned, and what would have to be there."""

    message: str
    mend: str


@dataclass(frozen=True, slots=True)
class Refit:
    """New weights that sum to what the old ones did, and the log loss on the newest part with the old and with the new ones."""

    weights: Mapping[str, float]
    learned: int
    checked: int
    before: float
    after: float


def refit(observations: Sequence[Observation], present: Mapping[str, float]) -> Refit | Refusal:
    """Learn the weights of the features that *present* names from the oldest part of *observations*, and check on the newest.

    A feature that never varies keeps its weight; the others share what they had. The new weights must have a lower log loss on
    the newest part than *present*, by more than the standard error of the difference (Breiman et al. 1984, one-standard-error
    rule); the scores of both are turned into shares by a logistic curve fitted on the oldest part (Platt 1999).
    """
    oldest, newest = split_by_time(observations)
    varying = [name for name in sorted(present) if len(oldest) and np.ptp([one.values.get(name, 0.0) for one in oldest]) > _VARIES]
    refusal = _too_little(oldest, newest, varying)
    if refusal:
        return refusal
    learned, wanted = _table(oldest, varying), _wanted(oldest)
    fitted, _ = fit_weights(learned, wanted, _penalty(learned, wanted))
    if not fitted.any():
        return Refusal("No feature speaks for what was wanted.", "Keep the present weights and decide more.")
    whole = sum(present[name] for name in varying) or 1.0
    weights = dict(present) | {name: round(whole * float(one / fitted.sum()), DIGITS) for name, one in zip(varying, fitted, strict=True)}
    before, after = (_losses(oldest, newest, one) for one in (present, weights))
    gain = before - after
    if gain.mean() <= gain.std(ddof=1) / math.sqrt(len(gain)):
        told = f"The new weights are not better on the newest part: log loss {after.mean():.4f} against {before.mean():.4f}."
        return Refusal(told, "Keep the present weights and try again when more is decided.")
    return Refit(weights, len(oldest), len(newest), float(before.mean()), float(after.mean()))


def shares_on_newest(observations: Sequence[Observation], weights: Mapping[str, float]) -> tuple[Step, ...]:
    """Return the map from scores by *weights* to shares on the newest part of *observations*, which nothing was learned from."""
    _, newest = split_by_time(observations)
    return calibrate(_scores(newest, weights), _wanted(newest)) if newest else ()


def split_by_time(observations: Sequence[Observation]) -> tuple[list[Observation], list[Observation]]:
    """Return the oldest and the newest part of observations, each in the order of their days; a day is never split."""
    ordered = sorted(observations, key=lambda one: (one.day, one.pair, one.wanted))
    border = ordered[int(LEARNED * len(ordered))].day if ordered else ""
    return [one for one in ordered if one.day < border], [one for one in ordered if one.day >= border]


def fit_weights(values: Vector, wanted: Wanted, penalty: float) -> tuple[Vector, float]:
    """Return the weights w >= 0 and the intercept b of the likeliest logistic curve: least mean log loss + penalty / 2 |w|^2.

    values (n, k), wanted (n,) -> (k,). The share wanted is 1 / (1 + exp(-(b + values w))). Solved by L-BFGS-B with the bounds
    w_k >= 0 (Byrd, Lu, Nocedal & Zhu 1995); b is free and has no penalty.
    """

    def loss(solution: Vector) -> tuple[float, Vector]:
        weights = solution[:-1]
        odds = values @ weights + solution[-1]
        error = _share(odds) - wanted
        whole = float(np.mean(_log_loss(odds, wanted))) + penalty / 2 * float(weights @ weights)
        return whole, np.append(values.T @ error / len(wanted) + penalty * weights, error.mean())

    size = values.shape[1]
    start = np.append(np.zeros(size), _log_odds(float(wanted.mean())))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(0.0, None)] * size + [(None, None)], options={"maxiter": 1000})
    return np.maximum(found.x[:-1], 0.0), float(found.x[-1])


def _penalty(values: Vector, wanted: Wanted) -> float:
    """Return the penalty that predicts the newest quarter of what is learned from best, the largest of equals."""
    border = int(LEARNED * len(wanted))
    if len(set(wanted[:border].tolist())) < 2:
        return PENALTIES[-1]

    def loss(penalty: float) -> float:
        weights, intercept = fit_weights(values[:border], wanted[:border], penalty)
        return round(float(_log_loss(values[border:] @ weights + intercept, wanted[border:]).mean()), DIGITS)

    return min(reversed(PENALTIES), key=loss)


def _losses(oldest: Sequence[Observation], newest: Sequence[Observation], weights: Mapping[str, float]) -> Vector:
    """Return the log loss of each of *newest* when scores become shares by the likeliest curve of *oldest*."""
    learned, checked = (_scores(held, weights)[:, None] for held in (oldest, newest))
    slope, intercept = fit_weights(learned, _wanted(oldest), 0.0)
    return _log_loss(checked @ slope + intercept, _wanted(newest))


def _too_little(oldest: Sequence[Observation], newest: Sequence[Observation], varying: Sequence[str]) -> Refusal | None:
    decided = len(oldest) + len(newest)
    if decided < LEAST:
        return Refusal(f"Only {decided} pairs are decided.", f"Learn from at least {LEAST}.")
    if not oldest:
        return Refusal("All was decided on one day.", "Learn from decisions of several days: the oldest teach, the newest check.")
    if not varying:
        return Refusal("No feature varies among the decided pairs.", "Decide about pairs that differ in what speaks for them.")
    for part, held, least in (("oldest", oldest, PER_FEATURE * len(varying)), ("newest", newest, LEAST_CHECKED)):
        wanted = sum(one.wanted for one in held)
        for word, number in (("wanted", wanted), ("not wanted", len(held) - wanted)):
            if number < least:
                return Refusal(f"Only {number} of the {len(held)} {part} pairs were {word}.", f"At least {least} are needed.")
    return None


def _table(observations: Sequence[Observation], names: Sequence[str]) -> Vector:
    return np.array([[one.values.get(name, 0.0) for name in names] for one in observations], dtype=np.float64)


def _scores(observations: Sequence[Observation], weights: Mapping[str, float]) -> Vector:
    names = sorted(weights)
    scores: Vector = _table(observations, names) @ np.array([weights[name] for name in names])
    return scores


def _wanted(observations: Sequence[Observation]) -> Wanted:
    return np.array([one.wanted for one in observations], dtype=np.bool_)


def _share(odds: Vector) -> Vector:
    return 1.0 / (1.0 + np.exp(-np.clip(odds, -500.0, 500.0)))


def _log_loss(odds: Vector, wanted: Wanted) -> Vector:
    return np.logaddexp(0.0, odds) - odds * wanted


def _log_odds(share: float) -> float:
    return math.log(share / (1.0 - share)) if 0.0 < share < 1.0 else 0.0
