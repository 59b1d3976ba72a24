"""Between the domain's search values and Meilisearch's JSON: settings, filters, questions, documents and hits."""

import math
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from cluster_net.adapters.index_values import document_of
from cluster_net.adapters.marking import crop
from cluster_net.domain.filters import Clause, Exists, Filter, In, Literal, Range, Scalar, conjunctive
from cluster_net.domain.search import FILTER_FIELDS, MARK_END, MARK_START, Document, Hit, SearchQuery, SearchResult

Json = dict[str, Any]
NUMBERS = frozenset({"trl"})
MAX_TOTAL = 1_000_000  # hits beyond this are neither counted nor reached
MAX_VALUES = 10_000  # values of one facet that are counted
_NAMES, _TEXTS, _OTHERS = ("name_sv", "name_en"), ("text_sv", "text_en"), ("aliases", "tags")
_NOTHING = ("type EXISTS", "type NOT EXISTS")  # both must hold: an empty list would be taken for no filter
# No text can hold these by chance or design, so that nobody forges a mark.
TAGS = (f"<{secrets.token_hex(8)}>", f"</{secrets.token_hex(8)}>")
_FORGED = str.maketrans("", "", MARK_START + MARK_END)
_SORTS = {"-updated": "updated:desc", "deadline": "deadline:asc"}

SETTINGS: Mapping[str, Any] = {
    "searchableAttributes": [*_NAMES, *_OTHERS, *_TEXTS, "city", "county"],
    "filterableAttributes": list(FILTER_FIELDS),
    "sortableAttributes": ["sort_sv", "sort_en", "updated", "deadline"],
    # A sort that was asked for comes before all else; without one the rule does nothing.
    "rankingRules": ["sort", "words", "typo", "proximity", "attribute", "exactness"],
    "faceting": {"maxValuesPerFacet": MAX_VALUES, "sortFacetValuesBy": {"*": "count"}},
    "pagination": {"maxTotalHits": MAX_TOTAL},
}


def settings_hold(held: Mapping[str, Any]) -> bool:
    """Tell whether an index's settings already are SETTINGS; changing them means indexing all anew."""
    return all(_same(held.get(name), wanted) for name, wanted in SETTINGS.items())


def _same(held: object, wanted: object) -> bool:
    if isinstance(wanted, dict):
        return isinstance(held, dict) and all(held.get(name) == value for name, value in wanted.items())
    if wanted in (SETTINGS["filterableAttributes"], SETTINGS["sortableAttributes"]):
        return isinstance(held, list) and isinstance(wanted, list) and sorted(map(str, held)) == sorted(wanted)
    return held == wanted


def meili_document(document: Document) -> Json:
    """Return *document* as Meilisearch holds it: absent facts are left out, so that EXISTS and sorting see them as missing."""
    return {
        name: list(value) if isinstance(value, tuple) else value for name, value in asdict(document).items() if value not in ("", (), None)
    }


def filter_array(where: Filter | None) -> list[str | list[str]]:
    """Return *where* in the array form: the outer parts must all hold, of an inner list one must.

    Meilisearch compares text without regard to case. Ranges over text need version 1.15 or newer.
    """
    parts: list[str | list[str]] = []
    for clause in conjunctive(where):
        parts += _clause(clause)
    return parts


def _clause(clause: Clause) -> list[str | list[str]]:
    tests = [_literal(literal) for literal in clause]
    if None in tests:  # one alternative always holds
        return []
    alternatives = [test for test in tests if test]
    return [alternatives] if alternatives else [*_NOTHING]


def _literal(literal: Literal) -> str | None:
    """Return the literal's expression, "" when it never holds, None when it always does."""
    test = _test(literal.test)
    if not literal.negated:
        return test
    return f"NOT ({test})" if test else None


def _test(test: In | Range | Exists) -> str:
    match test:
        case Exists(field):
            return f"{field} EXISTS"
        case In(field, values):
            fits = [quoted(value) for value in values if _fits(field, value)]
            return f"{field} IN [{', '.join(fits)}]" if fits else ""
        case Range(field, low, high):
            return _range(field, low, high)


