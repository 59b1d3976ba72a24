"""Conditions: what is asked and had, and that what nobody states is never a no."""

import pytest

from cluster_net.domain.graph import ACTOR, NEED, OFFER, Dump, Key
from cluster_net.domain.matching.fit import Condition, check, fit_of, only_lack
from cluster_net.domain.matching.sides import Demand, Stages, Supply, Told, actor_demand, demand_of, supply_of
from cluster_net.domain.network import Network, compile_network
from cluster_net.domain.nodes import to_node
from cluster_net.domain.records import AccessStatement, Actor, Collaboration, Concept, Need, Offer, Sourced
from cluster_net.domain.vocabulary import OFFER_KINDS, Words

TODAY = "2026-11-24"
SOURCE = Sourced(source_title="the page")


def network(*records) -> Network:
    ties = [record.link() for record in records if isinstance(record, Collaboration)]
    kept = [record for record in records if not isinstance(record, Collaboration)]
    links = sorted([*ties, *(link for record in kept for link in record.links())], key=lambda link: link.id)
    return compile_network(Dump(1, sorted((to_node(record) for record in kept), key=lambda node: node.key), links))


def supply(**held) -> Supply:
    return Supply(source=SOURCE, **held)


def facility(**held) -> Supply:
    return supply(is_infrastructure=True, roles=("testbed",), **held)


def states(demand: Demand, had: Supply) -> dict[str, str]:
    return {one.name: one.state for one in check(demand, had, TODAY)}


def told(*values: str, closed: bool = False) -> tuple[Told, ...]:
    return (Told(values, SOURCE, closed),)


def stages(low: int | None, high: int | None) -> tuple[Stages, ...]:
    return (Stages(low, high, SOURCE),)


def test_nothing_asked_is_no_condition():
    assert check(Demand(), facility(quality=told("GMP"), lead_days=((3, SOURCE),)), TODAY) == ()


def test_what_nobody_states_is_unknown_and_never_a_no():
    asked = Demand(
        roles=("testbed",), stage_from=4, quality=("GMP",), users=("industry",), access=("mail_in",), environment=("home",),
        deadline="2027-01-01", counties=("Uppsala",),
    )  # fmt: skip
    found = check(asked, facility(), TODAY)
    assert {one.name: one.state for one in found} == {
        "role": "met", "stage": "unknown", "quality": "unknown", "users": "unknown", "access": "unknown", "environment": "unknown",
        "time": "unknown", "place": "unknown",
    }  # fmt: skip
    assert all(one.held == Words("", "") and one.source is None for one in found if one.state == "unknown")


@pytest.mark.parametrize(
    ("asked", "had", "state"),
    [
        ((4, 6), (5, 9), "met"),
        ((4, 6), (6, 6), "met"),
        ((4, 4), (6, 9), "missed"),
        ((7, 9), (1, 6), "missed"),
        ((4, None), (None, 3), "missed"),
        ((4, 6), (None, 5), "met"),
        ((4, 4), (2, None), "unknown"),
        ((4, 4), (None, 8), "unknown"),
    ],
)
def test_levels_meet_when_they_overlap_and_an_open_bound_excludes_nothing(asked, had, state):
    demand = Demand(stage_from=asked[0], stage_to=asked[1])
    assert states(demand, facility(stages=stages(*had))) == {"stage": state}


def test_of_several_statements_on_levels_the_fitting_one_counts():
    assert states(Demand(stage_from=3), facility(stages=(*stages(6, 9), *stages(1, 4)))) == {"stage": "met"}


def test_a_quality_system_is_missed_only_where_a_source_says_that_it_is_not_there():
    gmp = Demand(quality=("GMP",))
    assert states(gmp, facility(quality=told("ISO 9001", "GMP"))) == {"quality": "met"}
    assert states(gmp, facility(quality=told("non-GMP"))) == {"quality": "missed"}
    assert states(gmp, facility(quality=(*told("non-GMP"), *told("GMP")))) == {"quality": "met"}
    assert states(gmp, facility(quality=told("ISO 9001"))) == {"quality": "unknown"}
    assert states(gmp, supply(roles=("funder",))) == {}


def test_a_list_of_users_leaves_out_only_when_it_is_a_statement_on_access():
    industry = Demand(users=("industry",))
    assert states(industry, facility(users=told("academia"))) == {"users": "unknown"}
    assert states(industry, facility(users=told("academia", closed=True))) == {"users": "missed"}
    assert states(industry, facility(users=(*told("academia", closed=True), *told("industry")))) == {"users": "met"}


def test_of_several_that_would_do_only_those_that_are_there_are_told():
    (found,) = check(Demand(users=("authorities", "healthcare")), facility(users=told("academia", "healthcare")), "2026-11-24")
    assert (found.state, found.told.en, found.asked.en) == ("met", "health care", "authorities, health care")


