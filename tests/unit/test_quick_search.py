"""Hits while a reader types."""

from cluster_net.domain.search import Document
from cluster_net.services.backends import Backends
from cluster_net.services.quick_search import IN_ALL, IN_GROUP, LEAST_LETTERS, find_quickly
from cluster_net.services.snapshots import SnapshotCache


def document(number, type_, kind):
    return Document(f"{type_}-{kind}{number}", type_, f"{kind}{number}", kind, name_sv=f"Genom {number}", name_en=f"Genome {number}")


def test_the_best_few_of_each_group_stand_in_a_fixed_order_and_all_are_counted(store, index):
    groups = (("offer", "call"), ("actor", "company"), ("concept", "technique"), ("actor", "testbed"), ("need", "research"))
    index.put([document(number, *group) for group in groups for number in range(6)])
    backends = Backends(store, index, SnapshotCache(store))
    found = find_quickly(backends, "geno", "en")
    assert found.total == 30
    assert [name for name, _ in found.groups] == [
        name for name in ("infrastructure", "organisation", "concept", "need", "offer") if name in dict(found.groups)
    ]
    assert all(len(cards) <= IN_GROUP for _, cards in found.groups)
    assert sum(len(cards) for _, cards in found.groups) == IN_ALL


def test_a_single_letter_finds_nothing_yet(store, index):
    index.put([document(1, "actor", "company")])
    backends = Backends(store, index, SnapshotCache(store))
    assert find_quickly(backends, "g" * (LEAST_LETTERS - 1), "sv").groups == ()
    assert find_quickly(backends, "ge", "sv").total == 1
