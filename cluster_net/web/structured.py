"""Structured data for search engines, after schema.org."""

from cluster_net.domain.vocabulary import Language
from cluster_net.services.profiles import ActorPage
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
