"""Serve a site of a bench's own while it measures."""

import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import waitress

from cluster_net.resources import folder
from cluster_net.services.backends import Backends
from cluster_net.services.indexing import rebuild_index
from cluster_net.services.intake import import_path
from cluster_net.settings import read_settings
from cluster_net.web.app import create_app
from cluster_net.wiring import open_backends


def load_seed(backends: Backends) -> None:
    """Fill a store with the seed, what is invented too."""
    for part in (folder("graph") / "seed", folder("graph") / "seed" / "fictional"):
        import_path(backends.graph, part, author="bench", now=backends.clock)


@contextmanager
def served(fill: Callable[[Backends], object]) -> Iterator[str]:
    """Serve what *fill* puts into an empty store; yields the address."""
    with tempfile.TemporaryDirectory() as place:
        settings = read_settings({}, data=place)
        backends = open_backends(settings)
        backends.graph.prepare()
        fill(backends)
        backends.index.ensure()
        rebuild_index(backends.graph, backends.index)
        server = waitress.create_server(create_app(backends, settings), host="127.0.0.1", port=0, threads=4)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.effective_port}"
        server.close()
        thread.join(timeout=10)
        backends.close()


def chromium() -> str:
    """Return the path of Chromium; the program ends when there is none."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        sys.exit("Chromium is not installed.")
    return found
