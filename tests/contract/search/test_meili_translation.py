"""From the domain's values to what Meilisearch is asked, and back; no server is needed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_net.adapters import meili_translation as meili
from cluster_net.adapters.index_values import beginning_with, document_of
from cluster_net.domain.filters import And, Eq, Exists, Filter, In, Not, Or, Range
from cluster_net.domain.search import MARK_END, MARK_START, Document, SearchQuery

PRE, POST = meili.TAGS
NEVER = ["type EXISTS", "type NOT EXISTS"]


@pytest.mark.parametrize(
    ("where", "wanted"),
    [
        (None, []),
        (And(()), []),
        (Or(()), NEVER),
        (In("kind", ()), NEVER),
        (Not(In("kind", ())), []),
        (Eq("kind", "testbed"), [['kind IN ["testbed"]']]),
        (Not(Eq("kind", "testbed")), [['NOT (kind IN ["testbed"])']]),
        (In("kind", ("unit", "testbed")), [['kind IN ["unit", "testbed"]']]),
        (Exists("trl"), [["trl EXISTS"]]),
        (Not(Exists("trl")), [["NOT (trl EXISTS)"]]),
        (Range("trl", 3, 6), [["trl 3 TO 6"]]),
        (Range("trl", low=3.5), [["trl >= 3.5"]]),
        (Range("trl", high=6), [["trl <= 6"]]),
        (Range("trl"), [["trl EXISTS"]]),
        (Range("trl", 6, 3), NEVER),
        (Range("deadline", low="2026-11-24T00:00:00Z"), [['deadline >= "2026-11-24t00:00:00z"']]),
        (And((Eq("kind", "unit"), Eq("county", "Uppsala"))), [['kind IN ["unit"]'], ['county IN ["Uppsala"]']]),
        (Or((Eq("kind", "unit"), Not(Exists("trl")))), [['kind IN ["unit"]', "NOT (trl EXISTS)"]]),
        (Or((In("kind", ()), Exists("trl"))), [["trl EXISTS"]]),
        (Or((Not(In("kind", ())), Exists("trl"))), []),
        (And((Eq("kind", "unit"), Or(()))), [['kind IN ["unit"]'], *NEVER]),
    ],
    ids=str,
)
def test_a_filter_becomes_arrays_of_expressions(where: Filter | None, wanted: list) -> None:
    assert meili.filter_array(where) == wanted


@pytest.mark.parametrize(
    "where",
    [Eq("trl", "5"), Eq("kind", 5), Range("trl", low="5"), Range("kind", low=5), Range("trl", low=float("nan")), Eq("trl", float("inf"))],
    ids=str,
)
def test_a_value_of_another_type_than_the_field_never_passes(where: Filter) -> None:
    assert meili.filter_array(where) == NEVER


@pytest.mark.parametrize(
    ("value", "wanted"), [("te'st\"bed", '"te\'st\\"bed"'), ("back\\", '"back\\\\"'), ('x" OR kind = "', '"x\\" OR kind = \\""'), (5, "5")]
)
def test_text_in_a_filter_cannot_end_its_quotes(value: str | int, wanted: str) -> None:
    assert meili.quoted(value) == wanted


@given(st.integers(0, 5000), st.integers(1, 100))
def test_a_window_lies_in_one_page(offset: int, limit: int) -> None:
    page, size, skip = meili.window(offset, limit)
    assert (page - 1) * size + skip == offset
    assert skip + limit <= size


def test_no_hits_are_asked_for_as_a_page_of_none() -> None:
    assert meili.window(40, 0) == (1, 0, 0)


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        (SearchQuery("x"), None),
        (SearchQuery(" "), ["sort_sv:asc"]),
        (SearchQuery("", language="en"), ["sort_en:asc"]),
        (SearchQuery("x", sort="name", language="en"), ["sort_en:asc"]),
        (SearchQuery("x", sort="-updated"), ["updated:desc"]),
        (SearchQuery("x", sort="deadline"), ["deadline:asc"]),
    ],
    ids=str,
)
def test_an_order_is_asked_for_unless_relevance_has_a_text_to_go_by(query: SearchQuery, wanted: list[str] | None) -> None:
    assert meili.question("i", query).get("sort") == wanted


def test_a_question_asks_for_an_exact_total_all_facets_and_marks() -> None:
    body = meili.question("i", SearchQuery("ord", Eq("kind", "unit"), ("kind", "county"), limit=20, offset=40))
    assert body == {
        "indexUid": "i",
        "q": "ord",
        "matchingStrategy": "frequency",
        "page": 3,
        "hitsPerPage": 20,
        "filter": [['kind IN ["unit"]']],
        "facets": ["kind", "county"],
        "attributesToHighlight": ["name_sv", "name_en", "aliases", "tags", "text_sv", "text_en"],
        "highlightPreTag": PRE,
        "highlightPostTag": POST,
    }


def test_a_question_of_signs_only_finds_nothing() -> None:
    assert meili.question("i", SearchQuery("¤¤ //"))["filter"] == NEVER


def test_absent_facts_are_not_sent_and_the_document_comes_back_equal() -> None:
    document = Document("actor-a", "actor", "a", name_sv="Å", aliases=("x", "y"), trl=0)
    held = meili.meili_document(document)
    assert held == {
        "id": "actor-a",
        "type": "actor",
        "slug": "a",
        "name_sv": "Å",
        "aliases": ["x", "y"],
        "trl": 0,
        "verified": "no",
        "fictional": "no",
        "visibility": "public",
    }
    assert document_of(held | {"_formatted": {}}) == document


def hit(**shown: object) -> dict[str, str]:
    return dict(meili.hit_of({"id": "actor-a", "type": "actor", "slug": "a", "_formatted": shown}).marked)


def test_only_fields_with_a_mark_are_given_and_the_first_alias_or_tag() -> None:
    marked = hit(
        name_sv=f"{PRE}Åkerö{POST} AB", name_en="Akero", aliases=["x", f"{PRE}y{POST}"], tags=[f"{PRE}z{POST}"], trl="6", text_sv="<b>"
    )
    assert marked == {"name_sv": f"{MARK_START}Åkerö{MARK_END} AB", "also": f"{MARK_START}y{MARK_END}"}


def test_marks_in_the_text_itself_are_taken_out() -> None:
    assert hit(name_sv=f"{MARK_START}falsk{MARK_END}") == {}
    assert hit(name_sv=f"{MARK_START}falsk{MARK_END} {PRE}alfa{POST}") == {"name_sv": f"falsk {MARK_START}alfa{MARK_END}"}


def test_long_text_is_cropped_around_its_first_mark() -> None:
    text = hit(text_en="word " * 5000 + f"{PRE}here{POST}" + " word" * 5000)["text_en"]
    assert f"{MARK_START}here{MARK_END}" in text
    assert len(text) < 260


def test_every_facet_asked_for_is_answered() -> None:
    query = SearchQuery("x", facets=("kind", "role"), limit=0)
    result = meili.result_of(query, {"hits": [], "totalHits": 7, "facetDistribution": {"kind": {"unit": 7}}})
    assert (result.total, result.facets) == (7, {"kind": {"unit": 7}, "role": {}})


def test_settings_are_changed_only_when_they_differ() -> None:
    held = {**meili.SETTINGS, "filterableAttributes": sorted(meili.SETTINGS["filterableAttributes"]), "synonyms": {}}
    held["faceting"] = {**meili.SETTINGS["faceting"], "other": 1}
    assert meili.settings_hold(held)
    assert not meili.settings_hold({**held, "rankingRules": ["words"]})
    assert not meili.settings_hold({**held, "pagination": {"maxTotalHits": 1000}})
    assert not meili.settings_hold({})


def test_facet_values_are_looked_up_by_their_beginning() -> None:
    counts = {"Östergötland": 2, "Uppsala": 5, "ostron": 3, "Örebro": 2}
    assert beginning_with(counts, "ÖS", 10) == {"ostron": 3, "Östergötland": 2}
    assert list(beginning_with(counts, "", 3)) == ["Uppsala", "ostron", "Örebro"]
