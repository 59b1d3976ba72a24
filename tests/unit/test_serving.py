"""A site that starts has its network compiled before anybody asks, and starts without it where the store is down."""

import logging

import pytest

from cluster_net.adapters.sqlite_graph import SqliteGraph
from cluster_net.adapters.tantivy_index import TantivyIndex
from cluster_net.domain.errors import Unavailable
from cluster_net.domain.matching.matcher import Matcher
from cluster_net.services.backends import Backends
from cluster_net.services.ports import GraphStore
from cluster_net.services.snapshots import SnapshotCache
from cluster_net.serving import warm


def test_the_network_is_there_before_anybody_asks(store: SqliteGraph, index: TantivyIndex) -> None:
    backends = Backends(store, index, SnapshotCache(store))
    warm(backends)
    assert backends.network.fresh() is not None


def test_a_store_that_is_down_is_told_in_the_log(store: SqliteGraph, index: TantivyIndex, caplog: pytest.LogCaptureFixture) -> None:
    def fail(_: GraphStore) -> Matcher:
        raise Unavailable("store", "gone")

    with caplog.at_level(logging.WARNING):
        warm(Backends(store, index, SnapshotCache(store, fail)))
    assert "once the store is up" in caplog.text
