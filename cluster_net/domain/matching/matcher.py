"""The one engine: for an actor, a need or an offer the best of every label, each with the exact terms of its score."""

import math
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache, partial
from heapq import heappush, heappushpop
from itertools import islice

import numpy as np

from cluster_net.domain.errors import NotFound
from cluster_net.domain.evidence import narrower_of
from cluster_net.domain.graph import ACTOR, NEED, OFFER, Key, Link
from cluster_net.domain.matching import features
from cluster_net.domain.matching.blend import DIGITS, EXPOSURE, Weights
from cluster_net.domain.matching.calibration import share_of
from cluster_net.domain.matching.cluster_texts import RECENT, ClusterTexts, compile_cluster_texts
from cluster_net.domain.matching.eligibility import Asker, actors_behind, asker_of
from cluster_net.domain.matching.features import Feature
from cluster_net.domain.matching.fields import (
    compile_fields,
    direct_fields,
    is_silent,
    leads_to,
    read_as,
    shared_fields,
    with_read_fields,
    with_units,
)
from cluster_net.domain.matching.fit import Condition, check, fit_of, fitting_kinds
from cluster_net.domain.matching.graph_features import prominence
from cluster_net.domain.matching.pools import Mask, Pool, pool_of
from cluster_net.domain.matching.questions import BRIDGE, BRIDGE_KIND, FIT, USES, Match, Options, Question, plain_score
from cluster_net.domain.matching.selection import overlap, varied, with_share
from cluster_net.domain.matching.sides import Demand, Supply, actor_demand, demand_of, supply_of
from cluster_net.domain.matching.snapshot import Tie, compile_snapshot
from cluster_net.domain.network import Network
from cluster_net.domain.units import NO_UNITS, Units, units_of
from cluster_net.domain.vocabulary import COLLABORATION_TYPES, INFRASTRUCTURE_KINDS

LABELS = (ACTOR, NEED, OFFER)
SHORTLIST = 400  # conditions are looked at for the best so many by all other features
REACH, LEAST_REACH = 4, 40  # how much longer a list is looked through to vary it
FEW = 5  # partners of a small actor
_NO_END = 0  # before the first day


