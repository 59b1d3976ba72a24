"""Measure how well and how fast each search engine that can be reached answers known questions.

Documents are JSON lines {id, name, aliases, description, tags, city, type, trl, updated, public}; only id and name must be
there. Questions are a JSON list of {q, gold: [ids], cat}. Times are milliseconds of this process's processor time; a server's
own time is not in them. Meilisearch is measured when CLUSTER_NET_TEST_MEILI_URL (and _KEY) is set.
"""

import argparse
import json
import os
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cluster_net.adapters.meili_index import MeiliIndex
from cluster_net.adapters.tantivy_index import TantivyIndex
from cluster_net.domain.filters import Eq
from cluster_net.domain.search import Document, SearchQuery
from cluster_net.domain.text import sort_key
from cluster_net.services.ports import SearchIndex

FACETS = ("kind", "county", "concept")  # a document's type, city and tags
LOOKED_AT = 10
Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """A text to search for, the documents it should find and the kind of difficulty it has."""

    text: str
    gold: tuple[str, ...]
    category: str


def main(arguments: Sequence[str]) -> None:
    """Measure, print a table and write the figures."""
    options = _options(arguments)
    documents = read_documents(options.docs)
    questions = read_questions(options.queries)
    if not questions:
        sys.exit(f"{options.queries}: there is no question in it.")
    figures = []
    for engine, index in _engines():
        start = time.perf_counter()
        index.rebuild(renamed(documents))
        print(f"{engine}: {len(documents)} documents indexed in {time.perf_counter() - start:.1f} s", file=sys.stderr)
        figures.append({"engine": engine, "documents": len(documents)} | measure(index, list(documents), questions, options.show))
        index.close()
    print(_table(figures))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2, ensure_ascii=False) + "\n", "utf-8")


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/bench search", description=__doc__)
    parser.add_argument("--docs", type=Path, required=True, help="documents, one JSON object a line")
    parser.add_argument("--queries", type=Path, required=True, help="questions, a JSON list")
    parser.add_argument("--json", type=Path, help="write the figures there")
    parser.add_argument("--show", action="store_true", help="show each question whose gold is not found in the first ten")
    return parser.parse_args(arguments)


def read_documents(path: Path) -> dict[str, Document]:
    """Return the documents by the ids they have in the file."""
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    return {str(row["id"]): _document(row) for row in rows}


def _document(row: Mapping[str, Any]) -> Document:
    name, trl = str(row["name"]), row.get("trl")
    return Document(
        id="",
        type="actor",
        slug="",
        kind=str(row.get("type") or ""),
        name_sv=name,
        aliases=_several(row.get("aliases")),
        tags=_several(row.get("tags")),
        text_sv=str(row.get("description") or ""),
        city=_several(row.get("city")),
        county=_several(row.get("city")),
        concept=_several(row.get("tags")),
        trl=None if trl in (None, "") else int(trl),
        updated=str(row.get("updated") or ""),
        visibility="staff" if row.get("public") is False else "public",
        sort_sv=sort_key(name),
        sort_en=sort_key(name),
    )


def _several(value: object) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    return tuple(str(one) for one in values if one)


def read_questions(path: Path) -> list[Question]:
    """Return the questions."""
    rows = json.loads(path.read_text("utf-8"))
    return [Question(row["q"], tuple(str(id_) for id_ in row["gold"]), row.get("cat", "")) for row in rows]


def renamed(documents: Mapping[str, Document]) -> Iterator[Document]:
    """Yield the documents with ids that every engine takes: "d-" and their place."""
    for number, document in enumerate(documents.values()):
        yield replace(document, id=f"d-{number}", slug=f"d-{number}")


def _engines() -> Iterator[tuple[str, SearchIndex]]:
    with tempfile.TemporaryDirectory() as folder:
        yield "tantivy", TantivyIndex(folder)
    url = os.environ.get("CLUSTER_NET_TEST_MEILI_URL")
    if url:
        with _server(url) as server:
            yield "meilisearch", server


