"""Lists as pages show them: hits with marks, facets with true counts, names of concepts and owners."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from cluster_net.domain.filters import In
from cluster_net.domain.graph import ACTOR, CONCEPT, Key
from cluster_net.domain.search import Hit
from cluster_net.domain.text import sort_key
from cluster_net.domain.vocabulary import ACCESS, CONCEPT_KINDS, INFRASTRUCTURE_KINDS, USER_GROUPS, Language, Words
from cluster_net.services.backends import Backends
from cluster_net.services.cards import Card, card_of, card_of_document
from cluster_net.services.searching import FacetValue, SearchRequest, search_cluster
from cluster_net.services.summaries import concept_names, names_of

SHOWN_CONCEPTS = 4


@dataclass(frozen=True, slots=True)
class ShownHit:
    """A hit on a page. `marked` holds name, text and also (an alias or concept), with marks where words matched."""

    card: Card
    marked: Mapping[str, str]
    concepts: tuple[tuple[str, str], ...]
    users: str
    access: str
    owner_name: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list with its facets."""

    hits: tuple[ShownHit, ...]
    total: int
    facets: Mapping[str, tuple[FacetValue, ...]] = field(default_factory=dict)


def search_all(backends: Backends, request: SearchRequest, facets: Sequence[str]) -> ListPage:
    """Search everything public; a constant number of round trips however many hits there are."""
    words = concept_names(backends.graph, request.language)
    found = search_cluster(backends.index, request, facets, words)
    owners = {Key(ACTOR, hit.document.owner) for hit in found.hits if hit.document.owner}
    names = names_of(backends.graph, sorted(owners), request.language)
    return ListPage(tuple(_shown(hit, request.language, words, names) for hit in found.hits), found.total, found.facets)


def find_infrastructures(backends: Backends, request: SearchRequest, facets: Sequence[str]) -> ListPage:
    """List research infrastructures and testbeds."""
    narrowed = replace(request, types=("actor",), where=In("kind", tuple(INFRASTRUCTURE_KINDS)))
    return search_all(backends, narrowed, facets)


def find_needs(backends: Backends, request: SearchRequest, facets: Sequence[str]) -> ListPage:
    """List needs and offers."""
    return search_all(backends, replace(request, types=("need", "offer")), facets)


def find_concepts(backends: Backends, language: Language) -> tuple[tuple[str, tuple[Card, ...]], ...]:
    """Return all concepts by kind: (word of the kind, concepts in order of name)."""
    cards = [card_of(node, language) for node in backends.graph.find(CONCEPT, limit=None).rows]
    cards.sort(key=lambda card: sort_key(card.name))
    groups = ((words.in_language(language), tuple(card for card in cards if card.kind == kind)) for kind, words in CONCEPT_KINDS.items())
    return tuple((word, held) for word, held in groups if held)


def _shown(hit: Hit, language: Language, words: Mapping[str, str], owners: Mapping[Key, str]) -> ShownHit:
    document = hit.document
    card = card_of_document(document, language)
    text = hit.marked.get(f"text_{card.text_language}") or (card.text if len(card.text) <= 240 else card.text[:236] + " …")
    return ShownHit(
        card=card,
        marked={"name": hit.marked.get(f"name_{language}", card.name), "text": text, "also": _also(hit, language)},
        concepts=tuple((id_, words[id_]) for id_ in document.concept if id_ in words)[:SHOWN_CONCEPTS] if card.type != "concept" else (),
        users=_words(document.users, USER_GROUPS, language),
        access=_words(document.access, ACCESS, language),
        owner_name=owners.get(Key(ACTOR, document.owner), document.owner),
    )


def _also(hit: Hit, language: Language) -> str:
    """Return the other name or concept that matched, when the shown name and text do not."""
    shown = any(hit.marked.get(f"{field}_{language}") for field in ("name", "text"))
    return "" if shown else hit.marked.get("also", "")


def _words(values: Sequence[str], labels: Mapping[str, Words], language: Language) -> str:
    return ", ".join(labels[value].in_language(language) for value in values if value in labels)
