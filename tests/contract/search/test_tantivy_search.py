"""What only the embedded index promises: its order of hits, its stages, Swedish words, filters that agree with the domain."""

from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cluster_net.adapters.tantivy_index import TantivyIndex
from cluster_net.adapters.tantivy_words import MAX_WORD, MAX_WORDS, split_words
from cluster_net.domain.filters import And, Eq, Exists, Filter, In, Not, Or, Range, passes
from cluster_net.domain.search import FILTER_FIELDS, Document, SearchQuery
from cluster_net.domain.text import sort_key


def named(*names: str, **held: object) -> list[Document]:
    return [
        Document(f"d{n}", "actor", f"d{n}", name_sv=name, sort_sv=sort_key(name), sort_en=sort_key(name), **held)  # type: ignore[arg-type]
        for n, name in enumerate(names)
    ]


@pytest.fixture
def index(tmp_path: Path) -> TantivyIndex:
    opened = TantivyIndex(tmp_path / "index")
    opened.ensure()
    return opened


def found(index: TantivyIndex, text: str, **given: object) -> list[str]:
    return [hit.document.name_sv for hit in index.search(SearchQuery(text, **given)).hits]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("biobank", ("Biobank", "Uppsala biobank", "Biobanker", "Biobankslagen", "Bio bank", "Biobnak")),
        ("uppsala biobank", ("Uppsala biobank", "Biobank i Uppsala", "Uppsala biobanker")),
        ("protein analys", ("Protein analys", "Analys av protein", "Proteinanalys")),
        ("proteinanalys", ("Proteinanalys", "Proteinanalyser", "Analys av protein")),
        ("testbädd", ("Testbädd", "Testbädden", "Test bädd")),
        ("får", ("Får", "Far")),
        ("karolinska inst", ("Karolinska Inst", "Karolinska Institutet")),
    ],
)
def test_the_better_a_name_answers_the_earlier_it_comes(index: TantivyIndex, question: str, names: tuple[str, ...]) -> None:
    index.put(named(*reversed(names), "Något annat"))
    wanted = [name for name in names if name in found(index, question)]
    assert found(index, question) == wanted
    assert wanted[: min(2, len(names))] == list(names[: min(2, len(names))])


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("information teoretiska", "Informationsteoretiska metoder"),
        ("informationsteori", "Information och teori"),
        ("barn cancer fonden", "Barncancerfonden"),
        ("kraft", "Vindkraft"),
        ("analys plasma", "Proteinanalyser i plasma"),
        ("vind system", "Vindkraft i nya system"),
        ("testbed", "A test bed"),
        ("sequence", "Sequencing"),
        ("prövningar", "Klinisk prövning"),
        ("universtiy of gothenborg", "University of Gothenburg"),
        ("tandemlabratorit", "Tandemlaboratoriet"),
        ("A\u030akero\u0308", "Åkerö"),
        ("scrnaseq", "scRNA-seq"),
    ],
)
def test_a_word_is_found_in_another_form(index: TantivyIndex, question: str, name: str) -> None:
    index.put(named(name, "Något annat"))
    assert found(index, question) == [name]


def test_compounds_come_after_the_word_alone_however_many_have_it(index: TantivyIndex) -> None:
    alone = [f"Sekvensering {n}" for n in range(10)]
    index.put(named(*alone, "Helgenomsekvensering", "Ny kortlässekvenseringen", "Proteinanalys"))
    assert found(index, "sekvensering")[:10] == alone
    assert set(found(index, "sekvensering")[10:]) == {"Helgenomsekvensering", "Ny kortlässekvenseringen"}


def test_a_name_comes_before_an_alias_a_tag_and_the_text(index: TantivyIndex) -> None:
    places = {"text_sv": "genomik", "tags": ("genomik",), "aliases": ("genomik",)}
    documents = [Document(f"d-{field}", "actor", field, name_sv="Namn", **{field: value}) for field, value in places.items()]  # type: ignore[arg-type]
    index.put([*documents, Document("d-name", "actor", "name", name_sv="Genomik")])
    assert [hit.document.slug for hit in index.search(SearchQuery("genomik")).hits] == ["name", "aliases", "tags", "text_sv"]


