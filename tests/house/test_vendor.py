"""What others wrote and we send along is named with its version, licence and checksum."""

import hashlib
import json
from pathlib import Path

VENDOR = Path(__file__).parents[2] / "static" / "vendor"
TOLD = json.loads((VENDOR / "VENDOR.json").read_text("utf-8"))


def test_every_vendored_file_is_the_one_that_was_checked():
    for one in TOLD:
        assert hashlib.sha256((VENDOR / one["file"]).read_bytes()).hexdigest() == one["sha256"], one["file"]
        assert {"name", "version", "licence", "source"} <= one.keys()
        assert len(one) >= 6


def test_no_script_is_vendored_without_its_entry():
    assert {path.name for path in VENDOR.iterdir() if path.suffix in {".js", ".css"}} == {one["file"] for one in TOLD}
