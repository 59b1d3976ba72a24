"""What is known about using an infrastructure, question by question; what nobody published is named as unknown."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from cluster_net.domain.graph import Tie
from cluster_net.domain.nodes import from_node
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
    """One answer: `name` says which question, `answer` is empty when nobody published it.

    `verified` tells that each of its values was seen in a source.
    """

    name: str
    answer: str
    verified: bool = True


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

    def fact(name: str, pick: Callable[[Told], Iterable[str]], labels: Mapping[str, Words] = {}, joint: str = ", ") -> AccessFact:
        seen: dict[str, bool] = {}
        for one in told:
            seen |= {value: seen.get(value, False) or one.verified for value in pick(one) if value}
        words = [labels[value].in_language(language) if value in labels else value for value in seen]
        return AccessFact(name, joint.join(words), all(seen.values()))

    def stated(pick: Callable[[AccessStatement], str]) -> Callable[[Told], Iterable[str]]:
        return lambda one: (pick(one),) if isinstance(one, AccessStatement) else ()

    return (
        fact("who", lambda one: one.user_groups, USER_GROUPS),
        fact("how", lambda one: one.access_types, ACCESS_TYPES),
        fact("terms", lambda one: one.access_modes, ACCESS_MODES),
        fact("price", stated(lambda one: one.price_class), PRICE_CLASSES),
        fact("lead_time", stated(lambda one: _note(one, "lead_time_note", language).text), joint="; "),
        fact("environment", lambda one: one.environment, ENVIRONMENTS),
        fact("quality", lambda one: one.quality, QUALITY_WORDS),
        fact("readiness", stated(_readiness)),
    )


def statements_of(ties: Iterable[Tie]) -> list[AccessStatement]:
    """Return what sources say about using an actor, of all its *ties*."""
    return [from_node(tie.node, AccessStatement) for tie in ties if tie.link.type == "DESCRIBES"]


def access_sources(statements: Sequence[AccessStatement], language: Language) -> tuple[AccessSource, ...]:
    """Return each statement with its notes in *language*; checked ones first, then the newest."""
    order = sorted(statements, key=lambda one: (one.verified, one.source_date, one.source_title), reverse=True)
    names = ("about", "how_to_apply", "price_note", "lead_time_note")
    return tuple(AccessSource(one, tuple(note for name in names if (note := _note(one, name, language)).text)) for one in order)


def _readiness(statement: AccessStatement) -> str:
    return f"TRL {statement.trl_in or '?'}–{statement.trl_out or '?'}" if statement.trl_in or statement.trl_out else ""


def apply_url(sources: Sequence[AccessSource]) -> str:
    """Return where the first of *sources* that tells it says how to ask, or nothing."""
    return next((one.statement.how_to_apply_url for one in sources if one.statement.how_to_apply_url), "")


def _note(statement: AccessStatement, name: str, language: Language) -> AccessNote:
    words = Words(*(getattr(statement, f"{name}_{one}") for one in LANGUAGES))
    return AccessNote(name, *words.spoken(language))
