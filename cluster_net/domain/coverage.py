"""How far others cover what a need is about."""

import math
from collections.abc import Mapping

from cluster_net.domain.evidence import answering_shares, is_open, owners_of, rarity, words_in
from cluster_net.domain.graph import ACTOR, OFFER, Key, Node
from cluster_net.domain.network import Network
from cluster_net.domain.roles import roles_of
from cluster_net.domain.units import NO_UNITS, Units


def coverage(network: Network, need: Node, today: str, narrower: Mapping[str, list[str]]) -> dict[str, float]:
    """Return which part of what *need* is about each actor in a role asked for has, as a capability or an open offer."""
    shares = needed_shares(network, need, today, narrower)
    asked = worth_of(network, need)
    return {one: covered_part(held, asked) for one, held in shares.items() if asks_for(need, roles_of(network, one))}


def needed_shares(
    network: Network, need: Node, today: str, narrower: Mapping[str, list[str]], units: Units = NO_UNITS
) -> dict[str, dict[str, float]]:
    """Return what each actor has of the concepts of *need*, itself, in its open offers or by one of *units*."""

    def bearers(key: Key) -> tuple[str, ...]:
        if key.label != OFFER:
            return units.bearers(key, ACTOR)
        return owners_of(network.nodes[key]) if is_open(network.nodes[key], today) else ()

    return answering_shares(network, network.concepts.get(need.key, frozenset()), bearers, narrower)


def covered_part(shares: Mapping[str, float], asked: float) -> float:
    """Return the rarity-weighted part of what a need is about, `worth_of` it *asked*, that *shares* cover, in [0, 1]."""
    had = math.fsum(shares.values())
    return had / max(had, asked) if had else 0.0


def worth_of(network: Network, need: Node) -> float:
    """Return the summed rarity of what *need* is about."""
    return math.fsum(rarity(network, one) for one in sorted(network.concepts.get(need.key, ())))


def asks_for(need: Node, roles: frozenset[str]) -> bool:
    """Tell whether *need* asks for one of *roles*; a need that names no role asks for any."""
    asked = words_in(need, "partner_roles")
    return not asked or not roles.isdisjoint(asked)
