"""What speaks for a match: ties, concepts, what one seeks and the other has, place. Each feature scores a whole pool at once."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cluster_net.domain.coverage import asks_for, coverage, covered_part, needed_shares, worth_of
from cluster_net.domain.evidence import Shares as ByBearer
from cluster_net.domain.evidence import (
    answered_shares,
    answering_shares,
    concept_shares,
    concepts_had,
    is_open,
    named_as_held,
    needs_of,
    owners_of,
)
from cluster_net.domain.graph import ACTOR, CONCEPT, NEED, Key
from cluster_net.domain.matching.cluster_texts import ClusterTexts, text_id
from cluster_net.domain.matching.graph_features import resource_allocation, shares_of_allocation, walk
from cluster_net.domain.matching.pools import Mask, Pool, places_of
from cluster_net.domain.matching.snapshot import Scores, Snapshot
from cluster_net.domain.network import Network
from cluster_net.domain.roles import roles_of
from cluster_net.domain.suggestions import HALF, saturate
from cluster_net.domain.text import is_form_of
from cluster_net.domain.units import NO_UNITS, Units

Shares = Mapping[Key, float]
Held = tuple[frozenset[str], ...]  # concepts that somebody has: stated, then what others add


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature of one question over a pool: `values` (n,) in [0, 1], and what each is due to.

    `reasons` (n,) is True where the feature alone is a reason that can be named.
    """

    values: Scores
    shares: Callable[[Key], Shares]
    reasons: Mask


def walked(snapshot: Snapshot, rows: tuple[int, ...]) -> tuple[Scores, Scores]:
    """Return the mean walk over the graph from *rows*, and 1 for each that shares a partner with one of them, else 0. Shapes (n,)."""
    if not rows:
        return np.zeros(len(snapshot.names)), np.zeros(len(snapshot.names))
    shared = np.max([resource_allocation(snapshot, row) for row in rows], axis=0) > 0
    return np.mean([walk(snapshot, row) for row in rows], axis=0), shared.astype(np.float64)


def ties(snapshot: Snapshot, rows: tuple[int, ...], pool: Pool, found: tuple[Scores, Scores], *, tells: bool) -> Feature:
    """Score by the mean walk over the graph from the actors at *rows*; partners that both have are what it is due to.

    *found* is what is `walked` from there; *tells* says whether a shared partner is reason enough. None of the actors at *rows*
    is told as a partner that it shares with the others of them.
    """
    walks, shared = found

    def shares(key: Key) -> Shares:
        other = int(pool.owners[pool.rows[key]])
        handed: dict[Key, float] = defaultdict(float)
        for row in rows if other >= 0 else ():
            for partner, share in shares_of_allocation(snapshot, row, other).items():
                if partner not in rows:
                    handed[Key(ACTOR, snapshot.names[partner])] += share / len(rows)
        return handed

    return Feature(pool.spread(walks), shares, (pool.spread(shared) > 0) & tells)


def shared_concepts(network: Network, key: Key, pool: Pool, narrower: Mapping[str, list[str]], units: Units = NO_UNITS) -> Feature:
    """Score by the concepts that both have, rare ones more: x / (x + half) of their summed rarity; told are those of the actor."""
    held = network.concepts.get(key, frozenset()) | units.held(key)
    shares = concept_shares(network, held, lambda one: units.bearers(one, pool.label), narrower)
    values = {id_: saturate(math.fsum(one.values()), HALF["shared_concepts"]) for id_, one in shares.items()}

    def held_by(other: Key) -> Held:
        actor = key if key.label == ACTOR else other
        return network.concepts.get(actor, frozenset()), units.held(actor)

    return _of_concepts(network, pool, shares, values, held_by)


def answering(
    network: Network, need: Key, pool: Pool, narrower: Mapping[str, list[str]], today: str, *, units: Units = NO_UNITS
) -> Feature:
    """Score by the part of what *need* is about that each has, an actor in its open offers and by *units* too."""
    node = network.nodes[need]
    if pool.label == ACTOR:
        shares = needed_shares(network, node, today, narrower, units)
    else:
        held = network.concepts.get(need, frozenset())
        shares = answering_shares(network, held, lambda one: (one.id,) if one.label == pool.label else (), narrower)
    asked = worth_of(network, node)
    values = {id_: covered_part(one, asked) for id_, one in shares.items()}
    return _of_concepts(network, pool, shares, values, lambda other: _held(network, other, today, units))


def answered(network: Network, key: Key, pool: Pool, narrower: Mapping[str, list[str]], today: str, *, units: Units = NO_UNITS) -> Feature:
    """Score needs by the part of what each is about that an actor, by *units* too, or an offer has."""
    tiers = _held(network, key, today, units)
    had = frozenset[str]().union(*tiers)
    shares = answered_shares(network, had, lambda one: (one.id,) if one.label == NEED else (), narrower)
    values = {id_: covered_part(one, worth_of(network, network.nodes[Key(NEED, id_)])) for id_, one in shares.items()}
    return _of_concepts(network, pool, shares, values, lambda _: tiers)


