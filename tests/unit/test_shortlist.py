"""The guided finder: what a text speaks of, who is on the shortlist, and what to take back when nobody is."""

from dataclasses import replace

import pytest

from cluster_net.domain.graph import ACTOR, CONCEPT, Dump, Key, Node
from cluster_net.domain.matching.cues import CUES
from cluster_net.domain.matching.shortlist import ASKERS, BESIDES, MUSTS, Answers, demand_of, shortlist
from cluster_net.domain.network import Network, compile_network
from cluster_net.domain.nodes import to_node
from cluster_net.domain.recognition import concepts_in, names_of, words_beside
from cluster_net.domain.records import AccessStatement, Actor, Concept, Offer
from cluster_net.domain.vocabulary import ENVIRONMENTS, OFFER_KINDS, ROLES, USER_GROUPS

TODAY = "2026-11-28"
SOURCE = {"source_url": "https://example.org", "source_title": "Page"}


def concept(id_: str, sv: str, en: str, **more: tuple[str, ...]) -> Concept:
    return Concept(id=id_, kind="technique", pref_sv=sv, pref_en=en, **more)


def bench(id_: str, **more: object) -> Actor:
    return Actor(id=id_, kind="testbed", name_sv=id_, name_en=id_, **more)  # type: ignore[arg-type]


def network(*records: object) -> Network:
    nodes, links = [], {}
    for record in records:
        nodes.append(to_node(record))  # type: ignore[arg-type]
        links |= {link.id: link for link in record.links()}  # type: ignore[attr-defined]
    return compile_network(Dump(1, sorted(nodes, key=lambda one: one.key), [links[id_] for id_ in sorted(links)]))


CELLS = concept("cell-therapy", "Cellterapi", "Cell therapy", alt_en=("cellular therapy",))
CLUSTER = network(
    CELLS,
    concept("cells", "Cell", "Cell"),
    bench("gmp", capabilities=("cell-therapy",), quality=("GMP",), **SOURCE),
    bench("silent", capabilities=("cell-therapy",), **SOURCE),
    bench("before", capabilities=("cell-therapy",), quality=("non-GMP",), **SOURCE),
    bench("other", quality=("GMP",), **SOURCE),
    AccessStatement(actor_id="gmp", user_groups=("academia", "industry"), lead_days=30, **SOURCE),
    AccessStatement(actor_id="silent", user_groups=("academia",), lead_days=400, **SOURCE),
    Actor(id="fund", kind="funder", name_sv="Fund", name_en="Fund"),
    Offer(id="money", owner_id="fund", kind="call", title_sv="P", title_en="M", concepts=("cell-therapy",), **SOURCE),
    Offer(id="late", owner_id="fund", kind="call", title_sv="P", title_en="L", concepts=("cell-therapy",), deadline="2026-01", **SOURCE),
    Offer(id="rooms", owner_id="fund", kind="site", title_sv="R", title_en="R", concepts=("cell-therapy",), **SOURCE),
)
NAMES = names_of(CLUSTER.of_label[CONCEPT])
ASKED = Answers(concepts=("cell-therapy",))


def ids(found: tuple) -> list[str]:
    return [one.key.id for one in found]


@pytest.mark.parametrize(("text", "expected"), [
    ("We make a cell therapy at TRL 4", ("cell-therapy",)),
    ("en CELLTERAPI", ("cell-therapy",)),
    ("cellular therapies", ("cell-therapy",)),
    ("a cell and a cell therapy", ("cells", "cell-therapy")),
    ("therapy of cells", ()),
    ("", ()),
])  # fmt: skip
def test_a_text_names_concepts_in_either_language_with_other_endings(text: str, expected: tuple[str, ...]) -> None:
    assert concepts_in(text, NAMES) == expected


def test_a_name_within_a_longer_name_is_left_out() -> None:
    assert concepts_in("cell therapy", NAMES) == ("cell-therapy",)


def test_a_small_word_is_no_form_of_a_name() -> None:
    names = names_of([to_node(concept("genomics", "Genomik", "Genomics"))])
    assert concepts_in("genom forskning", names) == ()
    assert concepts_in("genomikens data", names) == ("genomics",)


@pytest.mark.parametrize(("text", "expected"), [
    ("makes biologics", ("biologics",)),
    ("biological images, biologisk mångfald, cell biology", ()),
    ("a biobank", ("biobanking",)),
    ("biobankerna", ("biobanking",)),
    ("genomisk diagnostik and genomic data", ("genomics",)),
    ("genomför studier", ()),
])  # fmt: skip
def test_a_name_of_one_word_is_read_in_its_forms_and_not_in_words_made_of_it(text: str, expected: tuple[str, ...]) -> None:
    known = (
        concept("biologics", "Biologiska läkemedel", "Biologics"), concept("biobanking", "Biobankning", "Biobanking"),
        concept("genomics", "Genomik", "Genomics"), concept("trial-support", "Studiestöd", "Trial support"),
    )  # fmt: skip
    assert concepts_in(text, names_of(map(to_node, known), CUES)) == expected


