"""The map of the network: the picture and the table of a part of it, and the same as columns for the moving map."""

from collections.abc import Mapping
from dataclasses import dataclass

from cluster_net.domain.graph import ACTOR, CONCEPT, Key, Node
from cluster_net.domain.layout import best_connected
from cluster_net.domain.narrowing import FACETS, Narrowing, Part, part_of
from cluster_net.domain.network import Network
from cluster_net.domain.nodes import record_of
from cluster_net.domain.vocabulary import ACTOR_KINDS, COLLABORATION_TYPES, GROUP_OF_KIND, KIND_GROUPS, Language, Words
from cluster_net.services.cards import Card, card_of, county_word
from cluster_net.services.picturing import Picture, draw
from cluster_net.services.placed import PLACED, MapCache
from cluster_net.services.searching import FacetValue

DRAWN = 110
ROWS = 50
GRID = 9999  # places in the columns are whole numbers from 0 to GRID


@dataclass(frozen=True, slots=True)
class MapPage:
    """The picture, one page of the table of all actors of the part (actor, its partners there), and what can be chosen.

    `actors` and `ties` count what is left of `all_actors` and `all_ties`, `undated` the ties left that tell no year. `stamp` names
    the data and the places; `pending` tells that places of newcomers are still being computed.
    """

    picture: Picture
    rows: tuple[tuple[Card, int], ...]
    facets: Mapping[str, tuple[FacetValue, ...]]
    actors: int
    ties: int
    undated: int
    all_actors: int
    all_ties: int
    stamp: str
    pending: bool


def read_map(
    network: Network, cache: MapCache, language: Language, asked: Narrowing, *, sort: str = "partners", offset: int = 0
) -> MapPage:
    """Return the map of the part *asked* for. *sort* is "partners" or "name"."""
    stamp = cache.stamp(network)  # first: what is made of places that come after it is not kept under their name
    placed = cache.placed(network)
    part, whole = _part(network, cache, asked), _part(network, cache, Narrowing())
    picture = cache.made((stamp, "picture", language, asked), lambda: draw(network, part, placed.places, language, DRAWN))
    rows = best_connected(part.graph, len(part.graph))
    if sort == "name":
        rows.sort(key=lambda actor: (str(network.nodes[Key(ACTOR, actor)].properties.get(f"sort_{language}", "")), actor))
    shown = tuple((card_of(network.nodes[Key(ACTOR, actor)], language), part.graph.degree(actor)) for actor in rows[offset : offset + ROWS])
    return MapPage(
        picture=picture,
        rows=shown,
        facets={facet: _values(network, part, facet, asked, language) for facet in FACETS},
        actors=len(part.graph),
        ties=part.ties,
        undated=part.undated,
        all_actors=len(whole.graph),
        all_ties=whole.ties,
        stamp=stamp,
        pending=placed.version != network.version,
    )


def draw_map(network: Network, cache: MapCache, language: Language, asked: Narrowing) -> tuple[Picture, Part]:
    """Return the picture of all actors of the part that have a place, and the part."""
    part = _part(network, cache, asked)
    return draw(network, part, cache.placed(network).places, language, PLACED), part


def map_columns(network: Network, cache: MapCache, language: Language, asked: Narrowing) -> dict[str, object]:
    """Return the part as columns: each actor's slug, name, kind, place and whether it is invented, in order of id, and its ties.

    `ties` holds three numbers for each pair: the places of both in the columns, and the place of its words in `tie_words`, which
    holds what the first is to the second and the second to the first. `kinds` holds (word, group).
    """
    part, places = _part(network, cache, asked), cache.placed(network).places
    actors = [actor for actor in part.graph if actor in places]
    nodes = [network.nodes[Key(ACTOR, actor)] for actor in actors]
    kinds = {kind: number for number, kind in enumerate(sorted({node.kind for node in nodes}))}
    number = {actor: place for place, actor in enumerate(actors)}
    said: dict[tuple[str, str], int] = {}
    ties = []
    for a, b in sorted(sorted((number[a], number[b])) for a, b in part.graph.edges if a in number and b in number):
        words = _tie_words(part, actors[a], actors[b], language)
        ties += [a, b, said.setdefault(words, len(said))]
    return {
        "version": cache.stamp(network),
        "as_of": asked.as_of,
        "slugs": actors,
        "names": [_name(node, language) for node in nodes],
        "kind": [kinds[node.kind] for node in nodes],
        "x": [round(places[actor][0] * GRID) for actor in actors],
        "y": [round(places[actor][1] * GRID) for actor in actors],
        "fictional": [place for place, node in enumerate(nodes) if node.properties.get("fictional")],
        "kinds": [(ACTOR_KINDS[kind].in_language(language), GROUP_OF_KIND[kind]) for kind in kinds],
        "ties": ties,
        "tie_words": list(said),
    }


def _part(network: Network, cache: MapCache, asked: Narrowing) -> Part:
    return cache.made((network.version, "part", asked), lambda: part_of(network, asked))


def _tie_words(part: Part, start: str, end: str, language: Language) -> tuple[str, str]:
    """Return what the first is to the second and the other way round: "operates, member of"."""
    said: tuple[list[str], list[str]] = ([], [])
    for link in part.graph.edges[start, end]["links"]:
        words = COLLABORATION_TYPES[link.type]
        both = (words.forward, words.backward) if link.start.id == start else (words.backward, words.forward)
        for side, one in zip(said, both, strict=True):
            side.append(one.in_language(language))
    first, second = (", ".join(sorted(dict.fromkeys(side))) for side in said)
    return first, second


def _name(node: Node, language: Language) -> str:
    held = node.properties
    return Words(str(held.get("name_sv", "")), str(held.get("name_en", ""))).spoken(language)[0]


def _values(network: Network, part: Part, facet: str, asked: Narrowing, language: Language) -> tuple[FacetValue, ...]:
    """Return what can be chosen of a facet: groups in the legend's order, concepts by name, others most frequent first."""
    chosen = asked.chosen(facet)
    counts = dict.fromkeys(KIND_GROUPS if facet == "group" else (), 0) | dict.fromkeys(chosen, 0) | dict(part.counts[facet])
    values = [FacetValue(one, _label(network, facet, one, language), count, one in chosen) for one, count in counts.items()]
    if facet == "concept":
        return tuple(sorted(values, key=lambda one: (one.label.casefold(), one.value)))
    return tuple(values) if facet == "group" else tuple(sorted(values, key=lambda one: (-one.count, one.label)))


def _label(network: Network, facet: str, value: str, language: Language) -> str:
    match facet:
        case "group":
            return KIND_GROUPS[value][0].in_language(language) if value in KIND_GROUPS else value
        case "county":
            return county_word(value, language)
        case "tie":
            return COLLABORATION_TYPES[value].forward.in_language(language) if value in COLLABORATION_TYPES else value
        case _:
            concept = network.nodes.get(Key(CONCEPT, value))
            return record_of(concept).name(language) if concept else value
