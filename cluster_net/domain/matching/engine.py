"""The suggestion engine: whom one actor should meet, and all actors in one go, with reasons true to the last digit."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from cluster_net.domain.errors import NotFound
from cluster_net.domain.matching.all_rows import best_of_all
from cluster_net.domain.matching.blend import EXPOSURE, Part, best_rows, blend, parts_of, score_of
from cluster_net.domain.matching.graph_features import (
    activity,
    adamic_adar,
    prominence,
    resource_allocation,
    shares_of_allocation,
    shares_of_rarity,
    themes,
    walk,
)
from cluster_net.domain.matching.low_rank import low_rank_similarity
from cluster_net.domain.matching.snapshot import Scores, Snapshot, compile_snapshot

Feature = Callable[[Snapshot, int], Scores]
Decomposition = Callable[[Snapshot, int, int], Mapping[int, float]]

EXACT = 4000  # actors up to which all rows are computed as one is

GRAPH_FEATURES: Mapping[str, Feature] = {
    "activity": activity,
    "adamic_adar": adamic_adar,
    "low_rank": low_rank_similarity,
    "resource_allocation": resource_allocation,
    "themes": themes,
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
    the graph. *exposure* >= 0 is deducted times how prominent an actor is (`graph_features.prominence`).
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
        self._deduction = prominence(self.snapshot)

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
        return self._blended(self.values(id_))

    def _blended(self, values: Mapping[str, Scores]) -> Scores:
        blended = blend(values or {"": np.zeros(len(self.snapshot.names))}, self.weights)
        return blended - self.exposure * self._deduction if self.exposure else blended

    def suggest(self, id_: str, limit: int = 10, *, allowed: NDArray[np.bool_] | None = None) -> list[Ranked]:
        """Return the *limit* best new partners of one actor, best first, ties by id.

        *allowed*, over the rows, says who may be suggested; partners and the actor itself never are.
        """
        row, values = self.row_of(id_), self.values(id_)
        scores = np.where(self.news(row) if allowed is None else self.news(row) & allowed, self._blended(values), -np.inf)
        return [self._ranked(row, other, values) for other in best_rows(scores, limit)]

    def suggest_all(self, limit: int = 10) -> Iterator[tuple[str, list[str]]]:
        """Yield each actor's id and the ids of its best new partners, as `suggest` orders them.

        With more than EXACT actors and no feature but walk and themes, from an approximation that takes seconds, not minutes.
        """
        names = self.snapshot.names
        if len(names) > EXACT and {"walk"} <= self.weights.keys() <= {"walk", "themes"} and not self.exposure:
            for row, found in best_of_all(self.snapshot, limit, self.weights.get("themes", 0.0) / self.weights["walk"]):
                yield names[row], [names[other] for other in found]
            return
        for row, name in enumerate(names):
            yield name, [names[other] for other in best_rows(np.where(self.news(row), self.scores(name), -np.inf), limit)]

    def news(self, row: int) -> NDArray[np.bool_]:
        """Return who is no partner of *row* and not itself."""
        new = np.ones(len(self.snapshot.names), dtype=np.bool_)
        matrix = self.snapshot.adjacency
        new[matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]] = False
        new[row] = False
        return new

    def explain(self, id_: str, other: str) -> Ranked:
        """Return the exact parts of one score; those of the graph are divided over shared partners by id."""
        return self._ranked(self.row_of(id_), self.row_of(other), self.values(id_))

    def _ranked(self, row: int, column: int, all_values: Mapping[str, Scores]) -> Ranked:
        values = {name: float(scores[column]) for name, scores in all_values.items()}
        shares = {name: self._named(DECOMPOSITIONS[name](self.snapshot, row, column)) for name in values if name in DECOMPOSITIONS}
        parts = parts_of(values, self.weights, shares)
        if self.exposure and self._deduction[column] > 0:
            held = float(self._deduction[column])
            parts += (Part(EXPOSURE, self.exposure, held, -self.exposure * held),)
        return Ranked(self.snapshot.names[column], score_of(parts), parts)

    def _named(self, shares: Mapping[int, float]) -> dict[str, float]:
        return {self.snapshot.names[row]: share for row, share in sorted(shares.items())}
