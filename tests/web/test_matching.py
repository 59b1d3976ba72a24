"""Where people meet the suggestions: matchmaking, an event, one pair, groups and files."""

import csv
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest
from flask.testing import FlaskClient

from cluster_net.domain.graph import ACTOR, Key
from cluster_net.domain.matching.blend import Weights
from cluster_net.domain.matching.calibration import Step
from cluster_net.domain.matching.cluster_texts import texts_of
from cluster_net.domain.matching.wording import words_of
from cluster_net.domain.text import is_form_of
from cluster_net.domain.vocabulary import LANGUAGES
from cluster_net.services.backends import Backends
from cluster_net.services.snapshots import SnapshotCache, compile_matcher, own_weights
from cluster_net.services.steering import CONTROLS
from cluster_net.settings import Settings
from cluster_net.web.app import create_app

Read = Callable[..., str]


PAGES = (
    "/matchmaking",
    "/matchmaking?for=vecura&other=ki",
    "/matchmaking/event?concept=gmp-manufacturing",
    "/match/need.demo-gmp-slot/vecura",
)


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_whole_and_its_links_lead_somewhere(client: FlaskClient, text: Read, address: str, language: str) -> None:
    page = text(client, f"{language}{address}")
    assert page.count("<h1") == page.count("</main>") == 1
    assert len(page.encode()) < 100_000
    links = {link.replace("&amp;", "&") for link in re.findall(r'(?:href|action)="(/[^"#]*)', page)}
    for link in sorted(one for one in links if "/match" in one)[:8]:
        assert client.get(link).status_code == 200, link


def test_a_need_shows_who_fits_in_columns_with_conditions(client: FlaskClient, text: Read) -> None:
    page = text(client, "/en/matchmaking?for=need.demo-gmp-slot")
    assert "Testbeds and infrastructures" in page
    assert "Vecura" in page
    assert "<strong>Met:</strong> quality system (GMP)" in page
    assert "<strong>Missed:</strong> quality system (GMP)" in text(client, "/en/needs/demo-gmp-slot")
    assert "<strong>Unknown:</strong> readiness level (TRL 4–6)" in page
    assert "Uppfyllt:" in text(client, "/matchmaking?for=need.demo-gmp-slot")


def test_all_groups_of_the_strategy_appear_for_a_company(client: FlaskClient, text: Read) -> None:
    page = text(client, "/en/matchmaking?for=demo-nordsensor")
    for words in ("Companies and entrepreneurs", "Testbeds and infrastructures", "Funders and calls", "Need owners and their needs"):
        assert f">{words}</h3>" in page, words


def test_a_long_list_of_participants_is_read_by_whole_lines_and_says_where_it_was_cut(client: FlaskClient, text: Read) -> None:
    names = [str(one["slug"]) for one in client.get("/api/v1/actors?limit=100").get_json()["items"]]
    page = text(client, f"/en/matchmaking/event?who={'%0A'.join(names * 3)}")
    assert f"Among {len(names)} members of the set" in page
    assert "names nothing here" not in page
    assert "longer than the address can hold" not in page
    page = text(client, f"/en/matchmaking/event?who={'%0A'.join(names * 20)}")
    assert "longer than the address can hold" in page
    assert "Nothing is called" not in page
    assert "2 lines name nothing here" in text(client, "/en/matchmaking/event?who=ki%0Aqqqq%0Azzzz")


def test_evidence_that_would_help_is_asked_of_the_side_that_lacks_it(client: FlaskClient, text: Read) -> None:
    assert "if they stated: who may use it (industry)" in text(client, "/en/matchmaking?for=gradientech")
    assert "With evidence of readiness level" in text(client, "/en/matchmaking?for=elekta")


def test_without_a_choice_there_are_starts_and_an_unknown_name_says_so(client: FlaskClient, text: Read) -> None:
    assert "Start from a call" in text(client, "/en/matchmaking")
    assert "Nothing is called" in text(client, "/en/matchmaking?for=qqqzzzqqq")
    assert 'value="Vecura"' in text(client, "/en/matchmaking?for=Vecura")


