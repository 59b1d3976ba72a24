"""How good a step from one actor to a partner is: by kind of tie, confidence and age; compiled for the search of paths."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from cluster_net.domain.graph import Link
from cluster_net.domain.network import Network
from cluster_net.domain.vocabulary import COLLABORATION_TYPES

HAND_ON = 0.5  # what is left of an introduction after each step, however good: the shorter of two paths alike is the better
HALF_LIFE = 10  # years after its end until a tie is worth half
HAPPENED = frozenset({"FOUNDED", "SPUN_OUT_OF", "SUCCEEDS"})  # ties that were made in one year and age from then on
UNIT = 1_000_000  # costs are whole numbers: sums are exact, so equal paths are equal on every machine
FAR = 2**60

Costs = npt.NDArray[np.int64]


class Strength(NamedTuple):
    """What a tie is worth as a step, each part in (0, 1]."""

    kind: float
    confidence: float
    age: float

    @property
    def cost(self) -> int:
        """Return -ln(HAND_ON x kind x confidence x age) in millionths, so that the least sum is the strongest path."""
        return round(-UNIT * math.log(HAND_ON * self.kind * self.confidence * self.age))


@dataclass(frozen=True, slots=True)
class Ways:
    """All steps there are from each actor that has a tie, in rows one after another, as seen in *year*.

    Row r is `first[r]` to `first[r + 1]` of `ends`, `costs` and `links`, by end, then cost, then link id.
    """

    year: int
    rows: Mapping[str, int]
    names: tuple[str, ...]
    first: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]
    costs: Costs
    links: tuple[Link, ...]


def last_year(link: Link) -> int | None:
    """Return the year from which a tie ages: its end, or the year of what happened once; None while it goes on."""
    year = link.properties.get("end_year", link.properties.get("start_year") if link.type in HAPPENED else None)
    return year if isinstance(year, int) else None


def strength_of(link: Link, year: int) -> Strength:
    """Return what a tie is worth in *year*: age halves it each HALF_LIFE years (decay of ties: Burt 2000, Social Networks 22)."""
    last = last_year(link)
    age = 0 if last is None else max(0, year - last)
    return Strength(COLLABORATION_TYPES[link.type].strength, link.confidence, 0.5 ** (age / HALF_LIFE))


def compile_ways(network: Network, year: int) -> Ways:
    """Lay out the ties of *network*, both ways each."""
    names = tuple(sorted(name for name, degree in network.graph.degree() if degree))
    rows = {name: row for row, name in enumerate(names)}
    links = sorted(network.ties(), key=lambda link: link.id)
    start, end, cost = (
        np.fromiter(values, dtype=np.int64, count=len(links))
        for values in (
            (rows[link.start.id] for link in links),
            (rows[link.end.id] for link in links),
            (strength_of(link, year).cost for link in links),
        )
    )
    starts, ends, costs = np.concatenate((start, end)), np.concatenate((end, start)), np.concatenate((cost, cost))
    order = np.lexsort((costs, ends, starts))
    first = np.searchsorted(starts[order], np.arange(len(names) + 1))
    return Ways(year, rows, names, first, ends[order], costs[order], tuple(links[at] for at in order % max(1, len(links))))
