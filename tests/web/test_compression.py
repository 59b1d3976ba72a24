"""Text goes over the wire compressed and only when the reader does not have it."""

import gzip
import re

import pytest

from cluster_net.resources import folder

GZIP = {"Accept-Encoding": "gzip, br"}


@pytest.mark.parametrize("address", ["/", "/en/actors/ki", "/api/v1/actors/ki", "/sitemap.xml", "/search.atom?q=genomik"])
def test_what_a_reader_gets_compressed_is_what_others_get_plain(client, address):
    plain, packed = client.get(address), client.get(address, headers=GZIP)
    assert (packed.headers["Content-Encoding"], "Content-Encoding" in plain.headers) == ("gzip", False)
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) == int(packed.headers["Content-Length"]) < len(plain.data) * 0.7
    assert "Accept-Encoding" in plain.vary
    assert "Accept-Encoding" in packed.vary


@pytest.mark.parametrize("headers", [GZIP, {}])
@pytest.mark.parametrize("address", ["/en/about", "/api/v1/actors/ki", "/static/css/base.css"])
def test_what_a_reader_has_is_not_sent_again(client, address, headers):
    first = sent(client, address, headers)
    again = sent(client, address, {**headers, "If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")


def sent(client, address, headers=None):
    with client.get(address, headers=headers) as answer:
        answer.get_data()
        return answer


def test_a_page_is_asked_for_each_time_and_a_static_file_once_a_year(client):
    assert client.get("/about").headers["Cache-Control"] == "no-cache"
    assert sent(client, "/static/css/base.css").headers["Cache-Control"] == "public, max-age=31536000"


def test_a_static_file_is_sent_compressed(client):
    packed = sent(client, "/static/css/base.css", GZIP)
    assert gzip.decompress(packed.data) == (folder("static") / "css" / "base.css").read_bytes()
    assert packed.headers["Content-Type"].startswith("text/css")


@pytest.mark.parametrize(("address", "headers"), [("/", {"Accept-Encoding": "gzip;q=0"}), ("/", {}), ("/healthz", GZIP),
                                                  ("/search.xlsx?q=genomik", GZIP), ("/static/img/profile-en.png", GZIP)])  # fmt: skip
def test_what_is_packed_already_small_or_not_wanted_so_is_sent_as_it_is(client, address, headers):
    assert "Content-Encoding" not in sent(client, address, headers).headers


def test_an_error_is_told_uncompressed_and_not_kept(client):
    answer = client.get("/nope", headers=GZIP)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (404, "no-store")


def test_the_style_of_a_page_is_one_answer_that_is_kept_for_a_year(client, text):
    (address,) = re.findall(r'<link rel="stylesheet" href="([^"]+)">', text(client, "/actors/ki"))
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype, answer.headers["Cache-Control"]) == (200, "text/css", "public, max-age=31536000")
    names = address.partition("?")[0].removeprefix("/css/").split(".")[:-1]
    assert answer.text == "".join((folder("static") / "css" / f"{name}.css").read_text("utf-8") for name in names)


@pytest.mark.parametrize("names", ["base.nope", "base.base", "..base", "base/../tokens"])
def test_only_style_sheets_of_the_site_are_sent_each_once(client, names):
    assert client.get(f"/css/{names}.css").status_code == 404
