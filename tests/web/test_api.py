"""The JSON interface on the real seed: names, paging, filters, caching and errors."""

import csv
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException

from cluster_net.adapters.sqlite_graph import SqliteGraph
from cluster_net.adapters.tantivy_index import TantivyIndex
from cluster_net.domain.errors import ClusterError
from cluster_net.domain.graph import ACTOR, CONCEPT, NEED, OFFER, Changes, Key, Link, Node, Revision
from cluster_net.services.backends import Backends
from cluster_net.services.indexing import rebuild_index
from cluster_net.services.intake import import_path
from cluster_net.services.snapshots import SnapshotCache
from cluster_net.settings import read_settings
from cluster_net.web.api import api
from cluster_net.web.health import health
from cluster_net.web.problems import problem_answer

SEED = Path(__file__).parents[2] / "graph" / "seed"


def now() -> datetime:
    return datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def make_app(backends: Backends) -> Flask:
    app = Flask(__name__)
    app.extensions["cluster_net.backends"] = backends
    app.extensions["cluster_net.settings"] = read_settings({})
    app.register_blueprint(api)
    app.register_blueprint(health)
    app.register_error_handler(ClusterError, problem_answer)
    app.register_error_handler(HTTPException, problem_answer)
    return app


def loaded(folder: Path) -> Backends:
    graph, index = SqliteGraph(folder / "graph.db"), TantivyIndex(folder / "index")
    graph.prepare()
    index.ensure()
    for source in (SEED, SEED / "fictional"):
        import_path(graph, source, author="test", now=now)
    rebuild_index(graph, index)
    return Backends(graph, index, SnapshotCache(graph), now)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("api")


@pytest.fixture(scope="module")
def backends(place: Path) -> Iterator[Backends]:
    found = loaded(place)
    yield found
    found.close()


@pytest.fixture
def client(backends: Backends) -> FlaskClient:
    return make_app(backends).test_client()


def get(client: FlaskClient, path: str, status: int = 200) -> Any:
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.get_json(force=True)


def slugs(page: dict[str, Any]) -> list[str]:
    return [one.get("slug") or one["id"] for one in page["items"]]


def test_an_actor_has_the_fixed_names(client):
    actor = get(client, "actors/ki")
    fixed = ("slug", "kind", "name", "description", "place", "website", "identifiers", "concepts", "source", "verified")
    assert [name for name in fixed if name not in actor] == []
    assert (actor["slug"], actor["kind"], actor["name"]) == ("ki", "university", "Karolinska Institutet")
    assert actor["identifiers"] == {"ror": "056d84691", "wikidata": "Q219564", "org_number": None, "pic": None}
    assert actor["place"]["county"] == ["Stockholm"]
    assert actor["source"]["url"] == "https://ror.org/056d84691"


def test_an_infrastructure_shows_what_all_sources_say_about_access_each_with_its_source(client):
    actor = get(client, "actors/scilifelab?lang=en")
    assert "industry" in actor["users"]
    assert "paid" in actor["access"]
    assert all(one["source"]["url"] for one in actor["access_statements"])


@pytest.mark.parametrize(("query", "header", "name"), [
    ("?lang=en", "", "Science for Life Laboratory"), ("", "en-GB,en;q=0.9", "Science for Life Laboratory"),
    ("", "", "SciLifeLab"), ("?lang=sv", "en", "SciLifeLab"), ("", "de", "SciLifeLab"),
])  # fmt: skip
def test_the_language_is_asked_for_by_parameter_then_by_header_else_swedish(client, query, header, name):
    answer = client.get(f"/api/v1/actors/scilifelab{query}", headers={"Accept-Language": header} if header else {})
    assert answer.json["name"] == name


def test_a_collaboration_has_the_fixed_names_and_the_ties_own_direction(client):
    page = get(client, "actors/ki/collaborations?limit=100&lang=en")
    fixed = {"from", "to", "type", "label", "since", "until", "status", "source", "confidence"}
    assert all(fixed <= set(one) for one in page["items"])
    assert all("ki" in (one["from"]["slug"], one["to"]["slug"]) for one in page["items"])
    assert all(one["source"]["title"] for one in page["items"])
    alf = next(one for one in page["items"] if one["label"] == "ALF agreement on medical education and clinical research")
    assert (alf["from"]["slug"], alf["type"]) == ("region-stockholm", "AGREEMENT_WITH")
    assert alf["to"] == {"slug": "ki", "name": "Karolinska Institutet"}


