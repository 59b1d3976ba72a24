"""Search as pages and the interface use it: chosen values, true facet counts, labels in the reader's language."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from cluster_net.domain.errors import Invalid, Problem
from cluster_net.domain.filters import And, Eq, Filter, In, Or
from cluster_net.domain.matching.languages import is_function_word
from cluster_net.domain.search import FACET_FIELDS, NOT_STATED, SORTS, STATABLE, Hit, SearchQuery, SearchResult
from cluster_net.domain.vocabulary import (
    ACCESS,
    ACTOR_KINDS,
    CONCEPT_KINDS,
    COUNTIES,
    ENVIRONMENTS,
    NEED_KINDS,
    OFFER_KINDS,
    QUALITY_WORDS,
    ROLES,
    USER_GROUPS,
    Language,
    Words,
)
from cluster_net.services.ports import SearchIndex

# What people ask a question with, beside the words that hold any sentence together.
_ASKING_WORDS = (
    "vem jag mig min mitt mina hjälp hjälpa söker behöver finns någon några vill hitta "
    "i me my help looking find need someone anyone somebody want where"
)
_ASKING = frozenset(_ASKING_WORDS.split())
MAX_LIMIT, MAX_OFFSET, MAX_TEXT, MAX_CHOICES = 100, 100_000, 500, 50
TYPES: Mapping[str, Words] = {
    "actor": Words("aktör", "actor"),
    "concept": Words("begrepp", "concept"),
    "need": Words("behov", "need"),
    "offer": Words("erbjudande", "offer"),
}
FACET_WORDS: Mapping[str, Mapping[str, Words]] = {
    "type": TYPES,
    "kind": {**CONCEPT_KINDS, **NEED_KINDS, **OFFER_KINDS, **ACTOR_KINDS},
    "county": COUNTIES,
    "access": ACCESS,
    "users": USER_GROUPS,
    "environment": ENVIRONMENTS,
    "quality": QUALITY_WORDS,
    "role": ROLES,
    "verified": {"yes": Words("kontrollerad uppgift", "verified"), "no": Words("ej kontrollerad uppgift", "not verified")},
}


_NOT_STATED_WORDS = Words("ej angivet", "not stated")


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What a reader asks: free text, the types searched (none: all), chosen facet values, sort and page.

    Values of one facet are alternatives, facets add up. `where` narrows further, whatever is chosen.
    """

    text: str = ""
    types: tuple[str, ...] = ()
    selected: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = "relevance"
    limit: int = 20
    offset: int = 0
    language: Language = "sv"
    where: Filter | None = None


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value that can be chosen, its word, how many hits it would leave, and whether it is chosen."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class FoundPage:
    """One page of hits, the number of all, and the facets asked for; the text of `request` is the one that was searched for."""

    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, tuple[FacetValue, ...]]
    request: SearchRequest


def search_cluster(
    index: SearchIndex, request: SearchRequest, facets: Sequence[str] = (), concept_names: Mapping[str, str] = {}
) -> FoundPage:
    """Answer *request* with what the public may see, in one round trip to the index.

    The counts of a facet leave its own choice out, so that they tell what another choice would find; those of STATABLE tell
    how many state nothing, under NOT_STATED. `concept_names`
    gives the words of concepts. A question that finds nothing is asked again without its small words.
    Raises Invalid for a field, sort or page that does not exist.
    """
    check_request(request, facets)
    chosen = {name: values for name, values in request.selected.items() if values}
    widened = [name for name in facets if name in chosen]
    main, *others = index.search_many([_query(request, chosen, facets), *(_counting(request, chosen, name) for name in widened)])
    results = dict.fromkeys(facets, main) | dict(zip(widened, others, strict=True))
    counts = {name: _counts(result, name) for name, result in results.items()}
    telling = "" if main.total else telling_words(request.text)
    if telling and telling != request.text:
        return search_cluster(index, replace(request, text=telling), facets, concept_names)
    shown = {name: facet_values(name, counts.get(name, {}), request, concept_names) for name in facets}
    return FoundPage(main.hits, main.total, shown, request)


def telling_words(text: str) -> str:
    """Return *text* without the words that only ask or hold a sentence together: "who can help me with GMP" asks for GMP."""
    words = [(word, word.strip("?!.,").lower()) for word in text.split()]
    return " ".join(word for word, plain in words if not is_function_word(plain) and plain not in _ASKING)


