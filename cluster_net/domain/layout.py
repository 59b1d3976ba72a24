"""Where actors stand on the drawn map: the same place each time for the same network."""

from collections.abc import Mapping, Sequence

import networkx as nx

Places = Mapping[str, tuple[float, float]]


def best_connected(graph: "nx.Graph[str]", most: int) -> list[str]:
    """Return up to *most* actors that have a tie, those with most partners first, ties by name."""
    ranked = sorted((actor for actor in graph if graph.degree(actor)), key=lambda actor: (-graph.degree(actor), actor))
    return ranked[:most]


def drawn_actors(graph: "nx.Graph[str]", most: int) -> list[str]:
    """Return the best connected actors that hang together, so that no loner stretches the picture."""
    chosen = graph.subgraph(best_connected(graph, most))
    parts = [sorted(part) for part in nx.connected_components(chosen)]
    return max(parts, key=lambda part: (len(part), part), default=[])


def places(graph: "nx.Graph[str]", actors: Sequence[str]) -> Places:
    """Return a place in [0, 1] x [0, 1] for each of *actors*, near ones together (Fruchterman & Reingold 1991).

    Starts from a circle in order of name, so that the outcome needs no chance.
    """
    names = sorted(actors)
    drawn: nx.Graph[str] = nx.Graph()
    drawn.add_nodes_from(names)
    drawn.add_weighted_edges_from(sorted((a, b, held["weight"]) for a, b, held in graph.subgraph(names).edges(data=True)))
    start = nx.circular_layout(drawn)
    spread = nx.spring_layout(drawn, pos=start, k=1.6 / max(1, len(names)) ** 0.5, iterations=120, seed=1)
    return _fitted({actor: (float(x), float(y)) for actor, (x, y) in spread.items()})


def _fitted(spread: Mapping[str, tuple[float, float]]) -> Places:
    """Spread the ranks of each axis mostly evenly, so that a dense middle can be read."""
    fitted: list[dict[str, float]] = []
    for axis in (0, 1):
        values = {actor: place[axis] for actor, place in spread.items()}
        low, high = min(values.values(), default=0.0), max(values.values(), default=1.0)
        ranks = {actor: rank / max(1, len(values) - 1) for rank, actor in enumerate(sorted(values, key=lambda a: (values[a], a)))}
        fitted.append({actor: 0.75 * ranks[actor] + 0.25 * (value - low) / ((high - low) or 1.0) for actor, value in values.items()})
    return {actor: (fitted[0][actor], fitted[1][actor]) for actor in spread}
