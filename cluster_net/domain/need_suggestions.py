"""First suggestions for a need: actors in a role it asks for, and offers that are for such as its owner."""

import math
from collections.abc import Iterable, Mapping

from cluster_net.domain.coverage import asks_for, covered_part, needed_shares
from cluster_net.domain.evidence import allocated_by, concept_shares, is_open, narrower_of, owners_of, resource_allocation, words_in
from cluster_net.domain.graph import ACTOR, CONCEPT, OFFER, Key, Node
from cluster_net.domain.matching.fit import FITTING_KINDS
from cluster_net.domain.network import Network
from cluster_net.domain.roles import FUNDING_KINDS, fit_together, roles_of
from cluster_net.domain.suggestions import (
    HALF,
    Fact,
    Scored,
    Term,
    by_falling_score,
    circle_of,
    counties_of,
    county_term,
    make_term,
    rank,
    saturate,
    score_of,
)
from cluster_net.domain.vocabulary import OFFER_KINDS, Language

ACTOR_WEIGHTS: Mapping[str, float] = {"complementarity": 0.65, "shared_partners": 0.25, "same_county": 0.10}
OFFER_WEIGHTS: Mapping[str, float] = {"complementarity": 0.70, "fitting_kind": 0.15, "fitting_stage": 0.10, "same_county": 0.05}


def score_actors_for(network: Network, need: Node, *, language: Language, limit: int, today: str) -> list[Scored]:
    """Return the *limit* best actors for *need* that its owners do not yet work with."""
    owners = owners_of(need)
    held = needed_shares(network, need, today, narrower_of(network))
    owner = owners[0] if owners and owners[0] in network.graph else ""
    allocated = resource_allocation(network.graph, owner) if owner else {}
    places = _places(network, need, owners)
    circle = circle_of(network, owners)

    def values(one: str) -> dict[str, float]:
        return {
            "complementarity": covered_part(network, need, held.get(one, {})),
            "shared_partners": saturate(allocated.get(one, 0.0), HALF["shared_partners"]),
            "same_county": 1.0 if places & counties_of(network.nodes[Key(ACTOR, one)]) else 0.0,
        }

    def terms(one: str) -> list[Term]:
        partners = allocated_by(network.graph, owner, one) if one in allocated else {}
        name = "shared_partners"
        by_partner = {Key(ACTOR, id_): share for id_, share in partners.items()}
        return [
            _concept_term(network, need, held.get(one, {}), ACTOR_WEIGHTS["complementarity"], language),
            make_term(network, name, ACTOR_WEIGHTS[name], value=values(one)[name], shares=by_partner, language=language),
            county_term(ACTOR_WEIGHTS["same_county"], places & counties_of(network.nodes[Key(ACTOR, one)]), language),
        ]

    order = by_falling_score(
        (held.keys() & network.graph.nodes) - circle.known,
        {one: share for one, share in allocated.items() if one not in circle.known},
        lambda one: math.fsum(ACTOR_WEIGHTS[name] * value for name, value in values(one).items()),
        lambda share: ACTOR_WEIGHTS["shared_partners"] * saturate(share, HALF["shared_partners"]) + ACTOR_WEIGHTS["same_county"],
    )
    found: list[Scored] = []
    for one in order:
        if len(found) == limit:
            break
        if circle.lacks(one) and _fits(network, need, owners, one):
            found.append(score_of(Key(ACTOR, one), terms(one)))
    return found


