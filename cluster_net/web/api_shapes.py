"""How records look in the interface. An unknown fact is null, an empty list is []."""

from collections.abc import Iterable, Mapping
from datetime import date

from cluster_net.domain.evidence import is_over
from cluster_net.domain.graph import ACTOR, CONCEPT, Key, Tie
from cluster_net.domain.nodes import collaboration_of, from_node
from cluster_net.domain.records import AccessStatement, Actor, Collaboration, Concept, Need, Offer, Sourced
from cluster_net.domain.search import MARK_END, MARK_START, Hit
from cluster_net.domain.vocabulary import COLLABORATION_TYPES, Language
from cluster_net.services.pathfinding import FoundPath, PathEnd
from cluster_net.services.searching import FacetValue
from cluster_net.services.summaries import Listed

Shape = dict[str, object]
Names = Mapping[Key, str]


def list_shape(
    items: Iterable[Mapping[str, object]], total: int, facets: Mapping[str, Iterable[FacetValue]] = {}, missing: Iterable[str] = ()
) -> Shape:
    """Return a list: its items, how many there are in all, facets, and the parts of the site that were down."""
    counted = {
        name: [{"value": one.value, "label": one.label, "count": one.count} for one in values if one.count or one.chosen]
        for name, values in facets.items()
    }
    return {"items": list(items), "total": total, "facets": counted, "missing": list(missing)}


def record_shape(record: Listed, names: Names, language: Language, today: date, statements: Iterable[AccessStatement] = ()) -> Shape:
    """Return a record of any type."""
    match record:
        case Actor():
            return actor_shape(record, names, language, statements)
        case Concept():
            return concept_shape(record, names, language)
        case _:
            return proposal_shape(record, names, language, today)


def actor_shape(actor: Actor, names: Names, language: Language, statements: Iterable[AccessStatement] = ()) -> Shape:
    """Return an actor; `access` and what follows are the union of what it and the *statements* say."""
    told = tuple(statements)
    everything: tuple[Actor | AccessStatement, ...] = (actor, *told)
    return {
        "slug": actor.id,
        "kind": actor.kind,
        "name": actor.name(language) or actor.id,
        "description": _either(actor.description_sv, actor.description_en, language),
        "place": {"city": list(actor.city), "county": list(actor.county), "country": actor.country or None},
        "website": actor.website or None,
        "identifiers": {name: getattr(actor, name) or None for name in ("ror", "wikidata", "org_number", "pic")},
        "concepts": _concepts(actor.capabilities, names),
        "source": source_shape(actor),
        "verified": actor.verified,
        "fictional": actor.fictional,
        "acronym": actor.acronym or None,
        "aliases": list(actor.aliases),
        "roles": list(actor.roles),
        "founded": actor.founded,
        "status": actor.status or None,
        "part_of": list(actor.part_of),
        "operated_by": list(actor.operated_by),
        "access": _union(part for one in everything for part in (one.access_types, one.access_modes)),
        "users": _union(one.user_groups for one in everything),
        "environment": _union(one.environment for one in everything),
        "quality": _union(one.quality for one in everything),
        "access_statements": [_statement(one, language) for one in told],
    }


def concept_shape(concept: Concept, names: Names, language: Language) -> Shape:
    """Return a concept with its labels and the concepts right above it."""
    return {
        "id": concept.id,
        "kind": concept.kind,
        "name": concept.name(language) or concept.id,
        "labels": {"sv": concept.pref_sv or None, "en": concept.pref_en or None},
        "alternatives": {"sv": list(concept.alt_sv), "en": list(concept.alt_en)},
        "broader": _concepts(concept.broader, names),
    }


def proposal_shape(proposal: Need | Offer, names: Names, language: Language, today: date) -> Shape:
    """Return a need or an offer; `open` tells whether its deadline is still to come."""
    common: Shape = {
        "id": proposal.id,
        "kind": proposal.kind,
        "title": proposal.name(language) or proposal.id,
        "text": _either(proposal.text_sv, proposal.text_en, language),
        "owner": _end(proposal.owner_id, names) if proposal.owner_id else None,
        "concepts": _concepts(proposal.concepts, names),
        "roles": list(proposal.partner_roles if isinstance(proposal, Need) else proposal.for_roles),
        "deadline": proposal.deadline or None,
        "source": source_shape(proposal),
        "verified": proposal.verified,
        "fictional": proposal.fictional,
        "open": not is_over(proposal.deadline, today.isoformat()),
        "amount_max": proposal.amount_max,
        "currency": proposal.currency or None,
    }
    if isinstance(proposal, Need):
        stages = {"stage_from": proposal.stage_from, "stage_to": proposal.stage_to}
        return common | stages | {"co_owners": list(proposal.co_owner_ids), "place": list(proposal.place)}
    return common | {
        "for_note": _either(proposal.for_note_sv, proposal.for_note_en, language),
        "stage_from": proposal.trl_in,
        "stage_to": proposal.trl_out,
        "amount_min": proposal.amount_min,
        "opens": proposal.opens or None,
        "how_to_apply_url": proposal.how_to_apply_url or None,
    }


