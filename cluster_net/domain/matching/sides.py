"""The two sides of a match: what is asked for and what is had, read out of the network's records."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cluster_net.domain.evidence import owners_of, words_in
from cluster_net.domain.graph import ACTOR, CONCEPT, NEED, OFFER, Key, Node
from cluster_net.domain.network import Network
from cluster_net.domain.records import Sourced
from cluster_net.domain.roles import OFFER_ROLES, roles_of
from cluster_net.domain.vocabulary import INFRASTRUCTURE_KINDS, Words

# A quality system -> the word by which a source says that it is not there.
REFUSALS: Mapping[str, str] = {"GMP": "non-GMP"}
_QUALITY = re.compile(r"(?<![Pp]re-)(?<![Nn]on-)\b(?:(GMP|GLP|GCP|JACIE)|ISO ?(?:/?IEC ?)?(9001|13485|15189|17025))\b")
# Role of the one who asks -> the group of users it belongs to.
USER_GROUP_OF: Mapping[str, str] = {
    "company": "industry",
    "entrepreneur": "industry",
    "university": "academia",
    "hospital": "healthcare",
}
_AUTHORITY_KINDS = frozenset({"agency", "municipality", "region"})


@dataclass(frozen=True, slots=True)
class Told:
    """What one source says; `closed` when it names all there is, so that what it leaves out is not there."""

    values: tuple[str, ...]
    source: Sourced
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Stages:
    """The readiness levels (TRL) that one source says something is for; a bound that it leaves open is None."""

    low: int | None
    high: int | None
    source: Sourced


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What is asked for; an empty field asks nothing.

    Of `roles` the other side must hold one, of `wished_roles` it should. `users` and `own_roles` say who asks: groups of users
    and roles. Of `access` and `environment` one will do, of `quality` all are needed. Levels are TRL, the deadline an ISO day,
    month or year.
    """

    kind: str = ""
    roles: tuple[str, ...] = ()
    wished_roles: tuple[str, ...] = ()
    own_roles: tuple[str, ...] = ()
    users: tuple[str, ...] = ()
    stage_from: int | None = None
    stage_to: int | None = None
    amount: int | None = None
    currency: str = ""
    quality: tuple[str, ...] = ()
    access: tuple[str, ...] = ()
    environment: tuple[str, ...] = ()
    deadline: str = ""
    counties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """What an actor or an offer has, each thing with the source that says so; `lead_days` are (days, source)."""

    source: Sourced
    is_infrastructure: bool = False
    offer_kind: str = ""
    roles: tuple[str, ...] = ()
    for_roles: tuple[str, ...] = ()
    for_note: Words | None = None
    stages: tuple[Stages, ...] = ()
    amount_min: int | None = None
    amount_max: int | None = None
    currency: str = ""
    quality: tuple[Told, ...] = ()
    users: tuple[Told, ...] = ()
    access: tuple[Told, ...] = ()
    environment: tuple[Told, ...] = ()
    lead_days: tuple[tuple[int, Sourced], ...] = ()
    opens: str = ""
    counties: tuple[str, ...] = ()


def demand_of(network: Network, need: Node) -> Demand:
    """Return what *need* asks for; quality systems are read out of its words and its concepts, who asks from its owners."""
    owners = owners_of(need)
    stages = [_whole(need, name) for name in ("stage_from", "stage_to")]
    return Demand(
        kind=need.kind,
        roles=words_in(need, "partner_roles"),
        wished_roles=words_in(need, "wished_roles"),
        own_roles=tuple(sorted({role for owner in owners for role in roles_of(network, owner)})),
        users=user_groups(network, owners),
        stage_from=stages[0],
        stage_to=stages[1],
        amount=_whole(need, "amount_max"),
        currency=_text(need, "currency"),
        quality=_qualities(*_texts(need), *_concept_names(network, need)),
        deadline=_text(need, "deadline"),
        counties=tuple(county for county in words_in(need, "place") if county != "other"),
    )


def actor_demand(network: Network, actor: str) -> Demand:
    """Return what an actor asks for by being who it is: that it may use what is offered."""
    return Demand(own_roles=tuple(sorted(roles_of(network, actor))), users=user_groups(network, (actor,)))


def supply_of(network: Network, key: Key) -> Supply:
    """Return what an actor or an offer has; unknown is left empty."""
    return _offer_supply(network, network.nodes[key]) if key.label == OFFER else _actor_supply(network, network.nodes[key])


