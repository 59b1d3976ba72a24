"""Measure the suggestions for needs and actors against judgements written by hand from the sources; see tests/golden/README.md.

Precision at ten = the part of the ten first suggestions that were judged relevant (grade 1 or 2). What nobody judged counts as not
relevant, and fewer than ten suggestions count as if the rest were wrong. Only cases with at least ten relevant answers count in
the means.
"""

import argparse
import csv
import hashlib
import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from cluster_net.adapters.sqlite_graph import SqliteGraph
from cluster_net.domain.graph import ACTOR, NEED, Key
from cluster_net.domain.matching.matcher import Matcher
from cluster_net.resources import folder
from cluster_net.services.intake import import_path
from cluster_net.services.snapshots import compile_matcher
from cluster_net.services.steering import plain
from cluster_net.services.suggesting import suggest

GOLDEN = Path(__file__).resolve().parent.parent / "tests" / "golden"
JUDGEMENTS: Mapping[str, Path] = {NEED: GOLDEN / "matching.csv", ACTOR: GOLDEN / "partners.csv"}  # what asks -> its judgements
JUDGED_ON = date(2026, 11, 28)
LOOKED_AT = 10
HALVES = ("tune", "check")

Grades = Mapping[tuple[str, str], int]  # (actor or offer, its id) -> 2 clearly relevant, 1 worth a talk, 0 not


@dataclass(frozen=True, slots=True)
class Outcome:
    """How well the ten first suggestions for one case do. `clear` counts grade 2 alone; `unjudged` are ids nobody looked at."""

    label: str
    id: str
    half: str
    relevant: int
    precision: float
    clear: float
    unjudged: tuple[str, ...]
    wrong: tuple[str, ...]


def main(arguments: Sequence[str]) -> None:
    """Measure, print a line a case and the means, and write the figures where asked."""
    options = _options(arguments)
    outcomes = [one for one in measure(seed_matcher(), read_judgements()) if options.half in {"all", one.half}]
    for one in outcomes:
        print(f"{one.half:5}  {one.precision:.2f}  {one.clear:.2f}  {one.relevant:3} relevant  {one.label.lower()} {one.id}")
        if options.show:
            print(f"       unjudged: {', '.join(one.unjudged) or '-'}\n       wrong: {', '.join(one.wrong) or '-'}")
    means = {label: means_of([one for one in outcomes if one.label == label]) for label in JUDGEMENTS}
    for label, held in means.items():
        print(f"mean precision at 10, {label.lower()}s: " + ", ".join(f"{half} {value:.3f}" for half, value in held.items()))
    if options.json:
        figures = {"means": means[NEED], "means_of_actors": means[ACTOR], "cases": [asdict(one) for one in outcomes]}
        options.json.write_text(json.dumps(figures, indent=2) + "\n", "utf-8")


def read_judgements() -> dict[Key, dict[tuple[str, str], int]]:
    """Return the grades of each case."""
    grades: dict[Key, dict[tuple[str, str], int]] = {}
    for label, file in JUDGEMENTS.items():
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                grades.setdefault(Key(label, row[label.lower()]), {})[row["candidate_type"], row["candidate"]] = int(row["grade"])
    return grades


def half_of(id_: str) -> str:
    """Return the half of a case: to tune on or to check on, by the parity of the first byte of the SHA-256 of its id."""
    return HALVES[hashlib.sha256(id_.encode()).digest()[0] % 2]


def seed_matcher() -> Matcher:
    """Return the real cluster of the seed, without the invented part, as the suggestions see it."""
    with tempfile.TemporaryDirectory() as place:
        store = SqliteGraph(Path(place) / "graph.sqlite")
        store.prepare()
        import_path(store, folder("graph") / "seed", author="bench", now=lambda: datetime.now(UTC))
        matcher = compile_matcher(store)
        store.close()
    return matcher


def measure(matcher: Matcher, judgements: Mapping[Key, Grades]) -> list[Outcome]:
    """Return the outcome of each judged case, in the order of their ids."""
    return [_outcome(matcher, key, judgements[key]) for key in sorted(judgements)]


def _outcome(matcher: Matcher, key: Key, grades: Grades) -> Outcome:
    found = suggest(matcher, key, plain(JUDGED_ON), limit=LOOKED_AT)
    keys = [(one.candidate.type, one.candidate.id) for one in found[:LOOKED_AT]]
    return Outcome(
        label=key.label,
        id=key.id,
        half=half_of(key.id),
        relevant=sum(grade > 0 for grade in grades.values()),
        precision=sum(grades.get(key, 0) > 0 for key in keys) / LOOKED_AT,
        clear=sum(grades.get(key, 0) > 1 for key in keys) / LOOKED_AT,
        unjudged=tuple(id_ for type_, id_ in keys if (type_, id_) not in grades),
        wrong=tuple(id_ for type_, id_ in keys if grades.get((type_, id_)) == 0),
    )


def means_of(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """Return the mean precision of each half and of both."""
    return {half: mean_precision([one for one in outcomes if half in {"all", one.half}]) for half in (*HALVES, "all")}


def mean_precision(outcomes: Sequence[Outcome]) -> float:
    """Return the mean precision at ten of the cases that have at least ten relevant answers; 0 when there are none."""
    counted = [one.precision for one in outcomes if one.relevant >= LOOKED_AT]
    return sum(counted) / len(counted) if counted else 0.0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/bench golden", description=__doc__)
    parser.add_argument("--half", choices=(*HALVES, "all"), default="all", help="cases to tune on, to check on, or both")
    parser.add_argument("--show", action="store_true", help="name the suggestions that are unjudged or wrong")
    parser.add_argument("--json", type=Path, help="write the figures there")
    return parser.parse_args(arguments)
