"""The network that suggestions and paths are computed on: a networkx graph of actors with what they know, seek and offer."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import networkx as nx

from cluster_net.domain.graph import ACCESS_STATEMENT, ACTOR, CONCEPT, NEED, OFFER, Dump, Key, Link, Node, Tie
from cluster_net.domain.vocabulary import COLLABORATION_TYPES

_SMALLER_STARTS, _LARGER_STARTS = frozenset({"PART_OF"}), frozenset({"OPERATES", "OWNS"})

LEAST_CONFIDENCE = 0.5  # a tie below it is inferred: never shown as fact, never a reason


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """One data version, compiled; it equals itself alone, so that what is read out of one can be kept by it.

    `graph` has one node per actor id and one undirected edge per pair that has any collaboration; its `weight` in (0, 1] is
    the strongest tie's strength x confidence and `links` lists them all. `concepts` maps a record's key to its concept ids.
    """

    version: int
    graph: "nx.Graph[str]"
    nodes: Mapping[Key, Node]
    concepts: Mapping[Key, frozenset[str]]
    needs_of: Mapping[str, tuple[str, ...]]
    offers_of: Mapping[str, tuple[str, ...]]
    holders: Mapping[str, tuple[Key, ...]]  # concept id -> actors, needs and offers that have it
    broader: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    held_by: Mapping[str, frozenset[str]] = field(default_factory=dict)  # actor -> what it is part of, run by or owned by
    statements: Mapping[str, tuple[Node, ...]] = field(default_factory=dict)  # actor -> what sources say about using it
    links: Mapping[Key, tuple[Link, ...]] = field(default_factory=dict)  # record -> every link that begins or ends there
    of_label: Mapping[str, tuple[Node, ...]] = field(default_factory=dict)

    def is_invented(self, key: Key) -> bool:
        """Tell whether a record was made up for the demo."""
        return self.nodes[key].properties.get("fictional") is True

    def ties(self) -> Iterator[Link]:
        """Yield every collaboration."""
        for _, _, held in self.graph.edges(data=True):
            yield from held["links"]

    def ties_of(self, key: Key) -> Iterator[Tie]:
        """Yield every link of a record with its other end, by type, other end and id; one to itself once, outgoing."""
        sides = ((link, link.start == key, link.end if link.start == key else link.start) for link in self.links.get(key, ()))
        for link, outgoing, other in sorted(sides, key=lambda side: (side[0].type, side[2], side[0].id)):
            yield Tie(link, self.nodes[other], outgoing)


def compile_network(dump: Dump) -> Network:
    """Build the network of one dump."""
    graph: nx.Graph[str] = nx.Graph()
    related: dict[str, dict[Key, list[str]]] = defaultdict(lambda: defaultdict(list))
    holders: dict[str, list[Key]] = defaultdict(list)
    held_by: dict[str, set[str]] = defaultdict(set)
    statements: dict[str, list[Node]] = defaultdict(list)
    links: dict[Key, list[Link]] = defaultdict(list)
    by_label: dict[str, list[Node]] = defaultdict(list)
    for node in dump.nodes:
        by_label[node.key.label].append(node)
    graph.add_nodes_from(node.key.id for node in by_label[ACTOR])
    for node in by_label[ACCESS_STATEMENT]:
        statements[str(node.properties.get("actor_id", ""))].append(node)
    for link in dump.links:
        for end in {link.start, link.end}:
            links[end].append(link)
        if link.type in COLLABORATION_TYPES:
            _add_tie(graph, link)
            if link.type in _SMALLER_STARTS:
                held_by[link.start.id].add(link.end.id)
            elif link.type in _LARGER_STARTS:
                held_by[link.end.id].add(link.start.id)
        elif link.end.label == CONCEPT and link.start.label != CONCEPT:
            related["concepts"][link.start].append(link.end.id)
            holders[link.end.id].append(link.start)
        elif link.end.label in {NEED, OFFER, CONCEPT}:
            related[link.end.label][link.start].append(link.end.id)
    return Network(
        version=dump.version,
        graph=graph,
        nodes={node.key: node for node in dump.nodes},
        concepts={key: frozenset(ids) for key, ids in related["concepts"].items()},
        needs_of={key.id: tuple(ids) for key, ids in related[NEED].items()},
        offers_of={key.id: tuple(ids) for key, ids in related[OFFER].items()},
        holders={concept: tuple(keys) for concept, keys in holders.items()},
        broader={key.id: tuple(ids) for key, ids in related[CONCEPT].items()},
        held_by={held: frozenset(wholes) for held, wholes in held_by.items()},
        statements={actor: tuple(nodes) for actor, nodes in statements.items()},
        links={key: tuple(held) for key, held in links.items()},
        of_label={label: tuple(nodes) for label, nodes in by_label.items()},
    )


def _add_tie(graph: "nx.Graph[str]", link: Link) -> None:
    start, end = link.start.id, link.end.id
    if start == end:
        return
    if link.confidence < LEAST_CONFIDENCE:
        return
    weight = COLLABORATION_TYPES[link.type].strength * link.confidence
    if graph.has_edge(start, end):
        edge = graph.edges[start, end]
        edge["weight"] = max(edge["weight"], weight)
        edge["links"].append(link)
    else:
        graph.add_edge(start, end, weight=weight, links=[link])
