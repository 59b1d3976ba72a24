"""Open data over HTTP: the files, the catalogue after DCAT-AP-SE, the page for people, UNIQUIP."""

import csv
import hashlib
import io
import json
import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from rdflib import DCAT, DCTERMS, RDF, Graph, Namespace, URIRef

from cluster_net.domain.records import AccessStatement, Actor

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's own JSON-LD parser
SPDX = Namespace("http://spdx.org/rdf/terms#")
Read = Callable[..., str]
Make = Callable[..., FlaskClient]


@pytest.fixture
def catalogue(client: FlaskClient) -> Graph:
    return Graph().parse(data=client.get("/dcat.ttl").data, format="turtle")


def test_every_file_of_the_catalogue_can_be_had_with_the_size_and_checksum_told(client: FlaskClient, catalogue: Graph) -> None:
    sized = list(catalogue.subjects(SPDX.checksum))
    assert len(sized) == 5
    for file in sized:
        answer = client.get(str(catalogue.value(file, DCAT.downloadURL)))
        assert answer.status_code == 200
        assert len(answer.data) == int(str(catalogue.value(file, DCAT.byteSize)))
        checksum = catalogue.value(file, SPDX.checksum)
        assert hashlib.sha256(answer.data).hexdigest() == str(catalogue.value(checksum, SPDX.checksumValue))
        assert catalogue.value(checksum, SPDX.algorithm) == SPDX.checksumAlgorithm_sha256
        answer.close()


def test_every_download_of_the_catalogue_answers(client: FlaskClient, catalogue: Graph) -> None:
    files = list(catalogue.objects(None, DCAT.downloadURL))
    assert len(files) == 8
    for address in files:
        with client.get(str(address)) as answer:
            assert answer.status_code == 200, address


MANDATORY = {
    DCAT.Catalog: (DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCTERMS.license, DCTERMS.language, DCAT.dataset),
    DCAT.Dataset: (DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCAT.contactPoint, DCAT.theme, DCAT.keyword, DCAT.distribution),
    DCAT.Distribution: (DCTERMS.title, DCAT.accessURL, DCTERMS.license, DCTERMS["format"]),
    DCAT.DataService: (DCTERMS.title, DCAT.endpointURL, DCAT.endpointDescription, DCAT.servesDataset),
}


@pytest.mark.parametrize("kind", MANDATORY, ids=lambda kind: str(kind).rpartition("#")[2])
def test_what_the_profile_wants_is_there_in_both_languages(catalogue: Graph, kind: URIRef) -> None:
    found = list(catalogue.subjects(RDF.type, kind))
    assert found
    for one in found:
        assert all((one, predicate, None) in catalogue for predicate in MANDATORY[kind]), one
        assert {title.language for title in catalogue.objects(one, DCTERMS.title)} == {"sv", "en"}  # type: ignore[attr-defined]


def test_the_catalogue_says_the_same_in_every_form(client: FlaskClient, catalogue: Graph) -> None:
    for suffix, form in (("jsonld", "json-ld"), ("rdf", "xml")):
        assert set(Graph().parse(data=client.get(f"/dcat.{suffix}").data, format=form)) == set(catalogue)


@pytest.mark.parametrize(("accept", "kind"), [
    ("", "text/turtle"), ("*/*", "text/turtle"), ("text/turtle", "text/turtle"), ("application/ld+json", "application/ld+json"),
    ("application/rdf+xml;q=0.9, text/turtle;q=0.1", "application/rdf+xml"), ("image/png", "text/turtle"),
])  # fmt: skip
def test_the_form_of_the_catalogue_is_negotiated(client: FlaskClient, accept: str, kind: str) -> None:
    answer = client.get("/dcat", headers={"Accept": accept} if accept else {})
    assert answer.mimetype == kind
    assert "Accept" in answer.headers["Vary"]


