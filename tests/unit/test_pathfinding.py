"""How two actors are connected, in words that follow the walk."""

import pytest

from cluster_net.domain.errors import Invalid, NotFound
from cluster_net.domain.graph import ACTOR, CONCEPT, Changes, Key, Link, Node
from cluster_net.domain.path_reasons import path_reason, path_terms
from cluster_net.domain.ways import UNIT, strength_of
from cluster_net.services.backends import Backends
from cluster_net.services.pathfinding import find_paths
from cluster_net.services.snapshots import SnapshotCache


@pytest.fixture
def filled(store, index, now):
    nodes = [Node(Key(ACTOR, id_), "company", {"name_sv": id_.upper(), "name_en": f"{id_.upper()} Ltd"}) for id_ in "abcdx"]
    ties = (("a", "PART_OF", "b"), ("c", "OWNS", "b"), ("c", "FUNDS", "d"), ("a", "FUNDS", "d"))
    links = [
        Link(f"{start}{type_}{end}", type_, Key(ACTOR, start), Key(ACTOR, end), {"confidence": 0.9, "source_title": "Register"})
        for start, type_, end in ties
    ]
    concept = Node(Key(CONCEPT, "k"), "technique", {"pref_sv": "K"})
    known = [Link(f"{id_}-k", "HAS_CAPABILITY", Key(ACTOR, id_), concept.key, {}) for id_ in "ax"]
    store.apply(Changes(put=(*nodes, concept), link=(*links, *known)))
    return Backends(store, index, SnapshotCache(store), now)


def test_each_step_reads_in_the_direction_of_the_walk_with_its_source(filled):
    paths = find_paths(filled, "a", "c", language="en")
    words = {tuple((step.start.slug, step.words, step.end.slug) for step in path.steps) for path in paths}
    assert words == {(("a", "part of", "b"), ("b", "owned by", "c")), (("a", "funds", "d"), ("d", "funded by", "c"))}
    assert {step.tie.source_title for path in paths for step in path.steps} == {"Register"}
    assert [one.slug for one in paths[0].actors] in (["a", "b", "c"], ["a", "d", "c"])


def test_a_path_prints_as_a_sentence_of_names(filled):
    assert "A del av B (Register, 0.9); B ägs av C (Register, 0.9)" in [str(path) for path in find_paths(filled, "a", "c")]


def test_what_two_know_is_no_path_between_them(filled):
    assert find_paths(filled, "a", "x") == []


def test_there_is_no_path_to_oneself_nor_beyond_the_length(filled):
    assert find_paths(filled, "a", "a") == []
    assert find_paths(filled, "a", "c", max_length=1) == []


@pytest.mark.parametrize("ends", [("a", "none"), ("none", "a")])
def test_a_missing_end_is_not_found(filled, ends):
    with pytest.raises(NotFound):
        find_paths(filled, *ends)


@pytest.mark.parametrize(("bounds", "field"), [({"limit": 0}, "limit"), ({"limit": 21}, "limit"), ({"max_length": 7}, "max_length"),
                                              ({"without_types": ["LOVES"]}, "without_type")])  # fmt: skip
def test_bounds_are_kept(filled, bounds, field):
    with pytest.raises(Invalid) as caught:
        find_paths(filled, "a", "b", **bounds)
    assert [problem.field for problem in caught.value.problems] == [field]


def test_a_path_says_through_whom_its_weakest_step_and_why_it_comes_after_the_first(filled):
    first, second = find_paths(filled, "a", "c", language="en")
    assert first.reason == "Through B Ltd. The weakest step is between B Ltd and C Ltd: owns, own page."
    assert second.reason.startswith("Through D Ltd. ")
    assert second.reason.endswith(" It comes after the first one because its ties are of looser kinds.")
    assert first.strength == pytest.approx(0.5 * 1.0 * 0.9 * 0.5 * 0.9 * 0.9)
    assert find_paths(filled, "a", "b", language="sv")[0].reason == "De är direkt förbundna."


def test_what_is_to_be_passed_by_is_on_no_path(filled):
    assert [one.slug for path in find_paths(filled, "a", "c", without=["b"]) for one in path.actors] == ["a", "d", "c"]
    assert [one.slug for path in find_paths(filled, "a", "c", without_types=["FUNDS"]) for one in path.actors] == ["a", "b", "c"]


def test_the_reason_tells_the_end_of_a_tie_and_the_source_that_is_less_sure():
    def tie(type_, confidence, **years):
        return Link("x", type_, Key(ACTOR, "a"), Key(ACTOR, "b"), {"confidence": confidence, **years})

    links = tie("PART_OF", 1.0), tie("COLLABORATES_WITH", 0.5, end_year=2019)
    assert path_reason(links, ("A", "M", "B"), 2026, "sv", (tie("PART_OF", 1.0), tie("PART_OF", 1.0))) == (
        "Via M. Svagast är steget mellan M och B: samverkar med, en offentlig källa, upphörde 2019. "
        "Den kommer efter den första för att dess källor är mindre säkra och dess samverkan är äldre."
    )
    founded = tie("PART_OF", 1.0), tie("FOUNDED", 0.9, start_year=1998)
    assert "founded, own page, from 1998" in path_reason(founded, ("A", "M", "B"), 2026, "en")
    written = tie("PART_OF", 1.0), tie("FOUNDED", 0.9, start_year=1998, source_url="RS2026-00072")
    assert "founded, public document, from 1998" in path_reason(written, ("A", "M", "B"), 2026, "en")
    assert path_reason(links, ("A", "M", "B"), 2026, "en", links).endswith("It is as strong as the first one.")
    assert sum(path_terms(links, 2026).values()) == pytest.approx(sum(strength_of(one, 2026).cost for one in links) / UNIT, abs=1e-5)
