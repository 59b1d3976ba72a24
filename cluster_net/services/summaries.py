"""Single records for the interface, with the names of what they mention."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cluster_net.domain.errors import NotFound
from cluster_net.domain.graph import ACCESS_STATEMENT, ACTOR, CONCEPT, Key, Node, Tie
from cluster_net.domain.nodes import from_node, record_of
from cluster_net.domain.records import AccessStatement, Actor, Concept, Need, Offer
from cluster_net.domain.vocabulary import COLLABORATION_TYPES, Language
from cluster_net.services.ports import GraphStore

Listed = Actor | Concept | Need | Offer


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """One record with the names it mentions and, for an actor, what is said about access."""

    record: Listed
    names: Mapping[Key, str]
    statements: tuple[AccessStatement, ...] = ()


def find_record(store: GraphStore, label: str, slug: str, language: Language) -> FoundRecord:
    """Return one record. Raises NotFound, `gone` when there once was one."""
    key = Key(label, slug)
    record = record_of(require_node(store, key))
    if not isinstance(record, Listed):
        raise NotFound(slug)
    told = store.neighbours([key], ("DESCRIBES",), "in")[key] if label == ACTOR else []
    statements = tuple(from_node(tie.node, AccessStatement) for tie in told if tie.node.key.label == ACCESS_STATEMENT)
    return FoundRecord(record, names_of(store, mentioned([record]), language), statements)


def require_node(store: GraphStore, key: Key) -> Node:
    """Return the node with that key. Raises NotFound, `gone` with the reason when there once was one."""
    node = store.get([key]).get(key)
    if node is None:
        last = store.revisions(*key, limit=1)
        gone = bool(last) and last[0].action == "removed"
        raise NotFound(key.id, gone=gone, reason=last[0].reason if gone else "")
    return node


def collaborations_of(store: GraphStore, slug: str) -> tuple[Actor, list[Tie]]:
    """Return an actor and its collaborations, sorted by type and other end. Raises NotFound."""
    key = Key(ACTOR, slug)
    return from_node(require_node(store, key), Actor), store.neighbours([key], tuple(COLLABORATION_TYPES))[key]


def names_of(store: GraphStore, keys: Iterable[Key], language: Language) -> dict[Key, str]:
    """Return the names of records, those that exist, in one round trip."""
    wanted = tuple(dict.fromkeys(keys))
    return {key: record_of(node).name(language) for key, node in store.get(wanted).items()} if wanted else {}


def mentioned(records: Iterable[Listed]) -> list[Key]:
    """Return the keys of the concepts and owners that *records* mention."""
    keys: list[Key] = []
    for record in records:
        keys += [Key(CONCEPT, one) for one in concepts_of(record)]
        if isinstance(record, Need | Offer) and record.owner_id:
            keys.append(Key(ACTOR, record.owner_id))
    return keys


def concepts_of(record: Listed) -> tuple[str, ...]:
    """Return the concepts that a record names."""
    match record:
        case Actor():
            return record.capabilities
        case Concept():
            return record.broader
        case _:
            return record.concepts


def concept_names(store: GraphStore, language: Language) -> dict[str, str]:
    """Return the name of every concept, by id."""
    return {node.key.id: from_node(node, Concept).name(language) for node in store.find(CONCEPT, limit=None).rows}
