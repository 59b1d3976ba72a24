"""Comparing infrastructures: what differs first, unknown named, tidy addresses, the same cost for one as for five."""

import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from cluster_net.domain.graph import ACTOR, Key
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
    assert Row("how", answers).differs is differs


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
