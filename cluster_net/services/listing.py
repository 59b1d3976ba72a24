"""Lists for the interface: from the index where it can, from the store where it must."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from cluster_net.domain.errors import Unavailable
from cluster_net.domain.filters import And, Exists, Filter, In, Not, Or, Range
from cluster_net.domain.graph import ACTOR, CONCEPT, NEED, OFFER, Key, Node, Value
from cluster_net.domain.nodes import record_of
from cluster_net.domain.records import OLDEST_VERIFIED
from cluster_net.domain.search import NOT_STATED, Document
from cluster_net.domain.vocabulary import INFRASTRUCTURE_KINDS, LANGUAGES
from cluster_net.services.backends import Backends
from cluster_net.services.ports import GraphStore
from cluster_net.services.recalling import names_of_concepts
from cluster_net.services.searching import FacetValue, FoundPage, SearchRequest, check_request, facet_values, search_cluster
from cluster_net.services.summaries import Listed, mentioned, names_of

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of the interface: what it holds, the facets it counts and the store's property of each filter.

    `from_store`: without a search text the store itself is asked, since the list is short and must be true at once.
    """

    label: str
    facets: tuple[str, ...]
    properties: Mapping[str, tuple[str, ...]]
    kinds: tuple[str, ...] = ()
    from_store: bool = False


_ACTOR_PROPERTIES: Mapping[str, tuple[str, ...]] = {
    "kind": ("kind",),
    "county": ("county",),
    "concept": ("capabilities",),
    "access": ("access_types", "access_modes"),
    "users": ("user_groups",),
    "environment": ("environment",),
    "quality": ("quality",),
    "role": ("roles",),
}
_NEED_PROPERTIES = {"kind": ("kind",), "county": ("place",), "concept": ("concepts",), "role": ("partner_roles",)}
_OFFER_PROPERTIES = {"kind": ("kind",), "concept": ("concepts",), "role": ("for_roles",)}
LISTINGS: Mapping[str, Listing] = {
    "actors": Listing(ACTOR, ("kind", "county", "concept", "access"), _ACTOR_PROPERTIES),
    "infrastructures": Listing(
        ACTOR,
        ("kind", "county", "concept", "access", "users", "environment", "quality"),
        _ACTOR_PROPERTIES,
        kinds=tuple(INFRASTRUCTURE_KINDS),
    ),
    "needs": Listing(NEED, ("kind", "county", "concept", "role"), _NEED_PROPERTIES),
    "offers": Listing(OFFER, ("kind", "county", "concept", "role"), _OFFER_PROPERTIES),
    "concepts": Listing(CONCEPT, ("kind",), {"kind": ("kind",)}, from_store=True),
}


@dataclass(frozen=True, slots=True)
class RecordPage:
    """One page of a list. `names` gives the names of the concepts and owners it mentions; `missing` the engine that is down."""

    records: tuple[Listed, ...]
    total: int
    facets: Mapping[str, tuple[FacetValue, ...]]
    names: Mapping[Key, str]
    missing: tuple[str, ...] = ()


def list_records(backends: Backends, listing: Listing, request: SearchRequest) -> RecordPage:
    """Return a page of *listing*; a constant number of round trips however long it is.

    Raises Invalid for a wrong filter and Unavailable when no engine that is up can answer.
    """
    check_request(request)
    if listing.from_store and _store_can(listing, request):
        try:
            return _page_from_store(backends, listing, request)
        except Unavailable:
            return _page_from_index(backends, listing, request)
    try:
        return _page_from_index(backends, listing, request)
    except Unavailable as error:
        if error.service != "index" or not _store_can(listing, request):
            raise
        return _page_from_store(backends, listing, request, missing=("index",))


SEARCH_FACETS = ("type", "kind", "county", "concept", "access")


@dataclass(frozen=True, slots=True)
class HitPage:
    """One page of hits of all types, with the names of the concepts and owners they mention."""

    found: FoundPage
    names: Mapping[Key, str]
    missing: tuple[str, ...] = ()


def find_hits(backends: Backends, request: SearchRequest) -> HitPage:
    """Search records of all types, with facets. Raises Unavailable when the index is down; names are ids when the store is."""
    labels, down = or_nothing(lambda: names_of_concepts(backends, request.language))
    found = search_cluster(backends.index, request, SEARCH_FACETS, labels)
    owners = [Key(ACTOR, hit.document.owner) for hit in found.hits if hit.document.owner]
    names, lost = ({}, True) if down else or_nothing(lambda: names_of(backends.graph, owners, request.language))
    concepts = {Key(CONCEPT, id_): name for id_, name in labels.items()}
    return HitPage(found, concepts | names, ("store",) if lost else ())


