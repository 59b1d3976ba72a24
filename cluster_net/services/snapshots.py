"""What is compiled from the current data version once and shared by all requests."""

import gc
import threading

from cluster_net.domain.network import Network, compile_network
from cluster_net.domain.ways import Ways, compile_ways
from cluster_net.services.ports import GraphStore


class SnapshotCache:
    """Keeps the compiled network; recompiles when the store's data version has moved."""

    def __init__(self, store: GraphStore) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._network: Network | None = None

    def current(self) -> Network:
        """Return the network of the store's current data version; raises Unavailable when the store is down."""
        version = self._store.version()
        network = self._network
        if network is not None and network.version == version:
            return network
        with self._lock:
            if self._network is None or self._network.version != version:
                self._network = compile_network(self._store.dump())
                _spare_from_collection()
            return self._network


class WaysCache:
    """Keeps the steps between actors laid out for the search of paths, of the latest data version and year."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._network: Network | None = None
        self._ways: Ways | None = None

    def of(self, network: Network, year: int) -> Ways:
        """Return the steps of *network* as seen in *year*."""
        with self._lock:
            if self._ways is None or self._network is not network or self._ways.year != year:
                self._network, self._ways = network, compile_ways(network, year)
            return self._ways


def _spare_from_collection() -> None:
    """Take what lives long out of the garbage collector's rounds, after it has taken the network before this one.

    Walking the hundred thousands of objects of a network stops every thread for some 90 ms now and then.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