@pytest.mark.parametrize("id_", ["demo-sensor-test", "vinnova-innovativa-startups", "vecura"])
def test_an_id_is_understood_without_a_prefix(client: FlaskClient, text: Read, id_: str) -> None:
    page = text(client, f"/en/matchmaking?for={id_}")
    assert "Who could meet" in page
    assert "Which one do you mean?" not in page
    assert "Which one do you mean?" not in text(client, f"/en/matchmaking?for=ki&other={id_}")


def test_why_not_is_answered(client: FlaskClient, text: Read) -> None:
    page = text(client, "/en/matchmaking?for=ki&other=scilifelab")
    assert "already works with" in page or "belongs to the same house" in page
    assert "Two of these kinds are never matched" in text(client, "/en/matchmaking?for=need.demo-gmp-slot&other=need.demo-gmp-slot")


def test_a_pair_has_for_against_unknown_and_sources(client: FlaskClient, text: Read) -> None:
    page = text(client, "/en/match/need.demo-gmp-slot/ki-pre-gmp")
    for words in ("For", "Against", "Unknown: ask", "Between them", "Sources"):
        assert f">{words}</h2>" in page, words
    assert "non-GMP" in page
    assert "possible" in page


@pytest.mark.parametrize("pair", ["need.demo-gmp-slot/need.demo-heart-home", "ki/ki"])
def test_two_that_never_meet_are_told_so(client: FlaskClient, text: Read, pair: str) -> None:
    assert "Give two different ones that are not both needs or both offers." in text(client, f"/en/match/{pair}", 400)
    assert "The two never meet" in text(client, f"/en/match/{pair}", 400)


def test_a_pair_of_somebody_unknown_is_not_found_and_the_name_is_told(client: FlaskClient, text: Read) -> None:
    page = text(client, "/en/match/none/ki", 404)
    assert "Nothing is called &#34;none&#34;." in page
    assert 'name="q" value="none"' in page


def test_an_event_shows_meetings_of_a_theme_by_its_name_in_either_language(client: FlaskClient, text: Read) -> None:
    for theme in ("gmp-manufacturing", "GMP manufacturing", "gmp-tillverkning"):
        assert "Vecura" in text(client, f"/en/matchmaking/event?concept={theme}")
    assert "Vecura" in text(client, "/en/matchmaking/event?who=vecura,need.demo-gmp-slot&bridge=4&exposure=1")
    assert 'value="GMP manufacturing"' in text(client, "/en/matchmaking/event?concept=gmp-manufacturing")
    for wrong in ("who=nobody", "who=ki,nobody+at+all", "concept=nothing"):
        assert "Nothing is called" in text(client, f"/en/matchmaking/event?{wrong}")


def test_the_file_has_a_column_for_each_term(client: FlaskClient) -> None:
    answer = client.get("/en/matchmaking.csv?for=need.demo-gmp-slot")
    rows = list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    assert rows[0]["suggestion"]
    assert float(rows[0]["shared concepts"]) > 0
    assert "quality system: GMP" in next(row["met"] for row in rows if row["suggestion"] == "Vecura")
    assert {row["for (id)"] for row in rows} == {"need.demo-gmp-slot"}
    assert "vecura" in {row["suggestion (id)"] for row in rows}
    assert float(rows[0]["shared concepts: weight"]) * float(rows[0]["shared concepts: value"]) == pytest.approx(
        float(rows[0]["shared concepts"])
    )
    assert client.get("/matchmaking.xlsx?concept=gmp-manufacturing").status_code == 200


def test_a_file_for_what_is_not_there_says_so(client: FlaskClient, text: Read) -> None:
    assert "Nothing is called &#34;nosuch&#34;. Give the slug" in text(client, "/en/matchmaking.csv?for=nosuch", 404)
    page = text(client, "/matchmaking.csv?for=nosuch", 404)
    assert "Inget heter ”nosuch”" in page
    assert "There is no" not in page


