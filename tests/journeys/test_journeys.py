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
BRIEF = {"resultTypes": ["violations"]}  # axe gathers nothing about what is in order
SEED = Path(__file__).parents[2] / "graph" / "seed"
# Pages are painted and WebGL runs in software, so that the map moves on a machine without a graphics card.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
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
         "/actors/ki", "/actors/ki?view=picture", "/actors/innovation-akademiska",
         "/needs/demo-sensor-test", "/offers/eu-horizon-hlth-2027-01-disease-10",
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
    # Chromium that draws WebGL without a graphics card tells how slow its own driver is.
    page.on("console", lambda message: None if "GL Driver Message" in message.text else said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


@pytest.mark.parametrize("language", ["", "/en"])
def test_axe_finds_no_violation_on_any_page_light_or_dark(site: str, browser: Browser, language: str) -> None:
    page = open_page(browser)
    found = {}
    for address in PAGES:
        page.goto(f"{site}{language}{address}")
        results = Axe().run(page, options=BRIEF).response["violations"]
        page.emulate_media(color_scheme="dark")
        results += Axe().run(page, options=BRIEF | {"runOnly": ["color-contrast"]}).response["violations"]  # else as in light
        page.emulate_media(color_scheme="light")
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
    page.on("console", lambda message: None if "GL Driver Message" in message.text else said.append(f"{message.text} {message.location}"))
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
    page.get_by_role("option", name='Search for "proteom"').wait_for()
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


def test_names_of_actors_are_offered_and_fill_the_fields_of_a_path(site: str, browser: Browser) -> None:
    page = open_page(browser)
    said = loud(page)
    page.goto(f"{site}/en/paths")
    for label, typed, name in (("From", "karolinska inst", "Karolinska Institutet"), ("To", "region upp", "Region Uppsala")):
        field = page.get_by_label(label, exact=True)
        field.press_sequentially(typed, delay=30)
        page.get_by_role("option", name=name).first.wait_for()
        assert Axe().run(page).response["violations"] == []
        page.keyboard.press("ArrowDown")
        assert page.locator("[aria-selected=true]").get_attribute("data-fills") == name
        page.keyboard.press("Enter")
        assert (field.input_value(), field.get_attribute("aria-expanded"), page.url) == (name, "false", f"{site}/en/paths")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator(".found-path").count() > 1
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


def test_what_is_typed_or_ticked_before_the_searching_script_has_come_is_not_lost_nor_is_back_after_a_visit_elsewhere(
    site: str, browser: Browser
) -> None:
    page = open_page(browser)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.route("**/htmx.min.js*", lambda route: (page.wait_for_timeout(500), route.continue_())[1])
    page.goto(f"{site}/en/infrastructures")
    assert not [one for one in asked if "htmx" in one]
    page.get_by_label("industry").first.check()
    page.wait_for_url("**users=industry*")
    page.locator(".hit a").first.click()
    page.go_back()
    page.wait_for_url("**users=industry*")
    page.go_back()
    page.wait_for_function("!document.querySelector('[name=users][value=industry]').checked")
    page.goto(f"{site}/en/")
    page.get_by_role("combobox").press_sequentially("proteom", delay=10)
    page.get_by_role("option").first.wait_for()
    page.context.close()


def test_five_compared_print_on_one_sheet(site: str, browser: Browser) -> None:
    page = open_page(browser)
    page.goto(f"{site}/en/infrastructures?users=industry")
    for box in page.get_by_label("Compare", exact=False).all()[:5]:
        box.check()
    page.get_by_role("button", name="Compare the ticked ones").click()
    assert page.locator("thead").first.locator("th").count() == 5
    assert sheets(page) == 1
    page.emulate_media(media="print")
    assert page.locator(".on-paper").inner_text() == f"This comparison on the web: {page.url} · 24 November 2026"
    spelt = "one => getComputedStyle(one, '::after').content.replace('attr(href)', one.getAttribute('href'))"
    asked = page.locator("td.source a[href^=http]")  # a body to ask is named, not its address here
    assert [one.evaluate(spelt) for one in asked.all()] == [f'" <{one.get_attribute("href")}>"' for one in asked.all()] != []
    different, alike = page.evaluate(COLUMNS)
    assert different == alike
    assert page.locator("summary").evaluate("one => getComputedStyle(one).listStyleType") == "none"
    page.context.close()


COLUMNS = """[...document.querySelectorAll(".comparison table")]
  .map(one => [...one.querySelector("tbody tr").children].map(cell => cell.getBoundingClientRect().left))"""


def sheets(page: Page) -> int:
    printed = page.pdf(prefer_css_page_size=True)
    return printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page ")


def test_what_is_long_prints_on_one_sheet_that_says_how_to_ask_and_where_the_rest_is(site: str, browser: Browser) -> None:
    page = open_page(browser)
    for address in ("actors/scilifelab", "actors/testa-center", "actors/ki", "needs/testbeds-precision-medicine", "needs/demo-sensor-test"):
        page.goto(f"{site}/en/{address}")
        assert sheets(page) == 1
        page.emulate_media(media="print")
        assert page.locator(".on-paper").inner_text().endswith(f"/en/{address}")
        page.emulate_media(media="null")
    page.context.close()


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


def test_one_finger_on_the_map_scrolls_the_page_and_two_do_not_enlarge_it(site: str, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{site}/en/map")
    page.wait_for_selector("#moving[data-ready]")
    page.evaluate("document.querySelector('.stage').scrollIntoView({block: 'center', behavior: 'instant'})")
    box = page.locator(".stage").bounding_box()
    assert box is not None
    x, y, before = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, page.evaluate("scrollY")
    touch = context.new_cdp_session(page)
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 11):
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y - 15 * step}]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_function("before => scrollY > before + 50", arg=before)
    fingers = [[{"x": x - apart, "y": y - 100, "id": 0}, {"x": x + apart, "y": y - 100, "id": 1}] for apart in (30, 60, 90)]
    for kind, points in (("touchStart", fingers[0]), ("touchMove", fingers[1]), ("touchMove", fingers[2]), ("touchEnd", [])):
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    assert page.evaluate("visualViewport.scale") == 1
    page.get_by_role("button", name="Right", exact=True).tap()
    context.close()


