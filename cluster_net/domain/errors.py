"""The five errors of the domain; the edge turns each into a status and a page."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with input, where it stands and how to mend it.

    `line` counts from 1, the header included; 0 when the input has no lines.
    """

    message: str
    mend: str
    field: str = ""
    line: int = 0
    file: str = ""

    def __str__(self) -> str:
        where = ", ".join(
            part for part in (self.file, f"line {self.line}" if self.line else "", f"column {self.field}" if self.field else "") if part
        )
        return f"{where}: {self.message} {self.mend}".lstrip(": ").rstrip()


class ClusterError(Exception):
    """Something the caller can be told about in words."""


class NotFound(ClusterError):
    """There is no such record; `gone` when there once was one, `reason` why it was removed, `field` where it was asked for.

    `type` is what was asked for, where it could be of one type only.
    """

    def __init__(self, what: str, *, gone: bool = False, reason: str = "", field: str = "", type_: str = "") -> None:
        super().__init__(what)
        self.gone = gone
        self.reason = reason
        self.field = field
        self.type = type_

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was asked for where, as a problem of that field; none when it is the page itself that is missing."""
        if not self.field:
            return ()
        if not self.type:
            return (Problem(f'There is no "{self}".', "Give the slug of an actor, need.ID or offer.ID.", self.field),)
        mend = "Give the slug of an actor." if self.type == "actor" else f"Give the id of one, also as {self.type}.ID."
        return (Problem(f'There is no {self.type} "{self}".', mend, self.field),)


class Invalid(ClusterError):
    """The input breaks rules; all problems are reported at once."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


class Conflict(ClusterError):
    """Somebody else wrote first; read again and retry."""


class Forbidden(ClusterError):
    """This account may not do this."""


class Unavailable(ClusterError):
    """A store or index does not answer; `service` is "store" or "index"."""

    def __init__(self, service: str, reason: str) -> None:
        super().__init__(f"{service}: {reason}")
        self.service = service
