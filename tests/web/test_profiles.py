"""Profiles: ties in groups, words in their language, paths by name, addresses that are gone."""

import json
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from cluster_net.domain.graph import ACTOR, Changes, Key, Revision
from cluster_net.domain.planning import Stamp, plan_changes
from cluster_net.domain.records import AccessStatement, Actor, Collaboration

Read, Make = Callable[..., str], Callable[..., FlaskClient]


def actor(slug: str, kind: str = "company", **fields: object) -> Actor:
    return Actor(id=slug, kind=kind, **({"name_sv": slug.title(), "name_en": slug.title()} | fields))  # type: ignore[arg-type]


def tie(start: str, type_: str, end: str, **fields: object) -> Collaboration:
    held = {"source_url": "https://s.example/", "source_title": "S", "confidence": 0.9, **fields}
    return Collaboration(from_id=start, type=type_, to_id=end, **held)  # type: ignore[arg-type]


def test_what_belongs_together_stands_apart_from_what_works_together(make_site: Make, text: Read) -> None:
    site = make_site(
        actor("whole"), actor("half"), actor("friend"), ties=[tie("half", "PART_OF", "whole"), tie("half", "COLLABORATES_WITH", "friend")]
    )
    belongs, works = text(site, "/en/actors/half").split('id="works"')
    assert "Whole" in belongs.split('id="belongs"')[1]
    assert "Friend" in works
    assert 'id="belongs"' not in text(site, "/en/actors/friend")


def test_no_id_stands_twice_where_a_tie_goes_both_ways(make_site: Make, text: Read) -> None:
    site = make_site(actor("a"), actor("b"), actor("c"), ties=[tie("a", "PART_OF", "b"), tie("c", "PART_OF", "a")])
    ids = re.findall(r'\sid="([^"]+)"', text(site, "/en/actors/a"))
    assert len(ids) == len(set(ids))
    assert {"ties-part-of", "ties-has-parts"} <= set(ids)


def test_two_sources_of_one_tie_stand_under_one_name(make_site: Make, text: Read) -> None:
    told = [tie("a", "AGREEMENT_WITH", "b", start_year=year, source_title=f"Title {year}") for year in (2018, 2021)]
    page = text(make_site(actor("a"), actor("b"), ties=told), "/en/actors/a")
    group = page.split('id="ties-has-an-agreement-with"')[1].split("</section>")[0]
    assert group.count("/en/actors/b") == 1
    assert "(2018–)" in group
    assert "Title 2018" in group
    assert "Title 2021" in group


def test_what_is_inferred_is_not_shown(make_site: Make, text: Read) -> None:
    page = text(make_site(actor("a"), actor("b"), ties=[tie("a", "OWNS", "b", confidence=0.3)]), "/en/actors/a")
    assert "/en/actors/b" not in page


def test_a_label_in_the_other_language_only_is_tagged(make_site: Make, text: Read) -> None:
    site = make_site(actor("a"), actor("b"), ties=[tie("a", "OWNS", "b", label_sv="Moderbolag")])
    assert '<span lang="sv">Moderbolag</span>' in text(site, "/en/actors/a")
    assert "<span>Moderbolag</span>" in text(site, "/actors/a")


def test_access_is_the_union_of_all_statements_each_with_its_own_source_and_date(make_site: Make, text: Read) -> None:
    statements = (
        AccessStatement(actor_id="t", user_groups=("industry",), source_url="https://one.example/", source_title="One",
                        source_date="2026-01-02", checked=True, how_to_apply_url="https://ask.example/"),
        AccessStatement(actor_id="t", user_groups=("academia",), source_url="https://two.example/", source_title="Two",
                        source_date="2019", checked=True, about_sv="Bara svenska."),
    )  # fmt: skip
    page = text(make_site(actor("t", "testbed"), *statements, ties=()), "/en/actors/t")
    who = page.split("<dt>Who may use it</dt>")[1].split("</dd>")[0]
    assert "academia" in who
    assert "industry" in who
    assert "One</a>, 2026-01-02" in page
    assert "Two</a>, 2019" in page
    assert page.split("Two</a>, 2019")[1][:120].count("not verified") == 1
    assert '<span lang="sv">Bara svenska.</span>' in page
    assert 'class="main-button" href="https://ask.example/"' in page
    assert page.count("main-button") == 1


@pytest.mark.parametrize("reference", ["strategy RS2026-00072", "javascript:alert(1)", "data:text/html,x", "//evil.example/"])
def test_only_web_addresses_are_linked(make_site: Make, text: Read, reference: str) -> None:
    held = actor("a", source_url=reference, source_title="The source", website=reference)
    page = text(make_site(held, actor("b"), ties=[tie("a", "OWNS", "b", source_url=reference)]), "/en/actors/a")
    assert f'href="{reference}"' not in page
    assert f"The source ({reference})" in page
    assert reference not in json.loads(page.split('ld+json">')[1].split("</script>")[0])["url"]


