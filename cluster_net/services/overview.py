"""What the cluster as a whole holds: counts, latest changes, sources, every public address."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from cluster_net.domain.errors import Unavailable
from cluster_net.domain.filters import In, Not
from cluster_net.domain.graph import ACTOR, CONCEPT, IMPORT, NEED, OFFER, Key
from cluster_net.domain.network import Network
from cluster_net.domain.nodes import record_of
from cluster_net.domain.records import Import
from cluster_net.domain.text import sort_key
from cluster_net.domain.vocabulary import INFRASTRUCTURE_KINDS, Language
from cluster_net.services.backends import Backends
from cluster_net.services.cards import Card, card_of
from cluster_net.services.ports import GraphStore

LATEST = 5
LINES = 100  # sources on one page
PUBLIC = (ACTOR, NEED, OFFER, CONCEPT)


@dataclass(frozen=True, slots=True)
class Overview:
    """The numbers on the home page, those of the lists they lead to; `fictional` of them are invented, of the latest changes none."""

    organisations: int
    infrastructures: int
    collaborations: int
    needs: int
    offers: int
    fictional: int
    latest: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source and how many facts were read there; `url` is empty where the title stands for several pages."""

    title: str
    url: str
    facts: int


@dataclass(frozen=True, slots=True)
class Sources:
    """One page of the sources, the most used first, and the latest imports; of `total` sources all `facts` were read."""

    lines: tuple[SourceLine, ...]
    total: int
    facts: int
    imports: tuple[Import, ...]


def read_overview(backends: Backends, language: Language) -> Overview | None:
    """Return the numbers and the latest changes; None when the store does not answer."""
    try:
        question = ("overview", backends.graph.version(), backends.network.current().version, language)
        return backends.answers.made(question, lambda: _overview(backends, language))
    except Unavailable:
        return None


def _overview(backends: Backends, language: Language) -> Overview:
    store, infrastructure = backends.graph, In("kind", tuple(INFRASTRUCTURE_KINDS))
    real = Not(In("fictional", (True,)))
    changed = [store.find(label, real, order="-updated", limit=LATEST).rows for label in (NEED, OFFER, ACTOR)]
    # Of what was changed at once, one of each label in turn.
    cards = [(place, card_of(node, language)) for rows in changed for place, node in enumerate(rows)]
    cards.sort(key=lambda pair: pair[0])
    cards.sort(key=lambda pair: pair[1].updated, reverse=True)
    network = backends.network.current()
    entries = [node for label in (ACTOR, NEED, OFFER) for node in network.of_label.get(label, ())]
    return Overview(
        organisations=store.find(ACTOR, Not(infrastructure), limit=1).total,
        infrastructures=store.find(ACTOR, infrastructure, limit=1).total,
        collaborations=sum(1 for _ in network.ties()),
        needs=store.find(NEED, limit=1).total,
        offers=store.find(OFFER, limit=1).total,
        fictional=sum(bool(node.properties.get("fictional")) for node in entries),
        latest=tuple(card for _, card in cards[:LATEST]),
    )


class DataDate:
    """Remembers for a while when the data was last imported, so that every page can say it at no cost."""

    def __init__(self, seconds: float = 300.0) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._read_at = -seconds
        self._date = ""

    def read(self, store: GraphStore) -> str:
        """Return the time of the latest import; "" when nothing was imported or the store does not answer."""
        with self._lock:
            if time.monotonic() - self._read_at >= self._seconds or self._read_at < 0:
                self._date, self._read_at = _latest_import(store), time.monotonic()
            return self._date


def _latest_import(store: GraphStore) -> str:
    try:
        return next((str(node.properties.get("at", "")) for node in store.find(IMPORT, order="-at", limit=1).rows), "")
    except Unavailable:
        return ""


def read_sources(backends: Backends, offset: int = 0) -> Sources:
    """Return one page of the sources of all facts and ties."""
    network = backends.network.current()
    lines = backends.answers.made(("sources", network.version), lambda: _lines(network))
    return Sources(lines[offset : offset + LINES], len(lines), sum(line.facts for line in lines), _imports(backends.graph))


def _lines(network: Network) -> tuple[SourceLine, ...]:
    facts: Counter[tuple[str, str]] = Counter()
    for node in network.nodes.values():
        if title := str(node.properties.get("source_title", "")):
            facts[title, str(node.properties.get("source_url", ""))] += 1
    facts.update((str(tie.properties.get("source_title", "")), str(tie.properties.get("source_url", ""))) for tie in network.ties())
    by_title: dict[str, list[tuple[str, int]]] = {}
    for (title, url), count in facts.items():
        by_title.setdefault(title or url, []).append((url, count))
    lines = [SourceLine(title, pairs[0][0] if len(pairs) == 1 else "", sum(n for _, n in pairs)) for title, pairs in by_title.items()]
    return tuple(sorted(lines, key=lambda line: (-line.facts, sort_key(line.title), line.title)))


def public_keys(store: GraphStore) -> Iterator[tuple[Key, str]]:
    """Yield the key and the time of change of everything that has a page, in a fixed order."""
    for label in PUBLIC:
        for node in store.find(label, limit=None).rows:
            yield node.key, str(node.properties.get("updated", ""))


def _imports(store: GraphStore) -> tuple[Import, ...]:
    found = store.find(IMPORT, order="-at", limit=20).rows
    return tuple(record for node in found if isinstance(record := record_of(node), Import))
