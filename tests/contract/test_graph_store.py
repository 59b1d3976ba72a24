"""What every graph store does; each rule runs on SQLite and on a real Neo4j."""

import threading
from collections.abc import Callable

import pytest

from cluster_net.domain.errors import Conflict, NotFound
from cluster_net.domain.filters import And, Eq, Exists, Filter, In, Not, Or, Range, passes
from cluster_net.domain.graph import Changes, Key, Link, Node, Revision, Value
from cluster_net.domain.text import sort_key
from cluster_net.services.ports import GraphStore

Open = Callable[[], GraphStore]
WORK, PART = "COLLABORATES_WITH", "PART_OF"


def actor(id_: str, kind: str = "company", **properties: Value) -> Node:
    return Node(Key("Actor", id_), kind, properties)


def link(start: str, end: str, type_: str = WORK, id_: str = "", **properties: Value) -> Link:
    return Link(id_ or f"{start}.{type_}.{end}", type_, Key("Actor", start), Key("Actor", end), properties)


def fill(store: GraphStore, *nodes: Node | str, links: tuple[Link, ...] = ()) -> None:
    store.apply(Changes(put=tuple(actor(node) if isinstance(node, str) else node for node in nodes), link=links))


def ids(nodes: tuple[Node, ...]) -> list[str]:
    return [node.key.id for node in nodes]


def key(id_: str) -> Key:
    return Key("Actor", id_)


# Nodes


@pytest.mark.parametrize(
    "value",
    [
        "Åkerö Ä Ö",
        "😀 日本",
        'it\'s "quoted" \\ {x} $p',
        "x" * 5000,
        "line\nbreak",
        ("one",),
        ("b", "a", "å"),
        True,
        False,
        0,
        -7,
        2**40,
        0.5,
        -1.25,
    ],
    ids=lambda value: repr(value)[:20],
)
def test_a_property_comes_back_with_value_and_type(store: GraphStore, value: Value) -> None:
    fill(store, actor("a", held=value))
    found = store.get([key("a")])[key("a")].properties["held"]
    assert found == value
    assert type(found) is type(value)


def test_get_returns_what_is_there_and_leaves_out_the_rest(store: GraphStore) -> None:
    fill(store, "a", "b")
    assert set(store.get([key("a"), key("nope"), Key("Need", "a")])) == {key("a")}
    assert store.get([]) == {}


def test_the_same_id_may_stand_under_two_labels(store: GraphStore) -> None:
    need = Node(Key("Need", "a"), "capital", {"title": "x"})
    fill(store, actor("a", kind="hospital"), need)
    assert store.get([key("a"), need.key]) == {key("a"): actor("a", kind="hospital"), need.key: need}


def test_putting_again_replaces_the_node_whole_but_keeps_its_links(store: GraphStore) -> None:
    fill(store, actor("a", old="x", both=1), "b", links=(link("a", "b"),))
    fill(store, actor("a", kind="unit", both=2))
    assert store.get([key("a")])[key("a")] == actor("a", kind="unit", both=2)
    assert len(store.neighbours([key("a")])[key("a")]) == 1


def test_twenty_thousand_keys_are_one_question(store: GraphStore) -> None:
    fill(store, "k7", "k19999")
    assert set(store.get([key(f"k{number}") for number in range(20_000)])) == {key("k7"), key("k19999")}


@pytest.mark.parametrize("text", ["'; DROP TABLE nodes; --", '" OR 1=1', "}) DETACH DELETE n //", "$id", "`x`", "%s", "\\u0027"])
def test_hostile_text_is_only_text(store: GraphStore, text: str) -> None:
    fill(store, actor(text, name=text), "safe")
    assert store.get([key(text)])[key(text)].properties["name"] == text
    assert ids(store.find("Actor", Eq("name", text)).rows) == [text]
    assert ids(store.find("Actor", order=text).rows) == sorted([text, "safe"])
    assert store.find("Actor").total == 2


# Find

