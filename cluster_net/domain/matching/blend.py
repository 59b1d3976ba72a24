"""The blend: one score from several features, each weight kept in a versioned file and never negative."""

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from cluster_net.domain.errors import Invalid, Problem
from cluster_net.domain.matching.calibration import Step, is_rising
from cluster_net.domain.matching.snapshot import Scores

EXPOSURE = "exposure"  # the one deduction
DIGITS = 9  # scores closer than this are ties, decided by id


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of every use, by feature; `version` changes whenever one of them does.

    `shares` says for a use, where enough was decided, how many of those that scored alike were wanted.
    """

    version: str
    uses: Mapping[str, Mapping[str, float]]
    shares: Mapping[str, tuple[Step, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """One summand of a score: contribution = weight x value; `shares` divides it over what it is due to, by id."""

    name: str
    weight: float
    value: float
    contribution: float
    shares: Mapping[str, float] = field(default_factory=dict)


def read_weights(text: str) -> Weights:
    """Read a weights file. Raises Invalid that names every weight that is negative, infinite or no number."""
    try:
        held: dict[str, Any] = json.loads(text)
        uses: dict[str, dict[str, Any]] = {str(use): dict(weights) for use, weights in held["uses"].items()}
        version = str(held["version"])
        shares = {str(use): tuple(Step(**step) for step in steps) for use, steps in held.get("shares", {}).items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Invalid([Problem("This is no weights file.", 'Give {"version": ..., "uses": {use: {feature: weight}}}.')]) from error
    wrong = [f"{use}.{name}" for use, weights in uses.items() for name, weight in weights.items() if not _is_weight(weight)]
    problems = [Problem("A weight must be a number from 0.", "Mend it.", field) for field in wrong]
    problems += [
        Problem("The steps must rise, in score and in share from 0 to 1.", "Leave them out.", f"shares.{use}")
        for use, steps in shares.items()
        if not is_rising(steps)
    ]
    if problems:
        raise Invalid(problems)
    plain = {use: {name: float(weight) for name, weight in sorted(weights.items())} for use, weights in uses.items()}
    return Weights(version, plain, shares)


def write_weights(weights: Weights) -> str:
    """Return the text of a weights file, the same text for the same weights."""
    shares = {use: [asdict(step) for step in steps] for use, steps in weights.shares.items() if steps}
    held = {"version": weights.version, "uses": weights.uses, **({"shares": shares} if shares else {})}
    return json.dumps(held, indent=2, sort_keys=True) + "\n"


def _is_weight(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and value >= 0


def blend(values: Mapping[str, Scores], weights: Mapping[str, float]) -> Scores:
    """Return the sum of weight x value over the features that have a weight, always added in the order of their names."""
    used = [weights[name] * values[name] for name in sorted(values) if weights.get(name, 0.0) > 0]
    return np.sum(used, axis=0) if used else np.zeros_like(next(iter(values.values())))


def parts_of(values: Mapping[str, float], weights: Mapping[str, float], shares: Mapping[str, Mapping[str, float]]) -> tuple[Part, ...]:
    """Return the summands of one score in the order of their names; *shares* of any size are scaled to each contribution."""
    return tuple(
        Part(name, weights[name], values[name], weights[name] * values[name], _scaled(shares.get(name, {}), weights[name] * values[name]))
        for name in sorted(values)
        if weights.get(name, 0.0) > 0 and values[name] > 0
    )


def _scaled(shares: Mapping[str, float], whole: float) -> dict[str, float]:
    held = math.fsum(shares.values())
    return {name: whole * share / held for name, share in shares.items()} if held > 0 else {}


def score_of(parts: Iterable[Part]) -> float:
    """Return the score that *parts* sum to."""
    return math.fsum(part.contribution for part in parts)


def best_rows(scores: Scores, limit: int) -> list[int]:
    """Return the rows of the *limit* best finite scores, ties by row."""
    rounded = np.round(scores, DIGITS)
    limit = min(limit, int(np.isfinite(scores).sum()))
    if limit <= 0:
        return []
    least = np.partition(rounded, scores.size - limit)[scores.size - limit]
    candidates = np.flatnonzero(rounded >= least)
    order = np.lexsort((candidates, -rounded[candidates]))
    return [int(row) for row in candidates[order][:limit]]
