"""How much oftener than by chance actors of two groups work together, as those of one field of work do."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Table = NDArray[np.float64]

SMOOTHING = 5.0  # ties of today that every two groups are taken to have beside their own, as many as by chance
NEUTRAL = 0.5  # as often as by chance


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """A division of n actors into g groups: `of` (n,) is each actor's group, `values` (g, g), symmetric, in [0, 1].

    The value of two groups is lift / (1 + lift): NEUTRAL by chance, 2/3 when they work together twice as often. The lift is
    (e_rs + SMOOTHING) / (k_r k_s / 2m + SMOOTHING), e_rs the weight of all ties between the groups r and s, k_r that of all
    ends in r, 2m of all ends: the odds of the degree-corrected block model with known blocks (Karrer & Newman 2011).
    """

    of: NDArray[np.int32]
    values: Table


def compile_groups(weights: "csr_array[np.float64, tuple[int, int]]", labels: Sequence[str]) -> Groups:
    """Divide the actors of the symmetric *weights* (n, n) by their *labels*; one without a label ("") is neutral to all."""
    names, of = np.unique(np.array(labels, dtype=np.str_), return_inverse=True)
    members = csr_array((np.ones(len(of)), (np.arange(len(of)), of)), shape=(len(of), len(names)))
    between: Table = (members.T @ weights @ members).toarray()
    ends = between.sum(axis=0)
    chance = np.outer(ends, ends) / max(float(ends.sum()), 1.0)
    lift = (between + SMOOTHING) / (chance + SMOOTHING)
    values = lift / (1.0 + lift)
    nameless = names == ""
    values[nameless] = values[:, nameless] = NEUTRAL
    places: NDArray[np.int32] = of.astype(np.int32)
    places.setflags(write=False)
    values.setflags(write=False)
    return Groups(places, values)