def _page_from_index(backends: Backends, listing: Listing, request: SearchRequest) -> RecordPage:
    labels, down = or_nothing(lambda: names_of_concepts(backends, request.language) if "concept" in listing.facets else {})
    kinds = In("kind", listing.kinds) if listing.kinds else None
    narrowed = replace(request, types=(listing.label.lower(),), where=kinds)
    found = search_cluster(backends.index, narrowed, listing.facets, labels)
    documents = [hit.document for hit in found.hits]
    nodes, lost = ({}, True) if down else or_nothing(lambda: backends.graph.get([document.key for document in documents]))
    if lost:
        records = tuple(listed_from(document) for document in documents)
        return RecordPage(records, found.total, found.facets, {}, missing=("store",))
    records = _listed(nodes[document.key] for document in documents if document.key in nodes)
    return RecordPage(records, found.total, found.facets, names_of(backends.graph, mentioned(records), request.language))


def or_nothing(ask: Callable[[], dict[K, V]]) -> tuple[dict[K, V], bool]:
    """Return what *ask* returns and False, or nothing and True when the engine is down."""
    try:
        return ask(), False
    except Unavailable:
        return {}, True


def _listed(nodes: Iterable[Node]) -> tuple[Listed, ...]:
    return tuple(record for node in nodes if isinstance(record := record_of(node), Listed))


def listed_from(document: Document) -> Listed:
    """Return what the index knows of a record; its source is not among it."""
    known: dict[str, Value] = {"checked": document.verified == "yes", "fictional": document.fictional == "yes", "owner_id": document.owner}
    for language in LANGUAGES:
        name, text = getattr(document, f"name_{language}"), getattr(document, f"text_{language}")
        known |= {f"{stem}_{language}": name for stem in ("name", "title", "pref")}
        known |= {f"{stem}_{language}": text for stem in ("description", "text")}
    for name in ("city", "county", "country", "deadline"):
        known[name] = getattr(document, name)
    known |= dict.fromkeys(("capabilities", "concepts"), document.stated)
    known |= dict.fromkeys(("roles", "partner_roles", "for_roles"), document.role)
    (record,) = _listed([Node(document.key, document.kind, known)])
    return record


def _store_can(listing: Listing, request: SearchRequest) -> bool:
    return not request.text.strip() and all(
        name in (*listing.properties, "verified") for name, values in request.selected.items() if values
    )


def _page_from_store(backends: Backends, listing: Listing, request: SearchRequest, *, missing: tuple[str, ...] = ()) -> RecordPage:
    store = backends.graph
    names = {"relevance": f"sort_{request.language}", "name": f"sort_{request.language}"}
    order = names.get(request.sort, request.sort)
    page = store.find(listing.label, _where(listing, request.selected), order=order, limit=request.limit, offset=request.offset)
    records = _listed(page.rows)
    labels = names_of_concepts(backends, request.language) if "concept" in listing.facets else {}
    facets = {name: facet_values(name, counts, request, labels) for name, counts in _count(store, listing, request.selected).items()}
    return RecordPage(records, page.total, facets, names_of(store, mentioned(records), request.language), missing)


def _count(store: GraphStore, listing: Listing, selected: Mapping[str, tuple[str, ...]]) -> dict[str, dict[str, int]]:
    """Count the facets of *listing* that the store keeps, each without its own choice."""
    kept = [name for name in listing.facets if name in listing.properties]
    chosen = [name for name in kept if selected.get(name)]
    plain = [name for name in kept if name not in chosen]
    fields = [one for name in plain for one in listing.properties[name]]
    counts = store.facets(listing.label, fields, _where(listing, selected))
    for name in chosen:
        others = {other: values for other, values in selected.items() if other != name}
        counts |= store.facets(listing.label, listing.properties[name], _where(listing, others))
    return {name: {value: n for one in listing.properties[name] for value, n in counts[one].items()} for name in kept}


def _where(listing: Listing, selected: Mapping[str, tuple[str, ...]]) -> Filter:
    parts: list[Filter] = [In("kind", listing.kinds)] if listing.kinds else []
    for name, values in selected.items():
        if name == "verified" and values:
            parts.append(Or(tuple(_verified(value) for value in values)))
        elif values:
            parts.append(chosen_of(listing, name, values))
    return And(tuple(parts))


def chosen_of(listing: Listing, name: str, values: Sequence[str]) -> Filter:
    """Return the filter for the chosen *values* of a facet as the store keeps them; narrower concepts are not among what it finds."""
    properties = listing.properties[name]
    held: list[Filter] = [In(one, tuple(values)) for one in properties]
    if NOT_STATED in values:
        held.append(And(tuple(Not(Exists(one)) for one in properties)))
    return Or(tuple(held))


def _verified(value: str) -> Filter:
    """Return the filter that says what `Sourced.verified` says."""
    checked = And((In("checked", (True,)), Or((Not(Exists("source_date")), Range("source_date", low=OLDEST_VERIFIED)))))
    return checked if value == "yes" else Not(checked) if value == "no" else Or(())
