"""Fixtures shared by all tests; servers are started only when a test asks for one."""

import fcntl
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of one Neo4j database in one worker (with --dist loadgroup)."""
    for item in items:
        if item.get_closest_marker("neo4j"):
            item.add_marker(pytest.mark.xdist_group("neo4j"))


@pytest.fixture(scope="session")
def neo4j_uri() -> Iterator[str]:
    """The address of a real Neo4j that this session may empty: CLUSTER_NET_TEST_NEO4J_URI, else one started here."""
    given = os.environ.get("CLUSTER_NET_TEST_NEO4J_URI")
    if given:
        yield given
        return
    missing = [program for program in ("java", "mvn") if not shutil.which(program)]
    if missing:
        _do_without(f"no Neo4j: CLUSTER_NET_TEST_NEO4J_URI is not set and {' and '.join(missing)} is missing")
    with _alone():
        ours = _neo4j("status").returncode != 0
        start = _neo4j("start")
        if start.returncode != 0:
            _do_without(f"no Neo4j: {start.stderr.strip()[-500:]}")
        yield start.stdout.strip()
        if ours:
            _neo4j("stop")


def _neo4j(command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([ROOT / "scripts" / "neo4j", command, "test"], capture_output=True, text=True, check=False)


@contextmanager
def _alone() -> Iterator[None]:
    """Wait until no other test session uses the server."""
    folder = Path(os.environ.get("CLUSTER_NET_CACHE") or ROOT / ".cache") / "neo4j"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "session.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _do_without(reason: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
