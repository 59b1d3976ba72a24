"""Pages: what they say, in both languages, and how they fail."""

import gzip
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from cluster_net.domain.graph import ACTOR, CONCEPT, Changes, Key, Node, Revision
from cluster_net.domain.records import Actor
from cluster_net.services.backends import Backends
from cluster_net.services.explaining import TERM_WORDS
from cluster_net.settings import Settings
from cluster_net.web.app import create_app

PAGES = [
    "/", "/search", "/search?q=genomik", "/search?q=qqqzzz", "/organisations", "/infrastructures",
    "/infrastructures?users=industry&access=paid", "/compare",
    "/compare?id=scilifelab&id=innovation-akademiska", "/needs", "/needs?type=offer&sort=deadline", "/concepts", "/concepts/genomics",
    "/actors/ki", "/actors/scilifelab", "/actors/demo-nordsensor", "/needs/demo-sensor-test", "/needs/open-access-infrastructures",
    "/offers/eu-horizon-hlth-2027-01-disease-10", "/map", "/map?sort=name&page=2", "/paths", "/paths?from=ki&to=region-uppsala",
    "/paths?from=KTH&to=nobody-at-all", "/about", "/data", "/data/api", "/sources", "/sources?page=3", "/accessibility", "/privacy",
]  # fmt: skip