def test_a_browser_that_asks_for_the_catalogue_is_led_to_the_page(client: FlaskClient) -> None:
    answer = client.get("/dcat", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/data")


def test_a_file_is_not_sent_again_and_a_broken_download_goes_on(client: FlaskClient) -> None:
    with client.get("/dumps/nodes.jsonl") as first:
        tag, whole = first.headers["ETag"], first.data
        assert re.fullmatch(r"attachment; filename=cluster-net-\d+-nodes\.jsonl", first.headers["Content-Disposition"])
        assert "license" in first.headers["Link"]
    with client.get("/dumps/nodes.jsonl", headers={"If-None-Match": tag}) as again:
        assert (again.status_code, again.data) == (304, b"")
    with client.get("/dumps/nodes.jsonl", headers={"Range": "bytes=100-199", "If-Range": tag}) as part:
        assert (part.status_code, part.data) == (206, whole[100:200])


@pytest.mark.parametrize("address", ["/dumps/nothing", "/dumps/..%2Fgraph.db", "/dumps/checksum.txt", "/dcat.csv"])
def test_nothing_else_is_served_from_the_shelf(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_pages_of_other_sites_may_read_the_files(client: FlaskClient) -> None:
    for address in ("/dumps/links.jsonl", "/dcat.jsonld"):
        with client.get(address) as answer:
            assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(("language", "words"), [("", "Öppna data"), ("/en", "Open data")])
def test_the_page_lists_the_files_with_size_checksum_and_licence(client: FlaskClient, text: Read, language: str, words: str) -> None:
    page = text(client, f"{language}/data")
    assert f"<h1>{words}</h1>" in page
    assert 'href="/dumps/tables.zip"' in page
    assert len(re.findall(r'class="checksum">[0-9a-f]{64}<', page)) == 5
    assert "CC BY 4.0" in page
    assert f'href="{language}/data">{words}</a>' in text(client, f"{language}/")


def test_the_page_describes_the_dataset_for_search_engines(client: FlaskClient, text: Read) -> None:
    held = json.loads(text(client, "/en/data").split('ld+json">')[1].split("</script>")[0])
    assert held["@type"] == "Dataset"
    assert held["distribution"][0]["contentUrl"] == "http://localhost/dumps/tables.zip"


def test_the_first_command_of_the_page_works(client: FlaskClient, text: Read) -> None:
    (address,) = re.findall(r"curl &#39;http://localhost([^ ]+)&#39;", text(client, "/en/data"))
    assert client.get(address.replace("&amp;", "&")).json["total"] > 0


def rows(client: FlaskClient, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer.content_type == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.get_data(as_text=True), newline="")))


def test_uniquip_lists_every_infrastructure_once(client: FlaskClient) -> None:
    found = rows(client, "/en/infrastructures.uniquip.csv")
    assert len(found) == len({one["institutionID"] for one in found}) == 160
    assert list(found[0])[:5] == ["type", "institutionID", "doi", "name", "description"]
    scilifelab = next(one for one in found if one["institutionID"].endswith("/actors/scilifelab"))
    assert (scilifelab["type"], scilifelab["name"]) == ("facility", "Science for Life Laboratory")


def test_uniquip_names_department_technique_and_whom_to_ask(make_site: Make) -> None:
    bed = Actor(
        id="bed", kind="testbed", name_sv="=Bädd", operated_by=("ki",), user_groups=("industry",), access_modes=("paid",), city=("Solna",)
    )
    told = AccessStatement(
        actor_id="bed", how_to_apply_url="https://ask.example/", source_url="https://a.example/", user_groups=("academia",)
    )
    site = make_site(
        bed, told, Actor(id="ki", kind="university", name_sv="KI"), Actor(id="f", kind="unit", name_sv="F", fictional=True), ties=()
    )
    (one,) = rows(site, "/infrastructures.uniquip.csv?version=1")
    assert (one["Name"], one["Department"], one["Site Location"]) == ("'=Bädd", "KI", "Solna")
    assert (one["Contact URL"], one["Service Level"]) == ("https://ask.example/", "företag, akademi, mot avgift")
    assert (one["Contact Name"], one["Related Facility ID"]) == ("", "")


@pytest.mark.parametrize("version", ["0", "3", "x", "²", ""])
def test_there_is_no_other_version_of_uniquip(client: FlaskClient, version: str) -> None:
    assert client.get(f"/infrastructures.uniquip.csv?version={version}").status_code == 404