def test_collaborations_can_be_chosen_by_type_and_paged(client):
    everything = get(client, "actors/ki/collaborations?limit=100")
    chosen = get(client, "actors/ki/collaborations?type=FUNDS,HOSTS&limit=100")
    counts = {one["value"]: one["count"] for one in everything["facets"]["type"]}
    assert {one["type"] for one in chosen["items"]} == {"FUNDS", "HOSTS"}
    assert chosen["total"] == counts["FUNDS"] + counts["HOSTS"]
    assert get(client, "actors/ki/collaborations?limit=2&offset=1")["items"] == everything["items"][1:3]


@pytest.mark.parametrize("path", ["needs", "offers"])
def test_a_need_or_offer_has_the_fixed_names(client, path):
    page = get(client, f"{path}?limit=100&lang=en")
    fixed = {"id", "kind", "title", "text", "owner", "concepts", "roles", "deadline", "source", "verified"}
    assert all(fixed <= set(one) for one in page["items"])
    assert all(set(one["owner"]) == {"slug", "name"} for one in page["items"] if one["owner"])
    one = page["items"][0]
    assert get(client, f"{path}/{one['id']}?lang=en") == one


@pytest.mark.parametrize("path", ["actors", "infrastructures", "needs", "offers", "concepts", "search"])
def test_pages_of_a_list_join_without_gap_or_overlap(client, path):
    whole = get(client, f"{path}?sort=name&limit=60")
    parts = [get(client, f"{path}?sort=name&limit=20&offset={offset}") for offset in (0, 20, 40)]
    assert [one for part in parts for one in part["items"]] == whole["items"]
    assert {part["total"] for part in parts} == {whole["total"]}


@pytest.mark.parametrize("path", ["infrastructures", "concepts", "needs", "offers"])
def test_a_list_counts_all_that_there_is(client, path):
    files = [folder / f"{path}.csv" for folder in (SEED, SEED / "fictional") if (folder / f"{path}.csv").exists()]
    rows = [row for file in files for row in csv.DictReader(file.read_text("utf-8").splitlines())]
    assert get(client, f"{path}?limit=1")["total"] == len(rows)


def test_facets_of_infrastructures_tell_what_choosing_a_value_would_find(client):
    page = get(client, "infrastructures?lang=en&limit=1")
    kinds = {one["value"]: one for one in page["facets"]["kind"]}
    assert kinds["testbed"]["label"] == "testbed"
    assert kinds["testbed"]["count"] == get(client, "infrastructures?kind=testbed")["total"]
    assert get(client, "infrastructures?kind=testbed&kind=biobank")["total"] == kinds["testbed"]["count"] + kinds["biobank"]["count"]
    assert get(client, "infrastructures?kind=testbed,biobank&lang=en")["facets"]["kind"] == page["facets"]["kind"]


def test_a_facet_of_concepts_is_labelled_in_the_language_asked_for(client):
    facets = get(client, "search?q=SciLifeLab&lang=sv")["facets"]["concept"]
    assert "Genomik" in [one["label"] for one in facets]


@pytest.mark.parametrize(("path", "query", "slug"), [
    ("search", "q=karolinska+institutet", "ki"), ("actors", "q=scilifelab&kind=infrastructure", "scilifelab"),
    ("infrastructures", "q=testbädd&kind=testbed", "testa-center"), ("needs", "q=precisionsmedicin", "testbeds-precision-medicine"),
])  # fmt: skip
def test_text_and_filters_find(client, path, query, slug):
    assert slug in slugs(get(client, f"{path}?{query}&limit=100"))


