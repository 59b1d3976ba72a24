"""Where actors stand: the same place each time, kept when others come."""

import math
import random

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cluster_net.domain.placing import place_all, shape_of


def network(seed: int, hubs: int = 6, leaves: int = 60) -> "nx.Graph[str]":
    chance = random.Random(seed)  # noqa: S311
    graph: nx.Graph[str] = nx.Graph()
    for number in range(leaves):
        for hub in chance.sample(range(hubs), chance.choice([1, 1, 2])):
            graph.add_edge(f"leaf-{number}", f"hub-{hub}", weight=chance.choice([0.5, 0.9]))
    return graph


def far(a: tuple[float, float], b: tuple[float, float]) -> float:
    return math.dist(a, b)


def test_the_same_network_is_placed_the_same_in_whatever_order_it_is_told() -> None:
    graph = network(1)
    ties = list(graph.edges(data=True))
    random.Random(2).shuffle(ties)  # noqa: S311
    again: nx.Graph[str] = nx.Graph()
    again.add_edges_from((b, a, held) for a, b, held in ties)
    assert place_all(graph, graph) == place_all(again, sorted(again, reverse=True))
    assert shape_of(graph, graph) == shape_of(again, again)


def test_all_stand_on_the_map_and_none_on_another() -> None:
    graph = network(3)
    places = place_all(graph, graph)
    assert places.keys() == set(graph)
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in places.values())
    spots = sorted(places.values())
    assert min(far(a, b) for number, a in enumerate(spots) for b in spots[:number]) > 0.25 / math.sqrt(len(spots))


def test_those_with_a_tie_stand_nearer_than_others() -> None:
    graph = network(4)
    places = place_all(graph, graph)
    tied = [far(places[a], places[b]) for a, b in graph.edges]
    others = [far(places[a], places[b]) for a, b in nx.non_edges(graph)]
    assert sum(tied) / len(tied) < 0.6 * sum(others) / len(others)


PLACED = place_all(network(7), network(7))


@settings(max_examples=25, deadline=None)
@given(partners=st.sets(st.integers(0, 5), max_size=4))
def test_an_actor_added_moves_nobody_and_stands_by_its_partners(partners: set[int]) -> None:
    graph, before = network(7), PLACED
    graph.add_node("new")
    graph.add_edges_from((("new", f"hub-{number}") for number in partners if f"hub-{number}" in graph), weight=0.7)
    after = place_all(graph, graph, before)
    assert {actor: after[actor] for actor in before} == before
    if graph["new"]:
        middle = tuple(sum(before[hub][axis] for hub in graph["new"]) / len(graph["new"]) for axis in (0, 1))
        assert far(after["new"], (middle[0], middle[1])) < 0.15


def test_an_actor_removed_moves_nobody() -> None:
    graph = network(5)
    before = place_all(graph, graph)
    graph.remove_node("leaf-7")
    assert place_all(graph, graph, before) == {actor: place for actor, place in before.items() if actor != "leaf-7"}


def test_when_most_are_new_the_network_is_placed_anew() -> None:
    graph = network(6)
    few = {"hub-0": (0.0, 0.0), "hub-1": (1.0, 1.0)}
    assert place_all(graph, graph, few) == place_all(graph, graph)


@pytest.mark.parametrize("size", [0, 1, 2])
def test_very_small_networks_are_placed(size: int) -> None:
    graph: nx.Graph[str] = nx.path_graph(["a", "b"][:size])
    nx.set_edge_attributes(graph, 0.5, "weight")
    assert place_all(graph, graph).keys() == set(graph)
