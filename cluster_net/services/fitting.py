"""Refitting the weights of suggestions from a file of what was decided: checked like every import, and told use by use."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from cluster_net.domain.errors import Invalid, Problem
from cluster_net.domain.graph import Key
from cluster_net.domain.matching.blend import Weights
from cluster_net.domain.matching.calibration import Step
from cluster_net.domain.matching.decisions import DECISIONS, Decision, without_what_followed
from cluster_net.domain.matching.eligibility import Rules, actors_behind
from cluster_net.domain.matching.learning import Observation, Refit, Refusal, refit, shares_on_newest
from cluster_net.domain.matching.matcher import Matcher
from cluster_net.domain.matching.questions import USES, Options
from cluster_net.domain.network import Network, compile_network
from cluster_net.services.backends import Backends
from cluster_net.services.explaining import NEVER_MEET, can_meet
from cluster_net.services.reading import Located, decode, read_bytes, read_table
from cluster_net.services.references import key_of

_DAY = len("2026-11-28")
Row = Located[Decision]


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was learned for one use: its present weights, the new ones or why there are none, and shares by score, if enough was decided."""

    present: Mapping[str, float]
    found: Refit | Refusal
    shares: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Fitting:
    """What was learned for each use that was decided about; `weights` is None where nothing was for any."""

    uses: Mapping[str, Lesson]
    weights: Weights | None


def refit_weights(backends: Backends, path: Path) -> Fitting:
    """Learn new weights from the decisions in the CSV file *path*; uses that nothing is learned for keep theirs.

    Raises Invalid with every problem of the file.
    """
    matcher = backends.network.matcher()
    present = matcher.weights
    rows = read_decisions(path, matcher.network, backends.clock().date())
    even = {use: dict.fromkeys(weights, 1.0) for use, weights in present.uses.items()}
    observed = _observed(Matcher(_as_decided(backends, matcher.network, rows), Weights("", even)), rows)
    lessons = {use: _lesson(observed[use], present.uses[use]) for use in sorted(observed)}
    learned = {use: one.found.weights for use, one in lessons.items() if isinstance(one.found, Refit)}
    # Shares belong to the weights that gave the scores: with new weights the old shares go.
    shares = {use: steps for use, steps in present.shares.items() if use not in learned}
    shares |= {use: one.shares for use, one in lessons.items() if one.shares}
    new = Weights(_next(present.version), {**present.uses, **learned}, shares)
    return Fitting(lessons, new if learned or any(one.shares for one in lessons.values()) else None)


def _lesson(observations: Sequence[Observation], present: Mapping[str, float]) -> Lesson:
    found = refit(observations, present)
    return Lesson(present, found, shares_on_newest(observations, found.weights if isinstance(found, Refit) else present))


def read_decisions(path: Path, network: Network, today: date) -> list[Row]:
    """Return the decisions of a CSV file, of each pair the latest. Raises Invalid with every problem in it."""
    rows = read_table(replace(DECISIONS, file=path.name), decode(read_bytes(path), path.name))
    if problems := [problem for row in rows for problem in _problems(row, network, today)] + _doubled(rows):
        raise Invalid(problems)
    latest = {frozenset(_ends(row)): row for row in sorted(rows, key=lambda row: row.record.decided_on)}
    return list(latest.values())


def _ends(row: Row) -> tuple[Key, Key]:
    return key_of(row.record.start), key_of(row.record.end)


def _problems(row: Row, network: Network, today: date) -> Iterator[Problem]:
    start, end = _ends(row)
    for column, key in (("from", start), ("to", end)):
        if key not in network.nodes:
            yield row.problem(
                f'There is no {key.label.lower()} "{key.id}".', "Mend the reference: an actor's slug, need.ID or offer.ID.", column
            )
    if not can_meet(start, end):
        yield row.problem(NEVER_MEET.message, NEVER_MEET.mend, NEVER_MEET.field)
    day = _day(row.record.decided_on)
    if day is None:
        yield row.problem("The day of the decision is missing.", "Write a day there is, as YYYY-MM-DD.", "decided_on")
    elif day > today:
        yield row.problem("The day is still to come.", "Give the day on which it was decided.", "decided_on")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == _DAY else None
    except ValueError:
        return None


def _doubled(rows: Iterable[Row]) -> list[Problem]:
    seen: dict[tuple[frozenset[Key], str], bool] = {}
    problems = []
    for row in rows:
        named = frozenset(_ends(row)), row.record.decided_on
        if seen.setdefault(named, row.record.wanted) != row.record.wanted:
            problems.append(row.problem("The pair was decided both ways on one day.", "Keep the row of what was decided last.", "outcome"))
    return problems


def _as_decided(backends: Backends, network: Network, rows: Iterable[Row]) -> Network:
    """Return the network without what may have followed from the decisions."""

    def decided(row: Row) -> tuple[frozenset[str], frozenset[str], int]:
        ours, theirs = (frozenset(actors_behind(network, key)) for key in _ends(row))
        return ours, theirs, int(row.record.decided_on[:4])

    return compile_network(without_what_followed(backends.graph.dump(), map(decided, rows)))


def _observed(matcher: Matcher, rows: Iterable[Row]) -> dict[str, list[Observation]]:
    """Return the observations of each use that is decided about."""
    asked: dict[tuple[Key, str, str], list[Row]] = defaultdict(list)
    for row in rows:
        start, end = _ends(row)
        asked[start, end.label, row.record.decided_on].append(row)
    found: dict[str, list[Observation]] = defaultdict(list)
    for (start, label, day), held in asked.items():
        question = matcher.ask(start, label, Options(rules=Rules(day)))
        found[USES[frozenset({start.label, label})]] += [
            Observation(day, f"{row.record.start} {row.record.end}", matcher.judge(question, _ends(row)[1]).values, row.record.wanted)
            for row in held
        ]
    return found


def _next(version: str) -> str:
    """Return the version after *version*: the next number, else one more sign at its end."""
    return str(int(version) + 1) if version.isdecimal() else f"{version}+"
