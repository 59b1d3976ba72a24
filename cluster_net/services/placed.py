"""Where the actors stand on the map: drawn once for each data version, beside the requests, and kept over restarts."""

import threading
from dataclasses import dataclass, field

from cluster_net.domain.layout import Places, best_connected
from cluster_net.domain.narrowing import Narrowing, part_of
from cluster_net.domain.network import Network
from cluster_net.domain.placing import place_all, shape_of
from cluster_net.domain.records import digest
from cluster_net.services.ports import PlaceKeeper
from cluster_net.services.remembering import Remembered

PLACED = 5000  # actors on the map: those with most partners
REMEMBERED = 12  # parts, pictures and files; the largest take some megabytes


@dataclass(frozen=True, slots=True)
class Placed:
    """Places for the actors of one data version, and a `name` that differs when a place differs."""

    version: int = -1
    places: Places = field(default_factory=dict)
    name: str = ""


class MapCache:
    """Keeps the places of the latest data version, and the last things that were made of them.

    Placing thousands takes seconds, so a thread of its own does it. A request waits *patience* seconds at most and then gets the
    places of the version before, or none.
    """

    def __init__(self, keeper: PlaceKeeper | None = None, patience: float = 2.0) -> None:
        self._keeper = keeper
        self._patience = patience
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._placed = Placed()
        self.made = Remembered(REMEMBERED).made  # by a key that has the stamp in it

    def placed(self, network: Network) -> Placed:
        """Return the places of the actors of *network*, of an earlier version while they are being computed."""
        with self._lock:
            if self._placed.version == network.version:
                return self._placed
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._place, args=(network,), name="places", daemon=True)
                self._thread.start()
            thread = self._thread
        thread.join(self._patience)
        return self._placed

    def stamp(self, network: Network) -> str:
        """Return a name of the data and of the places in force."""
        return f"{network.version}-{self.placed(network).name}"

    def _place(self, network: Network) -> None:
        graph = part_of(network, Narrowing()).graph
        actors = best_connected(graph, PLACED)
        shape = shape_of(graph, actors)
        kept = self._keeper.load() if self._keeper else ("", self._placed.places)
        if kept[0] == shape:
            places = kept[1]
        else:
            places = place_all(network.graph, actors, kept[1])
            if self._keeper:
                self._keeper.save(shape, places)
        name = digest(*(f"{actor} {x} {y}" for actor, (x, y) in sorted(places.items())))
        self._placed = Placed(network.version, places, name)
