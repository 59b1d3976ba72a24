"""How two actors are connected: who can introduce whom, each step with its source."""

from dataclasses import dataclass

from cluster_net.domain.errors import Invalid, NotFound, Problem
from cluster_net.domain.graph import ACTOR, Key, Link, Node, Path
from cluster_net.domain.nodes import collaboration_of, from_node
from cluster_net.domain.records import Actor, Collaboration
from cluster_net.domain.vocabulary import COLLABORATION_TYPES, Language
from cluster_net.services.ports import MAX_PATH_LENGTH, GraphStore

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
    tie: Collaboration

    def __str__(self) -> str:
        return f"{self.start.name} {self.words} {self.end.name} ({self.tie.source_title}, {self.tie.confidence:g})"


@dataclass(frozen=True, slots=True)
class FoundPath:
    """A chain of steps from one actor to another."""

    steps: tuple[PathStep, ...]

    def __str__(self) -> str:
        return "; ".join(str(step) for step in self.steps)

    @property
    def actors(self) -> tuple[PathEnd, ...]:
        """Return the actors on the path, both ends included."""
        return (*(step.start for step in self.steps[:1]), *(step.end for step in self.steps))


def find_paths(
    store: GraphStore, from_slug: str, to_slug: str, *, language: Language = "sv", limit: int = 3, max_length: int = 4
) -> list[FoundPath]:
    """Return up to *limit* shortest paths over collaborations, the best founded first; none between an actor and itself.

    Raises NotFound when an end is missing and Invalid for a length or number out of bounds.
    """
    _check(limit, max_length)
    find_ends(store, from_slug, to_slug, language=language)
    found = store.paths(Key(ACTOR, from_slug), Key(ACTOR, to_slug), types=tuple(COLLABORATION_TYPES), max_length=max_length, limit=limit)
    return [FoundPath(_steps(path, language)) for path in found]


def find_ends(store: GraphStore, from_slug: str, to_slug: str, *, language: Language = "sv") -> tuple[PathEnd, PathEnd]:
    """Return the two actors. Raises NotFound when one is missing."""
    keys = (Key(ACTOR, from_slug), Key(ACTOR, to_slug))
    present = store.get(keys)
    for key in keys:
        if key not in present:
            raise NotFound(key.id)
    return path_end(present[keys[0]], language), path_end(present[keys[1]], language)


def _check(limit: int, max_length: int) -> None:
    bounds = (("limit", limit, MAX_PATHS), ("max_length", max_length, MAX_PATH_LENGTH))
    problems = [
        Problem("The number is out of bounds.", f"Give a number from 1 to {most}.", name)
        for name, value, most in bounds
        if not 1 <= value <= most
    ]
    if problems:
        raise Invalid(problems)


def _steps(path: Path, language: Language) -> tuple[PathStep, ...]:
    ends = [path_end(node, language) for node in path.nodes]
    return tuple(
        PathStep(start, end, step_words(link, start.slug, language), collaboration_of(link))
        for start, end, link in zip(ends, ends[1:], path.links, strict=False)
    )


def path_end(node: Node, language: Language) -> PathEnd:
    """Return an actor as a path shows it."""
    actor = from_node(node, Actor)
    return PathEnd(actor.id, actor.name(language), actor.kind, actor.fictional)


def step_words(link: Link, start: str, language: Language) -> str:
    """Return the words of a tie as read from the actor *start*."""
    words = COLLABORATION_TYPES[link.type]
    return (words.forward if link.start.id == start else words.backward).in_language(language)
