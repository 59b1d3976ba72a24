"""The golden set: judgements by hand of who answers a need and whom an actor should meet, and how well the suggestions do."""

import csv
import importlib.util
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from cluster_net.domain.graph import ACTOR, NEED, OFFER, Key
from cluster_net.domain.matching.eligibility import Rules, partners_of
from cluster_net.domain.matching.fields import direct_fields
from cluster_net.domain.matching.matcher import Matcher

ROOT = Path(__file__).parents[2]
# What the suggestions reach; raise it when they do better, never lower it.
FLOORS = {NEED: 0.74, ACTOR: 0.76}


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_golden", ROOT / "scripts" / "bench_golden.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["bench_golden"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def matcher(bench: ModuleType) -> Matcher:
    return bench.seed_matcher()


@pytest.fixture(scope="module")
def rows(bench: ModuleType) -> list[dict[str, str]]:
    found = []
    for label, file in bench.JUDGEMENTS.items():
        with file.open(encoding="utf-8", newline="") as lines:
            found += [{"label": label, "asks": row[label.lower()], **row} for row in csv.DictReader(lines)]
    return found


def test_suggestions_keep_the_precision_they_have_reached(bench: ModuleType, matcher: Matcher) -> None:
    outcomes = bench.measure(matcher, bench.read_judgements())
    for label, floor in FLOORS.items():
        held = [one for one in outcomes if one.label == label]
        assert bench.mean_precision(held) >= floor, f"worst: {sorted((one.precision, one.id) for one in held)[:5]}"


def test_each_judgement_names_what_is_in_the_cluster_a_grade_and_a_reason(rows: list[dict[str, str]], matcher: Matcher) -> None:
    labels = {"actor": ACTOR, "offer": OFFER}
    for row in rows:
        assert Key(row["label"], row["asks"]) in matcher.network.nodes, row
        assert Key(labels[row["candidate_type"]], row["candidate"]) in matcher.network.nodes, row
        assert row["grade"] in {"0", "1", "2"}, row
        assert row["round"] in {"1", "2"}, row
        assert len(row["reason"].split()) > 1 or row["grade"] == "0", row


def test_nothing_is_judged_twice(rows: list[dict[str, str]]) -> None:
    counted = Counter((row["label"], row["asks"], row["candidate_type"], row["candidate"]) for row in rows)
    assert [key for key, times in counted.items() if times > 1] == []


def test_the_golden_set_is_dense_and_both_halves_have_cases(bench: ModuleType) -> None:
    relevant = {key: sum(grade > 0 for grade in grades.values()) for key, grades in bench.read_judgements().items()}
    assert sum(relevant.values()) >= 200
    for label in FLOORS:
        dense = [key for key, number in relevant.items() if key.label == label and number >= 10]
        assert len(dense) >= 10
        assert min(Counter(bench.half_of(key.id) for key in dense).values()) >= 5


def test_nobody_is_judged_as_a_new_partner_of_whom_it_works_with(rows: list[dict[str, str]], matcher: Matcher) -> None:
    rules = Rules("2026-11-28")
    for row in (row for row in rows if row["label"] == ACTOR):
        assert row["candidate"] not in partners_of(matcher.network, row["asks"], rules), row


@pytest.mark.parametrize(("id_", "wrong"), [
    ("sbdi", "biologics"),
    ("bioimage-informatics", "biologics"),
    ("scilifelab-spatial-single-cell-biology", "biologics"),
    ("uppsala-monitoring-centre", "trial-support"),
    ("kta", "genomics"),
    ("xnk-therapeutics", "gmp-manufacturing"),
])  # fmt: skip
def test_what_an_actor_does_not_say_is_not_read_of_it(matcher: Matcher, id_: str, wrong: str) -> None:
    assert wrong not in direct_fields(matcher.network)[id_]
