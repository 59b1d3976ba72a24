"""Whole lists as tables, to be taken away in a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cluster_net.domain.filters import And, In
from cluster_net.domain.graph import ACTOR, Key, Node, Tie
from cluster_net.domain.nodes import record_of
from cluster_net.domain.records import Actor
from cluster_net.domain.search import Document
from cluster_net.domain.vocabulary import Language, Words
from cluster_net.services.access import access_facts, access_sources, apply_url, statements_of
from cluster_net.services.backends import Backends
from cluster_net.services.cards import Card, card_of_document, county_word
from cluster_net.services.finding import narrowed
from cluster_net.services.ports import GraphStore
from cluster_net.services.recalling import names_of_concepts
from cluster_net.services.searching import FACET_WORDS, MAX_LIMIT, TYPES, SearchRequest, search_cluster

MOST, MOST_CHOSEN = 2_000, 100
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
    ("website", Words("webbplats", "website")),
    ("how_to_ask", Words("så frågar du", "how to ask")),
    ("price", Words("pris", "price")),
    ("lead_time", Words("ledtid", "lead time")),
    ("source_title", Words("källa", "source")),
    ("source_url", Words("källans adress", "address of the source")),
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


@dataclass(frozen=True, slots=True)
class Held:
    """Records of the store, and by actor what sources say about using it."""

    nodes: Mapping[Key, Node]
    told: Mapping[Key, Sequence[Tie]]

    def name(self, key: Key, language: Language) -> str:
        """Return the name of a record, or nothing when it is not among them."""
        return record_of(self.nodes[key]).name(language) if key in self.nodes else ""


def download_list(backends: Backends, name: str, request: SearchRequest, chosen: Sequence[str] = ()) -> Sheet:
    """Return the first MOST of all that *request* finds in the list called *name*, whatever page it asks for.

    Of these only the first MOST_CHOSEN *chosen* slugs, when there are any; a slug that is not in the list is passed over.
    One round trip to the index for each MAX_LIMIT rows and three to the store. Raises Unavailable when either is down.
    """
    asked = _narrowed(name, request, tuple(chosen)[:MOST_CHOSEN])
    documents: list[Document] = []
    total = 1
    while len(documents) < min(total, MOST):
        page = search_cluster(backends.index, replace(asked, limit=MAX_LIMIT, offset=len(documents)))
        total = page.total
        documents += [hit.document for hit in page.hits]
        if not page.hits:
            break
    words = names_of_concepts(backends, request.language)
    cards = tuple(card_of_document(one, request.language) for one in documents)
    held = _read(backends.graph, documents)
    rows = (_row(one, card, words, held, request.language) for one, card in zip(documents, cards, strict=True))
    return Sheet(tuple(rows), cards, total)


def headings(language: Language) -> list[str]:
    """Return the words above the columns."""
    return [words.in_language(language) for _, words in HEADINGS]


def _narrowed(name: str, request: SearchRequest, chosen: tuple[str, ...]) -> SearchRequest:
    asked = narrowed(name, request)
    if not chosen:
        return asked
    return replace(asked, where=And((In("slug", chosen), *([asked.where] if asked.where else []))))


def _read(store: GraphStore, documents: Sequence[Document]) -> Held:
    """Return what the store holds of *documents* and their owners, in two round trips."""
    keys = [one.key for one in documents]
    owners = [Key(ACTOR, one.owner) for one in documents if one.owner]
    told = store.neighbours([key for key in keys if key.label == ACTOR], ("DESCRIBES",), "in")
    return Held(store.get(tuple(dict.fromkeys((*keys, *owners)))), told)


def _row(one: Document, card: Card, words: dict[str, str], held: Held, language: Language) -> dict[str, Cell]:
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
        "owner": held.name(Key(ACTOR, one.owner), language) or one.owner,
        "deadline": _day(one.deadline),
        "text": card.text,
        **_facts(one.key, held, language),
        "verified": _YES_NO[one.verified].in_language(language),
        "fictional": _YES_NO[one.fictional].in_language(language),
        "updated": _day(one.updated),
    }


def _facts(key: Key, held: Held, language: Language) -> dict[str, Cell]:
    """Return what only the store knows: where to ask and read more, price, lead time and source."""
    record = record_of(held.nodes[key]) if key in held.nodes else None
    statements = statements_of(held.told.get(key, ()))
    answers = {fact.name: fact.answer for fact in access_facts(record, statements, language)} if isinstance(record, Actor) else {}
    return {
        "website": getattr(record, "website", ""),
        "how_to_ask": apply_url(access_sources(statements, language)) or getattr(record, "how_to_apply_url", ""),
        "price": answers.get("price", ""),
        "lead_time": answers.get("lead_time", ""),
        "source_title": getattr(record, "source_title", ""),
        "source_url": getattr(record, "source_url", ""),
    }


def _day(text: str) -> Cell:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return text
