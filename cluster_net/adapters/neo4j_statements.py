"""The Cypher statements by name: one a file under graph/queries, sent as they stand."""

from functools import cache
from typing import Literal

from cluster_net.resources import folder

Statement = Literal[
    "add_entries",
    "add_revisions",
    "advance",
    "await_indexes",
    "clear_outbox",
    "delete_nodes",
    "dump_links",
    "dump_nodes",
    "facets",
    "find",
    "get_links",
    "get_nodes",
    "lease_outbox",
    "lock",
    "neighbours",
    "outbox_lag",
    "put_links",
    "put_nodes",
    "revisions",
    "unlink",
    "version",
    "wipe",
]


@cache
def statement(name: Statement) -> str:
    """Return the text of graph/queries/NAME.cypher."""
    return (folder("graph") / "queries" / f"{name}.cypher").read_text(encoding="utf-8")


def schema() -> list[str]:
    """Return the statements of graph/schema.cypher, in order."""
    lines = (folder("graph") / "schema.cypher").read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.startswith("//"))
    return [part.strip() for part in text.split(";") if part.strip()]
