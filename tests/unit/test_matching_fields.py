"""Fields of work: what descriptions name and units hold counts less than what is held, and leads to what others have."""

import csv
import math

import pytest

from cluster_net.domain.evidence import RELATED
from cluster_net.domain.graph import ACTOR, NEED, OFFER, Dump, Key
from cluster_net.domain.matching.cues import CUES, SUPPORT
from cluster_net.domain.matching.eligibility import Rules
from cluster_net.domain.matching.fields import NAMED, RUN, compile_fields, direct_fields
from cluster_net.domain.matching.matcher import Matcher
from cluster_net.domain.matching.questions import Options
from cluster_net.domain.matching.value_chain import LEADS_TO
from cluster_net.domain.network import Network, compile_network
from cluster_net.domain.nodes import to_node
from cluster_net.domain.records import Actor, Collaboration, Concept, Need, Offer
from cluster_net.resources import folder
from cluster_net.services.snapshots import own_weights
from cluster_net.services.suggesting import suggest, tell

OPTIONS = Options(rules=Rules("2026-11-28"))


def network(*records: Actor | Concept | Collaboration | Need | Offer) -> Network:
    nodes = [to_node(record) for record in records if not isinstance(record, Collaboration)]
    ties = [record.link() for record in records if isinstance(record, Collaboration)]
    links = {link.id: link for record in records if not isinstance(record, Collaboration) for link in record.links()}
    links |= {link.id: link for link in ties}
    return compile_network(Dump(1, sorted(nodes, key=lambda one: one.key), [links[id_] for id_ in sorted(links)]))


def concept(id_: str, name: str, *broader: str) -> Concept:
    return Concept(id=id_, kind="technique", pref_sv=name, pref_en=name, broader=broader)


def actor(id_: str, kind: str = "company", text: str = "", *held: str) -> Actor:
    return Actor(id=id_, kind=kind, name_sv=id_, name_en=id_, description_en=text, capabilities=held)