PEOPLE = (
    actor("a", "company", county=("Stockholm",), size=5, name="Å", checked=True),
    actor("b", "company", county=("Uppsala", "Stockholm"), size=50, name="B", share=0.5),
    actor("c", "hospital", county=("Uppsala",), size=500, name="Ä", checked=False),
    actor("d", "testbed", name="D", date="2026-01-05"),
    actor("e", "testbed", size=5, date="2027"),
)
FILTERS: list[Filter | None] = [
    None,
    Eq("kind", "company"),
    Eq("id", "c"),
    Eq("county", "Stockholm"),
    Eq("checked", True),
    Eq("checked", False),
    Eq("size", 5),
    Eq("size", "5"),
    Eq("share", 0.5),
    Eq("nope", "x"),
    In("kind", ("hospital", "testbed")),
    In("size", (5, 500)),
    In("kind", ()),
    Exists("county"),
    Not(Exists("size")),
    Not(Eq("county", "Stockholm")),
    Not(Eq("kind", "company")),
    Range("size", low=6),
    Range("size", high=50),
    Range("size", low=5, high=50),
    Range("size", low="5"),
    Range("share", low=0.1, high=0.9),
    Range("date", low="2026-06"),
    Range("date", high="2026-12-31"),
    Range("date", low=2026),
    Range("name"),
    And((Eq("kind", "company"), Eq("county", "Uppsala"))),
    And((Or((Eq("kind", "testbed"), Eq("county", "Uppsala"))), Exists("size"))),
    Or((And((Eq("kind", "company"), Range("size", low=10))), Eq("id", "d"))),
    Not(And((Exists("size"), Not(Eq("kind", "testbed"))))),
    Not(Or((Eq("kind", "company"), Eq("kind", "hospital")))),
    And(()),
    Or(()),
    Not(Or(())),
]


@pytest.mark.parametrize("where", FILTERS, ids=str)
def test_a_filter_means_on_the_engine_what_it_means_in_the_domain(store: GraphStore, where: Filter | None) -> None:
    fill(store, *PEOPLE, Node(Key("Need", "n"), "company", {"size": 5}))
    wanted = [node.key.id for node in PEOPLE if passes(where, {"id": node.key.id, "kind": node.kind, **node.properties})]
    page = store.find("Actor", where, limit=None)
    assert (ids(page.rows), page.total) == (wanted, len(wanted))


@pytest.mark.parametrize(
    ("order", "wanted"),
    [("id", "abcde"), ("-id", "edcba"), ("size", "aebcd"), ("-size", "cbaed"), ("date", "deabc"), ("-date", "edabc"), ("kind", "abcde")],
)
def test_order_rises_or_falls_missing_last_and_ties_by_id(store: GraphStore, order: str, wanted: str) -> None:
    fill(store, *reversed(PEOPLE))
    assert "".join(ids(store.find("Actor", order=order).rows)) == wanted


def test_names_sort_by_swedish_rules(store: GraphStore) -> None:
    names = ["Öst", "Zorn", "Äng", "Åby", "alm", "Éclair"]
    fill(store, *(actor(f"n{number}", name=name, sort_sv=sort_key(name)) for number, name in enumerate(names)))
    assert [node.properties["name"] for node in store.find("Actor", order="sort_sv").rows] == ["alm", "Éclair", "Zorn", "Åby", "Äng", "Öst"]


@pytest.mark.parametrize(("limit", "offset", "wanted"), [(2, 0, "ab"), (2, 4, "e"), (2, 9, ""), (None, 3, "de"), (1, 1, "b")])
def test_a_page_is_a_part_and_the_total_is_of_the_whole(store: GraphStore, limit: int | None, offset: int, wanted: str) -> None:
    fill(store, *PEOPLE)
    page = store.find("Actor", limit=limit, offset=offset)
    assert ("".join(ids(page.rows)), page.total) == (wanted, 5)


def test_facets_count_each_value_of_a_list_once(store: GraphStore) -> None:
    fill(store, *PEOPLE)
    counts = store.facets("Actor", ["kind", "county", "nope"])
    assert counts == {"kind": {"company": 2, "hospital": 1, "testbed": 2}, "county": {"Stockholm": 2, "Uppsala": 2}, "nope": {}}


def test_facets_count_only_what_passes_the_filter(store: GraphStore) -> None:
    fill(store, *PEOPLE)
    assert store.facets("Actor", ["county"], Eq("kind", "company")) == {"county": {"Stockholm": 2, "Uppsala": 1}}
    assert store.facets("Need", ["county"]) == {"county": {}}


# Links


def test_links_come_back_with_ends_type_and_properties(store: GraphStore) -> None:
    made = link("a", "b", PART, confidence=0.9, label_sv="Å", start_year=2020)
    fill(store, "a", "b", links=(made,))
    assert store.get_links([made.id, "nope"]) == {made.id: made}


