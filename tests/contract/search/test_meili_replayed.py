"""The Meilisearch adapter against a local server that answers what a real one answered."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from cluster_net.adapters.meili_index import MeiliIndex
from cluster_net.adapters.meili_translation import SETTINGS, TAGS
from cluster_net.domain.errors import Unavailable
from cluster_net.domain.filters import Eq
from cluster_net.domain.search import MARK_END, MARK_START, Document, SearchQuery

EXCHANGES = Path(__file__).resolve().parents[4] / "shared" / "data" / "meili" / "exchanges.json"
KEY = "a-secret-key-that-nobody-may-see"
DOCUMENT = Document("t1", "actor", "t1")


@dataclass
class Replay:
    """What a server answers by "METHOD /path", and what it was asked: (method, path, body, content type)."""

    url: str
    recorded: dict[str, dict]
    answers: dict[str, tuple[int, object]] = field(default_factory=dict)
    asked: list[tuple[str, str, object, str]] = field(default_factory=list)

    def answer(self, route: str, case: str) -> None:
        """Answer *route* as the recorded *case* was answered, and its task as it ended."""
        exchange = self.recorded[case]
        self.answers[route] = (exchange["status"], exchange["answer"])
        if exchange["task"]:
            self.answers[f"GET /tasks/{exchange['task']['uid']}"] = (200, exchange["task"])

    def searches(self, *cases: str) -> None:
        """Answer a multi-search with the recorded searches, their documents in the fields that ours have."""
        results = [self.recorded[case]["answer"] for case in cases]
        self.answers["POST /multi-search"] = (200, {"results": [{**one, "hits": [ours(hit) for hit in one["hits"]]} for one in results]})


def ours(hit: dict) -> dict:
    """Return a recorded hit in our fields, with the tags that the adapter asks for."""
    text = json.dumps(hit).replace("\\ue000", TAGS[0]).replace("\\ue001", TAGS[1])
    text = text.replace('"name":', '"name_sv":').replace('"text":', '"text_sv":')
    return {"type": "actor", "slug": hit["id"], **json.loads(text)}


@pytest.fixture
def replay() -> Iterator[Replay]:
    if not EXCHANGES.exists():
        pytest.skip("the recorded exchanges of a real Meilisearch are not here")
    recorded = {one["case"]: one for one in json.loads(EXCHANGES.read_text("utf-8"))}
    held = Replay("", recorded)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length)
            held.asked.append((self.command, self.path, json.loads(body) if body else None, self.headers.get("Content-Type", "")))
            status, answer = held.answers.get(f"{self.command} {self.path}", (404, {"code": "not_recorded", "message": self.path}))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(answer if isinstance(answer, bytes) else json.dumps(answer).encode())

        do_POST = do_PATCH = do_DELETE = do_GET  # noqa: N815

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = False
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    held.url = f"http://127.0.0.1:{server.server_port}"
    yield held
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def index(replay: Replay) -> MeiliIndex:
    return MeiliIndex(replay.url, KEY, "a", timeout=5, task_timeout=1)


def prepared(replay: Replay) -> None:
    """Let the index be there with its settings, for a key of ordinary rights."""
    replay.answer("GET /keys?limit=1", "search key lists keys")
    replay.answers["GET /indexes/a"] = (200, {"uid": "a"})
    replay.answers["GET /indexes/a/settings"] = (200, dict(SETTINGS))


def routes(replay: Replay) -> list[str]:
    return [f"{method} {path}" for method, path, _, _ in replay.asked]


def test_a_missing_index_is_created_and_given_its_settings_before_any_document(replay: Replay, index: MeiliIndex) -> None:
    prepared(replay)
    replay.answer("GET /indexes/a", "search missing index")
    replay.answer("POST /indexes", "create")
    replay.answers["GET /indexes/a/settings"] = (200, {"rankingRules": ["words"]})
    replay.answer("PATCH /indexes/a/settings", "settings")
    index.ensure()
    changes = [(method, path, body) for method, path, body, _ in replay.asked if method != "GET"]
    assert changes == [("POST", "/indexes", {"uid": "a", "primaryKey": "id"}), ("PATCH", "/indexes/a/settings", dict(SETTINGS))]


def test_an_index_that_is_as_it_should_be_is_left_alone(replay: Replay, index: MeiliIndex) -> None:
    prepared(replay)
    index.ensure()
    assert {method for method, *_ in replay.asked} == {"GET"}


def test_another_process_may_create_the_index_first(replay: Replay, index: MeiliIndex) -> None:
    prepared(replay)
    replay.answer("GET /indexes/a", "search missing index")
    replay.answer("POST /indexes", "create again")
    index.ensure()


def test_a_key_that_may_list_keys_is_refused(replay: Replay, index: MeiliIndex) -> None:
    prepared(replay)
    replay.answers["GET /keys?limit=1"] = (200, {"results": []})
    with pytest.raises(Unavailable, match="master key") as refused:
        index.ensure()
    assert KEY not in str(refused.value)


def test_putting_sends_whole_documents_and_waits_for_the_task(replay: Replay, index: MeiliIndex) -> None:
    prepared(replay)
    replay.answer("POST /indexes/a/documents", "add")
    index.put([DOCUMENT])
    sent = next(body for method, _, body, _ in replay.asked if method == "POST")
    assert sent == [{"id": "t1", "type": "actor", "slug": "t1", "verified": "no", "fictional": "no", "visibility": "public"}]
    assert routes(replay)[-1] == f"GET /tasks/{replay.recorded['add']['task']['uid']}"


@pytest.mark.parametrize("case", ["bad id", "no id"])
def test_a_document_that_the_engine_refuses_is_told_by_its_code(replay: Replay, index: MeiliIndex, case: str) -> None:
    prepared(replay)
    replay.answer("POST /indexes/a/documents", case)
    with pytest.raises(Unavailable, match=replay.recorded[case]["task"]["error"]["code"]):
        index.put([DOCUMENT])


def test_nothing_is_put_into_an_index_that_is_missing(replay: Replay, index: MeiliIndex) -> None:
    replay.answer("GET /indexes/a", "search missing index")
    with pytest.raises(Unavailable, match="index_not_found"):
        index.put([DOCUMENT])
    assert routes(replay) == ["GET /indexes/a"]


def test_a_task_that_never_ends_is_given_up(replay: Replay, index: MeiliIndex) -> None:
    prepared(replay)
    replay.answer("POST /indexes/a/documents", "add")
    task = replay.recorded["add"]["task"]
    replay.answers[f"GET /tasks/{task['uid']}"] = (200, {**task, "status": "processing"})
    with pytest.raises(Unavailable, match="in time"):
        index.put([DOCUMENT])


def test_deleting_waits_for_the_task(replay: Replay, index: MeiliIndex) -> None:
    replay.answer("POST /indexes/a/documents/delete-batch", "delete one")
    index.delete(["u1", "nope"])
    assert replay.asked[0][2] == ["u1", "nope"]
    index.delete([])
    assert len(replay.asked) == 2


def test_a_page_of_hits_has_documents_and_an_exact_total(replay: Replay, index: MeiliIndex) -> None:
    replay.searches("page form")
    result = index.search(SearchQuery("", limit=2))
    assert (result.total, [hit.document.id for hit in result.hits]) == (3, ["t1", "u1"])
    assert result.hits[0].document == Document(
        "t1",
        "actor",
        "t1",
        kind="testbed",
        name_sv="Testbädd Äldreomsorg",
        aliases=("Elderly care",),
        tags=("a", "b"),
        text_sv="Prov <b>i</b> hemmet",
        trl=6,
    )


def test_several_questions_are_one_request(replay: Replay, index: MeiliIndex) -> None:
    replay.searches("page form", "page form")
    results = index.search_many([SearchQuery("upsala", limit=1), SearchQuery("åkero", Eq("kind", "company"), limit=1)])
    assert [len(result.hits) for result in results] == [1, 1]
    ((_, _, body, _),) = replay.asked
    assert [(one["indexUid"], one["q"], one["filter"]) for one in body["queries"]] == [
        ("a", "upsala", []),
        ("a", "åkero", [['kind IN ["company"]']]),
    ]
    assert index.search_many([]) == []


def test_marked_words_carry_our_marks_and_html_stays_as_it_was(replay: Replay, index: MeiliIndex) -> None:
    held = replay.recorded["highlight"]["answer"]
    held |= {"totalHits": held.pop("estimatedTotalHits")}
    replay.searches("highlight")
    (hit,) = index.search(SearchQuery("hemmet elderli")).hits
    assert hit.marked == {"text_sv": f"Prov <b>i</b> {MARK_START}hemmet{MARK_END}", "also": f"{MARK_START}Elderly{MARK_END} care"}


def test_facets_and_their_values_are_counted(replay: Replay, index: MeiliIndex) -> None:
    held = replay.recorded["search facets+filter"]["answer"]
    held |= {"totalHits": held.pop("estimatedTotalHits")}
    replay.searches("search facets+filter")
    assert index.search(SearchQuery("", facets=("kind",))).facets == {"kind": {"university": 1, "testbed": 1}}
    assert index.facet_values("tags", "B") == {"b": 2}


def test_documents_are_counted(replay: Replay, index: MeiliIndex) -> None:
    replay.answer("GET /indexes/a/stats", "stats")
    assert index.count() == 1


def rebuilding(replay: Replay) -> Callable[[], str]:
    """Let a rebuild beside "a" succeed; return what names the index beside."""
    prepared(replay)
    replay.answers["GET /indexes?limit=1000"] = (200, {"results": []})

    class Any(dict):
        """Answers for the index beside, whatever its name is."""

        def get(self, route: str, default: object = None) -> object:
            method, path = route.split(" ")
            return super().get(f"{method} /indexes/beside{path[len('/indexes/a-next-') + 12 :]}" if "/a-next-" in path else route, default)

    replay.answers = Any(replay.answers)
    replay.answers["GET /indexes/beside"] = (200, {"uid": "beside"})
    replay.answers["GET /indexes/beside/settings"] = (200, dict(SETTINGS))
    replay.answer("POST /indexes/beside/documents", "add")
    replay.answer("POST /swap-indexes", "swap")
    replay.answer("DELETE /indexes/beside", "delete one")
    return lambda: next(path.split("/")[2] for _, path, _, _ in replay.asked if "-next-" in path)


def test_a_rebuild_fills_an_index_beside_and_swaps_it_in(replay: Replay, index: MeiliIndex) -> None:
    beside = rebuilding(replay)
    assert index.rebuild(iter([DOCUMENT])) == 1
    changes = [(method, path, body) for method, path, body, _ in replay.asked if method != "GET"]
    assert [path for _, path, _ in changes] == [f"/indexes/{beside()}/documents", "/swap-indexes", f"/indexes/{beside()}"]
    assert changes[1][2] == [{"indexes": ["a", beside()]}]


def test_a_swap_that_fails_is_told(replay: Replay, index: MeiliIndex) -> None:
    rebuilding(replay)
    replay.answer("POST /swap-indexes", "swap missing")
    with pytest.raises(Unavailable, match="index_not_found"):
        index.rebuild([DOCUMENT])


def test_what_a_dead_rebuild_left_is_removed_a_day_later(replay: Replay, index: MeiliIndex) -> None:
    rebuilding(replay)
    old, new = "2020-01-01T00:00:00Z", "9999-01-01T00:00:00Z"
    left = [("a-next-000000000001", old), ("a-next-000000000002", new), ("b-next-000000000003", old), ("a", old)]
    replay.answers["GET /indexes?limit=1000"] = (200, {"results": [{"uid": uid, "updatedAt": day} for uid, day in left]})
    index.rebuild([])
    gone = [path for method, path, _, _ in replay.asked if method == "DELETE"]
    assert gone[0] == "/indexes/a-next-000000000001"
    assert len(gone) == 2  # and the one that was live before


@pytest.mark.parametrize(
    "case", ["no key", "bad key", "search missing index", "bad filter attr", "bad filter syntax", "bad facet", "bad sort"]
)
def test_a_refusal_is_told_by_its_code_and_never_with_the_key(replay: Replay, index: MeiliIndex, case: str) -> None:
    replay.answer("POST /multi-search", case)
    with pytest.raises(Unavailable, match=replay.recorded[case]["answer"]["code"]) as refused:
        index.search(SearchQuery("x"))
    assert KEY not in f"{refused.value} {refused.value.__cause__} {index!r}"


@pytest.mark.parametrize("answer", [b"<html>proxy</html>", b"", {"results": [{}]}, []], ids=str)
def test_an_answer_of_another_kind_is_told(replay: Replay, index: MeiliIndex, answer: object) -> None:
    replay.answers["POST /multi-search"] = (200, answer)
    with pytest.raises(Unavailable):
        index.search(SearchQuery("x"))


def test_a_server_that_is_down_is_told() -> None:
    index = MeiliIndex("http://127.0.0.1:9", KEY, timeout=2)
    for ask in (
        index.ensure,
        index.count,
        lambda: index.search(SearchQuery("x")),
        lambda: index.put([DOCUMENT]),
        lambda: index.rebuild([]),
    ):
        with pytest.raises(Unavailable, match="cannot be reached") as told:
            ask()
        assert KEY not in str(told.value)


def test_threads_do_not_mix_up_their_requests(replay: Replay, index: MeiliIndex) -> None:
    replay.searches("page form")
    replay.answer("GET /indexes/a/stats", "stats")
    work = [threading.Thread(target=lambda: [(index.search(SearchQuery("x")), index.count()) for _ in range(10)]) for _ in range(4)]
    for thread in work:
        thread.start()
    for thread in work:
        thread.join()
    posted = [kind for method, _, _, kind in replay.asked if method == "POST"]
    assert posted == ["application/json"] * 40
