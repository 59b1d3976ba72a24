"""The places of the map's actors: computed beside the requests, kept over restarts."""

import logging
import threading
from collections.abc import Iterable
from pathlib import Path

import pytest

from cluster_net.adapters.places_file import PlacesFile
from cluster_net.domain.graph import Dump
from cluster_net.domain.layout import Places
from cluster_net.domain.narrowing import Narrowing
from cluster_net.domain.network import Network, compile_network
from cluster_net.domain.nodes import to_node
from cluster_net.domain.records import Actor, Collaboration
from cluster_net.services.mapping import read_map
from cluster_net.services.placed import MapCache, Placed


def network(version: int, ends: Iterable[str]) -> Network:
    """Return a star of the actors *ends* around one."""
    names = sorted(ends)
    ties = [Collaboration(from_id="hub", type="FUNDS", to_id=end, confidence=0.9).link() for end in names]
    return compile_network(Dump(version, [to_node(Actor(id=one, kind="company")) for one in ("hub", *names)], ties))


def test_the_places_stay_over_a_restart_and_when_an_actor_comes(tmp_path: Path) -> None:
    first = MapCache(PlacesFile(tmp_path / "places.json")).placed(network(1, "abcdef")).places
    restarted = MapCache(PlacesFile(tmp_path / "places.json"))
    assert restarted.placed(network(1, "abcdef")).places == first
    later = restarted.placed(network(2, "abcdefg")).places
    assert {actor: later[actor] for actor in first} == first
    assert MapCache(PlacesFile(tmp_path / "places.json")).placed(network(2, "abcdefg")).places == later


def test_a_change_that_touches_no_tie_keeps_the_places_and_renames_the_stamp(tmp_path: Path) -> None:
    cache = MapCache(PlacesFile(tmp_path / "places.json"))
    stamps = [cache.stamp(network(version, "abc")) for version in (1, 2)]
    assert stamps[0] != stamps[1]
    assert stamps[0].split("-")[1] == stamps[1].split("-")[1]


class Slow:
    """A keeper that answers when it is let."""

    def __init__(self) -> None:
        self.let = threading.Event()

    def load(self) -> tuple[str, Places]:
        self.let.wait(10)
        return "", {}

    def save(self, shape: str, places: Places) -> None:
        pass


def test_a_request_does_not_wait_for_the_places() -> None:
    keeper = Slow()
    cache = MapCache(keeper, patience=0.01)
    assert cache.placed(network(1, "abc")).places == {}
    keeper.let.set()
    found = MapCache.placed(cache, network(1, "abc"))
    for _ in range(200):
        if found.places:
            break
        found = cache.placed(network(1, "abc"))
    assert found.places.keys() == {"hub", "a", "b", "c"}


@pytest.mark.parametrize("text", ["", "[]", '{"shape": 1}', '{"shape": "x", "places": {"a": [1]}}', '{"shape": "x", "places": []}'])
def test_a_broken_file_is_told_and_the_places_computed_anew(tmp_path: Path, text: str, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "places.json"
    path.write_text(text)
    with caplog.at_level(logging.WARNING):
        assert MapCache(PlacesFile(path)).placed(network(1, "ab")).places.keys() == {"hub", "a", "b"}
    assert "cannot be read" in caplog.text


def test_a_folder_that_cannot_be_written_is_no_harm(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("")
    with caplog.at_level(logging.WARNING):
        assert MapCache(PlacesFile(tmp_path / "file" / "places.json")).placed(network(1, "ab")).places
    assert "cannot be kept" in caplog.text


def test_what_was_made_is_made_once_and_only_the_latest_are_kept() -> None:
    cache, made = MapCache(), []
    for key in (1, 1, 2, *range(3, 30), 1):
        cache.made(key, lambda key=key: made.append(key))  # type: ignore[misc]
    assert made == [1, *range(2, 30), 1]


class JustNow(MapCache):
    """Has its places between the first time that it is asked and the second."""

    def placed(self, network: Network) -> Placed:
        asked_before, self.asked = getattr(self, "asked", False), True
        return super().placed(network) if asked_before else Placed()


def test_a_picture_without_places_is_not_kept_once_they_are_there() -> None:
    net, cache = network(1, "abc"), JustNow()
    read_map(net, cache, "en", Narrowing())
    assert len(read_map(net, cache, "en", Narrowing()).picture.actors) == 4