def user_groups(network: Network, actors: Iterable[str]) -> tuple[str, ...]:
    """Return the groups of users that *actors* belong to."""
    found: set[str] = set()
    for actor in actors:
        node = network.nodes.get(Key(ACTOR, actor))
        found.update(USER_GROUP_OF[role] for role in roles_of(network, actor) if role in USER_GROUP_OF)
        if node is not None and node.kind in _AUTHORITY_KINDS:
            found.add("authorities")
    return tuple(sorted(found))


def _actor_supply(network: Network, actor: Node) -> Supply:
    """Read the actor's own row and every access statement; only a statement says all who may use it.

    Prose tells no quality system: "the step before GMP" is none. A capability does: who makes things under GMP has it, unless it
    has a need for just that.
    """
    own = source_of(actor)
    statements = [(one, source_of(one)) for one in network.statements.get(actor.key.id, ())]
    told = [(actor, own), *statements]

    def tell(name: str, *, closed: bool = False) -> tuple[Told, ...]:
        return tuple(Told(values, source, closed and node is not actor) for node, source in told if (values := words_in(node, name)))

    sought = _qualities_sought(network, actor.key.id)
    by_concept = tuple(one for one in _qualities(*_concept_names(network, actor)) if one not in sought)
    return Supply(
        source=own,
        is_infrastructure=actor.kind in INFRASTRUCTURE_KINDS,
        roles=tuple(sorted(roles_of(network, actor.key.id))),
        stages=tuple(stages for node, source in statements if (stages := _stages(node, source))),
        quality=(*tell("quality"), *((Told(by_concept, own),) if by_concept else ())),
        users=tell("user_groups", closed=True),
        access=tell("access_types"),
        environment=tell("environment"),
        lead_days=tuple((days, source) for node, source in statements if (days := _whole(node, "lead_days")) is not None),
        counties=_counties(actor),
    )


def _offer_supply(network: Network, offer: Node) -> Supply:
    own, owners = source_of(offer), [network.nodes.get(Key(ACTOR, owner)) for owner in owners_of(offer)]
    by_concept = _qualities(*_concept_names(network, offer))
    stages = _stages(offer, own)
    return Supply(
        source=own,
        offer_kind=offer.kind,
        roles=tuple(sorted(OFFER_ROLES.get(offer.kind, ()))),
        for_roles=words_in(offer, "for_roles"),
        for_note=_note(_text(offer, "for_note_sv"), _text(offer, "for_note_en")),
        stages=(stages,) if stages else (),
        amount_min=_whole(offer, "amount_min"),
        amount_max=_whole(offer, "amount_max"),
        currency=_text(offer, "currency"),
        quality=(Told(by_concept, own),) if by_concept else (),
        opens=_text(offer, "opens"),
        counties=tuple(county for owner in owners if owner for county in _counties(owner)),
    )


def source_of(node: Node) -> Sourced:
    """Return where a record was read."""
    names = ("source_url", "source_title", "source_date")
    return Sourced(**{name: _text(node, name) for name in names}, checked=node.properties.get("checked") is True)


def _qualities(*texts: str) -> tuple[str, ...]:
    """Return the quality systems that *texts* speak of, each once."""
    found = (match for text in texts for match in _QUALITY.finditer(text))
    return tuple(dict.fromkeys(match[1] or f"ISO {match[2]}" for match in found))


def _qualities_sought(network: Network, actor: str) -> frozenset[str]:
    """Return the quality systems that the needs of *actor* ask for."""
    needs = (network.nodes.get(Key(NEED, id_)) for id_ in network.needs_of.get(actor, ()))
    return frozenset(one for need in needs if need for one in _qualities(*_texts(need), *_concept_names(network, need)))


def _texts(node: Node) -> list[str]:
    names = (f"{stem}_{language}" for stem in ("title", "text", "pref") for language in ("sv", "en"))
    return [held for name in names if (held := _text(node, name))]


def _concept_names(network: Network, node: Node) -> list[str]:
    concepts = (network.nodes.get(Key(CONCEPT, id_)) for id_ in sorted(network.concepts.get(node.key, ())))
    return [text for concept in concepts if concept for text in _texts(concept)]


def _stages(node: Node, source: Sourced) -> Stages | None:
    low, high = _whole(node, "trl_in"), _whole(node, "trl_out")
    return Stages(low, high, source) if low or high else None


def _counties(actor: Node) -> tuple[str, ...]:
    return words_in(actor, "county")


def _note(swedish: str, english: str) -> Words | None:
    return Words(swedish or english, english or swedish) if swedish or english else None


def _text(node: Node, name: str) -> str:
    return str(node.properties.get(name, ""))


def _whole(node: Node, name: str) -> int | None:
    held = node.properties.get(name)
    return held if isinstance(held, int) and not isinstance(held, bool) else None
