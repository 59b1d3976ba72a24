"""The property graph as every store holds it: nodes, links, and one write as a value."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

Value = str | int | float | bool | tuple[str, ...]
Row = TypeVar("Row")

ACTOR, CONCEPT, NEED, OFFER, ACCESS_STATEMENT, IMPORT = "Actor", "Concept", "Need", "Offer", "AccessStatement", "Import"
# Links between records that are no collaboration: they follow from a record's own fields.
STRUCTURE_TYPES = ("HAS_CAPABILITY", "BROADER", "SEEKS", "PROVIDES", "ABOUT", "DESCRIBES")


class Key(NamedTuple):
    """What names a node: its label and its public id."""

    label: str
    id: str


@dataclass(frozen=True, slots=True)
class Node:
    """A record as the graph holds it; `properties` has no empty value (None, "", ())."""

    key: Key
    kind: str
    properties: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Link:
    """A directed, typed relationship with an id of its own."""

    id: str
    type: str
    start: Key
    end: Key
    properties: Mapping[str, Value]

    @property
    def confidence(self) -> float:
        """Return how sure the statement is, in (0, 1]; 0 when it does not say."""
        held = self.properties.get("confidence", 0.0)
        return float(held) if isinstance(held, int | float) else 0.0


@dataclass(frozen=True, slots=True)
class Tie:
    """A link seen from one of its ends: *node* is the other end, *outgoing* tells the direction."""

    link: Link
    node: Node
    outgoing: bool


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows of a list and how many there are in all."""

    rows: tuple[Row, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Revision:
    """Who changed what, when and why. `diff` is JSON text {field: [before, after]}; action is added, changed or removed.

    `label` and `id` name the node, or "Collaboration" and the link's id.
    """

    label: str
    id: str
    action: str
    at: str
    author: str
    reason: str
    diff: str = "{}"


@dataclass(frozen=True, slots=True)
class Changes:
    """One write: all of it becomes visible and durable, or none.

    Order of work: unlink, delete (with the node's links), put, link. Putting or linking what exists replaces it whole.
    `reindex` names the nodes whose search entry must follow (the outbox); `expected_version` makes a write fail with
    Conflict when another one came first.
    """

    put: tuple[Node, ...] = ()
    delete: tuple[Key, ...] = ()
    link: tuple[Link, ...] = ()
    unlink: tuple[str, ...] = ()
    revisions: tuple[Revision, ...] = ()
    reindex: tuple[Key, ...] = ()
    expected_version: int | None = None

    def __bool__(self) -> bool:
        return bool(self.put or self.delete or self.link or self.unlink or self.revisions)


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """A node whose search entry is behind; `number` grows with time."""

    number: int
    key: Key


@dataclass(slots=True)
class Dump:
    """Everything a store holds, of one data version, ordered by key and link id."""

    version: int
    nodes: list[Node] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    def of_label(self, label: str) -> Iterator[Node]:
        """Yield the nodes with that label."""
        return (node for node in self.nodes if node.key.label == label)
