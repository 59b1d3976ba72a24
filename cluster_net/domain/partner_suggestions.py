"""First suggested partners of an actor: a sum of what speaks for each candidate, every term of it told."""

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from cluster_net.domain.coverage import asks_for, coverage, covered_part
from cluster_net.domain.evidence import (
    allocated_by,
    concept_shares,
    concepts_had,
    is_open,
    narrower_of,
    needs_of,
    owners_of,
    resource_allocation,
)
from cluster_net.domain.graph import ACTOR, CONCEPT, NEED, Key
from cluster_net.domain.network import Network
from cluster_net.domain.roles import fit_together, roles_of
from cluster_net.domain.suggestions import (
    HALF,
    Scored,
    Term,
    by_falling_score,
    circle_of,
    counties_of,
    county_term,
    make_term,
    saturate,
    score_of,
)
from cluster_net.domain.vocabulary import Language

# Weights of a partner's terms; they sum to 1, so a score lies in [0, 1].
WEIGHTS: Mapping[str, float] = {"shared_partners": 0.40, "shared_concepts": 0.25, "complementarity": 0.30, "same_county": 0.05}


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What speaks for all candidates of one actor."""

    allocated: Mapping[str, float]
    concepts: Mapping[str, Mapping[str, float]]
    needs: Mapping[str, Mapping[Key, float]]
    counties: frozenset[str]


def score_partners(network: Network, actor: str, *, language: Language, limit: int, today: str) -> list[Scored]:
    """Return the *limit* best new partners for *actor*: role compatible, by falling score, ties by id."""
    evidence = _gather(network, actor, today)
    circle = circle_of(network, (actor,))
    own = roles_of(network, actor)
    found: list[Scored] = []
    order = by_falling_score(
        ({*evidence.concepts, *evidence.needs} & network.graph.nodes) - circle.known,
        {one: share for one, share in evidence.allocated.items() if one not in circle.known},
        lambda one: math.fsum(WEIGHTS[name] * value for name, value in _values(network, evidence, one).items()),
        lambda share: WEIGHTS["shared_partners"] * saturate(share, HALF["shared_partners"]) + WEIGHTS["same_county"],
    )
    for one in order:
        if len(found) == limit:
            break
        if circle.lacks(one) and fit_together(own, roles_of(network, one)):
            found.append(score_of(Key(ACTOR, one), _terms(network, evidence, actor, one, language)))
    return found


def _gather(network: Network, actor: str, today: str) -> _Evidence:
    narrower = narrower_of(network)
    capabilities = network.concepts.get(Key(ACTOR, actor), frozenset())
    return _Evidence(
        resource_allocation(network.graph, actor),
        concept_shares(network, capabilities, lambda key: (key.id,) if key.label == ACTOR else (), narrower),
        _complements(network, actor, today, narrower),
        counties_of(network.nodes.get(Key(ACTOR, actor))),
    )


def _complements(network: Network, actor: str, today: str, narrower: Mapping[str, list[str]]) -> dict[str, dict[Key, float]]:
    """Return how far each other covers the needs of *actor*, and *actor* theirs: {other: {need: covered part}}."""
    covered: dict[str, dict[Key, float]] = defaultdict(dict)
    for need in needs_of(network, actor, today):
        for other, part in coverage(network, need, today, narrower).items():
            covered[other][need.key] = part
    own_roles = roles_of(network, actor)
    had = concepts_had(network, actor, today)
    answered = concept_shares(network, had, lambda key: (key.id,) if key.label == NEED else (), narrower)
    for id_, shares in answered.items():
        need = network.nodes[Key(NEED, id_)]
        if is_open(need, today) and asks_for(need, own_roles):
            part = covered_part(network, need, shares)
            for owner in owners_of(need):
                covered[owner][need.key] = part
    return covered


def _values(network: Network, evidence: _Evidence, one: str) -> dict[str, float]:
    near = evidence.counties and evidence.counties & counties_of(network.nodes[Key(ACTOR, one)])
    return {
        "shared_partners": saturate(evidence.allocated.get(one, 0.0), HALF["shared_partners"]),
        "shared_concepts": saturate(math.fsum(evidence.concepts.get(one, {}).values()), HALF["shared_concepts"]),
        "complementarity": saturate(math.fsum(evidence.needs.get(one, {}).values()), HALF["complementarity"]),
        "same_county": 1.0 if near else 0.0,
    }


def _terms(network: Network, evidence: _Evidence, actor: str, one: str, language: Language) -> list[Term]:
    values = _values(network, evidence, one)
    shares: dict[str, Mapping[Key, float]] = {
        "shared_partners": {Key(ACTOR, id_): share for id_, share in allocated_by(network.graph, actor, one).items()},
        "shared_concepts": {Key(CONCEPT, id_): share for id_, share in evidence.concepts.get(one, {}).items()},
        "complementarity": evidence.needs.get(one, {}),
    }
    common = evidence.counties & counties_of(network.nodes[Key(ACTOR, one)])
    return [
        *(make_term(network, name, WEIGHTS[name], value=values[name], shares=held, language=language) for name, held in shares.items()),
        county_term(WEIGHTS["same_county"], common, language),
    ]