@pytest.mark.parametrize(
    ("least", "most", "currency", "state"),
    [
        (100, 500, "SEK", "met"), (None, 500, "SEK", "met"), (300, None, "SEK", "missed"), (None, 150, "SEK", "missed"),
        (100, 500, "EUR", "unknown"), (None, None, "", "unknown"),
    ],
)  # fmt: skip
def test_an_amount_lies_within_the_ticket_of_the_same_currency(least, most, currency, state):
    had = supply(offer_kind="call", amount_min=least, amount_max=most, currency=currency)
    assert states(Demand(amount=200, currency="SEK"), had)["amount"] == state


@pytest.mark.parametrize(("deadline", "state"), [("2027-01-24", "met"), ("2026-12-23", "missed"), ("2026-12", "met"), ("2026", "met")])
def test_the_longest_lead_time_that_is_stated_must_end_before_the_deadline(deadline, state):
    assert states(Demand(deadline=deadline), facility(lead_days=((30, SOURCE), (10, SOURCE)))) == {"time": state}


@pytest.mark.parametrize(
    ("deadline", "state"),
    [
        ("2027-02-30", "met"), ("2027-02-29", "met"), ("2026-11-31", "missed"), ("2026-11", "missed"), ("9999-12", "met"),
        ("0000-01-01", "missed"), ("0000", "missed"),
    ],
)  # fmt: skip
def test_a_day_that_no_calendar_has_counts_as_the_last_of_its_month(deadline, state):
    assert states(Demand(deadline=deadline), facility(lead_days=((30, SOURCE),))) == {"time": state}


def test_an_offer_that_opens_after_the_deadline_is_too_late():
    assert states(Demand(deadline="2027-01-01"), supply(offer_kind="call", opens="2027-02-01"))["time"] == "missed"
    assert states(Demand(deadline="2027-03-01"), supply(offer_kind="call", opens="2027-02-01"))["time"] == "met"
    assert states(Demand(deadline="2027-02"), supply(offer_kind="call", opens="2027-02-15"))["time"] == "met"
    assert states(Demand(deadline="2027"), supply(offer_kind="call", opens="2027-02-15"))["time"] == "met"


def test_an_offer_says_itself_whom_it_is_for_and_its_kind_answers_a_kind_of_need():
    demand = Demand(kind="capital", own_roles=("company",))
    assert states(demand, supply(offer_kind="call", for_roles=("company", "university"))) == {"for_whom": "met", "kind": "met"}
    assert states(demand, supply(offer_kind="site", for_roles=("hospital",))) == {"for_whom": "missed", "kind": "missed"}


def test_an_offer_for_some_alone_leaves_it_unknown_whether_one_is_among_them():
    demand, few = Demand(kind="capital", own_roles=("company",)), Words("högst 250 anställda", "at most 250 employees")
    (found,) = (one for one in check(demand, supply(for_roles=("company",), for_note=few), "2026-11-24") if one.name == "for_whom")
    assert (found.state, found.asked, found.held) == ("unknown", few, Words("", ""))
    assert states(demand, supply(for_roles=("hospital",), for_note=few))["for_whom"] == "missed"


@pytest.mark.parametrize(("kind", "state"), [("call", "met"), ("site", "missed")])
def test_of_the_kind_of_an_offer_the_kind_that_is_there_is_told(kind: str, state: str) -> None:
    (found,) = (one for one in check(Demand(kind="research"), supply(offer_kind=kind), TODAY) if one.name == "kind")
    assert (found.state, found.told) == (state, OFFER_KINDS[kind])


def test_no_place_is_asked_of_a_funder_that_is_in_no_county():
    asked = Demand(counties=("Uppsala",))
    assert "place" not in states(asked, supply(roles=("funder",)))
    assert states(asked, supply(roles=("funder",), counties=("Stockholm",)))["place"] == "missed"
    assert states(asked, supply(roles=("company",)))["place"] == "unknown"


def test_place_is_a_wish_and_asked_of_no_money():
    asked = Demand(counties=("Uppsala",))
    (place,) = check(asked, facility(counties=("Stockholm",)), TODAY)
    assert (place.state, place.must) == ("missed", False)
    assert check(asked, supply(offer_kind="call", counties=("Stockholm",)), TODAY)[1:] == ()
    assert states(asked, supply(offer_kind="call", counties=("Stockholm",))) == {}


def condition(state: str, *, must: bool = True) -> Condition:
    return Condition("role", state, Words("", ""), must=must)