def vocabulary() -> list[dict[str, str]]:
    with (folder("graph") / "seed" / "concepts.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


CLUSTER = network(
    concept("atmp", "Advanced therapies"),
    concept("cell-therapy", "Cell therapy", "atmp"),
    concept("gmp-manufacturing", "GMP manufacturing"),
    concept("proteomics", "Proteomics"),
    actor("maker", "company", "Develops a cell therapy."),
    actor("rooms", "testbed", "", "gmp-manufacturing"),
    actor("clinic", "hospital", "Treats with cell therapy."),
    actor("measures", "testbed", "", "proteomics"),
    actor("university", "university"),
    actor("unit", "unit", "", "proteomics"),
    actor("silent", "company"),
    Collaboration(from_id="unit", type="PART_OF", to_id="university", source_url="https://example.org", confidence=0.9),
)
MATCHER = Matcher(CLUSTER, own_weights())


def strengths(id_: str) -> dict[str, float]:
    actors = [key.id for key in MATCHER.pools[ACTOR].keys]
    row = compile_fields(CLUSTER, actors, direct_fields(CLUSTER)).own[[actors.index(id_)]].toarray()[0]
    return {MATCHER.fields.concepts[place]: pytest.approx(row[place]) for place in row.nonzero()[0]}


def reasons(id_: str) -> dict[str, str]:
    return {one.candidate.id: one.reason for one in suggest(MATCHER, Key(ACTOR, id_), OPTIONS, language="en")}


@pytest.mark.parametrize(("id_", "expected"), [
    ("measures", {"proteomics": 1.0}),
    ("maker", {"cell-therapy": NAMED, "atmp": RELATED * NAMED}),
    ("university", {"proteomics": RUN}),
    ("silent", {}),
])  # fmt: skip
def test_what_is_held_counts_more_than_what_is_named_and_what_is_run(id_: str, expected: dict[str, float]) -> None:
    assert strengths(id_) == expected


def test_a_field_that_both_descriptions_name_is_a_reason_that_says_so() -> None:
    assert reasons("maker")["clinic"] == "Both of you work by your or your units' descriptions on Cell therapy and Advanced therapies."


def test_what_a_field_leads_to_is_a_reason_for_either_side() -> None:
    assert reasons("maker")["rooms"].startswith("They have GMP manufacturing, which your field needs")
    assert reasons("rooms")["maker"].startswith("You have GMP manufacturing, which their field needs")


def test_what_a_field_leads_to_is_told_as_the_concept_that_is_held() -> None:
    net = network(
        concept("cell-therapy", "Cell therapy"),
        concept("gmp-manufacturing", "GMP manufacturing"),
        concept("vectors", "Viral vectors", "gmp-manufacturing"),
        actor("maker", "company", "", "cell-therapy"),
        actor("rooms", "testbed", "", "vectors"),
    )
    (found,) = suggest(Matcher(net, own_weights()), Key(ACTOR, "maker"), OPTIONS, language="en")
    assert found.reason == "They have Viral vectors, which your field needs."


def test_a_field_needs_nothing_that_one_has_already() -> None:
    net = network(
        concept("cell-therapy", "Cell therapy"),
        concept("gmp-manufacturing", "GMP manufacturing"),
        actor("both", "company", "", "cell-therapy", "gmp-manufacturing"),
        actor("rooms", "testbed", "", "gmp-manufacturing"),
    )
    (found,) = suggest(Matcher(net, own_weights()), Key(ACTOR, "both"), OPTIONS, language="en")
    assert "your field needs" not in found.reason


def test_words_that_match_are_left_out_beside_what_a_field_leads_to() -> None:
    net = network(
        concept("cell-therapy", "Cell therapy"),
        concept("gmp-manufacturing", "GMP manufacturing"),
        actor("maker", "company", "Pioneering cell therapy in zeppelins."),
        actor("rooms", "testbed", "Pioneering zeppelins.", "gmp-manufacturing"),
    )
    (found,) = suggest(Matcher(net, own_weights()), Key(ACTOR, "maker"), OPTIONS, language="en")
    assert {term.name for term in found.terms} >= {"text", "leads_to"}
    assert found.reason == "They have GMP manufacturing, which your field needs."


def test_who_has_no_field_in_common_is_not_suggested_for_it() -> None:
    assert "measures" not in reasons("maker")
    assert reasons("silent") == {}


def test_what_a_field_is_due_to_sums_to_it() -> None:
    question = MATCHER.ask(Key(ACTOR, "maker"), ACTOR, OPTIONS)
    for name in ("concepts", "leads_to"):
        feature = question.features[name]
        for key, row in question.pool.rows.items():
            raw = math.fsum(feature.shares(key).values())
            assert feature.values[row] == pytest.approx(raw / (raw + 0.5), abs=1e-12)


def test_a_word_that_is_no_name_of_a_field_speaks_of_it_in_matching() -> None:
    net = network(concept("medical-technology", "Medical technology"), actor("maker", "company", "Develops a microcatheter."))
    fields = compile_fields(net, ["maker"], direct_fields(net))
    assert fields.own.toarray()[0].tolist() == [NAMED if one == "medical-technology" else 0.0 for one in fields.concepts]


def test_the_value_chain_and_the_cues_speak_of_the_vocabulary_alone() -> None:
    known = {row["id"] for row in vocabulary()}
    assert known >= {*CUES, *SUPPORT, *LEADS_TO, *(one for held in LEADS_TO.values() for one in held)}


HOUSES = network(
    concept("oncology", "Oncology"),
    concept("other", "Other"),
    actor("clinic", "unit", "", "oncology"),
    actor("ward", "unit", "Treats oncology."),
    actor("hospital", "university"),
    actor("college", "university"),
    actor("bare", "university"),
    actor("fund", "funder"),
    actor("asker"),
    Collaboration(from_id="clinic", type="PART_OF", to_id="hospital", source_url="https://example.org", confidence=0.9),
    Collaboration(from_id="ward", type="PART_OF", to_id="college", source_url="https://example.org", confidence=0.9),
    Offer(id="o", kind="call", owner_id="fund", title_en="O", concepts=("oncology",), for_roles=("university", "testbed")),
    Need(id="n", kind="research", owner_id="asker", title_en="N", concepts=("oncology",)),
)


@pytest.mark.parametrize(("asks", "found", "reason"), [
    (Key(OFFER, "o"), "hospital", "Its units work on Oncology, which the offer is about."),
    (Key(NEED, "n"), "hospital", "Its units have Oncology, which the need is about."),
    (Key(ACTOR, "hospital"), "o", "Your units work on Oncology, which the offer is about."),
    (Key(ACTOR, "hospital"), "n", "Your units have Oncology, which the need is about."),
])  # fmt: skip
def test_what_only_units_state_speaks_for_their_owner_and_is_told_as_theirs(asks: Key, found: str, reason: str) -> None:
    matcher = Matcher(HOUSES, own_weights())
    other = Key(ACTOR if asks.label != ACTOR else {"o": OFFER, "n": NEED}[found], found)
    assert other in [match.key for match in matcher.matches(asks, other.label, OPTIONS, 10)]
    assert tell(HOUSES, asks, matcher.judge(matcher.ask(asks, other.label, OPTIONS), other), "en").reason == reason


def test_who_has_it_itself_comes_before_its_owner_and_what_is_only_read_of_units_says_nothing_of_theirs() -> None:
    matcher = Matcher(HOUSES, own_weights())
    for asks in (Key(NEED, "n"), Key(OFFER, "o")):
        question = matcher.ask(asks, ACTOR, OPTIONS)
        values = {key.id: question.features["concepts"].values[row] for key, row in question.pool.rows.items()}
        assert values["hospital"] == pytest.approx(RUN * values["clinic"])
        assert [values["college"], values["bare"]] == [0, 0]


READ = network(
    concept("genomics", "Genomics"),
    concept("innovation-support", "Innovation support"),
    concept("matchmaking", "Partnering", "innovation-support"),
    concept("premises", "Offices"),
    concept("venture-capital", "Investment"),
    actor("Genomics Sweden", "organisation"),
    actor("genomics", "unit"),
    actor("takes part", "region", "Party in Genomics Sweden."),
    actor("itself", "region", "Does genomics."),
    actor("tenant", "company", "Partner with offices in a park, open for investment."),
    actor("landlord", "company", "Lets offices to others."),
    actor("fund", "investor", "Venture capital company."),
)


@pytest.mark.parametrize(("id_", "expected"), [
    ("Genomics Sweden", {"genomics"}),
    ("takes part", set()),
    ("itself", {"genomics"}),
    ("tenant", set()),
    ("landlord", {"premises"}),
    ("fund", {"venture-capital"}),
])  # fmt: skip
def test_a_description_speaks_neither_of_what_names_of_others_hold_nor_of_support_in_passing(id_: str, expected: set[str]) -> None:
    assert set(direct_fields(READ)[id_]) == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("Small company that has worked with the Vecura GMP unit.", set()),
    ("Mindre företag som samarbetat med GMP-enheten Vecura.", set()),
    ("Start-up in cell therapy that needs small-scale GMP manufacturing.", {"cell-therapy"}),
    ("Nystartat bolag inom cellterapi som behöver renrum och GMP-tillverkning.", {"cell-therapy"}),
    ("Looks for proteomics. Has GMP manufacturing.", {"gmp-manufacturing"}),
])  # fmt: skip
def test_what_is_sought_or_worked_with_is_not_read_as_had(text: str, expected: set[str]) -> None:
    known = (
        Concept(id="gmp-manufacturing", kind="capability", pref_sv="GMP-tillverkning", pref_en="GMP manufacturing", alt_en=("GMP",)),
        Concept(id="cell-therapy", kind="modality", pref_sv="Cellterapi", pref_en="Cell therapy"),
        concept("proteomics", "Proteomics"),
    )
    assert set(direct_fields(network(*known, actor("a", "company", text)))["a"]) == expected