def test_a_link_put_again_may_change_its_type_and_its_ends(store: GraphStore) -> None:
    fill(store, "a", "b", "c", links=(link("a", "b", WORK, "x", old="1"),))
    changed = link("c", "a", PART, "x", new="2")
    fill(store, links=(changed,))
    assert store.get_links(["x"]) == {"x": changed}
    assert store.neighbours([key("b")])[key("b")] == []
    assert len(store.dump().links) == 1


def test_two_actors_may_have_several_links(store: GraphStore) -> None:
    fill(store, "a", "b", links=(link("a", "b", WORK, "1"), link("a", "b", WORK, "2"), link("b", "a", PART, "3")))
    assert [(tie.link.id, tie.outgoing) for tie in store.neighbours([key("a")])[key("a")]] == [("1", True), ("2", True), ("3", False)]


@pytest.mark.parametrize(
    ("types", "direction", "wanted"),
    [
        (None, "both", "bcd"),
        (None, "out", "bc"),
        (None, "in", "d"),
        ([PART], "both", "c"),
        ([PART], "in", ""),
        ([], "both", ""),
        ([WORK, PART], "out", "bc"),
    ],
)
def test_neighbours_by_type_and_direction(store: GraphStore, types: list[str] | None, direction: str, wanted: str) -> None:
    fill(store, "a", "b", "c", "d", links=(link("a", "b"), link("a", "c", PART), link("d", "a", "FUNDS")))
    ties = store.neighbours([key("a")], types, direction)[key("a")]  # type: ignore[arg-type]
    assert "".join(sorted(tie.node.key.id for tie in ties)) == wanted


def test_neighbours_of_many_are_one_question_and_of_nobody_none(store: GraphStore) -> None:
    fill(store, "a", "b", "c", links=(link("a", "b"),))
    ties = store.neighbours([key("a"), key("b"), key("c"), key("nope")])
    assert {one.id: [tie.node.key.id for tie in found] for one, found in ties.items()} == {"a": ["b"], "b": ["a"], "c": [], "nope": []}


def test_a_link_to_itself_is_one_tie(store: GraphStore) -> None:
    fill(store, "a", links=(link("a", "a"),))
    assert [tie.outgoing for tie in store.neighbours([key("a")])[key("a")]] == [True]
    assert [tie.outgoing for tie in store.neighbours([key("a")], None, "in")[key("a")]] == [False]


def test_five_hundred_ties_come_sorted_by_type_and_other_end(store: GraphStore) -> None:
    others = [f"o{number:03}" for number in range(500)]
    fill(store, "hub", *others, links=tuple(link("hub", other, WORK if number % 2 else PART) for number, other in enumerate(others)))
    ties = store.neighbours([key("hub")])[key("hub")]
    assert [(tie.link.type, tie.node.key.id) for tie in ties] == sorted((tie.link.type, tie.node.key.id) for tie in ties)
    assert len(ties) == 500


def test_a_link_whose_end_is_missing_is_refused_and_nothing_is_written(store: GraphStore) -> None:
    with pytest.raises(NotFound):
        store.apply(Changes(put=(actor("a"),), link=(link("a", "nobody"),)))
    assert (store.version(), store.get([key("a")])) == (0, {})


def test_unlinking_takes_the_link_and_leaves_the_ends(store: GraphStore) -> None:
    fill(store, "a", "b", links=(link("a", "b", id_="x"),))
    store.apply(Changes(unlink=("x", "nope")))
    assert store.get_links(["x"]) == {}
    assert store.find("Actor").total == 2


def test_deleting_a_node_takes_its_links_along(store: GraphStore) -> None:
    fill(store, "a", "b", "c", links=(link("a", "b", id_="1"), link("c", "a", id_="2"), link("b", "c", id_="3")))
    store.apply(Changes(delete=(key("a"), key("nope"))))
    assert set(store.get_links(["1", "2", "3"])) == {"3"}
    assert store.find("Actor", Eq("id", "a")).total == 0


# Writes


def test_every_write_raises_the_version_by_one_and_an_empty_one_does_not(store: GraphStore) -> None:
    assert store.version() == 0
    assert store.apply(Changes(put=(actor("a"),))) == 1
    assert store.apply(Changes()) == 1
    assert store.apply(Changes(put=(actor("a"),))) == store.version() == 2


