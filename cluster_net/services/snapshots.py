"""The network of the current data version, compiled once and shared by all requests."""

import threading

from cluster_net.domain.network import Network, compile_network
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
            return self._network
