"""What was worked out is kept as long as it is asked for, and never beyond the data it came from."""

from cluster_net.adapters.sqlite_graph import SqliteGraph
from cluster_net.adapters.tantivy_index import TantivyIndex
from cluster_net.domain.graph import ACTOR, Changes, Key
from cluster_net.domain.nodes import to_node
from cluster_net.domain.records import Actor, Collaboration, Concept
from cluster_net.services.backends import Backends
from cluster_net.services.remembering import Remembered
from cluster_net.services.snapshots import SnapshotCache
from cluster_net.services.suggesting import suggested


def test_the_answers_asked_for_last_are_kept() -> None:
    answers, made = Remembered(2), []

    def ask(question: str) -> str:
        return answers.made(question, lambda: made.append(question) or question.upper())  # type: ignore[func-returns-value]

    assert [ask(question) for question in "abacab"] == ["A", "B", "A", "C", "A", "B"]
    assert made == ["a", "b", "c", "b"]


def test_a_page_suggests_from_the_data_there_is_now(store: SqliteGraph, index: TantivyIndex) -> None:
    backends = Backends(store, index, SnapshotCache(store))
    records = [
        Concept(id="c", kind="technique", pref_sv="C"),
        *(Actor(id=one, kind="testbed" if one in "bd" else "company", name_sv=one, capabilities=("c",)) for one in "abd"),
        *(Actor(id=one, kind="hospital", name_sv=one) for one in "efghi"),
    ]
    links = [link for record in records for link in record.links()]
    store.apply(Changes(put=tuple(to_node(record) for record in records), link=tuple(links)))

    def names() -> list[str]:
        return [one.candidate.id for one in suggested(backends, Key(ACTOR, "a"), "sv", 5)]

    assert names() == names() == ["b", "d"]
    tie = Collaboration(from_id="a", type="COLLABORATES_WITH", to_id="b", source_url="https://example.org", confidence=0.9)
    store.apply(Changes(link=(tie.link(),)))
    backends.network.matcher()
    backends.network.settle()
    assert names() == ["d"]
