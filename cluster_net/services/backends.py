"""What every use case works on, built once by the wiring and passed in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from cluster_net.services.ports import GraphStore, SearchIndex
from cluster_net.services.snapshots import SnapshotCache


def utc_now() -> datetime:
    """Return the time now; tests pass a clock of their own."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Backends:
    """The store, the index, the compiled network and the clock."""

    graph: GraphStore
    index: SearchIndex
    network: SnapshotCache
    clock: Callable[[], datetime] = utc_now

    def close(self) -> None:
        """Close the store and the index."""
        self.index.close()
        self.graph.close()
