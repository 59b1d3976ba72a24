"""The two indexes under one name, filled with the real seed."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cluster_net.adapters.meili_index import MeiliIndex
from cluster_net.adapters.sqlite_graph import SqliteGraph
from cluster_net.adapters.tantivy_index import TantivyIndex
from cluster_net.domain.search import Document
from cluster_net.services.indexing import documents_of
from cluster_net.services.intake import import_path
from cluster_net.services.ports import SearchIndex

ENGINES = ["tantivy", pytest.param("meili", marks=pytest.mark.meili)]


def open_index(engine: str, folder: Path) -> SearchIndex:
    """Open an empty index of *engine*; Meilisearch only where a server is named."""
    if engine == "tantivy":
        return TantivyIndex(folder)
    url = os.environ.get("CLUSTER_NET_TEST_MEILI_URL")
    if not url:
        pytest.skip("no Meilisearch: set CLUSTER_NET_TEST_MEILI_URL and CLUSTER_NET_TEST_MEILI_KEY")
    return MeiliIndex(url, os.environ.get("CLUSTER_NET_TEST_MEILI_KEY"), f"cluster-net-test-{folder.name}")


def leave(index: SearchIndex) -> None:
    """Leave nothing on a server."""
    if isinstance(index, MeiliIndex):
        index.remove()
    index.close()


@pytest.fixture(scope="session")
def documents(tmp_path_factory: pytest.TempPathFactory) -> list[Document]:
    store = SqliteGraph(tmp_path_factory.mktemp("seed") / "graph.db")
    store.prepare()
    seed = Path(__file__).parents[3] / "graph" / "seed"
    import_path(store, seed, author="test", now=lambda: datetime(2026, 11, 24, tzinfo=UTC))
    held = list(documents_of(store.dump()))
    store.close()
    return held


@pytest.fixture(scope="session", params=ENGINES)
def seeded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, documents: list[Document]) -> Iterator[SearchIndex]:
    """Give the index with the seed in it; read only."""
    index = open_index(request.param, tmp_path_factory.mktemp("golden"))
    index.ensure()
    index.rebuild(documents)
    yield index
    leave(index)


@pytest.fixture(params=ENGINES)
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SearchIndex]:
    """Give an empty index."""
    opened = open_index(request.param, tmp_path)
    opened.ensure()
    opened.rebuild(())
    yield opened
    leave(opened)
