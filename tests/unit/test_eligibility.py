"""Hard filters: who is never suggested, and which filter says so first."""

import pytest

from cluster_net.domain.graph import ACTOR, NEED, OFFER, Dump, Key
from cluster_net.domain.matching.eligibility import (
    FILTERS,
    Deficit,
    Obstacle,
    Rules,
    asker_of,
    largest_deficit,
    meet,
    partners_of,
    side_of,
)
from cluster_net.domain.network import Network, compile_network
from cluster_net.domain.nodes import to_node
from cluster_net.domain.records import Actor, Collaboration, Need, Offer
from cluster_net.domain.roles import COMPATIBLE
from cluster_net.domain.suggestions import Term
from cluster_net.domain.vocabulary import ROLES

RULES = Rules("2026-11-24")
A, B, N, M, OFFERED = Key(ACTOR, "a"), Key(ACTOR, "b"), Key(NEED, "n"), Key(NEED, "m"), Key(OFFER, "o")


def network(*records) -> Network:
    ties = [record.link() for record in records if isinstance(record, Collaboration)]
    kept = [record for record in records if not isinstance(record, Collaboration)]
    links = sorted([*ties, *(link for record in kept for link in record.links())], key=lambda link: link.id)
    return compile_network(Dump(1, sorted((to_node(record) for record in kept), key=lambda node: node.key), links))


def tie(start: str, end: str, type_: str = "COLLABORATES_WITH", **more) -> Collaboration:
    return Collaboration(from_id=start, type=type_, to_id=end, source_url="https://example.org", confidence=0.9, **more)


def pair(*more, kinds=("company", "testbed"), **b) -> Network:
    return network(Actor(id="a", kind=kinds[0]), Actor(id="b", kind=kinds[1], **b), *more)


def obstacle(net: Network, key: Key = A, other: Key = B, rules: Rules = RULES) -> Obstacle | None:
    return asker_of(net, key, rules).obstacle(other)


def meets(net: Network, one: Key, other: Key) -> bool:
    return meet(side_of(net, one), side_of(net, other))


def test_two_strangers_whose_roles_fit_have_no_obstacle():
    assert obstacle(pair()) is None


def test_nobody_is_suggested_to_itself_nor_for_its_own_need():
    net = pair(Need(id="n", kind="skills", owner_id="b", co_owner_ids=("a",)), Offer(id="o", kind="site", owner_id="a"))
    assert obstacle(net, A, A) == Obstacle("same", ("a",))
    assert obstacle(net, N, A) == Obstacle("same", ("a",))
    assert obstacle(net, N, OFFERED) == Obstacle("same", ("a",))


def test_what_is_part_of_one_is_one_s_own_house_in_both_directions():
    net = pair(tie("b", "a", "PART_OF"))
    assert obstacle(net) == obstacle(net, B, A) == Obstacle("house", ("a",))


def test_what_an_owner_of_a_joint_need_runs_itself_is_of_the_house_and_what_is_further_down_is_news_to_the_other():
    house = Actor(id="house", kind="region"), Actor(id="other", kind="region"), tie("b", "house", "PART_OF")
    joint = pair(*house, Need(id="n", kind="skills", owner_id="house", co_owner_ids=("other",)))
    assert obstacle(joint, N, B) == obstacle(joint, B, N) == Obstacle("house", ("house",))
    offered = pair(*house, Need(id="n", kind="skills", owner_id="other", co_owner_ids=("house",)), Offer(id="o", kind="site", owner_id="b"))
    assert obstacle(offered, N, OFFERED) == obstacle(offered, OFFERED, N) == Obstacle("house", ("house",))
    through = pair(*house, tie("a", "b", "PART_OF"), Need(id="n", kind="skills", owner_id="house", co_owner_ids=("other",)))
    assert obstacle(through, N, A) is obstacle(through, A, N) is None
    alone = pair(*house, tie("a", "b", "PART_OF"), Need(id="n", kind="skills", owner_id="house"))
    assert obstacle(alone, N, A) == obstacle(alone, A, N) == Obstacle("house", ("house",))


def test_roles_that_do_not_fit_are_the_first_that_is_told_of_strangers():
    assert obstacle(pair(kinds=("testbed", "testbed"), status="inactive")) == Obstacle("role", ("testbed",))


@pytest.mark.parametrize(("end", "known"), [(None, True), (2026, True), (2021, True), (2020, False)])
def test_a_partnership_counts_until_some_years_after_its_end(end, known):
    net = pair(tie("a", "b", start_year=2015, end_year=end))
    assert partners_of(net, "a", RULES) == (["b"] if known else [])
    assert obstacle(net) == (Obstacle("partner", ("b",), ("a",)) if known else None)


def test_the_window_of_partnerships_can_be_set():
    net = pair(tie("a", "b", start_year=2015, end_year=2020))
    assert obstacle(net, rules=Rules("2026-11-24", partner_years=6)) == Obstacle("partner", ("b",), ("a",))