def _range(field: str, low: str | float | None, high: str | float | None) -> str:
    if not all(_fits(field, bound) for bound in (low, high) if bound is not None):
        return ""
    if low is None and high is None:
        return f"{field} EXISTS"
    if low is None or high is None:
        return f"{field} <= {_bound(high)}" if high is not None else f"{field} >= {_bound(low)}"
    empty = low > high  # type: ignore[operator]  # both are of the field's type
    return "" if empty else f"{field} {_bound(low)} TO {_bound(high)}"  # of a list, one value must lie between


def _fits(field: str, value: Scalar) -> bool:
    if field not in NUMBERS:
        return isinstance(value, str)
    return not isinstance(value, str) and math.isfinite(value)


def _bound(value: Scalar | None) -> str:
    # The engine holds facet values in this form and compares them with the bound as it is given.
    return quoted(unicodedata.normalize("NFKD", value.strip()).lower() if isinstance(value, str) else value)


def quoted(value: Scalar | None) -> str:
    """Return *value* as a filter's literal."""
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return str(int(value)) if isinstance(value, bool) else str(value)


def window(offset: int, limit: int) -> tuple[int, int, int]:
    """Return the page, its size and how many of its hits to skip, so that one page holds all of offset..offset+limit.

    Only pages are answered with an exact total. The size is the smallest that fits.
    """
    if limit <= 0:
        return 1, 0, 0
    size = next(size for size in range(limit, offset + limit + 1) if offset // size == (offset + limit - 1) // size)
    return offset // size + 1, size, offset % size


def question(index: str, query: SearchQuery) -> Json:
    """Return the body of one search for a multi-search."""
    page, size, _ = window(query.offset, query.limit)
    only_signs = bool(query.text.strip()) and not any(c.isalnum() for c in query.text)  # which the engine takes for no question
    body: Json = {
        "indexUid": index,
        "q": query.text,
        "matchingStrategy": "frequency",
        "page": page,
        "hitsPerPage": size,
        "filter": [*_NOTHING] if only_signs else filter_array(query.where),
        "facets": list(query.facets),
    }
    if size:
        tags = {"highlightPreTag": TAGS[0], "highlightPostTag": TAGS[1]}
        body |= {"attributesToHighlight": [*_NAMES, *_OTHERS, *_TEXTS], **tags}
    sort = _sort(query)
    return body | ({"sort": [sort]} if sort else {})


def _sort(query: SearchQuery) -> str:
    by_name = query.sort == "name" or (query.sort == "relevance" and not query.text.strip())
    return f"sort_{query.language}:asc" if by_name else _SORTS.get(query.sort, "")


def result_of(query: SearchQuery, answer: Mapping[str, Any]) -> SearchResult:
    """Return what *answer*, of one search, says."""
    skip = window(query.offset, query.limit)[2]
    hits = [hit_of(one) for one in answer["hits"][skip : skip + query.limit]]
    counted = answer.get("facetDistribution") or {}
    facets = {field: dict(counted.get(field, {})) for field in query.facets}
    return SearchResult(tuple(hits), int(answer["totalHits"]), facets)


def hit_of(answer: Mapping[str, Any]) -> Hit:
    """Return one hit with the fields that were marked."""
    shown = answer.get("_formatted", {})
    marked = {}
    for field in (*_NAMES, *_TEXTS):
        text = _marked(shown.get(field, ""))
        if MARK_START in text:
            marked[field] = crop(text) if field in _TEXTS else text
    others = (_marked(text) for field in _OTHERS for text in shown.get(field, ()))
    also = next((text for text in others if MARK_START in text), "")
    return Hit(document_of(answer), marked | ({"also": also} if also else {}))


def _marked(text: str) -> str:
    return text.translate(_FORGED).replace(TAGS[0], MARK_START).replace(TAGS[1], MARK_END)
