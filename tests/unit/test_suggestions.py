"""First suggestions: who is suggested, how the score adds up, and what the reason says."""

import math
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cluster_net.domain.coverage import covered_part, needed_shares, worth_of
from cluster_net.domain.errors import Invalid, NotFound
from cluster_net.domain.evidence import (
    PARTLY,
    RELATED,
    answered_shares,
    concept_shares,
    concepts_had,
    is_open,
    narrower_of,
    rarity,
    wholes_of,
)
from cluster_net.domain.graph import ACTOR, CONCEPT, NEED, OFFER, Dump, Key, Link, Node
from cluster_net.domain.matching.blend import Weights
from cluster_net.domain.matching.calibration import Step
from cluster_net.domain.matching.eligibility import Rules, asker_of, meet, side_of
from cluster_net.domain.matching.matcher import Matcher
from cluster_net.domain.matching.questions import Options
from cluster_net.domain.matching.telling import clear_score
from cluster_net.domain.network import Network, compile_network
from cluster_net.domain.nodes import to_node
from cluster_net.domain.records import Actor, Collaboration, Concept, Need, Offer
from cluster_net.domain.suggestions import BANDS, Suggestion, band_of
from cluster_net.domain.vocabulary import ACTOR_KINDS, COLLABORATION_TYPES
from cluster_net.services.snapshots import own_weights
from cluster_net.services.steering import Steering, plain
from cluster_net.services.suggesting import suggest, suggestion_json

TODAY = date(2026, 11, 24)


def network(*records) -> Network:
    nodes, links = [], {}
    for record in records:
        if isinstance(record, Collaboration):
            links[record.id] = record.link()
        else:
            nodes.append(to_node(record))
            links |= {link.id: link for link in record.links()}
    return compile_network(Dump(1, sorted(nodes, key=lambda one: one.key), [links[id_] for id_ in sorted(links)]))


def actor(id_: str, kind: str = "company", **more) -> Actor:
    return Actor(id=id_, kind=kind, name_sv=id_.upper(), name_en=id_.upper(), **more)


def tie(start: str, end: str, type_: str = "COLLABORATES_WITH", confidence: float = 0.9) -> Collaboration:
    return Collaboration(from_id=start, type=type_, to_id=end, source_url="https://example.org", confidence=confidence)


def concept(id_: str, *broader: str) -> Concept:
    return Concept(id=id_, kind="technique", pref_sv=id_.title(), pref_en=id_.title(), broader=broader)


def ids(found: list[Suggestion]) -> list[str]:
    return [one.candidate.id for one in found]


WEIGHTS = own_weights()
RULES = Rules(TODAY.isoformat())


def suggested(net: Network | Matcher, slug: str, **more) -> list[Suggestion]:
    return suggest(net if isinstance(net, Matcher) else Matcher(net, WEIGHTS), Key(ACTOR, slug), plain(TODAY), **more)


def suggest_for_need(net: Network | Matcher, slug: str, **more) -> list[Suggestion]:
    return suggest(net if isinstance(net, Matcher) else Matcher(net, WEIGHTS), Key(NEED, slug), plain(TODAY), **more)


# Who is suggested


def test_a_partner_of_a_partner_is_suggested_with_the_partners_name():
    found = suggested(network(actor("a"), actor("w", "university"), actor("b", "testbed"), tie("a", "w"), tie("b", "w")), "a")
    assert ids(found) == ["b"]
    assert found[0].reason == "Ni samverkar båda med W."
    (term,) = (term for term in found[0].terms if term.facts)
    assert [(fact.type, fact.id, fact.name) for fact in term.facts] == [("actor", "w", "W")]


def test_existing_partners_whatever_the_direction_and_oneself_are_never_suggested():
    net = network(
        actor("a"), actor("b", "testbed"), actor("c", "testbed"), actor("w", "university"),
        *(tie(*pair) for pair in (("a", "w"), ("b", "w"), ("c", "w"), ("b", "a"), ("a", "c"))),
    )  # fmt: skip
    assert suggested(net, "a") == []


def test_the_units_of_ones_own_house_are_no_new_partners():
    net = network(
        actor("u", "university"), actor("i", "infrastructure"), actor("p", "platform", part_of=("i",)),
        actor("q", "unit", part_of=("p",)), actor("c"), tie("u", "i", "OPERATES"), tie("c", "i"), tie("c", "q"),
    )  # fmt: skip
    assert wholes_of(net, "q") == {"q", "p", "i", "u"}
    assert "p" not in ids(suggested(net, "u"))
    assert "q" not in ids(suggested(net, "u"))
    assert "u" not in ids(suggested(net, "q"))


def test_roles_that_do_not_fit_are_left_out():
    net = network(actor("a", "testbed"), actor("b", "testbed"), actor("c", "company"), actor("w", "university"),
                  tie("a", "w"), tie("b", "w"), tie("c", "w"))  # fmt: skip
    assert ids(suggested(net, "a")) == ["c"]


def test_a_closed_body_is_not_suggested():
    net = network(actor("a"), actor("b", "testbed", status="inactive"), actor("w", "university"), tie("a", "w"), tie("b", "w"))
    assert suggested(net, "a") == []


