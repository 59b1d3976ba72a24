"""Fixtures of the unit tests: the embedded engines are the fakes."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cluster_net.adapters.sqlite_graph import SqliteGraph
from cluster_net.adapters.tantivy_index import TantivyIndex


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteGraph]:
    graph = SqliteGraph(tmp_path / "graph.db")
    graph.prepare()
    yield graph
    graph.close()


@pytest.fixture
def index(tmp_path: Path) -> Iterator[TantivyIndex]:
    found = TantivyIndex(tmp_path / "index")
    found.ensure()
    yield found
    found.close()


@pytest.fixture
def now() -> Callable[[], datetime]:
    return lambda: datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def seed() -> Path:
    return Path(__file__).parents[2] / "graph" / "seed"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    folder = Path(__file__).parents[3] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the shared data is not beside the repository")
    return folder
