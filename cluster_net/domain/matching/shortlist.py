"""The guided finder: from a few answers to a shortlist of infrastructures and offers, and what to relax when it is empty."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from cluster_net.domain.evidence import answering_shares, is_open, narrower_of, rarity
from cluster_net.domain.graph import ACTOR, OFFER, Key
from cluster_net.domain.matching.fit import Condition, check, fit_of, misses_must
from cluster_net.domain.matching.sides import Demand, Supply, supply_of
from cluster_net.domain.network import Network
from cluster_net.domain.roles import FUNDING_KINDS
from cluster_net.domain.vocabulary import INFRASTRUCTURE_KINDS

LEAST = 0.2  # of what was asked for in words, an infrastructure or an offer has at least that much
TOPIC = 0.6  # what the subject counts beside the conditions
WORDS = 0.7  # what words found in a text count beside a concept that somebody gave
# Who asks -> the roles it can hold and the group of users it belongs to.
ASKERS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "startup": (("entrepreneur", "company"), ("industry",)),
    "company": (("company",), ("industry",)),
    "researcher": (("university",), ("academia",)),
    "care": (("hospital", "need-owner"), ("healthcare",)),
    "authority": (("municipality", "need-owner"), ("authorities",)),
}
# What must be there -> the field of Demand that asks for it, and with which values.
MUSTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "gmp": ("quality", ("GMP",)),
    "iso-13485": ("quality", ("ISO 13485",)),
    "clinical": ("environment", ("clinical",)),
    "mail_in": ("access", ("mail_in",)),
    "remote": ("access", ("remote", "virtual")),
}
# What is looked for besides -> the kinds of offer that give it.
BESIDES: Mapping[str, frozenset[str]] = {
    "money": FUNDING_KINDS,
    "advice": frozenset({"support-programme", "expertise"}),
    "trials": frozenset({"trial-service"}),
    "data": frozenset({"data-access"}),
    "premises": frozenset({"site"}),
}


@dataclass(frozen=True, slots=True)
class Answers:
    """What the reader answered; all of it is optional. `by` is an ISO month, `stage` a TRL."""

    text: str = ""
    concepts: tuple[str, ...] = ()
    stage: int | None = None
    who: str = ""
    musts: tuple[str, ...] = ()
    counties: tuple[str, ...] = ()
    by: str = ""
    besides: tuple[str, ...] = ()

    @property
    def by_topic(self) -> bool:
        """Tell whether a subject was given."""
        return bool(self.text or self.concepts)


@dataclass(frozen=True, slots=True)
class Found:
    """One that has what was asked for, with the concepts that it shares and what becomes of each condition."""

    key: Key
    topic: float
    concepts: tuple[str, ...]
    conditions: tuple[Condition, ...]

    @property
    def fails(self) -> bool:
        """Tell whether a must is missed."""
        return misses_must(self.conditions)

    def score(self, *, by_topic: bool) -> float:
        """Return TOPIC x topic + (1 - TOPIC) x fit, in [0, 1]; without a subject the fit alone."""
        fit = fit_of(self.conditions)
        return TOPIC * self.topic + (1 - TOPIC) * fit if by_topic else fit


@dataclass(frozen=True, slots=True)
class Relaxation:
    """An answer that could be taken back, and how many infrastructures would then fit."""

    answer: str
    value: str
    fitting: int


@dataclass(frozen=True, slots=True)
class Shortlist:
    """What fits or may fit, best first; what misses a must; open offers; and what to take back when nothing fits.

    `ranked` tells that those that fit do not all fit equally well.
    """

    fitting: tuple[Found, ...]
    failing: tuple[Found, ...]
    offers: tuple[Found, ...]
    relaxations: tuple[Relaxation, ...]
    ranked: bool


def shortlist(network: Network, answers: Answers, by_words: Mapping[Key, float], today: str) -> Shortlist:
    """Return who answers *answers*; *by_words* is the part of the text's words, in [0, 1], that each key was found by."""
    pool = _Pool(network, answers, by_words, today)
    found = pool.infrastructures(answers)
    fitting = tuple(one for one in found if not one.fails)
    return Shortlist(
        fitting=fitting,
        failing=tuple(one for one in found if one.fails),
        offers=tuple(one for one in pool.offers(answers) if not one.fails),
        relaxations=() if fitting else tuple(pool.relaxations(answers)),
        ranked=len({one.score(by_topic=answers.by_topic) for one in fitting}) > 1,
    )


