"""Filters as a small tree of values, and the one normal form that every engine translates.

A filter is never a string. A field may hold one value or a list; a list field satisfies a test when any of its values does.
A missing field satisfies no test but `Not` of one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product

from cluster_net.domain.errors import Invalid, Problem
from cluster_net.domain.graph import Value

Scalar = str | int | float | bool
MAX_CLAUSES = 256


@dataclass(frozen=True, slots=True)
class Eq:
    """The field has this value."""

    field: str
    value: Scalar


@dataclass(frozen=True, slots=True)
class In:
    """The field has one of these values; with none given nothing passes."""

    field: str
    values: tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class Range:
    """The field's value lies between the bounds, both included; None is open. Bounds are both numbers or both text."""

    field: str
    low: str | int | float | None = None
    high: str | int | float | None = None


@dataclass(frozen=True, slots=True)
class Exists:
    """The field has a value."""

    field: str


@dataclass(frozen=True, slots=True)
class And:
    """All parts hold; with no part everything passes."""

    parts: tuple["Filter", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one part holds; with no part nothing passes."""

    parts: tuple["Filter", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: "Filter"


Test = Eq | In | Range | Exists
Filter = Test | And | Or | Not


@dataclass(frozen=True, slots=True)
class Literal:
    """A test, or its denial. Tests are In, Range or Exists only: Eq has become an In of one value."""

    test: In | Range | Exists
    negated: bool = False


Clause = tuple[Literal, ...]


def conjunctive(where: Filter | None) -> tuple[Clause, ...]:
    """Return *where* as clauses that must all hold, each of literals of which one must hold.

    () lets everything pass, ((),) nothing. Raises Invalid when the form would exceed MAX_CLAUSES clauses.
    """
    return () if where is None else _clauses(where, negated=False)


def _clauses(where: Filter, *, negated: bool) -> tuple[Clause, ...]:
    match where:
        case Not(part):
            return _clauses(part, negated=not negated)
        case Eq(field, value):
            return ((Literal(In(field, (value,)), negated),),)
        case And(parts) | Or(parts):
            forms = [_clauses(part, negated=negated) for part in parts]
            return _all(forms) if isinstance(where, And) != negated else _any(forms)
        case _:
            return ((Literal(where, negated),),)


def _all(forms: Iterable[tuple[Clause, ...]]) -> tuple[Clause, ...]:
    return _bounded(dict.fromkeys(clause for form in forms for clause in form))


def _any(forms: list[tuple[Clause, ...]]) -> tuple[Clause, ...]:
    size = 1
    for form in forms:
        size *= len(form)
        if size > MAX_CLAUSES:
            break
    if size > MAX_CLAUSES:
        raise Invalid([Problem("The filter is too large.", "Choose fewer conditions.")])
    return _bounded(dict.fromkeys(tuple(dict.fromkeys(literal for clause in choice for literal in clause)) for choice in product(*forms)))


def _bounded(clauses: Mapping[Clause, None]) -> tuple[Clause, ...]:
    if len(clauses) > MAX_CLAUSES:
        raise Invalid([Problem("The filter is too large.", "Choose fewer conditions.")])
    return tuple(clauses)


def passes(where: Filter | None, properties: Mapping[str, Value]) -> bool:
    """Tell whether a record with these *properties* satisfies *where*: the meaning that engines must agree with."""
    return all(any(_holds(literal, properties) for literal in clause) for clause in conjunctive(where))


def _holds(literal: Literal, properties: Mapping[str, Value]) -> bool:
    held = properties.get(literal.test.field, ())
    values: tuple[Scalar, ...] = held if isinstance(held, tuple) else (held,)
    return any(_matches(literal.test, value) for value in values) != literal.negated


def _matches(test: In | Range | Exists, value: Scalar) -> bool:
    match test:
        case Exists():
            return True
        case In(_, values):
            return any(value == wanted and isinstance(value, str) == isinstance(wanted, str) for wanted in values)
        case Range(_, low, high):
            return _in_bounds(value, low, high)


def _in_bounds(value: Scalar, low: str | float | None, high: str | float | None) -> bool:
    bounds = [bound for bound in (low, high) if bound is not None]
    if any(isinstance(bound, str) != isinstance(value, str) for bound in bounds):
        return False
    return (low is None or low <= value) and (high is None or value <= high)  # type: ignore[operator]