def test_an_actor_without_ties_or_concepts_gets_none_and_an_unknown_one_is_not_found():
    net = network(actor("a", county=("Uppsala",)), actor("b", "testbed", county=("Uppsala",)))
    assert suggested(net, "a") == []
    with pytest.raises(NotFound):
        suggested(net, "none")


@pytest.mark.parametrize("limit", [0, 101])
def test_a_limit_out_of_bounds_is_refused(limit):
    with pytest.raises(Invalid):
        suggested(network(actor("a")), "a", limit=limit)


def test_ties_are_decided_by_id_and_the_limit_keeps_the_best():
    others = [actor(f"b{number}", "testbed") for number in range(5)]
    net = network(actor("a"), actor("w", "university"), *others, tie("a", "w"), *(tie(one.id, "w") for one in others))
    assert ids(suggested(net, "a")) == ["b0", "b1", "b2", "b3", "b4"]
    assert ids(suggested(net, "a", limit=2)) == ["b0", "b1"]


def test_a_surer_tie_makes_a_stronger_bridge():
    net = network(actor("a"), actor("w", "university"), actor("b", "testbed"), actor("c", "testbed"),
                  tie("a", "w"), tie("b", "w", confidence=0.5), tie("c", "w", confidence=1.0))  # fmt: skip
    assert ids(suggested(net, "a")) == ["c", "b"]


def test_an_inferred_tie_is_no_bridge():
    net = network(actor("a"), actor("w", "university"), actor("b", "testbed"), tie("a", "w"), tie("b", "w", confidence=0.3))
    assert ids(suggested(net, "a")) == []


def test_a_fictional_candidate_says_so():
    net = network(actor("a"), actor("b", "testbed", fictional=True), actor("w", "university"), tie("a", "w"), tie("b", "w"))
    assert suggested(net, "a")[0].candidate.fictional is True
    assert suggestion_json(suggested(net, "a")[0], "sv")["actor"] == {"slug": "b", "name": "B", "kind": "testbed", "fictional": True}


# Concepts


def test_a_shared_rare_concept_is_worth_more_than_a_common_one():
    common = [actor(f"x{number}", "hospital", capabilities=("common",)) for number in range(8)]
    net = network(
        concept("rare"), concept("common"), actor("a", capabilities=("rare", "common")), actor("b", "testbed", capabilities=("common",)),
        actor("c", "testbed", capabilities=("rare",)), *common,
    )  # fmt: skip
    assert rarity(net, "rare") > rarity(net, "common")
    assert ids(suggested(net, "a"))[0] == "c"


def test_a_concept_and_the_one_right_above_it_count_less_and_are_named_by_the_wider():
    net = network(
        concept("wide"), concept("narrow", "wide"), actor("a", capabilities=("narrow",)),
        actor("b", "testbed", capabilities=("wide",)), actor("c", "testbed", capabilities=("narrow",)),
    )  # fmt: skip
    shares = concept_shares(net, ["narrow"], lambda key: (key.id,), {"wide": ["narrow"]})
    assert shares["b"] == {"wide": RELATED * rarity(net, "narrow")}
    assert shares["c"] == {"narrow": rarity(net, "narrow")}
    found = suggested(net, "a")
    assert ids(found) == ["c", "b"]
    assert found[1].reason == "Båda arbetar med Wide."


# What one seeks and the other has


def need(id_: str, owner: str, **more) -> Need:
    return Need(id=id_, kind="test-request", owner_id=owner, title_sv=f"Behov {id_}", title_en=f"Need {id_}", **more)


def offer(id_: str, owner: str, kind: str = "test-service", **more) -> Offer:
    return Offer(id=id_, kind=kind, owner_id=owner, title_sv=f"Erbjudande {id_}", title_en=f"Offer {id_}", **more)


def test_who_has_what_one_seeks_is_suggested_and_the_other_way_round():
    net = network(concept("c"), actor("a"), actor("b", "testbed", capabilities=("c",)), need("n", "a", concepts=("c",)))
    assert suggested(net, "a")[0].reason == "De har det ni söker i ”Behov n”."
    assert suggested(net, "b", language="en")[0].reason == "You have what they seek in “Need n”."


def test_an_open_offer_counts_as_something_one_has_and_a_closed_one_does_not():
    for deadline, expected in (("", ["b"]), ("2026-11-24", ["b"]), ("2026", ["b"]), ("2026-11-23", []), ("2025", [])):
        served = offer("o", "b", concepts=("c",), deadline=deadline)
        net = network(concept("c"), actor("a"), actor("b", "testbed"), need("n", "a", concepts=("c",)), served)
        assert ids(suggested(net, "a")) == expected, deadline


def test_a_need_past_its_deadline_speaks_for_nobody():
    past = need("n", "a", concepts=("c",), deadline="2026-10-01")
    net = network(concept("c"), actor("a"), actor("b", "testbed", capabilities=("c",)), past)
    assert suggested(net, "a") == suggested(net, "b") == []
    assert suggest_for_need(net, "n") == []


