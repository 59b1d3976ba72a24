"""Search for pages and the interface: scope, chosen values, true counts, labels."""

import pytest

from cluster_net.domain.errors import Invalid
from cluster_net.domain.filters import Eq
from cluster_net.domain.search import FACET_FIELDS, Document
from cluster_net.services.searching import FACET_WORDS, FacetValue, SearchRequest, search_cluster


def document(slug: str, type_: str = "actor", **more) -> Document:
    return Document(id=f"{type_}-{slug}", type=type_, slug=slug, name_sv=slug, name_en=slug, sort_sv=slug, sort_en=slug, **more)


@pytest.fixture
def filled(index):
    index.put([
        document("a", kind="testbed", county=("Uppsala",), concept=("genomics",)),
        document("b", kind="testbed", county=("Stockholm",)),
        document("c", kind="biobank", county=("Uppsala", "Stockholm")),
        document("d", kind="company", county=("Uppsala",)),
        document("hidden", kind="testbed", county=("Uppsala",), visibility="staff"),
        document("g", "concept", kind="technique"),
    ])  # fmt: skip
    return index


def slugs(page) -> list[str]:
    return [hit.document.slug for hit in page.hits]


def values(page, facet: str) -> dict[str, int]:
    return {one.value: one.count for one in page.facets[facet]}


def test_only_what_the_public_may_see_is_found_or_counted(filled):
    page = search_cluster(filled, SearchRequest(sort="name"), ("kind",))
    assert slugs(page) == ["a", "b", "c", "d", "g"]
    assert page.total == 5
    assert values(page, "kind")["testbed"] == 2
    assert search_cluster(filled, SearchRequest(where=Eq("visibility", "staff"))).total == 0


def test_values_of_a_facet_are_alternatives_and_facets_add_up(filled):
    either = SearchRequest(selected={"kind": ("testbed", "biobank")}, sort="name")
    assert slugs(search_cluster(filled, either)) == ["a", "b", "c"]
    both = SearchRequest(selected={"kind": ("testbed", "biobank"), "county": ("Uppsala",)}, sort="name")
    assert slugs(search_cluster(filled, both)) == ["a", "c"]


def test_counts_of_a_facet_leave_its_own_choice_out_but_keep_the_others(filled):
    page = search_cluster(filled, SearchRequest(selected={"kind": ("testbed",), "county": ("Uppsala",)}), ("kind", "county", "type"))
    assert values(page, "kind") == {"testbed": 1, "biobank": 1, "company": 1}
    assert values(page, "county") == {"Stockholm": 1, "Uppsala": 1}
    assert values(page, "type") == {"actor": 1}
    assert page.total == 1


def test_a_chosen_value_stays_visible_without_a_hit(filled):
    page = search_cluster(filled, SearchRequest(selected={"kind": ("register",)}), ("kind",))
    assert page.total == 0
    assert FacetValue("register", "register", 0, chosen=True) in page.facets["kind"]


def test_values_come_by_count_then_by_label(filled):
    page = search_cluster(filled, SearchRequest(language="en"), ("kind",))
    assert [one.label for one in page.facets["kind"]] == ["testbed", "biobank", "company", "technique"]


def test_labels_are_in_the_language_asked_for_and_concepts_named_by_the_caller(filled):
    page = search_cluster(filled, SearchRequest(), ("kind", "county", "concept"), {"genomics": "Genomik"})
    assert "testbädd" in [one.label for one in page.facets["kind"]]
    assert "Uppsala län" in [one.label for one in page.facets["county"]]
    assert page.facets["concept"] == (FacetValue("genomics", "Genomik", 1, chosen=False),)
    assert search_cluster(filled, SearchRequest(), ("concept",)).facets["concept"][0].label == "genomics"


def test_types_and_a_further_filter_narrow(filled):
    assert slugs(search_cluster(filled, SearchRequest(types=("concept",)))) == ["g"]
    assert slugs(search_cluster(filled, SearchRequest(where=Eq("slug", "a")))) == ["a"]


def test_all_is_asked_in_one_round_trip(filled):
    class Counting:
        trips = 0

        def search_many(self, queries):
            self.trips += 1
            assert [query.limit for query in queries] == [20, 0, 0]
            return filled.search_many(queries)

    index = Counting()
    search_cluster(index, SearchRequest(selected={"kind": ("testbed",), "county": ("Uppsala",)}), ("kind", "county", "access"))
    assert index.trips == 1


@pytest.mark.parametrize(("request_", "facets", "fields"), [
    (SearchRequest(limit=0), (), ["limit"]), (SearchRequest(limit=101), (), ["limit"]), (SearchRequest(offset=-1), (), ["offset"]),
    (SearchRequest(sort="size"), (), ["sort"]), (SearchRequest(selected={"colour": ("red",)}), (), ["colour"]),
    (SearchRequest(), ("colour",), ["colour"]), (SearchRequest(types=("event",)), (), ["type"]), (SearchRequest(text="x" * 501), (), ["q"]),
    (SearchRequest(selected={"kind": tuple(map(str, range(51)))}), (), ["kind"]), (SearchRequest(limit=0, sort="x"), (), ["sort", "limit"]),
])  # fmt: skip
def test_what_cannot_be_asked_is_refused_with_the_field_and_the_mend(filled, request_, facets, fields):
    with pytest.raises(Invalid) as caught:
        search_cluster(filled, request_, facets)
    assert [problem.field for problem in caught.value.problems] == fields
    assert all(problem.mend for problem in caught.value.problems)


def test_every_facet_with_words_is_a_facet_of_the_index():
    assert set(FACET_WORDS) <= set(FACET_FIELDS)
