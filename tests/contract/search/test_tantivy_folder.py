"""The embedded index under several processes, sudden death and damage."""

import fcntl
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cluster_net.adapters.tantivy_folder import IndexFolder
from cluster_net.adapters.tantivy_index import TantivyIndex
from cluster_net.adapters.tantivy_schema import tantivy_document
from cluster_net.domain.errors import Unavailable
from cluster_net.domain.search import Document, SearchQuery

ROOT = Path(__file__).parents[3]
START = """
import sys
from cluster_net.adapters.tantivy_index import TantivyIndex
from cluster_net.domain.search import Document, SearchQuery
index = TantivyIndex(sys.argv[1])
def batch(name, count=20):
    return [Document(f"{name}-{n}", "actor", f"{name}-{n}", name_sv=f"namn {name}", kind=name) for n in range(count)]
"""


def document(id_: str) -> Document:
    return Document(id_, "actor", id_, name_sv=f"Namn {id_}")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    TantivyIndex(tmp_path / "index").ensure()
    return tmp_path / "index"


@pytest.fixture
def process(folder: Path) -> Iterator[Callable[[str], subprocess.Popen[str]]]:
    """Give a function that runs Python on the same index in a process of its own."""
    started: list[subprocess.Popen[str]] = []

    def start(code: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", START + code, str(folder)]
        started.append(subprocess.Popen(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True))
        return started[-1]

    yield start
    for one in started:
        with one:
            one.kill()


def test_a_second_process_sees_what_the_first_wrote(folder: Path, process: Callable[[str], subprocess.Popen[str]]) -> None:
    here = TantivyIndex(folder)
    assert here.count() == 0
    assert process("index.put(batch('there'))").wait() == 0
    assert here.count() == 20
    here.put([document("here")])
    assert process("print(index.count())").communicate()[0] == "21\n"


def test_processes_that_write_at_once_lose_nothing(folder: Path, process: Callable[[str], subprocess.Popen[str]]) -> None:
    writers = [process(f"for turn in range(4): index.put(batch('{name}' + str(turn), 5))") for name in ("a", "b", "c")]
    assert [one.wait() for one in writers] == [0, 0, 0]
    assert TantivyIndex(folder).count() == 60


def test_another_process_searches_on_while_generations_come_and_go(folder: Path, process: Callable[[str], subprocess.Popen[str]]) -> None:
    here = TantivyIndex(folder)
    here.rebuild([document("a"), document("b")])
    reader = process("""
seen = set()
print("started", flush=True)
while 0 not in seen:
    seen.add(index.search(SearchQuery("")).total)
print(sorted(seen))
""")
    assert reader.stdout is not None
    assert reader.stdout.readline() == "started\n"
    for _ in range(15):
        here.rebuild([document("a"), document("b")])
    here.rebuild([])
    assert reader.communicate(timeout=30)[0] == "[0, 2]\n"


@pytest.mark.parametrize("work", ["index.put(batch(str(turn)))", "index.rebuild(batch(str(turn)))"], ids=["put", "rebuild"])
def test_a_writer_killed_at_any_moment_leaves_whole_batches(
    folder: Path, process: Callable[[str], subprocess.Popen[str]], work: str
) -> None:
    for delay in (0.0, 0.02, 0.05, 0.09):
        writer = process(f"turn = 0\nprint('go', flush=True)\nwhile True:\n    {work}\n    turn += 1\n    print(turn, flush=True)")
        assert writer.stdout is not None
        for _ in range(3):
            writer.stdout.readline()
        time.sleep(delay)
        writer.send_signal(signal.SIGKILL)
        told = [int(line) for line in writer.communicate()[0].split()]
        index = TantivyIndex(folder)
        batches = index.search(SearchQuery("", facets=("kind",), limit=0)).facets["kind"]
        assert set(batches.values()) == {20}
        assert max(told, default=2) <= 1 + max(map(int, batches))  # what was told to be done is done
        index.put([document("after")])
        index.delete(["after"])


def test_the_folder_of_a_rebuild_that_died_is_removed_by_the_next(folder: Path) -> None:
    (folder / "generation-dead").mkdir()
    (folder / "generation-dead" / "meta.json").write_text("{")
    index = TantivyIndex(folder)
    index.rebuild([document("a")])
    assert len(list(folder.glob("generation-*"))) == 1
    assert index.count() == 1


def test_a_rebuild_that_fails_leaves_the_live_index_as_it_was(folder: Path) -> None:
    index = TantivyIndex(folder)
    index.put([document("a")])

    def broken() -> Iterator[Document]:
        yield document("b")
        raise RuntimeError("the store went away")

    with pytest.raises(RuntimeError, match="went away"):
        index.rebuild(broken())
    assert index.count() == 1
    index.put([document("c")])
    assert index.count() == 2


def test_documents_are_read_only_once_nobody_else_writes(folder: Path) -> None:
    index = TantivyIndex(folder)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        read = threading.Event()

        def documents() -> Iterator[Document]:
            read.set()
            yield document("a")

        rebuild = threading.Thread(target=index.rebuild, args=[documents()])
        rebuild.start()
        assert not read.wait(0.2)
        fcntl.flock(lock, fcntl.LOCK_UN)
        rebuild.join()
    assert read.is_set()


def test_a_writer_that_waits_too_long_is_told(folder: Path) -> None:
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(Unavailable, match="for too long"), IndexFolder(folder, lock_seconds=0.1).writing():
            pytest.fail("the lock is held by another")


def test_ensuring_an_index_that_is_there_waits_for_no_writer(folder: Path) -> None:
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        TantivyIndex(folder).ensure()


def files_of(folder: Path, end: str) -> list[Path]:
    return list(folder.glob(f"generation-*/*.{end}"))


@pytest.mark.parametrize("end", ["idx", "term", "store", "fast", "json"])
def test_a_cut_file_is_told_and_mended(folder: Path, end: str) -> None:
    TantivyIndex(folder).put([document(f"a{n}") for n in range(50)])
    for file in files_of(folder, end):
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    index = TantivyIndex(folder)
    for ask in (index.count, lambda: index.search(SearchQuery("namn")), lambda: index.put([document("b")]), lambda: index.delete(["b"])):
        with pytest.raises(Unavailable, match="reindex"):
            ask()
    index.ensure()
    assert index.count() == 0


@pytest.mark.parametrize("end", ["idx", "pos", "store", "term"])
def test_changed_bytes_are_told_and_a_rebuild_mends_them(folder: Path, end: str) -> None:
    documents = [document(f"a{n}") for n in range(200)]
    TantivyIndex(folder).put(documents)
    for file in files_of(folder, end):
        held = file.read_bytes()
        file.write_bytes(bytes(byte ^ 0x5A for byte in held[: len(held) // 2]) + held[len(held) // 2 :])
    index = TantivyIndex(folder)
    with pytest.raises(Unavailable, match="reindex"):
        index.search(SearchQuery("namn a7"))
    assert index.rebuild(documents) == 200
    assert index.search(SearchQuery("namn a7")).hits[0].document == documents[7]


def test_an_index_of_an_older_form_is_replaced_by_an_empty_one(tmp_path: Path) -> None:
    folder = IndexFolder(tmp_path)
    with folder.writing():
        folder.build([tantivy_document(document("a"))])
    (meta,) = tmp_path.glob("generation-*/meta.json")
    meta.write_text(meta.read_text().replace('"whole_name"', '"former_name"'))
    index = TantivyIndex(tmp_path)
    with pytest.raises(Unavailable):
        index.count()
    index.ensure()
    assert index.count() == 0
