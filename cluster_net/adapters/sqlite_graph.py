"""The embedded graph store: SQLite in WAL mode, every write one durable transaction."""

import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from cluster_net.adapters.sqlite_rows import Parameter, encode, keys_json, link_of, node_of, where_sql
from cluster_net.adapters.sqlite_writes import write_changes
from cluster_net.domain.errors import Conflict, Unavailable
from cluster_net.domain.filters import Filter
from cluster_net.domain.graph import Changes, Dump, Key, Link, Node, OutboxEntry, Page, Revision, Tie
from cluster_net.resources import folder
from cluster_net.services.ports import Direction

_BUSY_SECONDS = 30
_WANTED = "WITH wanted AS (SELECT json_extract(value, '$[0]') AS label, json_extract(value, '$[1]') AS id FROM json_each(?))"
_TIES = {
    "out": """SELECT w.label, w.id, 1, l.*, n.label, n.id, n.kind, n.properties FROM wanted w
        CROSS JOIN links l ON l.start_label = w.label AND l.start_id = w.id
        JOIN nodes n ON n.label = l.end_label AND n.id = l.end_id""",
    "in": """SELECT w.label, w.id, 0, l.*, n.label, n.id, n.kind, n.properties FROM wanted w
        CROSS JOIN links l ON l.end_label = w.label AND l.end_id = w.id
        JOIN nodes n ON n.label = l.start_label AND n.id = l.start_id""",
}


