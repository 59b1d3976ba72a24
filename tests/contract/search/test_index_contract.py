"""What every search index does; each rule runs on tantivy and, where a server is named, on Meilisearch."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from cluster_net.adapters.tantivy_index import TantivyIndex
from cluster_net.domain.errors import Unavailable
from cluster_net.domain.filters import And, Eq, Exists, Filter, In, Not, Or, Range, passes
from cluster_net.domain.search import MARK_END, MARK_START, Document, SearchQuery
from cluster_net.domain.text import sort_key
from cluster_net.services.ports import SearchIndex


def document(id_: str, name: str = "", **held: object) -> Document:
    return Document(
        id=id_,
        type="actor",
        slug=id_,
        name_sv=name or id_,
        name_en=name or id_,
        sort_sv=sort_key(name or id_),
        sort_en=sort_key(name or id_),
        **held,
    )  # type: ignore[arg-type]


def found(index: SearchIndex, text: str = "", where: Filter | None = None, **given: object) -> list[str]:
    return [hit.document.id for hit in index.search(SearchQuery(text, where, **given)).hits]  # type: ignore[arg-type]


SOME = (
    document("a", "Alfa", kind="company", county=("Stockholm",), trl=3, deadline="2027-01-01", updated="2026-01-01"),
    document("b", "Beta", kind="company", county=("Stockholm", "Uppsala"), trl=6, updated="2026-03-01"),
    document("c", "Åsa", kind="unit", county=("Uppsala",), deadline="2026-12-01", updated="2026-02-01"),
    document("d", "Öst", kind="testbed", trl=9),
)


def test_what_is_put_comes_back_equal(index: SearchIndex) -> None:
    whole = replace(
        SOME[0],
        aliases=("x", "y"),
        tags=("t",),
        text_sv="Å",
        text_en="b",
        city=("Solna",),
        concept=("c",),
        access=("paid",),
        quality=("GMP",),
    )
    index.put([whole])
    (hit,) = index.search(SearchQuery("alfa")).hits
    assert hit.document == whole


def test_putting_again_replaces_and_deleting_takes_away(index: SearchIndex) -> None:
    index.put(SOME)
    index.put([replace(SOME[0], name_sv="Gamma", name_en="Gamma")])
    index.delete(["b", "nope"])
    assert (found(index, "gamma"), found(index, "alfa"), found(index, "beta"), index.count()) == (["a"], [], [], 3)


FILTERS: list[Filter | None] = [
    None,
    Eq("kind", "company"),
    In("kind", ("unit", "testbed")),
    In("kind", ()),
    Not(Eq("county", "Stockholm")),
    Exists("trl"),
    Not(Exists("trl")),
    Range("trl", low=4),
    Range("trl", low=3, high=6),
    Eq("trl", 9),
    Range("deadline", low="2026-12-31"),
    Range("deadline", high="2026-12-31"),
    And((Eq("kind", "company"), Eq("county", "Uppsala"))),
    Or((Eq("kind", "unit"), Range("trl", low=9))),
    Or(()),
    And(()),
    Eq("slug", 'x" OR 1'),
]


@pytest.mark.parametrize("where", FILTERS, ids=str)
def test_a_filter_means_what_it_means_in_the_domain(index: SearchIndex, where: Filter | None) -> None:
    index.put(SOME)
    fields = ("kind", "slug", "county", "deadline", "trl")
    held = [{name: getattr(one, name) for name in fields if getattr(one, name) not in ("", (), None)} for one in SOME]
    wanted = [one.id for one, has in zip(SOME, held, strict=True) if passes(where, has)]
    result = index.search(SearchQuery("", where))
    assert ([hit.document.id for hit in result.hits], result.total) == (wanted, len(wanted))


@pytest.mark.parametrize(("sort", "wanted"), [("name", "abcd"), ("-updated", "bcad"), ("deadline", "cabd"), ("relevance", "abcd")])
def test_sorts_put_what_is_missing_last_and_swedish_letters_after_z(index: SearchIndex, sort: str, wanted: str) -> None:
    index.put(SOME)
    order = "".join(found(index, sort=sort))
    assert order[: 3 if sort == "-updated" else 2] == wanted[: 3 if sort == "-updated" else 2]
    assert sorted(order) == sorted(wanted)


def test_pages_follow_each_other_and_the_total_is_exact(index: SearchIndex) -> None:
    index.put([document(f"x{number:03}", f"Firma {number:03}") for number in range(95)])
    pages = [index.search(SearchQuery("firma", sort="name", limit=20, offset=offset)) for offset in range(0, 100, 20)]
    assert [one.total for one in pages] == [95] * 5
    assert [hit.document.id for page in pages for hit in page.hits] == [f"x{number:03}" for number in range(95)]
    assert found(index, "firma", sort="name", limit=7, offset=3) == [f"x{number:03}" for number in range(3, 10)]


def test_facets_count_the_hits_and_values_can_be_looked_up(index: SearchIndex) -> None:
    index.put(SOME)
    result = index.search(SearchQuery("", Eq("kind", "company"), ("county", "kind"), limit=0))
    assert (result.hits, result.total) == ((), 2)
    assert {name: dict(counts) for name, counts in result.facets.items()} == {
        "county": {"Stockholm": 2, "Uppsala": 1},
        "kind": {"company": 2},
    }
    assert index.facet_values("county", "upp") == {"Uppsala": 2}


def test_many_questions_are_answered_in_order(index: SearchIndex) -> None:
    index.put(SOME)
    assert [[hit.document.id for hit in result.hits] for result in index.search_many([SearchQuery("beta"), SearchQuery("alfa")])] == [
        ["b"],
        ["a"],
    ]
    assert index.search_many([]) == []


@pytest.mark.parametrize("text", ["<b>x</b> alfa", "alfa " + "lång text " * 10_000, "alfa =cmd()", "alfa \x00 \u202e", "alfa 😀"])
def test_any_text_is_held_and_found(index: SearchIndex, text: str) -> None:
    index.put([document("a", "Namn", text_sv=text)])
    (hit,) = index.search(SearchQuery("alfa")).hits
    assert hit.document.text_sv == text
    assert f"{MARK_START}alfa{MARK_END}" in hit.marked["text_sv"]
    assert len(hit.marked["text_sv"]) < 300


def test_marks_cannot_be_forged(index: SearchIndex) -> None:
    index.put([document("a", f"{MARK_START}Falsk{MARK_END} alfa")])
    (hit,) = index.search(SearchQuery("alfa")).hits
    assert hit.marked["name_sv"] == f"Falsk {MARK_START}alfa{MARK_END}"


@pytest.mark.parametrize("text", ["'", '"', "a:b AND (", "*", "~", "\\", "field:x^2", "[a TO b]", "x" * 500, "å " * 200])
def test_a_strange_question_is_no_error(index: SearchIndex, text: str) -> None:
    index.put(SOME)
    index.search(SearchQuery(text))


def test_searches_go_on_while_the_index_is_rebuilt(index: SearchIndex) -> None:
    index.rebuild(SOME)
    seen: set[int] = set()
    stop = threading.Event()

    def look() -> None:
        while not stop.is_set():
            seen.add(index.search(SearchQuery("")).total)

    thread = threading.Thread(target=look)
    thread.start()
    for _ in range(5):
        assert index.rebuild(SOME) == 4
    stop.set()
    thread.join()
    assert seen == {4}


def test_two_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    indexes = [TantivyIndex(tmp_path / "i"), TantivyIndex(tmp_path / "i")]
    indexes[0].ensure()
    threads = [threading.Thread(target=lambda n=n: [indexes[n].put([document(f"{n}-{turn}")]) for turn in range(5)]) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one.count() for one in indexes] == [10, 10]


def test_a_missing_or_damaged_index_is_told_and_ensure_mends_it(tmp_path: Path) -> None:
    index = TantivyIndex(tmp_path / "i")
    with pytest.raises(Unavailable):
        index.search(SearchQuery("x"))
    with pytest.raises(Unavailable):
        index.put(SOME)
    index.ensure()
    index.put(SOME)
    for file in (tmp_path / "i").glob("generation-*/meta.json"):
        file.write_text("{")
    fresh = TantivyIndex(tmp_path / "i")
    with pytest.raises(Unavailable):
        fresh.search(SearchQuery("x"))
    fresh.ensure()
    assert fresh.count() == 0