@pytest.mark.parametrize(("path", "names"), [
    ("search", "type kind county concept access users environment quality role verified"),
    *((name, "kind county concept access users environment quality role verified") for name in ("actors", "infrastructures")),
    *((name, "kind county concept role verified") for name in ("needs", "offers")), ("concepts", "kind verified"),
])  # fmt: skip
def test_a_list_takes_the_filters_that_its_records_have_and_only_values_that_exist(client, path, names):
    asked = "&".join(f"{name}=nothing-has-this" for name in names.split())
    body = problem(client.get(f"/api/v1/{path}?{asked}"), 400)
    free = {"concept", "quality"}  # whose values are the cluster's own
    assert {one["field"] for one in body["problems"]} == set(names.split()) - free
    assert all(one["message"] == "There is no such value." and one["mend"].startswith("Use one or more of: ") for one in body["problems"])
    assert all(get(client, f"{path}?{name}=nothing-has-this")["total"] == 0 for name in free & set(names.split()))
    others = {"county", "access", "users", "environment", "quality", "role", "concept"} - set(names.split())
    assert all(problem(client.get(f"/api/v1/{path}?{name}=x"), 400)["problems"][0]["field"] == name for name in others)


def test_a_filter_keeps_to_its_value(client):
    page = get(client, "needs?county=Uppsala&limit=100")
    assert page["total"] > 0
    assert all("Uppsala" in one["place"] for one in page["items"])
    held = [{c["id"] for c in one["concepts"]} for one in get(client, "actors?concept=genomics&limit=100")["items"]]
    assert any("genomics" in one for one in held)
    assert any("dna-sequencing" in one and "genomics" not in one for one in held)  # which is narrower
    facets = get(client, "actors?limit=1")["facets"]["concept"]
    assert {"value": "genomics", "count": len(held)}.items() <= next(one for one in facets if one["value"] == "genomics").items()


def test_what_is_not_stated_can_be_asked_for(client):
    page = get(client, "infrastructures?users=not-stated&lang=en&limit=100")
    silent = page["facets"]["users"][-1]
    assert (silent["value"], silent["label"], silent["count"]) == ("not-stated", "not stated", page["total"])
    assert page["total"] > 0
    either = get(client, "infrastructures?users=not-stated,industry&limit=1")["total"]
    assert either == page["total"] + get(client, "infrastructures?users=industry&limit=1")["total"]


def test_fictional_records_are_marked_wherever_they_are_shown(client):
    assert get(client, "actors/demo-nordsensor")["fictional"] is True
    assert get(client, "needs/demo-sensor-test")["fictional"] is True
    for path in ("search", "actors", "needs", "offers"):
        page = get(client, f"{path}?q=demo+påhittad+sensor&limit=100")
        assert all(one["fictional"] for one in page["items"] if (one.get("slug") or one["id"]).startswith("demo-"))
    for one in get(client, "actors/demo-nordsensor/suggestions?limit=100")["items"]:
        assert one["actor"]["fictional"] == one["actor"]["slug"].startswith("demo-")


def test_suggestions_are_explained_by_terms_that_sum_to_the_score(client):
    page = get(client, "actors/akademiska/suggestions?lang=en")
    assert page["items"]
    for one in page["items"]:
        assert abs(sum(term["contribution"] for term in one["terms"]) - one["score"]) < 1e-9
        assert one["reason"].endswith(".")
        assert one["actor"]["slug"] != "akademiska"
        names = [fact["name"] for term in one["terms"] for fact in term["facts"] if term["name"] == "shared_partners"]
        assert all(name in one["reason"] for name in names)


@pytest.mark.parametrize("path", ["actors/elekta", "needs/demo-gmp-slot", "offers/vinnova-innovativa-startups"])
def test_the_pages_of_suggestions_are_parts_of_one_list(client, path):
    def ids(page):
        return [(one.get("actor") or one.get("need") or one["offer"]) for one in page["items"]]

    whole = get(client, f"{path}/suggestions?limit=100&diversity=2&lang=en")
    walked, address = [], f"/api/v1/{path}/suggestions?limit=5&diversity=2&lang=en"
    while address:
        answer = client.get(address)
        assert answer.json["total"] == whole["total"] == len(whole["items"]) > 0
        walked += ids(answer.json)
        following = re.search(r'<([^>]*)>; rel="next"', answer.headers["Link"])
        address = following and following[1]
    assert walked == ids(whole)
    assert len({json.dumps(one) for one in walked}) == len(walked)
    assert whole["items"][:5] == get(client, f"{path}/suggestions?limit=5&diversity=2&lang=en")["items"]


