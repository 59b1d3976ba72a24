"""The compiled network is renewed in the background: a request never waits for it, but the very first."""

import logging
import threading

import pytest

from cluster_net.adapters.sqlite_graph import SqliteGraph
from cluster_net.adapters.tantivy_index import TantivyIndex
from cluster_net.domain.errors import Unavailable
from cluster_net.domain.graph import ACTOR, CONCEPT, NEED, Changes, Key
from cluster_net.domain.matching.matcher import Matcher
from cluster_net.domain.nodes import to_node
from cluster_net.domain.records import Actor, Collaboration
from cluster_net.services.backends import Backends
from cluster_net.services.ports import GraphStore
from cluster_net.services.recalling import names_of_concepts, ties_of
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


def test_ties_and_names_are_the_same_from_the_compiled_network_as_from_the_store(seeded: SqliteGraph, index: TantivyIndex) -> None:
    backends = Backends(seeded, index, SnapshotCache(seeded))
    keys = [node.key for label in (ACTOR, CONCEPT, NEED) for node in seeded.find(label, limit=None).rows]
    assert backends.network.fresh() is None
    from_store = [ties_of(backends, key) for key in keys], names_of_concepts(backends, "sv")
    backends.network.current()
    assert backends.network.fresh() is not None
    assert ([ties_of(backends, key) for key in keys], names_of_concepts(backends, "sv")) == from_store


def test_what_was_just_written_is_read_from_the_store(store: SqliteGraph, index: TantivyIndex) -> None:
    backends = Backends(store, index, SnapshotCache(store))
    for id_ in ("a", "b"):
        add(store, id_)
    backends.network.current()
    tie = Collaboration(from_id="a", type="COLLABORATES_WITH", to_id="b", source_url="https://example.org", confidence=0.9)
    store.apply(Changes(link=(tie.link(),)))
    assert [found.node.key.id for found in ties_of(backends, Key(ACTOR, "a"))] == ["b"]
