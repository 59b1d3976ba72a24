"""How two actors are connected: who can introduce whom, each step with its source."""

import math
from collections.abc import Collection
from dataclasses import dataclass

from cluster_net.domain.best_paths import MAX_PATH_LENGTH, Route, best_paths
from cluster_net.domain.errors import Invalid, NotFound, Problem
from cluster_net.domain.graph import ACTOR, Key, Link, Node
from cluster_net.domain.network import Network
from cluster_net.domain.nodes import collaboration_of, from_node
from cluster_net.domain.path_reasons import path_reason
from cluster_net.domain.records import Actor, Collaboration
from cluster_net.domain.vocabulary import COLLABORATION_TYPES, Language, confidence_words
from cluster_net.domain.ways import UNIT, Strength, strength_of
from cluster_net.services.backends import Backends
from cluster_net.services.ties import period_of

MAX_PATHS = 20


@dataclass(frozen=True, slots=True)
class PathEnd:
    """An actor on a path."""

    slug: str
    name: str
    kind: str
    fictional: bool


@dataclass(frozen=True, slots=True)
class PathStep:
    """A tie as it is walked: `words` lead from `start` to `end`, whatever the tie's own direction."""

    start: PathEnd
    end: PathEnd
    words: str
    period: str
    confidence: str
    tie: Collaboration
    strength: Strength

    def __str__(self) -> str:
        period = f", {self.period}" if self.period else ""
        return f"{self.start.name} {self.words} {self.end.name} ({self.tie.source_title}, {self.tie.confidence:g}{period})"


@dataclass(frozen=True, slots=True)
class FoundPath:
    """A chain of steps from one actor to another; `strength` in (0, 1] is their product, `reason` says why it stands where it does."""

    steps: tuple[PathStep, ...]
    strength: float
    reason: str

    def __str__(self) -> str:
        return "; ".join(str(step) for step in self.steps)

    @property
    def actors(self) -> tuple[PathEnd, ...]:
        """Return the actors on the path, both ends included."""
        return (*(step.start for step in self.steps[:1]), *(step.end for step in self.steps))


def find_paths(
    backends: Backends,
    from_slug: str,
    to_slug: str,
    *,
    language: Language = "sv",
    limit: int = 3,
    max_length: int = MAX_PATH_LENGTH,
    without: Collection[str] = (),
    without_types: Collection[str] = (),
) -> list[FoundPath]:
    """Return up to *limit* paths over collaborations, the strongest first; none between an actor and itself.

    A path is as strong as the product of its steps: each by kind of tie, confidence and age; see `domain.ways`. Actors
    *without* and ties of *without_types* are passed by. Raises NotFound when an end is missing and Invalid for a length
    or number out of bounds or a type that does not exist.
    """
    _check(limit, max_length, without_types)
    network, year = backends.network.current(), backends.clock().year
    find_ends(network, from_slug, to_slug, language=language)
    found = best_paths(
        backends.ways.of(network, year),
        from_slug,
        to_slug,
        limit=limit,
        max_length=max_length,
        without=without,
        without_types=without_types,
    )
    return [_path(network, route, year, language, found[0].links if place else ()) for place, route in enumerate(found)]


def find_ends(network: Network, from_slug: str, to_slug: str, *, language: Language = "sv") -> tuple[PathEnd, PathEnd]:
    """Return the two actors. Raises NotFound when one is missing."""
    for field, slug in (("from", from_slug), ("to", to_slug)):
        if Key(ACTOR, slug) not in network.nodes:
            raise NotFound(slug, field=field)
    return path_end(network.nodes[Key(ACTOR, from_slug)], language), path_end(network.nodes[Key(ACTOR, to_slug)], language)


def _check(limit: int, max_length: int, without_types: Collection[str]) -> None:
    bounds = (("limit", limit, MAX_PATHS), ("max_length", max_length, MAX_PATH_LENGTH))
    problems = [
        Problem("The number is out of bounds.", f"Give a number from 1 to {most}.", name)
        for name, value, most in bounds
        if not 1 <= value <= most
    ]
    if unknown := [one for one in without_types if one not in COLLABORATION_TYPES]:
        known = f"Use one of: {', '.join(COLLABORATION_TYPES)}."
        problems += [Problem(f'There is no type of tie called "{one}".', known, "without_type") for one in unknown]
    if problems:
        raise Invalid(problems)


def _path(network: Network, route: Route, year: int, language: Language, best: tuple[Link, ...]) -> FoundPath:
    ends = [path_end(network.nodes[Key(ACTOR, slug)], language) for slug in route.actors]
    steps = tuple(_step(start, end, link, year, language) for start, end, link in zip(ends, ends[1:], route.links, strict=False))
    reason = path_reason(route.links, [end.name for end in ends], year, language, best)
    return FoundPath(steps, math.exp(-route.cost / UNIT), reason)


def _step(start: PathEnd, end: PathEnd, link: Link, year: int, language: Language) -> PathStep:
    tie = collaboration_of(link)
    words = step_words(link, start.slug, language)
    source = confidence_words(tie.confidence, tie.source_url, language)
    return PathStep(start, end, words, period_of(tie), source, tie, strength_of(link, year))


def path_end(node: Node, language: Language) -> PathEnd:
    """Return an actor as a path shows it."""
    actor = from_node(node, Actor)
    return PathEnd(actor.id, actor.name(language), actor.kind, actor.fictional)


def step_words(link: Link, start: str, language: Language) -> str:
    """Return the words of a tie as read from the actor *start*."""
    words = COLLABORATION_TYPES[link.type]
    return (words.forward if link.start.id == start else words.backward).in_language(language)
