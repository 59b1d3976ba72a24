"""The map: filters and a date hold for picture, table, data and file alike."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from cluster_net.domain.records import Actor, Collaboration

Read, Make = Callable[..., str], Callable[..., FlaskClient]
ROOT = Path(__file__).parents[2]
SVG = "{http://www.w3.org/2000/svg}"


def told(page: str) -> tuple[int, int]:
    found = re.search(r"<strong>(\d+) (?:actors?|aktöre?r?) · (\d+) (?:ties?|(?:fall av )?samverkan)", page)
    assert found
    return int(found[1]), int(found[2])


def rows(page: str) -> int:
    return page.split("<tbody>")[1].count("<tr>")


STATES = ["", "as_of=2019", "group=care&group=public", "county=Uppsala&tie=OPERATES", "concept=genomics", "group=company&as_of=2005"]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("language", ["", "/en"])
def test_page_data_and_file_show_the_same_part(client: FlaskClient, text: Read, language: str, state: str) -> None:
    page = text(client, f"{language}/map?{state}")
    actors, ties = told(page)
    held = json.loads(text(client, f"{language}/map.json?{state}"))
    picture = ET.fromstring(text(client, f"{language}/map.svg?{state}"))  # noqa: S314
    assert len(held["slugs"]) == actors == len(picture.findall(f"{SVG}a"))
    assert rows(page) == min(50, actors)
    pairs = {tuple(held["ties"][place : place + 2]) for place in range(0, len(held["ties"]), 3)}
    assert len(pairs) == len(picture.findall(f".//{SVG}line")) <= ties


def test_the_columns_of_the_data_belong_together(client: FlaskClient, text: Read) -> None:
    held = json.loads(text(client, "/en/map.json"))
    place = held["slugs"].index("ki")
    assert held["names"][place] == "Karolinska Institutet"
    assert held["kinds"][held["kind"][place]] == ["university", "academia"]
    assert {len(held[column]) for column in ("slugs", "names", "kind", "x", "y")} == {len(held["slugs"])}
    said = {(held["slugs"][a], held["slugs"][b]): held["tie_words"][words] for a, b, words in zip(*[iter(held["ties"])] * 3, strict=True)}
    assert said["akademiska", "region-uppsala"] == ["operated by", "operates"]
    assert {held["slugs"][one] for one in held["fictional"]} == {one for one in held["slugs"] if one.startswith("demo-")}


def test_the_same_actor_stands_in_the_same_place_whatever_is_asked_for(client: FlaskClient, text: Read) -> None:
    whole, part = (json.loads(text(client, f"/map.json?{state}")) for state in ("", "as_of=2010&group=academia"))
    where = dict(zip(whole["slugs"], zip(whole["x"], whole["y"], strict=True), strict=True))
    assert all(where[slug] == (x, y) for slug, x, y in zip(part["slugs"], part["x"], part["y"], strict=True))


def test_the_data_is_kept_for_a_year_under_its_version_and_else_asked_for_again(client: FlaskClient) -> None:
    first = client.get("/map.json", headers={"Accept-Encoding": "gzip"})
    assert (first.content_encoding, first.cache_control.max_age, first.cache_control.immutable) == ("gzip", 60, False)
    version = json.loads(client.get("/map.json").data)["version"]
    lasting = client.get(f"/map.json?v={version}")
    assert (lasting.cache_control.max_age, lasting.cache_control.immutable) == (365 * 24 * 3600, True)
    assert client.get("/map.json?v=0-old").cache_control.max_age == 60
    again = client.get("/map.json", headers={"Accept-Encoding": "gzip", "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get("/map.json").headers["ETag"] != first.headers["ETag"]


def test_the_page_of_a_year_says_how_many_ties_tell_none(client: FlaskClient, text: Read) -> None:
    assert "A tie that tells no year counts as always known." in text(client, "/en/map")
    page = text(client, "/en/map?as_of=2019")
    assert re.search(r"\d+ of them tell no year and count as always known", page)
    assert 'name="as_of" type="number" min="1000" max="2999" inputmode="numeric" value="2019"' in page
    assert "räknas som alltid kända" in text(client, "/map?as_of=2019")


@pytest.mark.parametrize("year", ["3000", "abc", "999", "2019.5"])
def test_a_year_that_is_not_understood_is_told(client: FlaskClient, text: Read, year: str) -> None:
    page = text(client, f"/en/map?as_of={year}")
    assert f'The year "{year}" was not understood' in page
    assert "Write a year from 1000 to 2999." in page
    for understood in ("2019", "", " "):
        assert "was not understood" not in text(client, f"/en/map?as_of={understood}")


@pytest.mark.parametrize("state", ["as_of=x", "as_of=99999", "as_of=-1", "page=999", "nope=1"])
def test_what_makes_no_sense_in_the_address_is_left_out(client: FlaskClient, text: Read, state: str) -> None:
    assert told(text(client, f"/en/map?{state}")) == told(text(client, "/en/map"))


def test_a_value_that_nobody_has_shows_nothing_and_leads_back(client: FlaskClient, text: Read) -> None:
    page = text(client, "/en/map?concept=%22%3E%3Cb%3E")
    assert "0 actors" in page
    assert "There is no tie to draw here." in page
    assert "<b>" not in page
    assert 'href="/en/map">Show the whole network' in page


def test_the_choice_stays_in_every_address_of_the_page(client: FlaskClient, text: Read) -> None:
    page = text(client, "/en/map?group=company&as_of=2019")
    for address in re.findall(r'href="(/(?:en/)?map[^"]*)"', page):
        if address not in {"/en/map", "/map"}:
            assert "group=company" in address
            assert "as_of=2019" in address


def test_a_saved_picture_is_a_whole_file_that_needs_nothing_else(make_site: Make) -> None:
    names = ("<b>A</b> & \x01", "B")
    site = make_site(
        *(Actor(id=slug, kind="company", name_sv=name, name_en=name) for slug, name in zip("ab", names, strict=True)),
        ties=[Collaboration(from_id="a", type="OWNS", to_id="b", source_url="s", source_title="s", confidence=0.9)],
    )
    answer = site.get("/en/map.svg")
    assert answer.content_type == "image/svg+xml; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="map-2026-11-24.svg"'
    picture = ET.fromstring(answer.data)  # noqa: S314
    assert [one.get("href") for one in picture.iter(f"{SVG}a")] == ["http://localhost/en/actors/a", "http://localhost/en/actors/b"]
    assert next(picture.iter(f"{SVG}a"))[0].text == "<b>A</b> &  (company, 1 partner)"
    assert not any("style" in one.attrib for one in picture.iter())
    assert all(shape.get("fill") for shape in picture.iter(f"{SVG}path"))


def test_a_saved_picture_has_the_colours_of_the_pages() -> None:
    tokens = dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6})", (ROOT / "static/css/tokens.css").read_text("utf-8").split("@media")[0]))
    colours = dict(
        re.findall(r'"([a-z]+)": "(#[0-9a-f]{6})"', (ROOT / "templates/macros/map.html").read_text("utf-8").split("{% macro")[0])
    )
    assert colours == {group: tokens[group] for group in colours}
    assert len(colours) == 7
