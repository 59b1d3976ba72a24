"""Time the engine on a made graph of the size of Horizon 2020, in a process of its own so that its memory is its own.

Times are this process's processor time on one thread, so that a busy machine does not change them; plain networkx is timed for a
few actors and multiplied.
"""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np

from cluster_net.domain.matching.blend import read_weights
from cluster_net.domain.matching.engine import SuggestionEngine
from cluster_net.domain.matching.graph_features import STEPS, resource_allocation, walk
from cluster_net.domain.matching.snapshot import Tie, compile_snapshot
from cluster_net.resources import folder

ACTORS, EDGES = 27_000, 520_000
FIELDS = 8
ASKED, PLAIN = 200, 12  # actors that are timed one at a time, and in plain networkx
Figures = dict[str, Any]


def measure_apart(seed: int) -> Figures:
    """Return the figures of `measure`, run in another process."""
    told = subprocess.run([sys.executable, __file__, str(seed)], capture_output=True, text=True, check=True, env=_paths())
    held: Figures = json.loads(told.stdout)
    return held


def _paths() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parent.parent), "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def make_graph(seed: int, actors: int = ACTORS, edges: int = EDGES) -> "nx.Graph[str]":
    """Return a graph of projects: sizes are geometric with mean 8, members are drawn by a power law, as in Horizon 2020."""
    generator = np.random.default_rng(seed)
    graph: nx.Graph[str] = nx.Graph()
    names = [f"{row:06d}" for row in range(actors)]
    graph.add_nodes_from(names)
    drawn = 1.0 / np.arange(20, actors + 20) ** 0.7
    edge = np.cumsum(drawn / drawn.sum())
    count = 0
    while count < edges:
        members = np.unique(np.searchsorted(edge, generator.random(2 + generator.geometric(1 / 8))))
        tie = Tie(1.0, 735_000.0 + float(generator.integers(2500)), len(members))
        for one, other in combinations(members.tolist(), 2):
            held = graph.adj[names[one]].get(names[other])
            if held is None:
                graph.add_edge(names[one], names[other], ties=[tie])
                count += 1
            else:
                held["ties"].append(tie)
    return graph


def make_themes(seed: int, names: Sequence[str]) -> dict[str, str]:
    """Return a field of work for each actor, as even as chance makes them."""
    drawn = np.random.default_rng(seed).integers(FIELDS, size=len(names))
    return {name: str(field) for name, field in zip(names, drawn, strict=True)}


def measure(seed: int) -> Figures:
    """Return times in seconds (one actor: milliseconds) and the greatest memory before plain networkx is timed."""
    graph = make_graph(seed)
    themes = make_themes(seed, list(graph))
    weights = read_weights((folder("graph") / "matching" / "weights.json").read_text("utf-8")).uses["network"]
    start = time.process_time()
    engine = SuggestionEngine(compile_snapshot(graph, themes=themes), weights)
    build = time.process_time() - start
    asked = np.random.default_rng(seed).choice(engine.snapshot.names, ASKED, replace=False).tolist()
    spent = [_milliseconds(engine.suggest, name) for name in asked]
    start = time.process_time()
    found = dict(engine.suggest_all())
    whole = time.process_time() - start
    same = [len(set(found[name]) & {ranked.id for ranked in engine.suggest(name)}) / 10 for name in asked]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # kilobytes on Linux
    plain = beside_networkx(graph, engine, asked[:PLAIN])
    return {
        "one_ms": {"p50": round(float(np.quantile(spent, 0.5)), 2), "p95": round(float(np.quantile(spent, 0.95)), 2)},
        "all_s": round(whole, 2),
        "build_s": round(build, 2),
        "networkx_s": round(plain["walk"]["networkx_ms"] * len(graph) / 1000, 1),
        "networkx_actors_timed": PLAIN,
        "networkx": plain,
        "rss_mb": round(memory),
        "all_as_one": round(float(np.mean(same)), 4),
        "actors": len(graph),
        "edges": graph.number_of_edges(),
    }


def beside_networkx(graph: "nx.Graph[str]", engine: SuggestionEngine, names: Sequence[str]) -> Figures:
    """Return the median milliseconds that two measures of the same actors take here and in plain networkx, in turn."""
    rows = engine.snapshot.rows
    return {
        "walk": _side_by_side(names, lambda name: walk(engine.snapshot, rows[name]), lambda name: plain_walk(graph, engine, name)),
        "resource_allocation": _side_by_side(
            names,
            lambda name: resource_allocation(engine.snapshot, rows[name]),
            lambda name: list(nx.resource_allocation_index(graph, [(name, other) for other in nx.non_neighbors(graph, name)])),
        ),
    }


def _side_by_side(names: Sequence[str], ours: Callable[[str], object], theirs: Callable[[str], object]) -> Figures:
    here, there = np.median([(_milliseconds(ours, name), _milliseconds(theirs, name)) for name in names], axis=0)
    return {"ms": round(float(here), 3), "networkx_ms": round(float(there), 1), "times": round(float(there / here))}


def _milliseconds(work: Callable[[str], object], name: str) -> float:
    start = time.process_time()
    work(name)
    return (time.process_time() - start) * 1000


def plain_walk(graph: "nx.Graph[str]", engine: SuggestionEngine, name: str) -> dict[str, float]:
    """Return the same walk over networkx's own dictionaries; weights and their sums are taken as given."""
    snapshot = engine.snapshot
    adjacency = dict(graph.adjacency())
    here = {name: 1.0}
    for _ in range(STEPS):
        there: dict[str, float] = {}
        for one, chance in here.items():
            rate = chance / (snapshot.strengths[snapshot.rows[one]] or 1.0)
            for other, held in adjacency[one].items():
                there[other] = there.get(other, 0.0) + rate * held["ties"][0].strength / (held["ties"][0].size - 1) ** 0.5
        here = there
    return here


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
