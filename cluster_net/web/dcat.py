"""The open data as a catalogue after DCAT-AP-SE, for dataportal.se and others that harvest."""

from collections.abc import Mapping
from dataclasses import dataclass

from rdflib import DCAT, DCTERMS, FOAF, RDF, XSD, Graph, Literal, Namespace, URIRef

from cluster_net.domain.vocabulary import Words
from cluster_net.services.publishing import TABLES_FILE, DumpFile, Edition

SPDX = Namespace("http://spdx.org/rdf/terms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
_VERSION = URIRef(f"{DCAT}version")  # of DCAT 3, which rdflib does not list yet
_EU = "http://publications.europa.eu/resource/authority"
_IANA = "https://www.iana.org/assignments/media-types"
_LANGUAGES = (URIRef(f"{_EU}/language/SWE"), URIRef(f"{_EU}/language/ENG"))
_REGISTERED = frozenset({"application/zip", "text/csv", "application/json"})  # media types that IANA knows
FORMS: Mapping[str, str] = {"turtle": "text/turtle", "json-ld": "application/ld+json", "xml": "application/rdf+xml"}
FILE_WORDS: Mapping[str, Words] = {
    TABLES_FILE: Words("Alla tabeller som CSV", "All tables as CSV"),
    "nodes.jsonl": Words("Alla poster, en JSON-rad var", "All records, one line of JSON each"),
    "links.jsonl": Words("Alla relationer, en JSON-rad var", "All relationships, one line of JSON each"),
    "graph.graphml": Words("Hela nätverket som GraphML", "The whole network as GraphML"),
    "graph.gexf": Words("Hela nätverket som GEXF, för Gephi", "The whole network as GEXF, for Gephi"),
}
WHOLE = (
    Words("Nätverket", "The network"),
    Words(
        "Aktörer, forskningsinfrastrukturer, testbäddar, samverkan, behov, erbjudanden och begrepp, var uppgift med sin källa.",
        "Actors, research infrastructures, testbeds, collaborations, needs, offers and concepts, each fact with its source.",
    ),
)
_DIRECTORY = (
    Words("Forskningsinfrastrukturer och testbäddar", "Research infrastructures and testbeds"),
    Words(
        "Vad som finns att testa, mäta, beräkna och lagra med, vem som får använda det och hur.",
        "What there is to test, measure, compute and store with, who may use it and how.",
    ),
)
_LISTS = (
    ("/infrastructures.uniquip.csv", "text/csv", Words("Katalogen enligt UNIQUIP", "The directory according to UNIQUIP")),
    ("/infrastructures.csv", "text/csv", Words("Katalogen som CSV", "The directory as CSV")),
    ("/infrastructures.json", "application/json", Words("Katalogen som JSON", "The directory as JSON")),
)
KEYWORDS = (
    Words("life science", "life science"),
    Words("testbäddar", "testbeds"),
    Words("forskningsinfrastruktur", "research infrastructure"),
)


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes: the site's name, its address without a slash at the end, the address of the data's licence, a mailbox or nothing."""

    name: str
    site: str
    licence: str
    mailbox: str = ""


def catalogue(edition: Edition, publisher: Publisher) -> Graph:
    """Return the catalogue: one dataset of everything, one of the directory, and the interface that serves both."""
    graph = Graph()
    for prefix, space in (("dcat", DCAT), ("dcterms", DCTERMS), ("foaf", FOAF), ("spdx", SPDX), ("vcard", VCARD)):
        graph.bind(prefix, space)
    here = _Terms(graph, edition, publisher)
    root = here.thing("catalogue", DCAT.Catalog, Words(publisher.name, publisher.name), WHOLE[1])
    whole, directory, service = here.dataset("network", *WHOLE), here.dataset("infrastructures", *_DIRECTORY), here.service()
    for file in edition.files:
        here.distribution(whole, f"{publisher.site}/dumps/{file.name}", file.media_type, FILE_WORDS[file.name], file)
    for path, media_type, words in _LISTS:
        here.distribution(directory, publisher.site + path, media_type, words)
    for dataset in (whole, directory):
        graph.add((root, DCAT.dataset, dataset))
        graph.add((service, DCAT.servesDataset, dataset))
    graph.add((root, DCAT.service, service))
    graph.add((root, FOAF.homepage, URIRef(f"{publisher.site}/data")))
    return graph


class _Terms:
    """Adds described things to a graph."""

    def __init__(self, graph: Graph, edition: Edition, publisher: Publisher) -> None:
        self._graph, self._edition, self._publisher = graph, edition, publisher
        self._page = URIRef(f"{publisher.site}/data")
        self._agent, self._contact = (URIRef(f"{publisher.site}/dcat#{name}") for name in ("publisher", "contact"))
        self._licence = URIRef(publisher.licence)
        for subject, predicate, value in (
            (self._agent, RDF.type, FOAF.Agent),
            (self._agent, FOAF.name, Literal(publisher.name)),
            (self._contact, RDF.type, VCARD.Organization),
            (self._contact, VCARD.fn, Literal(publisher.name)),
            (self._contact, VCARD.hasURL, URIRef(f"{publisher.site}/about")),
        ):
            graph.add((subject, predicate, value))
        if publisher.mailbox:
            graph.add((self._contact, VCARD.hasEmail, URIRef(f"mailto:{publisher.mailbox}")))

    def thing(self, name: str, kind: URIRef, title: Words, text: Words) -> URIRef:
        """Add a catalogue, a dataset or a service."""
        subject = URIRef(f"{self._publisher.site}/dcat#{name}")
        self._words(subject, title, text)
        self._add(subject, {RDF.type: kind, DCTERMS.publisher: self._agent, DCTERMS.license: self._licence})
        for language in _LANGUAGES:
            self._graph.add((subject, DCTERMS.language, language))
        if self._edition.changed:
            self._graph.add((subject, DCTERMS.modified, Literal(self._edition.changed, datatype=XSD.dateTime)))
        return subject

    def dataset(self, name: str, title: Words, text: Words) -> URIRef:
        """Add a dataset of the current version."""
        subject = self.thing(name, DCAT.Dataset, title, text)
        self._add(
            subject,
            {
                DCTERMS.identifier: Literal(str(subject)),
                DCTERMS.accessRights: URIRef(f"{_EU}/access-right/PUBLIC"),
                DCTERMS.accrualPeriodicity: URIRef(f"{_EU}/frequency/IRREG"),
                DCTERMS.spatial: URIRef(f"{_EU}/country/SWE"),
                _VERSION: Literal(str(self._edition.version)),
                DCAT.contactPoint: self._contact,
                DCAT.landingPage: self._page,
            },
        )
        for theme in ("HEAL", "TECH"):
            self._graph.add((subject, DCAT.theme, URIRef(f"{_EU}/data-theme/{theme}")))
        for word in KEYWORDS:
            self._graph.add((subject, DCAT.keyword, Literal(word.sv, lang="sv")))
            self._graph.add((subject, DCAT.keyword, Literal(word.en, lang="en")))
        return subject

    def distribution(self, dataset: URIRef, address: str, media_type: str, title: Words, file: DumpFile | None = None) -> None:
        """Add a file of *dataset*; size and checksum where it is written once a version."""
        subject = URIRef(f"{address}#file")
        self._words(subject, title)
        self._add(
            subject,
            {
                RDF.type: DCAT.Distribution,
                DCAT.accessURL: self._page,
                DCAT.downloadURL: URIRef(address),
                DCTERMS.format: Literal(media_type),
                DCTERMS.license: self._licence,
            },
        )
        if media_type in _REGISTERED:
            self._graph.add((subject, DCAT.mediaType, URIRef(f"{_IANA}/{media_type}")))
        if file is not None:
            checksum = URIRef(f"{address}#checksum")
            self._add(subject, {DCAT.byteSize: Literal(file.size, datatype=XSD.nonNegativeInteger), SPDX.checksum: checksum})
            value = Literal(file.sha256, datatype=XSD.hexBinary)
            self._add(checksum, {RDF.type: SPDX.Checksum, SPDX.algorithm: SPDX.checksumAlgorithm_sha256, SPDX.checksumValue: value})
        self._graph.add((dataset, DCAT.distribution, subject))

    def service(self) -> URIRef:
        """Add the interface."""
        site = self._publisher.site
        words = Words("Öppet gränssnitt", "Open interface"), Words("JSON över HTTP, bara för läsning.", "JSON over HTTP, for reading only.")
        subject = self.thing("api", DCAT.DataService, *words)
        described = {DCAT.endpointURL: URIRef(f"{site}/api/v1"), DCAT.endpointDescription: URIRef(f"{site}/api/v1/openapi.json")}
        self._add(subject, {**described, DCAT.contactPoint: self._contact, DCAT.landingPage: URIRef(f"{site}/data/api")})
        return subject

    def _words(self, subject: URIRef, title: Words, text: Words | None = None) -> None:
        for predicate, words in ((DCTERMS.title, title), (DCTERMS.description, text)):
            if words is not None:
                self._graph.add((subject, predicate, Literal(words.sv, lang="sv")))
                self._graph.add((subject, predicate, Literal(words.en, lang="en")))

    def _add(self, subject: URIRef, held: Mapping[URIRef, URIRef | Literal]) -> None:
        for predicate, value in held.items():
            self._graph.add((subject, predicate, value))