def test_the_fit_is_the_mean_of_the_states_and_a_wish_counts_half():
    assert fit_of([]) == 0.0
    assert fit_of([condition("met"), condition("unknown")]) == 0.75
    assert fit_of([condition("met"), condition("missed", must=False)]) == pytest.approx(1 / 1.5)


def test_the_only_lack_is_the_one_must_that_is_not_met():
    lacking = condition("unknown")
    assert only_lack([condition("met"), lacking, condition("missed", must=False)]) is lacking
    assert only_lack([lacking, condition("missed")]) is None
    assert only_lack([condition("met")]) is None
    assert only_lack([condition("met"), condition("missed")]) is None, "no evidence helps where a source says no"


# Read out of the records


def test_a_need_asks_with_its_fields_its_words_and_its_concepts_and_by_who_owns_it():
    need = Need(
        id="n", kind="test-request", owner_id="a", title_en="GMP, ISO 13485", concepts=("glp",), partner_roles=("testbed",),
        wished_roles=("company",), stage_from=4, stage_to=6, deadline="2027-09-30", place=("Uppsala", "other"),
    )  # fmt: skip
    net = network(Actor(id="a", kind="company"), Concept(id="glp", kind="technique", pref_en="GLP study"), need)
    assert demand_of(net, net.nodes[Key(NEED, "n")]) == Demand(
        kind="test-request", roles=("testbed",), wished_roles=("company",), own_roles=("company", "need-owner"), users=("industry",),
        stage_from=4, stage_to=6, quality=("GMP", "ISO 13485", "GLP"), deadline="2027-09-30", counties=("Uppsala",),
    )  # fmt: skip


def test_the_step_before_gmp_is_no_gmp():
    need = Need(id="n", kind="technology", owner_id="a", title_en="Pre-GMP and non-GMP work")
    net = network(Actor(id="a", kind="company"), need)
    assert demand_of(net, net.nodes[Key(NEED, "n")]).quality == ()


def test_an_infrastructure_has_what_its_row_and_every_statement_say_each_with_its_source():
    row = Actor(id="i", kind="testbed", source_title="row", user_groups=("academia",), quality=("GLP",), county=("Uppsala",))
    said = AccessStatement(actor_id="i", source_title="page", user_groups=("industry",), quality=("GMP",), trl_in=6, lead_days=42)
    had = supply_of(network(row, said), Key(ACTOR, "i"))
    assert [(one.values, one.source.source_title, one.closed) for one in had.users] == [
        (("academia",), "row", False), (("industry",), "page", True)
    ]  # fmt: skip
    assert [one.values for one in had.quality] == [("GLP",), ("GMP",)]
    assert [(days, source.source_title) for days, source in had.lead_days] == [(42, "page")]
    assert (had.stages[0].low, had.stages[0].high, had.counties) == (6, None, ("Uppsala",))


def test_a_capability_tells_a_quality_system_and_prose_does_not():
    concept = Concept(id="g", kind="capability", pref_sv="GMP-tillverkning")
    net = network(
        concept, Actor(id="i", kind="unit", capabilities=("g",)), Actor(id="j", kind="unit", description_en="The step before GMP.")
    )
    assert [one.values for one in supply_of(net, Key(ACTOR, "i")).quality] == [("GMP",)]
    assert supply_of(net, Key(ACTOR, "j")).quality == ()


def test_who_has_a_need_for_a_quality_system_has_it_by_no_capability():
    making = Concept(id="g", kind="capability", pref_sv="GMP-tillverkning")
    need = Need(id="n", kind="technology", owner_id="i", title_en="Rooms under GMP")
    net = network(making, need, Actor(id="i", kind="company", capabilities=("g",)), Actor(id="j", kind="company", capabilities=("g",)))
    assert supply_of(net, Key(ACTOR, "i")).quality == ()
    assert [one.values for one in supply_of(net, Key(ACTOR, "j")).quality] == [("GMP",)]


def test_an_offer_has_its_own_terms_and_the_place_of_its_provider():
    offer = Offer(id="o", kind="call", owner_id="f", for_roles=("company",), amount_min=5, amount_max=9, currency="EUR", trl_out=7)
    had = supply_of(network(Actor(id="f", kind="funder", county=("Stockholm",)), offer), Key(OFFER, "o"))
    assert (had.offer_kind, had.for_roles, had.amount_min, had.amount_max, had.currency) == ("call", ("company",), 5, 9, "EUR")
    assert (had.stages[0].low, had.stages[0].high, had.counties) == (None, 7, ("Stockholm",))


def test_an_agency_belongs_to_the_authorities_and_a_hospital_to_health_care():
    net = network(Actor(id="a", kind="agency"), Actor(id="h", kind="hospital"))
    assert actor_demand(net, "a").users == ("authorities",)
    assert actor_demand(net, "h").users == ("healthcare",)
