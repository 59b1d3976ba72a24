"""One pair on one page: what speaks for a meeting, what against, what is unknown, and how the two are connected."""

from dataclasses import dataclass

from cluster_net.domain.graph import ACTOR, Key
from cluster_net.domain.matching.eligibility import actors_behind
from cluster_net.domain.matching.fit import Condition
from cluster_net.domain.nodes import record_of
from cluster_net.domain.records import Actor, Need, Offer, Sourced
from cluster_net.domain.vocabulary import Language
from cluster_net.services.backends import Backends
from cluster_net.services.cards import Card, card_of
from cluster_net.services.explaining import Why, explain, require_meeting
from cluster_net.services.pathfinding import FoundPath, find_paths
from cluster_net.services.references import require_known
from cluster_net.services.steering import plain

PATHS, PARTNERS = 2, 12


@dataclass(frozen=True, slots=True)
class MatchPage:
    """Everything the page of a pair shows; `partners` are those that both work with, `sources` where the facts were read."""

    start: Card
    end: Card
    why: Why
    met: tuple[Condition, ...]
    missed: tuple[Condition, ...]
    unknown: tuple[Condition, ...]
    partners: tuple[Card, ...]
    paths: tuple[FoundPath, ...]
    sources: tuple[Sourced, ...]
    today: str


def read_match(backends: Backends, first: str, second: str, language: Language) -> MatchPage:
    """Return the page of two records, each given by its reference. Raises NotFound, and Invalid where the two never meet."""
    matcher, today = backends.network.matcher(), backends.clock().date()
    key, other = (require_known(matcher.network, reference, field) for field, reference in (("from", first), ("to", second)))
    require_meeting(key, other)
    why = explain(matcher, key, other, options=plain(today), language=language)
    held = why.suggestion.conditions
    nodes = [matcher.network.nodes[one] for one in (key, other)]
    told = [one.source for one in held if one.source] + [one for node in nodes if isinstance(one := record_of(node), Actor | Need | Offer)]
    ends = [actors_behind(matcher.network, one)[:1] for one in (key, other)]
    paths = find_paths(backends, ends[0][0], ends[1][0], language=language, limit=PATHS) if all(ends) and ends[0] != ends[1] else []
    return MatchPage(
        start=card_of(nodes[0], language),
        end=card_of(nodes[1], language),
        why=why,
        met=tuple(one for one in held if one.state == "met"),
        missed=tuple(one for one in held if one.state == "missed"),
        unknown=tuple(one for one in held if one.state == "unknown"),
        partners=_shared_partners(backends, key, other, language),
        paths=tuple(paths),
        sources=tuple({(one.source_title, one.source_url): one for one in told}.values()),
        today=today.isoformat(),
    )


def _shared_partners(backends: Backends, key: Key, other: Key, language: Language) -> tuple[Card, ...]:
    network = backends.network.current()
    around = [{one for actor in actors_behind(network, side) for one in network.graph[actor]} for side in (key, other)]
    shared = sorted(around[0] & around[1], key=lambda one: (network.graph.degree(one), one))[:PARTNERS]
    return tuple(card_of(network.nodes[Key(ACTOR, one)], language) for one in shared)