def test_a_need_is_offered_actors_and_offers_but_never_its_owners(client):
    page = get(client, "needs/testbeds-precision-medicine/suggestions?limit=30")
    kinds = {"actor" if "actor" in one else "offer" for one in page["items"]}
    assert kinds == {"actor", "offer"}
    assert not {one["actor"]["slug"] for one in page["items"] if "actor" in one} & {"region-stockholm", "region-uppsala"}


def test_a_path_names_every_step_in_the_direction_it_is_walked(client):
    page = get(client, "paths?from=elekta&to=region-uppsala&lang=en")
    assert page["total"] == len(page["items"]) > 0
    for path in page["items"]:
        slugs_ = [one["slug"] for one in path["actors"]]
        assert (slugs_[0], slugs_[-1]) == ("elekta", "region-uppsala")
        assert [(one["from"]["slug"], one["to"]["slug"]) for one in path["steps"]] == list(pairwise(slugs_))
        assert all(one["source"]["title"] and one["confidence"] and one["words"] for one in path["steps"])


def test_an_answer_is_not_sent_again_to_who_has_it(client):
    first = client.get("/api/v1/actors/ki")
    tag = first.headers["ETag"]
    assert not tag.startswith("W/")
    assert "max-age=60" in first.headers["Cache-Control"]
    again = client.get("/api/v1/actors/ki", headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == tag
    assert client.get("/api/v1/actors/ki?lang=en", headers={"If-None-Match": tag}).status_code == 200
    assert client.head("/api/v1/actors/ki").status_code == 200


def test_pages_of_other_sites_may_read(client):
    for path in ("/api/v1/actors", "/api/v1/actors/none", "/api/v1/actors?limit=0", "/api/v1/none"):
        assert client.get(path).headers["Access-Control-Allow-Origin"] == "*"
    allowed = client.options("/api/v1/actors", headers={"Origin": "https://example.org", "Access-Control-Request-Method": "GET"})
    assert "If-None-Match" in allowed.headers["Access-Control-Allow-Headers"]


def problem(answer: Response, status: int) -> dict[str, Any]:
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    body = answer.get_json(force=True)
    assert {"type", "title", "status", "detail", "instance"} <= set(body)
    assert body["status"] == status
    return body


@pytest.mark.parametrize(("path", "fields"), [
    ("actors?limit=0", ["limit"]), ("actors?limit=101", ["limit"]), ("actors?limit=x", ["limit"]), ("actors?offset=-1", ["offset"]),
    ("actors?sort=size", ["sort"]), ("actors?lang=de", ["lang"]), ("search?knd=testbed&colour=red", ["knd", "colour"]),
    ("actors/ki?q=x", ["q"]), ("openapi.json?x=1", ["x"]), ("paths", ["from", "to"]), ("paths?from=ki&to=uu&limit=21", ["limit"]),
    ("paths?from=ki&to=uu&max_length=9", ["max_length"]), ("actors?limit=1&limit=2", ["limit"]), (f"search?q={'x' * 600}", ["q"]),
    (f"search?kind={','.join(map(str, range(60)))}", ["kind"]), (f"search?kind={'x' * 300}", ["kind"]),
    ("actors?offset=9999999", ["offset"]),
    ("actors/ki/suggestions?limit=1000", ["limit"]), ("actors?limit=١", ["limit"]),
])  # fmt: skip
def test_a_wrong_parameter_is_named_with_its_mend(client, path, fields):
    body = problem(client.get(f"/api/v1/{path}"), 400)
    assert [one["field"] for one in body["problems"]] == fields
    assert all(one["message"] and one["mend"] for one in body["problems"])


@pytest.mark.parametrize("path", [
    "actors/none", "actors/none/collaborations", "actors/none/suggestions", "needs/none", "needs/none/suggestions", "offers/none",
    "paths?from=ki&to=none", "none", "actors/ki/none", "actors/%00", "needs/ki", "actors/" + "x" * 5000,
])  # fmt: skip
def test_what_is_not_there_is_404(client, path):
    body = problem(client.get(f"/api/v1/{path}"), 404)
    assert body["instance"].startswith("/api/v1/")


@pytest.mark.parametrize(("path", "detail"), [
    ("actors/nope", 'slug: There is no actor "nope". Give the slug of an actor.'),
    ("actors/need.demo-gmp-slot", 'slug: There is no actor "need.demo-gmp-slot". Give the slug of an actor.'),
    ("needs/nope", 'id: There is no need "nope". Give the id of one, also as need.ID.'),
    ("needs/ki", 'id: There is no need "ki". Give the id of one, also as need.ID.'),
])  # fmt: skip
def test_whom_there_is_nothing_to_suggest_for_is_told_by_name(client, path, detail):
    assert problem(client.get(f"/api/v1/{path}/suggestions"), 404)["detail"] == detail


@pytest.mark.parametrize(("label", "name"), [("need", "demo-gmp-slot"), ("offer", "vinnova-innovativa-startups")])
def test_suggestions_take_an_id_also_as_a_reference(client, label, name):
    assert get(client, f"{label}s/{label}.{name}/suggestions") == get(client, f"{label}s/{name}/suggestions")


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_the_interface_is_for_reading(client, method):
    answer = getattr(client, method)("/api/v1/actors")
    problem(answer, 405)
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "%22%20OR%201=1", "%F0%9F%92%A9", "a%00b", "%E2%80%AE", "AND OR NOT (", "*", "%FF"]
)
def test_hostile_search_text_finds_nothing_worse_than_nothing(client, text):
    assert "items" in get(client, f"search?q={text}&concept={text}")