def test_a_need_that_asks_for_other_roles_does_not_speak_for_an_actor():
    asked = need("n", "a", concepts=("c",), partner_roles=("funder",))
    net = network(concept("c"), actor("a"), actor("b", "testbed", capabilities=("c",)), asked)
    assert suggested(net, "a") == suggested(net, "b") == []


def test_co_owners_of_a_need_are_met_too():
    shared = need("n", "a", co_owner_ids=("d",), concepts=("c",))
    net = network(concept("c"), actor("a"), actor("d"), actor("b", "testbed", capabilities=("c",)), shared)
    assert ids(suggested(net, "b")) == ["a", "d"]
    assert ids(suggested(net, "d")) == ["b"]


def test_an_offer_deadline_of_a_year_or_month_lasts_to_its_end():
    held = Node(Key(OFFER, "o"), "call", {"deadline": "2026-11"})
    assert is_open(held, "2026-11-30")
    assert not is_open(held, "2026-12-01")


# Needs


def test_a_need_gets_actors_in_the_roles_it_asks_for_and_offers_that_are_for_its_owner():
    net = network(
        concept("c"), actor("a"), actor("b", "testbed", capabilities=("c",)), actor("h", "hospital", capabilities=("c",)),
        need("n", "a", concepts=("c",), partner_roles=("testbed",)),
        offer("o", "h", concepts=("c",), for_roles=("company",)), offer("p", "h", concepts=("c",), for_roles=("university",)),
    )  # fmt: skip
    found = suggest_for_need(net, "n", language="en")
    assert sorted((one.candidate.type, one.candidate.id) for one in found) == [("actor", "b"), ("offer", "o")]
    by_id = {one.candidate.id: one for one in found}
    assert by_id["b"].reason == "B has C, which the need is about."
    assert by_id["o"].reason == "The offer is about C, as the need is; conditions met: its kind (test service) answers the need."
    assert (by_id["o"].candidate.owner, by_id["o"].candidate.owner_name) == ("h", "H")


def test_owners_co_owners_their_partners_and_their_own_offers_are_never_suggested_for_a_need():
    net = network(
        concept("c"), *(actor(id_, "testbed", capabilities=("c",)) for id_ in ("a", "d", "p", "q")), tie("p", "a"), tie("d", "q"),
        need("n", "a", co_owner_ids=("d",), concepts=("c",)), offer("o", "d", concepts=("c",)), offer("s", "a", concepts=("c",)),
    )  # fmt: skip
    assert suggest_for_need(net, "n") == []


def test_offers_past_their_deadline_are_left_out():
    calls = [offer(id_, "f", "call", concepts=("c",), deadline=day) for id_, day in (("past", "2026-11-23"), ("open", "2026-11-24"))]
    net = network(concept("c"), actor("a"), actor("f", "funder"), need("n", "a", concepts=("c",)), *calls)
    assert [one.candidate.id for one in suggest_for_need(net, "n") if one.candidate.type == "offer"] == ["open"]


def test_a_need_for_capital_is_shown_funding_without_a_shared_concept():
    capital = Need(id="n", kind="capital", owner_id="a", title_sv="Kapital", partner_roles=("funder",), stage_from=4, stage_to=5)
    funding = offer("o", "f", "funding-instrument", for_roles=("company",), trl_in=5, trl_out=7)
    net = network(actor("a"), actor("f", "funder"), capital, funding, offer("s", "f"))
    found = suggest_for_need(net, "n")
    assert ids(found) == ["o"]
    assert {one.name: one.state for one in found[0].conditions} == {"role": "met", "for_whom": "met", "kind": "met", "stage": "met"}
    assert found[0].reason == "Uppfyllda villkor: slaget (finansieringsform) svarar mot behovet och TRL 5–7."


def test_a_need_shows_actors_and_offers_even_when_one_kind_scores_higher():
    offers = [offer(f"o{number}", "f", concepts=("c", "d")) for number in range(20)]
    actors = [actor(f"b{number}", "testbed", capabilities=("c",)) for number in range(20)]
    net = network(concept("c"), concept("d"), actor("a"), actor("f", "funder"), need("n", "a", concepts=("c", "d")), *offers, *actors)
    kinds = [one.candidate.type for one in suggest_for_need(net, "n", limit=9)]
    assert (len(kinds), kinds.count("actor") >= 1, kinds.count("offer") >= 1) == (9, True, True)


def test_a_need_that_is_not_there_is_not_found():
    with pytest.raises(NotFound):
        suggest_for_need(network(actor("a")), "n")


# Broader and narrower


def directed() -> Network:
    words = concept("wide"), concept("narrow", "wide"), concept("deep", "narrow")
    holders = (actor(id_, "testbed", capabilities=(id_,)) for id_ in ("wide", "narrow", "deep"))
    return network(*words, actor("a"), *holders, *(need(f"n-{one.id}", "a", concepts=(one.id,)) for one in words))


