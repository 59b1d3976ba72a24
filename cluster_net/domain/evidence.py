"""What speaks for a match: shared concepts, what one seeks and the other has, and what the records say. Pure sums."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from cluster_net.domain.graph import ACTOR, NEED, OFFER, Key, Node
from cluster_net.domain.network import Network

RELATED = 0.25  # what a concept and its broader one have in common
PARTLY = 0.1  # what the broader one is worth to who asks for the narrower; chosen on the golden cases to tune on
MAX_HOLDERS = 2000  # a concept that more hold tells nothing and is not walked
LEVELS = 4  # how far up a body is looked for in what holds it, and how far down concepts are


def rarity(network: Network, concept: str) -> float:
    """Return how much it tells that two share *concept*: 1 / (1 + log2 n) for n holders, in (0, 1]."""
    return 1.0 / (1.0 + math.log2(max(1, len(network.holders.get(concept, ())))))


def narrower_of(network: Network) -> dict[str, list[str]]:
    """Return the concepts right below each concept."""
    narrower: dict[str, list[str]] = defaultdict(list)
    for concept, wider in network.broader.items():
        for one in wider:
            narrower[one].append(concept)
    return narrower


Shares = dict[str, dict[str, float]]
Bearers = Callable[[Key], Iterable[str]]
Narrower = Mapping[str, list[str]]


def concept_shares(network: Network, wanted: Iterable[str], bearers: Bearers, narrower: Narrower) -> Shares:
    """Tell what each bearer shares with the *wanted* concepts: {bearer: {concept both have: rarity x 1 or RELATED}}.

    `bearers` says for whom a holder of a concept counts. A bearer with the concept itself gets its whole rarity, one with
    the concept right above or below gets RELATED of it, named by the wider of the two, which is what both have.
    """
    shares: Shares = defaultdict(dict)
    for concept in sorted(wanted):
        worth = rarity(network, concept)
        exact = set(_bearers(network, concept, bearers))
        for bearer in exact:
            shares[bearer][concept] = worth
        related = [(wider, wider) for wider in network.broader.get(concept, ())] + [(one, concept) for one in narrower.get(concept, ())]
        for other, common in related:
            for bearer in _bearers(network, other, bearers):
                if bearer not in exact:
                    shares[bearer][common] = max(shares[bearer].get(common, 0.0), RELATED * worth)
    return shares


def answering_shares(network: Network, asked: Iterable[str], bearers: Bearers, narrower: Narrower) -> Shares:
    """Tell what each bearer has of the concepts *asked* for: {bearer: {concept that it has: rarity of what is asked x 1 or PARTLY}}.

    Who has a narrower one has what is asked for: sequencing is genomics. Who only has the one right above has it PARTLY.
    """
    shares: Shares = defaultdict(lambda: defaultdict(float))
    for concept in sorted(asked):
        worth = rarity(network, concept)
        whole = {bearer for one in (concept, *reach(concept, narrower)) for bearer in _bearers(network, one, bearers)}
        for bearer in sorted(whole):
            shares[bearer][concept] += worth
        for wider in sorted(network.broader.get(concept, ())):
            for bearer in sorted(set(_bearers(network, wider, bearers)) - whole):
                whole.add(bearer)
                shares[bearer][wider] += PARTLY * worth
    return shares


def answered_shares(network: Network, had: Iterable[str], bearers: Bearers, narrower: Narrower) -> Shares:
    """Tell what of the concepts that each bearer asks for is *had*: `answering_shares` seen from the side that has them."""
    own = frozenset(had)
    whole = with_broader(network, own)
    told = {concept: (concept, 1.0) for concept in whole}
    for wider in sorted(own, reverse=True):
        told |= {concept: (wider, PARTLY) for concept in narrower.get(wider, ()) if concept not in whole}
    shares: Shares = defaultdict(lambda: defaultdict(float))
    for concept, (name, part) in sorted(told.items()):
        for bearer in set(_bearers(network, concept, bearers)):
            shares[bearer][name] += part * rarity(network, concept)
    return shares


def named_as_held(broader: Mapping[str, Iterable[str]], shares: Mapping[str, float], *tiers: frozenset[str]) -> dict[str, float]:
    """Return *shares* by the concepts that are held.

    One that is in none of *tiers*, sets of concepts held, goes in equal parts to those below it in the first that has any. What no
    tier has anything of keeps its name.
    """
    named: dict[str, float] = defaultdict(float)
    for concept, share in shares.items():
        below = (sorted(one for one in tier if concept in reach(one, broader)) for tier in tiers)
        held = [concept] if any(concept in tier for tier in tiers) else next(filter(None, below), [concept])
        for one in held:
            named[one] += share / len(held)
    return named


def with_broader(network: Network, concepts: frozenset[str]) -> frozenset[str]:
    """Return *concepts* and all that are broader."""
    return concepts.union(*(reach(concept, network.broader) for concept in concepts))


def reach(concept: str, steps: Mapping[str, Iterable[str]]) -> list[str]:
    """Return what is reached from *concept* in at most LEVELS steps, itself left out."""
    found, level = {concept}, {concept}
    for _ in range(LEVELS):
        level = {one for held in level for one in steps.get(held, ())} - found
        found |= level
    return sorted(found - {concept})


def _bearers(network: Network, concept: str, bearers: Bearers) -> list[str]:
    holders = network.holders.get(concept, ())
    return [] if len(holders) > MAX_HOLDERS else [bearer for holder in holders for bearer in bearers(holder)]


def wholes_of(network: Network, actor: str) -> set[str]:
    """Return *actor* and all that it is part of, run by or owned by, up to LEVELS above."""
    found = {actor}
    level = found
    for _ in range(LEVELS):
        level = {whole for one in level for whole in network.held_by.get(one, ())} - found
        found = found | level
    return found


def is_open(node: Node, today: str) -> bool:
    """Tell whether the deadline of a need or an offer, a year, month or day, has not passed on *today* (ISO)."""
    return not is_over(str(node.properties.get("deadline", "")), today)


def is_over(deadline: str, today: str) -> bool:
    """Tell whether a year, month or day has passed on *today* (ISO); no deadline never has."""
    return bool(deadline) and deadline < today[: len(deadline)]


def words_in(node: Node, name: str) -> tuple[str, ...]:
    """Return the list property *name* of *node*, empty when it has none."""
    held = node.properties.get(name, ())
    return held if isinstance(held, tuple) else ()


def owners_of(node: Node) -> tuple[str, ...]:
    """Return the ids of the owner and the co-owners of a need or an offer."""
    return tuple(dict.fromkeys(filter(None, (str(node.properties.get("owner_id", "")), *words_in(node, "co_owner_ids")))))


def open_proposals(network: Network, keys: Iterable[Key], today: str) -> list[Node]:
    """Return the needs or offers among *keys* whose deadline has not passed."""
    return [node for key in keys if (node := network.nodes.get(key)) is not None and is_open(node, today)]


def needs_of(network: Network, actor: str, today: str) -> list[Node]:
    """Return the open needs of *actor*."""
    return open_proposals(network, (Key(NEED, id_) for id_ in network.needs_of.get(actor, ())), today)


def offers_of(network: Network, actor: str, today: str) -> list[Node]:
    """Return the open offers of *actor*."""
    return open_proposals(network, (Key(OFFER, id_) for id_ in network.offers_of.get(actor, ())), today)


def concepts_had(network: Network, actor: str, today: str) -> frozenset[str]:
    """Return the concepts that *actor* has as capabilities or in its open offers."""
    own = network.concepts.get(Key(ACTOR, actor), frozenset())
    return own.union(*(network.concepts.get(offer.key, frozenset()) for offer in offers_of(network, actor, today)))
