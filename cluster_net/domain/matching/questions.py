"""What is asked of the engine and what it answers: a question over one pool, how its list is made, and a scored pair."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from cluster_net.domain.graph import ACTOR, NEED, OFFER, Key
from cluster_net.domain.matching.blend import DIGITS, EXPOSURE
from cluster_net.domain.matching.calibration import Step
from cluster_net.domain.matching.eligibility import Asker, Rules
from cluster_net.domain.matching.features import Feature
from cluster_net.domain.matching.fit import Condition, misses_must
from cluster_net.domain.matching.pools import Pool
from cluster_net.domain.matching.snapshot import Scores

FIT, BRIDGE, BRIDGE_KIND = "fit", "bridge", "bridge_kind"
STEERING = frozenset({EXPOSURE, BRIDGE, BRIDGE_KIND})
# What asks and what answers -> the use whose weights count.
USES: Mapping[frozenset[str], str] = {
    frozenset({ACTOR}): "partner",
    frozenset({ACTOR, NEED}): "need_actor",
    frozenset({NEED, OFFER}): "need_offer",
    frozenset({ACTOR, OFFER}): "actor_offer",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a list is made. `rules` are the hard filters; `only` restricts it to a chosen set, `any_role` lets every role in.

    `exposure` >= 0 is deducted times how prominent an actor is (`graph_features.prominence`); `reciprocity` in [0, 1] says
    how much it matters that both sides have something for each other; `bridge` >= 0 is added for who is in another county,
    `bridge_kind` >= 0 for who is of another kind.
    `diversity` in [0, 1] is what likeness to those before costs beside the score; `floor` in [0, 1] is the part of a list that
    goes to actors with at most FEW partners where there are so many. Neither changes a score.
    """

    rules: Rules
    exposure: float = 0.0
    reciprocity: float = 0.5
    bridge: float = 0.0
    bridge_kind: float = 0.0
    diversity: float = 0.0
    floor: float = 0.0
    only: frozenset[Key] | None = None
    any_role: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """A scored pair: score = sum of weights x values over the features; `features` tell what a value is due to, when asked.

    `share` is how many of those that scored alike were wanted, None where too little was decided to tell; steering is left out.
    `invented` is what was made up for the demo, while who asks is real: it stands after all that is real.
    """

    key: Key
    score: float
    share: float | None
    values: Mapping[str, float]
    weights: Mapping[str, float]
    features: Mapping[str, Feature]
    conditions: tuple[Condition, ...]
    invented: bool = False

    @property
    def rank(self) -> tuple[bool, float, Key]:
        """What matches are ordered by, the best first: what is real before what is not, then by score, ties by id."""
        return self.invented, -round(self.score, DIGITS), self.key

    @property
    def place(self) -> tuple[bool, bool, float, Key]:
        """What those chosen for a list are ordered by: what misses a must stands last, real or not."""
        return self.invented, self.misses_must, *self.rank[1:]

    @property
    def plain(self) -> float:
        """The score without what steers a list, which says nothing of how well two fit."""
        return plain_score(self.values, self.weights)

    @property
    def misses_must(self) -> bool:
        """Whether something that is a must is known not to be there; of those shown in a list they come last."""
        return misses_must(self.conditions)

    def shares(self, name: str) -> Mapping[Key, float]:
        """Return what the value of a feature is due to; worked out only for what is told, since words take their time."""
        held = self.features.get(name)
        return held.shares(self.key) if held is not None and self.values[name] > 0 else {}


def plain_score(values: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the sum of weights x values over all features but those that steer."""
    return math.fsum(weights[name] * value for name, value in values.items() if name not in STEERING)


@dataclass(frozen=True, slots=True)
class Question:
    """What one record asks of one pool: its features, their weights, and `cheap` (n,), the score but for the conditions."""

    asker: Asker
    pool: Pool
    features: Mapping[str, Feature]
    weights: Mapping[str, float]
    steps: tuple[Step, ...]
    cheap: Scores
