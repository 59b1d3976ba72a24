"""Comparing infrastructures: what differs first, unknown named, tidy addresses, the same cost for one as for five."""

import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from cluster_net.domain.graph import ACTOR, Key
from cluster_net.services.access import AccessFact
from cluster_net.services.backends import Backends
from cluster_net.services.comparing import MOST, Row, compare_infrastructures


def infrastructures(client: FlaskClient, number: int) -> list[str]:
    items = client.get(f"/api/v1/infrastructures?limit={number}").get_json()["items"]
    return [one["slug"] for one in items]


def test_rows_that_differ_stand_open_and_those_alike_are_folded_below(client: FlaskClient) -> None:
    page = client.get("/en/compare?id=scilifelab&id=innovation-akademiska").get_data(as_text=True)
    above, folded = (re.findall(r'<th scope="row">([^<]+)</th>', part) for part in page.split('<details class="alike">'))
    assert {"Where is it?", "Who may use it"} <= set(above)
    assert "Lead time" in folded
    assert not set(above) & set(folded)
    assert '<td class="unknown">not stated</td>' in page


def test_the_comparison_speaks_swedish(client: FlaskClient) -> None:
    page = client.get("/compare?id=scilifelab&id=innovation-akademiska").get_data(as_text=True)
    assert "Jämför infrastrukturer och testbäddar" in page
    assert "inte angivet" in page


@pytest.mark.parametrize(("answers", "differs"), [
    (("a, b", "b, a"), False), (("a", ""), True), (("", ""), False), (("a", "a, b"), True),
])  # fmt: skip
def test_the_order_of_words_makes_no_difference(answers: tuple[str, ...], differs: bool) -> None:
    assert Row("how", tuple(AccessFact("how", one) for one in answers)).differs is differs


def test_who_operates_it_or_what_it_is_part_of_is_named_where_nobody_says_how_to_ask(client: FlaskClient) -> None:
    page = " ".join(client.get("/en/compare?id=su-emc&id=imt-stockholm").get_data(as_text=True).split())
    row = page.partition('<th scope="row">How to ask</th>')[2].partition("</tr>")[0]
    assert re.search(r'Ask who operates it: <a href="/en/actors/su">', row)
    assert re.search(r'Ask what it is part of: <a href="/en/actors/scilifelab', row)


def test_an_answer_that_no_source_was_seen_for_is_marked(client: FlaskClient) -> None:
    mark = '<span class="tag tag-warm">not verified</span>'
    page = client.get("/en/compare?id=imt-stockholm&id=ki-lci").get_data(as_text=True)
    row = page.partition('<th scope="row">Who may use it</th>')[2].partition("</tr>")[0]
    assert row.count(mark) == 1
    profile = client.get("/en/actors/imt-stockholm").get_data(as_text=True)
    assert mark in profile.partition("<dt>Who may use it</dt>")[2].partition("</dd>")[0]
    assert mark not in profile.partition("<dt>Environment</dt>")[2].partition("</dd>")[0]


def test_what_cannot_be_compared_is_named(client: FlaskClient) -> None:
    page = client.get("/en/compare?id=scilifelab&id=ki&id=%3Cb%3E").get_data(as_text=True)
    assert "No infrastructure or testbed has this address: ki, &lt;b&gt;" in page


def test_more_than_five_are_cut_and_told(client: FlaskClient, backends: Backends) -> None:
    slugs = infrastructures(client, 7)
    found = compare_infrastructures(backends, slugs, "en")
    assert [column.card.slug for column in found.columns] == slugs[:MOST]
    names = [str(backends.graph.get([Key(ACTOR, slug)])[Key(ACTOR, slug)].properties["name_en"]) for slug in slugs[MOST:]]
    assert found.left_out == tuple(names)


def test_nothing_chosen_says_how_to_choose(client: FlaskClient) -> None:
    assert "Tick up to five" in client.get("/en/compare").get_data(as_text=True)


def test_the_form_of_the_directory_leads_to_a_tidy_address(client: FlaskClient) -> None:
    answer = client.get("/en/compare?q=x&users=industry&id=scilifelab&id=ki&id=ki")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/en/compare?id=scilifelab&id=ki"


def test_ticks_are_kept_in_the_directory(client: FlaskClient) -> None:
    page = client.get("/en/infrastructures?id=scilifelab&q=genomics").get_data(as_text=True)
    assert re.search(r'name="id" value="scilifelab"( checked)?>', page)


def test_five_cost_as_many_calls_as_one(client: FlaskClient, backends: Backends, counting: type) -> None:
    slugs, calls = infrastructures(client, 5), []
    for chosen in (slugs[:1], slugs):
        counted = counting(backends.graph)
        compare_infrastructures(replace(backends, graph=counted), chosen, "sv")
        calls.append(counted.calls)
    assert calls == [2, 2]
