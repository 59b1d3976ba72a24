"""Parts of the network: some kinds, counties, concepts and types of tie, at a date."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import networkx as nx

from cluster_net.domain.evidence import words_in
from cluster_net.domain.graph import ACTOR, Key, Link
from cluster_net.domain.network import Network
from cluster_net.domain.vocabulary import GROUP_OF_KIND

FACETS = ("group", "county", "concept", "tie")


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What is asked for: the values of one field are alternatives, all fields must hold; an empty one asks for nothing.

    `as_of` is a year: a tie counts when it had begun by then and had not ended before. A bound that is not told does not exclude.
    """

    group: tuple[str, ...] = ()
    county: tuple[str, ...] = ()
    concept: tuple[str, ...] = ()
    tie: tuple[str, ...] = ()
    as_of: int | None = None

    def chosen(self, facet: str) -> tuple[str, ...]:
        """Return the values asked for of one of FACETS."""
        return {"group": self.group, "county": self.county, "concept": self.concept, "tie": self.tie}[facet]


@dataclass(frozen=True, slots=True)
class Part:
    """What is left: actors that fit and have a tie that counts, and the ties between them, as `links` of the edges.

    `ties` counts them and `undated` those that tell no year. `counts` tells for each value of a facet how many actors, or ties,
    there would be if the facet's own choice were that value alone.
    """

    graph: "nx.Graph[str]"
    ties: int
    undated: int
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


def part_of(network: Network, asked: Narrowing) -> Part:
    """Return the part of *network* that is asked for, actors in order of id."""
    dated = [(a, b, held) for a, b, edge in network.graph.edges(data=True) if (held := _holding(edge["links"], asked.as_of))]
    tied = {end for a, b, links in dated if _typed(links, asked.tie) for end in (a, b)}
    values = {actor: _values(network, actor) for actor in sorted({end for a, b, _ in dated for end in (a, b)})}
    fitting = {actor for actor, held in values.items() if not _misses(held, asked)}
    among = [(a, b, links) for a, b, links in dated if a in fitting and b in fitting]
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(actor for actor in values if actor in fitting and actor in tied)
    graph.add_edges_from((a, b, {"links": counted}) for a, b, links in among if (counted := _typed(links, asked.tie)))
    left = [link for _, _, held in graph.edges(data=True) for link in held["links"]]
    counts = _counts([values[actor] for actor in tied], asked)
    counts["tie"] = Counter(link.type for _, _, links in among for link in links)
    return Part(graph, len(left), sum(1 for link in left if not is_dated(link)), counts)


def is_dated(link: Link) -> bool:
    """Tell whether a tie tells when it began or ended."""
    return "start_year" in link.properties or "end_year" in link.properties


def _holding(links: list[Link], year: int | None) -> list[Link]:
    return links if year is None else [link for link in links if _holds(link, year)]


def _holds(link: Link, year: int) -> bool:
    start, end = link.properties.get("start_year"), link.properties.get("end_year")
    return not (isinstance(start, int) and start > year) and not (isinstance(end, int) and end < year)


def _typed(links: list[Link], types: tuple[str, ...]) -> list[Link]:
    return [link for link in links if link.type in types] if types else links


def _values(network: Network, actor: str) -> dict[str, tuple[str, ...]]:
    """Return what an actor has of each facet that is about actors."""
    node = network.nodes[Key(ACTOR, actor)]
    return {
        "group": (GROUP_OF_KIND.get(node.kind, "actor"),),
        "county": words_in(node, "county"),
        "concept": words_in(node, "capabilities"),
    }


def _misses(values: Mapping[str, tuple[str, ...]], asked: Narrowing) -> list[str]:
    """Return the facets whose choice an actor does not meet."""
    return [facet for facet, held in values.items() if (chosen := asked.chosen(facet)) and not set(chosen) & set(held)]


def _counts(actors: Iterable[Mapping[str, tuple[str, ...]]], asked: Narrowing) -> dict[str, Counter[str]]:
    counts: dict[str, Counter[str]] = {facet: Counter() for facet in FACETS}
    for values in actors:
        missed = _misses(values, asked)
        for facet, held in values.items():
            if set(missed) <= {facet}:
                counts[facet].update(held)
    return counts
