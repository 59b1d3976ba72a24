"""Open data as files: everything public and nothing else, written once a version, the same bytes for the same data."""

import io
import json
import zipfile
from pathlib import Path

import networkx as nx
import pytest

from cluster_net.adapters.sqlite_graph import SqliteGraph
from cluster_net.domain.graph import ACTOR, Changes, Key, Link, Node
from cluster_net.domain.nodes import to_node
from cluster_net.domain.records import Actor, Import
from cluster_net.services.intake import import_path
from cluster_net.services.publishing import MEDIA_TYPES, Edition, Shelf, public_part, publish

A, B = Key(ACTOR, "a"), Key(ACTOR, "b")


@pytest.fixture
def filled(store: SqliteGraph) -> SqliteGraph:
    records = (Actor(id="a", kind="company", name_sv="Å & Ö"), Actor(id="b", kind="testbed", name_en="B", quality=("GMP", "GLP")))
    ties = (Link("one", "OWNS", A, B, {"confidence": 0.9, "start_year": 2019}), Link("two", "FUNDS", A, B, {"source_title": "<s>"}))
    told = Import(id="i", author="somebody", at="2026-11-24T12:00:00Z")
    nodes = tuple(to_node(one, updated="2026-11-24T12:00:00Z") for one in (*records, told))
    store.apply(Changes(put=nodes, link=ties))
    return store


@pytest.fixture
def edition(filled: SqliteGraph, tmp_path: Path) -> Edition:
    return Shelf(filled, tmp_path / "shelf").current()


def read(edition: Edition, name: str) -> bytes:
    return (edition.folder / name).read_bytes()


def test_only_what_is_public_is_published(filled: SqliteGraph) -> None:
    held = public_part(filled.dump())
    assert {node.key.label for node in held.nodes} == {"Actor"}
    assert not {name for node in held.nodes for name in node.properties} & {"sort_sv", "sort_en", "author"}


def test_a_link_to_what_is_not_public_is_left_out(filled: SqliteGraph) -> None:
    filled.apply(Changes(put=(Node(Key("Import", "x"), "import", {}),), link=(Link("hidden", "OWNS", A, Key("Import", "x"), {}),)))
    assert "hidden" not in {link.id for link in public_part(filled.dump()).links}


def test_each_file_is_told_with_its_true_size_and_checksum(edition: Edition) -> None:
    assert [file.name for file in edition.files] == list(MEDIA_TYPES)
    assert all(file.size == len(read(edition, file.name)) for file in edition.files)
    assert all(len(file.sha256) == 64 for file in edition.files)
    assert edition.changed == "2026-11-24T12:00:00Z"


def test_the_tables_can_be_read_in_again(edition: Edition, tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(read(edition, "tables.zip"))) as packed:
        assert "actors.csv" in packed.namelist()
        assert b"\xc3\x85 & \xc3\x96" in packed.read("actors.csv")


def test_the_seed_comes_back_whole_from_its_tables(store: SqliteGraph, seed: Path, tmp_path: Path, now: object) -> None:
    import_path(store, seed, author="t", now=now)  # type: ignore[arg-type]
    held = Shelf(store, tmp_path / "shelf").current()
    zipfile.ZipFile(held.folder / "tables.zip").extractall(tmp_path / "again")
    report = import_path(store, tmp_path / "again", author="t", now=now, dry_run=True)  # type: ignore[arg-type]
    assert (report.added, report.changed) == (0, 0)
    assert report.unchanged > 900


def test_json_lines_hold_each_record_and_each_link(edition: Edition) -> None:
    nodes = [json.loads(line) for line in read(edition, "nodes.jsonl").splitlines()]
    links = [json.loads(line) for line in read(edition, "links.jsonl").splitlines()]
    assert [one["id"] for one in nodes] == ["a", "b"]
    assert nodes[1]["quality"] == ["GMP", "GLP"]
    assert [(one["type"], one["from"], one["to"]) for one in links] == [("OWNS", "Actor/a", "Actor/b"), ("FUNDS", "Actor/a", "Actor/b")]


def test_graphml_and_gexf_hold_the_same_network(edition: Edition) -> None:
    first = nx.read_graphml(edition.folder / "graph.graphml", force_multigraph=True)
    second = nx.read_gexf(edition.folder / "graph.gexf")
    assert set(first.nodes) == set(second.nodes) == {"Actor/a", "Actor/b"}
    assert {held["type"] for *_, held in first.edges(data=True)} == {held["relation"] for *_, held in second.edges(data=True)}
    assert second.nodes["Actor/a"]["label"] == "Å & Ö"


def test_an_edition_is_written_once_a_version(filled: SqliteGraph, tmp_path: Path) -> None:
    shelf = Shelf(filled, tmp_path / "shelf")
    first = shelf.current()
    (first.folder / "graph.gexf").write_text("kept")
    assert shelf.current() is first
    assert read(Shelf(filled, tmp_path / "shelf").current(), "graph.gexf") == b"kept"


def test_a_change_makes_a_new_edition_and_old_ones_go(filled: SqliteGraph, tmp_path: Path) -> None:
    shelf = Shelf(filled, tmp_path / "shelf")
    versions = []
    for number in range(4):
        filled.apply(Changes(put=(to_node(Actor(id=f"n{number}", kind="company", name_sv="N")),)))
        versions.append(shelf.current().version)
    assert versions == sorted(set(versions))
    assert len(list((tmp_path / "shelf").iterdir())) == 2


def test_the_same_data_is_the_same_file_whoever_writes_it(filled: SqliteGraph, tmp_path: Path) -> None:
    dump = public_part(filled.dump())
    assert publish(dump, tmp_path / "one").files == publish(dump, tmp_path / "two").files


def test_an_empty_store_has_an_edition_too(store: SqliteGraph, tmp_path: Path) -> None:
    held = Shelf(store, tmp_path / "shelf").current()
    assert (held.version, held.changed, held.file("nodes.jsonl").size) == (0, "", 0)  # type: ignore[union-attr]
    assert held.file("nothing") is None
