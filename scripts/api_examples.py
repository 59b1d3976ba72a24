"""Write the examples of the interface's description: what each operation really answers on the seed, cut to one item a list."""

import json
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cluster_net.services.indexing import rebuild_index
from cluster_net.services.intake import import_path
from cluster_net.settings import read_settings
from cluster_net.web.api_guide import guide
from cluster_net.web.app import create_app
from cluster_net.web.openapi import description
from cluster_net.wiring import open_backends

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "cluster_net" / "web" / "api_examples.json"
NOW = datetime(2026, 11, 24, tzinfo=UTC)
ITEMS = 1


def cut(answer: Any) -> Any:
    """Return an answer with one item of each list of objects, whatever it lies in."""
    if isinstance(answer, dict):
        return {name: cut(held) for name, held in answer.items()}
    if isinstance(answer, list):
        return [cut(one) for one in (answer[:ITEMS] if any(isinstance(one, dict) for one in answer) else answer)]
    return answer


def main() -> None:
    """Ask every operation what its page gives as an example, and keep the answer."""
    with tempfile.TemporaryDirectory() as place:
        settings = read_settings({"CLUSTER_NET_DATA": place})
        backends = replace(open_backends(settings), clock=lambda: NOW)
        backends.graph.prepare()
        import_path(backends.graph, ROOT / "graph" / "seed", author="examples", now=backends.clock)
        backends.index.ensure()
        rebuild_index(backends.graph, backends.index)
        client = create_app(backends, settings).test_client()
        operations = [one for one in guide(description()).operations if one.schema]
        answers = {one.path: cut(client.get(one.call).get_json()) for one in operations}
        backends.close()
    TARGET.write_text(json.dumps(answers, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