@pytest.mark.parametrize(
    ("asked", "parts"),
    [
        ("wide", {"wide": 1.0, "narrow": 1.0, "deep": 1.0}),
        ("narrow", {"wide": PARTLY, "narrow": 1.0, "deep": 1.0}),
        ("deep", {"narrow": PARTLY, "deep": 1.0}),
    ],
)
def test_who_has_the_narrower_meets_a_need_for_the_broader_whole_and_the_other_way_round_in_part(asked, parts):
    net = directed()
    found = {one.candidate.id: {term.name: term.value for term in one.terms} for one in suggest_for_need(net, f"n-{asked}")}
    assert {id_: values["concepts"] for id_, values in found.items() if values.get("concepts")} == pytest.approx(parts)


@pytest.mark.parametrize(("holds", "reason"), [
    ("deep", "HOLDER has Deep (part of Wide), which the need is about."),
    ("wide", "HOLDER has Wide, which the need is about."),
])  # fmt: skip
def test_who_answers_a_need_is_said_to_have_what_it_has_and_how_that_is_related_to_what_is_asked(holds, reason):
    words = concept("wide"), concept("narrow", "wide"), concept("deep", "narrow")
    net = network(*words, actor("a"), actor("holder", "testbed", capabilities=(holds,)), need("n", "a", concepts=("wide",)))
    assert suggest_for_need(net, "n", language="en")[0].reason == reason


def test_an_offer_about_a_part_of_what_is_asked_is_told_as_an_offer_about_that_part_and_a_wider_one_as_wider():
    words = concept("wide"), concept("narrow", "wide"), concept("other")
    net = network(*words, actor("a"), actor("b", "testbed", capabilities=("other",)), offer("o", "b", concepts=("narrow",)),
                  need("n", "a", concepts=("wide",)), actor("c", "testbed", capabilities=("wide",)),
                  need("m", "a", concepts=("narrow",)))  # fmt: skip
    found = {one.candidate.id: one.reason for one in suggest_for_need(net, "n", language="en")}
    assert found["b"] == "B has something on offer about Narrow (part of Wide), which the need is about."
    assert found["o"].startswith("The offer is about Narrow (part of Wide), as the need is")
    assert {one.candidate.id: one.reason for one in suggest_for_need(net, "m")}["c"] == "C har Wide (vidare än Narrow), som behovet gäller."


def test_what_is_read_of_who_works_on_an_offers_field_is_the_concept_that_stands_in_its_description():
    net = network(concept("wide"), concept("narrow", "wide"), actor("a", "testbed"), offer("o", "a", concepts=("wide",)),
                  actor("b", description_en="Works on narrow things."))  # fmt: skip
    (found,) = suggest(Matcher(net, WEIGHTS), Key(OFFER, "o"), plain(TODAY), language="en")
    assert found.reason == "B works by its description on Narrow (part of Wide), which the offer is about."


def test_units_are_said_to_have_what_they_have():
    net = network(concept("wide"), concept("narrow", "wide"), actor("u", "university"), actor("p", "unit", part_of=("u",),
                  capabilities=("narrow",)), actor("a"), need("n", "a", concepts=("wide",)))  # fmt: skip
    reasons = {one.candidate.id: one.reason for one in suggest_for_need(net, "n", language="en")}
    assert reasons["u"] == "Its units have Narrow (part of Wide), which the need is about."


# Place


def test_a_need_without_a_place_is_for_the_whole_country_wherever_its_owner_is():
    here = {"county": ("Uppsala",), "capabilities": ("c",)}
    net = network(
        concept("c"), actor("a", county=("Uppsala",)), actor("b", "testbed", **here), offer("o", "b", concepts=("c",)),
        need("everywhere", "a", concepts=("c",)), need("here", "a", concepts=("c",), place=("Uppsala",)),
    )  # fmt: skip
    for asks, reasons in ((Key(ACTOR, "b"), NEED), (Key(OFFER, "o"), NEED)):
        matcher = Matcher(net, WEIGHTS)
        question = matcher.ask(asks, reasons, plain(TODAY))
        values = {id_: matcher.judge(question, Key(NEED, id_)).values["place"] for id_ in ("everywhere", "here")}
        assert values == {"everywhere": 0.0, "here": 1.0}
    for id_, told in (("everywhere", False), ("here", True)):
        assert all(("Uppsala" in one.reason) is told for one in suggest_for_need(net, id_, language="en"))


# Words


def test_the_reason_names_the_first_three_and_counts_the_rest():
    hubs = [actor(f"w{number}", "university") for number in range(5)]
    net = network(actor("a"), actor("b", "testbed"), *hubs, *(tie(id_, hub.id) for hub in hubs for id_ in ("a", "b")))
    assert suggested(net, "a")[0].reason == "Ni samverkar båda med W0, W1, W2 och 2 till."
    assert suggested(net, "a", language="en")[0].reason == "You both work with W0, W1, W2 and 2 more."


