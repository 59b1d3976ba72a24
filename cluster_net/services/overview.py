"""What the cluster as a whole holds: counts, latest changes, sources, every public address."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from cluster_net.domain.filters import In, Not
from cluster_net.domain.graph import ACTOR, CONCEPT, IMPORT, NEED, OFFER, Key
from cluster_net.domain.nodes import record_of
from cluster_net.domain.records import Import
from cluster_net.domain.vocabulary import INFRASTRUCTURE_KINDS, Language
from cluster_net.services.backends import Backends
from cluster_net.services.cards import Card, card_of
from cluster_net.services.ports import GraphStore

LATEST = 5
PUBLIC = (ACTOR, NEED, OFFER, CONCEPT)


@dataclass(frozen=True, slots=True)
class Overview:
    """The numbers on the home page and the latest changes."""

    organisations: int
    infrastructures: int
    collaborations: int
    needs: int
    offers: int
    latest: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source and how many facts were read there."""

    title: str
    url: str
    facts: int


@dataclass(frozen=True, slots=True)
class Sources:
    """All sources, the most used first, and the imports, the latest first."""

    lines: tuple[SourceLine, ...]
    imports: tuple[Import, ...]


def read_overview(backends: Backends, language: Language) -> Overview:
    """Return the numbers and the latest changes."""
    store, infrastructure = backends.graph, In("kind", tuple(INFRASTRUCTURE_KINDS))
    changed = [store.find(label, order="-updated", limit=LATEST) for label in (NEED, OFFER, ACTOR)]
    cards = [card_of(node, language) for page in changed for node in page.rows]
    return Overview(
        organisations=store.find(ACTOR, Not(infrastructure), limit=1).total,
        infrastructures=store.find(ACTOR, infrastructure, limit=1).total,
        collaborations=sum(1 for _ in backends.network.current().ties()),
        needs=changed[0].total,
        offers=changed[1].total,
        latest=tuple(sorted(cards, key=lambda card: card.updated, reverse=True)[:LATEST]),
    )


def read_sources(backends: Backends) -> Sources:
    """Return the sources of all facts and ties."""
    network = backends.network.current()
    facts: Counter[tuple[str, str]] = Counter()
    for node in network.nodes.values():
        if title := str(node.properties.get("source_title", "")):
            facts[title, str(node.properties.get("source_url", ""))] += 1
    facts.update((str(tie.properties.get("source_title", "")), str(tie.properties.get("source_url", ""))) for tie in network.ties())
    by_title: dict[str, list[tuple[str, int]]] = {}
    for (title, url), count in facts.items():
        by_title.setdefault(title, []).append((url, count))
    lines = [SourceLine(title, pairs[0][0] if len(pairs) == 1 else "", sum(n for _, n in pairs)) for title, pairs in by_title.items()]
    return Sources(tuple(sorted(lines, key=lambda line: (-line.facts, line.title))), _imports(backends.graph))


def public_keys(store: GraphStore) -> Iterator[tuple[Key, str]]:
    """Yield the key and the time of change of everything that has a page, in a fixed order."""
    for label in PUBLIC:
        for node in store.find(label, limit=None).rows:
            yield node.key, str(node.properties.get("updated", ""))


def _imports(store: GraphStore) -> tuple[Import, ...]:
    found = store.find(IMPORT, order="-at", limit=20).rows
    return tuple(record for node in found if isinstance(record := record_of(node), Import))
