"""How two actors are connected, in words that follow the walk."""

import pytest

from cluster_net.domain.errors import Invalid, NotFound
from cluster_net.domain.graph import ACTOR, CONCEPT, Changes, Key, Link, Node
from cluster_net.services.pathfinding import find_paths


@pytest.fixture
def filled(store):
    nodes = [Node(Key(ACTOR, id_), "company", {"name_sv": id_.upper(), "name_en": f"{id_.upper()} Ltd"}) for id_ in "abcdx"]
    ties = (("a", "PART_OF", "b"), ("c", "OWNS", "b"), ("c", "FUNDS", "d"), ("a", "FUNDS", "d"))
    links = [
        Link(f"{start}{type_}{end}", type_, Key(ACTOR, start), Key(ACTOR, end), {"confidence": 0.9, "source_title": "Register"})
        for start, type_, end in ties
    ]
    concept = Node(Key(CONCEPT, "k"), "technique", {"pref_sv": "K"})
    known = [Link(f"{id_}-k", "HAS_CAPABILITY", Key(ACTOR, id_), concept.key, {}) for id_ in "ax"]
    store.apply(Changes(put=(*nodes, concept), link=(*links, *known)))
    return store


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


@pytest.mark.parametrize(("bounds", "field"), [({"limit": 0}, "limit"), ({"limit": 21}, "limit"), ({"max_length": 7}, "max_length")])
def test_bounds_are_kept(filled, bounds, field):
    with pytest.raises(Invalid) as caught:
        find_paths(filled, "a", "b", **bounds)
    assert [problem.field for problem in caught.value.problems] == [field]