def test_the_strongest_reason_comes_first():
    net = network(
        concept("c"), actor("a", county=("Uppsala", "other"), capabilities=("c",)), actor("w", "university"),
        actor("b", "testbed", county=("Uppsala", "other"), capabilities=("c",)), tie("a", "w"), tie("b", "w"),
    )  # fmt: skip
    found = suggested(net, "a", language="en")[0]
    assert found.reason == "Both of you work on C; you both work with W; both of you are in Uppsala County."
    assert [term.contribution for term in found.terms] == sorted((term.contribution for term in found.terms), reverse=True)


@pytest.mark.parametrize(
    ("score", "band"), [(1.0, "strong"), (0.5, "strong"), (0.499, "good"), (0.3, "good"), (0.0, "possible"), (-0.1, "possible")]
)
def test_bands_begin_at_their_thresholds(score, band):
    assert band_of(score) == band
    assert [least for _, least in BANDS] == sorted((least for _, least in BANDS), reverse=True)


# The other way round, and the controls


def test_an_offer_is_shown_to_those_it_is_for_and_to_the_needs_it_answers():
    net = network(
        concept("c"), actor("f", "funder"), actor("a", capabilities=("c",)), actor("u", "university", capabilities=("c",)),
        offer("o", "f", "call", concepts=("c",), for_roles=("company",)),
        Need(id="n", kind="research", owner_id="a", title_en="N", concepts=("c",), partner_roles=("funder",)),
    )  # fmt: skip
    found = suggest(Matcher(net, WEIGHTS), Key(OFFER, "o"), plain(TODAY), language="en")
    assert sorted((one.candidate.type, one.candidate.id) for one in found) == [("actor", "a"), ("need", "n")]
    by_id = {one.candidate.id: one.reason for one in found}
    assert by_id["a"] == "A works on C, which the offer is about."
    assert by_id["n"] == "The offer is about C, as the need is; conditions met: its kind (call) answers the need."


def test_a_pair_scores_the_same_for_a_need_as_for_who_answers_it():
    net = network(concept("c"), actor("a"), actor("b", "testbed", capabilities=("c",)), need("n", "a", concepts=("c",)))
    matcher, options = Matcher(net, WEIGHTS), Options(rules=RULES)
    (from_need,) = matcher.matches(Key(NEED, "n"), ACTOR, options, 5)
    (from_actor,) = matcher.matches(Key(ACTOR, "b"), NEED, options, 5)
    assert from_need.score == from_actor.score
    assert from_need.conditions == from_actor.conditions


def test_exposure_takes_from_the_well_connected_and_says_so_in_a_term_of_its_own():
    busy = [actor(f"x{number}", "hospital") for number in range(20)]
    net = network(
        concept("c"), actor("a", capabilities=("c",)), actor("b", "testbed", capabilities=("c",)),
        actor("d", "testbed", capabilities=("c",)), *busy, *(tie("b", one.id) for one in busy),
    )  # fmt: skip
    matcher = Matcher(net, WEIGHTS)
    assert ids(suggest(matcher, Key(ACTOR, "a"), plain(TODAY)))[0] == "b"
    small_first = suggest(matcher, Key(ACTOR, "a"), Options(rules=RULES, exposure=0.5))
    assert ids(small_first)[0] == "d"
    (deducted,) = (term for one in small_first if one.candidate.id == "b" for term in one.terms if term.name == "exposure")
    assert (deducted.contribution, deducted.value) == (-0.5, 1.0)
    for one in small_first:
        assert abs(math.fsum(term.contribution for term in one.terms) - one.score) < 1e-9


def test_reciprocity_puts_who_gives_and_takes_before_who_only_gives():
    net = network(
        concept("c"), concept("d"), actor("a", capabilities=("d",)), need("n", "a", concepts=("c",)),
        actor("b", "testbed", capabilities=("c",)), need("m", "b", concepts=("d",)),
        actor("e", "testbed", capabilities=("c",)), need("k", "e", concepts=("z",)),
    )  # fmt: skip
    matcher = Matcher(net, WEIGHTS)

    def values(reciprocity: float) -> dict[str, float]:
        found = suggest(matcher, Key(ACTOR, "a"), Options(rules=RULES, reciprocity=reciprocity))
        return {one.candidate.id: term.value for one in found for term in one.terms if term.name == "needs"}

    assert values(0.0) == {"b": 1.0, "e": 1.0}
    assert values(0.5) == {"b": 1.0, "e": 0.5}


def test_diversity_keeps_near_copies_of_one_house_from_filling_the_list():
    units = [actor(f"b{number}", "unit", part_of=("i",), capabilities=("c", "d")) for number in range(3)]
    net = network(
        concept("c"), concept("d"), actor("a"), actor("i", "infrastructure"), *units, actor("z", "unit", capabilities=("d",)),
        need("n", "a", concepts=("c", "d")),
    )  # fmt: skip
    matcher = Matcher(net, WEIGHTS)

    def found(diversity: float) -> list[str]:
        options = Options(rules=RULES, diversity=diversity)
        return [one.key.id for one in matcher.matches(Key(NEED, "n"), ACTOR, options, 2)]

    assert found(0.0) == ["b0", "b1"]
    assert found(0.5) == ["b0", "z"]


