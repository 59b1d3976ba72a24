"""From records to nodes of the graph and back."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, TypeVar

from cluster_net.domain.graph import ACCESS_STATEMENT, ACTOR, CONCEPT, IMPORT, NEED, OFFER, Link, Node, Value
from cluster_net.domain.records import AccessStatement, Actor, Collaboration, Concept, Import, Need, Offer, Record, filled
from cluster_net.domain.text import sort_key

_KEPT_BY_STORE = ("sort_sv", "sort_en", "updated")
_BY_LABEL: Mapping[str, type[Record]] = {
    ACTOR: Actor, CONCEPT: Concept, NEED: Need, OFFER: Offer, ACCESS_STATEMENT: AccessStatement, IMPORT: Import
}  # fmt: skip
R = TypeVar("R", Actor, Concept, Need, Offer, AccessStatement, Import)


def to_node(record: Record, *, updated: str = "") -> Node:
    """Return the node of *record*: its filled fields, its sort keys in both languages and the time of its last change."""
    held = filled(record, leave_out=("id", "kind"))
    held |= {"sort_sv": sort_key(record.name("sv")), "sort_en": sort_key(record.name("en")), "updated": updated}
    return Node(record.key, record.kind, {name: value for name, value in held.items() if value != ""})


def from_node(node: Node, kind: type[R]) -> R:
    """Return the record that *node* holds, of the class that its label names."""
    record = record_of(node)
    if not isinstance(record, kind):
        raise TypeError(f"{node.key.label} is no {kind.__name__}")
    return record


def record_of(node: Node) -> Record:
    """Return the record that *node* holds."""
    kind = _BY_LABEL[node.key.label]
    names = {field.name for field in fields(kind)}
    known: dict[str, Any] = {name: value for name, value in node.properties.items() if name in names}
    known |= {name: value for name, value in (("id", node.key.id), ("kind", node.kind)) if name in names}
    return kind(**known)


def collaboration_of(link: Link) -> Collaboration:
    """Return the collaboration that *link* holds."""
    names = {field.name for field in fields(Collaboration)}
    known: dict[str, Any] = {name: value for name, value in link.properties.items() if name in names}
    return Collaboration(from_id=link.start.id, type=link.type, to_id=link.end.id, **known)


def facts_of(node: Node) -> dict[str, Value]:
    """Return what a node states, without what the store keeps for itself."""
    return {"kind": node.kind} | {name: value for name, value in node.properties.items() if name not in _KEPT_BY_STORE}
