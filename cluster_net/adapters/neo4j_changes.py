"""One write into Neo4j: all of a Changes value inside one transaction."""

from collections.abc import Sequence

from neo4j import ManagedTransaction, Record

from cluster_net.adapters.neo4j_rows import Row, batches, entry_row, key_of, key_text, link_row, node_row, revision_row
from cluster_net.adapters.neo4j_statements import Statement, statement
from cluster_net.domain.errors import Conflict, Invalid, NotFound, Problem
from cluster_net.domain.graph import STRUCTURE_TYPES, Changes, Link
from cluster_net.domain.vocabulary import COLLABORATION_TYPES

_TYPES = {*COLLABORATION_TYPES, *STRUCTURE_TYPES}


def lock(tx: ManagedTransaction, name: str) -> Record:
    """Wait for the lock called *name*, hold it until the transaction ends, and return its counters."""
    return tx.run(statement("lock"), name=name).single(strict=True)


def write_changes(tx: ManagedTransaction, changes: Changes) -> int:
    """Write *changes* and return the new data version; harmless when the whole transaction is tried again."""
    counters = lock(tx, "graph")
    version: int = counters["version"]
    if changes.expected_version is not None and changes.expected_version != version:
        raise Conflict(f"The graph is at version {version}, not {changes.expected_version}: somebody else wrote first.")
    links = list({link.id: link for link in changes.link}.values())
    _refuse_unknown_types(links)
    # What is sought after a deletion in the same transaction takes time in proportion to it: so all links that must go,
    # those written anew too, are named in one statement, and so are all nodes.
    _at_once(tx, "unlink", "ids", [*changes.unlink, *(link.id for link in links)])
    _at_once(tx, "delete_nodes", "keys", [key_text(key) for key in changes.delete])
    _in_batches(tx, "put_nodes", "rows", [node_row(node) for node in changes.put])
    _put_links(tx, links)
    revisions = [revision_row(revision, number) for number, revision in enumerate(changes.revisions, counters["revisions"] + 1)]
    _in_batches(tx, "add_revisions", "rows", revisions)
    # No worker may take an entry and index the old state between our finding that it waits and our commit.
    lock(tx, "outbox")
    entries = [entry_row(key, number) for number, key in enumerate(dict.fromkeys(changes.reindex), counters["entries"] + 1)]
    _in_batches(tx, "add_entries", "rows", entries)
    advanced = tx.run(statement("advance"), revisions=len(revisions), entries=len(entries))
    return int(advanced.single(strict=True)["version"])


def _at_once(tx: ManagedTransaction, name: Statement, parameter: str, names: list[str]) -> None:
    if names:
        tx.run(statement(name), {parameter: names}).consume()


def _in_batches(tx: ManagedTransaction, name: Statement, parameter: str, rows: Sequence[object]) -> None:
    for batch in batches(rows):
        tx.run(statement(name), {parameter: batch}).consume()


def _put_links(tx: ManagedTransaction, links: Sequence[Link]) -> None:
    for batch in batches([link_row(link) for link in links]):
        written = tx.run(statement("put_links"), rows=batch).single(strict=True)["written"]
        if written != len(batch):
            raise NotFound(f"There is no {_missing_end(tx, batch)} to link.")


def _missing_end(tx: ManagedTransaction, rows: Sequence[Row]) -> str:
    ends = [row[end] for row in rows for end in ("start", "end")]
    there = {record["node"]["key"] for record in tx.run(statement("get_nodes"), keys=ends)}
    key = key_of(next(end for end in ends if end not in there))
    return f"{key.label} {key.id}"


def _refuse_unknown_types(links: Sequence[Link]) -> None:
    unknown = sorted({link.type for link in links} - _TYPES)
    if unknown:
        # Without the type's index on id a second write of the link could not find the first.
        mend = "Add it to the vocabulary, to graph/schema.cypher and to the queries that name the types."
        raise Invalid([Problem(f"There is no type of link called {name}.", mend, field="type") for name in unknown])
