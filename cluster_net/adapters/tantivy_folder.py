"""The folder of the embedded index: generations of it, which one is live, and who may write.

`current` names the live generation and is replaced as a whole, so that a reader or a process that dies at any moment leaves
the old one or the new one. `lock` is held by who writes; the kernel gives it back when its holder dies.
"""

import fcntl
import os
import secrets
import shutil
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import tantivy

from cluster_net.adapters.tantivy_schema import build_schema, register_analysers
from cluster_net.domain.errors import Unavailable

_HEAP = 64_000_000
_LOCK_SECONDS = 120.0
_PANIC = "PanicException"  # of the engine's own language; its class cannot be imported
UNUSABLE = "The search index is missing or damaged; run `cluster-net reindex`."


class Told:
    """Turn what the engine and the file system raise inside the block into Unavailable."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is not None and (issubclass(kind, OSError | ValueError) or kind.__name__ == _PANIC):
            raise Unavailable("index", UNUSABLE) from error


class IndexFolder:
    """Opens, writes and replaces the index in a folder; threads may share it."""

    def __init__(self, folder: Path, lock_seconds: float = _LOCK_SECONDS) -> None:
        self._folder, self._lock_seconds = folder, lock_seconds
        self.schema = build_schema()
        self._guard = threading.Lock()
        self._open: tuple[str, tantivy.Index] | None = None

    def searcher(self) -> tantivy.Searcher:
        """Return a view of what was committed last, by whichever process."""
        with self._guard:
            while True:
                name = self._live()
                try:
                    return self._view(name)
                except (OSError, ValueError):
                    self._open = None
                    if self._live() == name:  # else it was replaced while it was being opened
                        raise

    def is_usable(self) -> bool:
        """Tell whether there is an index that can be opened."""
        try:
            self.searcher()
        except (OSError, ValueError):
            return False
        return True

    def close(self) -> None:
        """Let go of the open generation."""
        with self._guard:
            self._open = None

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the writer's lock; raise Unavailable when another holds it for too long."""
        with Told():
            self._folder.mkdir(parents=True, exist_ok=True)
            lock = (self._folder / "lock").open("w")
        with lock:
            self._take(lock.fileno())
            yield

    def write(self, gone: Iterable[str], new: Iterable[tantivy.Document]) -> None:
        """Take the documents with these ids away and add others, in one commit; the lock must be held."""
        if not self.is_usable():
            raise Unavailable("index", UNUSABLE)
        writer = self._generation(self._live()).writer(_HEAP, 1)
        for id_ in gone:
            writer.delete_documents_by_term("id", id_)
        for document in new:
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def build(self, documents: Iterable[tantivy.Document]) -> int:
        """Make a new generation of *documents*, make it live and remove all others; the lock must be held."""
        name, count = f"generation-{secrets.token_hex(6)}", 0
        with Told():
            (self._folder / name).mkdir()
            writer = self._generation(name).writer(2 * _HEAP, 1)
        for document in documents:
            with Told():
                writer.add_document(document)
            count += 1
        with Told():
            writer.commit()
            writer.wait_merging_threads()
            self._make_live(name)
        return count

    def _make_live(self, name: str) -> None:
        beside = self._folder / "current.new"
        with beside.open("w", encoding="ascii") as file:
            file.write(name)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self._folder / "current")
        self._sync()
        for old in self._folder.glob("generation-*"):
            if old.name != name:
                shutil.rmtree(old, ignore_errors=True)  # who has it open keeps its files; who was opening it opens the new one

    def _sync(self) -> None:
        """Let the replaced names in the folder reach the disk."""
        descriptor = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def _live(self) -> str:
        return (self._folder / "current").read_text("ascii")

    def _generation(self, name: str) -> tantivy.Index:
        index = tantivy.Index(self.schema, str(self._folder / name))
        register_analysers(index)
        return index

    def _view(self, name: str) -> tantivy.Searcher:
        if self._open is None or self._open[0] != name:
            if not tantivy.Index.exists(str(self._folder / name)):  # opening would make an empty one
                raise FileNotFoundError(name)
            self._open = (name, self._generation(name))
        index = self._open[1]
        index.reload()
        return index.searcher()

    def _take(self, descriptor: int) -> None:
        until = time.monotonic() + self._lock_seconds
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > until:
                    raise Unavailable("index", "Another process has been writing the index for too long.") from None
                time.sleep(0.02)
            else:
                return
