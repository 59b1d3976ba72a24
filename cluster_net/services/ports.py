"""The ports: what every graph store and every search index does, whatever engine is behind.

These two raise `Unavailable` when the engine does not answer. Adapters translate and nothing else; they are safe to use from
several threads of one process and from several processes at once.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, Protocol

from cluster_net.domain.filters import Filter
from cluster_net.domain.graph import Changes, Dump, Key, Link, Node, OutboxEntry, Page, Revision, Tie
from cluster_net.domain.layout import Places
from cluster_net.domain.search import Document, SearchQuery, SearchResult

Direction = Literal["out", "in", "both"]


class GraphStore(Protocol):
    """The truth. Reads see whole writes only."""

    def prepare(self) -> None:
        """Create constraints, tables and indexes that are missing; harmless when repeated."""

    def version(self) -> int:
        """Return the data version: 0 when nothing was ever written, and one more after each write."""

    def get(self, keys: Sequence[Key]) -> dict[Key, Node]:
        """Return the nodes that exist among *keys*, by key, in one round trip."""

    def get_links(self, ids: Sequence[str]) -> dict[str, Link]:
        """Return the links that exist among *ids*, by id, in one round trip."""

    def find(self, label: str, where: Filter | None = None, *, order: str = "id", limit: int | None = 20, offset: int = 0) -> Page[Node]:
        """Return the nodes with *label* that satisfy *where*, and how many there are in all.

        *order* is "id" or the name of a property, with "-" before it for falling order; nodes without the property come
        last either way, ties are broken by id. *limit* None means all.
        """

    def facets(self, label: str, fields: Sequence[str], where: Filter | None = None) -> dict[str, dict[str, int]]:
        """Count the values of each of *fields* among the nodes with *label* that satisfy *where*; a list counts each value once."""

    def neighbours(self, keys: Sequence[Key], types: Sequence[str] | None = None, direction: Direction = "both") -> dict[Key, list[Tie]]:
        """Return the ties of each of *keys* (an empty list where there are none), sorted by type, other end and link id.

        *types* None means every type. One round trip however many keys. A link from a node to itself is one outgoing tie
        ("out", "both") or one incoming ("in").
        """

    def dump(self) -> Dump:
        """Return all nodes and links of one data version, ordered by key and by link id."""

    def apply(self, changes: Changes) -> int:
        """Write *changes* in one durable transaction and return the new data version.

        Raises Conflict when `expected_version` is given and is not the current one, and NotFound when a link's end is
        missing after the puts. An empty change writes nothing and returns the current version.
        """

    def revisions(self, label: str, id: str, *, limit: int = 20) -> list[Revision]:  # noqa: A002
        """Return what was changed on one node or link, newest first; it outlives the node."""

    def lease_outbox(self, limit: int, seconds: float) -> list[OutboxEntry]:
        """Take the oldest *limit* entries that nobody holds; they come back to others after *seconds* unless cleared."""

    def clear_outbox(self, numbers: Sequence[int]) -> None:
        """Remove entries whose search entries are in place."""

    def outbox_lag(self) -> int:
        """Return how many entries wait, leased ones included."""

    def close(self) -> None:
        """Give back connections; the store cannot be used afterwards."""


class SearchIndex(Protocol):
    """A derived index of documents; it can be rebuilt from the store at any time."""

    def ensure(self) -> None:
        """Create the index with its settings when it is missing; harmless when repeated."""

    def put(self, documents: Sequence[Document]) -> None:
        """Add or replace *documents*; when it returns they are durable and searchable."""

    def delete(self, ids: Sequence[str]) -> None:
        """Remove the documents with these index ids, if there; when it returns they are gone for good."""

    def search(self, query: SearchQuery) -> SearchResult:
        """Answer one question."""

    def search_many(self, queries: Sequence[SearchQuery]) -> list[SearchResult]:
        """Answer several questions in one round trip, in order."""

    def facet_values(self, field: str, prefix: str, where: Filter | None = None, limit: int = 10) -> Mapping[str, int]:
        """Count the values of a facet field that begin with *prefix* (case and diacritics ignored), most frequent first."""

    def rebuild(self, documents: Iterable[Document]) -> int:
        """Build a new index beside the live one and swap them; return the number of documents. Searches go on meanwhile."""

    def count(self) -> int:
        """Return the number of documents; raises Unavailable when the index is missing or does not answer."""

    def close(self) -> None:
        """Give back connections and locks."""


class PlaceKeeper(Protocol):
    """Remembers where the actors stand on the map. Losing it is no harm but a new picture, so it never raises."""

    def load(self) -> tuple[str, Places]:
        """Return what was saved last: a name of the network that was placed, and the places; ("", {}) when there is nothing."""

    def save(self, shape: str, places: Places) -> None:
        """Remember *places* in the stead of those before."""
