"""The graph part of the matching engine: its measures, their parts, and the lists it makes."""

import math

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cluster_net.domain.errors import Invalid, NotFound
from cluster_net.domain.matching.blend import best_rows, read_weights, score_of, write_weights
from cluster_net.domain.matching.engine import GRAPH_FEATURES, SuggestionEngine
from cluster_net.domain.matching.graph_features import allocated, rare_partners, shares_of_allocation, shares_of_rarity, value_of, visited
from cluster_net.domain.matching.snapshot import Tie, compile_snapshot
from cluster_net.resources import folder

EVEN = dict.fromkeys(GRAPH_FEATURES, 0.25)

few = settings(max_examples=15, deadline=None)
EDGES = st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda pair: pair[0] < pair[1]), min_size=1)


def graph_of(edges, **data):
    graph = nx.Graph()
    graph.add_nodes_from(str(one) for one in range(7))
    graph.add_edges_from(((str(one), str(other)) for one, other in edges), **data)
    return graph


@few
@given(EDGES)
def test_unweighted_measures_are_those_of_networkx(edges):
    graph = graph_of(edges)
    snapshot = compile_snapshot(graph, ties=lambda _edge: [Tie(day=0.0)])
    pairs = list(nx.non_edges(graph))
    for ours, theirs in ((allocated, nx.resource_allocation_index), (rare_partners, nx.adamic_adar_index)):
        for one, other, expected in theirs(graph, pairs):
            assert ours(snapshot, snapshot.rows[one])[snapshot.rows[other]] == pytest.approx(expected, abs=1e-12)


@few
@given(EDGES)
def test_every_feature_lies_in_zero_to_one(edges):
    snapshot = compile_snapshot(graph_of(edges))
    for feature in GRAPH_FEATURES.values():
        for row in range(7):
            scores = feature(snapshot, row)
            assert scores.shape == (7,)
            assert scores.min() >= 0
            assert scores.max() <= 1


@few
@given(EDGES)
def test_shares_of_shared_partners_sum_to_the_measure(edges):
    snapshot = compile_snapshot(graph_of(edges))
    for row in range(7):
        for other in set(range(7)) - {row}:
            assert math.fsum(shares_of_allocation(snapshot, row, other).values()) == pytest.approx(allocated(snapshot, row)[other])
            assert math.fsum(shares_of_rarity(snapshot, row, other).values()) == pytest.approx(rare_partners(snapshot, row)[other])


@few
@given(EDGES)
def test_parts_sum_to_the_score_and_shares_to_their_part(edges):
    engine = SuggestionEngine(graph_of(edges), EVEN, exposure=0.25)
    for ranked in engine.suggest("0"):
        assert abs(ranked.score - engine.scores("0")[engine.row_of(ranked.id)]) < 1e-9
        assert abs(ranked.score - score_of(ranked.parts)) < 1e-9
        for part in ranked.parts:
            assert not part.shares or math.fsum(part.shares.values()) == pytest.approx(part.contribution, abs=1e-9)


@few
@given(EDGES)
def test_walks_end_somewhere(edges):
    snapshot = compile_snapshot(graph_of(edges))
    for row in range(7):
        if snapshot.degrees[row]:
            assert visited(snapshot, row).sum() == pytest.approx(1)


@few
@given(EDGES, st.randoms())
def test_the_order_in_which_a_graph_is_built_changes_no_byte(edges, random):
    shuffled = list(edges)
    random.shuffle(shuffled)
    first, second = (SuggestionEngine(graph_of(order), EVEN) for order in (sorted(edges), shuffled))
    assert all(first.scores(name).tobytes() == second.scores(name).tobytes() for name in first.snapshot.names)


@few
@given(EDGES)
def test_all_in_one_go_is_one_at_a_time(edges):
    engine = SuggestionEngine(graph_of(edges), EVEN)
    for name, found in engine.suggest_all(3):
        assert found == [ranked.id for ranked in engine.suggest(name, 3)]


def test_old_ties_and_crowds_count_less():
    graph = nx.Graph()
    graph.add_edge("a", "b", ties=[Tie(1.0, 1000.0)])
    graph.add_edge("a", "c", ties=[Tie(1.0, 1000.0 - 730.0)])
    graph.add_edge("a", "d", ties=[Tie(1.0, 1000.0, size=5)])
    weights = compile_snapshot(graph, today=1000.0).weights.toarray()
    assert weights[0].tolist() == [0.0, 1.0, 0.5, 0.5]


def test_activity_counts_things_not_partners():
    graph = nx.complete_graph(["a", "b", "c", "d"])
    nx.set_edge_attributes(graph, [Tie(1.0, 1000.0, size=4)], "ties")
    assert compile_snapshot(graph, today=1000.0).activity == pytest.approx([1.0] * 4)


def test_known_partners_and_oneself_are_never_suggested():
    engine = SuggestionEngine(graph_of({(0, 1), (1, 2), (2, 3)}), EVEN)
    assert {"0", "1"}.isdisjoint(ranked.id for ranked in engine.suggest("0"))


def test_only_the_allowed_are_suggested():
    engine = SuggestionEngine(graph_of({(0, 1), (1, 2), (2, 3)}), EVEN)
    allowed = np.zeros(7, dtype=np.bool_)
    allowed[[1, 3]] = True
    assert [ranked.id for ranked in engine.suggest("0", allowed=allowed)] == ["3"]


def test_exposure_control_takes_from_the_well_connected():
    graph = graph_of({(0, 1), (1, 2), (1, 3), (3, 4), (3, 5)})
    plain, controlled = (SuggestionEngine(graph, EVEN, exposure=one) for one in (0.0, 0.25))
    lost = plain.scores("0") - controlled.scores("0")
    assert lost[plain.row_of("3")] == lost.max() == pytest.approx(0.25)
    assert lost[plain.row_of("6")] == 0


def test_an_unknown_actor_is_not_found():
    with pytest.raises(NotFound):
        SuggestionEngine(graph_of({(0, 1)}), EVEN).scores("nobody")


def test_a_graph_without_ties_suggests_without_failing():
    assert len(SuggestionEngine(graph_of(()), EVEN).suggest("0", 3)) == 3


def test_values_of_probabilities_are_zero_for_none_and_one_for_certainty():
    assert value_of(np.array([0.0, 1.0, 0.0])) == pytest.approx([0.0, 1.0, 0.0])


def test_ties_in_score_are_decided_by_row():
    assert best_rows(np.array([0.5, 0.7, 0.5, -np.inf, 0.7]), 3) == [1, 4, 0]


def test_the_shipped_weights_are_read_and_written_unchanged():
    text = (folder("graph") / "matching" / "weights.json").read_text("utf-8")
    assert read_weights(write_weights(read_weights(text))) == read_weights(text)


@pytest.mark.parametrize("weight", ["-0.1", "NaN", "true", '"1"'])
def test_a_weight_that_is_no_number_from_zero_is_named(weight):
    with pytest.raises(Invalid, match=r"network\.walk"):
        read_weights(f'{{"version": "1", "uses": {{"network": {{"walk": {weight}}}}}}}')


@pytest.mark.parametrize("text", ["", "[]", '{"uses": {}}', '{"version": "1", "uses": {"network": 3}}'])
def test_a_file_that_is_no_weights_file_is_refused(text):
    with pytest.raises(Invalid, match="no weights file"):
        read_weights(text)