def tie_shape(tie: Tie, actor: Actor, language: Language, today: date) -> Shape:
    """Return a collaboration of *actor* in its own direction."""
    own = {"slug": actor.id, "name": actor.name(language) or actor.id}
    node = from_node(tie.node, Actor)
    other = {"slug": node.id, "name": node.name(language) or node.id}
    start, end = (own, other) if tie.outgoing else (other, own)
    held = collaboration_of(tie.link)
    words = COLLABORATION_TYPES[held.type].forward.in_language(language)
    return {
        "id": tie.link.id,
        "from": start,
        "to": end,
        "type": held.type,
        "label": _either(held.label_sv, held.label_en, language) or words,
        "since": held.start_year,
        "until": held.end_year,
        "status": status_of(held, today),
        "source": source_shape(held),
        "confidence": held.confidence,
    }


def status_of(tie: Collaboration, today: date) -> str:
    """Return "ended" or "ongoing" by the end year, "ongoing" too when only the start is known, else "unknown"."""
    if tie.end_year is not None:
        return "ended" if tie.end_year < today.year else "ongoing"
    return "ongoing" if tie.start_year is not None else "unknown"


def path_shape(path: FoundPath) -> Shape:
    """Return a path: how strong it is and why it stands there, its actors and its steps, each in the direction it is walked."""
    return {
        "length": len(path.steps),
        "strength": round(path.strength, 6),
        "reason": path.reason,
        "actors": [end_shape(end) for end in path.actors],
        "steps": [
            {
                "from": {"slug": step.start.slug, "name": step.start.name},
                "to": {"slug": step.end.slug, "name": step.end.name},
                "type": step.tie.type,
                "words": step.words,
                "since": step.tie.start_year,
                "until": step.tie.end_year,
                "source": source_shape(step.tie),
                "confidence": step.tie.confidence,
                "worth": step.strength._asdict(),
            }
            for step in path.steps
        ],
    }


def end_shape(end: PathEnd) -> Shape:
    """Return an actor on a path."""
    return {"slug": end.slug, "name": end.name, "kind": end.kind, "fictional": end.fictional}


def hit_shape(hit: Hit, names: Names, language: Language) -> Shape:
    """Return what was found; `snippet` is the part of its text where words matched."""
    held = hit.document
    snippet = hit.marked.get(f"text_{language}") or hit.marked.get("text_sv") or hit.marked.get("text_en") or ""
    return {
        "type": held.type,
        "id": held.slug,
        "slug": held.slug,
        "kind": held.kind,
        "name": (held.name_sv if language == "sv" else held.name_en) or held.name_sv or held.name_en or held.slug,
        "description": _either(held.text_sv, held.text_en, language),
        "snippet": snippet.replace(MARK_START, "").replace(MARK_END, "") or None,
        "place": {"city": list(held.city), "county": list(held.county), "country": held.country or None},
        "concepts": _concepts(held.stated, names),
        "access": list(held.access),
        "roles": list(held.role),
        "owner": _end(held.owner, names) if held.owner else None,
        "deadline": held.deadline or None,
        "verified": held.verified == "yes",
        "fictional": held.fictional == "yes",
    }


def source_shape(record: Sourced | Collaboration) -> Shape:
    """Return where a fact was read."""
    return {"url": record.source_url or None, "title": record.source_title or None, "date": record.source_date or None}


def _statement(one: AccessStatement, language: Language) -> Shape:
    return {
        "access": [*one.access_types, *one.access_modes],
        "users": list(one.user_groups),
        "environment": list(one.environment),
        "quality": list(one.quality),
        "price_class": one.price_class or None,
        "price_note": _either(one.price_note_sv, one.price_note_en, language),
        "lead_time": _either(one.lead_time_note_sv, one.lead_time_note_en, language),
        "how_to_apply": _either(one.how_to_apply_sv, one.how_to_apply_en, language),
        "how_to_apply_url": one.how_to_apply_url or None,
        "trl_in": one.trl_in,
        "trl_out": one.trl_out,
        "source": source_shape(one),
        "verified": one.verified,
    }


def _concepts(ids: Iterable[str], names: Names) -> list[Shape]:
    return [{"id": one, "name": names.get(Key(CONCEPT, one), one)} for one in ids]


def _end(slug: str, names: Names) -> Shape:
    return {"slug": slug, "name": names.get(Key(ACTOR, slug), slug)}


def _either(swedish: str, english: str, language: Language) -> str | None:
    return ((swedish or english) if language == "sv" else (english or swedish)) or None


def _union(groups: Iterable[Iterable[str]]) -> list[str]:
    return list(dict.fromkeys(word for group in groups for word in group))
