"""The bench of search on a small corpus: what it reads, what it reports."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
DOCUMENTS = [
    {"id": "å/1 <x>", "name": "Uppsala biobank", "aliases": ["UBB"], "tags": ["prov"], "city": "Uppsala", "type": "biobank", "trl": 6},
    {"id": "2", "name": "Stockholm biobank", "description": "Prover från vården", "city": ["Stockholm", "Solna"], "public": True},
    {"id": 3, "name": "Hemlig biobank", "aliases": None, "public": False, "trl": "", "updated": "2026-01-01"},
]  # fmt: skip
QUESTIONS = [
    {"q": "upsala biobank", "gold": ["å/1 <x>"], "cat": "typo"},
    {"q": "biobank", "gold": ["å/1 <x>", "2"], "cat": "exact"},
    {"q": "hemlig", "gold": ["3"], "cat": "hidden"},
    {"q": "qqqzzz", "gold": [], "cat": "nothing"},
]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, list[dict]]:
    """Give what the bench prints and writes."""
    folder = tmp_path_factory.mktemp("bench")
    (folder / "docs.jsonl").write_text("\n".join(json.dumps(one) for one in DOCUMENTS) + "\n\n", "utf-8")
    (folder / "queries.json").write_text(json.dumps(QUESTIONS), "utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CLUSTER_NET")}
    command = [sys.executable, ROOT / "scripts" / "bench", "search", "--docs", folder / "docs.jsonl", "--queries", folder / "queries.json"]
    done = subprocess.run(
        [*command, "--json", folder / "out.json", "--show"],
        env=environment | {"CLUSTER_NET_BENCH_STARTED": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr, json.loads((folder / "out.json").read_text("utf-8"))


def test_each_engine_is_reported_with_quality_and_time(run: tuple[str, list[dict]]) -> None:
    (figures,) = run[1]
    assert set(figures) == {"engine", "documents", "recall_at_10", "hit_at_1", "mrr", "queries", "ms", "ms_facets", "by_category"}
    assert (figures["engine"], figures["documents"], figures["queries"]) == ("tantivy", 3, 4)
    for times in (figures["ms"], figures["ms_facets"]):
        assert 0 <= times["p50"] <= times["p95"] <= times["p99"]


def test_recall_counts_gold_among_the_first_ten_and_hides_what_is_not_public(run: tuple[str, list[dict]]) -> None:
    (figures,) = run[1]
    assert {name: held["recall_at_10"] for name, held in figures["by_category"].items()} == {
        "typo": 1.0,
        "exact": 1.0,
        "hidden": 0.0,
        "nothing": 1.0,
    }
    assert figures["recall_at_10"] == figures["hit_at_1"] == figures["mrr"] == 0.75


def test_a_table_and_the_failures_are_shown(run: tuple[str, list[dict]]) -> None:
    for text in ("recall@10", "tantivy", "typo", "ms with three facets", "hidden: 'hemlig' wants ('3',) finds []"):
        assert text in run[0]
