"""Questions that people ask, with what must be found: the same expectations on both engines, or the file says why not."""

import json
from pathlib import Path

import pytest

from cluster_net.adapters.meili_index import MeiliIndex
from cluster_net.domain.filters import And, In
from cluster_net.domain.search import SearchQuery, SearchResult
from cluster_net.services.ports import SearchIndex

GOLDEN = json.loads((Path(__file__).parent / "golden.json").read_text("utf-8"))


def asked(entry: dict, limit: int = 10) -> SearchQuery:
    where = And(tuple(In(field, tuple(values)) for field, values in entry.get("where", {}).items()))
    facets = tuple(entry.get("facets", ()))
    return SearchQuery(entry["q"], where, facets, entry.get("sort", "relevance"), limit, 0, entry["language"])


def found(result: SearchResult) -> list[str]:
    return [hit.document.id for hit in result.hits]


def skip_other(entry: dict, index: SearchIndex) -> None:
    if entry.get("only", "") and (entry["only"] == "meili") != isinstance(index, MeiliIndex):
        pytest.skip(f"{entry['only']} only: {entry['why']}")


@pytest.mark.parametrize("entry", GOLDEN, ids=lambda entry: f"{entry['cat']}: {entry['q'] or entry.get('where') or entry.get('facets')}")
def test_a_golden_question_is_answered(seeded: SearchIndex, entry: dict) -> None:
    skip_other(entry, seeded)
    result = seeded.search(asked(entry))
    ids = found(result)
    if "first" in entry:
        assert ids[:1] == [entry["first"]]
    assert set(entry.get("top", ())) <= set(ids)
    if "empty" in entry:
        assert (ids, result.total) == ([], 0)
    if "total" in entry:
        assert result.total == entry["total"]
    for field, counts in entry.get("facets", {}).items():
        assert {value: result.facets[field].get(value) for value in counts} == counts
    if "all_kind" in entry:
        assert {hit.document.kind for hit in result.hits} == {entry["all_kind"]}


@pytest.mark.parametrize("entry", [entry for entry in GOLDEN if "order" in entry], ids=lambda entry: entry["order"] + entry["q"])
def test_a_sorted_list_is_in_order(seeded: SearchIndex, entry: dict) -> None:
    result = seeded.search(asked(entry, limit=100))
    keys = [getattr(hit.document, f"sort_{entry['language']}" if entry["order"] == "name" else "deadline") or "9999" for hit in result.hits]
    assert len(keys) > 5
    assert keys == sorted(keys)


def test_the_golden_file_is_large_and_reached(seeded: SearchIndex) -> None:
    wanted = [entry for entry in GOLDEN if ("top" in entry or "first" in entry) and not entry.get("only")]
    assert len(GOLDEN) >= 60
    recalls = []
    for entry in wanted:
        gold = {*entry.get("top", ()), *filter(None, [entry.get("first")])}
        recalls.append(len(gold & set(found(seeded.search(asked(entry))))) / len(gold))
    assert sum(recalls) / len(recalls) >= 0.95
