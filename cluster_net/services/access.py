"""What is known about using an infrastructure, question by question; what nobody published is named as unknown."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from cluster_net.domain.records import AccessStatement, Actor
from cluster_net.domain.vocabulary import (
    ACCESS_MODES,
    ACCESS_TYPES,
    ENVIRONMENTS,
    LANGUAGES,
    PRICE_CLASSES,
    QUALITY_WORDS,
    USER_GROUPS,
    Language,
    Words,
)

Told = Actor | AccessStatement


@dataclass(frozen=True, slots=True)
class AccessFact:
    """One answer: `name` says which question, `answer` is empty when nobody published it."""

    name: str
    answer: str


@dataclass(frozen=True, slots=True)
class AccessNote:
    """What one source says in words, under a heading."""

    heading: str
    text: str
    text_language: Language


@dataclass(frozen=True, slots=True)
class AccessSource:
    """One source with its notes."""

    statement: AccessStatement
    notes: tuple[AccessNote, ...]


def access_facts(actor: Actor, statements: Sequence[AccessStatement], language: Language) -> tuple[AccessFact, ...]:
    """Return the answers as the union of what the actor's own row and every statement say."""
    told: list[Told] = [actor, *statements]

    def words(pick: Callable[[Told], Iterable[str]], labels: Mapping[str, Words]) -> str:
        values = dict.fromkeys(value for one in told for value in pick(one))
        return ", ".join(labels[value].in_language(language) if value in labels else value for value in values)

    prices = dict.fromkeys(one.price_class for one in statements if one.price_class)
    readiness = [f"TRL {one.trl_in or '?'}–{one.trl_out or '?'}" for one in statements if one.trl_in or one.trl_out]
    return (
        AccessFact("who", words(lambda one: one.user_groups, USER_GROUPS)),
        AccessFact("how", words(lambda one: one.access_types, ACCESS_TYPES)),
        AccessFact("terms", words(lambda one: one.access_modes, ACCESS_MODES)),
        AccessFact("price", ", ".join(PRICE_CLASSES[price].in_language(language) for price in prices)),
        AccessFact(
            "lead_time", "; ".join(dict.fromkeys(filter(None, (_note(one, "lead_time_note", language).text for one in statements))))
        ),
        AccessFact("environment", words(lambda one: one.environment, ENVIRONMENTS)),
        AccessFact("quality", words(lambda one: one.quality, QUALITY_WORDS)),
        AccessFact("readiness", ", ".join(dict.fromkeys(readiness))),
    )


def access_sources(statements: Sequence[AccessStatement], language: Language) -> tuple[AccessSource, ...]:
    """Return each statement with its notes in *language*; checked ones first, then the newest."""
    order = sorted(statements, key=lambda one: (one.verified, one.source_date, one.source_title), reverse=True)
    names = ("about", "how_to_apply", "price_note", "lead_time_note")
    return tuple(AccessSource(one, tuple(note for name in names if (note := _note(one, name, language)).text)) for one in order)


def apply_url(sources: Sequence[AccessSource]) -> str:
    """Return where the first of *sources* that tells it says how to ask, or nothing."""
    return next((one.statement.how_to_apply_url for one in sources if one.statement.how_to_apply_url), "")


def _note(statement: AccessStatement, name: str, language: Language) -> AccessNote:
    words = Words(*(getattr(statement, f"{name}_{one}") for one in LANGUAGES))
    return AccessNote(name, *words.spoken(language))
