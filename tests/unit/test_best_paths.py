"""The best paths are exactly those that trying all would give."""

import math
from collections import defaultdict
from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cluster_net.domain.best_paths import best_paths
from cluster_net.domain.graph import ACTOR, Dump, Key, Link, Node
from cluster_net.domain.network import compile_network
from cluster_net.domain.vocabulary import COLLABORATION_TYPES
from cluster_net.domain.ways import HALF_LIFE, HAND_ON, UNIT, compile_ways, strength_of

YEAR = 2026
NAMES = "abcdefg"


def tie(start, end, type_="COLLABORATES_WITH", confidence=0.9, **years):
    return Link(f"{start}{type_}{end}{years}", type_, Key(ACTOR, start), Key(ACTOR, end), {"confidence": confidence, **years})


def ways_of(*links):
    names = {key.id for link in links for key in (link.start, link.end)} | {"lone"}
    return compile_ways(compile_network(Dump(1, [Node(Key(ACTOR, name), "company", {}) for name in sorted(names)], list(links))), YEAR)


def told(paths):
    return ["".join(path.actors) for path in paths]


ends = st.sampled_from(NAMES)
types = st.sampled_from(["PART_OF", "MEMBER_OF", "FOUNDED", "COLLABORATES_WITH"])
ties = st.builds(tie, ends, ends, types, st.sampled_from([0.5, 0.9, 1.0]), end_year=st.sampled_from([1990, 2016, 2030]))
networks = st.lists(ties, min_size=1, max_size=25, unique_by=lambda link: link.id)


@settings(max_examples=60, deadline=None)
@given(networks, st.integers(1, 12), st.integers(1, 6), st.sampled_from([(), ("c",), ("c", "d")]), st.sampled_from([(), ("MEMBER_OF",)]))
def test_they_are_the_simple_paths_of_networkx_in_order_of_cost_then_of_names(links, limit, length, without, without_types):
    graph, cost = nx.Graph(), defaultdict(list)
    for link in links:
        if link.type not in without_types and link.start != link.end:
            graph.add_edge(link.start.id, link.end.id)
            cost[frozenset((link.start.id, link.end.id))].append(strength_of(link, YEAR).cost)
    for start, end in graph.edges:
        graph.edges[start, end]["cost"] = min(cost[frozenset((start, end))])
    graph.remove_nodes_from(without)
    joined = {"a", "b"} <= graph.nodes and nx.has_path(graph, "a", "b")
    everything = list(nx.shortest_simple_paths(graph, "a", "b", weight="cost")) if joined else []
    wanted = sorted((nx.path_weight(graph, path, "cost"), tuple(path)) for path in everything if len(path) <= length + 1)
    found = best_paths(ways_of(*links), "a", "b", limit=limit, max_length=length, without=without, without_types=without_types)
    assert [(path.cost, path.actors) for path in found] == wanted[:limit]
    for path in found:
        assert [{one.start.id, one.end.id} for one in path.links] == [set(pair) for pair in pairwise(path.actors)]
        assert sum(strength_of(one, YEAR).cost for one in path.links) == path.cost
        assert not {one.type for one in path.links} & set(without_types)


@pytest.mark.parametrize(("better", "worse"), [
    ({"type_": "PART_OF"}, {"type_": "MEMBER_OF"}), ({"confidence": 1.0}, {"confidence": 0.5}), ({}, {"end_year": 2010}),
    ({"end_year": 2024}, {"end_year": 2010}), ({"start_year": 1990}, {"end_year": 2024}),
    ({"type_": "FOUNDED", "start_year": 2024}, {"type_": "FOUNDED", "start_year": 1990}),
])  # fmt: skip
def test_of_two_ways_as_long_the_stronger_kind_the_surer_and_the_later_tie_comes_first(better, worse):
    for first, second in ("mn", "nm"):
        found = best_paths(ways_of(*(tie(a, b, **better) for a, b in (("a", first), (first, "b"))),
                                   *(tie(a, b, **worse) for a, b in (("a", second), (second, "b")))), "a", "b", limit=2)  # fmt: skip
        assert told(found) == [f"a{first}b", f"a{second}b"]


def test_two_good_steps_beat_a_poor_direct_tie_but_not_one_alike():
    good = tie("a", "m", "PART_OF"), tie("m", "b", "PART_OF")
    assert told(best_paths(ways_of(*good, tie("a", "b", "MEMBER_OF", 0.5)), "a", "b", limit=2)) == ["amb", "ab"]
    assert told(best_paths(ways_of(*good, tie("a", "b", "PART_OF")), "a", "b", limit=2)) == ["ab", "amb"]


def test_a_step_is_told_by_its_strongest_tie():
    (path,) = best_paths(ways_of(tie("a", "b", "MEMBER_OF"), tie("b", "a", "OWNS"), tie("a", "b", "OWNS", 0.5)), "a", "b", limit=5)
    assert [link.id for link in path.links] == ["bOWNSa{}"]


def test_the_cost_is_the_logarithm_of_what_is_left():
    link = tie("a", "b", "MEMBER_OF", 0.9, end_year=YEAR - HALF_LIFE)
    assert strength_of(link, YEAR) == (0.5, 0.9, 0.5)
    assert strength_of(link, YEAR).cost == pytest.approx(-UNIT * math.log(HAND_ON * 0.5 * 0.9 * 0.5), abs=1)


@pytest.mark.parametrize(("start", "end"), [("a", "a"), ("a", "lone"), ("lone", "b"), ("a", "nobody"), ("nobody", "b")])
def test_there_is_no_path_to_oneself_nor_to_what_has_no_tie(start, end):
    assert best_paths(ways_of(tie("a", "b")), start, end, limit=3) == []


def test_an_end_that_is_to_be_passed_by_is_not_reached():
    assert best_paths(ways_of(tie("a", "b")), "a", "b", limit=3, without=("b",)) == []


def test_every_type_of_tie_has_a_strength_that_a_logarithm_takes():
    assert all(0 < words.strength <= 1 for words in COLLABORATION_TYPES.values())
