"""Atom feeds: well formed, in the language of the address, the last changed first, with the filters of the page."""

import xml.etree.ElementTree as ET

import pytest
from flask.testing import FlaskClient

ATOM = "{http://www.w3.org/2005/Atom}"


def feed(client: FlaskClient, address: str) -> ET.Element:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    return ET.fromstring(answer.data)  # noqa: S314  # our own answer


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("name", ["search", "infrastructures", "organisations", "needs"])
def test_a_feed_has_all_that_atom_asks_for(client: FlaskClient, prefix: str, name: str) -> None:
    root = feed(client, f"{prefix}/{name}.atom")
    entries = root.findall(f"{ATOM}entry")
    assert entries
    for one in (root, *entries):
        assert all(one.findtext(f"{ATOM}{part}") for part in ("id", "title", "updated"))
    updated = [entry.findtext(f"{ATOM}updated") for entry in entries]
    assert updated == sorted(updated, reverse=True)
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == ("en" if prefix else "sv")
    assert all(f"{prefix}/" in str(entry.findtext(f"{ATOM}id")) for entry in entries)


def test_a_feed_keeps_the_question(client: FlaskClient) -> None:
    root = feed(client, "/en/search.atom?q=proteomics&type=actor")
    assert "proteomics" in str(root.findtext(f"{ATOM}title"))
    alternate = next(link.get("href") for link in root.findall(f"{ATOM}link") if link.get("rel") == "alternate")
    assert str(alternate).endswith("/en/search?q=proteomics&type=actor")
    assert all("/actors/" in str(entry.findtext(f"{ATOM}id")) for entry in root.findall(f"{ATOM}entry"))


def test_hostile_words_leave_a_feed_well_formed(client: FlaskClient) -> None:
    root = feed(client, "/search.atom?q=%3Cb%3E%26%22%0B%00%EF%BF%BE")
    assert root.findall(f"{ATOM}entry") == []


def test_a_list_names_its_feed(client: FlaskClient) -> None:
    page = client.get("/en/needs?type=need").get_data(as_text=True)
    assert '<link rel="alternate" type="application/atom+xml" href="/en/needs.atom?type=need">' in page


def test_what_is_invented_is_marked_in_a_feed(client: FlaskClient) -> None:
    root = feed(client, "/en/search.atom?q=nordsensor")
    assert any("(fictional)" in str(entry.findtext(f"{ATOM}title")) for entry in root.findall(f"{ATOM}entry"))


def test_a_feed_is_called_after_its_filters_and_marks_what_is_invented_once(client: FlaskClient) -> None:
    root = feed(client, "/en/needs.atom?type=need&q=blood")
    assert str(root.findtext(f"{ATOM}title")).endswith("Needs and offers – blood – need")
    assert not any("(fictional) (fictional)" in str(entry.findtext(f"{ATOM}title")) for entry in root.findall(f"{ATOM}entry"))


def test_an_empty_feed_is_as_old_as_the_data(client: FlaskClient) -> None:
    assert "1970" not in str(feed(client, "/en/needs.atom?q=qqqzzz").findtext(f"{ATOM}updated"))
