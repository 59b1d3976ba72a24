"""From records to what the search index holds."""

from collections.abc import Iterable, Mapping, Sequence

from cluster_net.domain.records import AccessStatement, Actor, Concept, Need, Offer
from cluster_net.domain.search import Document, document_id
from cluster_net.domain.text import sort_key
from cluster_net.domain.vocabulary import ACTOR_KINDS, INFRASTRUCTURE_KINDS


def actor_document(
    actor: Actor, concepts: Mapping[str, Concept], statements: Sequence[AccessStatement] = (), *, updated: str = ""
) -> Document:
    """Return the document of an actor; its access facts are the union of its own and of what the *statements* say.

    *concepts* holds those it has with all broader ones.
    """
    told: Sequence[Actor | AccessStatement] = (actor, *statements)
    facts = {
        "county": actor.county,
        "users": _union(one.user_groups for one in told),
        "access": _union(part for one in told for part in (one.access_types, one.access_modes)),
        "environment": _union(one.environment for one in told),
        "quality": _union(one.quality for one in told),
    }
    statable = tuple(facts) if actor.kind in INFRASTRUCTURE_KINDS else ("county",)
    return Document(
        id=document_id("Actor", actor.id),
        type="actor",
        slug=actor.id,
        kind=actor.kind,
        name_sv=actor.name("sv"),
        name_en=actor.name("en"),
        aliases=tuple(filter(None, (actor.acronym, *actor.aliases))),
        tags=_union((_labels(actor.capabilities, concepts), ACTOR_KINDS[actor.kind], facts["quality"])),
        text_sv=actor.description_sv,
        text_en=actor.description_en,
        city=actor.city,
        county=facts["county"],
        country=actor.country,
        concept=_widened(actor.capabilities, concepts),
        stated=actor.capabilities,
        access=facts["access"],
        users=facts["users"],
        environment=facts["environment"],
        quality=facts["quality"],
        unstated=tuple(name for name in statable if not facts[name]),
        role=actor.roles,
        trl=max((one.trl_out for one in statements if one.trl_out is not None), default=None),
        updated=updated,
        verified=_yes(actor.verified),
        fictional=_yes(actor.fictional),
        sort_sv=sort_key(actor.name("sv")),
        sort_en=sort_key(actor.name("en")),
    )


def concept_document(concept: Concept, concepts: Mapping[str, Concept], *, updated: str = "") -> Document:
    """Return the document of a concept; *concepts* holds the broader ones."""
    return Document(
        id=document_id("Concept", concept.id),
        type="concept",
        slug=concept.id,
        kind=concept.kind,
        name_sv=concept.name("sv"),
        name_en=concept.name("en"),
        aliases=_union((concept.alt_sv, concept.alt_en)),
        concept=_widened((concept.id,), {**concepts, concept.id: concept}),
        stated=(concept.id,),
        updated=updated,
        verified="yes",
        sort_sv=sort_key(concept.name("sv")),
        sort_en=sort_key(concept.name("en")),
    )


def proposal_document(proposal: Need | Offer, concepts: Mapping[str, Concept], owner: Actor | None, *, updated: str = "") -> Document:
    """Return the document of a need or an offer; its owner's names are among its aliases, its counties are where it applies.

    An offer that names no place is where its owner is, unless that is outside the counties of the network: it may apply anywhere then.
    """
    is_need = isinstance(proposal, Need)
    label = "Need" if is_need else "Offer"
    county = proposal.place if isinstance(proposal, Need) else tuple(one for one in (owner.county if owner else ()) if one != "other")
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
        county=county,
        concept=_widened(proposal.concepts, concepts),
        stated=proposal.concepts,
        unstated=() if county else ("county",),
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


def _widened(ids: Iterable[str], concepts: Mapping[str, Concept]) -> tuple[str, ...]:
    """Return *ids* and all that is broader, as far as *concepts* tells it."""
    held = dict.fromkeys(ids)
    waiting = list(held)
    for id_ in waiting:
        wider = [one for one in (concepts[id_].broader if id_ in concepts else ()) if one not in held]
        held |= dict.fromkeys(wider)
        waiting += wider
    return tuple(held)


def _labels(ids: Iterable[str], concepts: Mapping[str, Concept]) -> tuple[str, ...]:
    held = [concepts[id_] for id_ in ids if id_ in concepts]
    return _union((one.pref_sv, one.pref_en, *one.alt_sv, *one.alt_en) for one in held)


def _union(groups: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for group in groups for word in group if word))


def _yes(flag: bool) -> str:
    return "yes" if flag else "no"
