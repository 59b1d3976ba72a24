"""Up to five infrastructures or testbeds side by side, question by question."""

from collections.abc import Sequence
from dataclasses import dataclass

from cluster_net.domain.graph import ACTOR, Key, Node, Tie
from cluster_net.domain.nodes import from_node
from cluster_net.domain.records import Actor
from cluster_net.domain.vocabulary import Language
from cluster_net.services.access import AccessFact, access_facts, statements_of
from cluster_net.services.asking import Asking, how_to_ask
from cluster_net.services.backends import Backends
from cluster_net.services.cards import Card, card_of

MOST = 5
_TYPES = ("DESCRIBES", "HAS_CAPABILITY", "OPERATES", "PART_OF")


@dataclass(frozen=True, slots=True)
class Column:
    """One of those compared."""

    card: Card
    ask: Asking


@dataclass(frozen=True, slots=True)
class Row:
    """One question with an answer for each column; an empty answer is not known."""

    question: str
    answers: tuple[AccessFact, ...]

    @property
    def differs(self) -> bool:
        """Tell whether two columns answer differently; the order of words makes no difference."""
        return len({frozenset(one.answer.split(", ")) for one in self.answers}) > 1


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was chosen, the questions whose answers differ, those answered alike, and what was asked for but cannot be compared."""

    columns: tuple[Column, ...]
    different: tuple[Row, ...]
    alike: tuple[Row, ...]
    unknown: tuple[str, ...]
    left_out: tuple[str, ...]


def compare_infrastructures(backends: Backends, slugs: Sequence[str], language: Language) -> Comparison:
    """Compare the first MOST of *slugs* that are infrastructures or testbeds, in two round trips to the store.

    `unknown` holds slugs that no infrastructure has, `left_out` the names of those beyond the first MOST.
    """
    asked = tuple(dict.fromkeys(slugs))
    nodes = backends.graph.get([Key(ACTOR, slug) for slug in asked])
    known = [node for slug in asked if (node := nodes.get(Key(ACTOR, slug))) and from_node(node, Actor).is_infrastructure]
    shown = known[:MOST]
    ties = backends.graph.neighbours([node.key for node in shown], _TYPES) if shown else {}
    told = [_answers(node, ties[node.key], language) for node in shown]
    rows = [Row(answers[0].name, answers) for answers in zip(*told, strict=True)]
    answered = [row for row in rows if any(one.answer for one in row.answers)]
    return Comparison(
        columns=tuple(_column(node, ties[node.key], language) for node in shown),
        different=tuple(row for row in answered if row.differs),
        alike=tuple(row for row in rows if row not in answered or not row.differs),
        unknown=tuple(slug for slug in asked if slug not in {node.key.id for node in known}),
        left_out=tuple(card_of(node, language).name for node in known[MOST:]),
    )


def _column(node: Node, ties: Sequence[Tie], language: Language) -> Column:
    return Column(card_of(node, language), how_to_ask(from_node(node, Actor), ties, language))


def _answers(node: Node, ties: Sequence[Tie], language: Language) -> tuple[AccessFact, ...]:
    card = card_of(node, language)
    return (
        AccessFact("kind", card.kind_word),
        AccessFact("place", card.place),
        *access_facts(from_node(node, Actor), statements_of(ties), language),
        AccessFact("concepts", _names(ties, "HAS_CAPABILITY", language, outgoing=True)),
        AccessFact("operator", _names(ties, "OPERATES", language, outgoing=False)),
        AccessFact("part_of", _names(ties, "PART_OF", language, outgoing=True)),
    )


def _names(ties: Sequence[Tie], type_: str, language: Language, *, outgoing: bool) -> str:
    cards = [card_of(tie.node, language) for tie in ties if tie.link.type == type_ and tie.outgoing is outgoing]
    return ", ".join(dict.fromkeys(card.name for card in cards))
