"""Measure import, pages, search and suggestions on ROR's records and the seed; ratios and percentiles of one run."""

import argparse
import json
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from cluster_net.domain.graph import ACTOR, Changes, Key, Link
from cluster_net.domain.records import Collaboration
from cluster_net.resources import folder
from cluster_net.services.backends import Backends
from cluster_net.services.indexing import rebuild_index
from cluster_net.services.intake import import_path
from cluster_net.services.searching import SearchRequest, search_cluster
from cluster_net.services.steering import plain
from cluster_net.services.suggesting import suggest
from cluster_net.settings import Settings, read_settings
from cluster_net.web.app import create_app
from cluster_net.wiring import open_backends

HUB, TIES = "ki", 500
FACETS = ("kind", "county", "concept")
CHOSEN = "users=industry&access=physical&concept=genomics&county=Stockholm&kind=platform&environment=lab&quality=GMP"


def main(arguments: list[str]) -> None:
    options = _options(arguments)
    with tempfile.TemporaryDirectory() as place:
        given = {"data": place} | ({"graph_uri": options.graph} if options.graph else {})
        settings = read_settings({}, **given)
        backends = open_backends(settings)
        figures = measure(backends, settings, options.ror, options.repeat)
        backends.close()
    print(json.dumps(figures, indent=2))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", "utf-8")


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/bench site", description=__doc__)
    parser.add_argument("--ror", type=Path, required=True, help="ROR v2 file, .json or .json.gz")
    parser.add_argument("--graph", help="address of an empty Neo4j; without it SQLite")
    parser.add_argument("--repeat", type=int, default=60, help="measurements of each page")
    parser.add_argument("--json", type=Path, help="write the figures there")
    return parser.parse_args(arguments)


def measure(backends: Backends, settings: Settings, ror: Path, repeat: int) -> dict[str, object]:
    """Return all figures; times in milliseconds where the name says so, else seconds."""
    figures: dict[str, object] = {}
    backends.graph.prepare()
    backends.index.ensure()
    if backends.graph.version():
        sys.exit("The graph store is not empty.")
    import_path(backends.graph, folder("graph") / "seed", author="bench", now=backends.clock)
    with _seconds(figures, "import_ror_s"):
        report = import_path(backends.graph, ror, author="bench", now=backends.clock)
    figures["ror_actors_and_ties"] = report.added + report.changed
    with _seconds(figures, "index_s"):
        figures["documents"] = rebuild_index(backends.graph, backends.index)
    figures["peak_memory_after_import_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    slugs = _add_ties(backends)
    with _seconds(figures, "network_s"):
        matcher = backends.network.matcher()
    today = backends.clock().date()
    client = create_app(backends, settings).test_client()

    def page(address: str) -> Callable[[], None]:
        def get() -> None:
            answer = client.get(address)
            if answer.status_code != 200:
                sys.exit(f"{address} answered {answer.status_code}")

        return get

    words = ["karolinska", "universtiy", "genomik", "protein analys", "hospital", "stockholm", "biobank", "institute of tech"]
    turns = iter(words * repeat)
    figures["search_3_facets_cpu_ms"] = _percentiles(
        lambda: search_cluster(backends.index, SearchRequest(text=next(turns)), FACETS), repeat * 4, clock=time.process_time
    )
    pages = iter([page(f"/search?q={word}") for word in words * repeat])
    figures["search_page_ms"] = _percentiles(lambda: next(pages)(), repeat)  # noqa: PLW0108  # another page each time
    figures["profile_500_ties_page_ms"] = _percentiles(page(f"/actors/{HUB}"), repeat)
    figures["profile_ordinary_page_ms"] = _percentiles(page("/en/actors/scilifelab"), repeat)
    figures["infrastructures_page_ms"] = _percentiles(page("/infrastructures"), repeat)
    figures["infrastructures_all_facets_page_ms"] = _percentiles(page(f"/infrastructures?{CHOSEN}"), repeat)
    ends = iter(random.Random(2).choices(["uu", "kth", *slugs], k=repeat + 1))

    def path_page() -> None:
        page(f"/paths?from=scilifelab&to={next(ends)}")()

    figures["paths_page_ms"] = _percentiles(path_page, repeat)
    figures["quick_hits_ms"] = _percentiles(page("/quick?q=karo"), repeat)
    actors = iter(random.Random(1).choices([HUB, "uu", "kth", *slugs], k=repeat + 1))
    figures["suggestions_ms"] = _percentiles(lambda: suggest(matcher, Key(ACTOR, next(actors)), plain(today), language="en"), repeat)
    figures["suggestions_hub_ms"] = _percentiles(lambda: suggest(matcher, Key(ACTOR, HUB), plain(today), language="en"), repeat)
    figures["suggestions_api_ms"] = _percentiles(page(f"/api/v1/actors/{HUB}/suggestions"), repeat)
    figures["peak_memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return figures


def _add_ties(backends: Backends) -> list[str]:
    """Give the hub ties to others until it has TIES; return the slugs of the others."""
    others = [node.key.id for node in backends.graph.find(ACTOR, limit=4 * TIES).rows if node.key.id != HUB]
    chosen = random.Random(0).sample(others, TIES)
    links: tuple[Link, ...] = tuple(
        Collaboration(
            from_id=HUB, type="COLLABORATES_WITH", to_id=other, label_en="bench", source_url="bench", source_title="bench", confidence=0.5
        ).link()
        for other in chosen
    )
    backends.graph.apply(Changes(link=links))
    return chosen


@contextmanager
def _seconds(figures: dict[str, object], name: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    figures[name] = round(time.perf_counter() - start, 2)


def _percentiles(work: Callable[[], object], repeat: int, clock: Callable[[], float] = time.perf_counter) -> dict[str, float]:
    work()
    spent = []
    for _ in range(repeat):
        start = clock()
        work()
        spent.append((clock() - start) * 1000)
    cuts = statistics.quantiles(spent, n=100, method="inclusive")
    return {"p50": round(statistics.median(spent), 2), "p95": round(cuts[94], 2)}
