"""Lists as pages show them, from the index where it can, by name from the store where it must."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from cluster_net.domain.errors import Unavailable
from cluster_net.domain.filters import In
from cluster_net.domain.graph import ACTOR, CONCEPT, Key
from cluster_net.domain.search import MARK_END, MARK_START, Hit
from cluster_net.domain.text import fold, shared_beginning, sort_key
from cluster_net.domain.vocabulary import CONCEPT_KINDS, INFRASTRUCTURE_KINDS, ORGANISATION_KINDS, Language
from cluster_net.services.backends import Backends
from cluster_net.services.cards import Card, card_of
from cluster_net.services.fallback import list_by_name
from cluster_net.services.hits import Concepts, ListPage, hit_of
from cluster_net.services.listing import or_nothing
from cluster_net.services.recalling import names_of_concepts
from cluster_net.services.searching import FoundPage, SearchRequest, search_cluster
from cluster_net.services.summaries import names_of

APART = 10  # hits of each list when needs and offers are shown side by side
NEAR, LIKENESS = 5, 0.6
LEAST_FORGIVEN, SAME_BEGINNING = 5, 0.6  # letters of a word in which a slip is forgiven; share of a word that its inflections keep
MARKED = re.compile(f"{MARK_START}(.*?){MARK_END}")
Question = tuple[SearchRequest, Sequence[str]]  # what is asked and the facets to count


@dataclass(frozen=True, slots=True)
class Proposals:
    """Needs and offers as one list, and the first of each apart when neither type was chosen."""

    both: ListPage
    needs: ListPage | None = None
    offers: ListPage | None = None


def search_all(backends: Backends, request: SearchRequest, facets: Sequence[str]) -> ListPage:
    """Search everything public; a constant number of round trips however many hits there are.

    Raises Unavailable when neither index nor store answers.
    """
    (page,) = _lists(backends, [(request, facets)], request.language)
    return page


def narrowed(name: str, request: SearchRequest) -> SearchRequest:
    """Return *request* within the list called *name*: infrastructures, organisations, needs (with offers), else everything."""
    match name:
        case "infrastructures":
            return replace(request, types=("actor",), where=In("kind", tuple(INFRASTRUCTURE_KINDS)))
        case "organisations":
            return replace(request, types=("actor",), where=In("kind", tuple(ORGANISATION_KINDS)))
        case "needs":
            return replace(request, types=("need", "offer"))
        case _:
            return request


def find_infrastructures(backends: Backends, request: SearchRequest, facets: Sequence[str]) -> ListPage:
    """List research infrastructures and testbeds."""
    return search_all(backends, narrowed("infrastructures", request), facets)


def find_organisations(backends: Backends, request: SearchRequest, facets: Sequence[str]) -> ListPage:
    """List all actors that are no infrastructure or testbed."""
    return search_all(backends, narrowed("organisations", request), facets)


def find_needs(backends: Backends, request: SearchRequest, facets: Sequence[str]) -> Proposals:
    """List needs and offers, with facets counted over both."""
    both = narrowed("needs", request)
    if request.selected.get("type"):
        return Proposals(*_lists(backends, [(both, facets)], request.language))
    apart: list[Question] = [(replace(request, types=(type_,), limit=APART, offset=0), ()) for type_ in both.types]
    return Proposals(*_lists(backends, [(replace(both, limit=1, offset=0), facets), *apart], request.language))


def find_concepts(backends: Backends, language: Language) -> tuple[tuple[str, tuple[Card, ...]], ...]:
    """Return all concepts by kind: (word of the kind, concepts in order of name)."""
    cards = [card_of(node, language) for node in backends.graph.find(CONCEPT, limit=None).rows]
    cards.sort(key=lambda card: sort_key(card.name))
    groups = ((words.in_language(language), tuple(card for card in cards if card.kind == kind)) for kind, words in CONCEPT_KINDS.items())
    return tuple((word, held) for word, held in groups if held)


def near_concepts(text: str, words: Mapping[str, str]) -> Concepts:
    """Return the concepts whose names look like *text* or one of its words, most alike first."""
    folded = {fold(name): (id_, name) for id_, name in words.items()}
    asked = fold(text)
    found = [one for word in dict.fromkeys((asked, *asked.split())) for one in get_close_matches(word, folded, NEAR, LIKENESS)]
    return tuple(folded[one] for one in dict.fromkeys(found))[:NEAR]


def _lists(backends: Backends, asked: Sequence[Question], language: Language) -> list[ListPage]:
    """Answer several questions with one look at the store for the names they mention."""
    words, down = or_nothing(lambda: names_of_concepts(backends, language))
    try:
        found = [search_cluster(backends.index, request, facets, words) for request, facets in asked]
    except Unavailable as error:
        if error.service != "index" or down:
            raise
        return [list_by_name(backends.graph, request, words) for request, _ in asked]
    owners = sorted({Key(ACTOR, hit.document.owner) for page in found for hit in page.hits if hit.document.owner})
    names, lost = ({}, True) if down else or_nothing(lambda: names_of(backends.graph, owners, language))
    missing = ("store",) if lost else ()
    return [_page(page, request.text, words, names, missing) for page, (request, _) in zip(found, asked, strict=True)]


def _page(found: FoundPage, asked: str, words: Mapping[str, str], owners: Mapping[Key, str], missing: tuple[str, ...]) -> ListPage:
    request = found.request
    hits = tuple(hit_of(hit, request.language, words, owners) for hit in found.hits)
    looked_at = request.limit > 1 or not found.total  # a page of one hit tells nothing about the others
    near = near_concepts(request.text, words) if looked_at and has_strange_word(request.text, found.hits) else ()
    return ListPage(hits, found.total, found.facets, missing, near, instead=request.text if request.text != asked else "")


def has_strange_word(text: str, hits: Sequence[Hit]) -> bool:
    """Tell whether some word of *text* is no form of a word that is marked in *hits*, so that it may be a slip."""
    marked = [fold(one) for hit in hits for held in hit.marked.values() for one in MARKED.findall(held)]
    words = [word for word in fold(text).split() if len(word) >= LEAST_FORGIVEN or not hits]
    return any(not any(_are_forms(word, one) for one in marked) for word in words)


def _are_forms(word: str, other: str) -> bool:
    """Tell whether both begin alike and one has only an ending that the other lacks or has otherwise."""
    same = shared_beginning(word, other)
    return same >= int(len(word) * SAME_BEGINNING) and min(len(word), len(other)) - same <= 1