def test_an_offer_by_a_partner_is_news_and_a_partner_for_a_need_is_not():
    net = pair(tie("a", "b"), Need(id="n", kind="skills", owner_id="a"), Offer(id="o", kind="expertise", owner_id="b"))
    assert obstacle(net, N, B) == Obstacle("partner", ("b",), ("a",))
    assert obstacle(net, N, OFFERED) is None


def test_what_may_not_be_seen_is_not_suggested_and_hides_what_belongs_to_it():
    net = pair(Offer(id="o", kind="site", owner_id="b"))
    rules = Rules("2026-11-24", hidden=frozenset({B}))
    assert obstacle(net, A, B, rules) == obstacle(net, A, OFFERED, rules) == Obstacle("hidden")


@pytest.mark.parametrize("turned_down", [(A, B), (B, A)])
def test_a_pair_that_was_turned_down_does_not_come_back_either_way_round(turned_down):
    rules = Rules("2026-11-24", dismissed=frozenset({turned_down}))
    assert obstacle(pair(), rules=rules) == Obstacle("dismissed")


@pytest.mark.parametrize(("deadline", "over"), [("2026-11-23", True), ("2026-11-24", False), ("2026", False), ("2025", True)])
def test_what_is_past_its_deadline_meets_nobody(deadline, over):
    net = pair(Need(id="n", kind="skills", owner_id="a", deadline=deadline))
    assert obstacle(net, N, B) == obstacle(net, B, N) == (Obstacle("expired", (deadline,)) if over else None)


def test_who_is_no_longer_active_comes_last_of_all():
    assert obstacle(pair(status="inactive")) == Obstacle("inactive", ("b",))
    assert FILTERS[-1] == "inactive"


def test_a_need_says_itself_whom_it_seeks_or_wishes():
    def seeking(**roles) -> bool:
        return meets(pair(Need(id="n", kind="skills", owner_id="a", **roles)), N, B)

    assert seeking(partner_roles=("testbed",))
    assert seeking(partner_roles=("funder",), wished_roles=("testbed",))
    assert not seeking(partner_roles=("funder",))
    assert seeking()


def test_an_offer_meets_those_it_is_for_and_answers_a_need_in_the_role_of_its_kind():
    def is_met(kind: str, *roles: str) -> bool:
        need = Need(id="n", kind="capital", owner_id="a", partner_roles=("funder",))
        net = pair(need, Offer(id="o", kind=kind, owner_id="b", for_roles=roles), kinds=("company", "university"))
        return meets(net, N, OFFERED) and meets(net, A, OFFERED) and meets(net, OFFERED, A)

    assert is_met("call", "company")
    assert is_met("funding-instrument")
    assert not is_met("call", "hospital")
    assert not is_met("test-service", "company")


def test_two_needs_never_meet():
    net = pair(Need(id="n", kind="skills", owner_id="a"), Need(id="m", kind="skills", owner_id="b"))
    assert not meets(net, N, M)


def test_who_owns_a_need_is_a_need_owner_in_it_and_who_offers_money_a_funder():
    net = pair(Need(id="n", kind="skills", owner_id="a"), Offer(id="o", kind="call", owner_id="b"), kinds=("university", "university"))
    assert "need-owner" in side_of(net, N).roles
    assert "funder" in side_of(net, OFFERED).roles


def test_the_matrix_of_roles_is_whole_and_the_same_from_both_sides():
    assert set(COMPATIBLE) == set(ROLES)
    assert all(role in COMPATIBLE[other] for role, others in COMPATIBLE.items() for other in others)


def term(name: str, contribution: float) -> Term:
    return Term(name, 1.0, contribution, contribution, (), 0)


def test_the_largest_deficit_is_the_term_that_falls_furthest_behind():
    last = [term("text", 0.3), term("place", 0.1)]
    assert largest_deficit([term("text", 0.25), term("partners", 0.9)], last) == Deficit("place", 0.0, 0.1)
    assert largest_deficit([term("text", 0.3), term("place", 0.2)], last) is None


def test_who_is_closed_down_is_neither_suggested_nor_suggested_to():
    net = network(Actor(id="a", kind="company", status="inactive"), Actor(id="b", kind="testbed"))
    assert obstacle(net, A, B) == obstacle(net, B, A) == Obstacle("inactive", ("a",))


def test_leaving_the_roles_out_leaves_every_later_filter():
    net = pair(kinds=("testbed", "testbed"), status="inactive")
    assert asker_of(net, A, RULES).obstacle(B, any_role=True) == Obstacle("inactive", ("b",))


def test_a_deduction_that_only_the_other_has_is_a_deficit():
    own, last = [term("walk", 0.3), term("exposure", -0.4)], [term("walk", 0.2)]
    assert largest_deficit(own, last) == Deficit("exposure", -0.4, 0.0)
