"""Measure the moving map at many actors: its data over the wire, when it can be used, and frames while it is dragged and zoomed.

The network is made: each new actor ties itself to three others, rather to those with many ties (Barabasi & Albert 1999).
"""

import argparse
import json
import statistics
import time
from pathlib import Path
from typing import Any

import networkx as nx
from bench_serving import chromium, served
from playwright.sync_api import Page, sync_playwright

from cluster_net.domain.graph import Changes
from cluster_net.domain.nodes import to_node
from cluster_net.domain.records import Actor, Collaboration
from cluster_net.domain.text import slugify
from cluster_net.domain.vocabulary import ACTOR_KINDS, COUNTIES
from cluster_net.services.backends import Backends
from cluster_net.services.reading import read_bytes

FLAGS = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"]
NAMES = ("Institutet för hälsa", "Laboratoriet", "Sjukhuset i norr", "Medical Devices", "Testbädd", "Forskargruppen")
FRAMES = """() => new Promise(done => { const times = []; let last = performance.now();
  const next = now => {
    times.push(now - last); last = now;
    times.length < 400 && !window.halt ? requestAnimationFrame(next) : done(times.slice(1));
  };
  window.halt = false; requestAnimationFrame(next); })"""


def main(arguments: list[str]) -> None:
    options = _options(arguments)
    with served(lambda backends: fill(backends, options.actors, options.seed, options.ror)) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=[*FLAGS, *options.flag])
        figures = measure(browser.new_page(viewport={"width": options.width, "height": 800}), site)
        browser.close()
    print(json.dumps(figures, indent=2))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", "utf-8")


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/bench map", description=__doc__)
    parser.add_argument("--actors", type=int, default=5000, help="actors of the network; three times as many ties")
    parser.add_argument("--ror", type=Path, help="ROR v2 file, .json or .json.gz, whose names the actors get")
    parser.add_argument("--seed", type=int, default=1, help="of the network")
    parser.add_argument("--width", type=int, default=1280, help="width of the window")
    parser.add_argument("--flag", action="append", default=[], help="further switch of Chromium, such as --use-gl=egl; may be repeated")
    parser.add_argument("--json", type=Path, help="write the figures there")
    return parser.parse_args(arguments)


def fill(backends: Backends, actors: int, seed: int, ror: Path | None) -> None:
    """Put a made network into the store."""
    kinds, counties = list(ACTOR_KINDS), list(COUNTIES)
    names = real_names(ror)[:actors] if ror else [f"{NAMES[one % len(NAMES)]} {one}" for one in range(actors)]
    held = [
        Actor(id=f"{slugify(name)}-{one}", kind=kinds[one % len(kinds)], name_sv=name, county=(counties[one % len(counties)],))
        for one, name in enumerate(names)
    ]
    ties = [
        Collaboration(from_id=held[one].id, type="COLLABORATES_WITH", to_id=held[other].id, source_title="made", confidence=0.9).link()
        for one, other in nx.barabasi_albert_graph(len(held), 3, seed=seed).edges
    ]
    backends.graph.apply(Changes(put=tuple(to_node(one) for one in held), link=tuple(ties)))


def real_names(ror: Path) -> list[str]:
    """Return the names of the organisations of a ROR file."""
    return [next(one["value"] for one in entry["names"] if "ror_display" in one["types"]) for entry in json.loads(read_bytes(ror))]


def measure(page: Page, site: str) -> dict[str, Any]:
    """Return bytes as sent, milliseconds and frames; a still page is measured too, to tell what the machine itself allows."""
    page.goto(f"{site}/map")  # lays the network out, or begins to
    deadline = time.monotonic() + 600
    while not page.locator("#moving").count() and time.monotonic() < deadline:
        page.wait_for_timeout(1000)
        page.reload()
    sent: dict[str, float] = {}
    tools = page.context.new_cdp_session(page)
    tools.send("Network.enable")
    tools.send("Network.setCacheDisabled", {"cacheDisabled": True})  # else data that a view before brought counts nothing
    addresses: dict[str, str] = {}
    tools.on("Network.responseReceived", lambda event: addresses.update({event["requestId"]: event["response"]["url"]}))
    tools.on("Network.loadingFinished", lambda event: sent.update({addresses.get(event["requestId"], ""): event["encodedDataLength"]}))
    start = time.perf_counter()
    page.reload(wait_until="load")
    page.locator("#moving canvas").first.wait_for(timeout=120_000)
    ready = time.perf_counter() - start
    stage = page.locator("#moving .stage").bounding_box() or {"x": 0, "y": 0, "width": 800, "height": 400}
    middle = (stage["x"] + stage["width"] / 2, stage["y"] + stage["height"] / 2)
    return {
        "data_bytes": _sent(sent, f"{site}/map.json"),
        "usable_s": round(ready, 2),
        "frames_still": _frames(page, lambda: page.wait_for_timeout(2000)),
        "frames_dragged": _frames(page, lambda: _drag(page, middle)),
        "frames_zoomed": _frames(page, lambda: _zoom(page, middle)),
    }


def _sent(sent: dict[str, float], start: str) -> float:
    return max((size for address, size in sent.items() if address.split("?")[0] == start), default=0)


def _drag(page: Page, middle: tuple[float, float]) -> None:
    page.mouse.move(*middle)
    page.mouse.down()
    for step in range(60):
        page.mouse.move(middle[0] + 2 * (step % 30), middle[1] + step % 20)
        page.wait_for_timeout(16)
    page.mouse.up()


def _zoom(page: Page, middle: tuple[float, float]) -> None:
    page.mouse.move(*middle)
    page.keyboard.down("Control")  # without it the wheel scrolls the page
    for step in range(20):
        page.mouse.wheel(0, -120 if step < 10 else 120)
        page.wait_for_timeout(80)
    page.keyboard.up("Control")


def _frames(page: Page, act: Any) -> dict[str, float]:
    """Return frames a second (the mean: a median hides that every second frame is slow) and the milliseconds that 95 of 100 kept within."""
    page.evaluate(f"() => {{ window.frames_ = ({FRAMES})(); }}")  # gives nothing back, else the frames were waited for here
    page.wait_for_timeout(100)
    act()
    times = page.evaluate("window.halt = true, window.frames_")
    return {"per_second": round(1000 / statistics.mean(times), 1), "p95_ms": round(statistics.quantiles(times, n=20)[-1], 1)}
