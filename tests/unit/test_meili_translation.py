"""Between the port's values and Meilisearch's: filters, windows, documents, answers."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_net.adapters.meili_index import MeiliIndex
from cluster_net.adapters.meili_translation import NOTHING, to_body, to_document, to_filter, to_result, to_stored, window
from cluster_net.domain.errors import Unavailable
from cluster_net.domain.filters import And, Eq, Exists, Filter, In, Not, Or, Range
from cluster_net.domain.search import MARK_START, Document, SearchQuery


@pytest.mark.parametrize(
    ("where", "wanted"),
    [
        (None, []),
        (Eq("kind", "unit"), [['kind IN ["unit"]']]),
        (In("kind", ()), [[NOTHING]]),
        (Or(()), [[NOTHING]]),
        (Eq("kind", "te'st\"b\\ed"), [['kind IN ["te\'st\\"b\\\\ed"]']]),
        (And((Eq("kind", "a"), Range("trl", low=3, high=5))), [['kind IN ["a"]'], ["trl >= 3 AND trl <= 5"]]),
        (Or((Eq("kind", "a"), Not(Exists("trl")))), [['kind IN ["a"]', "NOT (trl EXISTS)"]]),
        (Range("deadline", low="2027-01-01"), [['deadline >= "2027-01-01"']]),
    ],
)
def test_a_filter_becomes_all_of_any_of(where: Filter | None, wanted: list[list[str]]) -> None:
    assert to_filter(where) == wanted


@given(st.integers(0, 5000), st.integers(1, 100))
def test_the_page_asked_for_holds_the_whole_window(offset: int, limit: int) -> None:
    page, per_page = window(SearchQuery(offset=offset, limit=limit))
    assert (page - 1) * per_page <= offset
    assert offset + limit <= page * per_page


def test_empty_facts_are_not_stored_and_come_back_empty() -> None:
    document = Document(id="actor-a", type="actor", slug="a", name_sv="Å", aliases=("x",), trl=None)
    stored = to_stored(document)
    assert not {"trl", "city", "text_sv"} & stored.keys()
    assert to_document(json.loads(json.dumps(stored))) == document


def test_forged_marks_are_taken_out_before_they_are_stored() -> None:
    assert MARK_START not in json.dumps(
        to_stored(Document(id="a", type="actor", slug="a", name_sv=f"{MARK_START}x", tags=(f"{MARK_START}y",)))
    )


def test_a_question_without_words_is_sorted_by_name() -> None:
    assert to_body(SearchQuery("", language="en"))["sort"] == ["sort_en:asc"]
    assert "sort" not in to_body(SearchQuery("x"))


Routes = dict[tuple[str, str], tuple[int, Any]]


@pytest.fixture
def recorded() -> dict[str, dict[str, Any]]:
    path = Path(__file__).parents[3] / "shared" / "data" / "meili" / "exchanges.json"
    if not path.exists():
        pytest.skip("the recorded exchanges are not beside the repository")
    return {one["case"]: one for one in json.loads(path.read_text("utf-8"))}


@pytest.fixture
def server() -> Iterator[tuple[str, Routes]]:
    """Serve recorded answers on a free port."""
    routes: Routes = {}

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, body = routes.get(
                (self.command, self.path.split("?")[0]), (404, {"message": "?", "code": "not_found", "type": "x", "link": ""})
            )
            text = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        do_POST = do_PATCH = do_DELETE = do_GET  # noqa: N815

        def log_message(self, *_given: object) -> None:
            """Stay silent."""

    running = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}", routes
    running.shutdown()
    running.server_close()
    thread.join()


def test_a_task_that_failed_is_told_with_its_code(server: tuple[str, Routes], recorded: dict[str, dict[str, Any]]) -> None:
    url, routes = server
    bad = recorded["bad id"]
    routes["POST", "/indexes/a/documents"] = (bad["status"], bad["answer"])
    routes["GET", f"/tasks/{bad['answer']['taskUid']}"] = (200, bad["task"])
    with pytest.raises(Unavailable, match="invalid_document_id"):
        MeiliIndex(url, "hush", "a").put([Document(id="å ö", type="actor", slug="x")])


def test_a_missing_index_and_a_wrong_key_are_told_without_the_key(server: tuple[str, Routes], recorded: dict[str, dict[str, Any]]) -> None:
    url, routes = server
    for case, code in (("search missing index", "index_not_found"), ("bad key", "invalid_api_key")):
        routes["POST", "/multi-search"] = (
            recorded[case]["status"],
            recorded[case]["answer"] or {"code": code, "message": "", "type": "", "link": ""},
        )
        with pytest.raises(Unavailable, match=code) as caught:
            MeiliIndex(url, "hush-key", "a").search(SearchQuery("x"))
        assert "hush-key" not in str(caught.value)


def test_a_master_key_is_refused(server: tuple[str, Routes]) -> None:
    url, routes = server
    routes["GET", "/keys"] = (200, {"results": [], "limit": 1, "offset": 0, "total": 0})
    with pytest.raises(Unavailable, match="master key"):
        MeiliIndex(url, "hush", "a").ensure()


def test_an_index_that_is_there_already_is_fine(server: tuple[str, Routes], recorded: dict[str, dict[str, Any]]) -> None:
    url, routes = server
    denied, again, settings = recorded["search key lists keys"], recorded["create again"], recorded["settings"]
    routes["GET", "/keys"] = (denied["status"], denied["answer"] or {"code": "invalid_api_key", "message": "", "type": "auth", "link": ""})
    routes["POST", "/indexes"] = (202, again["answer"])
    routes["PATCH", "/indexes/a/settings"] = (202, settings["answer"])
    for one in (again, settings):
        routes["GET", f"/tasks/{one['answer']['taskUid']}"] = (200, one["task"])
    MeiliIndex(url, "hush", "a").ensure()


def test_a_server_that_is_not_there_is_told() -> None:
    with pytest.raises(Unavailable, match="does not answer"):
        MeiliIndex("http://127.0.0.1:9", "hush").search(SearchQuery("x"))


def test_totals_marks_and_facets_are_read_from_real_answers(recorded: dict[str, dict[str, Any]]) -> None:
    page = recorded["page form"]["answer"] | {"facetDistribution": recorded["search facets+filter"]["answer"]["facetDistribution"]}
    for hit in page["hits"]:
        hit |= {"type": "actor", "slug": hit["id"]}
    result = to_result(page, SearchQuery("", facets=("kind",), limit=2))
    assert (result.total, len(result.hits), result.facets) == (3, 2, {"kind": {"university": 1, "testbed": 1}})
    marked = recorded["highlight"]["answer"]["hits"][0] | {"type": "actor", "slug": "t1"}
    (hit,) = to_result({"hits": [marked], "totalHits": 1}, SearchQuery("hemmet")).hits
    assert MARK_START in hit.marked["also"]
