"""The search index in a Meilisearch server."""

import json
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

import meilisearch
from meilisearch.errors import MeilisearchApiError, MeilisearchCommunicationError, MeilisearchError, MeilisearchTimeoutError

from cluster_net.adapters.index_values import beginning_with
from cluster_net.adapters.meili_translation import SETTINGS, meili_document, question, result_of, settings_hold
from cluster_net.domain.errors import Unavailable
from cluster_net.domain.filters import Filter
from cluster_net.domain.search import Document, SearchQuery, SearchResult
from cluster_net.services.ports import SearchIndex

_BATCH = 5_000
_BATCH_BYTES = 20_000_000
_WAIT_MS = 20
_FORGOTTEN = timedelta(days=1)  # a half-built index this old belongs to nobody
_MASTER_KEY = (
    "The configured Meilisearch key may list keys: it is the master key or one as strong. "
    "Make a key for the application's indexes that may search, documents.*, indexes.*, settings.*, stats.get and tasks.get."
)


class MeiliIndex(SearchIndex):
    """SearchIndex in Meilisearch >= 1.12; *timeout* is in seconds for one request, *task_timeout* for a task to be done."""

    def __init__(self, url: str, key: str | None = None, index: str = "cluster-net", timeout: int = 10, task_timeout: int = 600) -> None:
        self._url, self._key, self._index = url.rstrip("/"), key, index
        self._timeout, self._task_timeout = timeout, task_timeout

    def ensure(self) -> None:
        """Create the index with its settings when it is missing; refuse a key that may list keys."""
        with _told():
            if self._may_list_keys():
                raise Unavailable("index", _MASTER_KEY)
            self._prepare(self._index)

    def put(self, documents: Sequence[Document]) -> None:
        """Add or replace *documents*; one that the engine refuses fails them all."""
        if documents:
            with _told():
                self._get(f"indexes/{self._index}")  # a document sent to no index would make one without settings
                self._wait(self._send(self._index, documents))

    def delete(self, ids: Sequence[str]) -> None:
        """Remove the documents with these ids."""
        if ids:
            with _told():
                self._wait([self._post(f"indexes/{self._index}/documents/delete-batch", list(ids))])

    def search(self, query: SearchQuery) -> SearchResult:
        """Answer one question."""
        return self.search_many([query])[0]

    def search_many(self, queries: Sequence[SearchQuery]) -> list[SearchResult]:
        """Answer several questions in one request."""
        if not queries:
            return []
        with _told():
            answer = self._post("multi-search", {"queries": [question(self._index, query) for query in queries]})
            return [result_of(query, one) for query, one in zip(queries, answer["results"], strict=True)]

    def facet_values(self, field: str, prefix: str, where: Filter | None = None, limit: int = 10) -> Mapping[str, int]:
        """Count the values of *field* that begin with *prefix*; the engine's own facet search would also forgive slips."""
        counts = self.search(SearchQuery(where=where, facets=(field,), limit=0)).facets[field]
        return beginning_with(counts, prefix, limit)

    def rebuild(self, documents: Iterable[Document]) -> int:
        """Build a new index beside the live one and swap them in one task."""
        beside = f"{self._index}-next-{secrets.token_hex(6)}"
        with _told():
            self._remove_forgotten()
            self._prepare(self._index)
            self._prepare(beside)
        count = self._fill(beside, documents)
        with _told():
            self._wait([self._post("swap-indexes", [{"indexes": [self._index, beside]}])])
            self._wait([self._client().http.delete(f"indexes/{beside}")])
        return count

    def count(self) -> int:
        """Return the number of documents."""
        with _told():
            return int(self._get(f"indexes/{self._index}/stats")["numberOfDocuments"])

    def remove(self) -> None:
        """Delete the index from the server, if there."""
        with _told():
            self._wait([self._client().http.delete(f"indexes/{self._index}")], fine="index_not_found")

    def close(self) -> None:
        """Do nothing: every request has a connection of its own."""

    def _fill(self, index: str, documents: Iterable[Document]) -> int:
        count, rest, tasks = 0, iter(documents), []
        while batch := list(islice(rest, _BATCH)):
            with _told():
                tasks += self._send(index, batch)
            count += len(batch)
        with _told():
            self._wait(tasks)
        return count

    def _send(self, index: str, documents: Sequence[Document]) -> list[Any]:
        return [self._post(f"indexes/{index}/documents", batch) for batch in _batches(documents)]

    def _prepare(self, index: str) -> None:
        """Create *index* when it is missing, and give it its settings unless it has them."""
        if not self._exists(index):
            self._wait([self._post("indexes", {"uid": index, "primaryKey": "id"})], fine="index_already_exists")
        if not settings_hold(self._get(f"indexes/{index}/settings")):
            self._wait([self._client().http.patch(f"indexes/{index}/settings", SETTINGS)])

    def _exists(self, index: str) -> bool:
        try:
            self._get(f"indexes/{index}")
        except MeilisearchApiError as error:
            if error.code != "index_not_found":
                raise
            return False
        return True

    def _may_list_keys(self) -> bool:
        try:
            self._get("keys?limit=1")
        except MeilisearchApiError as error:
            if error.status_code not in {401, 403}:
                raise
            return False
        return True

    def _remove_forgotten(self) -> None:
        """Delete what rebuilds that died left behind."""
        before = datetime.now(UTC) - _FORGOTTEN
        for held in self._get("indexes?limit=1000")["results"]:
            if held["uid"].startswith(f"{self._index}-next-") and datetime.fromisoformat(held["updatedAt"]) < before:
                self._wait([self._client().http.delete(f"indexes/{held['uid']}")], fine="index_not_found")

    def _wait(self, tasks: Iterable[Any], fine: str = "") -> None:
        """Wait until every task is done; raise Unavailable with the error's code when one failed, unless it is *fine*."""
        client = self._client()
        for given in tasks:
            task = client.wait_for_task(given["taskUid"], self._task_timeout * 1000, _WAIT_MS)
            code = (task.error or {}).get("code", "")
            if task.status != "succeeded" and not (fine and code == fine):
                raise Unavailable("index", f"Meilisearch could not do {task.type}: {code or task.status}.")

    def _get(self, path: str) -> Any:
        return self._client().http.get(path)

    def _post(self, path: str, body: Any) -> Any:
        return self._client().http.post(path, body)

    def _client(self) -> meilisearch.Client:
        # One for each request: a client keeps the headers of its last request, which two threads would mix up.
        return meilisearch.Client(self._url, self._key, self._timeout)


def _batches(documents: Sequence[Document]) -> Iterator[list[dict[str, Any]]]:
    """Yield documents in lists that are not too large for one request."""
    batch: list[dict[str, Any]] = []
    size = 0
    for document in documents:
        held = meili_document(document)
        length = len(json.dumps(held))
        if batch and (size + length > _BATCH_BYTES or len(batch) >= _BATCH):
            yield batch
            batch, size = [], 0
        batch.append(held)
        size += length
    if batch:
        yield batch


@contextmanager
def _told() -> Iterator[None]:
    """Say in words what went wrong; the messages of the client are left out because they may hold addresses."""
    try:
        yield
    except MeilisearchApiError as error:
        raise Unavailable("index", f"Meilisearch refused: {error.code or error.status_code}.") from error
    except MeilisearchTimeoutError as error:
        raise Unavailable("index", "Meilisearch did not answer in time.") from error
    except MeilisearchCommunicationError as error:
        raise Unavailable("index", "Meilisearch cannot be reached.") from error
    except (MeilisearchError, OSError, ValueError, KeyError, TypeError) as error:
        raise Unavailable("index", f"Meilisearch answered something else than expected ({type(error).__name__}).") from error
