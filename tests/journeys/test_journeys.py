"""A few walks in a real Chromium, without JavaScript and by keyboard, with axe-core on every page."""

import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import waitress
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from cluster_net.services.indexing import rebuild_index
from cluster_net.services.intake import import_path
from cluster_net.settings import read_settings
from cluster_net.web.app import create_app
from cluster_net.wiring import open_backends

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
SEED = Path(__file__).parents[2] / "graph" / "seed"
# WebGL in software, so that the map moves on a machine without a graphics card.
FLAGS = [
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PAGES = ["/", "/matchmaking", "/matchmaking?for=need.demo-gmp-slot&other=ki-pre-gmp", "/matchmaking?for=vecura",
         "/matchmaking/event?concept=gmp-manufacturing",
         "/match/need.demo-gmp-slot/vecura", "/match/demo-aralund-terapi/ki", "/search?q=genomik", "/search?q=qqqzzz",
         "/organisations", "/infrastructures",
         "/compare?id=scilifelab&id=innovation-akademiska",
         "/finder", *(f"/finder?step={step}&q=cell+therapy&trl=4&must=gmp" for step in range(2, 7)),
         "/finder/shortlist?q=cell+therapy&trl=4&who=startup&must=gmp&by=2027-09&county=Uppsala&besides=money",
         "/finder/shortlist?q=qqqzzz&must=gmp",
         "/needs", "/concepts", "/concepts/genomics",
         "/actors/ki", "/actors/innovation-akademiska", "/needs/demo-sensor-test", "/offers/eu-horizon-hlth-2027-01-disease-10",
         "/map", "/map?as_of=2019&group=public&group=care",
         "/paths?from=ki&to=region-uppsala", "/about", "/data", "/data/api", "/sources", "/accessibility", "/privacy", "/nope"]  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    settings = read_settings({"CLUSTER_NET_DATA": str(tmp_path_factory.mktemp("journeys"))})
    backends = replace(open_backends(settings), clock=lambda: datetime(2026, 11, 24, tzinfo=UTC))
    backends.graph.prepare()
    for folder in (SEED, SEED / "fictional"):
        import_path(backends.graph, folder, author="test", now=backends.clock)
    backends.index.ensure()
    rebuild_index(backends.graph, backends.index)
    server = waitress.create_server(create_app(backends, settings), host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(timeout=10)
    backends.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        if os.environ.get("CI") == "true":
            pytest.fail("CI needs Chromium; .ci/run installs it")
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        started.close()


def open_page(browser: Browser, width: int = 1280, scheme: str = "light", *, script: bool = True) -> Page:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, java_script_enabled=script)  # type: ignore[arg-type]
    return context.new_page()


def loud(page: Page) -> list[str]:
    """Return the list that the page's complaints will be in."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


@pytest.mark.parametrize(("language", "scheme"), [("", "light"), ("", "dark"), ("/en", "light"), ("/en", "dark")])
def test_axe_finds_no_violation_on_any_page(site: str, browser: Browser, language: str, scheme: str) -> None:
    page = open_page(browser, scheme=scheme)
    found = {}
    for address in PAGES:
        page.goto(f"{site}{language}{address}")
        results = Axe().run(page).response["violations"]
        if results:
            found[address] = [(one["id"], one["nodes"][0]["html"][:200]) for one in results]
    page.context.close()
    assert found == {}


@pytest.mark.parametrize("language", ["", "/en"])
def test_no_page_scrolls_sideways_on_a_narrow_phone(site: str, browser: Browser, language: str) -> None:
    page = open_page(browser, width=320)
    wide = {}
    for address in PAGES:
        page.goto(f"{site}{language}{address}")
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            wide[address] = width
    page.context.close()
    assert wide == {}


def test_no_request_leaves_the_site_and_the_console_stays_silent(site: str, browser: Browser) -> None:
    page = open_page(browser)
    outside: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: None if request.url.startswith(site) else outside.append(request.url))
    page.on("console", lambda message: said.append(f"{message.text} {message.location}"))
    for address in PAGES[:-1]:
        page.goto(f"{site}/en{address}")
    assert (outside, said, page.context.cookies()) == ([], [], [])
    page.context.close()


def test_an_entrepreneur_finds_a_testbed_and_who_works_with_it_without_javascript(site: str, browser: Browser) -> None:
    page = open_page(browser, width=390, script=False)
    page.goto(f"{site}/en/")
    page.get_by_label("Search testbeds").fill("testbed hospital")
    page.get_by_role("button", name="Search").click()
    page.get_by_text("Narrow the list").click()
    page.get_by_label("industry").first.check()
    page.get_by_role("button", name="Show").click()
    assert "users=industry" in page.url
    page.locator(".hit a").first.click()
    assert page.get_by_role("heading", name="Can I use it?").is_visible()
    page.get_by_role("link", name="Svenska").click()
    assert page.get_by_role("heading", name="Kan jag använda den?").is_visible()
    page.context.close()


def test_the_keyboard_reaches_the_content_and_a_result(site: str, browser: Browser) -> None:
    page = open_page(browser)
    page.goto(f"{site}/en/search?q=proteomics")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.hit') !== null"):
            break
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("h1").count() == 1
    assert "/search" not in page.url
    page.context.close()


def test_typing_shows_hits_that_the_keyboard_chooses_and_a_screen_reader_hears(site: str, browser: Browser) -> None:
    page = open_page(browser)
    said = loud(page)
    page.goto(f"{site}/en/")
    field = page.get_by_role("combobox")
    field.press_sequentially("proteom", delay=30)
    options = page.get_by_role("option")
    options.first.wait_for()
    assert options.last.inner_text().startswith('Search for "proteom"')
    assert "hits" in (page.locator("body > [role=status]").text_content() or "")
    assert Axe().run(page).response["violations"] == []
    page.keyboard.press("ArrowDown")
    chosen = page.locator("[aria-selected=true]")
    assert field.get_attribute("aria-activedescendant") == chosen.get_attribute("id") == options.first.get_attribute("id")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert chosen.get_attribute("id") == options.last.get_attribute("id")
    page.keyboard.press("Escape")
    assert (options.count(), field.input_value(), field.get_attribute("aria-expanded")) == (0, "proteom", "false")
    page.keyboard.press("ArrowDown")
    name = page.locator("[aria-selected=true]").get_attribute("href")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url == f"{site}{name}"
    page.context.close()
    assert said == []


def test_filters_narrow_the_list_at_once_the_address_tells_them_and_back_takes_them_away(site: str, browser: Browser) -> None:
    page = open_page(browser)
    said = loud(page)
    page.goto(f"{site}/en/infrastructures")
    hits = [int(page.locator(".results-head p").inner_text().split()[0])]
    for label, part in (("industry", "users=industry"), ("on site", "access=physical")):
        count = int(page.locator("label.choice", has_text=label).first.locator(".count").inner_text())
        page.get_by_label(label).first.check()
        page.wait_for_url(f"**{part}*")
        hits.append(int(page.locator(".results-head p").inner_text().split()[0]))
        assert hits[-1] == count < hits[-2]
        assert page.evaluate("document.activeElement.checked")
    assert page.locator("#language").get_attribute("href") == "/infrastructures?users=industry&access=physical"
    page.go_back()
    page.wait_for_function(f"document.querySelector('.results-head p').textContent.startsWith('{hits[1]} ')")
    assert page.url.endswith("/en/infrastructures?users=industry")
    assert [page.get_by_label(label).first.is_checked() for label in ("industry", "on site")] == [True, False]
    page.context.close()
    assert said == []


def test_five_compared_print_on_one_sheet(site: str, browser: Browser) -> None:
    page = open_page(browser)
    page.goto(f"{site}/en/infrastructures?users=industry")
    for box in page.get_by_label("Compare", exact=False).all()[:5]:
        box.check()
    page.get_by_role("button", name="Compare the ticked ones").click()
    assert page.locator("thead th").count() == 5
    printed = page.pdf(prefer_css_page_size=True)
    page.context.close()
    assert printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page ") == 1


def test_a_start_up_is_led_to_a_gmp_facility_and_what_to_ask_without_javascript(site: str, browser: Browser) -> None:
    page = open_page(browser, width=390, script=False)
    page.goto(f"{site}/en/")
    page.get_by_role("link", name="I look for a testbed or equipment").click()
    page.get_by_label("What do you have or want to do?").fill("cell therapy")
    page.get_by_role("button", name="Next question").click()
    page.get_by_label("TRL 4").check()
    page.get_by_role("button", name="Next question").click()
    page.get_by_label("a start-up").check()
    page.get_by_role("button", name="Next question").click()
    page.get_by_role("link", name="Previous question").click()
    assert page.get_by_label("a start-up").is_checked()
    page.get_by_role("button", name="Next question").click()
    page.get_by_label("GMP").check()
    page.get_by_role("button", name="Show the shortlist now").click()
    assert "/en/finder/shortlist?" in page.url
    first = page.locator(".found").first
    assert first.get_by_text("Quality system: GMP").is_visible()
    assert first.get_by_text("Can you take something at TRL 4?").is_visible()
    page.get_by_text("What you have said").click()
    page.get_by_role("link", name="How far have you come?").click()
    assert page.get_by_label("TRL 4").is_checked()


def test_the_map_finds_an_actor_and_the_keyboard_walks_from_partner_to_partner(site: str, browser: Browser) -> None:
    page = open_page(browser)
    said = loud(page)
    page.goto(f"{site}/en/map")
    page.wait_for_selector("#moving[data-ready]")
    assert not page.locator("#still").is_visible()
    page.get_by_label("Find an actor on the map").fill("karolinska institutet")
    page.keyboard.press("Enter")
    status = page.locator("#moving [role=status]")
    assert status.inner_text() == "Karolinska Institutet, university: 77 partners"
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.partners') !== null"):
            break
    partner = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    assert status.inner_text().startswith(f"{partner}, ")
    with page.expect_navigation():
        page.keyboard.press("Enter")  # the name of the one in the middle has the focus and leads to its profile
    assert page.locator("h1").inner_text() == partner
    assert said == []
    page.context.close()


def test_the_map_follows_its_filters_and_back_takes_them_away(site: str, browser: Browser) -> None:
    page = open_page(browser)
    page.goto(f"{site}/en/map")
    page.wait_for_selector("#moving[data-ready]")
    whole = page.locator("#told").inner_text()
    page.get_by_label("As it was in the year").fill("2005")
    page.keyboard.press("Tab")
    page.get_by_text("count as always known", exact=False).last.wait_for()
    assert "as_of=2005" in page.url
    assert page.locator("#told").inner_text() != whole
    page.go_back()
    page.wait_for_function("whole => document.getElementById('told').innerText === whole", arg=whole)
    page.context.close()


def test_the_map_as_of_a_year_without_javascript(site: str, browser: Browser) -> None:
    page = open_page(browser, script=False)
    page.goto(f"{site}/en/map")
    page.get_by_label("health care").check()
    page.get_by_label("As it was in the year").fill("2019")
    page.get_by_role("button", name="Show", exact=True).click()
    assert "group=care" in page.url
    assert "as_of=2019" in page.url
    assert page.locator("#still a").count() == page.locator("#rows tbody tr").count() > 0
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save all of it as a picture").click()
    assert saved.value.suggested_filename == "map-2026-11-24.svg"
    page.context.close()