def facet_values(name: str, counts: Mapping[str, int], request: SearchRequest, concept_names: Mapping[str, str]) -> tuple[FacetValue, ...]:
    """Return the values of a facet, most frequent first, NOT_STATED last; a chosen one stays even when nothing has it."""
    chosen = request.selected.get(name, ())
    held = dict.fromkeys(chosen, 0) | dict(counts)
    labels = {value: facet_label(name, value, request.language, concept_names) for value in held}
    values = (FacetValue(value, labels[value], count, value in chosen) for value, count in held.items())
    return tuple(sorted(values, key=lambda one: (one.value == NOT_STATED, -one.count, one.label.casefold(), one.value)))


def facet_label(name: str, value: str, language: Language, concept_names: Mapping[str, str] = {}) -> str:
    """Return the word of a facet's value in *language*; a value without one is shown as it is."""
    if name == "concept":
        return concept_names.get(value, value)
    if value == NOT_STATED:
        return _NOT_STATED_WORDS.in_language(language)
    words = FACET_WORDS.get(name, {}).get(value)
    return words.in_language(language) if words else value


def _query(request: SearchRequest, chosen: Mapping[str, tuple[str, ...]], facets: Sequence[str]) -> SearchQuery:
    return SearchQuery(
        text=request.text,
        where=_where(request, chosen),
        facets=tuple(dict.fromkeys((*facets, *_told_apart(facets)))),
        sort=request.sort,
        limit=request.limit,
        offset=request.offset,
        language=request.language,
    )


def _counting(request: SearchRequest, chosen: Mapping[str, tuple[str, ...]], facet: str) -> SearchQuery:
    others = {name: values for name, values in chosen.items() if name != facet}
    facets = (facet, *_told_apart((facet,)))
    return SearchQuery(text=request.text, where=_where(request, others), facets=facets, limit=0, language=request.language)


def _where(request: SearchRequest, chosen: Mapping[str, tuple[str, ...]]) -> Filter:
    parts: list[Filter] = [Eq("visibility", "public")]
    if request.types:
        parts.append(In("type", request.types))
    parts += [_chosen(name, values) for name, values in chosen.items()]
    if request.where is not None:
        parts.append(request.where)
    return And(tuple(parts))


def _chosen(name: str, values: Sequence[str]) -> Filter:
    held = In(name, tuple(value for value in values if value != NOT_STATED))
    return Or((held, In("unstated", (name,)))) if NOT_STATED in values else held


def _told_apart(facets: Iterable[str]) -> tuple[str, ...]:
    return () if set(STATABLE).isdisjoint(facets) else ("unstated",)


def _counts(result: SearchResult, name: str) -> Mapping[str, int]:
    silent = result.facets.get("unstated", {}).get(name, 0)
    return {**result.facets.get(name, {}), **({NOT_STATED: silent} if silent else {})}


def check_request(request: SearchRequest, facets: Iterable[str] = ()) -> None:
    """Raise Invalid with all that is wrong with *request*."""
    if problems := [*_filter_problems(request, facets), *_page_problems(request)]:
        raise Invalid(problems)


def _filter_problems(request: SearchRequest, facets: Iterable[str]) -> list[Problem]:
    known = f"Use one of: {', '.join(FACET_FIELDS)}."
    names = dict.fromkeys((*request.selected, *facets))
    problems = [Problem("There is no such filter.", known, name) for name in names if name not in FACET_FIELDS]
    for name, values in request.selected.items():
        if len(values) > MAX_CHOICES:
            problems.append(Problem("Too many values are chosen.", f"Choose at most {MAX_CHOICES}.", name))
    unknown = [one for one in request.types if one not in TYPES]
    return problems + [Problem("There is no such type.", f"Use one of: {', '.join(TYPES)}.", "type") for _ in unknown[:1]]


def _page_problems(request: SearchRequest) -> list[Problem]:
    problems = []
    if request.sort not in SORTS:
        problems.append(Problem("There is no such sort order.", f"Use one of: {', '.join(SORTS)}.", "sort"))
    if not 1 <= request.limit <= MAX_LIMIT:
        problems.append(Problem("The page size is out of bounds.", f"Give a number from 1 to {MAX_LIMIT}.", "limit"))
    if not 0 <= request.offset <= MAX_OFFSET:
        problems.append(Problem("The start of the page is out of bounds.", f"Give a number from 0 to {MAX_OFFSET}.", "offset"))
    if len(request.text) > MAX_TEXT:
        problems.append(Problem("The search text is too long.", f"Write at most {MAX_TEXT} characters.", "q"))
    return problems
