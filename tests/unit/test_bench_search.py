"""The search bench: documents and questions in, figures out."""

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def bench() -> ModuleType:
    path = Path(__file__).parents[2] / "scripts" / "bench_search.py"
    spec = importlib.util.spec_from_file_location("bench_search", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["bench_search"] = module
    spec.loader.exec_module(module)
    return module


def test_the_bench_reports_what_was_found_and_how_fast(bench: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    documents = [
        {"id": f"https://x/{n}", "name": f"Firma {n}", "type": "company", "tags": ["a"], "city": "Åre", "trl": 3, "public": True}
        for n in range(30)
    ]
    documents += [
        {"id": "å ö", "name": "Zebraforskning", "aliases": ["ZF"], "description": "Om djur"},
        {"id": "secret", "name": "Zebra", "public": False},
    ]
    (tmp_path / "docs.jsonl").write_text("\n".join(json.dumps(one) for one in documents))
    queries = [{"q": "zebraforskninng", "gold": ["å ö"], "cat": "typo"}, {"q": "zebra", "gold": ["secret"], "cat": "hidden"}]
    (tmp_path / "queries.json").write_text(json.dumps(queries))
    bench.main(["--docs", str(tmp_path / "docs.jsonl"), "--queries", str(tmp_path / "queries.json"), "--json", str(tmp_path / "out.json")])
    figures = {one["engine"]: one for one in json.loads((tmp_path / "out.json").read_text())}["tantivy"]
    assert figures["documents"] == 32
    assert figures["by_category"]["typo"]["recall_at_10"] == 1
    assert figures["by_category"]["hidden"]["recall_at_10"] == 0
    assert figures["recall_at_10"] == figures["hit_at_1"] == figures["mrr"] == 0.5
    assert set(figures["ms"]) == set(figures["ms_facets"]) == {"p50", "p95", "p99"}
    assert "recall@10" in capsys.readouterr().out
