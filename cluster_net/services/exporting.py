"""Export: the CSV set that `import` reads, and the whole graph as GraphML and JSON lines."""

import csv
import io
import json
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


def export_graph(store: GraphStore, folder: Path) -> dict[str, int]:
    """Write the CSV set, graph.graphml, nodes.jsonl, links.jsonl and checksum.txt; return the number of rows of each table.

    Each file appears whole or not at all.
    """
    folder.mkdir(parents=True, exist_ok=True)
    dump = store.dump()
    counts = {}
    for file, records in _by_file(dump).items():
        _write(folder / file, _csv_text(file, records))
        counts[file] = len(records)
    _write(folder / "nodes.jsonl", "".join(_json_lines(dump)))
    _write(folder / "links.jsonl", "".join(_link_lines(dump)))
    _write(folder / "graph.graphml", "\n".join(nx.generate_graphml(networkx_graph(dump))) + "\n")
    _write(folder / "checksum.txt", f"{graph_checksum(dump)}\n")
    return counts


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