def test_the_process_is_alive_and_the_site_ready(client):
    assert client.get("/healthz").json == {"alive": True}
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json["ready"], ready.json["missing"]) == (200, True, [])
    assert ready.json["store"]["documents"] == ready.json["index"]["documents"]


# Changes and outages, each on a small cluster of its own.


def small(folder: Path, *, graph: SqliteGraph | None = None, index: TantivyIndex | None = None) -> Backends:
    graph = graph or SqliteGraph(folder / "graph.db")
    return Backends(graph, index or TantivyIndex(folder / "index"), SnapshotCache(graph), now)


def fill(backends: Backends) -> None:
    backends.graph.prepare()
    backends.index.ensure()
    a, b, c = (Node(Key(ACTOR, id_), "testbed", {"name_sv": id_, "capabilities": ("c",)}) for id_ in ("a", "b", "x"))
    concept = Node(Key(CONCEPT, "c"), "technique", {"pref_sv": "Genomik"})
    need = Node(Key(NEED, "n"), "research", {"title_sv": "N", "owner_id": "a", "concepts": ("c",), "partner_roles": ("testbed",)})
    offer = Node(Key(OFFER, "o"), "call", {"title_sv": "O", "owner_id": "b", "concepts": ("c",)})
    tie = Link("t", "FUNDS", a.key, b.key, {"confidence": 0.5, "source_title": "S"})
    backends.graph.apply(Changes(put=(a, b, c, concept, need, offer), link=(tie,)))
    rebuild_index(backends.graph, backends.index)


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[Backends]:
    found = small(tmp_path)
    fill(found)
    yield found
    found.close()


def test_a_record_that_was_removed_is_410(whole):
    revision = Revision(ACTOR, "x", "removed", "2026-01-01T00:00:00Z", "test", "wish of the actor")
    whole.graph.apply(Changes(delete=(Key(ACTOR, "x"),), revisions=(revision,)))
    client = make_app(whole).test_client()
    for path in ("actors/x", "actors/x/collaborations"):
        problem(client.get(f"/api/v1/{path}"), 410)


@pytest.fixture
def without_index(whole: Backends, tmp_path: Path) -> Iterator[FlaskClient]:
    index = TantivyIndex(tmp_path / "no-index")
    yield make_app(small(tmp_path, graph=whole.graph, index=index)).test_client()
    index.close()


@pytest.mark.parametrize(("path", "found"), [
    ("actors", 3), ("actors?kind=testbed&concept=c", 3), ("infrastructures?kind=testbed", 3), ("needs", 1), ("offers", 1), ("concepts", 1),
    ("actors?access=paid", 0), ("actors?sort=-updated", 3), ("actors?verified=no", 3), ("actors?verified=yes", 0),
])  # fmt: skip
def test_without_the_index_lists_come_from_the_store(without_index, path, found):
    page = get(without_index, path)
    assert page["total"] == len(page["items"]) == found


