"""First suggested partners: a sum of what speaks for each candidate, every term of it told."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from cluster_net.domain.evidence import wholes_of, words_in
from cluster_net.domain.graph import ACTOR, CONCEPT, NEED, OFFER, Key, Node
from cluster_net.domain.network import Network
from cluster_net.domain.vocabulary import COUNTIES, Language

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


def rank(scored: Scored) -> tuple[float, Key]:
    """Return the sort key: the best first, ties by key."""
    return -round(scored.score, _DIGITS), scored.key


def by_falling_score(
    sure: Iterable[str], allocated: Mapping[str, float], score: Callable[[str], float], most: Callable[[float], float]
) -> Iterator[str]:
    """Yield ids by falling *score*, ties by id, computing few more scores than are asked for.

    `sure` are scored at once; what else is in `allocated` only when its turn can come: *most* is the highest score that
    an actor can have for what it is allocated.
    """
    heap = [(-round(score(one), _DIGITS), one) for one in sure]
    heapify(heap)
    told = {one for _, one in heap}
    waiting = sorted((one for one in allocated if one not in told), key=allocated.__getitem__)
    while heap or waiting:
        while waiting and (not heap or -heap[0][0] <= most(allocated[waiting[-1]]) + 10**-_DIGITS):
            one = waiting.pop()
            heappush(heap, (-round(score(one), _DIGITS), one))
        yield heappop(heap)[1]


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


@dataclass(frozen=True, slots=True)
class Circle:
    """Actors that work together already: some owners, their partners and all that holds them."""

    network: Network
    owners: tuple[str, ...]
    known: frozenset[str]

    def lacks(self, actor: str) -> bool:
        """Tell whether *actor* is active and outside: not known, nor part of, run by or owned by one of the owners."""
        node = self.network.nodes.get(Key(ACTOR, actor))
        active = node is not None and node.properties.get("status") != "inactive"
        return active and actor not in self.known and wholes_of(self.network, actor).isdisjoint(self.owners)


def circle_of(network: Network, owners: Iterable[str]) -> Circle:
    """Return the circle of *owners*."""
    present = tuple(owner for owner in owners if owner in network.graph)
    known = frozenset(one for owner in present for one in (*network.graph[owner], *wholes_of(network, owner)))
    return Circle(network, present, known)
