"""An engine is down: what still answers, what says so, and that no secret is told."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from cluster_net.services.backends import Backends
from cluster_net.services.snapshots import SnapshotCache
from cluster_net.settings import Settings
from cluster_net.web.app import create_app

Read = Callable[..., str]


@pytest.fixture
def without_index(backends: Backends, settings: Settings, down: Callable[[str], Any]) -> FlaskClient:
    return create_app(replace(backends, index=down("index")), settings).test_client()


@pytest.fixture
def without_store(backends: Backends, settings: Settings, down: Callable[[str], Any]) -> FlaskClient:
    store = down("store")
    return create_app(replace(backends, graph=store, network=SnapshotCache(store)), settings).test_client()


@pytest.mark.parametrize("address", ["/", "/actors/ki", "/concepts/genomics", "/needs/demo-sensor-test", "/map", "/paths?from=ki&to=uu"])
def test_without_the_index_pages_still_answer(without_index: FlaskClient, text: Read, address: str) -> None:
    text(without_index, address)


def test_without_the_index_a_search_lists_what_has_the_words_in_its_name(without_index: FlaskClient, text: Read) -> None:
    page = text(without_index, "/en/search?q=karolinska institutet", 503)
    assert "The search does not answer just now." in page
    assert '/en/actors/ki"' in page
    assert "/actors/uu" not in page


@pytest.mark.parametrize(("address", "held"), [("/infrastructures", "160"), ("/organisations", "260"), ("/needs?type=need", "58")])
def test_without_the_index_a_directory_is_still_whole(without_index: FlaskClient, text: Read, address: str, held: str) -> None:
    page = text(without_index, f"/en{address}")
    assert f"{held} hits" in page
    assert "The search does not answer just now." in page


def test_without_the_index_chosen_filters_count_and_stay(without_index: FlaskClient, text: Read) -> None:
    page = text(without_index, "/en/infrastructures?kind=biobank&q=biobank", 503)
    assert "/actors/uppsala-biobank" in page
    assert "/actors/scilifelab" not in page
    assert '<input type="hidden" name="kind" value="biobank">' in page
    assert "chip-chosen" in page


def test_without_the_index_paging_walks_on(without_index: FlaskClient, text: Read) -> None:
    first, second = (text(without_index, f"/infrastructures?page={page}") for page in (1, 2))
    assert "Sida 2 av 8" in second
    assert first.count('<li class="hit">') == second.count('<li class="hit">') == 20


def test_without_the_index_two_names_may_still_be_given_as_slugs(without_index: FlaskClient, text: Read) -> None:
    assert "Which one do you mean" not in text(without_index, "/en/paths?from=ki&to=nobody at all")


def test_without_the_store_the_search_and_the_first_page_still_answer(without_store: FlaskClient, text: Read) -> None:
    assert "kan inte visas just nu" in text(without_store, "/")
    page = text(without_store, "/search?q=testa center")
    assert "/actors/testa-center" in page
    assert "En del av webbplatsen svarar inte" in page
    text(without_store, "/about")


@pytest.mark.parametrize("address", ["/actors/ki", "/map", "/concepts", "/sources", "/paths?from=ki&to=uu"])
def test_without_the_store_a_page_says_what_still_works_and_no_secret(without_store: FlaskClient, text: Read, address: str) -> None:
    page = text(without_store, address, 503)
    assert "svarar inte" in page
    assert "hush" not in page


def test_the_process_is_alive_but_not_ready_while_an_engine_is_down(without_index: FlaskClient, without_store: FlaskClient) -> None:
    for site in (without_index, without_store):
        assert site.get("/healthz").status_code == 200
        assert site.get("/readyz").status_code == 503


def test_a_busy_answer_is_not_kept_and_names_a_time_to_come_back(without_store: FlaskClient) -> None:
    answer = without_store.get("/actors/ki")
    assert (answer.headers["Retry-After"], answer.headers["Cache-Control"]) == ("30", "no-store")
