"""The command line: what it prints and how it ends."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from cluster_net.cli import commands

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    run(folder, "demo", "--no-serve")
    return folder


def run(data: Path, *words: str, status: int = 0) -> str:
    result = CliRunner().invoke(commands, words, env={"CLUSTER_NET_DATA": str(data)})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == status, result.output
    return result.output


def test_the_program_runs_by_its_name(data: Path) -> None:
    environment = {**os.environ, "CLUSTER_NET_DATA": str(data), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "cluster_net", "suggest", "nobody"]
    told = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr.strip() == 'cluster-net: There is no "nobody".'


def test_the_demo_is_loaded_once_and_kept(data: Path) -> None:
    assert "added" not in run(data, "demo", "--no-serve")


def test_the_demo_can_leave_out_what_is_invented(tmp_path: Path) -> None:
    assert "fictional" not in run(tmp_path, "demo", "--no-serve", "--real-only")
    assert "0 found" in run(tmp_path, "search", "Nordsensor Åralund")


def test_search_suggest_and_path_answer(data: Path) -> None:
    assert "ki " in run(data, "search", "karolinska institutet")
    assert '"reason"' in run(data, "suggest", "uu", "--json")
    assert "another kind" in run(data, "suggest", "--help")
    assert "another kind: 0.4 x 1.000" in run(data, "suggest", "vecura", "--explain", "--bridge-kind", "4")
    assert "Region Uppsala" in run(data, "path", "ki", "region-uppsala")


def test_import_reports_and_export_writes(data: Path, tmp_path: Path) -> None:
    assert "1533 unchanged" in run(data, "import", str(ROOT / "graph" / "seed"))
    assert "actors.csv: 260 rows" in run(data, "export", str(tmp_path / "out"))
    (tmp_path / "actors.csv").write_text("id,kind\n,planet\n")
    told = run(data, "import", str(tmp_path), status=1)
    assert "column source_url: A required column is missing." in told


def test_fit_says_why_nothing_is_learned_and_writes_nothing(data: Path, tmp_path: Path) -> None:
    decisions, out = tmp_path / "decided.csv", tmp_path / "weights.json"
    decisions.write_text("from,to,decided_on,outcome\nki,uu,2026-05-01,accepted\n")
    told = run(data, "fit", str(decisions), "--out", str(out), status=1)
    assert "partner: not learned. Only 1 pairs are decided. Learn from at least 100." in told
    assert not out.exists()


def test_doctor_tells_health_and_hides_secrets(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLUSTER_NET_SECRET_KEY", "hush-hush")
    told = run(data, "doctor")
    assert "hush" not in told
    assert json.loads(told[told.rindex("\n{") :])["ready"] is True


def test_doctor_names_the_mailbox_that_is_missing(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Note: Visitors are told no mailbox to report faults to. Set CLUSTER_NET_CONTACT" in run(data, "doctor")
    monkeypatch.setenv("CLUSTER_NET_CONTACT", "fel@cluster.example")
    assert "Note: " not in run(data, "doctor")


@pytest.mark.parametrize(
    ("words", "part"), [(("suggest", "nobody"), "nobody"), (("import", "/nowhere"), "no such file"), (("path", "ki", "nobody"), "nobody")]
)
def test_what_goes_wrong_is_told_in_words(data: Path, words: tuple[str, ...], part: str) -> None:
    assert part in run(data, *words, status=1)


def test_a_wrong_setting_is_told_with_its_name(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLUSTER_NET_GRAPH_URI", "mysql://x")
    assert "CLUSTER_NET_GRAPH_URI" in run(data, "doctor", status=1)
