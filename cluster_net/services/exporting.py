"""Export: the CSV set that `import` reads, and the whole graph as GraphML, GEXF and JSON lines."""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import networkx as nx

from cluster_net.domain.checksum import graph_checksum
from cluster_net.domain.graph import IMPORT, Dump, Value
from cluster_net.domain.nodes import collaboration_of, record_of
from cluster_net.domain.records import Import
from cluster_net.domain.rows import table_of, to_row
from cluster_net.domain.tables import TABLES, RowRecord
from cluster_net.domain.vocabulary import COLLABORATION_TYPES
from cluster_net.services.ports import GraphStore

_WRITTEN = re.compile(r' lastmodifieddate="[^"]*"')
GRAPH_FILES = ("nodes.jsonl", "links.jsonl", "graph.graphml", "graph.gexf")


def export_graph(store: GraphStore, folder: Path) -> dict[str, int]:
    """Write the CSV set, the graph files and checksum.txt; return the number of rows of each table.

    Each file appears whole or not at all.
    """
    folder.mkdir(parents=True, exist_ok=True)
    dump = store.dump()
    counts = write_tables(dump, folder)
    write_graph(dump, folder)
    _write(folder / "checksum.txt", f"{graph_checksum(dump)}\n")
    return counts


def write_tables(dump: Dump, folder: Path) -> dict[str, int]:
    """Write the CSV set of a dump; return the number of rows of each table."""
    files = _by_file(dump)
    for file, records in files.items():
        _write(folder / file, _csv_text(file, records))
    return {file: len(records) for file, records in files.items()}


def write_graph(dump: Dump, folder: Path) -> None:
    """Write GRAPH_FILES, the same bytes for the same dump."""
    graph = networkx_graph(dump)
    texts = (_json_lines(dump), _link_lines(dump), _xml_lines(nx.generate_graphml(graph)), _xml_lines(nx.generate_gexf(_for_gexf(graph))))
    for file, lines in zip(GRAPH_FILES, texts, strict=True):
        _write(folder / file, "".join(lines))


def networkx_graph(dump: Dump) -> "nx.MultiDiGraph[str]":
    """Return the graph for other tools: nodes named "Label/id", lists joined with "; "."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in dump.nodes:
        graph.add_node("/".join(node.key), label=node.key.label, kind=node.kind, **_flat(node.properties))
    for link in dump.links:
        graph.add_edge("/".join(link.start), "/".join(link.end), key=link.id, type=link.type, **_flat(link.properties))
    return graph


def _flat(properties: Mapping[str, Value]) -> dict[str, str | int | float | bool]:
    return {name: "; ".join(value) if isinstance(value, tuple) else value for name, value in properties.items()}


def _for_gexf(graph: "nx.MultiDiGraph[str]") -> "nx.MultiDiGraph[str]":
    """Return the graph with GEXF's own words: `label` is what a picture shows, `type` is only directed or not."""
    shown: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for name, held in graph.nodes(data=True):
        words = next((held[stem] for stem in ("name_en", "name_sv", "title_en", "title_sv", "pref_en", "pref_sv") if stem in held), name)
        shown.add_node(name, **{**held, "label": words, "record": held["label"]})
    for start, end, key, held in graph.edges(data=True, keys=True):
        shown.add_edge(
            start, end, key=key, id=key, relation=held["type"], **{field: value for field, value in held.items() if field != "type"}
        )
    return shown


def _xml_lines(lines: Iterator[str]) -> Iterator[str]:
    """Yield *lines* without the day of writing, so that the same graph is the same file tomorrow."""
    return (f"{re.sub(_WRITTEN, '', line)}\n" for line in lines)


def _by_file(dump: Dump) -> dict[str, list[RowRecord]]:
    files: dict[str, list[RowRecord]] = {table.file: [] for table in TABLES}
    records = [record_of(node) for node in dump.nodes if node.key.label != IMPORT]
    ties = [collaboration_of(link) for link in dump.links if link.type in COLLABORATION_TYPES and "stated_by" not in link.properties]
    for record in (*records, *ties):
        if not isinstance(record, Import):
            files[table_of(record, TABLES).file].append(record)
    return files


def _csv_text(file: str, records: list[RowRecord]) -> str:
    table = next(table for table in TABLES if table.file == file)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, [column.name for column in table.columns], lineterminator="\n")
    writer.writeheader()
    writer.writerows(to_row(table, record) for record in records)
    return text.getvalue()


def _json_lines(dump: Dump) -> Iterator[str]:
    for node in dump.nodes:
        yield _line({"label": node.key.label, "id": node.key.id, "kind": node.kind, **node.properties})


def _link_lines(dump: Dump) -> Iterator[str]:
    for link in dump.links:
        ends = {"id": link.id, "type": link.type, "from": "/".join(link.start), "to": "/".join(link.end)}
        yield _line({**ends, **link.properties})


def _line(row: Mapping[str, object]) -> str:
    return json.dumps(row, ensure_ascii=False) + "\n"


def _write(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text, encoding="utf-8", newline="")
    beside.replace(path)
