"""The circle of one actor as a picture: its nearest partners around it, and the same as rows of a table."""

from collections.abc import Sequence
from dataclasses import dataclass

from cluster_net.domain.graph import ACTOR, Key, Link
from cluster_net.domain.layout import ringed
from cluster_net.domain.narrowing import Part
from cluster_net.domain.network import Network
from cluster_net.domain.nodes import collaboration_of
from cluster_net.domain.records import Collaboration
from cluster_net.domain.vocabulary import COLLABORATION_TYPES, GROUP_OF_KIND, KIND_GROUPS, Language
from cluster_net.services.cards import Card, card_of
from cluster_net.services.picturing import Picture, draw
from cluster_net.services.ties import period_of

MOST = 40  # actors drawn, the one in the middle included
_GROUPS = list(KIND_GROUPS)


@dataclass(frozen=True, slots=True)
class CircleTie:
    """A tie as it reads from the middle: "operates", when, and the statement with its source."""

    words: str
    period: str
    tie: Collaboration


@dataclass(frozen=True, slots=True)
class CircleRow:
    """A partner and all ties with it, the strongest first."""

    card: Card
    ties: tuple[CircleTie, ...]


@dataclass(frozen=True, slots=True)
class Circle:
    """The picture, a row for each partner drawn, and how many partners there are in all."""

    picture: Picture
    rows: tuple[CircleRow, ...]
    total: int


def read_circle(network: Network, slug: str, language: Language) -> Circle:
    """Return the circle of an actor: of its partners the MOST - 1 with the strongest and surest ties."""
    partners = dict(network.graph.adj.get(slug, {}))
    nearest = sorted(partners, key=lambda one: (-partners[one]["weight"], -network.graph.degree(one), one))[: MOST - 1]
    places = ringed(slug, sorted(nearest, key=lambda one: (_group(network, one), one)), nearest) if nearest else {}
    picture = draw(network, Part(network.graph, 0, 0), places, language, MOST)
    rows = (CircleRow(card_of(network.nodes[Key(ACTOR, one)], language), _ties(partners[one]["links"], slug, language)) for one in nearest)
    return Circle(picture, tuple(rows), len(partners))


def _group(network: Network, actor: str) -> int:
    return _GROUPS.index(GROUP_OF_KIND[network.nodes[Key(ACTOR, actor)].kind])


def _ties(links: Sequence[Link], slug: str, language: Language) -> tuple[CircleTie, ...]:
    order = sorted(links, key=lambda link: (-COLLABORATION_TYPES[link.type].strength * link.confidence, link.id))
    return tuple(_tie(link, slug, language) for link in order)


def _tie(link: Link, slug: str, language: Language) -> CircleTie:
    held, words = collaboration_of(link), COLLABORATION_TYPES[link.type]
    said = words.forward if link.start.id == slug else words.backward
    return CircleTie(said.in_language(language), period_of(held), held)
