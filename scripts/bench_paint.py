"""Measure the first view of each page in Chromium: bytes over the wire, largest contentful paint, layout shift, foreign requests."""

import argparse
import json
import statistics
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from bench_serving import chromium, load_seed, served
from playwright.sync_api import Browser, Page, sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
PAGES = ("/", "/search?q=genomik", "/infrastructures", "/infrastructures?users=industry&access=remote", "/organisations", "/needs",
         "/concepts", "/concepts/genomics", "/actors/ki", "/actors/innovation-akademiska", "/needs/demo-sensor-test",
         "/offers/eu-horizon-hlth-2027-01-disease-10", "/compare?id=scilifelab&id=innovation-akademiska", "/map",
         "/paths?from=ki&to=region-uppsala", "/about", "/sources", "/accessibility", "/nope")  # fmt: skip
MEGABIT = 1_000_000 / 8
MOST_BYTES, MOST_PAINT_MS, MOST_SHIFT = 100_000, 1000, 0.0
WATCH = """
window.painted = 0; window.shifted = 0;
new PerformanceObserver(list => { for (const one of list.getEntries()) window.painted = one.startTime; })
  .observe({type: "largest-contentful-paint", buffered: true});
new PerformanceObserver(list => { for (const one of list.getEntries()) if (!one.hadRecentInput) window.shifted += one.value; })
  .observe({type: "layout-shift", buffered: true});
"""


def main(arguments: list[str]) -> None:
    options = _options(arguments)
    with _site(options.site) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        figures = {page: measure(browser, site, page, options) for page in options.page or PAGES}
        browser.close()
    print(f"{'page':60} {'bytes':>8} {'requests':>8} {'paint ms':>8} {'shift':>6}  foreign, said")
    for page, held in figures.items():
        over = "" if _is_well(held) else "  <-- over"
        told = f"{held['bytes']:>8} {held['requests']:>8} {held['paint_ms']:>8} {held['shift']:>6}"
        print(f"{page:60} {told}  {held['foreign']} {held['said']}{over}")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", "utf-8")
    sys.exit(0 if all(map(_is_well, figures.values())) else 1)


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/bench paint", description=__doc__)
    parser.add_argument("--site", help="address of a site that runs; without it the seed is served")
    parser.add_argument("--page", action="append", help="page to measure; may be repeated; without it all kinds of pages")
    parser.add_argument("--repeat", type=int, default=3, help="views of each page, each with an empty cache; the median is told")
    parser.add_argument("--megabits", type=float, default=1.6, help="speed of the line, both ways")
    parser.add_argument("--latency", type=float, default=0, help="milliseconds added to each answer")
    parser.add_argument("--slower", type=float, default=4, help="how many times slower the processor is made")
    parser.add_argument("--width", type=int, default=390, help="width of the window")
    parser.add_argument("--json", type=Path, help="write the figures there")
    return parser.parse_args(arguments)


def measure(browser: Browser, site: str, address: str, options: argparse.Namespace) -> dict[str, Any]:
    """Return the medians of some first views of a page, what it fetched from elsewhere and what the console said."""
    views = [_view(browser, site, address, options) for _ in range(options.repeat)]
    medians = {name: statistics.median(view[name] for view in views) for name in ("bytes", "requests", "paint_ms", "shift")}
    return medians | {name: sorted({one for view in views for one in view[name]}) for name in ("foreign", "said")}


def _view(browser: Browser, site: str, address: str, options: argparse.Namespace) -> dict[str, Any]:
    context = browser.new_context(viewport={"width": options.width, "height": 800})
    page = context.new_page()
    spent, foreign, said = _watch(page, site, options)
    page.goto(f"{site}{address}", wait_until="load")
    page.wait_for_timeout(400)
    view = {
        "bytes": sum(spent),
        "requests": len(spent),
        "paint_ms": round(page.evaluate("window.painted")),
        "shift": round(page.evaluate("window.shifted"), 4),
        "foreign": foreign,
        "said": [one for one in said if address != "/nope" or "404" not in one],
    }
    context.close()
    return view


def _watch(page: Page, site: str, options: argparse.Namespace) -> tuple[list[float], list[str], list[str]]:
    """Slow the page down and gather the bytes of each answer, addresses elsewhere and what the console says."""
    spent: list[float] = []
    foreign: list[str] = []
    said: list[str] = []
    page.add_init_script(WATCH)
    tools = page.context.new_cdp_session(page)
    tools.send("Network.enable")
    speed = options.megabits * MEGABIT
    line = {"offline": False, "latency": options.latency, "downloadThroughput": speed, "uploadThroughput": speed}
    tools.send("Network.emulateNetworkConditions", line)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": options.slower})
    tools.on("Network.loadingFinished", lambda event: spent.append(event["encodedDataLength"]))
    page.on("request", lambda request: None if request.url.startswith(site) else foreign.append(request.url))
    page.on("console", lambda message: None if "GL Driver Message" in message.text else said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    return spent, foreign, said


def _is_well(held: dict[str, Any]) -> bool:
    within = held["bytes"] <= MOST_BYTES and held["paint_ms"] < MOST_PAINT_MS and held["shift"] <= MOST_SHIFT
    return within and not held["foreign"] and not held["said"]


def _site(running: str | None) -> AbstractContextManager[str]:
    """Serve the seed while the block runs, unless a site runs already."""
    return nullcontext(running.rstrip("/")) if running else served(load_seed)