def test_without_the_index_single_records_still_answer(without_index):
    for path in ("actors/a", "needs/n", "offers/o", "actors/a/collaborations", "actors/a/suggestions", "paths?from=a&to=b"):
        get(without_index, path)


@pytest.mark.parametrize("path", ["search", "actors?q=x", "needs?q=x", "offers?county=Uppsala"])
def test_without_the_index_only_what_needs_it_is_503(without_index, path):
    answer = without_index.get(f"/api/v1/{path}")
    assert "index" in problem(answer, 503)["detail"]
    assert answer.headers["Retry-After"]


def test_a_missing_index_is_named_and_the_site_not_ready(without_index):
    ready = without_index.get("/readyz")
    assert ready.status_code == 503
    assert any("index" in text for text in ready.json["missing"])
    assert without_index.get("/healthz").status_code == 200


@pytest.fixture
def without_store(whole: Backends, tmp_path: Path) -> Iterator[FlaskClient]:
    (tmp_path / "folder").mkdir()
    graph = SqliteGraph(tmp_path / "folder")
    yield make_app(small(tmp_path, graph=graph, index=whole.index)).test_client()
    graph.close()


@pytest.mark.parametrize("path", ["search", "actors", "infrastructures", "needs", "offers", "concepts", "actors?concept=c", "actors?q=x"])
def test_without_the_store_lists_come_from_the_index_and_say_so(without_store, path):
    page = get(without_store, path)
    assert page["items"]
    assert page["missing"] == ["store"]


@pytest.mark.parametrize("path", ["actors/a", "needs/n", "actors/a/suggestions", "paths?from=a&to=b", "actors/a/collaborations"])
def test_without_the_store_only_what_needs_it_is_503(without_store, path):
    body = problem(without_store.get(f"/api/v1/{path}"), 503)
    assert "store" in body["detail"]
    assert "folder" not in str(body)


def test_a_missing_store_is_named_without_its_address(without_store):
    ready = without_store.get("/readyz")
    assert ready.status_code == 503
    assert ready.json["missing"] == ["The store does not answer."]
    assert "folder" not in ready.get_data(as_text=True)


def test_an_index_that_lost_documents_is_not_ready(whole):
    whole.index.delete(["actor-a", "actor-b"])
    ready = make_app(whole).test_client().get("/readyz")
    assert ready.status_code == 503
    assert "4 of 6" in ready.json["missing"][0]


def test_changes_on_their_way_to_the_index_do_not_make_it_wrong(whole):
    put = Node(Key(ACTOR, "y"), "company", {"name_sv": "y"})
    whole.graph.apply(Changes(put=(put,), reindex=(put.key,)))
    ready = make_app(whole).test_client().get("/readyz")
    assert (ready.status_code, ready.json["outbox"]["waiting"]) == (200, 1)


def test_an_unforeseen_error_is_500_and_tells_nothing_of_its_cause(whole, tmp_path):
    class Broken(SqliteGraph):
        def get(self, keys):
            raise ValueError(f"secret /place {keys}")

    app = make_app(small(Path(), graph=Broken(tmp_path / "graph.db"), index=whole.index))
    app.config["PROPAGATE_EXCEPTIONS"] = False
    body = problem(app.test_client().get("/api/v1/actors/a"), 500)
    assert "secret" not in str(body)


class Counting(SqliteGraph):
    """A store that counts the questions asked."""

    asked = 0

    def get(self, keys):
        self.asked += 1
        return super().get(keys)

    def find(self, *args, **kwargs):
        self.asked += 1
        return super().find(*args, **kwargs)

    def neighbours(self, *args, **kwargs):
        self.asked += 1
        return super().neighbours(*args, **kwargs)


@pytest.mark.parametrize("path", ["search", "actors", "infrastructures", "needs", "offers", "concepts", "actors/ki/collaborations"])
def test_a_long_list_asks_the_store_no_more_often_than_a_short_one(backends, place, path):
    asked = []
    for limit in (20, 100):
        graph = Counting(place / "graph.db")
        get(make_app(small(place, graph=graph, index=backends.index)).test_client(), f"{path}?limit={limit}")
        asked.append(graph.asked)
        graph.close()
    assert asked[0] == asked[1] <= 4
