"""Rows: every problem at once, each with its column and mend; writing is the inverse of reading."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_net.domain.errors import Invalid
from cluster_net.domain.records import Actor
from cluster_net.domain.rows import from_row, guard, header_problems, table_of, to_row, unguard
from cluster_net.domain.tables import TABLES

ACTORS, INFRASTRUCTURES, OFFERS, TIES = (
    next(table for table in TABLES if table.file == f"{name}.csv") for name in ("actors", "infrastructures", "offers", "collaborations")
)
GOOD = {"id": "ki", "kind": "university", "name_sv": "KI", "source_url": "https://ki.se", "source_title": "KI", "checked": "yes"}
TIE = {
    "from_id": "a", "type": "FUNDS", "to_id": "b", "label_sv": "x", "source_url": "strategy 1", "source_title": "S", "confidence": "0.9"
}  # fmt: skip


def fields_of(invalid: Invalid) -> list[str]:
    return [problem.field for problem in invalid.problems]


def test_a_good_row_becomes_a_record() -> None:
    actor = from_row(ACTORS, GOOD | {"city": "Solna; Uppsala"})
    assert actor == Actor(
        id="ki", kind="university", name_sv="KI", city=("Solna", "Uppsala"), source_url="https://ki.se", source_title="KI", checked=True
    )


def test_every_problem_of_a_row_is_reported_at_once() -> None:
    row = {"id": "K I", "kind": "planet", "ror": "056d84692", "website": "javascript:alert(1)", "source_url": "", "checked": "maybe"}
    with pytest.raises(Invalid) as caught:
        from_row(ACTORS, row, file="actors.csv", line=7)
    assert {"id", "kind", "ror", "website", "source_url", "source_title", "checked", "name_sv"} == set(fields_of(caught.value))
    assert all((problem.line, problem.file) == (7, "actors.csv") and problem.mend for problem in caught.value.problems)


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("name_sv", "x" * 100_000),
        ("name_sv", "a\x00b"),
        ("name_sv", "a\u202eb"),
        ("website", "ftp://ki.se"),
        ("website", "https://"),
        ("website", 'https://ki.se/"onclick'),
        ("source_url", "javascript:alert(1)"),
        ("source_url", "data:text/html,x"),
        ("founded", "12.5"),
        ("founded", "99999"),
        ("county", "Skåne"),
        ("source_date", "2024-13"),
        ("source_date", "2027-02-30"),
        ("source_date", "2027-02-29"),
        ("source_date", "0000-01-01"),
        ("source_date", "0000"),
        ("org_number", "811218-9876"),
    ],
)
def test_a_hostile_or_wrong_cell_is_refused_with_its_column(column: str, cell: str) -> None:
    with pytest.raises(Invalid) as caught:
        from_row(ACTORS, GOOD | {column: cell})
    assert fields_of(caught.value) == [column]


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "=cmd()", "'=x", "Å Ä Ö", "a, b", 'say "hi"', "😀"])
def test_odd_but_harmless_names_are_kept_as_they_are(name: str) -> None:
    assert from_row(ACTORS, GOOD | {"name_sv": guard(name)}).name("sv") == name  # type: ignore[union-attr]


def test_a_source_may_be_a_document_without_address() -> None:
    assert from_row(TIES, TIE).source_url == "strategy 1"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"to_id": "a"}, "to_id"),
        ({"start_year": "2020", "end_year": "2019"}, "end_year"),
        ({"confidence": "1.1"}, "confidence"),
        ({"confidence": "nan"}, "confidence"),
        ({"type": "LOVES"}, "type"),
    ],
)
def test_rules_of_a_collaboration(change: dict[str, str], column: str) -> None:
    with pytest.raises(Invalid) as caught:
        from_row(TIES, TIE | change)
    assert fields_of(caught.value) == [column]


def test_a_thing_is_not_part_of_itself() -> None:
    with pytest.raises(Invalid):
        from_row(INFRASTRUCTURES, GOOD | {"kind": "unit", "part_of": "ki"})


def test_header_problems_name_unknown_doubled_and_missing_columns() -> None:
    problems = header_problems(ACTORS, ["id", "id", "colour"], "actors.csv")
    assert {problem.field for problem in problems} == {"colour", "id", "kind", "source_url", "source_title", "checked"}


@given(st.text())
def test_guarding_against_formulas_is_undone_exactly(cell: str) -> None:
    guarded = guard(cell)
    assert not guarded.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert unguard(guarded) == cell


@given(
    name=st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Z")), min_size=1, max_size=50),
    words=st.lists(st.text("abcåäö =-'", min_size=1, max_size=9).map(str.strip).filter(bool), max_size=4, unique=True),
    founded=st.none() | st.integers(800, 2100),
)
def test_writing_a_row_and_reading_it_gives_the_record_back(name: str, words: list[str], founded: int | None) -> None:
    actor = Actor(
        id="x",
        kind="company",
        name_sv=name,
        aliases=tuple(words),
        founded=founded,
        source_url="https://x.se",
        source_title="x",
        checked=True,
    )
    assert table_of(actor, TABLES) is ACTORS
    assert from_row(ACTORS, to_row(ACTORS, actor)) == actor
