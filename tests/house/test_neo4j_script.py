"""scripts/neo4j with another program in java's place."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# Answers a Bolt handshake, under arguments of its own: so looks a process that has not yet become java.
SERVER = """
import pathlib, re, socket, sys, time
home = pathlib.Path(sys.argv[1])
port = re.search("listen_address=127.0.0.1:([0-9]+)", (home / "conf/neo4j.conf").read_text())[1]
server = socket.create_server(("127.0.0.1", int(port)))
server.settimeout(10)
time.sleep(0.5)
(home / "logs/neo4j.log").write_text("Started.")
client = server.accept()[0]
client.recv(20)
client.sendall(bytes([0, 0, 4, 5]))
client.recv(1)
"""


def _start(folder: Path, java: str) -> subprocess.CompletedProcess[str]:
    program = folder / "bin" / "java"
    program.parent.mkdir()
    program.write_text(f"#!/usr/bin/env bash\n{java}\n")
    program.chmod(0o755)
    (folder / "cache" / "neo4j" / "jars-5.26.20").mkdir(parents=True)
    environment = os.environ | {
        "PATH": f"{program.parent}:{os.environ['PATH']}",
        "CLUSTER_NET_CACHE": str(folder / "cache"),
        "TMPDIR": str(folder),
    }
    environment.pop("CLUSTER_NET_TEST_NEO4J_URI", None)
    command = [ROOT / "scripts" / "neo4j", "start", "test"]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


def test_a_server_is_waited_for_while_its_process_does_not_yet_look_like_one(tmp_path: Path) -> None:
    (tmp_path / "server.py").write_text(SERVER)
    java = f"""
        for argument; do case "$argument" in --home-dir=*) home=${{argument#*=}};; esac; done
        exec {sys.executable} {tmp_path / "server.py"} "$home" """
    assert _start(tmp_path, java).stdout.startswith("bolt://127.0.0.1:")


def test_a_server_that_ends_is_told_with_what_it_said(tmp_path: Path) -> None:
    result = _start(tmp_path, "echo no heap")
    assert result.returncode == 1
    assert "no heap" in result.stderr
    assert "the server ended at once" in result.stderr
    assert not list(tmp_path.glob("cluster-net-neo4j.*"))