def demand_of(answers: Answers) -> Demand:
    """Return the answers as conditions."""
    roles, users = ASKERS.get(answers.who, ((), ()))
    asked: dict[str, tuple[str, ...]] = {}
    for must in answers.musts:
        name, values = MUSTS[must]
        asked[name] = (*asked.get(name, ()), *values)
    return Demand(
        own_roles=roles,
        users=users,
        stage_from=answers.stage,
        stage_to=answers.stage,
        deadline=answers.by,
        counties=answers.counties,
        quality=asked.get("quality", ()),
        environment=asked.get("environment", ()),
        access=asked.get("access", ()),
    )


class _Pool:
    """All that can be found, each read once, so that answers can be taken back and tried again."""

    def __init__(self, network: Network, answers: Answers, by_words: Mapping[Key, float], today: str) -> None:
        self._network, self._by_words, self._today = network, by_words, today
        self._shares = answering_shares(network, answers.concepts, lambda key: (f"{key.label} {key.id}",), narrower_of(network))
        self._asked = sum(rarity(network, one) for one in answers.concepts)
        self._supplies: dict[Key, Supply] = {}

    def infrastructures(self, answers: Answers) -> list[Found]:
        """Return the infrastructures about what was asked for, best first."""
        nodes = self._network.nodes.values()
        return self._found((one.key for one in nodes if one.key.label == ACTOR and one.kind in INFRASTRUCTURE_KINDS), answers)

    def offers(self, answers: Answers) -> list[Found]:
        """Return the open offers of the kinds asked for, best first."""
        kinds = frozenset(chain.from_iterable(BESIDES[one] for one in answers.besides))
        nodes = self._network.nodes.values()
        return self._found(
            (one.key for one in nodes if one.key.label == OFFER and one.kind in kinds and is_open(one, self._today)), answers
        )

    def relaxations(self, answers: Answers) -> Iterable[Relaxation]:
        """Yield each answer that stands in the way alone, with how many would fit without it."""
        for answer, value, other in _taken_back(answers):
            fitting = sum(not one.fails for one in self.infrastructures(other))
            if fitting:
                yield Relaxation(answer, value, fitting)

    def _found(self, keys: Iterable[Key], answers: Answers) -> list[Found]:
        asked = demand_of(answers)
        found = [
            Found(key, topic, self._concepts(key), check(asked, self._supply(key), self._today))
            for key in keys
            if (topic := self._topic(key)) >= LEAST or not answers.by_topic
        ]
        return sorted(found, key=lambda one: (-one.score(by_topic=answers.by_topic), one.key))

    def _topic(self, key: Key) -> float:
        had = sum(self._shares.get(f"{key.label} {key.id}", {}).values()) / self._asked if self._asked else 0.0
        return max(min(1.0, had), WORDS * self._by_words.get(key, 0.0))

    def _concepts(self, key: Key) -> tuple[str, ...]:
        return tuple(self._shares.get(f"{key.label} {key.id}", {}))

    def _supply(self, key: Key) -> Supply:
        if key not in self._supplies:
            self._supplies[key] = supply_of(self._network, key)
        return self._supplies[key]


def _taken_back(answers: Answers) -> Iterable[tuple[str, str, Answers]]:
    """Yield (answer, value, the answers without it) for each answer that can stand in the way."""
    for must in answers.musts:
        yield "must", must, replace(answers, musts=tuple(one for one in answers.musts if one != must))
    if answers.stage is not None:
        yield "trl", str(answers.stage), replace(answers, stage=None)
    if answers.who:
        yield "who", answers.who, replace(answers, who="")
    if answers.by:
        yield "by", answers.by, replace(answers, by="")
    if answers.by_topic:
        yield "q", answers.text, replace(answers, text="", concepts=())
