"""Fixtures of the unit tests: the embedded engines are the fakes."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cluster_net.adapters.sqlite_graph import SqliteGraph
from cluster_net.adapters.tantivy_index import TantivyIndex
from cluster_net.services.intake import import_path


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteGraph]:
    graph = SqliteGraph(tmp_path / "graph.db")
    graph.prepare()
    yield graph
    graph.close()


@pytest.fixture(scope="session")
def seeded_file(tmp_path_factory: pytest.TempPathFactory, seed: Path) -> Path:
    """The file of a store that holds the seed, made once; copy it, never write to it."""
    path = tmp_path_factory.mktemp("seeded") / "graph.db"
    graph = SqliteGraph(path)
    graph.prepare()
    import_path(graph, seed, author="test", now=lambda: datetime(2026, 11, 24, 12, 0, tzinfo=UTC))
    graph.close()
    return path


@pytest.fixture
def seeded(tmp_path: Path, seeded_file: Path) -> Iterator[SqliteGraph]:
    """A store of its own that holds the seed."""
    graph = SqliteGraph(shutil.copy(seeded_file, tmp_path / "seeded.db"))
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
