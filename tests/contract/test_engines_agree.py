"""The same facts give the same graph and the same answers on both stores."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from cluster_net.adapters.neo4j_graph import Neo4jGraph
from cluster_net.adapters.sqlite_graph import SqliteGraph
from cluster_net.domain.best_paths import best_paths
from cluster_net.domain.checksum import graph_checksum
from cluster_net.domain.graph import ACTOR, NEED, Key
from cluster_net.domain.ways import compile_ways
from cluster_net.services.exporting import export_graph
from cluster_net.services.intake import import_path
from cluster_net.services.ports import GraphStore
from cluster_net.services.snapshots import SnapshotCache
from cluster_net.services.steering import plain
from cluster_net.services.suggesting import suggest

SEED = Path(__file__).parents[2] / "graph" / "seed"
pytestmark = pytest.mark.neo4j


def take(store: GraphStore, folder: Path) -> GraphStore:
    store.prepare()
    import_path(store, folder, author="test", now=lambda: datetime(2026, 11, 24, tzinfo=UTC))
    return store


@pytest.fixture(scope="module")
def neo4j(neo4j_uri: str) -> Neo4jGraph:
    store = Neo4jGraph(neo4j_uri)
    store.prepare()
    store.wipe()
    yield store
    store.wipe()
    store.close()


def test_moving_to_neo4j_and_back_changes_nothing(neo4j: Neo4jGraph, tmp_path: Path) -> None:
    first, last = SqliteGraph(tmp_path / "first.db"), SqliteGraph(tmp_path / "last.db")
    take(first, SEED)
    export_graph(first, tmp_path / "one")
    take(neo4j, tmp_path / "one")
    export_graph(neo4j, tmp_path / "two")
    take(last, tmp_path / "two")
    sums = {graph_checksum(store.dump()) for store in (first, neo4j, last)}
    assert len(sums) == 1
    for file in sorted((tmp_path / "one").iterdir()):
        if file.suffix == ".csv":
            assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes()
    today = date(2026, 11, 24)
    for slug in ("ki", "uu", "scilifelab", "region-uppsala"):
        lists = [suggest(SnapshotCache(store).matcher(), Key(ACTOR, slug), plain(today), language="en") for store in (first, neo4j)]
        assert lists[0] == lists[1]
        ways = [compile_ways(SnapshotCache(store).current(), today.year) for store in (first, neo4j)]
        paths = [best_paths(one, slug, "vinnova", limit=10) for one in ways]
        assert paths[0] == paths[1] != []
    for need in ("testbeds-precision-medicine", "risk-capital-scale-up", "health-data-access"):
        lists = [suggest(SnapshotCache(store).matcher(), Key(NEED, need), plain(today), limit=20) for store in (first, neo4j)]
        assert lists[0] == lists[1] != []
    first.close()
    last.close()
