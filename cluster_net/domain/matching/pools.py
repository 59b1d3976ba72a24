"""Everything of one label that can be suggested, in the order of ids, with what the filters and features read of it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cluster_net.domain.graph import ACTOR, NEED, OFFER, Key
from cluster_net.domain.matching.eligibility import Asker, Side, actors_behind, is_inactive, meet, side_of
from cluster_net.domain.matching.snapshot import Scores, Snapshot
from cluster_net.domain.network import Network
from cluster_net.domain.suggestions import counties_of

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """The records of one label, n of them in the order of their ids.

    `sides` are the different sides there are and `side_of` (n,) tells which each has; `owners` (n,) is the snapshot's row of the
    actor behind each, -1 where there is none; `active` (n,) is False where that actor is closed down; `closes` (n,) is the ISO
    day after which a need or an offer is over.
    """

    label: str
    keys: tuple[Key, ...]
    rows: Mapping[Key, int]
    sides: tuple[Side, ...]
    side_of: NDArray[np.int32]
    owners: NDArray[np.int32]
    active: Mask
    closes: NDArray[np.str_]
    kinds: NDArray[np.str_]
    counties: Mapping[str, Mask]

    def allowed(self, asker: Asker, *, any_role: bool = False) -> Mask:
        """Return who passes the filters that are cheap to ask of all at once: roles, what is closed, and partners."""
        fits = np.array([any_role or meet(asker.side, side) for side in self.sides], dtype=np.bool_)
        if not self.keys:
            return self.active
        passing: Mask = self.active & (self.closes >= asker.rules.today) & fits[self.side_of]
        known = asker.partners if self.label == ACTOR and asker.key.label != OFFER else ()
        passing[[self.rows[Key(ACTOR, one)] for one in sorted(known)]] = False
        return passing

    def spread(self, of_actors: Scores) -> Scores:
        """Return for each record the value of the actor behind it, 0 where there is none."""
        return np.where(self.owners >= 0, of_actors[self.owners], 0.0) if len(of_actors) else np.zeros(len(self.keys))

    def near(self, counties: frozenset[str]) -> Scores:
        """Return 1 for each record that is in one of *counties*, else 0."""
        masks = [self.counties[county] for county in sorted(counties) if county in self.counties]
        return np.any(masks, axis=0).astype(np.float64) if masks else np.zeros(len(self.keys))

    def filled(self, values: Mapping[str, float]) -> Scores:
        """Return values by id as an array, 0 for the rest."""
        held = np.zeros(len(self.keys))
        for id_, value in values.items():
            row = self.rows.get(Key(self.label, id_))
            if row is not None:
                held[row] = value
        return held


def pool_of(network: Network, snapshot: Snapshot, label: str) -> Pool:
    """Gather the records of *label*."""
    keys = tuple(sorted(node.key for node in network.of_label.get(label, ())))
    sides = [side_of(network, key) for key in keys]
    codes = {side: code for code, side in enumerate(dict.fromkeys(sides))}
    behind = [actors_behind(network, key) for key in keys]
    return Pool(
        label=label,
        keys=keys,
        rows={key: row for row, key in enumerate(keys)},
        sides=tuple(codes),
        side_of=np.array([codes[side] for side in sides], dtype=np.int32),
        owners=np.array([snapshot.rows[actors[0]] if actors else -1 for actors in behind], dtype=np.int32),
        active=np.array([not any(is_inactive(network, actor) for actor in actors) for actors in behind], dtype=np.bool_),
        closes=np.array([_last_day(network, key) for key in keys], dtype=np.str_),
        kinds=np.array([network.nodes[key].kind for key in keys], dtype=np.str_),
        counties=_by_county([places_of(network, key) for key in keys]),
    )


def _last_day(network: Network, key: Key) -> str:
    """Return the last day of a deadline that is a year, a month or a day; a day far off where there is none."""
    deadline = str(network.nodes[key].properties.get("deadline", ""))
    return f"{deadline}{'9999-12-31'[len(deadline) :]}" if len(deadline) < len("2026-11") else f"{deadline}-31"[:10]


def places_of(network: Network, key: Key) -> frozenset[str]:
    """Return the counties that a need names, none where it is for the whole country, or those of the actors behind another record."""
    return counties_of(network.nodes[key], "place") if key.label == NEED else counties_behind(network, key)


def counties_behind(network: Network, key: Key) -> frozenset[str]:
    """Return the counties of the actors behind a record."""
    behind = (counties_of(network.nodes[Key(ACTOR, actor)]) for actor in actors_behind(network, key))
    return frozenset(county for counties in behind for county in counties)


def _by_county(places: list[frozenset[str]]) -> dict[str, Mask]:
    names = sorted({county for held in places for county in held})
    return {name: np.array([name in held for held in places], dtype=np.bool_) for name in names}