def test_the_wheel_scrolls_the_page_over_the_map_too_and_zooms_it_only_with_ctrl(site: str, browser: Browser) -> None:
    page = open_page(browser)
    page.goto(f"{site}/en/map")
    page.wait_for_selector("#moving[data-ready]")
    page.locator(".stage").hover()
    page.mouse.wheel(0, 200)
    page.wait_for_function("scrollY > 100")
    assert page.locator("#moving [role=status]").inner_text() == "Hold Ctrl or ⌘ and scroll to zoom the map."
    page.locator(".stage").hover()
    before, drawn = page.evaluate("scrollY"), page.locator(".stage").screenshot()
    page.keyboard.down("Control")
    page.mouse.wheel(0, -200)
    page.wait_for_timeout(500)
    assert page.evaluate("scrollY") == before
    assert page.locator(".stage").screenshot() != drawn
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


SMALL_TARGETS = """least => {
  const box = one => (one.closest("label") || one).getBoundingClientRect();
  const block = one => { let up = one.parentElement; while (getComputedStyle(up).display === "inline") up = up.parentElement; return up; };
  const said = one => one.innerText.trim().length;
  const inSentence = one => getComputedStyle(one).display === "inline" && said(block(one)) > said(one) + 1;
  return [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, summary")]
    .filter(one => one.checkVisibility() && !one.closest("svg, .hidden") && !one.matches(".skip, .hidden") && !inSentence(one))
    .filter(one => Math.min(box(one).width, box(one).height) < least)
    .map(one => `${one.tagName} ${one.className} ${(one.innerText || one.name).slice(0, 30)} ${box(one).width}x${box(one).height}`);
}"""
LOST_TEXT = """async () => {
  document.documentElement.style.fontSize = "200%";
  for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame); // the map follows its stage
  const sideways = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  const cut = [...document.querySelectorAll("main *, header *, footer *")]
    .filter(one => one.checkVisibility() && !one.closest(".hidden, svg, .scroll, input"))
    .filter(one => ["hidden", "clip"].includes(getComputedStyle(one).overflowX) && one.scrollWidth > one.clientWidth + 1);
  return [Math.max(0, sideways - 1), cut.map(one => `${one.tagName} ${one.className}`)];
}"""


