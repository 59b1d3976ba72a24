"""Open data: everything public as files, written once for each data version and kept on a shelf."""

import hashlib
import shutil
import tempfile
import threading
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from cluster_net.domain.checksum import graph_checksum
from cluster_net.domain.graph import ACCESS_STATEMENT, ACTOR, CONCEPT, NEED, OFFER, Dump, Node
from cluster_net.services.exporting import write_graph, write_tables
from cluster_net.services.ports import GraphStore

PUBLIC_LABELS = frozenset({ACTOR, CONCEPT, NEED, OFFER, ACCESS_STATEMENT})
TABLES_FILE = "tables.zip"
MEDIA_TYPES: Mapping[str, str] = {
    TABLES_FILE: "application/zip",
    "nodes.jsonl": "application/jsonl",
    "links.jsonl": "application/jsonl",
    "graph.graphml": "application/graphml+xml",
    "graph.gexf": "application/gexf+xml",
}
_KEPT = 2  # editions on the shelf: the one before may still be on its way to somebody
_INNER = frozenset({"sort_sv", "sort_en"})
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)  # one time for all, so that the same tables are the same file


@dataclass(frozen=True, slots=True)
class DumpFile:
    """A file to take away; `size` in bytes, `sha256` in hexadecimal."""

    name: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Edition:
    """The files of one data version; `changed` is the time of the latest change in it, "" when nothing was ever written."""

    version: int
    changed: str
    folder: Path
    files: tuple[DumpFile, ...]

    def file(self, name: str) -> DumpFile | None:
        """Return the file of that name, if there is one."""
        return next((file for file in self.files if file.name == name), None)


class Shelf:
    """Keeps the latest edition in a folder that the processes of a machine share."""

    def __init__(self, store: GraphStore, folder: Path) -> None:
        self._store, self._folder = store, folder
        self._lock = threading.Lock()
        self._edition: Edition | None = None

    def current(self) -> Edition:
        """Return the edition of the current data version; the one before while another thread writes the new one.

        Raises Unavailable when the store is down.
        """
        version, held = self._store.version(), self._edition
        if held is not None and (held.version == version or not self._lock.acquire(blocking=False)):
            return held
        if held is None:
            self._lock.acquire()
        try:
            if self._edition is None or self._edition.version != version:
                self._edition = publish(public_part(self._store.dump()), self._folder)
            return self._edition
        finally:
            self._lock.release()


def public_part(dump: Dump) -> Dump:
    """Return what everybody may have of a dump: records with a page and what is said of access, without the store's own sort keys."""
    nodes = [_told(node) for node in dump.nodes if node.key.label in PUBLIC_LABELS]
    links = [link for link in dump.links if {link.start.label, link.end.label} <= PUBLIC_LABELS]
    return Dump(dump.version, nodes, links)


def publish(dump: Dump, shelf: Path) -> Edition:
    """Write the files of *dump* into a folder on the *shelf* unless they are there, and take older editions away."""
    folder = shelf / f"{dump.version}-{graph_checksum(dump)[:12]}"
    if not folder.is_dir():
        _write(dump, folder)
    changed = max((str(node.properties.get("updated", "")) for node in dump.nodes), default="")
    edition = Edition(dump.version, changed, folder, tuple(_described(folder / name) for name in MEDIA_TYPES))
    _clear(shelf, folder)
    return edition


def _write(dump: Dump, folder: Path) -> None:
    """Write all files beside *folder* and move them there at once; when another process was first, its files are kept."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".", ignore_cleanup_errors=True) as place:
        beside, tables = Path(place, "edition"), Path(place, "tables")
        beside.mkdir()
        tables.mkdir()
        write_graph(dump, beside)
        write_tables(dump, tables)
        _pack(tables, beside / TABLES_FILE)
        try:
            beside.rename(folder)
        except OSError:
            if not folder.is_dir():
                raise


def _pack(tables: Path, target: Path) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(tables.iterdir()):
            packed.writestr(zipfile.ZipInfo(path.name, _ZIP_EPOCH), path.read_bytes(), zipfile.ZIP_DEFLATED)


def _described(path: Path) -> DumpFile:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return DumpFile(path.name, MEDIA_TYPES[path.name], path.stat().st_size, digest)


def _clear(shelf: Path, current: Path) -> None:
    editions = sorted((path for path in shelf.glob("[0-9]*-*") if path != current), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in editions[_KEPT - 1 :]:
        shutil.rmtree(old, ignore_errors=True)


def _told(node: Node) -> Node:
    return replace(node, properties={name: value for name, value in node.properties.items() if name not in _INNER})
