"""What a cell may hold: each form parses text into a value or says what is wrong and how to mend it."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Literal
from urllib.parse import urlsplit

from cluster_net.domain.graph import Value
from cluster_net.domain.text import forbidden_characters, is_slug

Form = Literal["text", "slug", "slugs", "words", "choice", "choices", "integer", "decimal", "yesno", "date", "url", "source"]
LISTS = frozenset({"slugs", "words", "choices"})
Parsed = Value | None
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


class Wrong(ValueError):
    """A cell breaks a rule: what is wrong, and the mend."""

    def __init__(self, message: str, mend: str) -> None:
        super().__init__(message)
        self.message, self.mend = message, mend


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table. `limit` counts characters; `field` is the record's field when it has another name.

    `refers` is the label of the records whose ids the cell names.
    """

    name: str
    form: Form = "text"
    required: bool = False
    choices: Collection[str] = ()
    limit: int = 300
    low: float = 0
    high: float = 10**12
    check: Callable[[str], bool] | None = None
    field: str = ""
    refers: str = ""

    @property
    def fills(self) -> str:
        """Return the name of the record's field."""
        return self.field or self.name

    def parse(self, cell: str) -> Parsed:
        """Return the value of *cell*: a tuple for lists, None for an empty number. Raises Wrong."""
        text = cell.strip()
        if not text:
            if self.required:
                raise Wrong("A value is required here.", "Fill in the cell.")
            return () if self.form in LISTS else None if self.form in {"integer", "decimal"} else False if self.form == "yesno" else ""
        if len(text) > self.limit * (20 if self.form in LISTS else 1):
            raise Wrong(f"The text has {len(text)} characters.", f"Shorten it to {self.limit} characters.")
        if bad := forbidden_characters(text):
            raise Wrong(f"The text holds characters that are not allowed: {', '.join(bad[:5])}.", "Remove the invisible characters.")
        if self.form in LISTS:
            return tuple(dict.fromkeys(str(self._one(part.strip())) for part in text.split(";") if part.strip()))
        return self._one(text)

    def write(self, value: Parsed) -> str:
        """Return the cell of *value*, such that `parse` gives it back."""
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, tuple):
            return "; ".join(value)
        return "" if value is None else str(value)

    def _one(self, text: str) -> Value:
        if self.check is not None and not self.check(text):
            raise Wrong(f"{_short(text)} is not a valid {self.name}.", "Check the identifier for a slip; its form or checksum is wrong.")
        return _PARSERS[self.form](self, text)


def _short(text: str) -> str:
    return f'"{text if len(text) <= 60 else text[:57] + "..."}"'


def _text(column: Column, text: str) -> str:
    if len(text) > column.limit:
        raise Wrong(f"The text has {len(text)} characters.", f"Shorten it to {column.limit} characters.")
    return text


def _slug(_column: Column, text: str) -> str:
    if not is_slug(text):
        raise Wrong(f"{_short(text)} cannot be an id.", "Use a-z, 0-9 and single hyphens, at most 120 characters.")
    return text


def _choice(column: Column, text: str) -> str:
    if text not in column.choices:
        raise Wrong(f"{_short(text)} is not one of the words of this column.", f"Use one of: {', '.join(column.choices)}.")
    return text


def _number(column: Column, text: str) -> int | float:
    whole = column.form == "integer"
    try:
        number = int(text) if whole else float(text)
    except ValueError:
        raise Wrong(f"{_short(text)} is not a number.", "Write digits only, with a point for decimals.") from None
    if not column.low <= number <= column.high:
        raise Wrong(f"{_short(text)} is out of bounds.", f"Give a number from {column.low:g} to {column.high:g}.")
    return number


def _yesno(_column: Column, text: str) -> bool:
    if text not in {"yes", "no"}:
        raise Wrong(f"{_short(text)} is neither yes nor no.", "Write yes or no.")
    return text == "yes"


def _date(_column: Column, text: str) -> str:
    if _DATE.fullmatch(text) is None or not _is_in_calendar(text):
        raise Wrong(f"{_short(text)} is not a date.", "Write YYYY, YYYY-MM or YYYY-MM-DD, of a day there is.")
    return text


def _is_in_calendar(text: str) -> bool:
    """Tell whether there is such a year, month or day: no 30 February, and no year 0."""
    try:
        date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return False
    return True


def _url(column: Column, text: str) -> str:
    try:
        parts = urlsplit(text)
        held = parts.scheme in {"http", "https"} and bool(parts.hostname) and not any(c.isspace() or c in "<>\"'\\" for c in text)
    except ValueError:
        held = False
    if not held:
        raise Wrong(f"{_short(text)} is not a web address.", "Give an address that begins with https:// or http://.")
    return _text(column, text)


def _source(column: Column, text: str) -> str:
    return _url(column, text) if _SCHEME.match(text) else _text(column, text)


_PARSERS: dict[Form, Callable[[Column, str], Value]] = {
    "text": _text,
    "words": _text,
    "slug": _slug,
    "slugs": _slug,
    "choice": _choice,
    "choices": _choice,
    "integer": _number,
    "decimal": _number,
    "yesno": _yesno,
    "date": _date,
    "url": _url,
    "source": _source,
}
