"""What a list shows of one thing."""

from collections.abc import Mapping
from dataclasses import dataclass

from cluster_net.domain.graph import Node
from cluster_net.domain.nodes import record_of
from cluster_net.domain.records import Actor, Need, Offer
from cluster_net.domain.search import Document
from cluster_net.domain.vocabulary import (
    ACTOR_KINDS,
    CONCEPT_KINDS,
    COUNTIES,
    GROUP_OF_KIND,
    NEED_KINDS,
    OFFER_KINDS,
    Language,
    Words,
)

KIND_WORDS: Mapping[str, Mapping[str, Words]] = {"actor": ACTOR_KINDS, "concept": CONCEPT_KINDS, "need": NEED_KINDS, "offer": OFFER_KINDS}


@dataclass(frozen=True, slots=True)
class Card:
    """A thing in a list. `type` is actor, concept, need or offer; `group` tells its shape; `text_language` that of `text`."""

    type: str
    slug: str
    name: str
    kind: str
    kind_word: str
    group: str
    place: str = ""
    text: str = ""
    text_language: Language = "sv"
    deadline: str = ""
    owner: str = ""
    verified: bool = True
    fictional: bool = False
    updated: str = ""


def card_of(node: Node, language: Language) -> Card:
    """Return the card of a node."""
    record = record_of(node)
    type_ = node.key.label.lower()
    text, text_language = text_of(record, language)
    return Card(
        type=type_,
        slug=node.key.id,
        name=record.name(language),
        kind=node.kind,
        kind_word=kind_word(type_, node.kind, language),
        group=group_of(type_, node.kind),
        place=place_of(record, language),
        text=text,
        text_language=text_language,
        deadline=getattr(record, "deadline", ""),
        owner=getattr(record, "owner_id", ""),
        verified=getattr(record, "verified", True),
        fictional=getattr(record, "fictional", False),
        updated=str(node.properties.get("updated", "")),
    )


def card_of_document(document: Document, language: Language) -> Card:
    """Return the card of what the index found."""
    text, text_language = Words(document.text_sv, document.text_en).spoken(language)
    return Card(
        type=document.type,
        slug=document.slug,
        name=document.name_sv if language == "sv" else document.name_en,
        kind=document.kind,
        kind_word=kind_word(document.type, document.kind, language),
        group=group_of(document.type, document.kind),
        place=", ".join(document.city) or ", ".join(county_word(county, language) for county in document.county),
        text=text,
        text_language=text_language,
        deadline=document.deadline,
        owner=document.owner,
        verified=document.verified == "yes",
        fictional=document.fictional == "yes",
        updated=document.updated,
    )


def group_of(type_: str, kind: str) -> str:
    """Return the group that tells the shape: one of KIND_GROUPS for an actor, else the type."""
    return GROUP_OF_KIND.get(kind, type_) if type_ == "actor" else type_


def kind_word(type_: str, kind: str, language: Language) -> str:
    """Return the word of a kind of that type."""
    words = KIND_WORDS.get(type_, {}).get(kind)
    return words.in_language(language) if words else kind


def county_word(county: str, language: Language) -> str:
    """Return the word of a county."""
    return COUNTIES[county].in_language(language) if county in COUNTIES else county


def place_of(record: object, language: Language) -> str:
    """Return where an actor is or a need applies, in words."""
    match record:
        case Actor():
            return ", ".join(record.city) or ", ".join(county_word(county, language) for county in record.county)
        case Need():
            return ", ".join(county_word(county, language) for county in record.place)
        case _:
            return ""


def text_of(record: object, language: Language) -> tuple[str, Language]:
    """Return the text of a record and its language: the asked one, else the other."""
    match record:
        case Actor():
            return Words(record.description_sv, record.description_en).spoken(language)
        case Need() | Offer():
            return Words(record.text_sv, record.text_en).spoken(language)
        case _:
            return "", language
