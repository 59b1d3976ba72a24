"""A pasted list of participants names whom its writer meant."""

import pytest

from cluster_net.domain.graph import ACTOR, NEED, Dump, Key, Node
from cluster_net.domain.network import Network, compile_network
from cluster_net.services.references import meant_in_list, read_list

KI, AB, SLOT, EAST, SERVO = (
    Key(ACTOR, "ki"), Key(ACTOR, "xnk"), Key(NEED, "slot"), Key(ACTOR, "demo-east"), Key(ACTOR, "bioservo-technologies")
)  # fmt: skip


@pytest.fixture(scope="module")
def network() -> Network:
    nodes = [
        Node(KI, "university", {"name_sv": "Karolinska Institutet", "acronym": "KI-huset", "aliases": ("Karolinska Inst.",)}),
        Node(AB, "company", {"name_en": "XNK Therapeutics, AB", "name_sv": "Ångström & co"}),
        Node(SLOT, "technical", {"title_sv": "Plats i renrum"}),
        Node(EAST, "company", {"name_sv": "Östra Bildanalys (påhittad)", "name_en": "East Image Analysis (fictional)"}),
        Node(SERVO, "company", {"name_sv": "Bioservo Technologies AB"}),
    ]
    return compile_network(Dump(1, nodes))


@pytest.mark.parametrize(
    ("text", "keys", "unknown"),
    [
        ("ki, need.slot", (KI, SLOT), ()),
        ("ki need.slot ki", (KI, SLOT), ()),
        ("KAROLINSKA institutet\r\nXNK Therapeutics, AB\n\nplats i renrum", (KI, AB, SLOT), ()),
        ("ångström & co; karolinska inst.", (AB, KI), ()),
        ("ki, Nobody At All", (KI,), ("Nobody At All",)),
        ('1. Karolinska Institutet\n• "XNK Therapeutics, AB"\n- plats i renrum', (KI, AB, SLOT), ()),
        ("Karolinska Institutet AB", (KI,), ()),
        ("ki nobody", (KI,), ("nobody",)),
        ("östra bildanalys\nEast Image Analysis\nBioservo Technologies", (EAST, SERVO), ()),
        ("Bioservo Technologies Aktiebolag (publ), slot", (SERVO, SLOT), ()),
        (" ,;\n ", (), ()),
        ("", (), ()),
    ],
)
def test_names_and_references_are_found_and_the_rest_is_told(
    network: Network, text: str, keys: tuple[Key, ...], unknown: tuple[str, ...]
) -> None:
    assert read_list(network, text) == (keys, unknown)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Bioservo\nki", {"Bioservo": (SERVO, "bioservo-technologies\nki")}),
        ("1. bildanalys; ki", {"bildanalys": (EAST, "demo-east\nki")}),
        ("Karolinsk, i renrum", {"Karolinsk": (KI, "ki\ni renrum"), "i renrum": (SLOT, "Karolinsk\nneed.slot")}),
        ("XNK\nservo", {"XNK": (AB, "xnk\nservo")}),
        ("Bi\nKarolinska Instituet\n!!!", {}),
    ],
)
def test_a_name_that_begins_or_holds_what_was_written_may_be_meant(network: Network, text: str, meant: dict[str, tuple[Key, str]]) -> None:
    assert meant_in_list(network, text, 5) == meant
    assert meant_in_list(network, text, 1) == dict(list(meant.items())[:1])