def test_a_need_shows_groups_an_offer_whom_it_suits_and_a_concept_meetings(client: FlaskClient, text: Read) -> None:
    assert "Groups that could take it on" in text(client, "/en/needs/demo-gmp-slot")
    assert "Who could meet about it" in text(client, "/en/concepts/gmp-manufacturing")
    assert "Whom it could suit" in text(client, "/en/offers/vinnova-innovativa-startups")


def test_whom_an_offer_is_for_and_of_what_kind_it_is_stands_beside_what_it_is_suggested_for(client: FlaskClient, text: Read) -> None:
    page = text(client, "/en/offers/cancerfonden-sarskilda-satsningar")
    assert "<strong>Met:</strong> for whom (university, care provider)" in page
    assert "kind of offer (funding instrument)" in page


def test_who_alone_an_offer_is_for_is_told_and_not_taken_for_met(client: FlaskClient, text: Read) -> None:
    page = text(client, "/en/offers/almi-foretagslan")
    assert "only: companies with at most 250 employees" in page
    assert "for whom (companies with at most 250 employees)" in page
    assert "<strong>Met:</strong> for whom" not in page


def test_who_would_fit_but_works_with_the_owner_is_named(client: FlaskClient, text: Read) -> None:
    page = text(client, "/en/matchmaking?for=need.karolinska-faster-atmp-introduction")
    told = re.findall(r"already work with the owner: (.*?)</p>", page)[0]
    for slug in re.findall(r'href="/en/match/need\.karolinska-faster-atmp-introduction/([a-z0-9-]+)"', told):
        why = client.get(f"/api/v1/why?from=need.karolinska-faster-atmp-introduction&to={slug}&lang=en").json
        assert why["filter"] == "partner"
    assert told
    assert re.search(r"already work together: .* and \d+ more\.</p>", text(client, "/en/matchmaking?for=ki"))


def test_of_whom_nothing_is_known_is_led_to_the_finder(client: FlaskClient, text: Read) -> None:
    page = text(client, "/en/matchmaking?for=senzime")
    assert "Too little is known of what Senzime works on." in page
    assert 'href="/en/finder"' in page


def test_what_closes_says_when(client: FlaskClient, text: Read) -> None:
    page = text(client, "/en/matchmaking?for=need.karolinska-faster-atmp-introduction")
    assert re.search(r'European Commission</span>\s*<span class="quiet">· until \d+ \w+ 202\d</span>', page)


def test_who_of_a_list_is_in_no_meeting_is_told(client: FlaskClient, text: Read) -> None:
    page = text(client, "/en/matchmaking/event?who=vecura%0Aneed.demo-gmp-slot%0Asenzime")
    assert "1 participant is in no meeting" in page
    assert page.index('href="/en/actors/senzime"') < page.index('<ol class="plain">')
    assert "in no meeting" not in text(client, "/en/matchmaking/event?concept=gmp-manufacturing")


def test_a_group_tells_the_roles_of_its_owner_and_what_a_seat_misses(client: FlaskClient, text: Read) -> None:
    page = text(client, "/en/needs/demo-gmp-slot")
    assert "<dd>the owner itself</dd>" in page
    assert "</strong> who may use it (industry)</span>" in text(client, "/en/needs/demo-aralund-capital")
    groups = client.get("/api/v1/constellations?need=demo-gmp-slot&lang=en").json["items"]
    assert groups[0]["own"] == ["entrepreneur"]


def test_home_leads_to_partners_and_to_events(client: FlaskClient, text: Read) -> None:
    page = text(client, "/en/")
    assert 'href="/en/matchmaking"' in page
    assert 'href="/en/matchmaking/event"' in page


