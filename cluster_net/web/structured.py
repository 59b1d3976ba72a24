"""Structured data for search engines, after schema.org."""

from collections.abc import Mapping

from flask_babel import gettext

from cluster_net.domain.records import Actor, Need, Sourced
from cluster_net.domain.roles import FUNDING_KINDS
from cluster_net.domain.vocabulary import Language
from cluster_net.services.cards import Card
from cluster_net.services.profiles import ActorPage, ConceptPage, ProposalPage
from cluster_net.services.publishing import Edition
from cluster_net.web.dcat import WHOLE, Publisher
from cluster_net.web.wording import card_url, outside_url, site_url, web_link

_TYPES = {
    "university": "CollegeOrUniversity",
    "hospital": "Hospital",
    "region": "GovernmentOrganization",
    "municipality": "GovernmentOrganization",
    "agency": "GovernmentOrganization",
    "company": "Corporation",
    "foundation": "NGO",
    "patient-organisation": "NGO",
    "funder": "FundingAgency",
    "institute": "ResearchOrganization",
}
Held = dict[str, object]


def actor_json_ld(page: ActorPage) -> Held:
    """Return the JSON-LD of an actor: an Organization, or the type nearest to its kind."""
    actor = page.actor
    places = _places(actor)
    same = [f"https://ror.org/{actor.ror}"] if actor.ror else []
    same += [f"https://www.wikidata.org/wiki/{actor.wikidata}"] if actor.wikidata else []
    held: Held = {
        "@type": _TYPES.get(actor.kind, "ResearchOrganization" if actor.is_infrastructure else "Organization"),
        "url": web_link(actor.website) or card_url(page.card, outside=True),
        "alternateName": [
            name for name in (actor.name_sv, actor.name_en, actor.acronym, *actor.aliases) if name and name != page.card.name
        ],
        "foundingDate": str(actor.founded or ""),
        "identifier": {"@type": "PropertyValue", "propertyID": "organisationsnummer", "value": actor.org_number}
        if actor.org_number
        else None,
        "sameAs": same,
        "knowsAbout": [concept.name for concept in page.concepts],
        "parentOrganization": [_named("actors", one) for one in dict.fromkeys((*actor.part_of, *actor.operated_by))],
        "address": places,
        "location": [{"@type": "Place", "address": place} for place in places] if actor.is_infrastructure else None,
        "seeks": [_named("needs", card.slug) for card in page.needs],
        "makesOffer": [_named("offers", card.slug) for card in page.offers],
    }
    return _described("actors", page.card, held, actor)


def proposal_json_ld(page: ProposalPage) -> Held:
    """Return the JSON-LD of a need as a Demand of its owners, of an offer as an Offer by them."""
    record, owners = page.record, [_named("actors", card.slug) for card in page.owners]
    held: Held = {
        "url": card_url(page.card, outside=True),
        "category": page.card.kind_word,
        "validThrough": record.deadline,
        "areaServed": page.card.place,
    }
    if isinstance(record, Need):
        asked: Held = {"@type": "Demand", "@reverse": {"seeks": owners} if owners else None}
        return _described("needs", page.card, held | asked, record)
    amount: Held = {"@type": "MonetaryAmount", "minValue": record.amount_min, "maxValue": record.amount_max, "currency": record.currency}
    funding = record.kind in FUNDING_KINDS
    thing: Held = {"@type": "MonetaryGrant" if funding else "Service", "name": page.card.name}
    thing |= {"amount": _filled(amount)} if funding and record.amount_max else {}
    given: Held = {"@type": "Offer", "offeredBy": owners, "validFrom": record.opens, "itemOffered": thing}
    return _described("offers", page.card, held | given, record)


def concept_json_ld(page: ConceptPage) -> Held:
    """Return the JSON-LD of a concept: a DefinedTerm of the site's vocabulary."""
    concept = page.concept
    names = (concept.pref_sv, concept.pref_en, *concept.alt_sv, *concept.alt_en)
    held: Held = {
        "@type": "DefinedTerm",
        "url": card_url(page.card, outside=True),
        "termCode": concept.id,
        "alternateName": [name for name in dict.fromkeys(names) if name and name != page.card.name],
        "inDefinedTermSet": {"@type": "DefinedTermSet", "@id": f"{site_url()}/concepts", "url": outside_url("concepts_page")},
    }
    return _described("concepts", page.card, held)


def _described(folder: str, card: Card, held: Held, record: Sourced | None = None) -> Held:
    """Return *held* with what everything has: an address that is the same in both languages, a name, a text and its source."""
    common: Held = {
        "@context": "https://schema.org",
        "@id": f"{site_url()}/{folder}/{card.slug}",
        "name": card.name,
        "description": card.text,
    }
    source = web_link(record.source_url) if record else ""
    if record and source:
        common["subjectOf"] = _filled({"@type": "CreativeWork", "url": source, "name": record.source_title})
    if card.fictional:
        common["disambiguatingDescription"] = gettext("This is invented for the demonstration.")
    return _filled(common | held)


def _named(folder: str, slug: str) -> Held:
    return {"@id": f"{site_url()}/{folder}/{slug}"}


def _places(actor: Actor) -> list[Held]:
    """Return one address for each place: schema.org's addressLocality names a single one."""
    return [{"@type": "PostalAddress", "addressLocality": city, "addressCountry": actor.country or "SE"} for city in actor.city]


def _filled(held: Held) -> Held:
    return {name: value for name, value in held.items() if value}


def dataset_json_ld(edition: Edition, source: Publisher, words: Mapping[str, str], language: Language) -> Held:
    """Return the JSON-LD of all data as a Dataset with its downloads; *words* tell what each file is."""
    files = [
        {
            "@type": "DataDownload",
            "name": words[file.name],
            "contentUrl": f"{source.site}/dumps/{file.name}",
            "encodingFormat": file.media_type,
            "contentSize": f"{file.size} B",
            "sha256": file.sha256,
        }
        for file in edition.files
    ]
    title, text = WHOLE
    held: Held = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": f"{source.site}/dcat#network",
        "url": f"{source.site}{'/en' if language == 'en' else ''}/data",
        "name": f"{source.name}: {title.in_language(language)}",
        "description": text.in_language(language),
        "inLanguage": ["sv", "en"],
        "license": source.licence,
        "isAccessibleForFree": True,
        "version": str(edition.version),
        "dateModified": edition.changed,
        "creator": {"@type": "Organization", "name": source.name, "url": f"{source.site}/"},
        "includedInDataCatalog": {
            "@type": "DataCatalog",
            "@id": f"{source.site}/dcat#catalogue",
            "name": source.name,
            "url": f"{source.site}/dcat",
        },
        "distribution": files,
    }
    return _filled(held)
