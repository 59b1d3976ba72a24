"""How the embedded store writes nodes, links and filters as rows and SQL fragments; values are always parameters."""

import json
from collections.abc import Iterable, Iterator, Sequence

from cluster_net.domain.filters import Exists, Filter, In, Literal, Range, conjunctive
from cluster_net.domain.graph import Key, Link, Node, Value

_LONGEST = 200  # longer text is no use to a filter, a facet or an order: its beginning is enough
Parameter = str | int | float | None


def encode(properties: object) -> str:
    """Return *properties* as JSON text."""
    return json.dumps(properties, ensure_ascii=False, separators=(",", ":"))


def decode(text: str) -> dict[str, Value]:
    """Return the properties of JSON *text*; lists come back as tuples."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in json.loads(text).items()}


def keys_json(keys: Iterable[Key]) -> str:
    """Return *keys* as one JSON parameter."""
    return encode([list(key) for key in keys])


def node_of(row: Sequence[str]) -> Node:
    """Return the node of (label, id, kind, properties)."""
    return Node(Key(row[0], row[1]), row[2], decode(row[3]))


def link_of(row: Sequence[str]) -> Link:
    """Return the link of (id, type, start label, start id, end label, end id, properties)."""
    return Link(row[0], row[1], Key(row[2], row[3]), Key(row[4], row[5]), decode(row[6]))


def value_rows(node: Node) -> Iterator[tuple[str, str, Parameter, str]]:
    """Yield (label, field, value, id) of each value that can be filtered by."""
    for name, held in (("id", node.key.id), ("kind", node.kind), *node.properties.items()):
        for value in dict.fromkeys(held if isinstance(held, tuple) else (held,)):
            yield node.key.label, name, value[:_LONGEST] if isinstance(value, str) else value, node.key.id


def where_sql(label: str, where: Filter | None) -> tuple[str, list[Parameter]]:
    """Return a condition on `n.label` and `n.id`, and its parameters."""
    parts, parameters = ["n.label = ?"], [label]
    for clause in conjunctive(where):
        tests = [_literal(label, literal) for literal in clause]
        parts.append(f"({' OR '.join(sql for sql, _ in tests) or '0'})")
        parameters += [parameter for _, given in tests for parameter in given]  # type: ignore[misc]
    return " AND ".join(parts), list(parameters)


def _literal(label: str, literal: Literal) -> tuple[str, list[Parameter]]:
    test, given = _test(literal.test)
    word = "NOT IN" if literal.negated else "IN"
    sql = f"n.id {word} (SELECT id FROM node_values WHERE label = ? AND field = ? AND {test})"  # noqa: S608
    return sql, [label, literal.test.field, *given]


def _test(test: In | Range | Exists) -> tuple[str, list[Parameter]]:
    match test:
        case In(_, values):
            return "value IN (SELECT value FROM json_each(?))", [encode(list(values))]
        case Range(_, low, high):
            return _bounds(low, high)
        case Exists():
            return "1", []


def _bounds(low: Parameter, high: Parameter) -> tuple[str, list[Parameter]]:
    given = [(sign, bound) for sign, bound in ((">=", low), ("<=", high)) if bound is not None]
    parts = [f"value {sign} ? AND (typeof(value) = 'text') = (typeof(?) = 'text')" for sign, _ in given]
    return " AND ".join(parts) or "1", [bound for _, bound in given for _ in range(2)]
