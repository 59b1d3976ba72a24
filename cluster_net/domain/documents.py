"""From records to what the search index holds."""

from collections.abc import Iterable, Mapping, Sequence

from cluster_net.domain.records import AccessStatement, Actor, Concept, Need, Offer
from cluster_net.domain.search import Document, document_id
from cluster_net.domain.text import sort_key
from cluster_net.domain.vocabulary import ACTOR_KINDS


def actor_document(
    actor: Actor, concepts: Mapping[str, Concept], statements: Sequence[AccessStatement] = (), *, updated: str = ""
) -> Document:
    """Return the document of an actor; its access facts are the union of its own and of what the *statements* say."""
    told: Sequence[Actor | AccessStatement] = (actor, *statements)
    return Document(
        id=document_id("Actor", actor.id),
        type="actor",
        slug=actor.id,
        kind=actor.kind,
        name_sv=actor.name("sv"),
        name_en=actor.name("en"),
        aliases=tuple(filter(None, (actor.acronym, *actor.aliases))),
        tags=_union((_labels(actor.capabilities, concepts), ACTOR_KINDS[actor.kind])),
        text_sv=actor.description_sv,
        text_en=actor.description_en,
        city=actor.city,
        county=actor.county,
        country=actor.country,
        concept=actor.capabilities,
        access=_union(part for one in told for part in (one.access_types, one.access_modes)),
        users=_union(one.user_groups for one in told),
        environment=_union(one.environment for one in told),
        quality=_union(one.quality for one in told),
        role=actor.roles,
        trl=max((one.trl_out for one in statements if one.trl_out is not None), default=None),
        updated=updated,
        verified=_yes(actor.verified),
        fictional=_yes(actor.fictional),
        sort_sv=sort_key(actor.name("sv")),
        sort_en=sort_key(actor.name("en")),
    )


def concept_document(concept: Concept, *, updated: str = "") -> Document:
    """Return the document of a concept."""
    return Document(
        id=document_id("Concept", concept.id),
        type="concept",
        slug=concept.id,
        kind=concept.kind,
        name_sv=concept.name("sv"),
        name_en=concept.name("en"),
        aliases=_union((concept.alt_sv, concept.alt_en)),
        concept=(concept.id,),
        updated=updated,
        verified="yes",
        sort_sv=sort_key(concept.name("sv")),
        sort_en=sort_key(concept.name("en")),
    )


def proposal_document(proposal: Need | Offer, concepts: Mapping[str, Concept], owner: Actor | None, *, updated: str = "") -> Document:
    """Return the document of a need or an offer; its owner's names are among its aliases, its counties are where it applies."""
    is_need = isinstance(proposal, Need)
    label = "Need" if is_need else "Offer"
    return Document(
        id=document_id(label, proposal.id),
        type=label.lower(),
        slug=proposal.id,
        kind=proposal.kind,
        name_sv=proposal.name("sv"),
        name_en=proposal.name("en"),
        aliases=_union([(owner.name("sv"), owner.name("en"), owner.acronym)]) if owner else (),
        tags=_labels(proposal.concepts, concepts),
        text_sv=proposal.text_sv,
        text_en=proposal.text_en,
        county=proposal.place if isinstance(proposal, Need) else (owner.county if owner else ()),
        concept=proposal.concepts,
        role=proposal.partner_roles if isinstance(proposal, Need) else proposal.for_roles,
        owner=proposal.owner_id,
        trl=proposal.stage_to if isinstance(proposal, Need) else proposal.trl_out,
        deadline=proposal.deadline,
        updated=updated,
        verified=_yes(proposal.verified),
        fictional=_yes(proposal.fictional),
        sort_sv=sort_key(proposal.name("sv")),
        sort_en=sort_key(proposal.name("en")),
    )


def _labels(ids: Iterable[str], concepts: Mapping[str, Concept]) -> tuple[str, ...]:
    held = [concepts[id_] for id_ in ids if id_ in concepts]
    return _union((one.pref_sv, one.pref_en, *one.alt_sv, *one.alt_en) for one in held)


def _union(groups: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for group in groups for word in group if word))


def _yes(flag: bool) -> str:
    return "yes" if flag else "no"
