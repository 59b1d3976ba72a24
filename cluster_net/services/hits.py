"""What a list on a page shows of each thing found."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from cluster_net.domain.graph import ACTOR, Key, Node
from cluster_net.domain.nodes import record_of
from cluster_net.domain.records import Actor
from cluster_net.domain.search import Hit
from cluster_net.domain.vocabulary import ACCESS, USER_GROUPS, Language, Words
from cluster_net.services.cards import Card, card_of, card_of_document
from cluster_net.services.searching import FacetValue
from cluster_net.services.summaries import Listed, concepts_of

SHOWN_CONCEPTS, SHOWN_TEXT = 4, 240
Concepts = tuple[tuple[str, str], ...]  # (id, name)


@dataclass(frozen=True, slots=True)
class ShownHit:
    """A hit on a page. `marked` holds name, text and also (an alias or concept), with marks where words matched."""

    card: Card
    marked: Mapping[str, str]
    concepts: Concepts
    users: str
    access: str
    owner_name: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list with its facets.

    `missing` names the engines that did not answer; `near` the concepts that look like the text
    when nothing was found or when a word of it was taken for another; `instead` is what was searched for when the whole
    text found nothing.
    """

    hits: tuple[ShownHit, ...]
    total: int
    facets: Mapping[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    near: Concepts = ()
    instead: str = ""


def hit_of(hit: Hit, language: Language, words: Mapping[str, str], owners: Mapping[Key, str]) -> ShownHit:
    """Return what the index found as a page shows it; *words* are the names of concepts."""
    document = hit.document
    card = card_of_document(document, language)
    return ShownHit(
        card=card,
        marked={
            "name": hit.marked.get(f"name_{language}", card.name),
            "text": hit.marked.get(f"text_{card.text_language}") or _cropped(card.text),
            "also": _also(hit, language),
        },
        concepts=() if card.type == "concept" else _concepts(document.stated, words),
        users=_joined(document.users, USER_GROUPS, language),
        access=_joined(document.access, ACCESS, language),
        owner_name=owners.get(Key(ACTOR, document.owner), document.owner),
    )


def hit_of_node(node: Node, language: Language, words: Mapping[str, str], owners: Mapping[Key, str]) -> ShownHit:
    """Return a node of the store as a page shows it; what others state about access is not among it."""
    record, card = record_of(node), card_of(node, language)
    actor = record if isinstance(record, Actor) else None
    return ShownHit(
        card=card,
        marked={"name": card.name, "text": _cropped(card.text), "also": ""},
        concepts=_concepts(concepts_of(record), words) if isinstance(record, Listed) and card.type != "concept" else (),
        users=_joined(actor.user_groups, USER_GROUPS, language) if actor else "",
        access=_joined((*actor.access_types, *actor.access_modes), ACCESS, language) if actor else "",
        owner_name=owners.get(Key(ACTOR, card.owner), card.owner),
    )


def _also(hit: Hit, language: Language) -> str:
    """Return the other name or concept that matched, when the shown name and text do not."""
    shown = any(hit.marked.get(f"{field_}_{language}") for field_ in ("name", "text"))
    return "" if shown else hit.marked.get("also", "")


def _concepts(ids: Iterable[str], words: Mapping[str, str]) -> Concepts:
    return tuple((id_, words[id_]) for id_ in ids if id_ in words)[:SHOWN_CONCEPTS]


def _cropped(text: str) -> str:
    return text if len(text) <= SHOWN_TEXT else text[: SHOWN_TEXT - 4].rpartition(" ")[0] + " …"


def _joined(values: Sequence[str], labels: Mapping[str, Words], language: Language) -> str:
    return ", ".join(labels[value].in_language(language) for value in values if value in labels)
