"""The circle of an actor as a picture: its partners as links, the same as a table, the strongest when there are too many."""

import re
from collections.abc import Callable

from flask.testing import FlaskClient

from cluster_net.domain.records import Actor, Collaboration

Read = Callable[..., str]


def drawn(page: str) -> list[str]:
    picture = page[page.index("<svg") : page.index("</svg>")]
    return re.findall(r'<a href="[^"]*/actors/([^"]+)"', picture)


def test_the_picture_and_the_table_hold_the_same_partners(client: FlaskClient, text: Read) -> None:
    page = text(client, "/en/actors/innovation-akademiska?view=picture")
    table = re.findall(r'<th scope="rowgroup".*?/actors/([^"]+)"', page, re.DOTALL)
    assert set(drawn(page)) == {*table, "innovation-akademiska"}
    assert "has member" not in page[page.index("<svg") : page.index("</svg>")]
    assert "Picture of Innovation Akademiska and its partners" in page


def test_the_list_stands_without_the_picture_and_leads_to_it(client: FlaskClient, text: Read) -> None:
    page = text(client, "/actors/ki")
    assert "<svg" not in page
    assert 'href="/actors/ki?view=picture"' in page
    assert "Kretsen runt omkring" in text(client, "/actors/ki?view=picture")


def test_of_many_partners_the_forty_strongest_are_drawn_and_the_rest_counted(make_site: Callable[..., FlaskClient], text: Read) -> None:
    others = [Actor(id=f"a{number:03}", kind="company", name_sv=f"A{number}") for number in range(60)]
    ties = [
        Collaboration(
            from_id="hub", type="COLLABORATES_WITH", to_id=one.id, source_url="https://x.example", confidence=0.9 if n >= 21 else 0.5
        )
        for n, one in enumerate(others)
    ]
    page = text(make_site(Actor(id="hub", kind="university", name_sv="Nav"), *others, ties=ties), "/en/actors/hub?view=picture")
    assert set(drawn(page)) == {"hub", *(one.id for one in others[21:])}
    assert "The picture shows the 39 with the strongest and surest ties" in page


def test_an_actor_without_ties_says_so(make_site: Callable[..., FlaskClient], text: Read) -> None:
    page = text(make_site(Actor(id="one", kind="company", name_sv="En"), ties=()), "/en/actors/one?view=picture")
    assert "No sourced tie is known yet." in page
    assert "<svg" not in page