def score_offers_for(network: Network, need: Node, *, language: Language, limit: int, today: str) -> list[Scored]:
    """Return the *limit* best open offers by others for *need*.

    An offer shares a concept with the need; for capital any offer of funding counts.
    """
    owners = owners_of(need)
    roles = frozenset(role for owner in owners for role in roles_of(network, owner))
    held = concept_shares(
        network, network.concepts.get(need.key, frozenset()), lambda key: (key.id,) if key.label == OFFER else (), narrower_of(network)
    )
    funding = _funding(network) if need.kind == "capital" else ()
    offers = (network.nodes[Key(OFFER, id_)] for id_ in {*held, *funding} if Key(OFFER, id_) in network.nodes)
    places = _places(network, need, owners)
    scored = [
        score_of(
            offer.key,
            [
                _concept_term(network, need, held.get(offer.key.id, {}), OFFER_WEIGHTS["complementarity"], language),
                _kind_term(need, offer, language),
                _stage_term(need, offer),
                county_term(OFFER_WEIGHTS["same_county"], places & _counties(network, owners_of(offer)), language),
            ],
        )
        for offer in offers
        if is_open(offer, today) and not set(owners) & set(owners_of(offer)) and _is_for(offer, roles)
    ]
    return sorted(scored, key=rank)[:limit]


def _fits(network: Network, need: Node, owners: Iterable[str], one: str) -> bool:
    held = roles_of(network, one)
    if words_in(need, "partner_roles"):
        return asks_for(need, held)
    return any(fit_together(roles_of(network, owner) | {"need-owner"}, held) for owner in owners)


def _is_for(offer: Node, roles: frozenset[str]) -> bool:
    wanted = words_in(offer, "for_roles")
    return not wanted or not roles.isdisjoint(wanted)


def _funding(network: Network) -> list[str]:
    offers = (Key(OFFER, id_) for ids in network.offers_of.values() for id_ in ids)
    return [key.id for key in offers if key in network.nodes and network.nodes[key].kind in FUNDING_KINDS]


def _places(network: Network, need: Node, owners: Iterable[str]) -> frozenset[str]:
    """Return the counties that *need* names, else those of its owners."""
    return counties_of(need, "place") or _counties(network, owners)


def _counties(network: Network, actors: Iterable[str]) -> frozenset[str]:
    return frozenset(county for actor in actors for county in counties_of(network.nodes.get(Key(ACTOR, actor))))


def _concept_term(network: Network, need: Node, concepts: Mapping[str, float], weight: float, language: Language) -> Term:
    shares = {Key(CONCEPT, id_): share for id_, share in concepts.items()}
    covered = covered_part(network, need, concepts)
    return make_term(network, "complementarity", weight, value=covered, shares=shares, language=language)


def _kind_term(need: Node, offer: Node, language: Language) -> Term:
    weight = OFFER_WEIGHTS["fitting_kind"]
    fitting = FITTING_KINDS.get(need.kind, frozenset()) | (FUNDING_KINDS if "funder" in words_in(need, "partner_roles") else frozenset())
    if offer.kind not in fitting:
        return Term("fitting_kind", weight, 0.0, 0.0, (), 0)
    word = OFFER_KINDS[offer.kind].in_language(language) if offer.kind in OFFER_KINDS else offer.kind
    return Term("fitting_kind", weight, 1.0, weight, (Fact("kind", offer.kind, word, weight),), 1)


def _stage_term(need: Node, offer: Node) -> Term:
    """Return the term of TRL intervals that meet: value = the part of the need's interval that the offer serves."""
    weight = OFFER_WEIGHTS["fitting_stage"]
    needed, served = _stages(need, "stage_from", "stage_to"), _stages(offer, "trl_in", "trl_out")
    common = sorted(needed & served)
    if not common:
        return Term("fitting_stage", weight, 0.0, 0.0, (), 0)
    value = len(common) / len(needed)
    name = f"TRL {common[0]}" if len(common) == 1 else f"TRL {common[0]}–{common[-1]}"
    return Term("fitting_stage", weight, value, weight * value, (Fact("stage", f"{common[0]}-{common[-1]}", name, weight * value),), 1)


def _stages(node: Node, low: str, high: str) -> set[int]:
    bounds = [value for name in (low, high) if isinstance(value := node.properties.get(name), int)]
    return set(range(min(bounds), max(bounds) + 1)) if bounds else set()
