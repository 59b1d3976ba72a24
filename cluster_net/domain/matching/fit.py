"""How far what somebody has fits what is asked for: condition by condition met, missed or unknown. Unknown is never a no."""

import math
from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import MINYEAR, date
from typing import Literal

from cluster_net.domain.matching.sides import REFUSALS, Demand, Stages, Supply, Told
from cluster_net.domain.records import Sourced
from cluster_net.domain.roles import FUNDING_KINDS, taken_for
from cluster_net.domain.vocabulary import (
    ACCESS_TYPES,
    COUNTIES,
    ENVIRONMENTS,
    NEED_KINDS,
    OFFER_KINDS,
    ROLES,
    USER_GROUPS,
    Words,
)

State = Literal["met", "missed", "unknown"]
VALUES: Mapping[State, float] = {"met": 1.0, "unknown": 0.5, "missed": 0.0}
CONDITIONS = ("role", "wished_role", "for_whom", "kind", "stage", "quality", "users", "access", "environment", "amount", "time", "place")
WISH = 0.5  # what a wish counts beside a must
NOTHING = Words("", "")
# Kind of need -> kinds of offer that answer it.
FITTING_KINDS: Mapping[str, frozenset[str]] = {
    "technology": frozenset({"test-service", "expertise"}),
    "business": frozenset({"support-programme", "expertise"}),
    "research": frozenset({"call", "expertise"}),
    "test-request": frozenset({"test-service", "trial-service"}),
    "clinical-need": frozenset({"trial-service", "test-service"}),
    "data-access": frozenset({"data-access"}),
    "trial-feasibility": frozenset({"trial-service"}),
    "capital": FUNDING_KINDS,
    "skills": frozenset({"expertise", "support-programme"}),
    "site": frozenset({"site"}),
}
_MAKING_OFFERS = frozenset({"test-service", "trial-service", "site"})
_LEADING_OFFERS = _MAKING_OFFERS | {"data-access"}
_MAKERS = frozenset({"company", "entrepreneur", "testbed"})


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that was asked for: what was asked, what is had as far as anybody says, and where that was read.

    `name` is one of CONDITIONS. `held` is empty where nothing is known, `both` holds what was asked for and is had, where one of
    several will do, and the kind of an offer, of which a need names none. A wish (`must` False) that is missed excludes nobody.
    """

    name: str
    state: State
    asked: Words
    held: Words = NOTHING
    must: bool = True
    source: Sourced | None = None
    both: Words = NOTHING

    @property
    def told(self) -> Words:
        """What a list of conditions tells: of what is met, what is met of it."""
        return self.both if self.both.en else self.asked


def check(demand: Demand, supply: Supply, today: str) -> tuple[Condition, ...]:
    """Return what becomes of each condition of *demand*, and of those that an offer puts up itself; *today* is an ISO day."""
    return tuple(condition for one in _CHECKS for condition in one(demand, supply, today))


def fit_of(conditions: Iterable[Condition]) -> float:
    """Return the fit in [0, 1]: the weighted mean of the states, 0 where nothing was asked.

    fit = sum w_c v_c / sum w_c, with v = 1 met, 0.5 unknown, 0 missed, and w = 1 for a must, WISH for a wish.
    """
    pairs = [(1.0 if one.must else WISH, VALUES[one.state]) for one in conditions]
    whole = math.fsum(weight for weight, _ in pairs)
    return math.fsum(weight * value for weight, value in pairs) / whole if whole else 0.0


def fitting_kinds(demand: Demand) -> frozenset[str]:
    """Return the kinds of offer that answer what is asked for."""
    return FITTING_KINDS.get(demand.kind, frozenset()) | (FUNDING_KINDS if "funder" in demand.roles else frozenset())


def misses_must(conditions: Iterable[Condition]) -> bool:
    """Tell whether something that is a must is known not to be there."""
    return any(one.must and one.state == "missed" for one in conditions)


def only_lack(conditions: Iterable[Condition]) -> Condition | None:
    """Return the must of which nobody says whether it is met, when all others are: with it everything asked for would be there."""
    lacking = [one for one in conditions if one.must and one.state != "met"]
    return lacking[0] if len(lacking) == 1 and lacking[0].state == "unknown" else None


def lacks(lists: Iterable[Iterable[Condition]]) -> list[tuple[Condition, int]]:
    """Count for how many of *lists* one and the same must is all that lacks, the most frequent first: what evidence would help."""
    found = [lack for conditions in lists if (lack := only_lack(conditions)) is not None]
    counted = Counter((one.name, one.asked) for one in found)
    first = {(one.name, one.asked): one for one in reversed(found)}
    return [(first[named], times) for named, times in counted.most_common()]


def _kind(demand: Demand, supply: Supply, _today: str) -> Iterator[Condition]:
    if not demand.kind or supply.offer_kind not in OFFER_KINDS:
        return
    state: State = "met" if supply.offer_kind in fitting_kinds(demand) else "missed"
    held = OFFER_KINDS[supply.offer_kind]
    yield Condition("kind", state, NEED_KINDS[demand.kind], held, must=False, source=supply.source, both=held)


def _role(demand: Demand, supply: Supply, _today: str) -> Iterator[Condition]:
    held = (Told(tuple(sorted(taken_for(supply.roles))), supply.source, closed=True),) if supply.roles else ()
    yield from _any_of("role", demand.roles, held, ROLES)
    yield from _any_of("wished_role", demand.wished_roles, held, ROLES, must=False)


def _for_whom(demand: Demand, supply: Supply, _today: str) -> Iterator[Condition]:
    """Roles that fit; where the offer is only for some of those who have them, nobody here knows who they are."""
    if not supply.for_roles or not demand.own_roles:
        return
    asked, held = _words(supply.for_roles, ROLES), _words(demand.own_roles, ROLES)
    if taken_for(demand.own_roles).isdisjoint(supply.for_roles):
        yield Condition("for_whom", "missed", asked, held, source=supply.source)
    elif supply.for_note:
        yield Condition("for_whom", "unknown", supply.for_note, source=supply.source)
    else:
        yield Condition("for_whom", "met", asked, held, source=supply.source)


def _stage(demand: Demand, supply: Supply, _today: str) -> Iterator[Condition]:
    """Readiness levels that meet; a bound that nobody states leaves it unknown unless the other one already excludes.

    Of an offer to advise, to pay or to hand out data they are asked only where it states any.
    """
    asked = [one for one in (demand.stage_from, demand.stage_to) if one is not None]
    if not asked or (supply.offer_kind and supply.offer_kind not in _MAKING_OFFERS and not supply.stages):
        return
    low, high = min(asked), max(asked)
    best = max(supply.stages, key=lambda one: VALUES[_stage_state(low, high, one)], default=None)
    state: State = _stage_state(low, high, best) if best else "unknown"
    held = _range("TRL", best.low, best.high) if best else NOTHING
    yield Condition("stage", state, _range("TRL", low, high), held, source=best.source if best else None)


def _stage_state(low: int, high: int, served: Stages) -> State:
    least, most = served.low, served.high
    if (least is not None and high < least) or (most is not None and low > most):
        return "missed"
    if least is not None and most is not None:
        return "met"
    return "met" if any(bound is not None and low <= bound <= high for bound in (least, most)) else "unknown"


def _amount(demand: Demand, supply: Supply, _today: str) -> Iterator[Condition]:
    if demand.amount is None or not supply.offer_kind:
        return
    asked = Words(f"{demand.amount} {demand.currency}", f"{demand.currency} {demand.amount}")
    least, most = supply.amount_min, supply.amount_max
    held = _range(supply.currency, least, most) if least or most else NOTHING
    state: State = "unknown"
    if held != NOTHING and supply.currency == demand.currency:
        state = "missed" if (least or 0) > demand.amount or (most is not None and most < demand.amount) else "met"
    yield Condition("amount", state, asked, held, source=supply.source if held != NOTHING else None)


def _quality(demand: Demand, supply: Supply, _today: str) -> Iterator[Condition]:
    """Quality systems are asked of who makes, tests or houses things, not of who advises or pays."""
    if not supply.is_infrastructure and supply.offer_kind not in _MAKING_OFFERS and _MAKERS.isdisjoint(supply.roles):
        return
    for asked in demand.quality:
        having = next((one for one in supply.quality if asked in one.values), None)
        refusing = next((one for one in supply.quality if REFUSALS.get(asked) in one.values), None)
        state: State = "met" if having else "missed" if refusing else "unknown"
        told = having or refusing
        held = _words(told.values, {}) if told else NOTHING
        yield Condition("quality", state, Words(asked, asked), held, source=told.source if told else None)


def _users(demand: Demand, supply: Supply, _today: str) -> Iterator[Condition]:
    if supply.is_infrastructure:
        yield from _any_of("users", demand.users, supply.users, USER_GROUPS)


def _access(demand: Demand, supply: Supply, _today: str) -> Iterator[Condition]:
    if supply.is_infrastructure:
        yield from _any_of("access", demand.access, supply.access, ACCESS_TYPES)
        yield from _any_of("environment", demand.environment, supply.environment, ENVIRONMENTS)


def _time(demand: Demand, supply: Supply, today: str) -> Iterator[Condition]:
    """Days until the deadline against the longest lead time that a source states, or against the day an offer opens.

    Lead times are asked of who tests, houses or hands out things, not of who advises or pays.
    """
    leads = supply.is_infrastructure or supply.offer_kind in _LEADING_OFFERS
    if not demand.deadline or not (leads or supply.opens):
        return
    asked = Words(demand.deadline, demand.deadline)
    if supply.opens:
        state: State = "met" if supply.opens <= _last_day(demand.deadline).isoformat() else "missed"
        yield Condition("time", state, asked, Words(f"öppnar {supply.opens}", f"opens {supply.opens}"), source=supply.source)
        return
    longest = max(supply.lead_days, key=lambda pair: pair[0], default=None)
    left = (_last_day(demand.deadline) - date.fromisoformat(today)).days
    if longest is None:
        yield Condition("time", "unknown", asked)
    else:
        held = Words(f"upp till {longest[0]} dagar", f"up to {longest[0]} days")
        yield Condition("time", "met" if longest[0] <= left else "missed", asked, held, source=longest[1])


def _place(demand: Demand, supply: Supply, _today: str) -> Iterator[Condition]:
    """Where funding comes from matters to nobody, nor is it asked where a funder is that is in no county of the region."""
    if supply.offer_kind not in FUNDING_KINDS and (supply.counties or "funder" not in supply.roles):
        held = (Told(supply.counties, supply.source, closed=True),) if supply.counties else ()
        yield from _any_of("place", demand.counties, held, COUNTIES, must=False)


def _any_of(
    name: str, asked: tuple[str, ...], held: Iterable[Told], labels: Mapping[str, Words], *, must: bool = True
) -> Iterator[Condition]:
    """Met when some source names one of *asked*; missed only when a source that names all there is leaves them out."""
    if not asked:
        return
    told = tuple(held)
    having = next((one for one in told if not set(asked).isdisjoint(one.values)), None)
    leaving_out = next((one for one in told if one.closed and one.values), None)
    state: State = "met" if having else "missed" if leaving_out else "unknown"
    best = having or leaving_out or next(iter(told), None)
    words = _words(best.values, labels) if best else NOTHING
    both = _words([one for one in asked if having and one in having.values], labels)
    yield Condition(name, state, _words(asked, labels), words, must=must, source=best.source if best else None, both=both)


_CHECKS: tuple[Callable[[Demand, Supply, str], Iterator[Condition]], ...] = (
    _role, _for_whom, _kind, _stage, _quality, _users, _access, _amount, _time, _place
)  # fmt: skip


def _words(values: Iterable[str], labels: Mapping[str, Words]) -> Words:
    held = [labels.get(value, Words(value, value)) for value in values]
    return Words(", ".join(one.sv for one in held), ", ".join(one.en for one in held))


def _range(unit: str, low: int | None, high: int | None) -> Words:
    if high is None:
        return Words(f"{unit} {low} och uppåt", f"{unit} {low} and up")
    if low is None:
        return Words(f"{unit} upp till {high}", f"{unit} up to {high}")
    told = f"{unit} {low}–{high}" if low != high else f"{unit} {low}"
    return Words(told, told)


def _last_day(day: str) -> date:
    """Return the last day of a year, a month or a day; of a day that no calendar has, the last of its month."""
    year, month, number = (*(int(part) for part in day.split("-")), 0, 0)[:3]
    year, month = max(MINYEAR, year), month or 12
    last = monthrange(year, month)[1]
    return date(year, month, min(number or last, last))
