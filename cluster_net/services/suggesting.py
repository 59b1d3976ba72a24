"""First suggestions with reasons: one function for an actor, one for a need. The matching engine will stand behind them."""

from collections.abc import Iterable
from datetime import date

from cluster_net.domain.errors import Invalid, NotFound, Problem
from cluster_net.domain.evidence import is_open, owners_of
from cluster_net.domain.graph import ACTOR, NEED, Key, Node
from cluster_net.domain.need_suggestions import score_actors_for, score_offers_for
from cluster_net.domain.network import Network
from cluster_net.domain.partner_suggestions import score_partners
from cluster_net.domain.reasons import actor_reason, offer_reason, partner_reason
from cluster_net.domain.suggestions import Candidate, Scored, Suggestion, band_of, name_of, rank
from cluster_net.domain.vocabulary import Language

MAX_LIMIT = 100


def suggest_for_actor(network: Network, slug: str, *, language: Language = "sv", limit: int = 10, today: date) -> list[Suggestion]:
    """Suggest partners that the actor does not yet work with. Raises NotFound when there is no such actor."""
    _check(limit)
    if Key(ACTOR, slug) not in network.nodes:
        raise NotFound(slug)
    own_needs = network.needs_of.get(slug, ())
    found = score_partners(network, slug, language=language, limit=limit, today=today.isoformat())
    return [_suggestion(network, one, partner_reason(one.terms, own_needs, language), language) for one in found]


def suggest_for_need(network: Network, id: str, *, language: Language = "sv", limit: int = 10, today: date) -> list[Suggestion]:  # noqa: A002
    """Suggest actors and offers for a need, best first; none when its deadline has passed. Raises NotFound."""
    _check(limit)
    need = network.nodes.get(Key(NEED, id))
    if need is None:
        raise NotFound(id)
    day = today.isoformat()
    if not is_open(need, day):
        return []
    actors = score_actors_for(network, need, language=language, limit=limit, today=day)
    offers = score_offers_for(network, need, language=language, limit=limit, today=day)
    found = _mixed(actors, offers, limit)
    return [_suggestion(network, one, _need_reason(network, need, one, language), language) for one in found]


def suggestion_json(suggestion: Suggestion) -> dict[str, object]:
    """Return a suggestion as the interface and the command line print it."""
    candidate = suggestion.candidate
    held: dict[str, object] = {"kind": candidate.kind, "fictional": candidate.fictional}
    if candidate.type == "actor":
        held = {"slug": candidate.id, "name": candidate.name, **held}
    else:
        held = {"id": candidate.id, "title": candidate.name, **held, "owner": {"slug": candidate.owner, "name": candidate.owner_name}}
    return {
        candidate.type: held,
        "score": suggestion.score,
        "band": suggestion.band,
        "reason": suggestion.reason,
        "terms": [
            {
                "name": term.name,
                "weight": term.weight,
                "value": term.value,
                "contribution": term.contribution,
                "facts": [{"type": fact.type, "slug": fact.id, "name": fact.name, "share": fact.share} for fact in term.facts],
            }
            for term in suggestion.terms
        ],
    }


def _mixed(actors: list[Scored], offers: list[Scored], limit: int) -> list[Scored]:
    """Return the best of both, at least a third of *limit* from each where there are so many."""
    third = limit // 3
    rest = sorted((*actors[third:], *offers[third:]), key=rank)
    kept = (*actors[:third], *offers[:third])
    return sorted((*kept, *rest[: limit - len(kept)]), key=rank)


def _check(limit: int) -> None:
    if not 1 <= limit <= MAX_LIMIT:
        raise Invalid([Problem("The page size is out of bounds.", f"Give a number from 1 to {MAX_LIMIT}.", "limit")])


def _suggestion(network: Network, one: Scored, reason: str, language: Language) -> Suggestion:
    node = network.nodes[one.key]
    owner = next(iter(owners_of(node)), "")
    candidate = Candidate(
        type=one.key.label.lower(),
        id=one.key.id,
        name=name_of(network, one.key, language),
        kind=node.kind,
        fictional=node.properties.get("fictional") is True,
        owner=owner,
        owner_name=name_of(network, Key(ACTOR, owner), language) if owner else "",
    )
    return Suggestion(candidate, one.score, band_of(one.score), reason, one.terms)


def _need_reason(network: Network, need: Node, one: Scored, language: Language) -> str:
    if one.key.label != ACTOR:
        return offer_reason(one.terms, language)
    return actor_reason(name_of(network, one.key, language), _names(network, owners_of(need)[:1], language), one.terms, language)


def _names(network: Network, ids: Iterable[str], language: Language) -> str:
    return ", ".join(name_of(network, Key(ACTOR, id_), language) for id_ in ids)
