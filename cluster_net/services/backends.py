"""What every use case works on, built once by the wiring and passed in."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from cluster_net.services.placed import MapCache
from cluster_net.services.ports import GraphStore, SearchIndex
from cluster_net.services.remembering import Remembered
from cluster_net.services.snapshots import SnapshotCache, WaysCache

MOST_ANSWERS = 500  # suggestions that pages showed, some 20 kB each


def utc_now() -> datetime:
    """Return the time now; tests pass a clock of their own."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Backends:
    """The store, the index, the compiled network, the clock, what is laid out for maps and paths, and what pages suggested."""

    graph: GraphStore
    index: SearchIndex
    network: SnapshotCache
    clock: Callable[[], datetime] = utc_now
    maps: MapCache = field(default_factory=MapCache)
    ways: WaysCache = field(default_factory=WaysCache)
    answers: Remembered = field(default_factory=lambda: Remembered(MOST_ANSWERS))

    def close(self) -> None:
        """Close the store and the index."""
        self.index.close()
        self.graph.close()
