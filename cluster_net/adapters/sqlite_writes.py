"""The steps of one write in the embedded store, inside a transaction that the caller holds."""

import sqlite3

from cluster_net.adapters.sqlite_rows import encode, keys_json, value_rows
from cluster_net.domain.errors import NotFound
from cluster_net.domain.graph import Changes

_MISSING = """
SELECT json_extract(w.value, '$[0]') || '/' || json_extract(w.value, '$[1]') FROM json_each(?) w
WHERE NOT EXISTS (SELECT 1 FROM nodes n WHERE n.label = json_extract(w.value, '$[0]') AND n.id = json_extract(w.value, '$[1]')) LIMIT 1
"""


def write_changes(connection: sqlite3.Connection, changes: Changes) -> None:
    """Unlink, delete, put and link, then keep the revisions and the outbox entries. Raises NotFound for a missing end."""
    connection.executemany("DELETE FROM links WHERE id = ?", [(id_,) for id_ in changes.unlink])
    connection.executemany("DELETE FROM links WHERE start_label = ? AND start_id = ?", changes.delete)
    connection.executemany("DELETE FROM links WHERE end_label = ? AND end_id = ?", changes.delete)
    connection.executemany("DELETE FROM nodes WHERE label = ? AND id = ?", changes.delete)
    connection.executemany("DELETE FROM node_values WHERE label = ? AND id = ?", [*changes.delete, *(node.key for node in changes.put)])
    connection.executemany(
        "INSERT OR REPLACE INTO nodes (label, id, kind, properties) VALUES (?, ?, ?, ?)",
        [(*node.key, node.kind, encode(dict(node.properties))) for node in changes.put],
    )
    values = sorted({row for node in changes.put for row in value_rows(node)}, key=lambda row: (row[0], row[1], str(row[2]), row[3]))
    connection.executemany("INSERT OR IGNORE INTO node_values (label, field, value, id) VALUES (?, ?, ?, ?)", values)
    _put_links(connection, changes)
    connection.executemany(
        "INSERT INTO revisions (label, id, action, at, author, reason, diff) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(one.label, one.id, one.action, one.at, one.author, one.reason, one.diff) for one in changes.revisions],
    )
    connection.executemany(
        """INSERT INTO outbox (label, id) SELECT ?1, ?2
           WHERE NOT EXISTS (SELECT 1 FROM outbox WHERE label = ?1 AND id = ?2 AND leased_until = 0)""",
        changes.reindex,
    )


def _put_links(connection: sqlite3.Connection, changes: Changes) -> None:
    ends = dict.fromkeys(key for link in changes.link for key in (link.start, link.end))
    missing = connection.execute(_MISSING, (keys_json(ends),)).fetchone()
    if missing:
        raise NotFound(missing[0])
    connection.executemany(
        """INSERT OR REPLACE INTO links (id, type, start_label, start_id, end_label, end_id, properties)
           VALUES (?, ?, ?, ?, ?, ?, ?)""",
        [(link.id, link.type, *link.start, *link.end, encode(dict(link.properties))) for link in changes.link],
    )