def complements(network: Network, actor: str, pool: Pool, narrower: Mapping[str, list[str]], *, today: str, reciprocity: float) -> Feature:
    """Score actors by how far each covers the needs of *actor*, and *actor* theirs.

    x = (1 - r) max(a, b) + r h(a, b): a and b are the best covered need of either side, h their harmonic mean, where only one
    side seeks anything that side's own, and r the reciprocity in [0, 1].
    """
    sought = _covered_by_others(network, actor, narrower, today)
    given = _covered_for_others(network, actor, narrower, today)
    both = {one: {**sought.get(one, {}), **given.get(one, {})} for one in {*sought, *given}}
    seeking = bool(needs_of(network, actor, today))
    values = {
        one: _mutual(
            max(sought.get(one, {}).values(), default=0.0) if seeking else None,
            max(given.get(one, {}).values(), default=0.0) if needs_of(network, one, today) else None,
            reciprocity,
        )
        for one in both
    }
    filled = pool.filled(values)
    return Feature(filled, lambda key: both.get(key.id, {}), filled > 0)


def text(texts: ClusterTexts, key: Key, pool: Pool) -> Feature:
    """Score by how alike the descriptions are, in whichever language; the words that stand in both are what is told of it.

    It is no reason of its own: the likeness of two texts never tells for sure that they are about the same.
    """
    if not pool.keys:
        return silent(pool)
    start = texts.space.rows[text_id(pool.keys[0])]  # a label's records follow each other in the space as they do in the pool
    values = texts.similarities(key)[start : start + len(pool.keys)]

    def shares(other: Key) -> Shares:
        found = texts.matched_terms(key, other)
        both = ((language, one) for language, terms in found.items() for one in terms if is_form_of(one.word, one.other))
        return {Key(f"Word.{language}", one.other): one.share for language, one in both}

    return Feature(values, shares, np.zeros(len(pool.keys), dtype=np.bool_))


def place(network: Network, key: Key, pool: Pool) -> Feature:
    """Score 1 for the same county, which is no reason of its own."""
    return Feature(pool.near(places_of(network, key)), lambda _: {}, np.zeros(len(pool.keys), dtype=np.bool_))


def exposure(deduction: Scores, pool: Pool) -> Feature:
    """Return how well connected each already is, in [0, 1]; it is deducted, so that the small appear too."""
    return Feature(pool.spread(deduction), lambda _: {}, np.zeros(len(pool.keys), dtype=np.bool_))


def bridge(network: Network, key: Key, pool: Pool) -> Feature:
    """Score 1 for who is in another county, where both are known: a bridge that is not there yet."""
    own = places_of(network, key)
    somewhere = pool.near(frozenset(pool.counties))
    return Feature(
        somewhere * (1 - pool.near(own)) if own else np.zeros(len(pool.keys)), lambda _: {}, np.zeros(len(pool.keys), dtype=np.bool_)
    )


def bridge_kind(kinds: NDArray[np.str_], rows: Iterable[int], pool: Pool) -> Feature:
    """Score 1 for whom an actor of another kind stands behind than behind the one who asks, at *rows* of *kinds* (n,) by actor."""
    own = kinds[list(rows)]
    crosses = (pool.owners >= 0) & ~np.isin(kinds[pool.owners], own) if len(own) else np.zeros(len(pool.keys), dtype=np.bool_)
    return Feature(crosses.astype(np.float64), lambda _: {}, np.zeros(len(pool.keys), dtype=np.bool_))


def silent(pool: Pool) -> Feature:
    """Say nothing for anybody."""
    return Feature(np.zeros(len(pool.keys)), lambda _: {}, np.zeros(len(pool.keys), dtype=np.bool_))


def _mutual(one: float | None, other: float | None, reciprocity: float) -> float:
    if one is None or other is None:
        return one if one is not None else other or 0.0
    harmonic = 2 * one * other / (one + other) if one + other else 0.0
    return (1 - reciprocity) * max(one, other) + reciprocity * harmonic


def _covered_by_others(network: Network, actor: str, narrower: Mapping[str, list[str]], today: str) -> dict[str, dict[Key, float]]:
    covered: dict[str, dict[Key, float]] = defaultdict(dict)
    for need in needs_of(network, actor, today):
        for other, part in coverage(network, need, today, narrower).items():
            covered[other][need.key] = part
    return covered


def _covered_for_others(network: Network, actor: str, narrower: Mapping[str, list[str]], today: str) -> dict[str, dict[Key, float]]:
    covered: dict[str, dict[Key, float]] = defaultdict(dict)
    roles, had = roles_of(network, actor), concepts_had(network, actor, today)
    for id_, shares in answered_shares(network, had, lambda key: (key.id,) if key.label == NEED else (), narrower).items():
        need = network.nodes[Key(NEED, id_)]
        if is_open(need, today) and asks_for(need, roles):
            for owner in owners_of(need):
                covered[owner][need.key] = covered_part(shares, worth_of(network, need))
    return covered


def _held(network: Network, key: Key, today: str, units: Units) -> Held:
    """Return the concepts that an actor or an offer states, those that the offers of an actor add, and those of its units."""
    own = network.concepts.get(key, frozenset())
    return own, concepts_had(network, key.id, today) if key.label == ACTOR else own, units.held(key)


def _of_concepts(network: Network, pool: Pool, shares: ByBearer, values: Mapping[str, float], held: Callable[[Key], Held]) -> Feature:
    """Return a feature by the *shares* of each record, told by the concepts that are *held* in its match: its own come before others."""

    def told(key: Key) -> Shares:
        return {Key(CONCEPT, one): share for one, share in named_as_held(network.broader, shares.get(key.id, {}), *held(key)).items()}

    filled = pool.filled(values)
    return Feature(filled, told, filled > 0)
