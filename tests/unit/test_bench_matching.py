"""The benchmark of predicted partners asks for what is new, and its speeded-up lists are those of the engine."""

import csv
import gzip
import importlib
import json
from datetime import date
from pathlib import Path

import networkx as nx
import numpy as np
import pytest

from cluster_net.domain.matching.all_rows import best_of_all
from cluster_net.domain.matching.blend import best_rows
from cluster_net.domain.matching.graph_features import visited, walk
from cluster_net.domain.matching.snapshot import compile_snapshot


@pytest.fixture
def bench(monkeypatch):
    monkeypatch.syspath_prepend(Path(__file__).parents[2] / "scripts")
    return importlib.import_module("bench_matching")


PROJECTS = {"1": ("2015-01-01", "abc"), "2": ("2016-01-01", "cde"), "3": ("2019-06-01", "abez"), "4": ("2020-01-01", "ac")}


def written(folder):
    rows = [
        {
            "rcn": rcn,
            "role": "participant",
            "pic": pic,
            "type": "PRC",
            "country": "SE",
            "contribution": "",
            "start_date": day,
            "end_date": "",
        }
        for rcn, (day, members) in PROJECTS.items()
        for pic in members
    ]
    for name, held in (("participations", rows), ("programme_parts", [{"rcn": rcn, "programme_part": "SC1"} for rcn in PROJECTS])):
        with gzip.open(folder / f"{name}.csv.gz", "wt", newline="") as lines:
            table = csv.DictWriter(lines, list(held[0]))
            table.writeheader()
            table.writerows(held)
    return folder


def test_only_new_partners_among_those_known_before_are_asked_for(bench, tmp_path):
    task = bench.read_task(written(tmp_path), ["SC1"], date(2019, 1, 1))
    assert task.wanted == {"a": {"e"}, "b": {"e"}, "e": {"a", "b"}}
    assert set(task.graph) == set("abcde")


def test_what_an_organisation_works_on_is_counted_in_quarters_of_its_projects_before_the_cut(bench, tmp_path):
    source = written(tmp_path)
    with gzip.open(source / "programme_parts.csv.gz", "at", newline="") as lines:
        lines.write("2,LEIT\r\n3,LEIT\r\n")
    themes = bench.read_task(source, ["SC1"], date(2019, 1, 1)).themes
    assert themes == {"a": "SC14", "b": "SC14", "c": "LEIT2 SC14", "d": "LEIT4 SC14", "e": "LEIT4 SC14"}


def test_every_method_has_a_row_with_all_figures(bench, tmp_path):
    bench.main(["--h2020", str(written(tmp_path)), "--no-speed", "--json", str(tmp_path / "out.json")])
    rows = json.loads((tmp_path / "out.json").read_text())["rows"]
    assert {row["method"] for row in rows} >= {"cluster-net", "cluster-net exposure", "random", "popularity", "bm25"}
    assert all({"ndcg_at_10", "hits_at_10", "mrr", "gini", "coverage", "low", "high"} <= row.keys() for row in rows)


def test_all_rows_at_once_are_those_of_one_at_a_time():
    graph = nx.relabel_nodes(nx.barbell_graph(12, 6), str)
    snapshot = compile_snapshot(graph)
    for row, found in best_of_all(snapshot, 5):
        scores = walk(snapshot, row)
        scores[[row, *snapshot.adjacency[[row]].indices]] = -np.inf
        exact = best_rows(scores, 5)
        assert np.allclose(scores[found], scores[exact], atol=1e-5)
    assert visited(snapshot, 0).sum() > 0.999
