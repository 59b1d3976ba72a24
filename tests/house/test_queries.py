"""The Cypher files and the adapter that sends them agree, and nothing is put into a statement but by parameter."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from cluster_net.adapters import neo4j_statements
from cluster_net.adapters.neo4j_statements import Statement, schema, statement
from cluster_net.domain.graph import STRUCTURE_TYPES
from cluster_net.domain.vocabulary import COLLABORATION_TYPES
from cluster_net.resources import folder

FILES = sorted((folder("graph") / "queries").glob("*.cypher"))
MODULES = sorted(Path(neo4j_statements.__file__).parent.glob("neo4j_*.py"))
LINK_TYPES = {*COLLABORATION_TYPES, *STRUCTURE_TYPES}


def calls() -> Iterator[ast.Call]:
    for module in MODULES:
        yield from (node for node in ast.walk(ast.parse(module.read_text("utf-8"))) if isinstance(node, ast.Call))


def test_each_named_statement_has_a_file_and_each_file_a_name() -> None:
    assert sorted(get_args(Statement)) == [file.stem for file in FILES]


def test_each_statement_is_used_by_the_adapter() -> None:
    given = {argument.value for call in calls() for argument in call.args if isinstance(argument, ast.Constant)}
    assert set(get_args(Statement)) - given == set()


def test_what_is_sent_is_a_file_as_it_stands() -> None:
    sent = [call.args[0] for call in calls() if isinstance(call.func, ast.Attribute) and call.func.attr == "run"]
    assert sent
    for argument in sent:
        a_file = isinstance(argument, ast.Call) and isinstance(argument.func, ast.Name) and argument.func.id == "statement"
        a_schema_statement = isinstance(argument, ast.Name)
        assert a_file or a_schema_statement, ast.unparse(argument)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_file_holds_one_short_statement(file: Path) -> None:
    text = file.read_text("utf-8")
    assert len(text.splitlines()) <= 25
    assert ";" not in re.sub(r"//.*", "", text)
    assert not re.search(r"%s|\{\w*\}|\{\d", text), "a placeholder of string formatting"


@pytest.mark.parametrize("name", ["get_links", "unlink"])
def test_a_query_that_names_the_link_types_names_them_all(name: Statement) -> None:
    (listed,) = re.findall(r"\[\w+:([A-Z_|\s]+)", statement(name))
    assert set(re.findall(r"[A-Z_]+", listed)) == LINK_TYPES


@pytest.mark.parametrize("name", ["get_links", "unlink"])
def test_a_query_that_seeks_links_by_id_insists_on_every_index(name: Statement) -> None:
    assert set(re.findall(r"USING INDEX SEEK r:(\w+)\(id\)", statement(name))) == LINK_TYPES


def test_each_link_type_has_its_index_on_id() -> None:
    indexed = [match[1] for text in schema() if (match := re.search(r"FOR \(\)-\[r:(\w+)\]-\(\) ON \(r\.id\)", text))]
    assert sorted(indexed) == sorted(LINK_TYPES)