class Matcher:
    """One data version of the network, compiled for questions about who should meet whom.

    Nothing changes after it is built but a cache of what each record has and asks for, so that threads share it.
    """

    def __init__(self, network: Network, weights: Weights) -> None:
        self.network = network
        self.weights = weights
        today = _latest(network)
        self.snapshot = compile_snapshot(
            network.graph, today=today, version=network.version, ties=lambda edge: [_tie(link, today) for link in edge["links"]]
        )
        self.narrower = narrower_of(network)
        self.texts = ClusterTexts(compile_cluster_texts(network))
        self.pools = {label: pool_of(network, self.snapshot, label) for label in LABELS}
        direct = direct_fields(network)
        self._read = with_read_fields(network, direct)
        self._units = units_of(network)
        self._silent = {label: np.array([is_silent(network, key) for key in pool.keys], np.bool_) for label, pool in self.pools.items()}
        self.fields = compile_fields(network, [key.id for key in self.pools[ACTOR].keys], direct)
        self._kinds = np.array([network.nodes[Key(ACTOR, name)].kind for name in self.snapshot.names], dtype=np.str_)
        self._deduction = prominence(self.snapshot)
        self._walked = lru_cache(maxsize=RECENT)(partial(features.walked, self.snapshot))
        self._supplies: dict[Key, Supply] = {}
        self._demands: dict[Key, Demand] = {}

    def ask(self, key: Key, label: str, options: Options) -> Question:
        """Return what *key* asks of the records of *label*. Raises NotFound."""
        if key not in self.network.nodes:
            raise NotFound(key.id)
        asker, pool = asker_of(self.network, key, options.rules), self.pools[label]
        steered = {EXPOSURE: -options.exposure, BRIDGE: options.bridge, BRIDGE_KIND: options.bridge_kind}
        use = USES[frozenset({key.label, label})]
        weights = {**self.weights.uses[use], **steered}
        held = {name: one for name, one in self._features(asker, pool, options).items() if weights.get(name)}
        cheap = np.sum([weights[name] * held[name].values for name in sorted(held)], axis=0)
        counting = {name: weight for name, weight in weights.items() if weight and (name in held or name == FIT)}
        return Question(asker, pool, held, counting, tuple(self.weights.shares.get(use, ())), cheap)

    def matches(self, key: Key, label: str, options: Options, limit: int) -> list[Match]:
        """Return the *limit* best records of *label* for *key*, in their places (`Match.place`). Raises NotFound.

        What has no reason that can be named is left out. Conditions are looked at only as long as they can still change
        the list, and for at most the SHORTLIST best by all other features.
        """
        question = self.ask(key, label, options)
        reach = max(limit * REACH, LEAST_REACH) if options.diversity or options.floor else limit
        best: list[float] = []  # a heap of the highest scores
        judged: list[Match] = []
        for row in islice(self._in_order(question, options), max(reach, SHORTLIST)):
            if len(best) == reach and best[0] > question.cheap[row] + question.weights.get(FIT, 0.0) + 10**-DIGITS:
                break
            judged.append(self.judge(question, question.pool.keys[row]))
            if not judged[-1].invented:
                (heappush if len(best) < reach else heappushpop)(best, round(judged[-1].score, DIGITS))
        return self.choose(sorted(judged, key=lambda one: one.rank)[:reach], options, limit)

    def choose(self, ranked: Sequence[Match], options: Options, limit: int) -> list[Match]:
        """Return *limit* of *ranked*, best first, in their places, as far as the options ask varied and with room for the small."""
        real = self._chosen([one for one in ranked if not one.invented], options, limit)
        invented = self._chosen([one for one in ranked if one.invented], options, limit - len(real))
        return sorted((*real, *invented), key=lambda one: one.place)

    def _chosen(self, ranked: Sequence[Match], options: Options, limit: int) -> list[Match]:
        held = {"/".join(match.key): match for match in ranked}
        found = [(name, match.score) for name, match in held.items()]
        if options.diversity:
            alike = {name: self._belongings(match.key) for name, match in held.items()}
            first = varied(found, lambda one, other: overlap(alike[one], alike[other]), limit, 1.0 - options.diversity)
            found = [*first, *(one for one in found if one not in set(first))]
        if options.floor:
            found = with_share(found, lambda name: self.is_small(held[name].key), limit, options.floor)
        return [held[name] for name, _ in found[:limit]]

    def judge(self, question: Question, other: Key) -> Match:
        """Return the exact score of one record in answer to a question, whatever the filters say."""
        row = question.pool.rows[other]
        conditions = self.conditions(question.asker.key, other, question.asker.rules.today)
        values = {name: float(one.values[row]) for name, one in question.features.items()}
        if FIT in question.weights:
            values[FIT] = fit_of(one for one in conditions if one.name != "place")
        score = math.fsum(question.weights[name] * value for name, value in values.items())
        share = share_of(question.steps, plain_score(values, question.weights))
        invented = self.network.is_invented(other) and not self.network.is_invented(question.asker.key)
        return Match(other, score, share, values, question.weights, question.features, conditions, invented)

    def conditions(self, key: Key, other: Key, today: str) -> tuple[Condition, ...]:
        """Return what becomes of what is asked for, whichever of the two asks: a need, else who would use an infrastructure."""
        asking, having = (key, other) if self.asks(key, other) else (other, key)
        return check(self.demand(asking), self.supply(having), today)

    def demand(self, key: Key) -> Demand:
        """Return what a need, or an actor by being who it is, asks for."""
        held = self._demands.get(key)
        if held is None:
            need = key.label == NEED
            held = demand_of(self.network, self.network.nodes[key]) if need else actor_demand(self.network, key.id)
            self._demands[key] = held
        return held

    def supply(self, key: Key) -> Supply:
        """Return what an actor or an offer has."""
        held = self._supplies.get(key)
        if held is None:
            held = self._supplies[key] = supply_of(self.network, key)
        return held

    def asks(self, key: Key, other: Key) -> bool:
        """Tell whether *key* is the side that asks: a need before an actor before an offer, who uses before what is used."""
        if key.label != other.label:
            return (NEED, ACTOR, OFFER).index(key.label) < (NEED, ACTOR, OFFER).index(other.label)
        kinds = [self.network.nodes[one].kind in INFRASTRUCTURE_KINDS for one in (key, other)]
        return kinds != [True, False]

    def _belongings(self, key: Key) -> frozenset[str]:
        """Return the concepts of a record and the houses behind it: what makes two of a list near copies."""
        houses = (whole for actor in actors_behind(self.network, key) for whole in self.network.held_by.get(actor, frozenset({actor})))
        return self.network.concepts.get(key, frozenset()).union(f"house:{house}" for house in houses)

    def is_small(self, key: Key) -> bool:
        """Tell whether somebody with at most FEW partners stands behind a record."""
        actors = actors_behind(self.network, key)
        return bool(actors) and self.snapshot.degrees[self.snapshot.rows[actors[0]]] <= FEW

    def has_reason(self, question: Question, other: Key) -> bool:
        """Tell whether any reason can be named for *other*, without which it is in no list."""
        return bool(self._told(question)[question.pool.rows[other]])

    def known(self, key: Key, options: Options) -> list[Key]:
        """Return the actors that would be suggested to *key* if they did not work with it already, best first by all but the conditions."""
        question = self.ask(key, ACTOR, options)
        partners = (Key(ACTOR, one) for one in question.asker.partners)
        kept = [
            one
            for one in partners
            if (found := question.asker.obstacle(one)) and found.filter == "partner" and self.has_reason(question, one)
        ]
        return sorted(kept, key=lambda one: (-round(float(question.cheap[question.pool.rows[one]]), DIGITS), one))

    def _told(self, question: Question) -> Mask:
        told: Mask = np.any([one.reasons for one in question.features.values()], axis=0)
        key, pool = question.asker.key, question.pool
        if pool.label == OFFER and self.network.nodes[key].kind == "capital":
            told |= np.isin(pool.kinds, sorted(fitting_kinds(self.demand(key))))
        return told

    def _in_order(self, question: Question, options: Options) -> Iterator[int]:
        """Yield the rows that pass the filters and have a reason, by falling score without the conditions, ties by id."""
        pool = question.pool
        allowed = pool.allowed(question.asker, any_role=options.any_role) & self._told(question)
        for row in np.lexsort((np.arange(len(pool.keys)), -np.round(question.cheap, DIGITS))):
            if not allowed[row] or (options.only is not None and pool.keys[row] not in options.only):
                continue
            if question.asker.obstacle(pool.keys[row], any_role=options.any_role) is None:
                yield int(row)

    def _features(self, asker: Asker, pool: Pool, options: Options) -> dict[str, Feature]:
        key, today = asker.key, asker.rules.today
        rows = tuple(self.snapshot.rows[actor] for actor in asker.actors)
        found = {
            "walk": features.ties(self.snapshot, rows, pool, self._walked(rows), tells=key.label == pool.label),
            "place": features.place(self.network, key, pool),
            "text": features.text(self.texts, key, pool),
        }
        if key.label != pool.label:
            found["concepts"] = self._concepts(key, pool, today)
        if key.label == pool.label == ACTOR:
            found["concepts"] = shared_fields(self.fields, self.network, key, pool)
            found["leads_to"] = leads_to(self.fields, key, pool)
            found["needs"] = features.complements(self.network, key.id, pool, self.narrower, today=today, reciprocity=options.reciprocity)
        if options.exposure:
            found[EXPOSURE] = features.exposure(self._deduction, pool)
        if options.bridge:
            found[BRIDGE] = features.bridge(self.network, key, pool)
        if options.bridge_kind:
            found[BRIDGE_KIND] = features.bridge_kind(self._kinds, rows, pool)
        return found

    def _concepts(self, key: Key, pool: Pool, today: str) -> Feature:
        """Return the concepts of a need or an offer that records of another label have: stated, read, in an offer or by units."""

        def feature(units: Units) -> Feature:
            if key.label == NEED:
                return features.answering(self._read, key, pool, self.narrower, today, units=units)
            if pool.label == NEED:
                return features.answered(self._read, key, pool, self.narrower, today, units=units)
            return features.shared_concepts(self._read, key, pool, self.narrower, units)

        own = feature(NO_UNITS)
        told = read_as(own, self._read, key, pool, self._silent[pool.label] | is_silent(self.network, key))
        return with_units(told, own, feature(self._units)) if ACTOR in {key.label, pool.label} else told


def _latest(network: Network) -> float:
    """Return the latest day (date.toordinal) that any record was written, else that a tie ended: the same for the same data."""
    written = max((str(node.properties.get("updated", ""))[:10] for node in network.nodes.values()), default="")
    return date.fromisoformat(written).toordinal() if written else max(map(_end, network.ties()), default=_NO_END)


def _tie(link: Link, today: float) -> Tie:
    """Return a tie as the snapshot takes it: one that has ended fades with the years, one that goes on does not."""
    return Tie(COLLABORATION_TYPES[link.type].strength * link.confidence, min(_end(link) or today, today))


def _end(link: Link) -> float:
    end = link.properties.get("end_year")
    return date(end, 12, 31).toordinal() if isinstance(end, int) else _NO_END
