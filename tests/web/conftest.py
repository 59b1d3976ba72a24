"""Fixtures of the web tests: the whole site on the embedded engines with the real cluster and the demo in it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from cluster_net.services.backends import Backends
from cluster_net.services.indexing import rebuild_index
from cluster_net.services.intake import import_path
from cluster_net.settings import Settings, read_settings
from cluster_net.web.app import create_app
from cluster_net.wiring import open_backends

SEED = Path(__file__).parents[2] / "graph" / "seed"
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return read_settings({"CLUSTER_NET_DATA": str(tmp_path_factory.mktemp("site"))})


@pytest.fixture(scope="session")
def backends(settings: Settings) -> Iterator[Backends]:
    opened = replace(open_backends(settings), clock=lambda: NOW)
    opened.graph.prepare()
    for folder in (SEED, SEED / "fictional"):
        import_path(opened.graph, folder, author="test", now=opened.clock)
    opened.index.ensure()
    rebuild_index(opened.graph, opened.index)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def app(backends: Backends, settings: Settings) -> Flask:
    return create_app(backends, settings)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


class Counting:
    """Passes every call on and counts it."""

    def __init__(self, inner: object) -> None:
        self.inner, self.calls = inner, 0

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.inner, name)

        def call(*given: Any, **named: Any) -> Any:
            self.calls += 1
            return found(*given, **named)

        return call


@pytest.fixture
def counting() -> type[Counting]:
    return Counting