def test_structured_data_cannot_end_its_script(make_site: Make, text: Read) -> None:
    page = text(make_site(actor("a", description_en="</script><script>alert(1)</script>")), "/en/actors/a")
    held = page.split('ld+json">')[1].split("</script>")[0]
    assert json.loads(held)["description"] == "</script><script>alert(1)</script>"
    assert "<script>alert" not in page


def test_a_path_is_found_between_two_names_or_short_names(client: FlaskClient, text: Read) -> None:
    page = text(client, "/en/paths?from=Karolinska institutet&to=KTH")
    assert 'value="KTH Royal Institute of Technology"' in page
    assert "5 paths" in page


def test_a_name_that_several_could_have_is_asked_about(client: FlaskClient, text: Read) -> None:
    page = text(client, "/en/paths?from=ki&to=uppsala")
    assert "Which one do you mean?" in page
    assert re.search(r'href="/en/paths\?from=ki&amp;to=[a-z0-9-]+"', page)


def test_a_name_that_nobody_has_leads_to_a_search(client: FlaskClient, text: Read) -> None:
    assert "There is no actor called" in text(client, "/en/paths?from=ki&to=qqqzzzxxx")


def test_both_ends_alike_are_told_so(client: FlaskClient, text: Read) -> None:
    assert "Both ends are the same actor. Write another one" in text(client, "/en/paths?from=ki&to=ki")


def test_a_removed_page_says_why(make_site: Make, text: Read) -> None:
    site = make_site(actor("gone"))
    graph = site.application.extensions["cluster_net.backends"].graph
    graph.apply(Changes(delete=(Key(ACTOR, "gone"),), revisions=(Revision(ACTOR, "gone", "removed", "2026", "x", "The body <closed>."),)))
    page = text(site, "/en/actors/gone", 410)
    assert "This has been removed" in page
    assert "The body &lt;closed&gt;." in page


def test_who_has_a_concept_stands_by_sort_of_body(client: FlaskClient, text: Read) -> None:
    page = text(client, "/en/concepts/clinical-genomics")
    assert re.search(r"<h3>Infrastructure and testbed <span", page)


def test_the_map_tells_kinds_by_shape_and_writes_no_name_over_another(client: FlaskClient, text: Read) -> None:
    page = text(client, "/en/map")
    names = [(float(x), float(y), len(name) * 6.8 / 2) for x, y, name in re.findall(r'<text x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]+)<', page)]
    assert len(names) > 50
    for place, (x, y, half) in enumerate(names):
        assert all(abs(x - x2) >= half + half2 - 0.3 or abs(y - y2) >= 13.9 for x2, y2, half2 in names[:place])
    outlines = dict(re.findall(r'<path class="dot dot-([a-z]+)"[^>]* d="([^"]+)"', page))
    assert len(outlines) == len(set(outlines.values())) == 5


def test_the_table_of_the_map_is_sorted_by_name_or_by_partners(client: FlaskClient, text: Read) -> None:
    rows = [re.findall(r'<td class="num">(\d+)</td>', text(client, f"/map?sort={sort}")) for sort in ("partners", "name")]
    assert rows[0] == sorted(rows[0], key=int, reverse=True)
    assert rows[1] != rows[0]


def test_an_infrastructure_says_first_how_to_ask_or_who_could_tell(make_site: Make, text: Read) -> None:
    silent = actor("cyclotron", "infrastructure")
    told = actor("biobank", "biobank")
    note = AccessStatement(actor_id="biobank", how_to_apply_en="Write to the office.", source_title="Rules")
    client = make_site(silent, told, note, actor("hospital", "hospital"), ties=(tie("hospital", "OPERATES", "cyclotron"),))
    assert (
        "Nobody has published how to ask.</span> Ask who operates it: " in text(client, "/en/actors/cyclotron").partition("Can I use it")[0]
    )
    assert "Write to the office." in text(client, "/en/actors/biobank").partition("Can I use it")[0]


def test_a_search_without_hits_offers_neither_filters_nor_an_order(client: FlaskClient, text: Read) -> None:
    page = text(client, "/en/search?q=qqqzzz")
    assert 'class="facets" hidden' in page
    assert 'name="sort"' not in page


def test_a_profile_tells_what_was_changed_and_why(make_site: Make, text: Read) -> None:
    before = Actor(id="a", kind="company", name_sv="A", city=("Solna",), source_url="https://example.org")
    client = make_site(before)
    store = client.application.extensions["cluster_net.backends"].graph
    after, stamp = replace(before, city=("Uppsala",)), Stamp("2026-11-25T12:00:00Z", "anna@example.org", "it has moved")
    store.apply(plan_changes([after], [], store.get([before.key]), {}, stamp).changes)
    page = text(client, "/en/actors/a")
    assert "25 November 2026: changed" in page
    assert "(it has moved)" in page
    assert "<del>Solna</del>" in page
    assert "<ins>Uppsala</ins>" in page
    assert "anna@example.org" not in page
    assert "<dt>Ort</dt>" in text(client, "/actors/a")
