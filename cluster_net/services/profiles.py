"""The pages of one thing: an actor, a need or an offer, a concept."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cluster_net.domain.errors import NotFound
from cluster_net.domain.evidence import is_open
from cluster_net.domain.graph import ACTOR, CONCEPT, NEED, OFFER, Key, Tie
from cluster_net.domain.nodes import from_node, record_of
from cluster_net.domain.records import Actor, Concept, Need, Offer
from cluster_net.domain.suggestions import Suggestion
from cluster_net.domain.text import sort_key
from cluster_net.domain.vocabulary import KIND_GROUPS, ROLES, Language
from cluster_net.services.access import AccessFact, AccessSource, access_facts, access_sources, statements_of
from cluster_net.services.asking import Asking, how_to_ask
from cluster_net.services.backends import Backends
from cluster_net.services.cards import Card, card_of
from cluster_net.services.circle import Circle, read_circle
from cluster_net.services.gathering import Meeting, meetings_about
from cluster_net.services.grouping import Group, suggest_groups
from cluster_net.services.history import Entry, history_of
from cluster_net.services.recalling import ties_of
from cluster_net.services.suggesting import suggested
from cluster_net.services.summaries import require_node
from cluster_net.services.ties import TieGroup, tie_groups

SHOWN_HOLDERS = 100
SHOWN_MEETINGS = 5


@dataclass(frozen=True, slots=True)
class ActorPage:
    """Everything the page of an actor shows; `roles` in words."""

    actor: Actor
    card: Card
    groups: tuple[TieGroup, ...]
    roles: tuple[str, ...]
    concepts: tuple[Card, ...]
    needs: tuple[Card, ...]
    offers: tuple[Card, ...]
    access: tuple[AccessFact, ...]
    access_sources: tuple[AccessSource, ...]
    ask: Asking
    suggestions: tuple[Suggestion, ...]
    history: tuple[Entry, ...]
    today: str
    circle: Circle | None = None


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """Everything the page of a need or an offer shows; `roles` in words."""

    record: Need | Offer
    card: Card
    owners: tuple[Card, ...]
    concepts: tuple[Card, ...]
    roles: tuple[str, ...]
    suggestions: tuple[Suggestion, ...]
    over: bool
    history: tuple[Entry, ...]
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class ConceptPage:
    """Everything the page of a concept shows; `holders` are (words of a group of kinds, actors), in all not more than `total_holders`."""

    concept: Concept
    card: Card
    broader: tuple[Card, ...]
    narrower: tuple[Card, ...]
    holders: tuple[tuple[str, tuple[Card, ...]], ...]
    total_holders: int
    needs: tuple[Card, ...]
    offers: tuple[Card, ...]
    meetings: tuple[Meeting, ...]
    history: tuple[Entry, ...]
    today: str


def read_actor(backends: Backends, slug: str, language: Language, whole: str = "", *, drawn: bool = False) -> ActorPage:
    """Return the page of an actor; the group of ties named *whole* is shown in full, *drawn* adds the picture. Raises NotFound."""
    key = Key(ACTOR, slug)
    node = require_node(backends.graph, key)
    ties = ties_of(backends, key)
    actor = from_node(node, Actor)
    statements = statements_of(ties)
    today = backends.clock().date()
    return ActorPage(
        actor=actor,
        card=card_of(node, language),
        groups=tie_groups(ties, language, whole),
        roles=_role_words(actor.roles, language),
        concepts=_cards(ties, ("HAS_CAPABILITY",), language),
        needs=_cards(ties, ("SEEKS",), language),
        offers=_cards(ties, ("PROVIDES",), language),
        access=access_facts(actor, statements, language) if actor.is_infrastructure else (),
        access_sources=access_sources(statements, language),
        ask=how_to_ask(actor, ties, language),
        suggestions=suggested(backends, key, language, limit=6),
        history=history_of(backends.graph, key, language),
        today=today.isoformat(),
        circle=read_circle(backends.network.current(), slug, language) if drawn else None,
    )


def read_need(backends: Backends, slug: str, language: Language) -> ProposalPage:
    """Return the page of a need with who fits. Raises NotFound."""
    page = _read_proposal(backends, Key(NEED, slug), language)
    found = suggested(backends, Key(NEED, slug), language, limit=12)
    return replace(page, suggestions=found, groups=suggest_groups(backends, slug, language) if found else ())


def read_offer(backends: Backends, slug: str, language: Language) -> ProposalPage:
    """Return the page of an offer with whom it is for. Raises NotFound."""
    page = _read_proposal(backends, Key(OFFER, slug), language)
    return replace(page, suggestions=suggested(backends, Key(OFFER, slug), language, limit=8))


def read_concept(backends: Backends, slug: str, language: Language) -> ConceptPage:
    """Return the page of a concept. Raises NotFound."""
    key = Key(CONCEPT, slug)
    node = require_node(backends.graph, key)
    ties = ties_of(backends, key)
    holders = _cards(ties, ("HAS_CAPABILITY",), language)
    return ConceptPage(
        concept=from_node(node, Concept),
        card=card_of(node, language),
        broader=_cards(ties, ("BROADER",), language, outgoing=True),
        narrower=_cards(ties, ("BROADER",), language, outgoing=False),
        holders=_by_group(holders[:SHOWN_HOLDERS], language),
        total_holders=len(holders),
        needs=_of_label(_cards(ties, ("ABOUT",), language), "need"),
        offers=_of_label(_cards(ties, ("ABOUT",), language), "offer"),
        meetings=meetings_about(backends, slug, language, SHOWN_MEETINGS),
        history=history_of(backends.graph, key, language),
        today=backends.clock().date().isoformat(),
    )


def _read_proposal(backends: Backends, key: Key, language: Language) -> ProposalPage:
    node = require_node(backends.graph, key)
    ties = ties_of(backends, key)
    record = record_of(node)
    if not isinstance(record, Need | Offer):
        raise NotFound(key.id)
    owners = _cards(ties, ("SEEKS", "PROVIDES"), language)
    roles = record.partner_roles if isinstance(record, Need) else record.for_roles
    return ProposalPage(
        record=record,
        card=card_of(node, language),
        owners=tuple(sorted(owners, key=lambda card: card.slug != record.owner_id)),
        concepts=_cards(ties, ("ABOUT",), language),
        roles=_role_words(roles, language),
        suggestions=(),
        history=history_of(backends.graph, key, language),
        over=not is_open(node, backends.clock().date().isoformat()),
    )


def _cards(ties: Sequence[Tie], types: Sequence[str], language: Language, *, outgoing: bool | None = None) -> tuple[Card, ...]:
    cards = [card_of(tie.node, language) for tie in ties if tie.link.type in types and outgoing in {None, tie.outgoing}]
    return tuple(sorted(cards, key=lambda card: sort_key(card.name)))


def _of_label(cards: Sequence[Card], type_: str) -> tuple[Card, ...]:
    return tuple(card for card in cards if card.type == type_)


def _by_group(cards: Sequence[Card], language: Language) -> tuple[tuple[str, tuple[Card, ...]], ...]:
    held = {name: tuple(card for card in cards if card.group == name) for name in KIND_GROUPS}
    return tuple((KIND_GROUPS[name][0].in_language(language), group) for name, group in held.items() if group)


def _role_words(roles: Sequence[str], language: Language) -> tuple[str, ...]:
    return tuple(ROLES[role].in_language(language) if role in ROLES else role for role in roles)
