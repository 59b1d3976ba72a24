"""Why somebody is suggested to somebody, and why not: the first filter that fails, else the term that falls furthest behind."""

from collections.abc import Mapping
from dataclasses import dataclass

from cluster_net.domain.errors import Invalid, Problem
from cluster_net.domain.graph import ACTOR, NEED, OFFER, Key
from cluster_net.domain.matching.eligibility import Deficit, Obstacle, largest_deficit
from cluster_net.domain.matching.matcher import Matcher
from cluster_net.domain.matching.questions import Match, Options
from cluster_net.domain.reasons import listed
from cluster_net.domain.suggestion_words import CONDITION_WORDS, TERM_WORDS
from cluster_net.domain.suggestions import Suggestion, name_of
from cluster_net.domain.vocabulary import ROLES, Language, Words
from cluster_net.services.backends import Backends
from cluster_net.services.match_columns import column_of, matches_by_column
from cluster_net.services.references import require_known
from cluster_net.services.steering import plain
from cluster_net.services.suggesting import tell

NEVER_MEET = Problem("The two never meet.", "Give two different ones that are not both needs or both offers.", "to")
LOOKED_AT = 10  # who is among the first so many of its column is suggested
_OBSTACLES: Mapping[str, Words] = {
    "same": Words("{b} är samma part som {a}.", "{b} is the same party as {a}."),
    "house": Words("{b} hör till samma hus som {a} ({facts}).", "{b} belongs to the same house as {a} ({facts})."),
    "role": Words("Rollerna passar inte ihop: {b} är {facts}.", "The roles do not fit: {b} is {facts}."),
    "partner": Words("{behind} samverkar redan med {facts}.", "{behind} already {work} with {facts}."),
    "hidden": Words("{b} visas inte för dig.", "{b} is not shown to you."),
    "dismissed": Words("Paret har avböjts tidigare.", "The pair was turned down before."),
    "expired": Words("Tiden har gått ut: {facts}.", "The deadline has passed: {facts}."),
    "inactive": Words("{facts} är avvecklad.", "{facts} is no longer active."),
}
_SUGGESTED = Words("{b} föreslås för {a}, som nummer {n} av sitt slag.", "{b} is suggested for {a}, as number {n} of its sort.")
_NOTHING = Words("Inget är känt som talar för att {a} och {b} ska mötas.", "Nothing is known that speaks for {a} and {b} to meet.")
_NO_REASON = Words("Det som är känt räcker inte som skäl för att föreslå {b} för {a}.", "What is known is no reason to suggest {b} to {a}.")
_DEFICIT = Words(
    "{b} ligger efter: den sist föreslagna, {last}, har mer av {term} ({m} mot {k}).",
    "{b} is behind: the last one suggested, {last}, has more of {term} ({m} against {k}).",
)
_MISSES = Words(
    "{b} kommer efter alla andra, eftersom det som måste finnas saknas: {missed}.",
    "{b} comes after all others, since it misses what must be there: {missed}.",
)
_INVENTED = Words(
    "{b} är påhittad för visningen och kommer efter alla som finns på riktigt.",
    "{b} is made up for the demo and comes after all that are real.",
)
_STEERED = Words("{b} får lämna plats för andra, så som listan är styrd.", "{b} makes room for others, as the list is steered.")


@dataclass(frozen=True, slots=True)
class Why:
    """The answer for one pair: `state` is suggested, filtered, silent (no reason can be named) or behind; `sentence` tells it."""

    start: Key
    end: Key
    state: str
    sentence: str
    suggestion: Suggestion
    rank: int = 0
    obstacle: Obstacle | None = None
    deficit: Deficit | None = None


