"""The places of the map's actors in a file, so that they stay over restarts."""

import json
import logging
import os
from pathlib import Path

from cluster_net.domain.layout import Places

LOG = logging.getLogger(__name__)


class PlacesFile:
    """Keeps places as JSON {"shape": ..., "places": {actor: [x, y]}}. What cannot be read or written is told in the log."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> tuple[str, Places]:
        """Return the shape of the network that the places were computed for, and the places; nothing when there is no file."""
        try:
            held = json.loads(self._path.read_text("utf-8"))
            return str(held["shape"]), {str(actor): (float(x), float(y)) for actor, (x, y) in held["places"].items()}
        except FileNotFoundError:
            return "", {}
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            LOG.warning("The places of the map cannot be read and are computed anew: %s", error)
            return "", {}

    def save(self, shape: str, places: Places) -> None:
        """Write the places; the file appears whole or not at all."""
        beside = self._path.with_name(f".{self._path.name}.{os.getpid()}")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(json.dumps({"shape": shape, "places": places}), encoding="utf-8")
            beside.replace(self._path)
        except OSError as error:
            LOG.warning("The places of the map cannot be kept: %s", error)
