"""A writer that is killed at any moment leaves all of a write or none, and a store that opens."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cluster_net.adapters.neo4j_graph import Neo4jGraph
from cluster_net.adapters.sqlite_graph import SqliteGraph
from cluster_net.services.ports import GraphStore

ROOT = Path(__file__).parents[2]
NODES, MOMENTS = 1500, (0.15, 0.4, 0.8, 1.3)
WRITER = f"""
import os
import sys
from cluster_net.adapters.{{module}} import {{name}}
from cluster_net.domain.graph import Changes, Key, Node, Revision
store = {{name}}(sys.argv[1])
print("ready", flush=True)
turn = 0
while True:
    keys = [Key("Actor", f"n{{{{os.getpid()}}}}-{{{{turn}}}}-{{{{i}}}}") for i in range({NODES})]
    nodes = tuple(Node(key, "company", {{{{"text": "x" * 300}}}}) for key in keys)
    told = tuple(Revision("Actor", node.key.id, "added", "2026", "who", "why") for node in nodes)
    store.apply(Changes(put=nodes, revisions=told, reindex=tuple(node.key for node in nodes)))
    turn += 1
"""


def kill_while_writing(module: str, name: str, place: str, seconds: float) -> None:
    code = WRITER.format(module=module, name=name)
    with subprocess.Popen([sys.executable, "-c", code, place], cwd=ROOT, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"ready\n"
        time.sleep(seconds)
        os.kill(writer.pid, signal.SIGKILL)


def assert_whole(store: GraphStore, turns_before: int) -> int:
    """Return how many writes are there, each of them whole."""
    turns = store.version()
    assert turns >= turns_before
    assert store.find("Actor", limit=1).total == store.outbox_lag() == turns * NODES
    return turns


def test_sqlite_keeps_all_or_nothing_of_a_killed_write(tmp_path: Path) -> None:
    turns = 0
    place = tmp_path / "graph.db"
    first = SqliteGraph(place)
    first.prepare()
    first.close()
    for seconds in MOMENTS:
        kill_while_writing("sqlite_graph", "SqliteGraph", str(place), seconds)
        store = SqliteGraph(place)
        store.prepare()
        turns = assert_whole(store, turns)
        store.close()
    assert turns > 0


@pytest.mark.neo4j
def test_neo4j_keeps_all_or_nothing_of_a_killed_client(neo4j_uri: str) -> None:
    store = Neo4jGraph(neo4j_uri)
    store.prepare()
    store.wipe()
    turns = 0
    for seconds in (0.5, 1.2, 2.5):
        kill_while_writing("neo4j_graph", "Neo4jGraph", neo4j_uri, seconds)
        time.sleep(1.0)  # the server ends the transaction of a client that is gone
        turns = assert_whole(store, turns)
    store.wipe()
    store.close()
