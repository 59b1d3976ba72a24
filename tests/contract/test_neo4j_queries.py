"""Each statement is planned by a real Neo4j: none may walk over all nodes or relationships to find a few."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from neo4j import Driver, GraphDatabase

from cluster_net.adapters.neo4j_graph import Neo4jGraph
from cluster_net.domain.graph import Changes, Key, Link, Node
from cluster_net.domain.vocabulary import COLLABORATION_TYPES
from cluster_net.resources import folder

pytestmark = pytest.mark.neo4j

CLAUSES = [[{"field": "kind", "op": "in", "values": ["testbed"], "low": None, "high": None, "negated": False}]]
NODE = {"key": "Actor/a", "labels": ["Record", "Actor", "Testbed"], "properties": {"key": "Actor/a", "id": "a", "kind": "testbed"}}
LINK = {"type": "OPERATES", "start": "Actor/a", "end": "Actor/b", "properties": {"id": "1"}}
EXAMPLES: dict[str, dict[str, Any]] = {
    "add_entries": {"rows": [{"number": 1, "record": "Actor/a"}]},
    "add_revisions": {"rows": [{"number": 1, "record": "Actor/a", "action": "added"}]},
    "advance": {"revisions": 1, "entries": 1},
    "await_indexes": {},
    "clear_outbox": {"numbers": [1]},
    "delete_nodes": {"keys": ["Actor/a"]},
    "dump_links": {},
    "dump_nodes": {},
    "facets": {"prefix": "Actor/", "clauses": CLAUSES, "fields": ["kind"]},
    "find": {"prefix": "Actor/", "clauses": CLAUSES, "order": "name", "falling": False, "from": 0, "to": 20},
    "get_links": {"ids": ["1"]},
    "get_nodes": {"keys": ["Actor/a"]},
    "lease_outbox": {"limit": 10, "milliseconds": 1000},
    "lock": {"name": "graph"},
    "neighbours": {"keys": ["Actor/a"], "types": None, "direction": "both"},
    "outbox_lag": {},
    "put_links": {"rows": [LINK]},
    "put_nodes": {"rows": [NODE]},
    "revisions": {"record": "Actor/a", "limit": 20},
    "unlink": {"ids": ["1"]},
    "version": {},
    "wipe": {"limit": 10},
}
WHOLE = {"dump_links", "dump_nodes", "wipe"}  # these are meant to read all that has a label
QUERIES = sorted((folder("graph") / "queries").glob("*.cypher"))


@pytest.fixture(scope="module", params=["empty", "filled"])
def planner(request: pytest.FixtureRequest, neo4j_uri: str) -> Iterator[Driver]:
    """A driver to a store whose statistics are those of a fresh one, and of one in use."""
    store = Neo4jGraph(neo4j_uri)
    store.wipe()
    store.prepare()
    if request.param == "filled":
        keys = [Key("Actor", f"a{number}") for number in range(600)]
        types = [*COLLABORATION_TYPES]
        links = (Link(str(n), types[n % len(types)], keys[n], keys[n * 7 % 600], {}) for n in range(600))
        store.apply(Changes(put=tuple(Node(key, "testbed", {}) for key in keys), link=tuple(links), reindex=tuple(keys)))
    store.close()
    with GraphDatabase.driver(neo4j_uri, notifications_min_severity="OFF") as driver:
        driver.execute_query("CALL db.clearQueryCaches()")
        yield driver


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.stem)
def test_no_plan_scans_everything(query: Path, planner: Driver) -> None:
    text = "EXPLAIN " + query.read_text("utf-8")
    plan = planner.execute_query(text, EXAMPLES[query.stem]).summary.plan
    scans = ("AllNodesScan", "AllRelationshipsScan", "RelationshipTypeScan", "IndexScan", "CartesianProduct")
    found = [name for name in operators(plan) if name.endswith(scans if query.stem in WHOLE else (*scans, "LabelScan", "LabelsScan"))]
    assert found == []


def operators(plan: dict[str, Any]) -> Iterator[str]:
    """Yield the operators of *plan*; a product of two single rows is none."""
    name = plan["operatorType"].partition("@")[0]
    children = plan.get("children", [])
    single = [child["operatorType"].startswith(("NodeUniqueIndexSeek@", "NodeUniqueIndexSeek(Locking)@")) for child in children]
    if name != "CartesianProduct" or not all(single):
        yield name
    for child in children:
        yield from operators(child)


def test_every_query_has_an_example() -> None:
    assert [query.stem for query in QUERIES] == sorted(EXAMPLES)
