"""Is the site able to answer: the store, the index and what waits between them."""

from dataclasses import dataclass

from cluster_net.domain.errors import Unavailable
from cluster_net.domain.graph import ACTOR, CONCEPT, NEED, OFFER
from cluster_net.services.backends import Backends
from cluster_net.services.ports import GraphStore

INDEXED = (ACTOR, CONCEPT, NEED, OFFER)
MAX_WAITING = 10_000  # more changes than this on their way to the index: it is not to be relied on
SLACK = 0.01  # part of the documents by which the index may differ from the store, beside what waits


@dataclass(frozen=True, slots=True)
class Health:
    """What was found; None where an engine does not answer. `missing` says in words what is wrong."""

    version: int | None
    expected: int | None
    waiting: int | None
    documents: int | None
    missing: tuple[str, ...]

    @property
    def ready(self) -> bool:
        """Tell whether nothing is missing."""
        return not self.missing

    def as_dict(self) -> dict[str, object]:
        """Return the findings for JSON; no address and no secret is among them."""
        return {
            "ready": self.ready,
            "missing": list(self.missing),
            "store": {"answers": self.version is not None, "version": self.version, "documents": self.expected},
            "index": {"answers": self.documents is not None, "documents": self.documents},
            "outbox": {"waiting": self.waiting},
        }


def check_health(backends: Backends) -> Health:
    """Ask the store and the index how they are."""
    missing: list[str] = []
    version = expected = waiting = documents = None
    try:
        version, waiting, expected = _ask_store(backends.graph)
    except Unavailable:
        missing.append("The store does not answer.")
    try:
        documents = backends.index.count()
    except Unavailable:
        missing.append("The search index is missing or does not answer.")
    if expected is not None and waiting is not None:
        missing += _behind(expected, waiting, documents)
    return Health(version, expected, waiting, documents, tuple(missing))


def _ask_store(store: GraphStore) -> tuple[int, int, int]:
    return store.version(), store.outbox_lag(), sum(store.find(label, limit=1).total for label in INDEXED)


def _behind(expected: int, waiting: int, documents: int | None) -> list[str]:
    found = []
    if waiting > MAX_WAITING:
        found.append(f"{waiting} changes wait for the search index; is a worker running?")
    if documents is not None and abs(expected - documents) > waiting + SLACK * expected:
        found.append(f"The search index holds {documents} of {expected} documents; run `cluster-net reindex`.")
    return found
