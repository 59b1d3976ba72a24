"""The page about the interface: all that the description says, nothing that is not so, in both frames."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from flask.testing import FlaskClient

from cluster_net.web.api_guide import guide
from cluster_net.web.openapi import description

Read = Callable[..., str]


@pytest.mark.parametrize(("language", "heading"), [("", "Öppet gränssnitt"), ("/en", "Open interface")])
def test_every_operation_parameter_and_property_stands_on_the_page(client: FlaskClient, text: Read, language: str, heading: str) -> None:
    page = unescape(text(client, f"{language}/data/api"))
    assert f"<h1>{heading}</h1>" in page
    held = description()
    for path, item in held["paths"].items():  # type: ignore[attr-defined]
        part = page.split(f'<h2 id="{item["get"]["operationId"]}">')[1].split("</section>")[0]
        assert f"GET {path}" in part
        for one in item["get"]["parameters"]:
            name = one["$ref"].rpartition("/")[2] if "$ref" in one else one["name"]
            assert f"<code>{name}</code>" in part or one.get("in") == "header", (path, name)
    for name, schema in held["components"]["schemas"].items():  # type: ignore[index]
        part = page.split(f'<h3 id="{name}"')[1]
        assert all(f"<code>{one}</code>" in part for one in schema.get("properties", ())), name


def test_every_call_on_the_page_works(client: FlaskClient, text: Read) -> None:
    calls = re.findall(r"curl 'http://localhost([^']+)'", unescape(text(client, "/en/data/api")))
    assert len(calls) == len(guide(description()).operations)
    for address in calls:
        assert client.get(address).status_code == 200, address


def test_no_name_of_a_place_stands_twice(client: FlaskClient, text: Read) -> None:
    names = re.findall(r'\sid="([^"]+)"', text(client, "/data/api"))
    assert len(names) == len(set(names))
    page = text(client, "/data/api")
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(names)


def test_what_is_in_english_only_is_tagged_and_told(client: FlaskClient, text: Read) -> None:
    page = text(client, "/data/api")
    assert "beskrivningen finns bara på engelska" in page
    assert '<div lang="en"><p>Read-only' in page


@pytest.mark.parametrize("address", ["/api/v1/", "/api/v1/docs"])
@pytest.mark.parametrize(("header", "place"), [("sv", "/data/api"), ("en", "/en/data/api"), ("", "/en/data/api")])
def test_the_root_of_the_interface_leads_to_the_page(client: FlaskClient, address: str, header: str, place: str) -> None:
    answer = client.get(address, headers={"Accept-Language": header} if header else {})
    assert (answer.status_code, answer.headers["Location"]) == (302, place)