def text(client: FlaskClient, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_whole_in_its_language(client: FlaskClient, address: str, language: str) -> None:
    page = text(client, address if language == "sv" else f"/en{address}")
    assert f'<html lang="{language}">' in page
    assert len(re.findall("<h1", page)) == 1
    assert page.count("<main ") == page.count("</main>") == 1
    assert 'hreflang="sv"' in page
    assert 'hreflang="en"' in page
    assert not re.search(r"<script(?! type=\"application/ld\+json\"| src=\"/static/)|\sstyle=|\son[a-z]+=", page)
    assert len(gzip.compress(page.encode())) < 70_000  # the rest of 100 kB is for styles and scripts


@pytest.fixture(scope="module")
def followed() -> set[str]:
    """The links that were found to lead somewhere, so that what stands on every page is followed once."""
    return set()


@pytest.mark.parametrize("address", PAGES)
def test_every_link_within_the_site_leads_somewhere(client: FlaskClient, followed: set[str], address: str) -> None:
    page = text(client, f"/en{address}")
    links = {link.replace("&amp;", "&") for link in re.findall(r'(?:href|action)="(/[^"#]*)', page)}
    assert links
    for link in sorted(links - followed)[:20]:
        with client.get(link) as answer:
            assert answer.status_code == 200, link
        followed.add(link)


def test_no_page_asks_a_third_party_for_anything(client: FlaskClient) -> None:
    for address in PAGES:
        loaded = re.findall(r'<(?:link rel="(?:stylesheet|icon)"|img|script|iframe)[^>]*(?:href|src)="([^"]+)"', text(client, address))
        assert all(link.startswith(("/static/", "/css/")) for link in loaded)


def test_the_language_switch_stays_on_the_page_with_its_question(client: FlaskClient) -> None:
    page = text(client, "/search?q=genomik&kind=unit")
    assert re.search(r'class="language" id="language" href="/en/search\?q=genomik&amp;kind=unit"', page)


@pytest.mark.parametrize("header", ["Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy"])
def test_every_answer_carries_the_security_headers(client: FlaskClient, header: str) -> None:
    for address in ("/", "/nope", "/api/v1/actors", "/robots.txt", "/healthz"):
        assert header in client.get(address).headers


def test_the_policy_allows_nothing_but_our_own(client: FlaskClient) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "http" not in policy


def test_a_static_file_has_an_address_that_changes_with_its_content(client: FlaskClient) -> None:
    link = re.findall(r'href="(/static/img/icon\.svg\?v=[0-9a-f]{12})"', text(client, "/"))[0]
    answer = client.get(link)
    assert answer.status_code == 200
    assert "max-age=31536000" in answer.headers["Cache-Control"]
    answer.close()


def test_the_home_page_counts_what_is_there(client: FlaskClient) -> None:
    page = text(client, "/en/")
    assert "<strong>260</strong> organisations" in page
    assert "22 of these are invented for the demonstration" in page
    assert "<strong>160</strong> infrastructures and testbeds" in page


def test_search_marks_the_words_and_counts_the_facets(client: FlaskClient) -> None:
    page = text(client, "/en/search?q=genomics")
    assert "<mark>Genomics</mark>" in page
    assert 'name="kind" value="platform"' in page


def test_a_chosen_filter_is_a_chip_that_takes_it_away(client: FlaskClient) -> None:
    page = text(client, "/en/search?q=genomics&kind=platform&county=Uppsala")
    assert 'href="/en/search?q=genomics&amp;county=Uppsala"' in page


def test_nothing_found_says_what_to_try(client: FlaskClient) -> None:
    page = text(client, "/en/search?q=qqqzzz&kind=unit")
    assert "Nothing was found." in page
    assert "Remove all filters" in page


@pytest.mark.parametrize("address", ["/search?page=0", "/search?page=x", "/search?sort=evil", "/search?kind=nope", "/map?page=999"])
def test_a_strange_question_is_answered_kindly(client: FlaskClient, address: str) -> None:
    text(client, address)


def test_paging_walks_the_list_without_losing_the_question(client: FlaskClient) -> None:
    page = text(client, "/en/organisations?county=Uppsala&page=2")
    assert "Page 2 of" in page
    assert "county=Uppsala" in re.findall(r'rel="prev" href="([^"]+)"', page)[0]


@pytest.mark.parametrize("address", ["/en/organisations?county=Uppsala", "/en/sources?"])
def test_a_page_beyond_the_last_leads_to_the_last(client: FlaskClient, address: str) -> None:
    last = client.get(f"{address}&page=9999").location
    assert re.fullmatch(re.escape(address) + r"&?page=\d+", last)
    assert 'rel="next"' not in text(client, last)


def test_ticks_to_compare_are_kept_when_one_turns_the_page(client: FlaskClient) -> None:
    page = text(client, "/en/infrastructures?id=scilifelab&page=2")
    form = page[page.index('<form id="listing"') : page.index("</form>", page.index('<form id="listing"'))]
    assert '<button name="page" value="3">' in form
    assert 'name="id" value="scilifelab"' in form


def test_a_chosen_value_beyond_those_that_are_shown_stays_in_the_form(client: FlaskClient) -> None:
    page = text(client, "/en/infrastructures?users=academia")
    values = re.findall(r'name="concept" value="([^"]+)"', page)
    assert len(values) == 80
    assert "more have fewer hits" in page
    rare = next(id_ for id_ in ("genomic-data-archive", "cryo-em", "atmp") if id_ not in values)
    assert f'name="concept" value="{rare}" checked' in text(client, f"/en/infrastructures?concept={rare}")


def test_a_profile_tells_ties_with_period_source_and_confidence(client: FlaskClient) -> None:
    page = text(client, "/en/actors/ki")
    assert "operates" in page.lower()
    assert "official register" in page
    assert "https://ror.org/056d84691" in page


def test_a_tie_says_truly_what_it_was_read_in(client: FlaskClient) -> None:
    page = text(client, "/en/actors/region-stockholm?all=agreement-with")
    document = r"med Uppsala kommuns yttrande KSN-2026-00942 \(strategy RS2026-00072\)</span>\s+· ([a-z ]+)<"
    assert set(re.findall(document, page)) == {"public document"}
    page = text(client, "/actors/astrazeneca-sverige")
    copied = r">CORDIS H2020, copy at github.com/zambujo/eunets</a></span>\s+· ([a-z ]+)<"
    assert set(re.findall(copied, page)) == {"kopia av ett offentligt register"}


def test_an_infrastructure_answers_whether_it_can_be_used_and_names_the_unknown(client: FlaskClient) -> None:
    page = text(client, "/en/actors/scilifelab")
    assert "Can I use it?" in page
    assert "industry" in page
    assert "not stated" in page
    assert "Can I use it?" not in text(client, "/en/actors/ki")


def test_what_is_not_verified_says_so(client: FlaskClient) -> None:
    assert "not verified" in text(client, "/en/actors/scilifelab-bioinformatics")


@pytest.mark.parametrize(
    "address", ["/en/actors/demo-nordsensor", "/en/needs/demo-sensor-test", "/en/search?q=nordsensor", "/en/needs?q=hjärtsvikt"]
)
def test_what_is_invented_is_marked_wherever_it_is_shown(client: FlaskClient, address: str) -> None:
    page = text(client, address)
    for place in re.finditer(r'<a href="[^"]*(?<!/match)/demo-', page):  # /match/X/ on X's own page, which is marked as a whole
        assert "fictional" in page[place.start() : place.start() + 900]


def test_a_need_shows_who_fits_and_why(client: FlaskClient) -> None:
    page = text(client, "/en/needs/testbeds-precision-medicine")
    assert "Who fits" in page
    assert "The exact terms" in page


@pytest.mark.parametrize("address", ["/actors/ki", "/en/actors/vecura", "/en/needs/testbeds-precision-medicine", "/en/match/ki/kcc"])
def test_every_term_is_told_in_words(client: FlaskClient, address: str) -> None:
    terms = re.findall(r"<tbody>(.*?)</tbody>", text(client, address), re.DOTALL)
    names = [name for rows in terms for name in re.findall(r'<tr><th scope="row">(.*?)</th>', rows)]
    assert names
    assert not {name.lower() for name in names} & TERM_WORDS.keys()


def test_a_text_in_the_other_language_is_told_and_tagged(make_site: Callable[[Actor], FlaskClient]) -> None:
    site = make_site(
        Actor(id="x", kind="company", name_sv="X", description_sv="Bara svenska.", source_url="s", source_title="s", checked=True)
    )
    page = text(site, "/en/actors/x")
    assert '<p lang="sv">Bara svenska.</p>' in page
    assert "only available in Swedish" in page


def test_hostile_text_is_shown_and_never_run(make_site: Callable[..., FlaskClient]) -> None:
    evil = '"><script>alert(1)</script>{{7*7}}'
    hostile = Actor(
        id="evil", kind="company", name_sv=evil, name_en=evil, acronym=evil, aliases=(evil,), city=(evil,), website="javascript:alert(1)",
        description_sv=evil, description_en=evil, source_url="javascript:alert(2)", source_title=evil, checked=True,
    )  # fmt: skip
    site = make_site(hostile, Actor(id="b", kind="company", name_sv=evil, source_url="x", source_title="x"))
    for address in ("/", "/actors/evil", "/en/actors/b", "/search?q=alert", "/map", "/sources", "/paths?from=evil&to=b", "/sitemap.xml"):
        page = text(site, address)
        assert "<script>alert" not in page
        assert 'href="javascript:' not in page
        assert "49" not in re.sub(r"[0-9a-f]{12}", "", page) or "{{7*7}}" in page


def test_an_actor_without_anything_has_a_kind_page(make_site: Callable[..., FlaskClient]) -> None:
    page = text(make_site(Actor(id="bare", kind="unit", name_en="Bare")), "/en/actors/bare")
    for words in ("There is no description yet.", "No sourced tie is known yet.", "Nobody has published the conditions.", "not verified"):
        assert words in page


def test_a_hub_of_500_ties_folds_its_ties(make_site: Callable[..., FlaskClient]) -> None:
    others = [Actor(id=f"o{number}", kind="company", name_sv=f"Ö {number}") for number in range(500)]
    site = make_site(Actor(id="hub", kind="university", name_sv="Nav"), *others)
    page = text(site, "/actors/hub")
    assert "Visa alla 500" in page
    assert page.count("/actors/o") < 40
    assert text(site, "/actors/hub?all=member-of").count('href="/actors/o') >= 500


def test_an_address_that_was_never_there_offers_a_search_with_its_words(client: FlaskClient) -> None:
    page = text(client, "/en/actors/protein-analysis", 404)
    assert 'value="protein analysis"' in page


def test_a_removed_page_says_that_it_was_removed(make_site: Callable[..., FlaskClient], tmp_path: Path) -> None:
    site = make_site(Actor(id="gone", kind="company", name_sv="Borta"))
    backends = site.application.extensions["cluster_net.backends"]
    backends.graph.apply(Changes(delete=(Key(ACTOR, "gone"),), revisions=(Revision(ACTOR, "gone", "removed", "2026", "x", "y"),)))
    assert "har tagits bort" in text(site, "/actors/gone", 410)


def test_a_fault_ends_in_a_page_not_in_a_traceback(backends: Backends, settings: Settings) -> None:
    site = create_app(replace(backends, clock=None), settings)  # type: ignore[arg-type]
    answer = site.test_client().get("/en/actors/ki")
    assert answer.status_code == 500
    assert "Something went wrong" in answer.get_data(as_text=True)


def test_the_structured_data_is_valid_json_about_the_actor(client: FlaskClient) -> None:
    page = text(client, "/en/actors/uu")
    (held,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    read = json.loads(held)
    assert (read["@context"], read["@type"], read["name"]) == ("https://schema.org", "CollegeOrUniversity", "Uppsala University")
    assert "https://ror.org/048a87296" in read["sameAs"]


def test_the_sitemap_lists_every_public_page_in_both_languages(client: FlaskClient) -> None:
    places = re.findall("<loc>([^<]+)</loc>", text(client, "/sitemap.xml"))
    assert len(places) == len(set(places)) == 2 * (14 + 420 + 58 + 129 + 210)
    assert client.get(urlsplit(places[-1]).path).status_code == 200
    assert "Sitemap:" in text(client, "/robots.txt")


def test_the_map_draws_the_same_picture_twice_and_has_a_table(app: Flask) -> None:
    first, second = text(app.test_client(), "/map"), text(app.test_client(), "/map")
    assert first == second
    assert first.count('class="dot ') > 50
    assert "<table>" in first


def test_a_concept_shows_both_languages_and_who_has_it(client: FlaskClient) -> None:
    page = text(client, "/concepts/genomics")
    assert "Genomik · arvsmasseanalys" in page
    assert "Genomics · genome analysis" in page
    assert "/actors/scilifelab" in page
    assert Key(CONCEPT, "genomics") in app_nodes(client)


def app_nodes(client: FlaskClient) -> dict[Key, Node]:
    held: dict[Key, Node] = client.application.extensions["cluster_net.backends"].network.current().nodes
    return held


def test_a_fault_is_reported_to_the_mailbox_that_the_site_names(backends: Backends, settings: Settings) -> None:
    named = create_app(backends, replace(settings, contact="fel@cluster.example")).test_client()
    page = text(named, "/accessibility")
    assert 'href="mailto:fel@cluster.example?subject=Fel%20p%C3%A5%20Capital%20of%20Life"' in page
    assert "mailto:" not in text(create_app(backends, settings).test_client(), "/en/accessibility")


def test_the_page_about_accessibility_claims_no_more_than_is_marked(client: FlaskClient) -> None:
    page = text(client, "/en/accessibility")
    assert "Names and titles of sources stand as they are called, whatever their language." in page
    assert "Descriptions that exist in one language only are marked with it." in page


def test_a_site_without_a_mailbox_says_so_once_when_it_starts(
    backends: Backends, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    site = create_app(backends, settings).test_client()
    text(site, "/accessibility")
    assert [one.message for one in caplog.records if "CLUSTER_NET_CONTACT" in one.message] == [
        "Visitors are told no mailbox to report faults to. Set CLUSTER_NET_CONTACT to the mailbox of a function, such as name@host.example."
    ]
    caplog.clear()
    create_app(backends, replace(settings, contact="fel@cluster.example"))
    assert caplog.records == []


def test_what_can_only_be_read_says_so_and_what_may_be_done_instead(client: FlaskClient) -> None:
    answer = client.post("/en/about")
    assert (answer.status_code, "GET" in answer.headers["Allow"]) == (405, True)
    assert "can be read but not changed" in answer.get_data(as_text=True)


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize(
    "argument", ["endpoint=x", "_anchor=zzz", "_scheme=javascript&_external=1", "_method=POST", "language_=zzz", "form=zzz", "name=zzz"]
)
def test_names_that_addresses_are_made_with_are_no_question(client: FlaskClient, argument: str, prefix: str) -> None:
    for address in (
        "/?", "/actors/ki?", "/actors/none?", "/search?q=genomik&", "/infrastructures?users=industry&", "/search.atom?", "/needs.csv?",
        "/map?", "/paths?from=KTH&to=nobody-at-all&", "/sources?page=999&", "/matchmaking/event?county=Uppsala&",
        "/matchmaking?for=vecura&other=karolinska&", "/compare?id=scilifelab&", "/finder/shortlist?q=&",
    ):  # fmt: skip
        answer = client.get(f"{prefix}{address}{argument}", follow_redirects=True)
        assert answer.status_code == (404 if "none" in address else 200), address
        links = " ".join(re.findall(r"<(?:link|a)[^>]*(?:hreflang|canonical)[^>]*>", answer.get_data(as_text=True)))
        assert not re.search(r"[?&;](endpoint|_[a-z]+)=|#zzz|javascript:", links), address