def test_a_write_that_expects_another_version_is_refused_whole(store: GraphStore) -> None:
    fill(store, "a")
    with pytest.raises(Conflict):
        store.apply(Changes(put=(actor("b"),), expected_version=0))
    assert store.find("Actor").total == 1
    assert store.apply(Changes(put=(actor("b"),), expected_version=1)) == 2


def test_a_dump_holds_everything_in_order(store: GraphStore) -> None:
    need = Node(Key("Need", "n"), "capital", {"title_sv": "Å"})
    made = Link("l", "SEEKS", key("b"), need.key, {})
    fill(store, "b", "a", need, links=(made, link("a", "b")))
    dump = store.dump()
    assert [node.key for node in dump.nodes] == [key("a"), key("b"), need.key]
    assert [one.id for one in dump.links] == ["a.COLLABORATES_WITH.b", "l"]
    assert (dump.version, dump.nodes[2], dump.links[1]) == (1, need, made)


def test_revisions_come_newest_first_and_outlive_the_node(store: GraphStore) -> None:
    told = [
        Revision("Actor", "a", action, f"2026-11-2{day}", "who", "why", '{"x": [1, "Å"]}')
        for day, action in enumerate(("added", "changed"))
    ]
    store.apply(Changes(put=(actor("a"),), revisions=tuple(told[:1])))
    store.apply(Changes(delete=(key("a"),), revisions=tuple(told[1:])))
    assert store.revisions("Actor", "a") == [told[1], told[0]]
    assert store.revisions("Actor", "a", limit=1) == [told[1]]
    assert store.revisions("Need", "a") == []


def test_the_outbox_gives_the_oldest_first_and_to_one_holder_at_a_time(store: GraphStore) -> None:
    store.apply(Changes(put=(actor("a"), actor("b")), reindex=(key("a"), key("b"))))
    store.apply(Changes(put=(actor("c"),), reindex=(key("c"),)))
    first = store.lease_outbox(2, 60)
    assert [entry.key.id for entry in first] == ["a", "b"]
    assert [entry.key.id for entry in store.lease_outbox(5, 60)] == ["c"]
    assert store.lease_outbox(5, 60) == []
    assert store.outbox_lag() == 3


def test_a_lease_that_ran_out_gives_the_entry_to_the_next(store: GraphStore) -> None:
    store.apply(Changes(put=(actor("a"),), reindex=(key("a"),)))
    held = store.lease_outbox(1, 0)
    assert store.lease_outbox(1, 60) == held


def test_cleared_entries_are_gone_and_the_rest_stays(store: GraphStore) -> None:
    store.apply(Changes(put=(actor("a"), actor("b")), reindex=(key("a"), key("b"))))
    store.clear_outbox([store.lease_outbox(1, 60)[0].number])
    assert store.outbox_lag() == 1


def test_a_change_made_while_its_entry_is_held_is_not_lost(store: GraphStore) -> None:
    store.apply(Changes(put=(actor("a"),), reindex=(key("a"),)))
    held = store.lease_outbox(1, 60)
    store.apply(Changes(put=(actor("a", name="new"),), reindex=(key("a"),)))
    store.clear_outbox([entry.number for entry in held])
    assert [entry.key.id for entry in store.lease_outbox(5, 60)] == ["a"]


def test_a_refused_write_leaves_no_revision_and_no_outbox_entry(store: GraphStore) -> None:
    told = Revision("Actor", "a", "added", "2026", "who", "why")
    with pytest.raises(NotFound):
        store.apply(Changes(put=(actor("a"),), link=(link("a", "nobody"),), revisions=(told,), reindex=(key("a"),)))
    assert (store.revisions("Actor", "a"), store.outbox_lag()) == ([], 0)


def test_a_second_store_on_the_same_database_sees_the_writes(open_store: Open) -> None:
    one, other = open_store(), open_store()
    fill(one, "a")
    assert set(other.get([key("a")])) == {key("a")}
    fill(other, "b")
    assert (one.version(), one.find("Actor").total) == (2, 2)


def test_preparing_again_is_harmless(store: GraphStore) -> None:
    fill(store, "a")
    store.prepare()
    assert (store.version(), store.find("Actor").total) == (1, 1)


def test_writers_at_once_lose_nothing(open_store: Open) -> None:
    stores = [open_store(), open_store()]

    def write(number: int) -> None:
        for turn in range(10):
            fill(stores[number], f"w{number}-{turn}")

    threads = [threading.Thread(target=write, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (stores[0].version(), stores[0].find("Actor").total) == (20, 20)
