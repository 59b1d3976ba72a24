"""Whole lists as tables, to be taken away in a file."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from cluster_net.domain.graph import ACTOR, Key
from cluster_net.domain.search import Document
from cluster_net.domain.vocabulary import Language, Words
from cluster_net.services.backends import Backends
from cluster_net.services.cards import Card, card_of_document, county_word
from cluster_net.services.finding import narrowed
from cluster_net.services.recalling import names_of_concepts
from cluster_net.services.searching import FACET_WORDS, MAX_LIMIT, TYPES, SearchRequest, search_cluster
from cluster_net.services.summaries import names_of

MOST = 2_000
HEADINGS: tuple[tuple[str, Words], ...] = (
    ("type", Words("typ", "type")),
    ("id", Words("id", "id")),
    ("name", Words("namn", "name")),
    ("kind", Words("slag", "kind")),
    ("city", Words("ort", "city")),
    ("county", Words("län", "county")),
    ("country", Words("land", "country")),
    ("users", Words("öppen för", "open to")),
    ("access", Words("åtkomst", "access")),
    ("environment", Words("miljö", "environment")),
    ("quality", Words("kvalitetssystem", "quality system")),
    ("roles", Words("roller", "roles")),
    ("concepts", Words("begrepp", "concepts")),
    ("owner", Words("ägare", "owner")),
    ("deadline", Words("sista dag", "deadline")),
    ("text", Words("beskrivning", "description")),
    ("verified", Words("kontrollerad", "verified")),
    ("fictional", Words("påhittad", "fictional")),
    ("updated", Words("ändrad", "updated")),
)
Cell = str | date | None
_YES_NO = {"yes": Words("ja", "yes"), "no": Words("nej", "no")}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list as rows of named cells, `cards` beside them; `total` is more than their number when the list was cut at MOST."""

    rows: tuple[dict[str, Cell], ...]
    cards: tuple[Card, ...]
    total: int


def download_list(backends: Backends, name: str, request: SearchRequest) -> Sheet:
    """Return the first MOST of all that *request* finds in the list called *name*, whatever page it asks for.

    One round trip to the index for each MAX_LIMIT rows and two to the store. Raises Unavailable when either is down.
    """
    documents: list[Document] = []
    total = 1
    while len(documents) < min(total, MOST):
        page = search_cluster(backends.index, replace(narrowed(name, request), limit=MAX_LIMIT, offset=len(documents)))
        total = page.total
        documents += [hit.document for hit in page.hits]
        if not page.hits:
            break
    words = names_of_concepts(backends, request.language)
    owners = names_of(backends.graph, {Key(ACTOR, one.owner) for one in documents if one.owner}, request.language)
    cards = tuple(card_of_document(one, request.language) for one in documents)
    rows = (_row(one, card, words, owners, request.language) for one, card in zip(documents, cards, strict=True))
    return Sheet(tuple(rows), cards, total)


def headings(language: Language) -> list[str]:
    """Return the words above the columns."""
    return [words.in_language(language) for _, words in HEADINGS]


def _row(one: Document, card: Card, words: dict[str, str], owners: dict[Key, str], language: Language) -> dict[str, Cell]:
    def labels(field: str, values: Sequence[str]) -> str:
        known = FACET_WORDS.get(field, {})
        return ", ".join(known[value].in_language(language) if value in known else value for value in values)

    return {
        "type": TYPES[one.type].in_language(language),
        "id": one.slug,
        "name": card.name,
        "kind": card.kind_word,
        "city": ", ".join(one.city),
        "county": ", ".join(county_word(county, language) for county in one.county),
        "country": one.country,
        "users": labels("users", one.users),
        "access": labels("access", one.access),
        "environment": labels("environment", one.environment),
        "quality": labels("quality", one.quality),
        "roles": labels("role", one.role),
        "concepts": ", ".join(words.get(concept, concept) for concept in one.stated),
        "owner": owners.get(Key(ACTOR, one.owner), one.owner),
        "deadline": _day(one.deadline),
        "text": card.text,
        "verified": _YES_NO[one.verified].in_language(language),
        "fictional": _YES_NO[one.fictional].in_language(language),
        "updated": _day(one.updated),
    }


def _day(text: str) -> Cell:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return text