@contextmanager
def _server(url: str) -> Iterator[MeiliIndex]:
    index = MeiliIndex(url, os.environ.get("CLUSTER_NET_TEST_MEILI_KEY"), f"cluster-net-bench-{secrets.token_hex(4)}")
    yield index
    index.remove()


def measure(index: SearchIndex, ids: Sequence[str], questions: Sequence[Question], show: bool = False) -> Figures:
    """Return the figures of one index over *questions*; *ids* are the documents' own, by the place in their index id."""
    places: dict[Question, tuple[float, int]] = {}
    for question in questions:
        found = [ids[int(hit.document.id.removeprefix("d-"))] for hit in index.search(_query(question)).hits]
        places[question] = recall(found, question.gold), first_place(found, question.gold)
        if show and places[question][0] < 1:
            print(f"  {question.category}: {question.text!r} wants {question.gold} finds {found[:3]}", file=sys.stderr)
    categories = {
        name: _quality([places[question] for question in questions if question.category == name])
        for name in dict.fromkeys(question.category for question in questions)
    }
    return {
        **_quality([places[question] for question in questions]),
        "ms": _times(index, questions, ()),
        "ms_facets": _times(index, questions, FACETS),
        "by_category": categories,
    }


def recall(found: Sequence[str], gold: Sequence[str]) -> float:
    """Return the share of *gold* among the first ten found; of more than ten, ten are asked for. With no gold, nothing must be found."""
    if not gold:
        return float(not found)
    return len(set(gold) & set(found[:LOOKED_AT])) / min(len(set(gold)), LOOKED_AT)


def first_place(found: Sequence[str], gold: Sequence[str]) -> int:
    """Return the place, from 1, of the first of *gold*; 0 when there is none among the first ten."""
    if not gold:
        return int(not found)
    return next((place for place, id_ in enumerate(found[:LOOKED_AT], start=1) if id_ in gold), 0)


def _quality(places: Sequence[tuple[float, int]]) -> Figures:
    return {
        "recall_at_10": round(statistics.fmean(share for share, _ in places), 4),
        "hit_at_1": round(statistics.fmean(place == 1 for _, place in places), 4),
        "mrr": round(statistics.fmean(1 / place if place else 0.0 for _, place in places), 4),
        "queries": len(places),
    }


def _query(question: Question, facets: tuple[str, ...] = ()) -> SearchQuery:
    return SearchQuery(text=question.text, where=Eq("visibility", "public"), facets=facets, limit=LOOKED_AT)


def _times(index: SearchIndex, questions: Sequence[Question], facets: tuple[str, ...]) -> dict[str, float]:
    spent = []
    for question in questions:
        start = time.process_time()
        index.search(_query(question, facets))
        spent.append((time.process_time() - start) * 1000)
    cuts = statistics.quantiles(spent, n=100, method="inclusive") if len(spent) > 1 else spent * 99
    return {name: round(cuts[percent - 1], 2) for name, percent in (("p50", 50), ("p95", 95), ("p99", 99))}


def _table(figures: Sequence[Figures]) -> str:
    lines = [f"{'':24}{'queries':>8}{'recall@10':>11}{'hit@1':>8}{'mrr':>8}"]
    for one in figures:
        lines.append(_line(one["engine"], one))
        lines += [_line(f"  {category}", held) for category, held in one["by_category"].items()]
        for name, label in (("ms", "ms"), ("ms_facets", "ms with three facets")):
            lines.append(f"  {label + ', p50/p95/p99':38}{' / '.join(str(one[name][part]) for part in ('p50', 'p95', 'p99'))}")
    return "\n".join(lines)


def _line(name: str, held: Figures) -> str:
    return f"{name:24}{held['queries']:>8}{held['recall_at_10']:>11.3f}{held['hit_at_1']:>8.3f}{held['mrr']:>8.3f}"
