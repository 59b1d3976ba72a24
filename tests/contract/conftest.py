"""The two graph stores under one name: every case runs on both."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cluster_net.adapters.neo4j_graph import Neo4jGraph
from cluster_net.adapters.sqlite_graph import SqliteGraph
from cluster_net.services.ports import GraphStore


@pytest.fixture(params=["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def open_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], GraphStore]]:
    """Give a function that opens a store on the same, at first empty, database."""
    opened: list[GraphStore] = []
    uri = request.getfixturevalue("neo4j_uri") if request.param == "neo4j" else ""

    def make() -> GraphStore:
        opened.append(Neo4jGraph(uri) if uri else SqliteGraph(tmp_path / "graph.db"))
        return opened[-1]

    first = make()
    first.prepare()
    if isinstance(first, Neo4jGraph):
        first.wipe()
    yield make
    for store in opened:
        store.close()


@pytest.fixture
def store(open_store: Callable[[], GraphStore]) -> GraphStore:
    """Give an empty store."""
    return open_store()