@pytest.mark.parametrize(("width", "touch", "least"), [(390, True, 44), (1280, False, 24)])
def test_what_is_pressed_is_large_enough_for_a_finger_on_phones_and_for_shaky_hands_everywhere(
    site: str, browser: Browser, *, width: int, touch: bool, least: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, has_touch=touch, is_mobile=touch)
    page = context.new_page()
    small = {}
    for address in PAGES:
        page.goto(f"{site}{address}")
        if found := page.evaluate(SMALL_TARGETS, least):
            small[address] = found[:5]
    context.close()
    assert small == {}


def test_text_twice_as_large_is_neither_cut_nor_pushed_aside(site: str, browser: Browser) -> None:
    page = open_page(browser)
    lost = {}
    for address in PAGES:
        page.goto(f"{site}{address}")
        for width in (1280, 640):
            page.set_viewport_size({"width": width, "height": 800})
            if (found := page.evaluate(LOST_TEXT)) != [0, []]:
                lost[address, width] = found
    page.context.close()
    assert lost == {}


def test_focus_is_seen_in_forced_colours_and_nothing_moves_for_who_wants_it_still(site: str, browser: Browser) -> None:
    context = browser.new_context(forced_colors="active", reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{site}/infrastructures")
    unseen = []
    for _ in range(30):
        page.keyboard.press("Tab")
        style = page.evaluate("(({outlineStyle, outlineWidth}) => [outlineStyle, outlineWidth])(getComputedStyle(document.activeElement))")
        if style[0] == "none" or style[1] == "0px":
            unseen.append(page.evaluate("document.activeElement.outerHTML.slice(0, 80)"))
    assert unseen == []
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    context.close()


def tab_to(page: Page, selector: str, most: int = 250) -> None:
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(f"document.activeElement.matches({selector!r})"):
            return
    pytest.fail(f"{selector} is not reached with Tab on {page.url}")


def test_the_keyboard_goes_from_search_to_profile_to_path_to_comparison(site: str, browser: Browser) -> None:
    page = open_page(browser)
    page.goto(f"{site}/en/")
    tab_to(page, "#q")
    page.keyboard.type("Clinical Genomics platform")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    tab_to(page, ".hit-name a")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    tab_to(page, "input#to")
    page.keyboard.type("Region Uppsala")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator(".found-path").count() > 1
    tab_to(page, ".path li:first-child a")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    tab_to(page, "main a[href*='compare?id=']")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    tab_to(page, "main a[href*='infrastructures?id=']")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    tab_to(page, "input[name=id]:not(:checked)")
    page.keyboard.press("Space")
    tab_to(page, "button[formaction]")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("thead").first.locator("th").count() == 2
    page.context.close()


def test_everything_but_the_maps_movement_works_without_javascript(site: str, browser: Browser) -> None:
    page = open_page(browser, script=False)
    page.goto(f"{site}/en/infrastructures")
    for label in ("industry", "on site"):
        page.get_by_label(label).first.check()
    page.get_by_role("button", name="Show").click()
    assert page.url.partition("?")[2].endswith("users=industry&access=physical&sort=relevance")
    page.get_by_role("link", name="industry remove").click()
    assert "users" not in page.url
    page.get_by_label("Sort by").select_option("name")
    page.get_by_role("button", name="Sort").click()
    page.get_by_label("Compare", exact=False).first.check()
    page.get_by_role("button", name="Next").click()
    assert "page=2" in page.url
    page.get_by_label("Compare", exact=False).first.check()
    page.get_by_role("button", name="Compare the ticked ones").click()
    assert page.locator("thead").first.locator("th").count() == 2
    page.locator("thead th a").first.click()
    page.get_by_label("Find the path to", exact=False).fill("region-uppsala")
    page.get_by_role("button", name="Find paths").click()
    paths = page.locator(".found-path").count()
    page.get_by_role("link", name="Paths without it").first.click()
    assert page.get_by_role("list", name="Left out").is_visible()
    assert paths > 1
    for name, heading in (("Map", "Map of the network"), ("Needs and offers", "Needs and offers"), ("About", "About")):
        page.get_by_role("link", name=name, exact=True).first.click()
        assert page.locator("h1").inner_text() == heading
    page.get_by_role("link", name="Svenska").click()
    assert page.url == f"{site}/about"
    page.context.close()
