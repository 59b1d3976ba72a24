"""Lists: two lists of needs and offers, directories, and what helps when nothing is found."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from cluster_net.domain.records import Actor, Need, Offer
from cluster_net.web.app import create_app

Read, Make = Callable[..., str], Callable[..., FlaskClient]


def test_needs_and_offers_are_two_lists_under_the_same_filters(client: FlaskClient, text: Read) -> None:
    page = text(client, "/en/needs?concept=medical-technology")
    needs, offers = page.split('id="list-offer"')
    assert "/en/needs/" in needs
    assert "/en/offers/" not in needs.split('id="list-need"')[1]
    assert "/en/offers/" in offers
    assert re.search(r'href="/en/needs\?concept=medical-technology&amp;type=offer"', offers)


def test_one_type_chosen_is_one_list_with_pages(client: FlaskClient, text: Read) -> None:
    page = text(client, "/en/needs?type=offer")
    assert "two-lists" not in page
    assert "Page 1 of 7" in page


def test_offers_have_an_address_that_leads_to_their_list(client: FlaskClient) -> None:
    assert client.get("/en/offers").headers["Location"] == "/en/needs?type=offer"


def test_a_deadline_that_has_passed_is_marked_in_lists_and_on_pages(make_site: Make, text: Read) -> None:
    owner = Actor(id="a", kind="funder", name_en="A")
    past, open_ = (
        Offer(id=f"o-{day}", kind="call", owner_id="a", title_en=f"Call {day}", deadline=day) for day in ("2026-11-23", "2026-11-24")
    )
    site = make_site(owner, past, open_, ties=())
    page = text(site, "/en/needs?type=offer")
    assert page.count("over</span>") == 1
    assert "over</span>" in page[page.index("Call 2026-11-23") :].split('<li class="hit">')[0]
    assert "over</span>" in text(site, "/en/offers/o-2026-11-23")
    assert "over</span>" not in text(site, "/en/offers/o-2026-11-24")
    assert text(site, "/en/actors/a").count("over</span>") == 1


def test_a_deadline_of_a_month_or_a_year_is_over_when_the_month_or_the_year_is(make_site: Make, text: Read) -> None:
    needs = [
        Need(id=f"n-{until}", kind="technology", owner_id="a", title_en=f"Need {until}", deadline=until)
        for until in ("2026-11", "2026", "2026-10", "2025")
    ]
    site = make_site(Actor(id="a", kind="company", name_en="A"), *needs, ties=())
    starts = text(site, "/en/matchmaking")
    for until, over in (("2026-11", False), ("2026", False), ("2026-10", True), ("2025", True)):
        assert ("over</span>" in text(site, f"/en/needs/n-{until}")) == over
        assert (f"Need {until}<" in starts) != over
        assert site.get(f"/api/v1/needs/n-{until}").get_json()["open"] != over
    assert text(site, "/en/needs?type=need").count("over</span>") == text(site, "/en/actors/a").count("over</span>") == 2


def test_matchmaking_does_not_start_from_who_has_closed_down(make_site: Make, text: Read) -> None:
    going, closed = (Actor(id=one, kind="company", name_en=f"{one} ltd", status=one) for one in ("active", "inactive"))
    starts = text(make_site(going, closed, ties=()), "/en/matchmaking")
    assert "active ltd<" in starts
    assert "inactive ltd" not in starts


def test_the_numbers_on_the_first_page_lead_to_as_many(client: FlaskClient, text: Read) -> None:
    page = text(client, "/en/")
    for address, count in re.findall(r'<li><a href="([^"]+)"><strong>(\d+)</strong>', page):
        if "map" not in address:
            assert f"{count} hits" in text(client, address)


@pytest.mark.parametrize(("address", "said"), [
    ("/search?q=vem+kan+hjälpa+mig+med+GMP", "Inget har alla dina ord; de här söktes"),
    ("/en/search?q=who+can+help+me+with+GMP%3F", "Nothing has all of your words; these were searched for"),
])  # fmt: skip
def test_a_question_as_people_ask_it_is_searched_by_its_telling_words(client: FlaskClient, text: Read, address: str, said: str) -> None:
    page = text(client, address)
    assert f"{said}: <strong>GMP" in page
    assert '<li class="hit">' in page
    assert said not in text(client, "/en/search?q=GMP")


def test_what_is_new_is_real_and_of_several_sorts(client: FlaskClient, text: Read) -> None:
    page = text(client, "/en/").split("New or changed")[1]
    assert "fictional" not in page
    assert all(f'href="/en/{folder}/' in page for folder in ("needs", "offers", "actors"))


def test_each_filter_can_be_dropped_when_nothing_is_found(client: FlaskClient, text: Read) -> None:
    page = text(client, "/en/infrastructures?q=qqqzzz&county=Uppsala&users=industry")
    assert 'Remove the filter "industry"' in page.replace("&#34;", '"')
    assert 'href="/en/infrastructures?q=qqqzzz&amp;county=Uppsala"' in page
    assert 'href="/en/search?q=qqqzzz"' in page


def test_a_misspelt_word_that_finds_nothing_leads_to_the_nearest_concepts(client: FlaskClient, text: Read) -> None:
    page = text(client, "/en/needs?q=metabolmcsq&type=need")
    assert "Did you mean" in page
    assert '<a href="/en/concepts/metabolomics">Metabolomics</a>' in page


def test_a_word_taken_for_another_is_asked_about_and_a_word_that_was_found_is_not(client: FlaskClient, text: Read) -> None:
    assert 'Did you mean: <a href="/en/concepts/metabolomics">' in text(client, "/en/search?q=metabolomcis").partition('class="hits"')[0]
    for found in ("metabolomics", "testbeds", "uppsala", ""):
        assert "Did you mean" not in text(client, f"/en/search?q={found}")


def test_a_search_that_is_cut_or_without_a_word_says_so(client: FlaskClient, text: Read) -> None:
    assert "Only the first 200 characters" in text(client, f"/en/search?q={'protein+' * 40}")
    assert "Only the first" not in text(client, "/en/search?q=protein")
    assert "only symbols in the field" in text(client, "/en/search?q=%3F%21%21")


def test_environment_and_quality_narrow_a_search(client: FlaskClient, text: Read) -> None:
    page = text(client, "/en/search?environment=clinical")
    assert 'name="environment" value="clinical" checked' in page
    assert 'name="quality"' in page


def test_names_are_sorted_by_swedish_rules(make_site: Make, text: Read) -> None:
    order = ["Zeta", "Åkerö", "Ärlig", "Öst"]
    site = make_site(*(Actor(id=f"a{n}", kind="company", name_sv=name) for n, name in enumerate(reversed(order))), ties=())
    page = text(site, "/organisations?sort=name")
    assert sorted(order, key=page.index) == order


def test_a_hostile_search_is_only_words(client: FlaskClient, text: Read) -> None:
    page = text(client, "/search?q=%3Cscript%3Ealert(1)%3C/script%3E&kind=%22onload%3D%22x&sort=%22%3E")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert not re.search(r'\sonload="', page)


def test_a_need_without_any_text_or_owner_has_a_page(make_site: Make, text: Read) -> None:
    site = make_site(Actor(id="a", kind="company", name_en="A"), Need(id="n", kind="research", owner_id="a", title_en="N"), ties=())
    assert "There is no description yet." in text(site, "/en/needs/n")


def test_amounts_are_written_as_the_language_does(make_site: Make, text: Read) -> None:
    offer = Offer(id="o", kind="call", owner_id="a", title_sv="O", amount_max=12500, currency="SEK")
    site = make_site(Actor(id="a", kind="funder", name_sv="A"), offer, ties=())
    assert "12\N{NO-BREAK SPACE}500\N{NO-BREAK SPACE}kr" in text(site, "/offers/o")
    assert "SEK 12,500" in text(site, "/en/offers/o")
    spanning = replace(offer, amount_min=500)
    site = make_site(Actor(id="a", kind="funder", name_sv="A"), spanning, ties=())
    assert "500–12\N{NO-BREAK SPACE}500\N{NO-BREAK SPACE}kr" in text(site, "/offers/o")
    assert "SEK 500–12,500" in text(site, "/en/offers/o")


@pytest.mark.parametrize(
    ("prefix", "heading", "last"),
    [
        ("", "Infrastrukturer och testbäddar", "Sök efter ”proteom”"),
        ("/en", "Infrastructures and testbeds", 'Search for "proteom"'),
    ],
)
def test_typing_gets_grouped_hits_that_end_with_the_whole_search(client, text, prefix, heading, last):
    part = text(client, f"{prefix}/quick?q=proteom")
    assert f'role="group" aria-label="{heading}"' in part
    assert f'href="{prefix}/search?q=proteom"' in part
    assert last in part.rpartition('role="option"')[2]
    assert "<html" not in part
    assert 'role="option"' not in text(client, f"{prefix}/quick?q=p")


def test_typing_a_name_gets_actors_to_fill_the_field_with(client, text):
    part = text(client, "/en/quick?of=actor&q=karolinska")
    assert 'data-fills="Karolinska Institutet"' in part
    assert "/search?" not in part
    assert part.count("data-said") == 1
    assert all(f"/{other}/" not in part for other in ("concepts", "needs", "offers"))


def test_while_the_index_is_down_typing_still_offers_the_search(backends, settings, down, text):
    site = create_app(replace(backends, index=down("index")), settings).test_client()
    assert text(site, "/en/quick?q=proteom").count('role="option"') == 1


def test_relevance_is_an_order_only_where_something_was_asked_for(client: FlaskClient, text: Read) -> None:
    assert ">relevance</option>" in text(client, "/en/infrastructures?q=genomics")
    alone = text(client, "/en/infrastructures")
    assert ">relevance</option>" not in alone
    assert ">name</option>" in alone