def test_the_floor_gives_small_actors_a_place_without_a_change_of_score():
    busy = [actor(f"x{number}", "hospital") for number in range(8)]
    known = [actor(f"b{number}", "testbed", capabilities=("c", "d")) for number in range(3)]
    net = network(
        concept("c"), concept("d"), actor("a"), *busy, *known, *(tie(one.id, other.id) for one in known for other in busy),
        actor("z", "testbed", capabilities=("d",)), need("n", "a", concepts=("c", "d")),
    )  # fmt: skip
    matcher = Matcher(net, WEIGHTS)

    def found(floor: float) -> list[str]:
        return [one.key.id for one in matcher.matches(Key(NEED, "n"), ACTOR, Options(rules=RULES, floor=floor), 2)]

    assert found(0.0) == ["b0", "b1"]
    assert found(0.5) == ["b0", "z"]


def test_a_list_can_be_kept_to_a_chosen_set():
    others = [actor(f"b{number}", "testbed", capabilities=("c",)) for number in range(3)]
    net = network(concept("c"), actor("a", capabilities=("c",)), *others)
    chosen = frozenset({Key(ACTOR, "b1"), Key(ACTOR, "a")})
    assert ids(suggest(Matcher(net, WEIGHTS), Key(ACTOR, "a"), Options(rules=RULES, only=chosen))) == ["b1"]


# On any network

KINDS = tuple(ACTOR_KINDS)
TYPES = tuple(COLLABORATION_TYPES)


@st.composite
def networks(draw) -> Network:
    size = draw(st.integers(2, 14))
    names = [f"a{number}" for number in range(size)]
    words = [concept("c0"), concept("c1", "c0"), concept("c2", "c0"), concept("c3", "c1")]
    some = st.lists(st.sampled_from([one.id for one in words]), max_size=3, unique=True).map(tuple)
    days = st.sampled_from(("", "2026-01-01", "2027-01-01"))
    actors = [
        actor(name, draw(st.sampled_from(KINDS)), capabilities=draw(some), county=draw(st.sampled_from(((), ("Uppsala",), ("other",)))))
        for name in names
    ]
    one = st.sampled_from(names)
    ties = draw(st.lists(st.builds(tie, one, one, st.sampled_from(TYPES), st.sampled_from((0.3, 0.5, 0.9, 1.0))), max_size=40))
    owners = draw(st.lists(st.tuples(one, one, some, days), max_size=4))
    needs = [need(f"n{i}", a, co_owner_ids=(b,), concepts=held, deadline=day) for i, (a, b, held, day) in enumerate(owners)]
    offers = [offer(f"o{i}", a, concepts=held, deadline=day) for i, (a, _, held, day) in enumerate(draw(st.just(owners)))]
    return network(*words, *actors, *ties, *needs, *offers)


@settings(max_examples=60, deadline=None)
@given(networks())
def test_on_any_network_terms_sum_to_the_score_and_nobody_known_is_suggested(net):
    matcher, again = Matcher(net, WEIGHTS), Matcher(net, WEIGHTS)
    for slug in sorted(net.graph):
        found = suggested(matcher, slug, limit=100)
        assert found == suggested(again, slug, limit=100)
        assert len(set(ids(found))) == len(found)
        scores = [one.score for one in found]
        assert all(later <= earlier + 1e-9 for earlier, later in pairwise(scores))
        assert suggested(matcher, slug, limit=3) == found[:3]
        for one in found:
            check(one)
            assert one.candidate.id not in {slug, *net.graph[slug]}
            other = Key(ACTOR, one.candidate.id)
            assert meet(side_of(net, Key(ACTOR, slug)), side_of(net, other))
            assert asker_of(net, Key(ACTOR, slug), RULES).obstacle(other) is None


@settings(max_examples=60, deadline=None)
@given(networks())
def test_on_any_network_a_need_never_gets_its_owners_or_their_partners(net):
    matcher = Matcher(net, WEIGHTS)
    for key in [key for key in net.nodes if key.label == NEED]:
        owners = [owner for owner, needs in net.needs_of.items() if key.id in needs]
        for one in suggest_for_need(matcher, key.id, limit=100):
            check(one)
            known = set(owners).union(*(net.graph[owner] for owner in owners))
            assert (one.candidate.id if one.candidate.type == "actor" else one.candidate.owner) not in (
                known if one.candidate.type == "actor" else owners
            )


@settings(max_examples=40, deadline=None)
@given(networks())
def test_a_need_is_covered_as_much_whichever_side_asks(net):
    narrower, today = narrower_of(net), TODAY.isoformat()
    for key in [key for key in net.nodes if key.label == NEED]:
        seen = needed_shares(net, net.nodes[key], today, narrower)
        for slug in net.graph:
            had = answered_shares(net, concepts_had(net, slug, today), lambda one: (one.id,) if one.label == NEED else (), narrower)
            assert covered_part(seen.get(slug, {}), worth_of(net, net.nodes[key])) == pytest.approx(
                covered_part(had.get(key.id, {}), worth_of(net, net.nodes[key])), abs=1e-9
            )


