"""Fixtures of the web tests: the whole site on the embedded engines with the real cluster and the demo in it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache

from cluster_net.domain.errors import Unavailable
from cluster_net.domain.graph import Changes
from cluster_net.domain.nodes import to_node
from cluster_net.domain.records import Actor, Collaboration, Record
from cluster_net.services.backends import Backends
from cluster_net.services.indexing import drain_outbox, rebuild_index
from cluster_net.services.intake import import_path
from cluster_net.settings import Settings, read_settings
from cluster_net.web.app import create_app
from cluster_net.wiring import open_backends

SEED = Path(__file__).parents[2] / "graph" / "seed"
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session", autouse=True)
def templates_compiled_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Share the compiled templates among the many sites that the tests make; each would compile its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Flask, "jinja_options", {"bytecode_cache": FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))})
        yield


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


def star(records: Sequence[Record]) -> list[Collaboration]:
    """Make the first actor a member of every other one, by ties whose source and label are hostile."""
    actors = [record for record in records if isinstance(record, Actor)]
    hostile = {"label_sv": "<b>x</b>", "source_url": "javascript:x", "source_title": "s", "confidence": 0.9}
    return [Collaboration(from_id=actors[0].id, type="MEMBER_OF", to_id=other.id, **hostile) for other in actors[1:]]


@pytest.fixture
def make_site(tmp_path: Path) -> Iterator[Callable[..., FlaskClient]]:
    """Make a site of its own that holds *records*, and *ties* or else a star of them."""
    opened: list[Backends] = []

    def make(*records: Record, ties: Sequence[Collaboration] | None = None) -> FlaskClient:
        settings = read_settings({"CLUSTER_NET_DATA": str(tmp_path)})
        backends = replace(open_backends(settings), clock=lambda: NOW)
        opened.append(backends)
        backends.graph.prepare()
        backends.index.ensure()
        nodes = tuple(to_node(record, updated="2026-11-24T12:00:00Z") for record in records)
        told = [tie.link() for tie in (star(records) if ties is None else ties)]
        links = (*told, *(link for record in records for link in record.links()))
        backends.graph.apply(Changes(put=nodes, link=links, reindex=tuple(node.key for node in nodes)))
        drain_outbox(backends.graph, backends.index)
        return create_app(backends, settings).test_client()

    yield make
    for backends in opened:
        backends.close()


class Down:
    """An engine that does not answer."""

    def __init__(self, service: str) -> None:
        self.service = service

    def __getattr__(self, name: str) -> Callable[..., None]:
        def fail(*_given: object, **_named: object) -> None:
            raise Unavailable(self.service, "bolt://user:hush@host refused")

        return fail


@pytest.fixture
def down() -> type[Down]:
    return Down


def read_page(client: FlaskClient, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.get_data(as_text=True)


@pytest.fixture
def text() -> Callable[..., str]:
    """Return a function that gets a page, checks its status and returns it."""
    return read_page
