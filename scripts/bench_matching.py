"""Measure how well and how fast new partners are predicted, beside the methods everybody knows.

Projects that began before the cut are learned from; asked for are the new partners that each organisation known by then has
in projects from the cut on, among organisations known by then, all of them ranked, partners of before left out. Intervals
hold 95 % of 1000 resamplings of the queries (bootstrap); "behind" is the paired difference of cluster-net to the method, over
the same resamplings. Nothing in the engine is fitted on what comes after the cut.
"""

import argparse
import csv
import gzip
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import bench_matching_speed
import networkx as nx
import numpy as np
from bench_matching_baselines import baselines
from numpy.typing import NDArray

from cluster_net.domain.matching.blend import best_rows, read_weights
from cluster_net.domain.matching.engine import SuggestionEngine
from cluster_net.domain.matching.selection import gini, with_floor
from cluster_net.domain.matching.snapshot import Tie, compile_snapshot
from cluster_net.resources import folder

OURS, EXPOSED = "cluster-net", "cluster-net exposure"
EXPOSURE, FLOOR = 0.15, 0.3  # chosen on splits inside the years before 2019
FEW = 5  # an organisation with at most so many partners is a cold start
LIMIT = 10
RESAMPLINGS = 1000
Figures = dict[str, Any]
Ranker = Callable[[int], NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class Task:
    """What is known at the cut, and who met whom after it."""

    graph: "nx.Graph[str]"
    texts: Mapping[str, str]
    themes: Mapping[str, str]
    wanted: Mapping[str, frozenset[str]]
    today: int


def main(arguments: Sequence[str]) -> None:
    """Measure, print a table and write the figures."""
    options = _options(arguments)
    speed = {} if options.no_speed else bench_matching_speed.measure_apart(options.seed)
    task = read_task(options.h2020, options.parts.split(","), options.cut, options.until)
    if not task.wanted:
        sys.exit("No organisation has a new partner after the cut.")
    figures = {
        "rows": measure(task, options.seed, options.exposure, options.floor),
        "speed": speed,
        "queries": len(task.wanted),
        "actors": len(task.graph),
    }
    print(_table(figures))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", "utf-8")


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/bench matching", description=__doc__)
    parser.add_argument("--h2020", type=Path, required=True, help="folder of participations, programme_parts and names (.csv.gz)")
    parser.add_argument("--parts", default="SC1", help="programme parts, parted by commas")
    parser.add_argument("--cut", type=date.fromisoformat, default=date(2019, 1, 1), help="first day of what is asked for")
    parser.add_argument(
        "--until", type=date.fromisoformat, default=date.max, help="day that what is asked for ends before; for splits inside"
    )
    parser.add_argument("--seed", type=int, default=1, help="of the random order, the resamplings and the graph made for speed")
    parser.add_argument("--exposure", type=float, default=EXPOSURE, help="strength of exposure control in its mode")
    parser.add_argument("--floor", type=float, default=FLOOR, help="share of each list that exposure control fills in its mode")
    parser.add_argument("--no-speed", action="store_true", help="leave the speed out")
    parser.add_argument("--json", type=Path, help="write the figures there")
    return parser.parse_args(arguments)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def read_task(source: Path, parts: Sequence[str], cut: date, until: date = date.max) -> Task:
    """Read the participations of *parts* and divide them at *cut*."""
    programmes: dict[str, set[str]] = defaultdict(set)
    for row in _rows(source / "programme_parts.csv.gz"):
        programmes[row["rcn"]].add(row["programme_part"])
    members: dict[bool, dict[str, set[str]]] = {True: defaultdict(set), False: defaultdict(set)}
    began: dict[str, date] = {}
    types: dict[str, str] = {}
    countries: dict[str, str] = {}
    for row in _rows(source / "participations.csv.gz"):
        start = date.fromisoformat(row["start_date"]) if row["start_date"] else None
        if programmes[row["rcn"]].isdisjoint(parts) or start is None or start >= until:
            continue
        members[start < cut][row["rcn"]].add(row["pic"])
        began[row["rcn"]] = start
        if start < cut:
            types[row["pic"]], countries[row["pic"]] = row["type"], row["country"]
    graph, themes = _graph(types, members[True], began), _themes(members[True], programmes)
    return Task(graph, _texts(source, types, countries), themes, _wanted(graph, members[False].values()), cut.toordinal())


def _themes(members: Mapping[str, set[str]], programmes: Mapping[str, set[str]]) -> dict[str, str]:
    """Return what each organisation works on: how many quarters of its projects each programme part has."""
    held: dict[str, Counter[str]] = defaultdict(Counter)
    for project, those in members.items():
        for one in those:
            held[one].update((*programmes[project], ""))
    return {one: " ".join(_quarters(counted)) for one, counted in held.items()}


def _quarters(counted: Counter[str]) -> list[str]:
    return [f"{part}{round(4 * number / counted[''])}" for part, number in sorted(counted.items()) if part]


def _texts(source: Path, types: Mapping[str, str], countries: Mapping[str, str]) -> dict[str, str]:
    texts = {one: f"{countries[one]} {type_}" for one, type_ in types.items()}
    names = source / "names.csv.gz"
    for row in _rows(names) if names.exists() else ():
        if row["pic"] in texts:
            texts[row["pic"]] += " " + row["name"]
    return texts


def _graph(ids: Mapping[str, str], members: Mapping[str, set[str]], began: Mapping[str, date]) -> "nx.Graph[str]":
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(ids)
    for project, those in sorted(members.items()):
        tie = Tie(1.0, began[project].toordinal(), len(those))
        for one, other in combinations(sorted(those), 2):
            if graph.has_edge(one, other):
                graph.edges[one, other]["ties"].append(tie)
            else:
                graph.add_edge(one, other, ties=[tie])
    return graph


def _wanted(graph: "nx.Graph[str]", later: Iterable[set[str]]) -> dict[str, frozenset[str]]:
    met: dict[str, set[str]] = defaultdict(set)
    for those in later:
        known = those & graph.nodes
        for one in known:
            met[one] |= known - {one} - graph.adj[one].keys()
    return {one: frozenset(others) for one, others in sorted(met.items()) if others}


def measure(task: Task, seed: int, exposure: float, floor: float) -> list[Figures]:
    """Return the figures of every method over the same queries."""
    snapshot = compile_snapshot(task.graph, today=task.today, themes=task.themes)
    weights = read_weights((folder("graph") / "matching" / "weights.json").read_text("utf-8")).uses
    engine = SuggestionEngine(snapshot, weights["network"])
    exposed = SuggestionEngine(snapshot, weights["seldom"], exposure=exposure)
    methods: dict[str, Ranker] = {
        OURS: lambda row: engine.scores(snapshot.names[row]),
        EXPOSED: lambda row: _floored(engine, exposed, row, floor),
        **baselines(snapshot, task.texts, seed),
    }
    queries = [snapshot.rows[name] for name in task.wanted]
    wanted = [np.array(sorted(snapshot.rows[other] for other in others)) for others in task.wanted.values()]
    cold = np.array([snapshot.degrees[row] <= FEW for row in queries])
    drawn = np.random.default_rng(seed).integers(len(queries), size=(RESAMPLINGS, len(queries)))
    rows: list[Figures] = []
    gains: dict[str, NDArray[np.float64]] = {}
    for name, ranker in methods.items():
        places, shown = _places(engine, ranker, queries, wanted)
        gains[name] = np.array([_gain(found, len(those)) for found, those in zip(places, wanted, strict=True)])
        rows.append(_figures(name, places, shown, len(snapshot.names)) | _spread(gains[name], drawn, cold))
    for figures in rows:
        figures["behind"] = _interval((gains[OURS] - gains[figures["method"]])[drawn].mean(axis=1))
    return rows


def _floored(engine: SuggestionEngine, exposed: SuggestionEngine, row: int, floor: float) -> NDArray[np.float64]:
    """Return scores that put what `with_floor` chooses first, in its order, and all others after, in the engine's."""
    name, new = engine.snapshot.names[row], engine.news(row)
    plain = engine.scores(name)
    first, second = (best_rows(np.where(new, scores, -np.inf), 2 * LIMIT) for scores in (plain, exposed.scores(name)))
    chosen = with_floor(first, second, LIMIT, floor)
    plain[chosen] = 1.0 + np.arange(len(chosen), 0, -1)
    return plain


def _places(
    engine: SuggestionEngine, ranker: Ranker, queries: Sequence[int], wanted: Sequence[NDArray[np.int64]]
) -> tuple[list[NDArray[np.int64]], NDArray[np.int64]]:
    """Return, for each query, the places from 1 of all that is wanted; and how often each actor is among the first ten."""
    places, shown = [], np.zeros(len(engine.snapshot.names), dtype=np.int64)
    for row, those in zip(queries, wanted, strict=True):
        scores = np.where(engine.news(row), ranker(row), -np.inf)
        shown[best_rows(scores, LIMIT)] += 1
        rounded = scores.round(9)
        places.append(np.array([_place(rounded, one) for one in those]))
    return places, shown


def _place(scores: NDArray[np.floating[Any]], row: int) -> int:
    return 1 + int((scores > scores[row]).sum()) + int((scores[:row] == scores[row]).sum())


def _gain(places: NDArray[np.int64], wanted: int) -> float:
    best = (1.0 / np.log2(np.arange(2, min(wanted, LIMIT) + 2))).sum()
    return float((1.0 / np.log2(places[places <= LIMIT] + 1.0)).sum() / best)


def _figures(name: str, places: Sequence[NDArray[np.int64]], shown: NDArray[np.int64], size: int) -> Figures:
    first = np.array([held.min() for held in places])
    return {
        "method": name,
        "hits_at_10": round(float((first <= LIMIT).mean()), 4),
        "mrr": round(float((1.0 / first).mean()), 4),
        "gini": round(gini(shown), 4),
        "coverage": round(float((shown > 0).sum() / size), 4),
    }


def _spread(gains: NDArray[np.float64], drawn: NDArray[np.int64], cold: NDArray[np.bool_]) -> Figures:
    low, high = _interval(gains[drawn].mean(axis=1))
    held = {"ndcg_at_10": round(float(gains.mean()), 4), "low": low, "high": high, "cold_queries": int(cold.sum())}
    return held | {"cold_ndcg_at_10": round(float(gains[cold].mean()), 4) if cold.any() else None}


def _interval(values: NDArray[np.float64]) -> tuple[float, float]:
    low, high = np.quantile(values, (0.025, 0.975))
    return round(float(low), 4), round(float(high), 4)


def _table(figures: Figures) -> str:
    names = ("ndcg_at_10", "low", "high", "hits_at_10", "mrr", "gini", "coverage", "cold_ndcg_at_10")
    lines = [f"{figures['queries']} queries over {figures['actors']} organisations", f"{'':24}" + "".join(f"{name:>17}" for name in names)]
    lines += [f"{row['method']:24}" + "".join(f"{row[name] or 0:>17.4f}" for name in names) for row in figures["rows"]]
    return "\n".join([*lines, *(f"{name}: {value}" for name, value in figures["speed"].items())])
