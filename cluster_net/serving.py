"""Serving the site: waitress answers, a thread keeps the search index up to date."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import waitress
from flask import Flask

from cluster_net.domain.errors import Unavailable
from cluster_net.services.backends import Backends
from cluster_net.services.indexing import follow_outbox, make_ready
from cluster_net.settings import Settings

LOG = logging.getLogger(__name__)


@contextmanager
def outbox_thread(backends: Backends, seconds: float) -> Iterator[None]:
    """Drain the outbox in the background while the block runs."""
    stop = threading.Event()
    thread = threading.Thread(target=follow_outbox, args=(backends.graph, backends.index, seconds, stop), name="outbox", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=10)


def prepare(backends: Backends) -> None:
    """Make the store and the index ready; when one is down that is told in the log and the site starts without it."""
    try:
        make_ready(backends.graph, backends.index)
    except Unavailable as error:
        LOG.warning("Starting without it: %s", error)


def warm(backends: Backends) -> None:
    """Compile the network before anybody asks, so that no first reader waits for it."""
    try:
        backends.network.matcher()
    except Unavailable as error:
        LOG.warning("The network is compiled once the store is up: %s", error)


def serve_site(app: Flask, backends: Backends, settings: Settings) -> None:
    """Answer requests until interrupted."""
    prepare(backends)
    threading.Thread(target=warm, args=(backends,), name="first-snapshot", daemon=True).start()
    server = waitress.create_server(app, host=settings.host, port=settings.port, threads=settings.threads, ident=None)
    with outbox_thread(backends, settings.outbox_seconds), suppress(KeyboardInterrupt):
        server.run()
    server.close()
