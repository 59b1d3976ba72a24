"""The graph store on Neo4j (>= 5.26, Community is enough) by the official driver."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from neo4j import Driver, GraphDatabase, ManagedTransaction, Record, Session
from neo4j.exceptions import AuthError, DriverError, Neo4jError, ServiceUnavailable, SessionExpired, TransientError

from cluster_net.adapters.neo4j_changes import lock, write_changes
from cluster_net.adapters.neo4j_rows import clause_rows, key_of, key_text, link_of, node_of, revision_of, tie_of
from cluster_net.adapters.neo4j_statements import Statement, schema, statement
from cluster_net.domain.errors import Unavailable
from cluster_net.domain.filters import Filter
from cluster_net.domain.graph import Changes, Dump, Key, Link, Node, OutboxEntry, Page, Revision, Tie
from cluster_net.services.ports import Direction

Answer = TypeVar("Answer")
_ALL = 2**31 - 1  # the longest list Cypher can cut
_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (AuthError, "Neo4j refused the user name or the password."),
    (ServiceUnavailable, "Neo4j does not answer."),
    (SessionExpired, "Neo4j does not answer."),
    (TransientError, "Neo4j has no room for this now: it is too busy, or its heap is too small for the write."),
)


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (DriverError, Neo4jError) as error:
        known = next((reason for kind, reason in _REASONS if isinstance(error, kind)), "")
        code = getattr(error, "code", None) or type(error).__name__
        raise Unavailable("store", known or f"Neo4j answered {code}.") from error


class Neo4jGraph:
    """A GraphStore in a Neo4j database. Writers queue; a read sees what is committed when it runs."""

    def __init__(self, uri: str, user: str | None = None, password: str | None = None) -> None:
        try:
            self._driver: Driver = GraphDatabase.driver(
                uri,
                auth=(user or "neo4j", password) if password else None,
                connection_timeout=5.0,
                connection_acquisition_timeout=15.0,
                max_transaction_retry_time=5.0,
                notifications_min_severity="OFF",
                telemetry_disabled=True,
            )
        except (DriverError, ValueError):
            # The driver's own words quote the address, which may hold a password by mistake.
            raise Unavailable("store", "The address of Neo4j is not one the driver takes.") from None

    def __repr__(self) -> str:
        return "Neo4jGraph()"

    def prepare(self) -> None:
        """Create the constraints and indexes of graph/schema.cypher that are missing, and the two locks."""
        self._write(_create_schema)
        self._write(lambda tx: tx.run(statement("await_indexes")).consume())
        self._write(_create_locks)

    def version(self) -> int:
        """Return the data version."""
        rows = self._read("version")
        return rows[0]["version"] if rows else 0

    def get(self, keys: Sequence[Key]) -> dict[Key, Node]:
        """Return the nodes that exist among *keys*."""
        rows = self._read("get_nodes", keys=_texts(keys))
        return {node.key: node for node in (node_of(row["node"]) for row in rows)}

    def get_links(self, ids: Sequence[str]) -> dict[str, Link]:
        """Return the links that exist among *ids*."""
        rows = self._read("get_links", ids=list(dict.fromkeys(ids)))
        return {link.id: link for link in (link_of(row["link"]) for row in rows)}

    def find(self, label: str, where: Filter | None = None, *, order: str = "id", limit: int | None = 20, offset: int = 0) -> Page[Node]:
        """Return one page of the nodes with *label* that satisfy *where*."""
        rows = self._read(
            "find",
            prefix=f"{label}/",
            clauses=clause_rows(where),
            order=order.removeprefix("-"),
            falling=order.startswith("-"),
            **{"from": min(offset, _ALL), "to": _ALL if limit is None else min(offset + limit, _ALL)},
        )
        return Page(tuple(node_of(row["node"]) for row in rows if row["node"] is not None), rows[0]["total"])

    def facets(self, label: str, fields: Sequence[str], where: Filter | None = None) -> dict[str, dict[str, int]]:
        """Count the values of each of *fields*."""
        counts: dict[str, dict[str, int]] = {field: {} for field in fields}
        for row in self._read("facets", prefix=f"{label}/", clauses=clause_rows(where), fields=list(counts)):
            value = row["value"]
            # True is 1 in a filter and so in its facet.
            text = str(int(value)) if isinstance(value, bool) else str(value)
            counts[row["field"]][text] = counts[row["field"]].get(text, 0) + row["nodes"]
        return counts

    def neighbours(self, keys: Sequence[Key], types: Sequence[str] | None = None, direction: Direction = "both") -> dict[Key, list[Tie]]:
        """Return the ties of each of *keys*."""
        ties: dict[Key, list[Tie]] = {key: [] for key in keys}
        wanted = None if types is None else list(types)
        for row in self._read("neighbours", keys=_texts(keys), types=wanted, direction=direction):
            ties[key_of(row["key"])].append(tie_of(row))
        for held in ties.values():
            held.sort(key=lambda tie: (tie.link.type, tie.node.key, tie.link.id))
        return ties

    def dump(self) -> Dump:
        """Return all nodes and links; the lock keeps writers out, since Neo4j has no snapshot reads."""
        dump = self._write(_dump)
        dump.nodes.sort(key=lambda node: node.key)
        dump.links.sort(key=lambda link: link.id)
        return dump

    def apply(self, changes: Changes) -> int:
        """Write *changes* in one transaction."""
        if not changes:
            return self.version()
        return self._write(write_changes, changes)

    def revisions(self, label: str, id: str, *, limit: int = 20) -> list[Revision]:  # noqa: A002
        """Return what was changed on one node or link, newest first."""
        rows = self._read("revisions", record=key_text(Key(label, id)), limit=limit)
        return [revision_of(row["revision"]) for row in rows]

    def lease_outbox(self, limit: int, seconds: float) -> list[OutboxEntry]:
        """Take the oldest *limit* entries that nobody holds."""
        rows = self._write(_locked_outbox, "lease_outbox", limit=limit, milliseconds=int(seconds * 1000))
        return [OutboxEntry(row["number"], key_of(row["record"])) for row in rows]

    def clear_outbox(self, numbers: Sequence[int]) -> None:
        """Remove entries whose search entries are in place."""
        self._write(_locked_outbox, "clear_outbox", numbers=list(numbers))

    def outbox_lag(self) -> int:
        """Return how many entries wait."""
        return int(self._read("outbox_lag")[0]["entries"])

    def wipe(self) -> None:
        """Remove everything the store holds, a batch at a time; for tests."""
        while self._write(_wipe):
            pass

    def close(self) -> None:
        """Give back the connections."""
        with _translated():
            self._driver.close()

    def _read(self, name: Statement, **parameters: Any) -> list[Record]:
        def run(tx: ManagedTransaction) -> list[Record]:
            return list(tx.run(statement(name), parameters))

        # A page that must do without the store should know soon.
        with self._session(max_transaction_retry_time=1.0, initial_retry_delay=0.2) as session:
            return session.execute_read(run)

    def _write(self, work: Callable[..., Answer], *given: Any, **parameters: Any) -> Answer:
        with self._session(fetch_size=5_000) as session:
            return session.execute_write(work, *given, **parameters)

    @contextmanager
    def _session(self, **options: Any) -> Iterator[Session]:
        # The shared bookmarks let a read follow this process's last write, whichever server of a cluster answers.
        bookmarks = self._driver.execute_query_bookmark_manager
        with _translated(), self._driver.session(bookmark_manager=bookmarks, **options) as session:
            yield session


def _create_schema(tx: ManagedTransaction) -> None:
    for text in schema():
        tx.run(text).consume()


def _create_locks(tx: ManagedTransaction) -> None:
    for name in ("graph", "outbox"):
        lock(tx, name)


def _dump(tx: ManagedTransaction) -> Dump:
    version = lock(tx, "graph")["version"]
    nodes = [node_of(row["node"]) for row in tx.run(statement("dump_nodes"))]
    return Dump(version, nodes, [link_of(row["link"]) for row in tx.run(statement("dump_links"))])


def _locked_outbox(tx: ManagedTransaction, name: Statement, **parameters: Any) -> list[Record]:
    lock(tx, "outbox")
    return list(tx.run(statement(name), parameters))


def _wipe(tx: ManagedTransaction) -> int:
    return int(tx.run(statement("wipe"), limit=5_000).single(strict=True)["removed"])


def _texts(keys: Sequence[Key]) -> list[str]:
    return [key_text(key) for key in dict.fromkeys(keys)]
