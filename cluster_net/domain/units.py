"""What actors have by their units: what is part of them, run by them or owned by them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from cluster_net.domain.graph import ACTOR, Key
from cluster_net.domain.network import Network


@dataclass(frozen=True, slots=True)
class Units:
    """The units that state what they work on: the `owners` of each, and the `concepts` that those of each owner state."""

    owners: Mapping[str, frozenset[str]]
    concepts: Mapping[str, frozenset[str]]

    def bearers(self, key: Key, label: str) -> tuple[str, ...]:
        """Return for whom of *label* a holder of a concept counts: itself, and where it is a unit its owners."""
        if key.label != label:
            return ()
        return (key.id, *sorted(self.owners.get(key.id, ()))) if label == ACTOR else (key.id,)

    def held(self, key: Key) -> frozenset[str]:
        """Return the concepts that the units of an actor state."""
        return self.concepts.get(key.id, frozenset()) if key.label == ACTOR else frozenset()


NO_UNITS = Units({}, {})


def units_of(network: Network) -> Units:
    """Return the units of *network* right below their owners."""
    stated = {unit: network.concepts.get(Key(ACTOR, unit), frozenset()) for unit in network.held_by}
    concepts: dict[str, frozenset[str]] = defaultdict(frozenset)
    for unit, owners in network.held_by.items():
        for owner in owners:
            concepts[owner] |= stated[unit]
    return Units({unit: owners for unit, owners in network.held_by.items() if stated[unit]}, dict(concepts))
