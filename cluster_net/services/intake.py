"""Import: files become one write, or a full list of what is wrong with them."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from cluster_net.domain.errors import Conflict, Invalid, Problem
from cluster_net.domain.graph import Key
from cluster_net.domain.nodes import record_of
from cluster_net.domain.planning import Plan, Stamp, plan_changes, with_import
from cluster_net.domain.records import Collaboration, Import, Record
from cluster_net.domain.tables import RowRecord
from cluster_net.services.ports import GraphStore
from cluster_net.services.reading import Located, read_bytes, read_folder
from cluster_net.services.ror_intake import read_ror

Progress = Callable[[str], None]
ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do on a dry run. `id` is empty when nothing was written."""

    id: str
    added: int
    changed: int
    unchanged: int


def import_path(
    store: GraphStore,
    path: Path,
    *,
    author: str,
    now: Callable[[], datetime],
    dry_run: bool = False,
    progress: Progress = lambda _: None,
) -> ImportReport:
    """Import a folder of CSV files or a ROR v2 JSON file in one transaction.

    *progress* is told each step. Raises Invalid with every problem, and then nothing is written. Importing the same again
    writes nothing.
    """
    for attempt in range(ATTEMPTS):
        try:
            return _import_once(store, path, author=author, at=now(), dry_run=dry_run, progress=progress)
        except Conflict:
            if attempt == ATTEMPTS - 1:
                raise
    raise AssertionError("unreachable")


def _import_once(
    store: GraphStore,
    path: Path,
    *,
    author: str,
    at: datetime,
    dry_run: bool,
    progress: Progress,
) -> ImportReport:
    if not path.exists():
        raise Invalid([Problem("There is no such file or folder.", "Check the path for a slip.", file=path.name)])
    version = store.version()
    progress("Reading")
    records, ties = _read(path, store)
    moment = at.isoformat(timespec="seconds").replace("+00:00", "Z")
    id_ = f"{moment.replace(':', '').replace('-', '').lower()}-{_checksum(path)[:8]}"
    stamp = Stamp(moment, author, f"import {id_}")
    progress("Comparing")
    plan = _plan(store, records, ties, stamp)
    if dry_run or not plan.changes:
        return ImportReport("", plan.added, plan.changed, plan.unchanged)
    progress("Writing")
    kept = _import_record(id_, path, plan, stamp)
    store.apply(with_import(plan, kept, stamp, version))
    return ImportReport(id_, plan.added, plan.changed, plan.unchanged)


def _read(path: Path, store: GraphStore) -> tuple[list[Record], list[Collaboration]]:
    """Return the wanted records and ties of *path*, checked against each other and against the store."""
    if path.is_dir():
        rows = read_folder(path)
        if problems := [*_doubled(rows), *_unknown(rows, store), *_circles(rows)]:
            raise Invalid(problems)
        return _completed(rows, store), [row.record for row in rows if isinstance(row.record, Collaboration)]
    if path.name.removesuffix(".gz").endswith(".json"):
        actors, ties = read_ror(path, store)
        return list(actors), ties
    mend = "Give a folder of CSV files, or a ROR v2 file that ends in .json or .json.gz."
    raise Invalid([Problem("This cannot be imported.", mend, file=path.name)])


def _completed(rows: Sequence[Located[RowRecord]], store: GraphStore) -> list[Record]:
    """Return the rows' records; a field that the file has no column for keeps what the store has."""
    wanted = [(row.record, row.given) for row in rows if not isinstance(row.record, Collaboration)]
    there = store.get([record.key for record, _ in wanted])
    return [
        replace(record_of(there[record.key]), **{name: getattr(record, name) for name in given}) if record.key in there else record
        for record, given in wanted
    ]


def _plan(store: GraphStore, records: Sequence[Record], ties: Sequence[Collaboration], stamp: Stamp) -> Plan:
    nodes = store.get([record.key for record in records])
    links = store.get_links([tie.id for tie in ties])
    return plan_changes(records, ties, nodes, links, stamp)


def _import_record(id_: str, path: Path, plan: Plan, stamp: Stamp) -> Import:
    return Import(
        id=id_,
        files=tuple(sorted(file.name for file in path.glob("*.csv"))) if path.is_dir() else (path.name,),
        checksum=_checksum(path),
        at=stamp.at,
        author=stamp.author,
        added=plan.added,
        changed=plan.changed,
        unchanged=plan.unchanged,
    )


def _checksum(path: Path) -> str:
    files = sorted(path.glob("*.csv")) if path.is_dir() else [path]
    total = hashlib.sha256()
    for file in files:
        total.update(file.name.encode() + b"\0" + read_bytes(file) + b"\0")
    return total.hexdigest()


def _doubled(rows: Iterable[Located[RowRecord]]) -> list[Problem]:
    counts: Counter[object] = Counter()
    problems = []
    for row in rows:
        name = row.record.id if isinstance(row.record, Collaboration) else row.record.key
        counts[name] += 1
        if counts[name] > 1:
            problems.append(row.problem("The same record stands twice.", "Remove one of the rows or join them.", row.table.columns[0].name))
    return problems


def _references(row: Located[RowRecord]) -> list[tuple[str, Key]]:
    pairs = []
    for column in row.table.columns:
        if column.refers:
            held = getattr(row.record, column.fills)
            pairs += [(column.name, Key(column.refers, id_)) for id_ in ((held,) if isinstance(held, str) else held)]
    return pairs


def _unknown(rows: Sequence[Located[RowRecord]], store: GraphStore) -> list[Problem]:
    here = {row.record.key for row in rows if not isinstance(row.record, Collaboration)}
    wanted = [(row, column, key) for row in rows for column, key in _references(row) if key not in here]
    there = store.get(sorted({key for _, _, key in wanted}))
    return [
        row.problem(f'There is no {key.label.lower()} "{key.id}".', "Add it to the files or mend the id.", column)
        for row, column, key in wanted
        if key not in there
    ]


def _circles(rows: Iterable[Located[RowRecord]]) -> list[Problem]:
    wider: dict[str, dict[Key, tuple[Key, ...]]] = {"broader": {}, "part_of": {}}
    places: dict[Key, Located[RowRecord]] = {}
    for row in rows:
        for column, key in _references(row):
            if column in wider and not isinstance(row.record, Collaboration):
                places[row.record.key] = row
                wider[column][row.record.key] = (*wider[column].get(row.record.key, ()), key)
    return [problem for column, graph in wider.items() for problem in _circle(column, graph, places)]


def _circle(column: str, graph: Mapping[Key, tuple[Key, ...]], places: Mapping[Key, Located[RowRecord]]) -> list[Problem]:
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle: list[Key] = error.args[1]
        names = " > ".join(key.id for key in circle)
        return [places[circle[0]].problem(f"The records contain each other: {names}.", "Take one step out of the circle.", column)]
    return []
