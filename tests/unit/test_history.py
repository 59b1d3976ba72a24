"""What was changed is told in words of the reader's language, field by field."""

from dataclasses import fields

import pytest

from cluster_net.adapters.sqlite_graph import SqliteGraph
from cluster_net.domain.field_words import field_word, value_word
from cluster_net.domain.graph import ACTOR, Key
from cluster_net.domain.planning import Stamp, plan_changes
from cluster_net.domain.records import Actor, Concept, Need, Offer, Record
from cluster_net.services.history import FieldChange, history_of


def write(store: SqliteGraph, record: Record, at: str, reason: str = "the yearly check") -> None:
    store.apply(plan_changes([record], [], store.get([record.key]), {}, Stamp(at, "anna", reason)).changes)


@pytest.fixture
def changed(store: SqliteGraph) -> SqliteGraph:
    for concept in ("genomics", "proteomics"):
        write(store, Concept(id=concept, kind="technique", pref_sv=f"{concept}-sv", pref_en=concept), "2026-01-01T00:00:00Z")
    first = Actor(id="a", kind="company", name_sv="Å", city=("Solna", "Uppsala"), capabilities=("genomics",), founded=1999)
    second = Actor(
        id="a", kind="testbed", name_sv="Å", city=("Uppsala",), capabilities=("genomics", "proteomics"), founded=2001, checked=True
    )
    write(store, first, "2026-01-02T00:00:00Z", "import")
    write(store, second, "2026-02-02T00:00:00Z")
    return store


def test_each_field_is_told_before_and_after_in_words_newest_change_first(changed: SqliteGraph) -> None:
    newest, oldest = history_of(changed, Key(ACTOR, "a"), "en")
    assert (newest.at, newest.action, newest.reason) == ("2026-02-02T00:00:00Z", "changed", "the yearly check")
    assert newest.changes == (
        FieldChange("Concepts", (), ("proteomics",), many=True),
        FieldChange("Checked against the source", ("no",), ("yes",)),
        FieldChange("City", ("Solna",), (), many=True),
        FieldChange("Founded", ("1999",), ("2001",)),
        FieldChange("Kind", ("company",), ("testbed",)),
    )
    assert (oldest.action, oldest.changes) == ("added", ())


def test_the_words_are_in_the_readers_language(changed: SqliteGraph) -> None:
    told = {one.field: one for one in history_of(changed, Key(ACTOR, "a"), "sv")[0].changes}
    assert told["Begrepp"].added == ("proteomics-sv",)
    assert told["Slag"] == FieldChange("Slag", ("företag",), ("testbädd",))


@pytest.mark.parametrize("record", [Actor, Concept, Need, Offer])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_field_has_a_word(record: type[Record], language: str) -> None:
    bare = {field.name for field in fields(record) if field_word(field.name, language) == field.name}
    assert bare <= {"id"}
    assert value_word("kind", "no such code", language) == "no such code"
