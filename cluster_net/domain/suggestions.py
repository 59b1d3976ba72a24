"""First suggested partners: a sum of what speaks for each candidate, every term of it told."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cluster_net.domain.evidence import (
    allocated_by,
    concept_shares,
    concepts_had,
    is_open,
    kin_of,
    narrower_of,
    needs_of,
    owners_of,
    rarity,
    resource_allocation,
    words_in,
)
from cluster_net.domain.graph import ACTOR, CONCEPT, NEED, OFFER, Key, Node
from cluster_net.domain.network import Network
from cluster_net.domain.roles import fit_together, roles_of
from cluster_net.domain.vocabulary import COUNTIES, Language

# Weights of a partner's terms; they sum to 1, so a score lies in [0, 1].
WEIGHTS: Mapping[str, float] = {"shared_partners": 0.40, "shared_concepts": 0.25, "complementarity": 0.30, "same_county": 0.05}
# A raw sum x becomes the value x / (x + half): half is the sum that is worth one half.
HALF: Mapping[str, float] = {"shared_partners": 0.10, "shared_concepts": 0.50, "complementarity": 0.50}
# The least score of each band. "strong" takes two kinds of evidence, "good" one that is clear.
BANDS = (("strong", 0.40), ("good", 0.20), ("possible", 0.0))
MAX_FACTS = 3
_DIGITS = 9  # scores closer than this are ties, decided by id


@dataclass(frozen=True, slots=True)
class Fact:
    """A partner, concept, need, county, kind or stage that speaks for a candidate, and its share of the contribution."""

    type: str
    id: str
    name: str
    share: float


@dataclass(frozen=True, slots=True)
class Term:
    """One summand of a score: contribution = weight x value, with its top three facts of `count`."""

    name: str
    weight: float
    value: float
    contribution: float
    facts: tuple[Fact, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is suggested: `type` is actor, offer or need, `id` its public id; `owner` is empty for an actor."""

    type: str
    id: str
    name: str
    kind: str
    fictional: bool
    owner: str = ""
    owner_name: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A scored candidate; the contributions of its terms sum to `score`. The score is no probability."""

    candidate: Candidate
    score: float
    band: str
    reason: str
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate's score and terms before words are put to it."""

    key: Key
    score: float
    terms: tuple[Term, ...]


def band_of(score: float) -> str:
    """Return the band of *score*."""
    return next(band for band, least in BANDS if score >= least)


def saturate(raw: float, half: float) -> float:
    """Return raw / (raw + half), in [0, 1)."""
    return raw / (raw + half) if raw > 0 else 0.0


def name_of(network: Network, key: Key, language: Language) -> str:
    """Return the name of a record in *language*, else in the other one, else its id."""
    node = network.nodes.get(key)
    stem = {CONCEPT: "pref", NEED: "title", OFFER: "title"}.get(key.label, "name")
    names = (f"{stem}_sv", f"{stem}_en") if language == "sv" else (f"{stem}_en", f"{stem}_sv")
    return next((str(node.properties[name]) for name in names if node and name in node.properties), key.id)


def make_term(network: Network, name: str, weight: float, *, value: float, shares: Mapping[Key, float], language: Language) -> Term:
    """Return a term whose contribution is divided over its facts as *shares* are, largest first."""
    contribution, whole = weight * value, math.fsum(shares.values())
    order = sorted(shares, key=lambda key: (-round(shares[key], _DIGITS), key))
    facts = tuple(
        Fact(key.label.lower(), key.id, name_of(network, key, language), contribution * shares[key] / whole) for key in order[:MAX_FACTS]
    )
    return Term(name, weight, value, contribution, facts, len(shares))


def score_of(key: Key, terms: Iterable[Term]) -> Scored:
    """Return the sum of *terms*, those that contribute nothing left out."""
    kept = tuple(term for term in terms if term.contribution > 0)
    return Scored(key, math.fsum(term.contribution for term in kept), kept)


def ranked(totals: Mapping[str, float]) -> list[str]:
    """Return the ids by falling score, ties by id."""
    return sorted(totals, key=lambda id_: (-round(totals[id_], _DIGITS), id_))


def counties_of(node: Node | None, name: str = "county") -> frozenset[str]:
    """Return the counties of a record that are a place; "other" is none."""
    return frozenset(words_in(node, name)) - {"other"} if node else frozenset()


def county_term(weight: float, common: Iterable[str], language: Language) -> Term:
    """Return the term of being in the same county."""
    names = sorted(common)
    value = 1.0 if names else 0.0
    shared = tuple(
        Fact("county", one, COUNTIES[one].in_language(language) if one in COUNTIES else one, weight / len(names)) for one in names
    )
    return Term("same_county", weight, value, weight * value, shared[:MAX_FACTS], len(shared))


def strangers(network: Network, owners: Iterable[str], candidates: Iterable[str]) -> set[str]:
    """Return the active actors among *candidates* that are none of *owners*, no partner of theirs and none of their kin."""
    known: set[str] = set()
    for owner in owners:
        if owner in network.graph:
            known |= kin_of(network, owner)
            known.update(network.graph[owner])
    return {one for one in candidates if one not in known and _is_active(network, one)}


def _is_active(network: Network, actor: str) -> bool:
    node = network.nodes.get(Key(ACTOR, actor))
    return node is not None and node.properties.get("status") != "inactive"


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
    candidates = strangers(network, (actor,), {*evidence.allocated, *evidence.concepts, *evidence.needs})
    totals = {one: math.fsum(WEIGHTS[name] * value for name, value in _values(network, evidence, one).items()) for one in candidates}
    own = roles_of(network, actor)
    found: list[Scored] = []
    for one in ranked(totals):
        if len(found) == limit:
            break
        if fit_together(own, roles_of(network, one)):
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


def coverage(network: Network, need: Node, today: str, narrower: Mapping[str, list[str]]) -> dict[str, float]:
    """Return which part of what *need* is about each actor in a role asked for has, as a capability or an open offer."""
    shares = needed_shares(network, need, today, narrower)
    return {one: covered_part(network, need, held) for one, held in shares.items() if asks_for(need, roles_of(network, one))}


def needed_shares(network: Network, need: Node, today: str, narrower: Mapping[str, list[str]]) -> dict[str, dict[str, float]]:
    """Return what each actor has of the concepts of *need*."""

    def bearers(key: Key) -> tuple[str, ...]:
        if key.label != OFFER:
            return (key.id,) if key.label == ACTOR else ()
        return owners_of(network.nodes[key]) if is_open(network.nodes[key], today) else ()

    return concept_shares(network, network.concepts.get(need.key, frozenset()), bearers, narrower)


def covered_part(network: Network, need: Node, shares: Mapping[str, float]) -> float:
    """Return the rarity-weighted part of the concepts of *need* that *shares* cover, in [0, 1]."""
    had = math.fsum(shares.values())
    return had / max(had, math.fsum(rarity(network, one) for one in sorted(network.concepts.get(need.key, ()))))


def asks_for(need: Node, roles: frozenset[str]) -> bool:
    """Tell whether *need* asks for one of *roles*; a need that names no role asks for any."""
    asked = words_in(need, "partner_roles")
    return not asked or not roles.isdisjoint(asked)


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
