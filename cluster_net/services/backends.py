"""What every use case works on, built once by the wiring and passed in."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from cluster_net.services.mapping import MapCache
from cluster_net.services.ports import GraphStore, SearchIndex
from cluster_net.services.snapshots import SnapshotCache


def utc_now() -> datetime:
    """Return the time now; tests pass a clock of their own."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Backends:
    """The store, the index, the compiled network, the clock and the places on the map."""

    graph: GraphStore
    index: SearchIndex
    network: SnapshotCache
    clock: Callable[[], datetime] = utc_now
    maps: MapCache = field(default_factory=MapCache)

    def close(self) -> None:
        """Close the store and the index."""
        self.index.close()
        self.graph.close()
