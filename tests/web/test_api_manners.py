"""How the interface treats those who take much: pages that link to each other, fields, 304 by version, a polite limit."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from cluster_net.domain.graph import Changes
from cluster_net.domain.nodes import to_node
from cluster_net.domain.records import Actor
from cluster_net.services.backends import Backends
from cluster_net.settings import Settings
from cluster_net.web.app import create_app

Make = Callable[..., FlaskClient]


def links(client: FlaskClient, address: str) -> dict[str, str]:
    """Return the links of an answer's header by their relation, without the site's own part."""
    held = client.get(address).headers["Link"]
    return {name: place for place, name in re.findall(r'<http://localhost([^>]+)>; rel="(\w+)"', held)}


@pytest.mark.parametrize("path", ["actors", "search", "concepts", "actors/ki/collaborations"])
def test_a_list_can_be_walked_whole_by_its_next_links(client: FlaskClient, path: str) -> None:
    address: str | None = f"/api/v1/{path}?limit=60"
    seen: list[str] = []
    while address:
        page = client.get(address).json
        seen += [one["id"] if "id" in one else one["slug"] for one in page["items"]]
        address = links(client, address).get("next")
    assert len(seen) == page["total"]
    assert path == "search" or len(set(seen)) == len(seen)


def test_links_keep_the_question_and_lead_both_ways(client: FlaskClient) -> None:
    found = links(client, "/api/v1/infrastructures?kind=testbed,unit&kind=platform&lang=en&limit=10&offset=20")
    assert set(found) == {"first", "prev", "next", "last"}
    assert found["prev"] == "/api/v1/infrastructures?kind=testbed%2Cunit&kind=platform&lang=en&limit=10&offset=10"
    last = client.get(found["last"]).json
    assert 0 < len(last["items"]) <= 10
    assert "next" not in links(client, found["last"])
    assert "prev" not in links(client, found["first"])


@pytest.mark.parametrize(("query", "names"), [("q=zzzzqqq", {"first", "last"}), ("offset=99000", {"first", "prev", "last"})])
def test_links_of_an_empty_page_lead_back_to_what_there_is(client: FlaskClient, query: str, names: set[str]) -> None:
    found = links(client, f"/api/v1/search?{query}")
    assert set(found) == names
    assert found.get("prev", found["last"]) == found["last"]


@pytest.mark.parametrize(("path", "wanted"), [
    ("actors?fields=slug,name&limit=5", {"slug", "name"}), ("actors?fields=slug&fields=place&limit=5", {"slug", "place"}),
    ("search?q=genomik&fields=id,type", {"id", "type"}), ("actors/ki/collaborations?fields=type", {"type"}),
    ("needs?fields=title", {"title"}), ("offers?fields=title,amount_max", {"title", "amount_max"}), ("concepts?fields=labels", {"labels"}),
])  # fmt: skip
def test_a_list_holds_the_fields_asked_for_and_no_others(client: FlaskClient, path: str, wanted: set[str]) -> None:
    page = client.get(f"/api/v1/{path}").json
    assert page["items"]
    assert all(set(one) == wanted for one in page["items"])
    assert page["total"] >= len(page["items"])


def test_a_record_holds_the_fields_asked_for(client: FlaskClient) -> None:
    assert client.get("/api/v1/actors/ki?fields=name").json == {"name": "Karolinska Institutet"}
    assert set(client.get("/api/v1/actors/ki").json) > {"name", "identifiers"}


def test_a_field_that_is_not_there_is_told_with_those_that_are(client: FlaskClient) -> None:
    answer = client.get("/api/v1/needs?fields=title,colour")
    assert answer.status_code == 400
    (problem,) = answer.get_json(force=True)["problems"]
    assert problem["field"] == "fields"
    assert "amount_max" in problem["mend"]


@pytest.mark.parametrize("path", ["actors/a", "actors/a/collaborations"])
def test_an_answer_is_the_same_until_the_data_changes(make_site: Make, path: str) -> None:
    site = make_site(Actor(id="a", kind="company", name_sv="A"), Actor(id="b", kind="company", name_sv="B"))
    tag = site.get(f"/api/v1/{path}").headers["ETag"]
    known = {"If-None-Match": tag}
    again = site.get(f"/api/v1/{path}", headers=known)
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    assert site.get(f"/api/v1/{path}", headers={"If-None-Match": f"W/{tag}"}).status_code == 304
    assert site.get(f"/api/v1/{path}", headers=known | {"Accept-Language": "en"}).status_code == 200
    graph = site.application.extensions["cluster_net.backends"].graph
    graph.apply(Changes(put=(to_node(Actor(id="c", kind="company", name_sv="C")),)))
    assert site.get(f"/api/v1/{path}", headers=known).status_code == 200


def test_a_304_costs_one_look_at_the_version(backends: Backends, settings: Settings, counting: type) -> None:
    store = counting(backends.graph)
    site = create_app(replace(backends, graph=store), settings).test_client()
    tag = site.get("/api/v1/actors/ki").headers["ETag"]
    before = store.calls
    assert site.get("/api/v1/actors/ki", headers={"If-None-Match": tag}).status_code == 304
    assert store.calls - before == 1


def test_what_does_not_exist_is_404_whatever_one_has(client: FlaskClient) -> None:
    assert client.get("/api/v1/actors/none", headers={"If-None-Match": "*"}).status_code == 404


@pytest.fixture
def narrow(backends: Backends, settings: Settings) -> FlaskClient:
    """A site that lets each client send three requests a minute and stands behind one proxy."""
    return create_app(backends, replace(settings, api_rate=3, proxies=1)).test_client()


def ask(client: FlaskClient, address: str = "192.0.2.1", path: str = "concepts?limit=1", method: str = "GET"):
    return client.open(f"/api/v1/{path}", method=method, headers={"X-Forwarded-For": address})


def test_every_answer_tells_how_many_requests_are_left(narrow: FlaskClient) -> None:
    answers = [ask(narrow), ask(narrow, path="actors/none"), ask(narrow, path="actors?limit=0")]
    assert [answer.status_code for answer in answers] == [200, 404, 400]
    assert [answer.headers["RateLimit-Remaining"] for answer in answers] == ["2", "1", "0"]
    assert {answer.headers["RateLimit-Limit"] for answer in answers} == {"3"}
    assert {answer.headers["RateLimit-Policy"] for answer in answers} == {"3;w=60"}
    assert 20 <= int(answers[0].headers["RateLimit-Reset"]) <= int(answers[2].headers["RateLimit-Reset"]) <= 60
    assert "RateLimit-Remaining" in answers[0].headers["Access-Control-Expose-Headers"]


def test_who_asks_too_often_is_told_when_to_come_back(narrow: FlaskClient) -> None:
    for _ in range(3):
        ask(narrow)
    refused = ask(narrow)
    assert (refused.status_code, refused.content_type) == (429, "application/problem+json")
    assert 1 <= int(refused.headers["Retry-After"]) <= 20
    body = refused.get_json(force=True)
    assert (body["status"], body["title"]) == (429, "Too Many Requests")
    assert "Retry-After" in body["detail"]
    assert refused.headers["Access-Control-Allow-Origin"] == "*"


def test_clients_are_told_apart_behind_the_proxy_and_a_household_is_one(narrow: FlaskClient) -> None:
    for _ in range(3):
        ask(narrow)
    assert ask(narrow, "192.0.2.2").status_code == 200
    for end in range(3):
        assert ask(narrow, f"2001:db8:1:2::{end}").status_code == 200
    assert ask(narrow, "2001:db8:1:2::ffff").status_code == 429
    assert ask(narrow, "2001:db8:1:3::1").status_code == 200


def test_without_a_proxy_nobody_can_borrow_anothers_address(backends: Backends, settings: Settings) -> None:
    site = create_app(backends, replace(settings, api_rate=3)).test_client()
    assert [ask(site, f"192.0.2.{number}").status_code for number in range(4)] == [200, 200, 200, 429]


def test_asking_what_is_allowed_takes_nothing(narrow: FlaskClient) -> None:
    for _ in range(5):
        assert ask(narrow, method="OPTIONS").status_code == 200
    assert ask(narrow).headers["RateLimit-Remaining"] == "2"


def test_pages_and_files_are_not_counted(narrow: FlaskClient) -> None:
    for _ in range(5):
        assert narrow.get("/about").status_code == 200


def test_no_limit_means_no_headers(backends: Backends, settings: Settings) -> None:
    answer = create_app(backends, replace(settings, api_rate=0)).test_client().get("/api/v1/concepts?limit=1")
    assert "RateLimit-Limit" not in answer.headers
