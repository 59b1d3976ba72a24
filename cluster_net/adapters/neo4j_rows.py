"""From the domain's values to the rows that Neo4j takes and back.

A node is (:Record:Actor:University {key: "Actor/ki", id: "ki", kind: "university", ...}), a link a relationship of its own
type with its id among its properties. A row of a node or link is a map; a list of text is a tuple on this side.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cluster_net.domain.filters import Filter, In, Literal, Range, Scalar, conjunctive
from cluster_net.domain.graph import ACTOR, Key, Link, Node, Revision, Tie, Value

Row = dict[str, Any]
MAX_ROWS, MAX_CHARACTERS = 2_000, 2_000_000  # of one message: the server holds it whole beside the transaction
_NODE_OWN, _LINK_OWN = ("key", "id", "kind"), ("id",)


def key_text(key: Key) -> str:
    """Return the value of the property `key`: unique over all labels."""
    return f"{key.label}/{key.id}"


def key_of(text: str) -> Key:
    """Return the key that `key_text` wrote."""
    label, _, id_ = text.partition("/")
    return Key(label, id_)


def node_row(node: Node) -> Row:
    """Return *node* as put_nodes takes it."""
    own = {"key": key_text(node.key), "id": node.key.id, "kind": node.kind}
    return {"key": own["key"], "labels": _labels(node), "properties": _stored(node.properties) | own}


def _labels(node: Node) -> list[str]:
    kind = "".join(word[0].upper() + word[1:] for word in re.findall(r"[^\W_]+", node.kind)) if node.key.label == ACTOR else ""
    return [label for label in ("Record", node.key.label, kind) if label]


def node_of(held: Mapping[str, Any]) -> Node:
    """Return the node with the properties *held*."""
    return Node(key_of(held["key"]), held["kind"], _read(held, _NODE_OWN))


def link_row(link: Link) -> Row:
    """Return *link* as put_links takes it."""
    properties = _stored(link.properties) | {"id": link.id}
    return {"type": link.type, "start": key_text(link.start), "end": key_text(link.end), "properties": properties}


def link_of(row: Mapping[str, Any]) -> Link:
    """Return the link that get_links and the other statements answer."""
    held = row["properties"]
    return Link(held["id"], row["type"], key_of(row["start"]), key_of(row["end"]), _read(held, _LINK_OWN))


def tie_of(row: Mapping[str, Any]) -> Tie:
    """Return the tie that neighbours answers."""
    return Tie(link_of(row["link"]), node_of(row["node"]), row["outgoing"])


def revision_row(revision: Revision, number: int) -> Row:
    """Return *revision* as add_revisions takes it; *number* grows with time."""
    return {
        "number": number,
        "record": key_text(Key(revision.label, revision.id)),
        "action": revision.action,
        "at": revision.at,
        "author": revision.author,
        "reason": revision.reason,
        "diff": revision.diff,
    }


def revision_of(held: Mapping[str, Any]) -> Revision:
    """Return the revision with the properties *held*."""
    said = {name: held[name] for name in ("action", "at", "author", "reason", "diff")}
    return Revision(*key_of(held["record"]), **said)


def entry_row(key: Key, number: int) -> Row:
    """Return the outbox entry for the node with that *key* as add_entries takes it."""
    return {"number": number, "record": key_text(key)}


def clause_rows(where: Filter | None) -> list[list[Row]]:
    """Return *where* as find and facets take it; true and false are written 1 and 0, to which they are equal in a filter."""
    return [[_literal_row(literal) for literal in clause] for clause in conjunctive(where)]


def _literal_row(literal: Literal) -> Row:
    row: Row = {"field": literal.test.field, "op": "exists", "values": [], "low": None, "high": None, "negated": literal.negated}
    match literal.test:
        case In(_, values):
            return row | {"op": "in", "values": [_comparable(value) for value in values]}
        case Range(_, low, high):
            return row | {"op": "range", "low": _comparable(low), "high": _comparable(high)}
        case _:
            return row


def _comparable(value: Scalar | None) -> Scalar | None:
    if isinstance(value, bool):
        return int(value)
    # Neo4j's integers have 64 bits.
    return float(value) if isinstance(value, int) and abs(value) >= 2**63 else value


def _stored(properties: Mapping[str, Value]) -> Row:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in properties.items()}


def _read(held: Mapping[str, Any], own: tuple[str, ...]) -> dict[str, Value]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in held.items() if name not in own}


def batches(rows: Sequence[Any]) -> Iterator[list[Any]]:
    """Cut *rows* into messages of at most MAX_ROWS rows and, but for a single larger row, MAX_CHARACTERS of text."""
    batch: list[Any] = []
    held = 0
    for row in rows:
        weight = _weight(row)
        if batch and (len(batch) == MAX_ROWS or held + weight > MAX_CHARACTERS):
            yield batch
            batch, held = [], 0
        batch.append(row)
        held += weight
    if batch:
        yield batch


def _weight(value: object) -> int:
    match value:
        case str():
            return len(value)
        case dict():
            return sum(map(_weight, value.values()))
        case list():
            return sum(map(_weight, value))
        case _:
            return 8
