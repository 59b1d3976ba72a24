"""What a suggestion is: a sum of what speaks for a candidate, every term of it told."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from cluster_net.domain.evidence import words_in
from cluster_net.domain.graph import CONCEPT, NEED, OFFER, Key, Node
from cluster_net.domain.matching.fit import Condition
from cluster_net.domain.network import Network
from cluster_net.domain.vocabulary import Language

# A raw sum x becomes the value x / (x + half): half is the sum that is worth one half.
HALF: Mapping[str, float] = {"shared_concepts": 0.50}
# The least score of each band. "strong" takes two kinds of evidence, "good" one that is clear.
BANDS = (("strong", 0.50), ("good", 0.30), ("possible", 0.0))
# The same between two actors, of whom less is known than what a need says: of those from "good" on, seven of eight were judged to be
# worth a talk in the golden cases to tune on, from "strong" on all.
PARTNER_BANDS = (("strong", 0.30), ("good", 0.20), ("possible", 0.0))
# The same where shares are known: every second one like it was wanted, every fourth.
SHARES = (("strong", 0.50), ("good", 0.25), ("possible", 0.0))
MAX_FACTS = 3
_DIGITS = 9  # scores closer than this are ties, decided by id


@dataclass(frozen=True, slots=True)
class Fact:
    """A partner, concept, need, county or condition that speaks for a candidate, and its share of the contribution.

    `beside` says how a concept is related to the one asked for where that is another.
    """

    type: str
    id: str
    name: str
    share: float
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """One summand of a score: contribution = weight x value, with its top three facts of `count`. A deduction has a weight below 0."""

    name: str
    weight: float
    value: float
    contribution: float
    facts: tuple[Fact, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is suggested: `type` is actor, offer or need, `id` its public id; `owner` and `deadline` are empty for an actor."""

    type: str
    id: str
    name: str
    kind: str
    fictional: bool
    owner: str = ""
    owner_name: str = ""
    deadline: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A scored candidate; the contributions of its terms sum to `score`. The score is no probability.

    `share` is the part of those with such a score that was wanted, None where too little was decided to tell.
    """

    candidate: Candidate
    score: float
    band: str
    reason: str
    terms: tuple[Term, ...]
    conditions: tuple[Condition, ...] = ()
    share: float | None = None


def band_of(score: float, conditions: Iterable[Condition] = (), share: float | None = None, *, partners: bool = False) -> str:
    """Return the band of *share* where that is known, else of *score*.

    Where a must is known to be missed, or an offer is of a kind that does not answer the need, nothing is above possible.
    *partners* tells that both sides are actors.
    """
    if any(is_flaw(one) for one in conditions):
        return BANDS[-1][0]
    held, bands = (score, PARTNER_BANDS if partners else BANDS) if share is None else (share, SHARES)
    return next((band for band, least in bands if held >= least), BANDS[-1][0])


def is_flaw(condition: Condition) -> bool:
    """Tell whether a condition is missed that nothing makes up for: a must, or the kind of offer that answers the need."""
    return condition.state == "missed" and (condition.must or condition.name == "kind")


def saturate(raw: float, half: float) -> float:
    """Return raw / (raw + half), in [0, 1)."""
    return raw / (raw + half) if raw > 0 else 0.0


def name_of(network: Network, key: Key, language: Language) -> str:
    """Return the name of a record in *language*, else in the other one, else its id."""
    node = network.nodes.get(key)
    stem = {CONCEPT: "pref", NEED: "title", OFFER: "title"}.get(key.label, "name")
    names = (f"{stem}_sv", f"{stem}_en") if language == "sv" else (f"{stem}_en", f"{stem}_sv")
    return next((str(node.properties[name]) for name in names if node and name in node.properties), key.id)


def make_term(name: str, weight: float, value: float, facts: Iterable[Fact]) -> Term:
    """Return a term whose contribution is divided over its facts in proportion to their shares, largest first."""
    held, contribution = list(facts), weight * value
    whole = math.fsum(fact.share for fact in held)
    order = sorted(held, key=lambda fact: (-round(fact.share, _DIGITS), fact.type, fact.id))
    told = tuple(replace(fact, share=contribution * fact.share / whole) for fact in order[:MAX_FACTS])
    return Term(name, weight, value, contribution, told, len(held))


def counties_of(node: Node | None, name: str = "county") -> frozenset[str]:
    """Return the counties of a record that are a place; "other" is none."""
    return frozenset(words_in(node, name)) - {"other"} if node else frozenset()