def test_the_exact_name_needs_no_laxer_question(index: TantivyIndex) -> None:
    index.put(named("Vinnova", "Vinova", "Vinnovation"))
    assert found(index, "vinnova ") == ["Vinnova"]
    assert found(index, "vinnova") == ["Vinnova", "Vinnovation"]  # it may go on


def test_one_word_too_many_does_not_hide_what_has_the_others(index: TantivyIndex) -> None:
    index.put(named("Nordiskt centrum för hälsodata", "Centrum"))
    assert found(index, "nordiskt centrum hälsodata hemsida") == ["Nordiskt centrum för hälsodata"]


def test_sorting_changes_the_order_but_not_what_is_found(index: TantivyIndex) -> None:
    index.put(named("Klinisk prövning", "Prövning av kliniska data", "Klinik", "Provning"))
    for question in ("klinisk prövning", "klinsk", "klin"):
        totals = {sort: index.search(SearchQuery(question, sort=sort)).total for sort in ("relevance", "name", "-updated", "deadline")}
        assert len(set(totals.values())) == 1
        assert sorted(found(index, question, sort="name")) == sorted(found(index, question))


@pytest.mark.parametrize("count", [3, 250])
def test_facets_count_all_hits_whether_few_or_many(index: TantivyIndex, count: int) -> None:
    index.put([Document(f"d{n}", "actor", f"d{n}", name_sv="Alfa", kind="even" if n % 2 == 0 else "odd") for n in range(count)])
    result = index.search(SearchQuery("alfa", facets=("kind",), limit=1))
    assert result.total == count
    assert result.facets == {"kind": {"even": (count + 1) // 2, "odd": count // 2}}


def test_a_question_is_cut_to_a_bearable_size() -> None:
    words = split_words("å" * 5000 + " " + "ord " * 1000)
    assert len(words) == MAX_WORDS
    assert max(len(word.folded) for word in words) == MAX_WORD


TEXTS = st.sampled_from(["", "a", "b", "aa", "å", "x y", "2026-01-01", "2027-05-05", 'q"\\'])
LISTS = {field.name for field in fields(Document) if field.type in ("tuple[str, ...]", tuple[str, ...])}
VALUES = {name: st.lists(TEXTS.filter(bool), max_size=2, unique=True).map(tuple) if name in LISTS else TEXTS for name in FILTER_FIELDS}
VALUES["trl"] = st.none() | st.integers(1, 9)
BOUNDS = st.none() | TEXTS.filter(bool)
NUMBERS = st.none() | st.integers(0, 10) | st.floats(0, 10)
TESTS = st.one_of(
    st.builds(Eq, st.sampled_from(FILTER_FIELDS), TEXTS.filter(bool) | st.integers(1, 9)),
    st.builds(In, st.sampled_from(FILTER_FIELDS), st.lists(TEXTS.filter(bool) | st.integers(1, 9), max_size=3).map(tuple)),
    st.builds(Exists, st.sampled_from(FILTER_FIELDS)),
    st.builds(Range, st.sampled_from([name for name in FILTER_FIELDS if name != "trl"]), BOUNDS, BOUNDS),
    st.builds(Range, st.just("trl"), NUMBERS, NUMBERS),
)
FILTERS = st.recursive(
    TESTS,
    lambda inner: st.one_of(
        st.builds(Not, inner), st.builds(And, st.lists(inner, max_size=3).map(tuple)), st.builds(Or, st.lists(inner, max_size=3).map(tuple))
    ),
    max_leaves=6,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.fixed_dictionaries(VALUES), min_size=1, max_size=8), st.lists(FILTERS, min_size=1, max_size=20))
def test_any_filter_passes_what_passes_in_the_domain(index: TantivyIndex, rows: list[dict], filters: list[Filter]) -> None:
    documents = [Document(**{"id": f"d{n}", "type": "", "slug": "", **row}) for n, row in enumerate(rows)]
    index.rebuild(documents)
    held = [{name: value for name, value in row.items() if value not in ("", (), None)} for row in rows]
    for where in filters:
        wanted = {one.id for one, has in zip(documents, held, strict=True) if passes(where, has)}
        result = index.search(SearchQuery("", where, facets=("kind",), limit=100))
        assert {hit.document.id for hit in result.hits} == wanted
        assert result.total == len(wanted)
