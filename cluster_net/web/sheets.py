"""Tables as files: CSV and XLSX that a Swedish Excel opens right, and JSON. No cell is ever a formula."""

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date

import xlsxwriter

from cluster_net.domain.vocabulary import Language
from cluster_net.web.wording import printable

Cell = str | float | date | None
Row = Mapping[str, Cell]
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_CELL = 32_767  # characters that a cell of a worksheet can hold


def csv_file(headings: Sequence[str], rows: Sequence[Row], language: Language) -> bytes:
    """Return rows as CSV with a byte order mark, semicolons between Swedish cells. A text that would be a formula gets a ' before it."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";" if language == "sv" else ",", lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([_written(cell, language) for cell in row.values()] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def xlsx_file(headings: Sequence[str], rows: Sequence[Row], language: Language) -> bytes:  # noqa: ARG001
    """Return rows as a workbook of one sheet: texts as texts, days as days, numbers as numbers, the headings fixed above."""
    held = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(held, options) as book:
        sheet = book.add_worksheet()
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(1, len(rows)), len(headings) - 1)
        sheet.set_column(0, len(headings) - 1, 18)
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, heading, bold)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row.values()):
                if isinstance(cell, date):
                    sheet.write_datetime(number, column, cell, day)
                elif isinstance(cell, float):
                    sheet.write_number(number, column, cell)
                elif cell:
                    sheet.write_string(number, column, printable(cell)[:_CELL])
    return held.getvalue()


def json_file(headings: Sequence[str], rows: Sequence[Row], language: Language) -> bytes:  # noqa: ARG001
    """Return rows as a JSON list of objects whose names are the same in both languages."""
    plain = [{name: cell if isinstance(cell, float) else _text(cell) for name, cell in row.items()} for row in rows]
    return json.dumps(plain, ensure_ascii=False, indent=1).encode()


FORMS: Mapping[str, tuple[str, Callable[[Sequence[str], Sequence[Row], Language], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", csv_file),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx_file),
    "json": ("application/json; charset=utf-8", json_file),
}


def _written(cell: Cell, language: Language) -> str:
    if isinstance(cell, float):
        return repr(cell).replace(".", ",") if language == "sv" else repr(cell)
    return _guarded(_text(cell))


def _text(cell: str | date | None) -> str:
    return cell.isoformat() if isinstance(cell, date) else printable(cell or "")


def _guarded(text: str) -> str:
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
