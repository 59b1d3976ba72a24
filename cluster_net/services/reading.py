"""Reading files of rows: encoding and delimiter are found out, every problem is collected with its place."""

import csv
import gzip
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Generic

from cluster_net.domain.errors import Invalid, Problem
from cluster_net.domain.rows import from_row, header_problems
from cluster_net.domain.tables import TABLES, One_co, RowRecord, Table

MAX_BYTES = 512 * 1024 * 1024
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Located(Generic[One_co]):
    """A record and the row it came from; `given` names the fields that the file has a column for."""

    record: One_co
    table: Table[One_co]
    file: str
    line: int
    given: frozenset[str]

    def problem(self, message: str, mend: str, column: str) -> Problem:
        """Return a problem at this row."""
        return Problem(message, mend, column, self.line, self.file)


def read_bytes(path: Path) -> bytes:
    """Return the content of *path*, unpacked when it is gzip. Raises Invalid when it cannot be read or is too large."""
    try:
        raw = path.read_bytes()
        if raw.startswith(_GZIP):
            with gzip.open(io.BytesIO(raw)) as packed:
                raw = packed.read(MAX_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise Invalid(
            [Problem("The file cannot be read.", f"Check that it is there and whole ({type(error).__name__}).", file=path.name)]
        ) from None
    if len(raw) > MAX_BYTES:
        raise Invalid([Problem("The file is too large.", "Split it into files of at most 512 MiB.", file=path.name)])
    return raw


def decode(raw: bytes, file: str) -> str:
    """Return the text of *raw*: UTF-8 with or without mark, UTF-16 with mark, else Windows-1252. Raises Invalid."""
    encodings = ("utf-16",) if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
        break
    raise Invalid([Problem("The file is not text.", "Save it as CSV in UTF-8.", file=file)])


def read_folder(folder: Path) -> list[Located[RowRecord]]:
    """Return the records of every CSV file of the set in *folder*. Raises Invalid with the problems of all files."""
    known = {table.file: table for table in TABLES}
    problems = [
        Problem("This file is not one of the set.", f"Rename it to one of: {', '.join(known)}.", file=path.name)
        for path in sorted(folder.glob("*.csv"))
        if path.name not in known
    ]
    present = [table for table in TABLES if (folder / table.file).is_file()]
    if not present and not problems:
        problems.append(
            Problem("There is no CSV file in the folder.", f"Put one or more of these there: {', '.join(known)}.", file=folder.name)
        )
    rows: list[Located[RowRecord]] = []
    for table in present:
        try:
            rows += read_table(table, decode(read_bytes(folder / table.file), table.file))
        except Invalid as invalid:
            problems += invalid.problems
    if problems:
        raise Invalid(problems)
    return rows


def read_table(table: Table[One_co], text: str) -> list[Located[One_co]]:
    """Return the records of one CSV text. Raises Invalid with every problem in it."""
    csv.field_size_limit(MAX_BYTES)
    lines = _lines(table, text)
    _, header = next(lines, (1, []))
    if problems := header_problems(table, header, table.file):
        raise Invalid(problems)
    given = frozenset(column.fills for column in table.columns if column.name in header)
    rows: list[Located[One_co]] = []
    problems = []
    for line, cells in lines:
        try:
            rows.append(Located(_record(table, header, cells, line), table, table.file, line, given))
        except Invalid as invalid:
            problems += invalid.problems
    if problems:
        raise Invalid(problems)
    return rows


def _record(table: Table[One_co], header: list[str], cells: list[str], line: int) -> One_co:
    if len(cells) != len(header):
        message = f"The row has {len(cells)} cells but the header has {len(header)}."
        raise Invalid([Problem(message, "Look for a missing quotation mark or delimiter.", "", line, table.file)])
    return from_row(table, dict(zip(header, cells, strict=True)), file=table.file, line=line)


def _lines(table: Table[object], text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (line number, cells) of each row that is not blank, the header first."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(table, text), strict=True)
    start = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield start, [cell.strip() for cell in cells] if start == 1 else cells
            start = reader.line_num + 1
    except csv.Error as error:
        raise Invalid([Problem(f"The row cannot be read ({error}).", "Look for a stray quotation mark.", "", start, table.file)]) from None


def _delimiter(table: Table[object], text: str) -> str:
    """Return the delimiter that makes most known column names of the first line."""
    known = {column.name for column in table.columns}
    first = text.split("\n", 1)[0]
    return max(",;\t|", key=lambda mark: sum(cell.strip().strip('"') in known for cell in first.split(mark)))