class SqliteGraph:
    """GraphStore on one SQLite file; each thread has a connection of its own."""

    def __init__(self, path: str | Path) -> None:
        self._path = Path(path)
        self._local = threading.local()
        self._lock = threading.Lock()
        self._connections: list[sqlite3.Connection] = []

    def prepare(self) -> None:
        """Create the tables that are missing."""
        with self._connection() as connection:
            connection.executescript((folder("graph") / "schema.sql").read_text("utf-8"))

    def version(self) -> int:
        """Return the data version."""
        with self._connection() as connection:
            return _version(connection)

    def get(self, keys: Sequence[Key]) -> dict[Key, Node]:
        """Return the nodes that exist among *keys*."""
        sql = f"{_WANTED} SELECT n.label, n.id, n.kind, n.properties FROM wanted w CROSS JOIN nodes n USING (label, id)"  # noqa: S608
        with self._connection() as connection:
            nodes = [node_of(row) for row in connection.execute(sql, (keys_json(keys),))]
        return {node.key: node for node in nodes}

    def get_links(self, ids: Sequence[str]) -> dict[str, Link]:
        """Return the links that exist among *ids*."""
        sql = "SELECT l.* FROM json_each(?) w CROSS JOIN links l ON l.id = w.value"
        with self._connection() as connection:
            links = [link_of(row) for row in connection.execute(sql, (encode(list(ids)),))]
        return {link.id: link for link in links}

    def find(self, label: str, where: Filter | None = None, *, order: str = "id", limit: int | None = 20, offset: int = 0) -> Page[Node]:
        """Return a page of the nodes with *label* that satisfy *where*."""
        condition, parameters = where_sql(label, where)
        field, direction = order.removeprefix("-"), "DESC" if order.startswith("-") else "ASC"
        total = f"SELECT count(*) FROM nodes n WHERE {condition}"  # noqa: S608
        page = f"""SELECT n.label, n.id, n.kind, n.properties,
            (SELECT min(v.value) FROM node_values v WHERE v.label = n.label AND v.id = n.id AND v.field = ?) AS rank
            FROM nodes n WHERE {condition} ORDER BY rank IS NULL, rank {direction}, n.id LIMIT ? OFFSET ?"""  # noqa: S608
        with self._connection() as connection:
            connection.execute("BEGIN")
            (count,) = connection.execute(total, parameters).fetchone()
            rows = connection.execute(page, [field, *parameters, -1 if limit is None else limit, offset]).fetchall()
            connection.execute("COMMIT")
        return Page(tuple(node_of(row) for row in rows), count)

    def facets(self, label: str, fields: Sequence[str], where: Filter | None = None) -> dict[str, dict[str, int]]:
        """Count the values of *fields* among the nodes that satisfy *where*."""
        condition, parameters = where_sql(label, where)
        sql = f"""SELECT v.field, v.value, count(*) FROM node_values v WHERE v.label = ? AND v.field IN (SELECT value FROM json_each(?))
            AND v.id IN (SELECT n.id FROM nodes n WHERE {condition}) GROUP BY v.field, v.value"""  # noqa: S608
        counts: dict[str, dict[str, int]] = {field: {} for field in fields}
        with self._connection() as connection:
            for field, value, count in connection.execute(sql, [label, encode(list(fields)), *parameters]):
                counts[field][str(value)] = count
        return counts

    def neighbours(self, keys: Sequence[Key], types: Sequence[str] | None = None, direction: Direction = "both") -> dict[Key, list[Tie]]:
        """Return the ties of each of *keys*."""
        chosen = " WHERE l.type IN (SELECT value FROM json_each(?))" if types is not None else ""
        parts = {"out": _TIES["out"] + chosen, "in": _TIES["in"] + chosen}
        loops = " AND " if chosen else " WHERE "
        parts["both"] = f"{parts['out']} UNION ALL {parts['in']}{loops}NOT (l.start_label = l.end_label AND l.start_id = l.end_id)"
        parameters: list[Parameter] = [keys_json(keys)]
        if types is not None:
            parameters += [encode(list(types))] * (2 if direction == "both" else 1)
        ties: dict[Key, list[Tie]] = {key: [] for key in keys}
        with self._connection() as connection:
            for row in connection.execute(f"{_WANTED} {parts[direction]}", parameters):
                ties[Key(row[0], row[1])].append(Tie(link_of(row[3:10]), node_of(row[10:14]), bool(row[2])))
        for found in ties.values():
            found.sort(key=lambda tie: (tie.link.type, tie.node.key, tie.link.id))
        return ties

    def dump(self) -> Dump:
        """Return everything of one data version."""
        with self._connection() as connection:
            connection.execute("BEGIN")
            dump = Dump(_version(connection))
            dump.nodes = [node_of(row) for row in connection.execute("SELECT * FROM nodes ORDER BY label, id")]
            dump.links = [link_of(row) for row in connection.execute("SELECT * FROM links ORDER BY id")]
            connection.execute("COMMIT")
        return dump

    def apply(self, changes: Changes) -> int:
        """Write *changes* whole and return the new data version."""
        if not changes:
            return self.version()
        with self._writing() as connection:
            version = _version(connection)
            if changes.expected_version not in {None, version}:
                raise Conflict("Somebody else wrote first; read again and retry.")
            write_changes(connection, changes)
            connection.execute("UPDATE meta SET number = number + 1 WHERE name = 'version'")
        return version + 1

    def revisions(self, label: str, id: str, *, limit: int = 20) -> list[Revision]:  # noqa: A002
        """Return what was changed on one node or link, newest first."""
        sql = """SELECT label, id, action, at, author, reason, diff FROM revisions WHERE label = ? AND id = ?
            ORDER BY number DESC LIMIT ?"""
        with self._connection() as connection:
            return [Revision(*row) for row in connection.execute(sql, (label, id, limit))]

    def lease_outbox(self, limit: int, seconds: float) -> list[OutboxEntry]:
        """Take the oldest *limit* entries that nobody holds."""
        now = time.time()
        with self._writing() as connection:
            rows = connection.execute(
                "SELECT number, label, id FROM outbox WHERE leased_until <= ? ORDER BY number LIMIT ?", (now, limit)
            ).fetchall()
            connection.executemany("UPDATE outbox SET leased_until = ? WHERE number = ?", [(now + seconds, row[0]) for row in rows])
        return [OutboxEntry(number, Key(label, id_)) for number, label, id_ in rows]

    def clear_outbox(self, numbers: Sequence[int]) -> None:
        """Remove entries whose search entries are in place."""
        with self._writing() as connection:
            connection.executemany("DELETE FROM outbox WHERE number = ?", [(number,) for number in numbers])

    def outbox_lag(self) -> int:
        """Return how many entries wait."""
        with self._connection() as connection:
            (count,) = connection.execute("SELECT count(*) FROM outbox").fetchone()
        return int(count)

    def close(self) -> None:
        """Close the connections of all threads."""
        with self._lock:
            for connection in self._connections:
                connection.close()
            self._connections.clear()
        self._local = threading.local()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._connection() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        try:
            connection = getattr(self._local, "connection", None) or self._open()
            try:
                yield connection
            finally:
                if connection.in_transaction:
                    connection.rollback()
        except (sqlite3.Error, OSError) as error:
            raise Unavailable("store", f"SQLite: {type(error).__name__}: {error}") from error

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self._path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA cache_size = -32000")
        self._local.connection = connection
        with self._lock:
            self._connections.append(connection)
        return connection


def _version(connection: sqlite3.Connection) -> int:
    (number,) = connection.execute("SELECT number FROM meta WHERE name = 'version'").fetchone()
    return int(number)