def explain(
    matcher: Matcher,
    key: Key,
    other: Key,
    *,
    options: Options,
    language: Language,
    limit: int = LOOKED_AT,
    columns: Mapping[str, list[Match]] | None = None,
) -> Why:
    """Tell why *other* is or is not among the *limit* first of its column of matchmaking for *key*. Raises NotFound.

    *columns* are those of `matches_by_column` for *key* by *options*, where they are there already.
    """
    question = matcher.ask(key, other.label, options)
    judged = matcher.judge(question, other)
    told = tell(matcher.network, key, judged, language)
    obstacle = question.asker.obstacle(other)
    if obstacle is not None:
        return Why(key, other, "filtered", _filtered(matcher, key, other, obstacle, language), told, obstacle=obstacle)
    if not matcher.has_reason(question, other):
        words = _NO_REASON if told.terms or any(one.state == "met" for one in told.conditions) else _NOTHING
        return Why(key, other, "silent", _say(matcher, key, other, words, language), told)
    found = matches_by_column(matcher, key, options) if columns is None else columns
    best = matcher.choose(found.get(column_of(matcher.network, other), []), options, limit)
    place = next((number for number, one in enumerate(best, 1) if one.key == other), 0)
    if place:
        return Why(key, other, "suggested", _say(matcher, key, other, _SUGGESTED, language, n=place), told, rank=place)
    return _behind(matcher, key, judged, best[-1], language)


def why_of(backends: Backends, first: str, second: str, language: Language) -> Why:
    """Tell why one is or is not suggested to another, both by reference. Raises NotFound, and Invalid where the two never meet."""
    matcher = backends.network.matcher()
    key, other = (require_known(matcher.network, reference, field) for field, reference in (("from", first), ("to", second)))
    require_meeting(key, other)
    return explain(matcher, key, other, options=plain(backends.clock().date()), language=language)


def can_meet(key: Key, other: Key) -> bool:
    """Tell whether there is a question between the two at all: two needs or two offers have none."""
    return key != other and not (key.label == other.label and key.label in {NEED, OFFER})


def require_meeting(key: Key, other: Key) -> None:
    """Raise Invalid where the two never meet."""
    if not can_meet(key, other):
        raise Invalid([NEVER_MEET])


def _behind(matcher: Matcher, key: Key, own: Match, shown: Match, language: Language) -> Why:
    """Tell why *own* stands behind *shown*, the last one suggested: by what it is, else by the term in which it has least."""
    told, last = (tell(matcher.network, key, one, language) for one in (own, shown))
    deficit = None if own.place[:2] > shown.place[:2] else largest_deficit(told.terms, last.terms)
    more: dict[str, object] = {"last": last.candidate.name}
    if own.invented > shown.invented:
        words = _INVENTED
    elif own.misses_must > shown.misses_must:
        words = _MISSES
        missed = [CONDITION_WORDS[one.name].in_language(language) for one in own.conditions if one.must and one.state == "missed"]
        more["missed"] = listed(list(dict.fromkeys(missed)), language)
    elif deficit is None or own.score > shown.score:
        words, deficit = _STEERED, None
    else:
        words, more["term"] = _DEFICIT, TERM_WORDS[deficit.term].in_language(language)
        more |= {"m": _figure(deficit.last, language), "k": _figure(deficit.own, language)}
    return Why(key, own.key, "behind", _say(matcher, key, own.key, words, language, **more), told, deficit=deficit)


def _filtered(matcher: Matcher, key: Key, other: Key, obstacle: Obstacle, language: Language) -> str:
    if obstacle.filter == "role":
        facts = [ROLES[role].in_language(language) if role in ROLES else role for role in obstacle.facts]
    else:
        facts = [name_of(matcher.network, Key(ACTOR, fact), language) for fact in obstacle.facts]
    behind = [name_of(matcher.network, Key(ACTOR, actor), language) for actor in obstacle.behind]
    words = {"facts": ", ".join(facts) or "–", "behind": listed(behind, language), "work": "work" if len(behind) > 1 else "works"}
    return _say(matcher, key, other, _OBSTACLES[obstacle.filter], language, **words)


def _say(matcher: Matcher, key: Key, other: Key, words: Words, language: Language, **more: object) -> str:
    names = {name: name_of(matcher.network, one, language) for name, one in (("a", key), ("b", other))}
    return words.in_language(language).format(**names, **more)


def _figure(value: float, language: Language) -> str:
    text = f"{value:.3f}"
    return text.replace(".", ",") if language == "sv" else text
