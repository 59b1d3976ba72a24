"""The compiled network is renewed in the background: a request never waits for it, but the very first."""

import logging
import threading

import pytest

from cluster_net.adapters.sqlite_graph import SqliteGraph
from cluster_net.domain.errors import Unavailable
from cluster_net.domain.graph import ACTOR, Changes, Key
from cluster_net.domain.matching.matcher import Matcher
from cluster_net.domain.nodes import to_node
from cluster_net.domain.records import Actor
from cluster_net.services.ports import GraphStore
from cluster_net.services.snapshots import SnapshotCache, compile_matcher


def add(store: GraphStore, id_: str) -> None:
    store.apply(Changes(put=(to_node(Actor(id=id_, kind="company", name_sv=id_)),)))


class Gate:
    """Compiles as ever, but from the second time on only once it is opened."""

    def __init__(self) -> None:
        self.open, self.times = threading.Event(), 0

    def __call__(self, store: GraphStore) -> Matcher:
        self.times += 1
        if self.times > 1:
            assert self.open.wait(10)
        return compile_matcher(store)


def test_the_old_network_serves_while_the_new_one_is_compiled(store: SqliteGraph) -> None:
    gate = Gate()
    cache = SnapshotCache(store, gate)
    add(store, "a")
    old = cache.current()
    add(store, "b")
    assert [cache.current() for _ in range(3)] == [old, old, old]
    gate.open.set()
    cache.settle()
    assert Key(ACTOR, "b") in cache.current().nodes
    assert gate.times == 2


def test_a_change_during_the_compiling_is_compiled_after_it(store: SqliteGraph) -> None:
    gate = Gate()
    cache = SnapshotCache(store, gate)
    cache.current()
    add(store, "a")
    cache.current()
    gate.open.set()
    cache.settle()
    add(store, "b")
    cache.current()
    cache.settle()
    assert {key.id for key in cache.current().nodes} == {"a", "b"}


def test_without_a_change_nothing_is_compiled_anew(store: SqliteGraph) -> None:
    gate = Gate()
    cache = SnapshotCache(store, gate)
    assert cache.current() is cache.current() is cache.matcher().network
    cache.settle()
    assert gate.times == 1


def test_a_store_that_fails_during_the_compiling_leaves_the_old_network_in_place(
    store: SqliteGraph, caplog: pytest.LogCaptureFixture
) -> None:
    fails: list[bool] = []

    def compile_(held: GraphStore) -> Matcher:
        if fails:
            raise Unavailable("store", "gone")
        return compile_matcher(held)

    cache = SnapshotCache(store, compile_)
    old = cache.current()
    fails.append(True)
    add(store, "a")
    with caplog.at_level(logging.WARNING):
        assert cache.current() is old
        cache.settle()
    assert "compiled anew" in caplog.text
    fails.clear()
    cache.current()
    cache.settle()
    assert Key(ACTOR, "a") in cache.current().nodes