def check(one: Suggestion) -> None:
    assert abs(math.fsum(term.contribution for term in one.terms) - one.score) < 1e-9
    assert 0 < one.score <= 1
    assert one.reason.endswith(".")
    for term in one.terms:
        assert term.weight >= 0
        assert 0 <= term.value <= 1
        assert term.contribution == pytest.approx(term.weight * term.value, abs=1e-12)
        assert math.fsum(fact.share for fact in term.facts) <= term.contribution + 1e-9
        assert len(term.facts) <= 3


def test_the_order_of_the_dump_does_not_change_what_is_suggested():
    hubs = [actor(f"w{number}", "university") for number in range(4)]
    others = [actor(f"b{number}", "testbed") for number in range(6)]
    ties = [tie(one.id, hub.id, confidence=0.3 + 0.1 * (number % 5)) for number, one in enumerate(others) for hub in hubs]
    records = [actor("a"), *hubs, *others, *ties, *(tie("a", hub.id) for hub in hubs)]
    dump = Dump(
        1, [to_node(one) for one in records if isinstance(one, Actor)], [one.link() for one in records if isinstance(one, Collaboration)]
    )
    turned = Dump(1, dump.nodes[::-1], dump.links[::-1])
    assert suggested(compile_network(dump), "a") == suggested(compile_network(turned), "a")


def test_a_tie_that_goes_on_counts_in_full_and_one_that_ended_fades_from_the_last_day_that_anything_was_written():
    ties = [tie("a", "w"), replace(tie("a", "x"), end_year=2024), replace(tie("a", "y"), end_year=2032)]
    nodes = [to_node(actor(name), updated="2026-12-31T09:00:00Z") for name in ("a", "w", "x", "y")]
    snapshot = Matcher(compile_network(Dump(1, nodes, [one.link() for one in ties])), WEIGHTS).snapshot
    held = dict(zip(snapshot.names, snapshot.weights[[snapshot.rows["a"]]].toarray()[0], strict=True))
    assert held["w"] == held["y"] == pytest.approx(2 * held["x"], rel=1e-3)


def test_an_offer_is_suggested_to_the_partners_of_its_owner_as_they_get_the_offer():
    net = network(
        concept("c"), actor("a", capabilities=("c",)), actor("b", "institute"), tie("a", "b"),
        Offer(id="o", kind="expertise", owner_id="b", title_sv="O", concepts=("c",), for_roles=("company",)),
    )  # fmt: skip
    engine = Matcher(net, WEIGHTS)
    assert [one.key.id for one in engine.matches(Key(OFFER, "o"), ACTOR, plain(TODAY), 5)] == ["a"]
    assert [one.key.id for one in engine.matches(Key(ACTOR, "a"), OFFER, plain(TODAY), 5)] == ["o"]


def test_a_dangling_concept_or_a_nameless_record_is_shown_by_its_id():
    bare = Actor(id="b", kind="testbed", capabilities=("lost",))
    net = network(actor("a", capabilities=("lost",)), bare)
    (found,) = suggested(net, "a")
    assert (found.candidate.name, found.reason) == ("b", "Båda arbetar med lost.")


def test_a_tie_to_an_unknown_concept_key_is_harmless():
    link = Link("l", "HAS_CAPABILITY", Key(ACTOR, "a"), Key(CONCEPT, "c"), {})
    net = compile_network(Dump(1, [Node(Key(ACTOR, "a"), "company", {})], [link]))
    assert suggested(net, "a") == []


# Shares of what was decided


def test_a_share_is_told_only_where_it_was_learned_and_steering_does_not_change_it():
    net = network(actor("a"), actor("w", "university"), actor("b", "testbed"), tie("a", "w"), tie("b", "w"))
    (unsteered,) = suggested(net, "a")
    assert unsteered.share is None
    assert suggestion_json(unsteered, "en")["share"] is None
    learned = Matcher(net, Weights("9", WEIGHTS.uses, {"partner": (Step(0.0, 0.1, 40), Step(unsteered.score - 0.001, 0.7, 40))}))
    (one,) = suggest(learned, Key(ACTOR, "a"), plain(TODAY))
    (steered,) = suggest(learned, Key(ACTOR, "a"), Options(rules=RULES, exposure=0.4))
    assert steered.score < unsteered.score - 0.001
    assert (one.share, one.band) == (steered.share, steered.band) == (0.7, "strong")


# Steering


def crossing() -> Matcher:
    """A company with partners: two hospitals and a company of its own county, a testbed of another."""
    net = network(
        actor("a", county=("Uppsala",)), actor("w", "university"), actor("c", county=("Uppsala",)),
        actor("h", "hospital", county=("Uppsala",)), actor("t", "testbed", county=("Stockholm",)),
        *(tie(one, "w") for one in "acht"),
    )  # fmt: skip
    return Matcher(net, WEIGHTS)


def test_whom_another_kind_stands_behind_comes_further_up_and_the_terms_still_sum():
    found = {one.candidate.id: one for one in suggest(crossing(), Key(ACTOR, "a"), Steering({"bridge_kind": 4}).options(TODAY))}
    bridged = {id_ for id_, one in found.items() for term in one.terms if term.name == "bridge_kind"}
    assert bridged == {"h", "t"} & set(found)
    assert bridged
    for one in found.values():
        assert math.fsum(term.contribution for term in one.terms) == pytest.approx(one.score, abs=1e-9)


