"""A page asks store and index a constant number of times, however long it is."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from cluster_net.services.backends import Backends
from cluster_net.settings import Settings
from cluster_net.web.app import create_app

Read = Callable[..., str]


@pytest.mark.parametrize("address", ["/search?type=offer&q={}", "/infrastructures?q={}", "/organisations?q={}", "/needs?q={}"])
def test_a_list_costs_the_same_however_long_it_is(backends: Backends, settings: Settings, counting: type, text: Read, address: str) -> None:
    store, index = counting(backends.graph), counting(backends.index)
    site = create_app(replace(backends, graph=store, index=index), settings).test_client()

    def cost(question: str) -> tuple[int, int]:
        store.calls = index.calls = 0
        text(site, question)
        return store.calls, index.calls

    text(site, "/about")  # the footer asks for the date of the data once in a while
    few = cost(address.format("karolinska"))
    assert cost(address.format("")) == few
    assert max(few) <= 3


@pytest.mark.parametrize("name", ["search", "infrastructures", "organisations", "needs"])
def test_a_file_asks_the_store_the_same_however_many_rows_it_has(
    backends: Backends, settings: Settings, text: Read, name: str, *, counting: type
) -> None:
    store = counting(backends.graph)
    site = create_app(replace(backends, graph=store), settings).test_client()
    costs = []
    for question in ("?q=karolinska", ""):
        store.calls = 0
        text(site, f"/{name}.json{question}")
        costs.append(store.calls)
    assert costs[0] == costs[1] <= 3


@pytest.mark.parametrize(
    ("addresses", "most"),
    [
        (("/actors/demo-lugna-doser", "/actors/ki"), 4),
        (("/concepts/ancient-dna-analysis", "/concepts/genomics"), 3),
        (("/map?page=7", "/map"), 1),
        (("/sources?page=6", "/sources"), 2),
    ],
)
def test_a_page_costs_the_same_with_little_as_with_much(
    backends: Backends, settings: Settings, text: Read, addresses: tuple[str, str], most: int, *, counting: type
) -> None:
    store = counting(backends.graph)
    site = create_app(replace(backends, graph=store), settings).test_client()
    text(site, addresses[0])  # the first page waits for the network to be compiled
    costs = []
    for address in addresses:
        store.calls = 0
        text(site, address)
        costs.append(store.calls)
    assert costs[0] == costs[1] <= most


def test_the_date_of_the_data_is_asked_for_once(backends: Backends, settings: Settings, counting: type, text: Read) -> None:
    store = counting(backends.graph)
    site = create_app(replace(backends, graph=store), settings).test_client()
    for _ in range(3):
        assert "data of 24 November 2026" in text(site, "/en/about")
    assert store.calls == 1
