"""Lists as files: whole, filtered as the page, in both languages, never a formula."""

import csv
import io
import zipfile
from datetime import date

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from cluster_net.web.sheets import csv_file, xlsx_file


def table(client: FlaskClient, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer.status_code == 200
    text = answer.data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter="," if "/en/" in address else ";"))


@pytest.mark.parametrize("name", ["search", "infrastructures", "organisations", "needs"])
def test_a_file_holds_the_whole_list(client: FlaskClient, name: str) -> None:
    rows = table(client, f"/{name}.csv")
    assert len(rows) == int(client.get(f"/{name}.csv").headers["X-Total-Count"]) > 100
    assert len({(row["typ"], row["id"]) for row in rows}) == len(rows)
    assert client.get(f"/en/{name}.json").get_json()[0].keys() >= {"id", "name", "kind", "address"}


def test_a_file_keeps_the_filters_of_the_page(client: FlaskClient) -> None:
    rows = table(client, "/en/infrastructures.csv?users=industry&access=paid&q=proteomics")
    assert rows
    assert all("industry" in row["open to"] for row in rows)
    page = client.get("/en/infrastructures?users=industry&access=paid&q=proteomics&page=1&id=x").get_data(as_text=True)
    assert 'href="/en/infrastructures.csv?users=industry&amp;access=paid&amp;q=proteomics"' in page


def test_a_file_speaks_the_language_of_its_page(client: FlaskClient) -> None:
    swedish, english = table(client, "/needs.csv"), table(client, "/en/needs.csv")
    assert "sista dag" in swedish[0]
    assert "deadline" in english[0]
    assert {row["typ"] for row in swedish} == {"behov", "erbjudande"}


def test_what_is_invented_is_marked_in_the_file(client: FlaskClient) -> None:
    rows = {row["id"]: row for row in table(client, "/en/organisations.csv")}
    assert rows["demo-nordsensor"]["fictional"] == "yes"
    assert rows["ki"]["fictional"] == "no"
    assert rows["ki"]["address"].endswith("/en/actors/ki")


def test_a_file_holds_only_what_is_chosen_in_the_order_of_the_list(client: FlaskClient) -> None:
    slugs = [row["id"] for row in table(client, "/en/infrastructures.csv")]
    rows = table(client, f"/en/infrastructures.csv?id={slugs[7]}&id=nowhere&id={slugs[2]}&id=ki&id={slugs[7]}")
    assert [row["id"] for row in rows] == [slugs[2], slugs[7]]
    assert {row["id"] for row in client.get(f"/en/search.json?id=ki&id={slugs[2]}").get_json()} == {"ki", slugs[2]}
    assert table(client, "/en/organisations.csv?id=nowhere") == []


def test_the_compared_are_downloaded_from_their_page(client: FlaskClient) -> None:
    page = client.get("/en/compare?id=scilifelab&id=innovation-akademiska&id=ki").get_data(as_text=True)
    for form in ("csv", "xlsx", "json"):
        assert f'href="/en/infrastructures.{form}?id=scilifelab&amp;id=innovation-akademiska"' in page
    assert {row["id"] for row in table(client, "/en/infrastructures.csv?id=scilifelab&id=innovation-akademiska")} == {
        "scilifelab",
        "innovation-akademiska",
    }


def test_a_file_tells_where_to_ask_what_it_costs_and_where_it_was_read(client: FlaskClient) -> None:
    rows = client.get("/en/infrastructures.json").get_json()
    for name in ("website", "how_to_ask", "price", "lead_time", "source_title", "source_url"):
        assert any(row[name] for row in rows), name
    compared = client.get("/en/compare?id=affinity-proteomics-stockholm").get_data(as_text=True)
    (row,) = table(client, "/en/infrastructures.csv?id=affinity-proteomics-stockholm")
    assert row["price"] == "on quotation"
    assert f'<a href="{row["how to ask"]}"' in compared
    assert all(row["källa"] for row in table(client, "/needs.csv"))
    (offer,) = table(client, "/en/needs.csv?id=eu-horizon-hlth-2027-01-disease-10")
    assert offer["address of the source"].startswith("https://")


def test_an_empty_list_is_a_file_with_headings(client: FlaskClient) -> None:
    assert table(client, "/en/search.csv?q=qqqzzzxxx") == []
    assert client.get("/en/search.xlsx?q=qqqzzzxxx").status_code == 200


def test_there_is_no_other_list_and_no_other_form(client: FlaskClient) -> None:
    for address in ("/actors.csv", "/search.exe", "/en/needs.pdf"):
        assert client.get(address).status_code == 404


@given(st.text(st.characters(codec="utf-8"), max_size=40), st.sampled_from(["=", "+", "-", "@", "\t=", " =cmd()"]))
def test_no_cell_is_a_formula(tail: str, head: str) -> None:
    cell = next(csv.reader(io.StringIO(csv_file(["a"], [{"a": head + tail}], "en").decode("utf-8-sig").partition("\r\n")[2], newline="")))[
        0
    ]
    assert cell.startswith("'")


def test_a_worksheet_holds_texts_and_days_but_no_formula() -> None:
    book = zipfile.ZipFile(io.BytesIO(xlsx_file(["a", "b"], [{"a": "=1+1\x0b", "b": date(2026, 11, 24)}], "sv")))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "<v>46350</v>" in sheet
    assert "=1+1" in book.read("xl/sharedStrings.xml").decode()
