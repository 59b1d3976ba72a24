"""The collaborations of one actor, grouped by how they read from there."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from cluster_net.domain.graph import Tie
from cluster_net.domain.network import LEAST_CONFIDENCE
from cluster_net.domain.nodes import collaboration_of
from cluster_net.domain.records import Collaboration
from cluster_net.domain.text import slugify
from cluster_net.domain.vocabulary import COLLABORATION_TYPES, Language, Words, confidence_words
from cluster_net.services.cards import Card, card_of

SHOWN_TIES = 6
STRUCTURE = frozenset({"PART_OF", "OPERATES", "OWNS"})  # what belongs together, as against what works together


@dataclass(frozen=True, slots=True)
class Claim:
    """One sourced statement of a tie, in words; `period` is like "2018–2022", "2018–" or empty."""

    tie: Collaboration
    label: str
    label_language: Language
    period: str
    confidence: str


@dataclass(frozen=True, slots=True)
class ShownTie:
    """The other end of a tie, and all that was said of the tie."""

    card: Card
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class TieGroup:
    """The ties of one type in one direction, `shown` of `total`; `name` is unique on a page and part of addresses."""

    name: str
    words: str
    structural: bool
    shown: tuple[ShownTie, ...]
    total: int


def tie_groups(ties: Sequence[Tie], language: Language, whole: str = "") -> tuple[TieGroup, ...]:
    """Group collaborations by how they read from here; stronger types first, names in order. *whole* names a group to show in full.

    What a record states of itself is left out where a collaboration with a source of its own says the same.
    """
    told = {(tie.link.type, tie.outgoing, tie.node.key) for tie in ties if "stated_by" not in tie.link.properties}
    by_words: dict[tuple[str, Words], list[Tie]] = {}
    for tie in ties:
        words = COLLABORATION_TYPES.get(tie.link.type)
        again = "stated_by" in tie.link.properties and (tie.link.type, tie.outgoing, tie.node.key) in told
        if words is not None and not again and tie.link.confidence >= LEAST_CONFIDENCE:
            by_words.setdefault((tie.link.type, words.forward if tie.outgoing else words.backward), []).append(tie)
    order = sorted(by_words, key=lambda pair: (-COLLABORATION_TYPES[pair[0]].strength, pair))
    return tuple(_group(type_, words, by_words[type_, words], language, whole) for type_, words in order)


def period_of(tie: Collaboration) -> str:
    """Return when a tie was or is, as years."""
    start, end = str(tie.start_year or ""), str(tie.end_year or "")
    return start if start == end else f"{start}–{end}"


def _group(type_: str, words: Words, ties: Sequence[Tie], language: Language, whole: str) -> TieGroup:
    sort, name = f"sort_{language}", slugify(words.en)
    order = sorted(ties, key=lambda tie: (str(tie.node.properties.get(sort, "")), tie.node.key, tie.link.id))
    by_end = [list(held) for _, held in groupby(order, key=lambda tie: tie.node.key)]
    shown = by_end if whole == name else by_end[:SHOWN_TIES]
    return TieGroup(name, words.in_language(language), type_ in STRUCTURE, tuple(_shown(held, language) for held in shown), len(by_end))


def _shown(ties: Sequence[Tie], language: Language) -> ShownTie:
    return ShownTie(card_of(ties[0].node, language), tuple(_claim(tie, language) for tie in ties))


def _claim(tie: Tie, language: Language) -> Claim:
    held = collaboration_of(tie.link)
    label, spoken = Words(held.label_sv, held.label_en).spoken(language)
    return Claim(held, label, spoken, period_of(held), confidence_words(held.confidence, held.source_url, language))
