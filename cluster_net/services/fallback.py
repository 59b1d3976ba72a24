"""Lists without the index: what the store finds by name."""

from collections.abc import Iterator, Mapping, Sequence

from cluster_net.domain.filters import And, Filter
from cluster_net.domain.graph import ACTOR, CONCEPT, NEED, OFFER, Key, Node, Value
from cluster_net.domain.text import fold
from cluster_net.services.hits import ListPage, hit_of_node
from cluster_net.services.listing import LISTINGS, Listing, chosen_of
from cluster_net.services.ports import GraphStore
from cluster_net.services.searching import SearchRequest, facet_values
from cluster_net.services.summaries import names_of

_LISTS = {ACTOR: LISTINGS["actors"], NEED: LISTINGS["needs"], OFFER: LISTINGS["offers"], CONCEPT: LISTINGS["concepts"]}
_NAMES = ("name_sv", "name_en", "acronym", "aliases", "title_sv", "title_en", "pref_sv", "pref_en", "alt_sv", "alt_en")


def list_by_name(store: GraphStore, request: SearchRequest, words: Mapping[str, str]) -> ListPage:
    """List, in order of name, what has every word of the text in one of its names; of the facets only what is chosen is there, uncounted.

    *words* are the names of concepts. What cannot answer a chosen filter is left out.
    """
    wanted = fold(request.text).split()
    found = [node for label, where in _questions(request) for node in store.find(label, where, limit=None).rows if _is_named(node, wanted)]
    found.sort(key=lambda node: (str(node.properties.get(f"sort_{request.language}", "")), node.key))
    shown = found[request.offset : request.offset + request.limit]
    owners = names_of(store, [Key(ACTOR, str(node.properties.get("owner_id", ""))) for node in shown], request.language)
    hits = tuple(hit_of_node(node, request.language, words, owners) for node in shown)
    chosen = {name: facet_values(name, {}, request, words) for name, values in request.selected.items() if values}
    return ListPage(hits, len(found), chosen, missing=("index",))


def _questions(request: SearchRequest) -> Iterator[tuple[str, Filter]]:
    """Yield each label that is asked for with the filter that the store can answer."""
    for label, listing in _LISTS.items():
        types = (request.types, request.selected.get("type", ()))
        chosen = {name: values for name, values in request.selected.items() if values and name != "type"}
        if all(label.lower() in asked for asked in types if asked) and chosen.keys() <= listing.properties.keys():
            yield label, And((*_parts(listing, chosen), *([request.where] if request.where else ())))


def _parts(listing: Listing, chosen: Mapping[str, Sequence[str]]) -> Iterator[Filter]:
    for name, values in chosen.items():
        yield chosen_of(listing, name, values)


def _is_named(node: Node, wanted: Sequence[str]) -> bool:
    held = " ".join(_text(node.properties.get(name, "")) for name in _NAMES)
    return all(word in fold(held) for word in wanted)


def _text(value: Value) -> str:
    return " ".join(value) if isinstance(value, tuple) else str(value)
