"""The embedded search index: tantivy in a folder, one writer at a time over all processes."""

import fcntl
import os
import secrets
import shutil
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import tantivy
from tantivy import Occur, Order, Query

from cluster_net.adapters.marking import marked_fields
from cluster_net.adapters.tantivy_filters import filter_queries
from cluster_net.adapters.tantivy_plan import FEW, Plan, Words, split_words
from cluster_net.adapters.tantivy_schema import STEMS, build_schema, document_of, register_analysers, tantivy_document
from cluster_net.domain.errors import Unavailable
from cluster_net.domain.filters import Filter
from cluster_net.domain.search import Document, Hit, SearchQuery, SearchResult
from cluster_net.domain.text import fold
from cluster_net.services.ports import SearchIndex

_HEAP = 64_000_000
_LOCK_SECONDS = 120.0
_MOST_VALUES = 10_000
_SORTS = {"-updated": ("order_updated", Order.Desc), "deadline": ("order_deadline", Order.Asc)}


class TantivyIndex(SearchIndex):
    """SearchIndex in a folder: `current` names the live generation, `lock` is held by who writes."""

    def __init__(self, folder: str | Path) -> None:
        self._folder = Path(folder)
        self._schema = build_schema()
        self._guard = threading.Lock()
        self._open: tuple[str, tantivy.Index] | None = None

    def ensure(self) -> None:
        """Create an empty index when there is none that can be opened."""
        with self._writing():
            if not self._usable():
                self._build(())

    def put(self, documents: Sequence[Document]) -> None:
        """Add or replace *documents*."""
        if documents:
            self._write([document.id for document in documents], {document.id: document for document in documents}.values())

    def delete(self, ids: Sequence[str]) -> None:
        """Remove the documents with these ids."""
        if ids:
            self._write(ids, ())

    def search(self, query: SearchQuery) -> SearchResult:
        """Answer one question."""
        with _told():
            return self._answer(self._searcher(), query)

    def search_many(self, queries: Sequence[SearchQuery]) -> list[SearchResult]:
        """Answer several questions on the same state of the index."""
        with _told():
            searcher = self._searcher()
            return [self._answer(searcher, query) for query in queries]

    def facet_values(self, field: str, prefix: str, where: Filter | None = None, limit: int = 10) -> Mapping[str, int]:
        """Count the values of *field* that begin with *prefix*."""
        with _told():
            searcher = self._searcher()
            counts = self._facets(searcher, _both(Query.all_query(), filter_queries(self._schema, searcher, where)), (field,))[field]
        fits = [(value, count) for value, count in counts.items() if fold(value).startswith(fold(prefix))]
        return dict(sorted(fits, key=lambda pair: (-pair[1], pair[0]))[:limit])

    def rebuild(self, documents: Iterable[Document]) -> int:
        """Build a new generation beside the live one and swap."""
        with self._writing():
            return self._build(documents)

    def count(self) -> int:
        """Return the number of documents."""
        with _told():
            return int(self._searcher().num_docs)

    def close(self) -> None:
        """Let go of the open generation."""
        with self._guard:
            self._open = None

    def _answer(self, searcher: tantivy.Searcher, query: SearchQuery) -> SearchResult:
        words = split_words(query.text)
        matching, found = self._matching(searcher, words, query)
        facets = self._facets(searcher, matching, query.facets) if query.facets else {}
        documents = [document_of(str(searcher.doc(address).get_first("source"))) for _, address in found.hits[: max(0, query.limit)]]
        marked = (marked_fields(document, words.folded, _stems, unfinished=words.unfinished) for document in documents)
        return SearchResult(tuple(Hit(*pair) for pair in zip(documents, marked, strict=True)), _total(found), facets)

    def _matching(self, searcher: tantivy.Searcher, words: Words, query: SearchQuery) -> tuple[Query, tantivy.SearchResult]:
        """Ask the strictest way that finds enough; return how it was asked and what was found."""
        filters = filter_queries(self._schema, searcher, query.where)
        if not words.folded:
            signs_only = bool(query.text.strip())  # nothing can match
            asked = Query.empty_query() if signs_only else _both(Query.all_query(), filters)
            return asked, self._look(searcher, asked, query, "name" if query.sort == "relevance" else query.sort)
        best = Query.empty_query()
        found = self._look(searcher, best, query, query.sort)
        while_few, while_none = Plan(self._schema, searcher, words).stages()
        for enough, stages in ((FEW, while_few), (1, while_none)):
            for stage in stages:
                if _total(found) >= enough:
                    return best, found
                asked = _both(stage(), filters)
                more = self._look(searcher, asked, query, query.sort)
                best, found = (asked, more) if _total(more) > _total(found) else (best, found)
        return best, found

    def _look(self, searcher: tantivy.Searcher, asked: Query, query: SearchQuery, sort: str) -> tantivy.SearchResult:
        limit = max(1, query.limit)
        if sort == "relevance":
            return searcher.search(asked, limit, offset=query.offset)
        field, order = _SORTS.get(sort, (f"order_name_{query.language}", Order.Asc))
        return searcher.search(asked, limit, offset=query.offset, order_by_field=field, order=order)

    def _facets(self, searcher: tantivy.Searcher, matching: Query, fields: Sequence[str]) -> dict[str, dict[str, int]]:
        asked = {field: {"terms": {"field": field, "size": _MOST_VALUES}} for field in fields}
        answer = searcher.aggregate(matching, asked)
        return {field: {str(one["key"]): int(one["doc_count"]) for one in answer[field]["buckets"]} for field in fields}

    def _write(self, gone: Iterable[str], new: Iterable[Document]) -> None:
        with self._writing():
            if not self._usable():
                raise Unavailable("index", "The search index is missing or damaged; run `cluster-net reindex`.")
            writer = self._generation(self._live()).writer(_HEAP, 1)
            for id_ in gone:
                writer.delete_documents_by_term("id", id_)
            for document in new:
                writer.add_document(tantivy_document(document))
            writer.commit()
            writer.wait_merging_threads()

    def _build(self, documents: Iterable[Document]) -> int:
        name, count = f"generation-{secrets.token_hex(6)}", 0
        (self._folder / name).mkdir()
        writer = self._generation(name).writer(2 * _HEAP, 1)
        for document in documents:
            writer.add_document(tantivy_document(document))
            count += 1
        writer.commit()
        writer.wait_merging_threads()
        self._make_live(name)
        return count

    def _make_live(self, name: str) -> None:
        beside = self._folder / "current.new"
        with beside.open("w", encoding="ascii") as file:
            file.write(name)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self._folder / "current")
        for old in self._folder.glob("generation-*"):
            if old.name != name:
                shutil.rmtree(old, ignore_errors=True)  # open searchers keep their files until they let go

    def _live(self) -> str:
        return (self._folder / "current").read_text("ascii")

    def _generation(self, name: str) -> tantivy.Index:
        index = tantivy.Index(self._schema, str(self._folder / name))
        register_analysers(index)
        return index

    def _usable(self) -> bool:
        try:
            return tantivy.Index.exists(str(self._folder / self._live())) and bool(self._generation(self._live()))
        except (OSError, ValueError):
            return False

    def _searcher(self) -> tantivy.Searcher:
        """Return a searcher on the live generation; when another one went live while it was opened, on that."""
        with self._guard:
            while True:
                name = self._live()
                try:
                    return self._opened(name).searcher()
                except (OSError, ValueError):
                    if self._live() == name:
                        raise

    def _opened(self, name: str) -> tantivy.Index:
        if self._open is None or self._open[0] != name:
            if not tantivy.Index.exists(str(self._folder / name)):
                raise FileNotFoundError(name)
            self._open = (name, self._generation(name))
        index = self._open[1]
        index.reload()
        return index

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with _told():
            self._folder.mkdir(parents=True, exist_ok=True)
            with (self._folder / "lock").open("w") as lock:
                _take(lock.fileno())
                yield


def _take(descriptor: int) -> None:
    """Wait for the writer's lock; the kernel gives it back when its holder dies."""
    until = time.monotonic() + _LOCK_SECONDS
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise Unavailable("index", "Another process has been writing the index for too long.") from None
            time.sleep(0.02)
        else:
            return


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:
        raise Unavailable("index", f"The search index cannot be used ({type(error).__name__}); run `cluster-net reindex`.") from error


def _total(found: tantivy.SearchResult) -> int:
    return int(found.count or 0)  # type: ignore[attr-defined]  # the stub lacks it


def _both(query: Query, filters: list[Query]) -> Query:
    if not filters:
        return query
    unscored = [(Occur.Must, Query.const_score_query(one, 0.0)) for one in filters]
    return Query.boolean_query([(Occur.Must, query), *unscored])


@lru_cache(maxsize=20_000)
def _stems(word: str) -> frozenset[str]:
    return frozenset(stem for stemmer in STEMS.values() for stem in stemmer.analyze(word) if len(stem) > 2)
