"""Keeping the search index true: the outbox is drained into it, or the whole is built anew beside it."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from threading import Event

from cluster_net.domain.documents import actor_document, concept_document, proposal_document
from cluster_net.domain.errors import Unavailable
from cluster_net.domain.graph import ACCESS_STATEMENT, ACTOR, CONCEPT, NEED, OFFER, Dump, Key, Node
from cluster_net.domain.nodes import from_node, record_of
from cluster_net.domain.records import AccessStatement, Actor, Concept, Need, Offer
from cluster_net.domain.search import Document, document_id
from cluster_net.services.ports import GraphStore, SearchIndex

LOG = logging.getLogger(__name__)
BATCH = 2000
LEASE_SECONDS = 120.0
INDEXED = (ACTOR, CONCEPT, NEED, OFFER)


def drain_outbox(store: GraphStore, index: SearchIndex, progress: Callable[[int], None] = lambda _: None) -> int:
    """Bring the index up to date; return the number of outbox entries done. *progress* is told how many remain.

    Entries are cleared only when the index holds them durably, so a crash repeats work but loses none.
    """
    done = 0
    while entries := store.lease_outbox(BATCH, LEASE_SECONDS):
        _refresh(store, index, _with_dependents(store, [entry.key for entry in entries]))
        store.clear_outbox([entry.number for entry in entries])
        done += len(entries)
        progress(store.outbox_lag())
    return done


def rebuild_index(store: GraphStore, index: SearchIndex) -> int:
    """Build the index anew beside the live one and swap; return the number of documents.

    Changes made meanwhile wait in the outbox and are drained afterwards.
    """
    count = index.rebuild(_all_documents(store))
    drain_outbox(store, index)
    return count


def _all_documents(store: GraphStore) -> Iterator[Document]:
    """Yield all documents of the store as it is once the index asks for the first, which it does when it holds its lock."""
    yield from documents_of(store.dump())


def make_ready(store: GraphStore, index: SearchIndex) -> None:
    """Make store and index ready; an index that is new, was damaged or has older fields is built from the store."""
    store.prepare()
    index.ensure()
    if index.count() == 0 and store.version() > 0:
        rebuild_index(store, index)


def follow_outbox(store: GraphStore, index: SearchIndex, seconds: float, stop: Event) -> None:
    """Drain the outbox every *seconds* until *stop* is set; an engine that is down is tried again, up to a minute later."""
    pause = seconds
    while not stop.wait(pause):
        try:
            drain_outbox(store, index)
            pause = seconds
        except Unavailable as error:
            pause = min(60.0, pause * 2)
            LOG.warning("The outbox waits, next try in %.0f s: %s", pause, error)


def documents_of(dump: Dump) -> Iterator[Document]:
    """Yield the document of everything in *dump* that can be found."""
    concepts = {node.key.id: from_node(node, Concept) for node in dump.of_label(CONCEPT)}
    actors = {node.key.id: from_node(node, Actor) for node in dump.of_label(ACTOR)}
    statements: dict[str, list[AccessStatement]] = {}
    for node in dump.of_label(ACCESS_STATEMENT):
        statement = from_node(node, AccessStatement)
        statements.setdefault(statement.actor_id, []).append(statement)
    for node in dump.nodes:
        if node.key.label in INDEXED:
            yield _document(node, concepts, actors, statements.get(node.key.id, ()))


def _document(node: Node, concepts: dict[str, Concept], actors: dict[str, Actor], statements: Sequence[AccessStatement]) -> Document:
    updated = str(node.properties.get("updated", ""))
    match record_of(node):
        case Actor() as actor:
            return actor_document(actor, concepts, statements, updated=updated)
        case Concept() as concept:
            return concept_document(concept, concepts, updated=updated)
        case Need() | Offer() as proposal:
            return proposal_document(proposal, concepts, actors.get(proposal.owner_id), updated=updated)
        case other:
            raise TypeError(f"{type(other).__name__} is not searched")


def _with_dependents(store: GraphStore, keys: Sequence[Key]) -> list[Key]:
    """Add what shows *keys*: what has a concept or a narrower one, and what an actor seeks or provides."""
    owned = store.neighbours([key for key in keys if key.label == ACTOR], ("SEEKS", "PROVIDES"), "out")
    concepts = _narrower_too(store, [key for key in keys if key.label == CONCEPT])
    having = store.neighbours(concepts, ("HAS_CAPABILITY", "ABOUT"), "in")
    others = (tie.node.key for ties in (*owned.values(), *having.values()) for tie in ties)
    return list(dict.fromkeys((*keys, *concepts, *others)))


def _narrower_too(store: GraphStore, keys: Sequence[Key]) -> list[Key]:
    """Return the concepts *keys* with all narrower ones, a round trip for each level."""
    held, level = dict.fromkeys(keys), list(keys)
    while level:
        found = store.neighbours(level, ("BROADER",), "in")
        level = [key for key in dict.fromkeys(tie.node.key for ties in found.values() for tie in ties) if key not in held]
        held |= dict.fromkeys(level)
    return list(held)


def _refresh(store: GraphStore, index: SearchIndex, keys: Sequence[Key]) -> None:
    nodes = store.get(keys)
    records = {key: record_of(node) for key, node in nodes.items()}
    owners = [Key(ACTOR, record.owner_id) for record in records.values() if isinstance(record, Need | Offer)]
    words = [Key(CONCEPT, id_) for record in records.values() for id_ in _concept_ids(record)]
    around = store.get(list(dict.fromkeys((*owners, *words))))
    concepts = _with_broader(store, around)
    actors = {key.id: from_node(node, Actor) for key, node in around.items() if key.label == ACTOR}
    told = store.neighbours([key for key in nodes if key.label == ACTOR], ("DESCRIBES",), "in")
    statements = {key: [from_node(tie.node, AccessStatement) for tie in ties] for key, ties in told.items()}
    index.put([_document(node, concepts, actors, statements.get(key, ())) for key, node in nodes.items() if key.label in INDEXED])
    index.delete([document_id(*key) for key in keys if key not in nodes])


def _with_broader(store: GraphStore, around: Mapping[Key, Node]) -> dict[str, Concept]:
    """Return the concepts of *around* with all broader ones, a round trip for each level."""
    held = {key.id: from_node(node, Concept) for key, node in around.items() if key.label == CONCEPT}
    while missing := {wider for concept in held.values() for wider in concept.broader} - held.keys():
        found = store.get([Key(CONCEPT, id_) for id_ in sorted(missing)])
        held |= {key.id: from_node(node, Concept) for key, node in found.items()}
        if len(found) < len(missing):
            break
    return held


def _concept_ids(record: object) -> Iterable[str]:
    match record:
        case Actor():
            return record.capabilities
        case Need() | Offer():
            return record.concepts
        case Concept():
            return record.broader
        case _:
            return ()