def test_the_interface_tells_why_and_proposes_groups(client: FlaskClient) -> None:
    why = client.get("/api/v1/why?from=need.demo-gmp-slot&to=vecura&lang=en").json
    assert (why["state"], why["suggestion"]["actor"]["slug"]) == ("suggested", "vecura")
    assert client.get("/api/v1/why?from=ki&to=ki").status_code == 400
    for parameter, address in (("to", "why?from=ki&to=nobody"), ("from", "why?from=nobody&to=ki"), ("need", "constellations?need=nobody")):
        answer = client.get(f"/api/v1/{address}")
        assert answer.status_code == 404
        kind = "need " if parameter == "need" else ""
        assert answer.json["detail"].startswith(f'{parameter}: There is no {kind}"nobody".')
    by_reference = client.get("/api/v1/constellations?need=need.demo-gmp-slot").json["items"]
    assert by_reference == client.get("/api/v1/constellations?need=demo-gmp-slot").json["items"]
    groups = client.get("/api/v1/constellations?need=demo-gmp-slot").json["items"]
    assert "testbed" in [seat["role"] for seat in groups[0]["seats"]]
    assert client.get("/api/v1/constellations?need=none").status_code == 404


def test_a_share_is_told_only_where_enough_was_decided(client: FlaskClient, backends: Backends, settings: Settings, text: Read) -> None:
    address = "/matchmaking?for=need.demo-gmp-slot"
    assert "Av tio" not in text(client, address)
    plain = own_weights()
    learned = Weights("9", plain.uses, {"need_actor": (Step(0.0, 0.1, 40), Step(0.2, 0.7, 40))})
    cache = SnapshotCache(backends.graph, partial(compile_matcher, weights=learned))
    other = create_app(replace(backends, network=cache), settings).test_client()
    assert "Av tio som den här blev 7 antagna." in text(other, address)
    assert "Of ten like this, 7 were accepted." in text(other, f"/en{address}")
    found = other.get("/api/v1/needs/demo-gmp-slot/suggestions?lang=en").get_json()["items"]
    assert {one["share"] for one in found if "actor" in one} <= {0.1, 0.7}
    assert {one["share"] for one in found if "offer" in one} <= {None}


@pytest.mark.parametrize("address", ["/en/matchmaking?for=vecura", "/en/matchmaking/event?concept=gmp-manufacturing"])
def test_every_control_is_in_the_form_with_its_sentence_and_kept_in_links(client: FlaskClient, text: Read, address: str) -> None:
    page = text(client, f"{address}&diversity=3&floor=2&bridge_kind=1")
    for name, control in CONTROLS.items():
        assert f'<select id="{name}" name="{name}"' in page
        assert control.sentence.en in page
        assert control.sentence.sv in text(client, address.removeprefix("/en"))
    assert page.count(" selected") == 5
    file = next(link for link in re.findall(r'href="([^"]*matchmaking\.csv[^"]*)"', page))
    assert {"diversity=3", "floor=2", "bridge_kind=1"} <= set(file.replace("&amp;", "&").split("?")[1].split("&"))


