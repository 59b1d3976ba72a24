"""The guided finder: one question a page, answers in the address, a shortlist that says what is met, missed and unknown."""

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from cluster_net.domain.errors import Unavailable
from cluster_net.services.backends import Backends
from cluster_net.settings import Settings
from cluster_net.web.app import create_app
from cluster_net.web.pages_finder import QUESTIONS

Read = Callable[..., str]
CASE = "q=cell+therapy&trl=4&who=startup&must=gmp"


def read(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


@pytest.mark.parametrize(("address", "words"), [
    ("/finder", "Vad har du eller vill du göra?"),
    ("/en/finder?step=2", "How far have you come?"),
    ("/finder?step=6", "Söker du något mer?"),
    ("/en/finder?step=99&trl=77&who=me&must=x&by=soon&county=Skåne", "Do you look for something else as well?"),
    ("/en/finder?step=-4", "What do you have or want to do?"),
])  # fmt: skip
def test_there_are_at_most_six_questions_and_nonsense_is_left_out(client: FlaskClient, address: str, words: str) -> None:
    assert f"<h1>{words}" in read(client, address).replace('<label for="finder-q">', "")
    assert len(QUESTIONS) <= 6


def test_a_page_carries_the_other_answers_along(client: FlaskClient) -> None:
    page = read(client, f"/en/finder?step=5&{CASE}&must=clinical")
    for name, value in (("q", "cell therapy"), ("trl", "4"), ("who", "startup"), ("must", "gmp"), ("must", "clinical")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in page


def test_what_was_left_open_is_taken_out_of_the_address(client: FlaskClient) -> None:
    moved = client.get("/en/finder?q=&trl=4&by=&step=3&endpoint=x")
    assert moved.status_code == 302
    assert parse_qs(urlsplit(moved.location).query) == {"step": ["3"], "trl": ["4"]}


def test_the_shortlist_says_what_is_met_what_is_unknown_and_what_to_ask(client: FlaskClient) -> None:
    page = read(client, f"/en/finder/shortlist?{CASE}")
    first = page.split('<li class="found">')[1]
    assert 'condition-met"><span class="state">met</span>\n<span>Quality system: GMP' in first
    assert "Can you take something at TRL 4?" in first
    assert "How to ask, at the source" in first
    assert "Kan ni ta emot något på TRL 4?" in read(client, f"/finder/shortlist?{CASE}")


def test_the_words_are_understood_in_swedish_too_and_can_be_taken_away_one_by_one(client: FlaskClient) -> None:
    page = read(client, "/finder/shortlist?q=cellterapi+och+proteomik")
    assert 'concept=proteomics"' in page
    assert 'concept=cell-therapy"' in page


def test_a_concept_finds_the_same_in_either_language(client: FlaskClient) -> None:
    swedish, english = (
        read(client, f"{address}&must=gmp") for address in ("/finder/shortlist?q=cellterapi", "/en/finder/shortlist?q=cell+therapy")
    )
    assert swedish.count('class="found"') == english.count('class="found"')


def test_an_empty_shortlist_says_what_to_take_back(client: FlaskClient) -> None:
    page = read(client, "/en/finder/shortlist?q=qqqzzz&must=gmp")
    assert "Nothing meets everything that is asked for" in page
    assert '<a href="/en/finder/shortlist?must=gmp">Leave the subject open</a>' in page


def test_offers_come_only_when_they_are_asked_for(client: FlaskClient) -> None:
    assert "What you also look for" not in read(client, f"/en/finder/shortlist?{CASE}")
    assert "What you also look for" in read(client, f"/en/finder/shortlist?{CASE}&besides=money")


@pytest.mark.parametrize("words", ["kateter", "a catheter", "stamceller"])
def test_words_that_speak_of_a_field_are_understood_as_in_the_matching(client: FlaskClient, words: str) -> None:
    page = read(client, f"/en/finder/shortlist?q={words}")
    assert "Your words were understood as" in page
    assert '<li class="found">' in page


@pytest.mark.parametrize("address", ["/en/finder/shortlist", "/en/finder"])
def test_what_is_no_answer_is_left_out_and_told(client: FlaskClient, address: str) -> None:
    page = read(client, f"{address}?trl=banan&county=Sk%C3%A5ne&must=foo&must=gmp&who=me&by=2020-01%07&besides=foo")
    assert "could not be taken as answers and were left out: me, foo, Skåne, banan, 2020-01." in page
    assert "were left out" not in read(client, f"{address}?{CASE}&county=Uppsala&by=2026-12&besides=money")


def test_a_month_that_is_over_is_left_out(client: FlaskClient) -> None:
    moved = client.get("/en/finder/shortlist?trl=4&by=2020-01")
    assert "January 2020" not in moved.get_data(as_text=True)


def test_an_offer_to_pay_is_not_asked_for_readiness_levels_it_does_not_state(client: FlaskClient) -> None:
    page = read(client, f"/en/finder/shortlist?{CASE}&besides=money&by=2027-09")
    offers = page.partition("What you also look for</h2>")[2].partition("</ol>")[0]
    assert '<li class="found">' in offers
    assert "Can you take something" not in offers
    assert "lead time" not in offers


def test_a_list_of_equals_claims_no_order(client: FlaskClient) -> None:
    nothing_said = read(client, "/en/finder/shortlist")
    assert "All of them fit equally well" in nothing_said
    assert "best founded" not in nothing_said
    assert "De bäst underbyggda först" in read(client, f"/finder/shortlist?{CASE}")


def test_home_and_the_directory_lead_to_the_finder(client: FlaskClient) -> None:
    assert 'href="/en/finder"' in read(client, "/en/")
    assert 'href="/finder"' in read(client, "/infrastructures")


class Down:
    """An index that does not answer."""

    def search_many(self, _queries: object) -> object:
        raise Unavailable("index", "down")


def test_without_the_index_the_concepts_alone_decide(backends: Backends, settings: Settings) -> None:
    site = create_app(replace(backends, index=Down()), settings).test_client()  # type: ignore[arg-type]
    page = read(site, f"/en/finder/shortlist?{CASE.replace('q=', 'q=zebra+')}")
    assert "The search does not answer just now" in page
    assert "Quality system: GMP" in page


def test_the_shortlist_costs_the_same_for_few_as_for_many(backends: Backends, settings: Settings, counting: type) -> None:
    store, index = counting(backends.graph), counting(backends.index)
    site = create_app(replace(backends, graph=store, index=index), settings).test_client()
    read(site, "/about")
    costs = []
    for address in ("/finder/shortlist?q=ny+modell+zebrafisk&must=gmp", "/finder/shortlist?q=proteomics+genomics+model&besides=money"):
        store.calls = index.calls = 0
        read(site, address)
        costs.append((store.calls, index.calls))
    assert costs[0] == costs[1]
    assert max(costs[0]) <= 1
