"""What the README promises is what the code has."""

import configparser
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cluster_net.cli import commands
from cluster_net.settings import SETTINGS

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_is_documented_with_its_default(setting: object) -> None:
    (line,) = [line for line in README.splitlines() if line.startswith(f"| `{setting.name}` |")]
    assert setting.help in line
    assert setting.default in line


def test_the_readme_names_no_setting_that_does_not_exist() -> None:
    known = {setting.name for setting in SETTINGS} | {
        "CLUSTER_NET_TEST_MEILI_URL",
        "CLUSTER_NET_TEST_MEILI_KEY",
        "CLUSTER_NET_TEST_NEO4J_URI",
    }
    assert set(re.findall(r"CLUSTER_NET_[A-Z0-9_]*[A-Z0-9]", README)) - {"CLUSTER_NET_CACHE"} <= known


@pytest.mark.parametrize("name", sorted(commands.commands))
def test_every_command_is_documented(name: str) -> None:
    assert f"`cluster-net {name}" in README
    assert commands.commands[name].help


def test_every_package_is_listed_for_the_wheel() -> None:
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg")
    listed = set(setup["options"]["packages"].split())
    there = {".".join(path.parent.relative_to(ROOT).parts) for path in (ROOT / "cluster_net").rglob("__init__.py")}
    assert listed == there | {"cluster_net.graph", "cluster_net.static", "cluster_net.templates"}


def test_the_layers_hold() -> None:
    told = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert told.returncode == 0, told.stdout


def test_only_the_settings_module_and_the_entry_points_read_the_environment() -> None:
    readers = {p.name for p in (ROOT / "cluster_net").rglob("*.py") if re.search(r"\bos\.environ|\bgetenv", p.read_text("utf-8"))}
    assert readers <= {"settings.py", "cli.py", "wsgi.py"}