def test_the_words_beside_the_names_are_told_once() -> None:
    assert words_beside("New cell therapy, new hope", NAMES) == ("new", "hope")


def test_what_is_stated_comes_before_what_is_unknown_and_a_missed_must_is_kept_apart() -> None:
    found = shortlist(CLUSTER, replace(ASKED, musts=("gmp",)), {}, TODAY)
    assert ids(found.fitting) == ["gmp", "silent"]
    assert ids(found.failing) == ["before"]
    assert found.relaxations == ()


def test_another_subject_is_not_on_the_list_unless_its_words_were_found() -> None:
    assert "other" not in ids(shortlist(CLUSTER, ASKED, {}, TODAY).fitting)
    assert "other" in ids(shortlist(CLUSTER, ASKED, {Key(ACTOR, "other"): 1.0}, TODAY).fitting)


def test_without_a_subject_all_infrastructures_are_weighed() -> None:
    assert set(ids(shortlist(CLUSTER, Answers(), {}, TODAY).fitting)) == {"gmp", "silent", "before", "other"}


def test_offers_come_when_asked_for_are_of_that_kind_and_open() -> None:
    assert ids(shortlist(CLUSTER, ASKED, {}, TODAY).offers) == []
    assert ids(shortlist(CLUSTER, replace(ASKED, besides=("money",)), {}, TODAY).offers) == ["money"]
    assert ids(shortlist(CLUSTER, replace(ASKED, besides=("money", "premises")), {}, TODAY).offers) == ["money", "rooms"]


def test_when_nothing_fits_each_answer_that_alone_stands_in_the_way_is_named_with_what_it_would_give() -> None:
    only = network(CELLS, bench("before", capabilities=("cell-therapy",), quality=("non-GMP",), **SOURCE))
    found = shortlist(only, replace(ASKED, musts=("gmp",), stage=4), {}, TODAY)
    assert ids(found.fitting) == []
    assert [(one.answer, one.value, one.fitting) for one in found.relaxations] == [("must", "gmp", 1)]


def test_the_lead_time_is_held_against_the_month() -> None:
    found = shortlist(CLUSTER, replace(ASKED, by="2027-02"), {}, TODAY)
    assert ids(found.failing) == ["silent"]
    assert "gmp" in ids(found.fitting)


def test_lead_times_are_asked_of_who_tests_or_houses_and_not_of_who_pays() -> None:
    asked = replace(ASKED, by="2027-02", besides=("money", "premises"))
    told = {one.key.id: [it.name for it in one.conditions] for one in shortlist(CLUSTER, asked, {}, TODAY).offers}
    assert told == {"money": [], "rooms": ["time"]}


def test_a_list_of_equals_says_that_it_has_no_order() -> None:
    assert not shortlist(CLUSTER, Answers(), {}, TODAY).ranked
    assert shortlist(CLUSTER, replace(ASKED, musts=("gmp",)), {}, TODAY).ranked


def test_who_asks_decides_who_may_use_it() -> None:
    found = shortlist(CLUSTER, replace(ASKED, who="startup"), {}, TODAY)
    assert ids(found.failing) == ["silent"]


def test_answers_become_the_conditions_of_the_matching_and_speak_its_words() -> None:
    asked = demand_of(Answers(musts=("gmp", "mail_in", "remote", "clinical"), stage=4, who="care", counties=("Uppsala",)))
    assert (asked.quality, asked.access, asked.environment) == (("GMP",), ("mail_in", "remote", "virtual"), ("clinical",))
    assert (asked.stage_from, asked.stage_to, asked.users, asked.counties) == (4, 4, ("healthcare",), ("Uppsala",))
    assert {role for roles, _ in ASKERS.values() for role in roles} <= set(ROLES)
    assert {group for _, groups in ASKERS.values() for group in groups} <= set(USER_GROUPS)
    assert {kind for kinds in BESIDES.values() for kind in kinds} <= set(OFFER_KINDS)
    assert {value for name, values in MUSTS.values() if name == "environment" for value in values} <= set(ENVIRONMENTS)


def test_the_order_is_the_same_each_time() -> None:
    nodes: list[Node] = list(CLUSTER.nodes.values())
    turned = replace(CLUSTER, nodes={node.key: node for node in reversed(nodes)})
    assert ids(shortlist(turned, Answers(), {}, TODAY).fitting) == ids(shortlist(CLUSTER, Answers(), {}, TODAY).fitting)
