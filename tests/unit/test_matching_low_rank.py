"""Places in the network are those of the exact eigenvectors, and alike circles are alike without a shared partner."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cluster_net.domain.matching.low_rank import leading, low_rank_similarity
from cluster_net.domain.matching.snapshot import compile_snapshot


@given(st.sets(st.tuples(st.sampled_from("abcdefghij"), st.sampled_from("abcdefghij")).filter(lambda pair: pair[0] < pair[1])))
@settings(max_examples=50, deadline=None)
def test_every_value_is_from_0_to_1_and_the_same_from_either_side(ties: set[tuple[str, str]]) -> None:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from("abcdefghij")
    graph.add_edges_from(ties)
    snapshot = compile_snapshot(graph)
    table = np.array([low_rank_similarity(snapshot, row) for row in range(10)])
    assert np.all((table >= 0.0) & (table <= 1.0))
    assert table == pytest.approx(table.T)
    assert not table[snapshot.degrees == 0].any()


def test_the_leading_eigenvalues_are_the_exact_ones() -> None:
    graph = nx.connected_caveman_graph(12, 8)
    snapshot = compile_snapshot(nx.relabel_nodes(graph, str))
    values, vectors = leading(snapshot, 10)
    exact = np.linalg.eigvalsh(nx.normalized_laplacian_matrix(graph).toarray())
    assert np.sort(values)[::-1] == pytest.approx(1.0 - exact[:10], abs=1e-3)
    assert vectors.T @ vectors == pytest.approx(np.eye(10), abs=1e-4)


def test_two_of_one_circle_are_more_alike_than_two_of_different_ones() -> None:
    snapshot = compile_snapshot(nx.relabel_nodes(nx.barbell_graph(6, 2), lambda number: f"{number:02}"))
    alike = dict(zip(snapshot.names, low_rank_similarity(snapshot, 0), strict=True))
    assert alike["01"] > 2 * alike["12"]
