"""Groups around a need, meetings of a chosen set, and why somebody is not suggested."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from cluster_net.domain.errors import NotFound
from cluster_net.domain.graph import ACTOR, CONCEPT, NEED, OFFER, Dump, Key
from cluster_net.domain.matching.constellations import constellations
from cluster_net.domain.matching.eligibility import actors_behind
from cluster_net.domain.matching.fit import Condition, lacks
from cluster_net.domain.matching.matcher import Matcher
from cluster_net.domain.network import compile_network
from cluster_net.domain.nodes import to_node
from cluster_net.domain.records import Actor, Collaboration, Concept, Need, Offer
from cluster_net.domain.suggestion_words import TERM_WORDS
from cluster_net.domain.vocabulary import Words
from cluster_net.services.cards import card_of
from cluster_net.services.explaining import can_meet, explain
from cluster_net.services.gathering import EACH, Chosen, asking, headings, meetings, members_of, row_of
from cluster_net.services.match_columns import matches_by_column
from cluster_net.services.references import key_of, reference_of
from cluster_net.services.snapshots import own_weights
from cluster_net.services.steering import plain
from cluster_net.services.suggesting import explained, tell

OPTIONS = plain(date(2026, 11, 24))
N = Key(NEED, "n")


def matcher(*records) -> Matcher:
    ties = [record.link() for record in records if isinstance(record, Collaboration)]
    kept = [record for record in records if not isinstance(record, Collaboration)]
    links = sorted([*ties, *(link for record in kept for link in record.links())], key=lambda link: link.id)
    nodes = sorted((to_node(record) for record in kept), key=lambda node: node.key)
    return Matcher(compile_network(Dump(1, nodes, links)), own_weights())


def actor(id_: str, kind: str = "company", **more) -> Actor:
    return Actor(id=id_, kind=kind, name_sv=id_.upper(), name_en=id_.upper(), **{"capabilities": ("c",), **more})


def cluster(*more) -> Matcher:
    return matcher(
        Concept(id="c", kind="technique", pref_sv="C", pref_en="C"),
        actor("h", "hospital", capabilities=()), Need(id="n", kind="clinical-need", owner_id="h", title_sv="N", concepts=("c",)),
        actor("young", roles=("entrepreneur",)), actor("young-too", roles=("entrepreneur",)), actor("old"), actor("t", "testbed"),
        actor("f", "funder", capabilities=()), Offer(id="o", kind="call", owner_id="f", title_sv="O", concepts=("c",)), *more,
    )  # fmt: skip


def tie(start: str, end: str) -> Collaboration:
    return Collaboration(from_id=start, type="COLLABORATES_WITH", to_id=end, source_url="https://example.org", confidence=0.9)


def test_a_group_has_one_of_each_role_and_the_owner():
    (group,) = constellations(cluster(), N, OPTIONS, 1)
    assert group.owners == ("h",)
    assert [(seat.role, seat.match.key.id) for seat in group.seats] == [
        ("entrepreneur", "young"), ("company", "old"), ("testbed", "t"), ("funder", "o")
    ]  # fmt: skip
    assert group.empty == ()


def test_who_works_with_one_of_the_group_already_goes_before_an_equal():
    (group,) = constellations(cluster(actor("known"), tie("known", "young")), N, OPTIONS, 1)
    assert [(seat.match.key.id, seat.knows) for seat in group.seats if seat.role == "company"] == [("known", ("young",))]


def test_a_second_group_has_nobody_of_the_first_and_names_the_empty_seats():
    first, second = constellations(cluster(actor("old-too")), N, OPTIONS, 3)
    assert {seat.match.key for seat in first.seats}.isdisjoint(seat.match.key for seat in second.seats)
    assert second.empty == second.taken == ("testbed", "funder")


def test_a_role_that_the_owner_holds_itself_is_no_seat():
    own = Need(id="m", kind="technology", owner_id="young", title_sv="M", concepts=("c",))
    (group,) = constellations(cluster(own), Key(NEED, "m"), OPTIONS, 1)
    assert "entrepreneur" not in {*(seat.role for seat in group.seats), *group.empty}
    assert group.own == ("entrepreneur",)


def test_an_owner_with_a_fund_of_its_own_still_gets_a_seat_for_a_funder():
    (group,) = constellations(cluster(Offer(id="fund", kind="call", owner_id="h", title_sv="F")), N, OPTIONS, 1)
    assert ("funder", "o") in [(seat.role, seat.match.key.id) for seat in group.seats]
    assert group.own == ()


def test_a_need_that_is_over_gets_no_group():
    over = Need(id="m", kind="clinical-need", owner_id="h", concepts=("c",), deadline="2026-01-01", partner_roles=("university",))
    assert constellations(cluster(over), Key(NEED, "m"), OPTIONS) == []


def test_who_is_real_sits_before_who_is_made_up_for_the_demo():
    net = cluster(actor("made-up", roles=("company",), fictional=True, capabilities=("c", "d")), actor("only", "investor", fictional=True))
    seats = {seat.role: seat.match.key.id for seat in constellations(net, N, OPTIONS, 1)[0].seats}
    assert seats["company"] == "old"
    found = [one.key.id for one in net.matches(N, ACTOR, OPTIONS, 9)]
    assert found.index("made-up") > max(found.index(one) for one in ("old", "young", "young-too", "t"))
    shown = explain(net, N, Key(ACTOR, "made-up"), options=OPTIONS, language="en", limit=2)
    assert (shown.state, shown.sentence) == ("behind", "MADE-UP is made up for the demo and comes after all that are real.")
    assert [one.key.id for one in net.matches(Key(ACTOR, "made-up"), ACTOR, OPTIONS, 9)][:1] != ["only"]


def test_everything_that_fits_stands_in_its_column():
    net = cluster()
    found = {name: {one.key.id for one in held} for name, held in matches_by_column(net, N, OPTIONS).items()}
    assert found == {"companies": {"old", "young", "young-too"}, "testbeds": {"t"}, "funders": {"o", "f"}}
    assert [one.key for one in matches_by_column(net, Key(ACTOR, "t"), OPTIONS)["owners"]][:1] == [N]


def test_meetings_stay_within_the_set_each_pair_once_and_nobody_too_often():
    net = cluster(*(actor(f"x{number}") for number in range(8)))
    members = frozenset(members_of(net.network, Chosen(concept="c")))
    found = meetings(net, sorted(members), members, OPTIONS)
    pairs = [frozenset({key, match.key}) for key, match in found]
    assert len(pairs) == len(set(pairs)) > 3
    assert frozenset().union(*pairs) <= members
    assert max(sum(key in pair for pair in pairs) for key in members) <= EACH
    assert members_of(net.network, Chosen()) == []


def test_why_not_names_the_filter_the_place_in_the_list_or_that_nothing_is_known():
    net = cluster(actor("far", capabilities=()), tie("far", "h"), actor("bare", capabilities=()))

    def why(other: str):
        return explain(net, N, Key(ACTOR, other), options=OPTIONS, language="en")

    assert (why("far").state, why("far").sentence) == ("filtered", "H already works with FAR.")
    assert (why("t").state, why("t").rank > 0) == ("suggested", True)
    assert why("bare").state == "silent"


def test_a_tie_is_credited_to_the_owners_that_have_it():
    net = cluster(
        actor("first", "hospital"), actor("second", "hospital"), actor("third", "hospital"),
        Need(id="m", kind="clinical-need", owner_id="first", co_owner_ids=("second", "third"), title_sv="M", concepts=("c",)),
        actor("known"), *(tie("known", one) for one in ("second", "third")), tie("first", "third"),
        actor("w", "university"), actor("x", "university"), actor("v", "hospital"), actor("one"), actor("two"), actor("three"),
        tie("w", "second"), tie("w", "third"), tie("w", "one"), tie("x", "third"), tie("x", "two"), tie("w", "three"), tie("x", "three"),
        tie("v", "first"), tie("v", "three"), tie("three", "old"),
    )  # fmt: skip
    need = Key(NEED, "m")

    def told(other: str):
        return tell(net.network, need, net.judge(net.ask(need, ACTOR, OPTIONS), Key(ACTOR, other)), "en").reason

    known = explain(net, need, Key(ACTOR, "known"), options=OPTIONS, language="en")
    assert known.sentence == "SECOND and THIRD already work with KNOWN."
    assert "works with W, as SECOND and THIRD do" in told("one")
    assert "works with X, as THIRD does" in told("two")
    assert "as FIRST or SECOND or THIRD does" in told("three")


def test_an_owner_is_no_partner_that_its_co_owners_share():
    net = cluster(
        actor("first", "hospital"), actor("second", "hospital"), tie("first", "second"), tie("x", "second"),
        actor("x", "university"), actor("w", "university"), tie("x", "w"), tie("first", "w"),
        Need(id="m", kind="clinical-need", owner_id="first", co_owner_ids=("second",), title_sv="M", concepts=("c",)),
    )  # fmt: skip
    question = net.ask(Key(NEED, "m"), ACTOR, OPTIONS)
    assert set(question.features["walk"].shares(Key(ACTOR, "x"))) == {Key(ACTOR, "w")}


def test_who_falls_behind_is_told_the_term_and_both_figures():
    net = cluster(
        Concept(id="d", kind="technique", pref_sv="D"), actor("half", capabilities=("d",)), actor("both", capabilities=("c", "d")),
        Need(id="m", kind="clinical-need", owner_id="h", title_sv="M", concepts=("c", "d")),
    )  # fmt: skip
    found = explain(net, Key(NEED, "m"), Key(ACTOR, "half"), options=OPTIONS, language="en", limit=1)
    assert found.state == "behind"
    assert found.deficit is not None
    assert found.deficit.term == "concepts"
    assert found.sentence.startswith("HALF is behind: the last one suggested, BOTH, has more of shared concepts (")


def test_two_needs_or_two_offers_never_meet():
    assert not can_meet(N, Key(NEED, "m"))
    assert not can_meet(N, N)
    assert can_meet(N, Key(OFFER, "o"))


@pytest.mark.parametrize("key", [Key(ACTOR, "ki"), Key(NEED, "ki"), Key(OFFER, "a-call")])
def test_a_reference_names_one_record(key):
    assert key_of(reference_of(key)) == key


def test_the_evidence_that_would_help_most_comes_first():
    def lacking(name: str) -> list[Condition]:
        return [Condition("role", "met", Words("", "")), Condition(name, "unknown", Words(name, name))]

    found = lacks([lacking("quality"), lacking("users"), lacking("users"), [*lacking("users"), *lacking("quality")]])
    assert [(one.name, times) for one, times in found] == [("users", 2), ("quality", 1)]


def test_a_row_of_the_file_has_every_term_and_they_sum_to_the_score():
    net = cluster()
    row = row_of(card_of(net.network.nodes[N], "en"), tell(net.network, N, net.matches(N, ACTOR, OPTIONS, 1)[0], "en"), "en")
    assert (row["for_id"], row["suggestion_id"]) == ("need.n", "t")
    assert len(row) == len(headings("en"))
    for name in TERM_WORDS:
        assert row[f"term_{name}"] == pytest.approx((row[f"weight_{name}"] or 0.0) * row[f"value_{name}"])
    assert sum(float(value) for name, value in row.items() if name.startswith("term_")) == pytest.approx(float(row["score"]), abs=1e-9)


def test_a_suggestion_is_explained_line_by_line():
    net = cluster()
    lines = explained(tell(net.network, N, net.matches(N, ACTOR, OPTIONS, 1)[0], "en"), "en")
    assert lines[0].startswith("shared concepts: ")
    assert " x 1.000 = " in lines[0]


def test_an_unknown_record_asks_nothing():
    with pytest.raises(NotFound):
        cluster().matches(Key(NEED, "none"), ACTOR, OPTIONS, 1)


def test_who_states_no_concept_answers_a_need_by_its_description_and_less_than_who_states_it():
    described = actor("described", roles=("company",), capabilities=(), description_en="We make cell therapy products.")
    net = matcher(
        Concept(id="c", kind="technique", pref_sv="cellterapi", pref_en="cell therapy"), actor("h", "hospital", capabilities=()),
        Need(id="n", kind="clinical-need", owner_id="h", title_sv="N", concepts=("c",)), actor("stated"), described,
        Offer(id="o", kind="expertise", owner_id="h", title_sv="O", concepts=("c",)),
    )  # fmt: skip
    first, second = (tell(net.network, N, match, "en") for match in net.matches(N, ACTOR, OPTIONS, 5))
    assert (first.candidate.id, second.candidate.id) == ("stated", "described")
    assert first.reason == "STATED has cell therapy, which the need is about."
    assert second.reason.startswith("DESCRIBED works by its description on cell therapy, which the need is about")
    for label, reason in ((NEED, "the need is about"), (OFFER, "the offer is about")):
        (found,) = (
            tell(net.network, Key(ACTOR, "described"), one, "en") for one in net.matches(Key(ACTOR, "described"), label, OPTIONS, 5)
        )
        assert found.reason.startswith(f"You work by your description on cell therapy, which {reason}")


def test_who_only_offers_something_is_not_said_to_have_it():
    provider = actor("provider", "institute", capabilities=("d",))
    net = cluster(
        Concept(id="d", kind="technique", pref_en="D"), provider, Offer(id="p", kind="expertise", owner_id="provider", concepts=("c",))
    )
    reason = next(tell(net.network, N, one, "en").reason for one in net.matches(N, ACTOR, OPTIONS, 9) if one.key.id == "provider")
    assert reason == "PROVIDER has something on offer about C, which the need is about."
    (found,) = (tell(net.network, Key(ACTOR, "provider"), one, "sv") for one in net.matches(Key(ACTOR, "provider"), NEED, OPTIONS, 9))
    assert found.reason == "Ni har något att erbjuda om C, som behovet gäller."


def test_a_start_up_is_a_company_to_who_seeks_one():
    net = cluster(Need(id="m", kind="business", owner_id="h", title_sv="M", concepts=("c",), partner_roles=("company",)))
    found = {match.key.id: match for match in net.matches(Key(NEED, "m"), ACTOR, OPTIONS, 9)}
    assert set(found) == {"old", "young", "young-too"}
    assert {one.state for match in found.values() for one in match.conditions if one.name == "role"} == {"met"}


def test_a_group_has_the_funder_that_a_need_asks_for_though_its_owner_funds_too():
    alone = Need(id="k", kind="capital", owner_id="pays", title_sv="K", concepts=("c",))
    asks = Need(id="m", kind="capital", owner_id="pays", title_sv="M", concepts=("c",), partner_roles=("funder", "company"))
    net = cluster(actor("pays", "hospital", roles=("funder",)), alone, asks)
    assert "funder" not in {seat.role for seat in constellations(net, Key(NEED, "k"), OPTIONS, 1)[0].seats}
    assert "o" in {seat.match.key.id for seat in constellations(net, Key(NEED, "m"), OPTIONS, 1)[0].seats}


def test_what_steers_a_list_does_not_make_a_suggestion_stronger():
    net = cluster(
        actor("far", "testbed", county=("Uppsala",)), actor("here", "hospital", capabilities=(), county=("Stockholm",)),
        Need(id="m", kind="clinical-need", owner_id="here", title_sv="M", concepts=("c",), place=("Stockholm",)),
    )  # fmt: skip

    def bands(bridge: float) -> set[str]:
        steered = replace(OPTIONS, bridge=bridge)
        found = [match for match in net.matches(Key(NEED, "m"), ACTOR, steered, 9) if match.key.id == "far"]
        assert all((match.score > match.plain) == (bridge > 0) for match in found)
        return {tell(net.network, Key(NEED, "m"), match, "en").band for match in found}

    assert bands(0.0) == bands(0.9) != set()


def test_nobody_is_in_more_than_four_meetings_by_its_needs_either():
    more = [Need(id=f"n{number}", kind="clinical-need", owner_id="h", title_sv="N", concepts=("c",)) for number in range(5)]
    net = cluster(*more, *(actor(f"t{number}", "testbed") for number in range(5)))
    found = meetings(net, asking(net.network, net.network.nodes.keys() - {Key(CONCEPT, "c")}), frozenset(net.network.nodes), OPTIONS)
    held = Counter(actor for key, match in found for one in (key, match.key) for actor in actors_behind(net.network, one))
    assert max(held.values()) == EACH


def test_meetings_are_ordered_when_steering_deducts_more_than_all_that_speaks_for_them():
    net = cluster(tie("t", "f"), tie("old", "f"))
    members = frozenset(key for key in net.network.nodes if key.label != CONCEPT)
    found = meetings(net, asking(net.network, members), members, replace(OPTIONS, exposure=9.0))
    assert min(match.score for _, match in found) < 0
    by_kind = [
        [match.score for key, match in found if key.label == label and match.key.label == other]
        for label in (NEED, ACTOR, OFFER)
        for other in (ACTOR, OFFER)
    ]
    assert all(scores == sorted(scores, reverse=True) for scores in by_kind)


def test_meetings_are_sought_for_needs_actors_and_offers_in_turn():
    net = cluster()
    asked = asking(net.network, [key for key in net.network.nodes if key.label != CONCEPT])
    assert [key.id for key in asked[:4]] == ["n", "old", "o", "young"]


@pytest.mark.parametrize("theme", ["wide", "Vitt", "wide thing"])
def test_a_theme_has_alternative_names_and_what_is_narrower(theme):
    wide = Concept(id="wide", kind="technique", pref_sv="Vitt", pref_en="Wide", alt_en=("wide thing",))
    net = cluster(wide, Concept(id="c2", kind="technique", pref_en="C2", broader=("wide",)), actor("narrow", capabilities=("c2",)))
    assert members_of(net.network, Chosen(concept=theme)) == [Key(ACTOR, "narrow")]
