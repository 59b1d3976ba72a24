"""From a CSV row, a form or an API body to a record, and back."""

import re
from collections.abc import Mapping
from typing import Any

from cluster_net.domain.columns import Wrong
from cluster_net.domain.errors import Invalid, Problem
from cluster_net.domain.tables import One_co, RowRecord, Table

_GUARDED = re.compile(r"'*[=+\-@\t\r]")
_UNGUARD = re.compile(r"'+[=+\-@\t\r]")


def guard(cell: str) -> str:
    """Return *cell* so that no spreadsheet runs it as a formula; `unguard` takes the mark away again."""
    return f"'{cell}" if _GUARDED.match(cell) else cell


def unguard(cell: str) -> str:
    """Return *cell* without the mark that `guard` put before it."""
    return cell[1:] if _UNGUARD.match(cell) else cell


def from_row(table: Table[One_co], row: Mapping[str, str], *, file: str = "", line: int = 0) -> One_co:
    """Return the record of *row*. Raises Invalid with every problem of the row at once, each with its column and mend."""
    problems: list[Problem] = []
    held: dict[str, Any] = {}
    for column in table.columns:
        try:
            held[column.fills] = column.parse(unguard(row.get(column.name) or ""))
        except Wrong as wrong:
            problems.append(Problem(wrong.message, wrong.mend, column.name, line, file))
    problems += [Problem(message, mend, field, line, file) for field, message, mend in _rules(table, held)]
    if problems:
        raise Invalid(problems)
    return table.record(**held)


def to_row(table: Table[RowRecord], record: RowRecord) -> dict[str, str]:
    """Return the row of *record*, cells guarded against formulas."""
    return {column.name: guard(column.write(getattr(record, column.fills))) for column in table.columns}


def table_of(record: RowRecord, tables: tuple[Table[RowRecord], ...]) -> Table[RowRecord]:
    """Return the table whose file the record belongs to: of its class, and with its kind among the choices."""
    return next(table for table in tables if isinstance(record, table.record) and _has_kind(table, getattr(record, "kind", "")))


def _has_kind(table: Table[RowRecord], kind: str) -> bool:
    column = table.column("kind")
    return column is None or kind in column.choices


def header_problems(table: Table[object], header: list[str], file: str) -> list[Problem]:
    """Say what is wrong with a header line: unknown, doubled or missing columns."""
    known = [column.name for column in table.columns]
    problems = [
        Problem("There is no such column.", f"Rename or remove it. Known columns: {', '.join(known)}.", name, 1, file)
        for name in header
        if name not in known
    ]
    problems += [
        Problem("The column stands twice.", "Remove one of them.", name, 1, file)
        for name in sorted({n for n in header if header.count(n) > 1})
    ]
    missing = [column.name for column in table.columns if column.required and column.name not in header]
    return problems + [Problem("A required column is missing.", "Add the column.", name, 1, file) for name in missing]


def _rules(table: Table[object], held: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return (column, message, mend) of each rule that spans columns and is broken."""
    broken = []
    first, second = table.names
    if first and {first, second} <= held.keys() and not (held[first] or held[second]):
        broken.append((first, f"Neither {first} nor {second} is filled.", "Give it in at least one language."))
    for low, high in (("start_year", "end_year"), ("stage_from", "stage_to"), ("trl_in", "trl_out"), ("amount_min", "amount_max")):
        if held.get(low) and held.get(high) and held[low] > held[high]:
            broken.append((high, f"{high} is below {low}.", "Change places or mend the slip."))
    if held.get("from_id") and held.get("from_id") == held.get("to_id"):
        broken.append(("to_id", "An actor cannot collaborate with itself.", "Name the other actor."))
    if held.get("id") and held["id"] in (*held.get("part_of", ()), *held.get("broader", ())):
        broken.append(("id", "It is part of itself.", "Remove its own id from that list."))
    return broken
