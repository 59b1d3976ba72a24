"""What pages tell machines about themselves: schema.org as a parser reads it, addresses in both languages, cards for sharing."""

import json
import re
from collections.abc import Callable, Iterable
from html import unescape

import pytest
from flask.testing import FlaskClient
from rdflib import RDF, SDO, Graph, Literal, URIRef

from cluster_net.domain.records import Actor, Need, Offer

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's own JSON-LD parser
Read = Callable[..., str]
Make = Callable[..., FlaskClient]
SITE = "http://localhost"
PROFILES = [
    "/actors/ki", "/actors/scilifelab", "/actors/demo-nordsensor", "/needs/testbeds-precision-medicine", "/needs/demo-aralund-capital",
    "/offers/eic-accelerator", "/offers/vinnova-innovativa-startups", "/concepts/genomics", "/data",
]  # fmt: skip
WORDS = {f"{SDO}{term}" for term in SDO.__annotations__}


def parsed(page: str) -> Graph:
    """Return what a JSON-LD parser reads on a page; schema.org's own context is a vocabulary to it, so no network is asked."""
    (held,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    read = json.loads(held)
    assert read.pop("@context") == "https://schema.org"
    return Graph().parse(data=json.dumps({"@context": {"@vocab": str(SDO)}, **read}), format="json-ld")


def types(graph: Graph, address: str) -> set[str]:
    return {str(kind).removeprefix(str(SDO)) for kind in graph.objects(URIRef(SITE + address), RDF.type)}


def texts(found: Iterable[object]) -> set[str]:
    return {str(one) for one in found}


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("address", PROFILES)
def test_a_page_says_only_what_schema_org_has_words_for(client: FlaskClient, text: Read, address: str, language: str) -> None:
    graph = parsed(text(client, language + address))
    used = {predicate for predicate in graph.predicates() if predicate != RDF.type} | set(graph.objects(None, RDF.type))
    assert len(graph) > 4
    assert {str(one) for one in used} - WORDS == set()
    assert not any(isinstance(one, Literal) and not str(one) for one in graph.objects())


@pytest.mark.parametrize(("address", "kind"), [
    ("/actors/ki", "CollegeOrUniversity"), ("/actors/scilifelab", "ResearchOrganization"), ("/concepts/genomics", "DefinedTerm"),
    ("/needs/testbeds-precision-medicine", "Demand"), ("/offers/eic-accelerator", "Offer"),
])  # fmt: skip
def test_a_thing_has_one_address_and_one_type_in_both_languages(client: FlaskClient, text: Read, address: str, kind: str) -> None:
    for language in ("", "/en"):
        assert types(parsed(text(client, language + address)), address) == {kind}


def test_a_need_is_sought_by_its_owners_and_an_offer_made_by_its_own(make_site: Make, text: Read) -> None:
    owner = Actor(id="a", kind="funder", name_sv="A", source_url="https://a.example/", source_title="A")
    need = Need(id="n", kind="capital", owner_id="a", title_sv="N", deadline="2027-01-31")
    offer = Offer(id="o", kind="call", owner_id="a", title_sv="O", amount_min=5, amount_max=9, currency="SEK", opens="2026-12-01")
    site = make_site(owner, need, offer, ties=())
    asked, given = parsed(text(site, "/needs/n")), parsed(text(site, "/offers/o"))
    assert (URIRef(f"{SITE}/actors/a"), SDO.seeks, URIRef(f"{SITE}/needs/n")) in asked
    assert (URIRef(f"{SITE}/offers/o"), SDO.offeredBy, URIRef(f"{SITE}/actors/a")) in given
    assert texts(given.objects(None, SDO.maxValue)) == {"9"}
    assert texts(given.objects(None, SDO.validFrom)) == {"2026-12-01"}
    assert texts(asked.objects(None, SDO.validThrough)) == {"2027-01-31"}


def test_an_infrastructure_names_its_place_its_operator_and_its_source(make_site: Make, text: Read) -> None:
    bed = Actor(
        id="bed", kind="testbed", name_sv="B", operated_by=("ki",), city=("Solna",), source_url="https://b.example/", source_title="S"
    )
    graph = parsed(text(make_site(bed, Actor(id="ki", kind="university", name_sv="KI"), ties=()), "/actors/bed"))
    here = URIRef(f"{SITE}/actors/bed")
    assert (here, SDO.parentOrganization, URIRef(f"{SITE}/actors/ki")) in graph
    assert texts(graph.objects(None, SDO.addressLocality)) == {"Solna"}
    assert graph.value(graph.value(here, SDO.location), RDF.type) == SDO.Place
    assert texts(graph.objects(graph.value(here, SDO.subjectOf), SDO.name)) == {"S"}


def test_two_places_are_two_addresses(make_site: Make, text: Read) -> None:
    bed = Actor(id="bed", kind="testbed", name_sv="B", city=("Solna", "Uppsala"))
    graph = parsed(text(make_site(bed, ties=()), "/actors/bed"))
    here = URIRef(f"{SITE}/actors/bed")
    addresses = list(graph.objects(here, SDO.address))
    assert sorted(texts(one for held in addresses for one in graph.objects(held, SDO.addressLocality))) == ["Solna", "Uppsala"]
    assert len(addresses) == len(list(graph.objects(here, SDO.location))) == 2


def test_what_is_invented_says_so_to_machines_too(client: FlaskClient, text: Read) -> None:
    for address in ("/actors/demo-nordsensor", "/needs/demo-sensor-test"):
        assert texts(parsed(text(client, f"/en{address}")).objects(None, SDO.disambiguatingDescription))
    assert not texts(parsed(text(client, "/actors/ki")).objects(None, SDO.disambiguatingDescription))


def pages(client: FlaskClient) -> list[str]:
    """Return the path of every page that is one of the site's own rules without a part that varies, and of one profile each."""
    rules = client.application.url_map.iter_rules()
    plain = [one.rule for one in rules if one.endpoint.startswith("sv.") and one.endpoint.endswith("_page") and not one.arguments]
    return [*(rule for rule in plain if rule != "/offers"), *PROFILES[:-1]]


def test_every_page_has_its_canonical_address_and_its_twin_in_the_other_language(client: FlaskClient) -> None:
    for path in pages(client):
        for language, prefix in (("sv", ""), ("en", "/en")):
            answer = client.get(f"{prefix}{path}", follow_redirects=True)
            page = answer.get_data(as_text=True)
            here = answer.request.path
            twin = here.removeprefix("/en") if language == "en" else f"/en{here}"
            both = {language: f"{SITE}{here}", {"sv": "en", "en": "sv"}[language]: f"{SITE}{twin}"}
            assert re.findall(r'rel="canonical" href="([^"?]+)', page) == [f"{SITE}{here}"], here
            found = dict(re.findall(r'rel="alternate" hreflang="([^"]+)" href="([^"?]+)', page))
            assert found == {**both, "x-default": both["sv"]}, here


def test_a_page_can_be_shared_without_pictures_from_elsewhere(client: FlaskClient, text: Read) -> None:
    page = unescape(text(client, "/en/actors/scilifelab"))
    card = dict(re.findall(r'<meta property="og:([^"]+)" content="([^"]*)"', page))
    assert card["title"] == "Science for Life Laboratory – Capital of Life"
    assert card["url"] == f"{SITE}/en/actors/scilifelab"
    assert (card["locale"], card["locale:alternate"], card["type"]) == ("en_GB", "sv_SE", "website")
    assert len(card["description"]) > 20
    assert "image" not in card


def test_an_error_has_neither_canonical_address_nor_card(client: FlaskClient, text: Read) -> None:
    page = text(client, "/en/actors/nope", 404)
    assert "og:" not in page
    assert "canonical" not in page
    assert 'content="noindex"' in page
