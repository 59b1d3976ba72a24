"""The embedded search index: tantivy in a folder, one writer at a time over all processes."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import tantivy
from tantivy import Occur, Order, Query

from cluster_net.adapters.index_values import beginning_with
from cluster_net.adapters.marking import Marker
from cluster_net.adapters.tantivy_filters import filter_queries
from cluster_net.adapters.tantivy_folder import IndexFolder, Told
from cluster_net.adapters.tantivy_plan import Plan
from cluster_net.adapters.tantivy_schema import STEMS, stored_document, tantivy_document
from cluster_net.adapters.tantivy_words import Word, split_words
from cluster_net.domain.filters import Filter
from cluster_net.domain.search import Document, Hit, SearchQuery, SearchResult
from cluster_net.services.ports import SearchIndex

_MOST_VALUES = 10_000
_SMALL = 200  # so many documents are named faster than searched for again
_SORTS = {"-updated": ("order_updated", Order.Desc), "deadline": ("order_deadline", Order.Asc)}


class TantivyIndex(SearchIndex):
    """SearchIndex in a folder that several processes may use at once."""

    def __init__(self, folder: str | Path) -> None:
        self._folder = IndexFolder(Path(folder))

    def ensure(self) -> None:
        """Create an empty index when there is none that can be opened."""
        if not self._folder.is_usable():
            with self._folder.writing():
                if not self._folder.is_usable():
                    self._folder.build(())

    def put(self, documents: Sequence[Document]) -> None:
        """Add or replace *documents*; of several with one id the last counts."""
        if documents:
            latest = {document.id: document for document in documents}
            with self._folder.writing(), Told():
                self._folder.write(latest, map(tantivy_document, latest.values()))

    def delete(self, ids: Sequence[str]) -> None:
        """Remove the documents with these ids."""
        if ids:
            with self._folder.writing(), Told():
                self._folder.write(ids, ())

    def search(self, query: SearchQuery) -> SearchResult:
        """Answer one question."""
        return self.search_many([query])[0]

    def search_many(self, queries: Sequence[SearchQuery]) -> list[SearchResult]:
        """Answer several questions on the same state of the index."""
        with Told():
            searcher = self._folder.searcher()
            return [self._answer(searcher, query) for query in queries]

    def facet_values(self, field: str, prefix: str, where: Filter | None = None, limit: int = 10) -> Mapping[str, int]:
        """Count the values of *field* that begin with *prefix*."""
        counts = self.search(SearchQuery(where=where, facets=(field,), limit=0)).facets[field]
        return beginning_with(counts, prefix, limit)

    def rebuild(self, documents: Iterable[Document]) -> int:
        """Build a new index beside the live one and put it in its place; the documents are read once nobody else writes."""
        with self._folder.writing():
            return self._folder.build(map(tantivy_document, documents))

    def count(self) -> int:
        """Return the number of documents."""
        with Told():
            return int(self._folder.searcher().num_docs)

    def close(self) -> None:
        """Let go of the files."""
        self._folder.close()

    def _answer(self, searcher: tantivy.Searcher, query: SearchQuery) -> SearchResult:
        words = split_words(query.text)
        matching, found = self._matching(searcher, words, query)
        facets = self._facets(searcher, self._lighter(searcher, matching, found), query.facets) if query.facets else {}
        marker = Marker([word.folded for word in words], _stems, unfinished=bool(words) and words[-1].unfinished)
        documents = (stored_document(searcher.doc(address)) for _, address in found.hits[query.offset :][: max(0, query.limit)])
        return SearchResult(tuple(Hit(document, marker.fields(document)) for document in documents), _total(found), facets)

    def _matching(self, searcher: tantivy.Searcher, words: Sequence[Word], query: SearchQuery) -> tuple[Query, tantivy.SearchResult]:
        """Ask the strictest way that finds enough; return how it was asked, without scores, and what was found."""
        filters = filter_queries(self._folder.schema, searcher, query.where)
        if not words:
            signs_only = bool(query.text.strip())  # nothing can match
            best = Query.empty_query() if signs_only else _both(Query.all_query(), filters)
            return best, _look(searcher, best, query, "name" if query.sort == "relevance" else query.sort)
        best, sure, found = Query.empty_query(), 0.0, _look(searcher, Query.empty_query(), query, "relevance")
        for enough, stage in Plan(self._folder.schema, searcher, words).stages():
            if _total(found) >= enough or (found.hits and found.hits[0][0] >= sure):
                break
            asked = stage()
            more = _look(searcher, _both(asked.ranked, filters), query, "relevance")
            if _total(more) > _total(found):
                best, sure, found = _both(asked.plain, filters), asked.sure, more
        return best, found if query.sort == "relevance" else _look(searcher, best, query, query.sort)

    def _lighter(self, searcher: tantivy.Searcher, matching: Query, found: tantivy.SearchResult) -> Query:
        """Return a query for what was found that is cheap to ask again: a few documents are named."""
        if _total(found) > len(found.hits):
            return matching
        ids = (str(searcher.doc(address).get_first("id")) for _, address in found.hits)
        return Query.boolean_query([(Occur.Should, Query.term_query(self._folder.schema, "id", id_, "basic")) for id_ in ids])

    def _facets(self, searcher: tantivy.Searcher, matching: Query, fields: Sequence[str]) -> dict[str, dict[str, int]]:
        asked = {field: {"terms": {"field": field, "size": _MOST_VALUES}} for field in fields}
        answer = searcher.aggregate(matching, asked)
        return {field: {str(one["key"]): int(one["doc_count"]) for one in answer[field]["buckets"]} for field in fields}


def _look(searcher: tantivy.Searcher, asked: Query, query: SearchQuery, sort: str) -> tantivy.SearchResult:
    """Return the first hits, enough for the page and to name a small number of hits for the facets."""
    limit = max(query.offset + query.limit, _SMALL if query.facets else 1)
    if sort == "relevance":
        return searcher.search(asked, limit)
    field, order = _SORTS.get(sort, (f"order_name_{query.language}", Order.Asc))
    return searcher.search(asked, limit, order_by_field=field, order=order)


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
