"""Refitting the weights from a file of decisions: the file is checked whole, what followed is out of sight, the result can be used."""

import csv
import hashlib
import math
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cluster_net.adapters.sqlite_graph import SqliteGraph
from cluster_net.adapters.tantivy_index import TantivyIndex
from cluster_net.domain.errors import Invalid
from cluster_net.domain.graph import ACTOR, NEED, Key
from cluster_net.domain.matching.blend import Weights, write_weights
from cluster_net.domain.matching.decisions import without_what_followed
from cluster_net.domain.matching.eligibility import Rules
from cluster_net.domain.matching.learning import Refit, Refusal
from cluster_net.domain.matching.matcher import Matcher
from cluster_net.domain.matching.questions import USES, Options
from cluster_net.services.backends import Backends
from cluster_net.services.fitting import refit_weights
from cluster_net.services.references import reference_of
from cluster_net.services.snapshots import SnapshotCache, own_weights

HEADER = "from,to,decided_on,outcome\n"
HIDDEN = {"walk": 0.0, "concepts": 0.1, "text": 0.8, "fit": 0.1, "place": 0.0}  # what the simulated people go by


@pytest.fixture(scope="module")
def backends(seeded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backends]:
    folder = tmp_path_factory.mktemp("fitting")
    graph = SqliteGraph(shutil.copy(seeded_file, folder / "graph.db"))
    held = Backends(graph, TantivyIndex(folder / "index"), SnapshotCache(graph), lambda: datetime(2026, 11, 24, 12, 0, tzinfo=UTC))
    yield held
    held.close()


def by_chance(*words: str) -> float:
    return int.from_bytes(hashlib.sha256(" ".join(words).encode()).digest()[:4]) / 2**32


def simulated(matcher: Matcher, path: Path) -> Path:
    """Write what people who go by HIDDEN would decide about actors near the top of the lists of needs."""
    seen = Matcher(matcher.network, Weights("", dict.fromkeys(USES.values(), HIDDEN)))
    rows = []
    for place, need in enumerate(sorted(matcher.network.needs_of)):
        for id_ in matcher.network.needs_of[need][:2]:
            key, day = Key(NEED, id_), f"2026-{1 + place % 10:02}-01"
            question = seen.ask(key, ACTOR, Options(rules=Rules(day)))
            for row in sorted(question.pool.rows.values(), key=lambda row: -question.cheap[row])[:60]:
                other = question.pool.keys[row]
                odds = 25 * (seen.judge(question, other).score - 0.25)
                outcome = "accepted" if by_chance(id_, other.id) < 1 / (1 + math.exp(-odds)) else "dismissed"
                rows.append((reference_of(key), other.id, day, outcome))
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("from", "to", "decided_on", "outcome"), *rows])
    return path


def test_weights_learned_from_decisions_are_better_and_can_be_used(backends: Backends, tmp_path: Path) -> None:
    path = simulated(backends.network.matcher(), tmp_path / "decided.csv")
    found = refit_weights(backends, path)
    lesson = found.uses["need_actor"]
    present, learned = lesson.present, lesson.found
    assert isinstance(learned, Refit)
    assert learned.weights["text"] > present["text"]
    assert learned.after < learned.before
    assert found.weights is not None
    assert found.weights.version == str(int(own_weights().version) + 1)
    assert found.weights.uses["partner"] == backends.network.matcher().weights.uses["partner"]
    assert found.weights.shares["need_actor"] == lesson.shares
    assert len(lesson.shares) > 1
    (tmp_path / "weights.json").write_text(write_weights(found.weights))
    assert own_weights(tmp_path / "weights.json") == found.weights


def test_too_few_decisions_change_nothing_and_say_why(backends: Backends, tmp_path: Path) -> None:
    path = tmp_path / "decided.csv"
    path.write_text(f"{HEADER}ki,uu,2026-05-01,accepted\nki,kth,2026-06-01,dismissed\n")
    found = refit_weights(backends, path)
    assert found.weights is None
    refusal = found.uses["partner"].found
    assert refusal == Refusal("Only 2 pairs are decided.", "Learn from at least 100.")


def test_every_problem_of_the_file_is_told_with_its_row_column_and_mend(backends: Backends, tmp_path: Path) -> None:
    path = tmp_path / "decided.csv"
    path.write_text(f"{HEADER}ki,nobody,2026-05-01,accepted\nneed.none,ki,2026-05,perhaps\nki,ki,2026-02-30,met\n")
    with pytest.raises(Invalid) as caught:
        refit_weights(backends, path)
    assert [(one.file, one.line, one.field) for one in caught.value.problems] == [
        ("decided.csv", 3, "outcome"),
        ("decided.csv", 4, "decided_on"),
    ]
    path.write_text(
        f"{HEADER}ki,nobody,2026-05-01,accepted\nneed.none,ki,2026-05,met\nki,ki,2026,met\nki,uu,2062-05-01,met\n"
        "ki,kth,2026-05-01,met\nkth,ki,2026-05-01,dismissed\n"
    )
    with pytest.raises(Invalid) as caught:
        refit_weights(backends, path)
    places = {(one.line, one.field) for one in caught.value.problems}
    assert places == {(2, "to"), (3, "from"), (3, "decided_on"), (4, "to"), (4, "decided_on"), (5, "decided_on"), (7, "outcome")}
    assert all(one.mend for one in caught.value.problems)


def test_ties_that_may_have_followed_from_a_decision_are_out_of_sight(seeded: SqliteGraph) -> None:
    dump = seeded.dump()
    tie = next(link for link in dump.links if link.type == "COLLABORATES_WITH" and isinstance(link.properties.get("start_year"), int))
    year = int(str(tie.properties["start_year"]))
    ends = frozenset({tie.start.id}), frozenset({tie.end.id})
    assert tie not in without_what_followed(dump, [(*ends, year)]).links
    assert tie in without_what_followed(dump, [(*ends, year + 1)]).links


def test_a_weights_file_that_lacks_a_use_is_refused_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "weights.json").write_text('{"version": "9", "uses": {"partner": {"walk": 1}}}')
    with pytest.raises(Invalid) as caught:
        own_weights(tmp_path / "weights.json")
    assert {one.field for one in caught.value.problems} == {"need_actor", "need_offer", "actor_offer"}
    with pytest.raises(Invalid, match="cannot be read"):
        own_weights(tmp_path / "none.json")
