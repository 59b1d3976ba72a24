"""Parts of the network: what is left, and what could be chosen."""

import pytest

from cluster_net.domain.graph import Dump, Link
from cluster_net.domain.narrowing import Narrowing, Part, part_of
from cluster_net.domain.network import Network, compile_network
from cluster_net.domain.nodes import to_node
from cluster_net.domain.records import Actor, Collaboration

ACTORS = (
    Actor(id="uni", kind="university", county=("Uppsala",), capabilities=("genomics",)),
    Actor(id="care", kind="hospital", county=("Stockholm", "Uppsala")),
    Actor(id="firm", kind="company", county=("Stockholm",), capabilities=("genomics", "imaging")),
    Actor(id="lone", kind="company"),
)


def tie(start: str, type_: str, end: str, first: int | None = None, last: int | None = None) -> Link:
    held = Collaboration(
        from_id=start, type=type_, to_id=end, start_year=first, end_year=last, source_url=f"{type_}{first}", confidence=0.9
    )
    return held.link()


TIES = (
    tie("uni", "FUNDS", "care", 2010, 2014),
    tie("uni", "OWNS", "care", 2016),
    tie("care", "MEMBER_OF", "firm", None, 2018),
    tie("firm", "SUPPORTS", "uni"),
)


@pytest.fixture(scope="module")
def network() -> Network:
    return compile_network(Dump(1, [to_node(actor) for actor in ACTORS], list(TIES)))


def pairs(part: Part) -> set[str]:
    return {"-".join(sorted(pair)) for pair in part.graph.edges}


def test_without_a_question_all_with_a_tie_are_left(network: Network) -> None:
    part = part_of(network, Narrowing())
    assert sorted(part.graph) == ["care", "firm", "uni"]
    assert (part.ties, part.undated) == (4, 1)


@pytest.mark.parametrize(
    ("year", "left", "ties"),
    [
        (2009, {"care-firm", "firm-uni"}, 2),  # neither has begun by a told year
        (2010, {"care-uni", "care-firm", "firm-uni"}, 3),  # the year it began
        (2014, {"care-uni", "care-firm", "firm-uni"}, 3),  # the year it ended
        (2015, {"care-firm", "firm-uni"}, 2),  # between the one that ended and the one that began
        (2018, {"care-uni", "care-firm", "firm-uni"}, 3),
        (2019, {"care-uni", "firm-uni"}, 2),
    ],
)
def test_a_tie_counts_from_the_year_it_began_to_the_year_it_ended(network: Network, year: int, left: set[str], ties: int) -> None:
    part = part_of(network, Narrowing(as_of=year))
    assert pairs(part) == left
    assert part.ties == ties


def test_a_tie_without_years_counts_at_any_time_and_is_told_apart(network: Network) -> None:
    part = part_of(network, Narrowing(as_of=1500))
    assert "firm-uni" in pairs(part)
    assert part.undated == 1


def test_values_of_one_field_are_alternatives_and_fields_narrow_each_other(network: Network) -> None:
    assert set(part_of(network, Narrowing(county=("Stockholm", "Uppsala"))).graph) == {"uni", "care", "firm"}
    assert set(part_of(network, Narrowing(county=("Stockholm",), concept=("genomics",))).graph) == {"firm"}


def test_who_fits_and_has_a_tie_stays_though_its_partners_do_not_fit(network: Network) -> None:
    part = part_of(network, Narrowing(group=("company",)))
    assert list(part.graph) == ["firm"]
    assert part.ties == 0


def test_who_has_no_tie_of_the_type_goes(network: Network) -> None:
    part = part_of(network, Narrowing(tie=("OWNS", "FUNDS")))
    assert set(part.graph) == {"uni", "care"}
    assert part.ties == 2


def test_each_count_tells_what_its_choice_would_leave(network: Network) -> None:
    asked = Narrowing(group=("company",), county=("Stockholm",), as_of=2019)
    counts = part_of(network, asked).counts
    for facet, value in (
        ("group", "academia"),
        ("group", "company"),
        ("county", "Stockholm"),
        ("concept", "genomics"),
        ("concept", "imaging"),
    ):
        held = {"group": asked.group, "county": asked.county, facet: (value,)}
        assert counts[facet].get(value, 0) == len(part_of(network, Narrowing(**held, as_of=2019)).graph), value


@pytest.mark.parametrize("type_", ["OWNS", "FUNDS", "SUPPORTS", "MEMBER_OF"])
def test_the_count_of_a_type_tells_how_many_ties_it_would_leave(network: Network, type_: str) -> None:
    counts = part_of(network, Narrowing(tie=("OWNS",), county=("Uppsala",))).counts
    assert counts["tie"].get(type_, 0) == part_of(network, Narrowing(tie=(type_,), county=("Uppsala",))).ties
