"""Structured data for search engines, after schema.org."""

from collections.abc import Mapping

from cluster_net.domain.vocabulary import Language
from cluster_net.services.profiles import ActorPage
from cluster_net.services.publishing import Edition
from cluster_net.web.dcat import WHOLE, Publisher
from cluster_net.web.wording import web_link

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


def actor_json_ld(page: ActorPage, language: Language, site: str) -> dict[str, object]:
    """Return the JSON-LD of an actor: an Organization, or the type nearest to its kind."""
    actor, address = page.actor, f"{site.rstrip('/')}{'/en' if language == 'en' else ''}/actors/{page.actor.id}"
    same = [f"https://ror.org/{actor.ror}"] if actor.ror else []
    same += [f"https://www.wikidata.org/wiki/{actor.wikidata}"] if actor.wikidata else []
    held: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": _TYPES.get(actor.kind, "ResearchOrganization" if actor.is_infrastructure else "Organization"),
        "@id": address,
        "url": web_link(actor.website) or address,
        "name": page.card.name,
        "alternateName": [
            name for name in (actor.name_sv, actor.name_en, actor.acronym, *actor.aliases) if name and name != page.card.name
        ],
        "description": page.card.text,
        "sameAs": same,
        "knowsAbout": [concept.name for concept in page.concepts],
    }
    if actor.city:
        held["address"] = {"@type": "PostalAddress", "addressLocality": ", ".join(actor.city), "addressCountry": actor.country or "SE"}
    return {name: value for name, value in held.items() if value}


def dataset_json_ld(edition: Edition, source: Publisher, words: Mapping[str, str], language: Language) -> dict[str, object]:
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
    held: dict[str, object] = {
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
    return {name: value for name, value in held.items() if value}
