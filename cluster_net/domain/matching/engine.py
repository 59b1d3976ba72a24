"""The suggestion engine: whom one actor should meet, and all actors in one go, with reasons true to the last digit."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from cluster_net.domain.errors import NotFound
from cluster_net.domain.matching.blend import EXPOSURE, Part, best_rows, blend, deduction, parts_of, score_of
from cluster_net.domain.matching.graph_features import (
    activity,
    adamic_adar,
    resource_allocation,
    shares_of_allocation,
    shares_of_rarity,
    walk,
)
from cluster_net.domain.matching.snapshot import Scores, Snapshot, compile_snapshot

Feature = Callable[[Snapshot, int], Scores]
Decomposition = Callable[[Snapshot, int, int], Mapping[int, float]]

GRAPH_FEATURES: Mapping[str, Feature] = {
    "activity": activity,
    "adamic_adar": adamic_adar,
    "resource_allocation": resource_allocation,
    "walk": walk,
}
DECOMPOSITIONS: Mapping[str, Decomposition] = {
    "adamic_adar": shares_of_rarity,
    "resource_allocation": shares_of_allocation,
    "walk": shares_of_allocation,
}


@dataclass(frozen=True, slots=True)
class Ranked:
    """A suggested actor; the contributions of its parts sum to its score. The score is no probability."""

    id: str
    score: float
    parts: tuple[Part, ...]


class SuggestionEngine:
    """Ranks actors of a networkx graph for one another by a blend of features.

    *weights* names the features and what each counts; *features* may add others, over the rows of the snapshot, to those of
    the graph. *exposure* >= 0 is deducted times log(1 + k) / log(1 + largest k), k an actor's partners.
    """

    def __init__(
        self,
        graph: "nx.Graph[str] | Snapshot",
        weights: Mapping[str, float],
        *,
        features: Mapping[str, Feature] = GRAPH_FEATURES,
        exposure: float = 0.0,
    ) -> None:
        self.snapshot = graph if isinstance(graph, Snapshot) else compile_snapshot(graph)
        self.exposure = exposure
        self.weights = {name: weights[name] for name in sorted(features) if weights.get(name, 0.0) > 0}
        self._features = {name: features[name] for name in self.weights}
        self._deduction = deduction(self.snapshot.degrees)

    def row_of(self, id_: str) -> int:
        """Return the row of an actor. Raises NotFound."""
        try:
            return self.snapshot.rows[id_]
        except KeyError:
            raise NotFound(id_) from None

    def values(self, id_: str) -> dict[str, Scores]:
        """Return every feature that has a weight, for one actor: {name: (n,) in [0, 1]}."""
        row = self.row_of(id_)
        return {name: feature(self.snapshot, row) for name, feature in self._features.items()}

    def scores(self, id_: str) -> Scores:
        """Return the score of every actor for one, shape (n,); partners and the actor itself are scored like all others."""
        blended = blend(self.values(id_) or {"": np.zeros(len(self.snapshot.names))}, self.weights)
        return blended - self.exposure * self._deduction if self.exposure else blended

    def suggest(self, id_: str, limit: int = 10, *, allowed: NDArray[np.bool_] | None = None) -> list[Ranked]:
        """Return the *limit* best new partners of one actor, best first, ties by id.

        *allowed*, over the rows, says who may be suggested; partners and the actor itself never are.
        """
        row = self.row_of(id_)
        scores = np.where(self.news(row) if allowed is None else self.news(row) & allowed, self.scores(id_), -np.inf)
        return [self.explain(id_, self.snapshot.names[other]) for other in best_rows(scores, limit)]

    def suggest_all(self, limit: int = 10) -> Iterator[tuple[str, list[str]]]:
        """Yield each actor's id and the ids of its best new partners, as `suggest` orders them."""
        for row, name in enumerate(self.snapshot.names):
            found = best_rows(np.where(self.news(row), self.scores(name), -np.inf), limit)
            yield name, [self.snapshot.names[other] for other in found]

    def news(self, row: int) -> NDArray[np.bool_]:
        """Return who is no partner of *row* and not itself."""
        new = np.ones(len(self.snapshot.names), dtype=np.bool_)
        matrix = self.snapshot.adjacency
        new[matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]] = False
        new[row] = False
        return new

    def explain(self, id_: str, other: str) -> Ranked:
        """Return the exact parts of one score; those of the graph are divided over shared partners by id."""
        row, column = self.row_of(id_), self.row_of(other)
        values = {name: float(scores[column]) for name, scores in self.values(id_).items()}
        shares = {name: self._named(DECOMPOSITIONS[name](self.snapshot, row, column)) for name in values if name in DECOMPOSITIONS}
        parts = parts_of(values, self.weights, shares)
        if self.exposure and self._deduction[column] > 0:
            held = float(self._deduction[column])
            parts += (Part(EXPOSURE, self.exposure, held, -self.exposure * held),)
        return Ranked(other, score_of(parts), parts)

    def _named(self, shares: Mapping[int, float]) -> dict[str, float]:
        return {self.snapshot.names[row]: share for row, share in sorted(shares.items())}
