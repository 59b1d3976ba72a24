"""A pasted list of participants names whom its writer meant."""

import pytest

from cluster_net.domain.graph import ACTOR, NEED, Dump, Key, Node
from cluster_net.domain.network import Network, compile_network
from cluster_net.services.references import read_list

KI, AB, SLOT = Key(ACTOR, "ki"), Key(ACTOR, "xnk"), Key(NEED, "slot")


@pytest.fixture(scope="module")
def network() -> Network:
    nodes = [
        Node(KI, "university", {"name_sv": "Karolinska Institutet", "acronym": "KI-huset", "aliases": ("Karolinska Inst.",)}),
        Node(AB, "company", {"name_en": "XNK Therapeutics, AB", "name_sv": "Ångström & co"}),
        Node(SLOT, "technical", {"title_sv": "Plats i renrum"}),
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
        (" ,;\n ", (), ()),
        ("", (), ()),
    ],
)
def test_names_and_references_are_found_and_the_rest_is_told(
    network: Network, text: str, keys: tuple[Key, ...], unknown: tuple[str, ...]
) -> None:
    assert read_list(network, text) == (keys, unknown)