def test_another_kind_is_a_term_of_the_file_and_of_the_interface(client: FlaskClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/en/matchmaking.csv?for=vecura&bridge_kind=4").get_data(as_text=True))))
    assert "0.4" in {row["another kind"] for row in rows}
    found = client.get("/api/v1/actors/vecura/suggestions?bridge_kind=4&diversity=1&floor=1").get_json()["items"]
    assert any(term["name"] == "bridge_kind" and term["weight"] == 0.4 for one in found for term in one["terms"])
    assert client.get("/api/v1/actors/vecura/suggestions?bridge_kind=5").status_code == 400


@pytest.mark.parametrize("slug", ["affibody", "vecura", "symcel", "cytiva"])
def test_a_word_that_both_are_said_to_use_stands_in_the_texts_of_both(client: FlaskClient, backends: Backends, slug: str) -> None:
    network = backends.network.current()

    def words(slug: str) -> list[str]:
        key = Key(ACTOR, slug)
        return [word for text in texts_of(network, key).values() for word in words_of(text)]

    for language in LANGUAGES:
        for one in client.get(f"/api/v1/actors/{slug}/suggestions?limit=20&lang={language}").get_json()["items"]:
            told = [fact["name"] for term in one["terms"] if term["name"] == "text" for fact in term["facts"]]
            for side in (slug, one["actor"]["slug"]):
                assert all(any(is_form_of(word, held) for held in words(side)) for word in told), (side, told)


def test_a_county_that_there_is_not_is_told(client: FlaskClient, text: Read) -> None:
    assert 'There is no county called "Luleå". Choose in the list' in text(client, "/en/matchmaking/event?county=Luleå")
    for known in ("Uppsala", ""):
        assert "no county called" not in text(client, f"/en/matchmaking/event?county={known}")


def test_a_line_that_is_nearly_a_name_leads_to_the_list_with_the_name(client: FlaskClient, text: Read) -> None:
    page = text(client, "/en/matchmaking/event?who=Bioservo%0AVecura%0Aqqqq&bridge=2")
    address, name = re.findall(r'Did you mean <a href="([^"]*)">([^<]*)</a>\?', page)[0]
    assert name == "Bioservo Technologies"
    page = text(client, address.replace("&amp;", "&"))
    assert "Among 2 members of the set" in page
    assert 'Nothing is called "qqqq".' in page
    assert "Did you mean" not in page
    assert '<option value="2" selected>' in page


def test_what_lines_may_mean_is_told_as_far_as_a_page_holds_their_lists(client: FlaskClient, text: Read) -> None:
    nearly = "%0A".join(("Karol", "Karoli", "Karolin", "Karolins"))
    assert text(client, f"/en/matchmaking/event?who={nearly}").count("Did you mean") == 4
    assert text(client, f"/en/matchmaking/event?who={nearly}{'%0Aqqqq' * 3500}").count("Did you mean") == 2


def test_a_meeting_takes_two(client: FlaskClient, text: Read) -> None:
    for one in ("Senzime", "Senzime%0Asenzime", "Senzime%0Anobody+at+all"):
        page = text(client, f"/en/matchmaking/event?who={one}")
        assert "name at least two participants" in page
        assert "Choose a wider theme" not in page
    assert "at least two participants" not in text(client, "/en/matchmaking/event?county=Uppsala&concept=nothing")


def test_an_event_of_a_county_has_no_theme(client: FlaskClient, text: Read) -> None:
    assert 'name="concept" value=""' in text(client, "/en/matchmaking/event?county=Uppsala")


@pytest.mark.parametrize("address", ["/matchmaking?for=", "/matchmaking/event?who=", "/finder/shortlist?q=", "/paths?from="])
def test_control_characters_do_not_come_back(client: FlaskClient, text: Read, address: str) -> None:
    page = text(client, f"{address}a%00%07b")
    assert "\x00" not in page
    assert "ab" in page


def test_the_figures_of_a_workbook_are_numbers_and_those_of_a_file_sum_to_the_score(client: FlaskClient) -> None:
    book = zipfile.ZipFile(io.BytesIO(client.get("/matchmaking.xlsx?for=vecura&exposure=3").data))
    first = re.findall(r'<c r="([A-Z]+)2"( t="s")?', book.read("xl/worksheets/sheet1.xml").decode())
    assert ("I", "") in first
    assert ("K", "") in first
    rows = list(csv.reader(io.StringIO(client.get("/matchmaking.csv?for=vecura&exposure=3").data.decode("utf-8-sig")), delimiter=";"))
    figures = [[float(cell.replace(",", ".")) for cell in (row[8], *row[10:20])] for row in rows[1:]]
    assert any(min(row) < 0 for row in figures)
    assert all(row[0] == pytest.approx(sum(row[1:]), abs=1e-9) for row in figures)
