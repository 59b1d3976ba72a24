"""How readily the actors of two fields of work join: bounds, symmetry, and what it does to lists."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cluster_net.domain.matching.affinity import NEUTRAL
from cluster_net.domain.matching.all_rows import best_of_all
from cluster_net.domain.matching.engine import SuggestionEngine
from cluster_net.domain.matching.graph_features import prominence, themes
from cluster_net.domain.matching.snapshot import Snapshot, compile_snapshot


def two_fields() -> Snapshot:
    """Return two fields of six, a ring each, with one tie between them, and one actor of no known field."""
    graph: nx.Graph[str] = nx.Graph()
    for field in "ab":
        ring = [f"{field}{number}" for number in range(6)]
        graph.add_edges_from(zip(ring, [*ring[1:], ring[0]], strict=True), weight=1.0)
    graph.add_edge("a0", "b0", weight=1.0)
    graph.add_edge("a0", "x", weight=1.0)
    return compile_snapshot(graph, themes={name: name[0] for name in graph if name != "x"})


@given(st.dictionaries(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")), st.floats(0.1, 9.0), max_size=20), st.data())
@settings(max_examples=50, deadline=None)
def test_every_value_is_from_0_to_1_and_the_same_from_either_side(ties: dict[tuple[str, str], float], data: st.DataObject) -> None:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from("abcdefgh")
    graph.add_weighted_edges_from((one, other, weight) for (one, other), weight in ties.items() if one != other)
    fields = data.draw(st.fixed_dictionaries({name: st.sampled_from(["", "p", "q", "r"]) for name in "abcdefgh"}))
    snapshot = compile_snapshot(graph, themes=fields)
    table = np.array([themes(snapshot, row) for row in range(8)])
    assert np.all((table >= 0.0) & (table <= 1.0))
    assert table == pytest.approx(table.T)


def test_fields_that_work_together_oftener_than_by_chance_are_above_a_half_and_the_unknown_is_neutral() -> None:
    snapshot = two_fields()
    own = dict(zip(snapshot.names, themes(snapshot, snapshot.rows["a1"]), strict=True))
    assert own["a4"] > NEUTRAL > own["b4"]
    assert own["x"] == NEUTRAL


def test_where_no_field_is_known_nobody_is_preferred() -> None:
    snapshot = compile_snapshot(nx.path_graph(["a", "b", "c"]))
    assert not themes(snapshot, 0).any()


def test_all_lists_in_one_go_are_those_of_each_actor() -> None:
    snapshot = two_fields()
    engine = SuggestionEngine(snapshot, {"walk": 0.8, "themes": 0.2})
    for row, found in best_of_all(snapshot, 3, 0.25):
        scores, exact = engine.scores(snapshot.names[row]), engine.suggest(snapshot.names[row], 3)
        assert [scores[other] for other in found] == pytest.approx([one.score for one in exact], abs=1e-5)  # equals may change places


def test_prominence_is_1_for_the_busiest_and_0_for_who_works_with_nobody() -> None:
    graph = nx.star_graph(4)
    snapshot = compile_snapshot(nx.relabel_nodes(graph, {number: f"s{number}" for number in graph}))
    held = prominence(snapshot)
    assert held[0] == 1.0
    assert np.all((held[1:] > 0.0) & (held[1:] < 1.0))
    graph.add_node(9)
    assert prominence(compile_snapshot(nx.relabel_nodes(graph, {number: f"s{number}" for number in graph})))[-1] == 0.0