def test_a_need_bridges_kinds_by_who_owns_it():
    net = network(concept("c"), actor("h", "hospital"), actor("i", "hospital", capabilities=("c",)), actor("b", capabilities=("c",)),
                  need("n", "h", concepts=("c",)))  # fmt: skip
    found = suggest(Matcher(net, WEIGHTS), Key(NEED, "n"), Steering({"bridge_kind": 1}).options(TODAY))
    assert {one.candidate.id: [term.name for term in one.terms if term.name == "bridge_kind"] for one in found}["b"] == ["bridge_kind"]


def test_steps_out_of_bounds_are_taken_back_to_them_and_other_names_mean_nothing():
    steering = Steering({"exposure": 99, "bridge": -3, "limit": 10})
    assert steering.turned() == {"exposure": 4}
    assert steering.options(TODAY) == Options(rules=RULES, exposure=0.4)
    assert not Steering({"limit": 10})


def test_a_floor_holds_for_each_label_of_a_list_that_is_mixed():
    small = [actor(f"s{number}", "testbed", capabilities=("c",)) for number in range(4)]
    big = [actor(f"b{number}", "testbed", capabilities=("c", "d")) for number in range(12)]
    ties = [tie(one.id, f"p{number}") for one in big for number in range(6)]
    offers = [offer(f"o{number}", "b0", concepts=("c", "d")) for number in range(8)]
    net = network(concept("c"), concept("d"), actor("a"), need("n", "a", concepts=("c", "d")), *small, *big, *offers,
                  *(actor(f"p{number}", "university") for number in range(6)), *ties)  # fmt: skip
    matcher = Matcher(net, WEIGHTS)
    plain_list, held = (suggest(matcher, Key(NEED, "n"), Steering({"floor": step}).options(TODAY)) for step in (0, 4))
    assert not {one.candidate.id for one in plain_list} & {one.id for one in small}
    actors = [one.candidate.id for one in held if one.candidate.type == "actor"]
    assert len({one.id for one in small} & set(actors)) >= math.ceil(0.4 * len(actors)) > 0
    scores = [round(one.score, 6) for one in held]
    assert scores == sorted(scores, reverse=True)


# What makes no match clear


def test_an_offer_of_a_kind_that_does_not_answer_the_need_is_possible_at_most_and_has_no_place_of_its_own():
    many = [actor(f"t{number:02}", "testbed", capabilities=("c",)) for number in range(12)]
    net = network(
        concept("c"), actor("a"), actor("f", "funder"), *many, need("n", "a", concepts=("c",)),
        Offer(id="o", kind="site", owner_id="f", title_sv="O", concepts=("c",)), offer("fits", "f", "test-service", concepts=("c",)),
    )  # fmt: skip
    bands = {one.candidate.id: one.band for one in suggest_for_need(net, "n", limit=20)}
    assert (bands["o"], bands["fits"]) == ("possible", "strong")
    alone = network(concept("c"), actor("a"), actor("f", "funder"), *many, need("n", "a", concepts=("c",)),
                    Offer(id="o", kind="site", owner_id="f", title_sv="O", concepts=("c",)))  # fmt: skip
    assert "o" not in ids(suggest_for_need(alone, "n", limit=10))


def test_what_is_only_met_by_a_broader_concept_makes_no_match_clearer():
    records = (
        concept("wide"), concept("c", "wide"), concept("other", "wide"), actor("a"), actor("exact", "testbed", capabilities=("c",)),
        actor("broad", "testbed", capabilities=("wide",)), offer("o", "a", concepts=("c",)),
    )  # fmt: skip
    net = network(*records)
    question = Matcher(net, WEIGHTS).ask(Key(OFFER, "o"), ACTOR, plain(TODAY))
    judged = {id_: Matcher(net, WEIGHTS).judge(question, Key(ACTOR, id_)) for id_ in ("exact", "broad")}
    assert clear_score(net, Key(OFFER, "o"), judged["exact"]) == judged["exact"].plain
    assert clear_score(net, Key(OFFER, "o"), judged["broad"]) < judged["broad"].plain


def test_what_misses_a_must_stands_last_though_it_scores_more():
    net = network(
        concept("c"), concept("d"), actor("a"), actor("f", "funder"), need("n", "a", concepts=("c", "d"), stage_from=3, stage_to=4),
        offer("late", "f", concepts=("c", "d"), trl_in=7, trl_out=9), offer("fits", "f", concepts=("c",), trl_in=2),
    )  # fmt: skip
    matcher = Matcher(net, WEIGHTS)
    found = [one for one in suggest_for_need(matcher, "n") if one.candidate.type == "offer"]
    assert ids(found) == ["fits", "late"] == [match.key.id for match in matcher.matches(Key(NEED, "n"), OFFER, plain(TODAY), 5)]
    assert found[1].score > found[0].score
