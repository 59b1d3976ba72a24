"""What is compiled from the data, in the background and shared by all requests."""

import gc
import logging
import threading
from collections.abc import Callable
from pathlib import Path

from cluster_net.domain.errors import ClusterError, Invalid, Problem
from cluster_net.domain.matching.blend import Weights, read_weights
from cluster_net.domain.matching.matcher import Matcher
from cluster_net.domain.matching.questions import USES
from cluster_net.domain.network import Network, compile_network
from cluster_net.domain.ways import Ways, compile_ways
from cluster_net.resources import folder
from cluster_net.services.ports import GraphStore
from cluster_net.services.reading import decode, read_bytes

_LOG = logging.getLogger(__name__)


def own_weights(path: Path | None = None) -> Weights:
    """Return the weights in the file *path*, else those that come with the program.

    Raises Invalid when the file cannot be read, holds what is no weight, or lacks those of a use.
    """
    file = path or folder("graph") / "matching" / "weights.json"
    weights = read_weights(decode(read_bytes(file), file.name))
    if missing := sorted(set(USES.values()) - set(weights.uses)):
        raise Invalid([Problem("The weights of a use are missing.", "Add them to `uses`.", use, file=file.name) for use in missing])
    return weights


def compile_matcher(store: GraphStore, weights: Weights | None = None) -> Matcher:
    """Compile what the store holds now, to be scored by *weights* or by those that come with the program."""
    return Matcher(compile_network(store.dump()), weights or own_weights())


class SnapshotCache:
    """Keeps the network compiled for questions; when the data version has moved, a thread compiles anew and the old one serves.

    Only the very first question waits, since there is nothing to answer it from. `settle` waits for the thread.
    """

    def __init__(self, store: GraphStore, compile_: Callable[[GraphStore], Matcher] = compile_matcher) -> None:
        self._store = store
        self._compile = compile_
        self._lock = threading.Lock()
        self._matcher: Matcher | None = None
        self._thread: threading.Thread | None = None

    def current(self) -> Network:
        """Return the network of the latest compiled data version; raises Unavailable when the store is down."""
        return self.matcher().network

    def matcher(self) -> Matcher:
        """Return the engine of the latest compiled data version; raises Unavailable when the store is down."""
        version = self._store.version()
        held = self._matcher
        if held is None:
            return self._first()
        if held.network.version != version:
            self._renew(version)
        return held

    def fresh(self) -> Network | None:
        """Return the compiled network when it is of the store's data version, else None; raises Unavailable when the store is down."""
        held = self._matcher
        return held.network if held is not None and held.network.version == self._store.version() else None

    def settle(self) -> None:
        """Wait until the compiling that goes on is done."""
        thread = self._thread
        if thread is not None:
            thread.join()

    def _first(self) -> Matcher:
        with self._lock:
            if self._matcher is None:
                self._matcher = self._compile(self._store)
                _spare_from_collection()
            return self._matcher

    def _renew(self, version: int) -> None:
        with self._lock:
            done = self._matcher is not None and self._matcher.network.version == version  # while this question came here
            if not done and (self._thread is None or not self._thread.is_alive()):
                self._thread = threading.Thread(target=self._compile_anew, name="snapshot", daemon=True)
                self._thread.start()

    def _compile_anew(self) -> None:
        try:
            self._matcher = self._compile(self._store)
            _spare_from_collection()
        except ClusterError as error:  # the next question tries again
            _LOG.warning("The network could not be compiled anew: %s", error)


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
