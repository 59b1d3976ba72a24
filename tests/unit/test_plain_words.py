"""Words that say nothing of what two bodies do are not told as something they have in common."""

from datetime import date

import pytest

from cluster_net.domain.graph import ACTOR, Dump, Key
from cluster_net.domain.matching.matcher import Matcher
from cluster_net.domain.matching.plain_words import is_plain, plain_words
from cluster_net.domain.network import Network, compile_network
from cluster_net.domain.nodes import to_node
from cluster_net.domain.records import Actor, Collaboration
from cluster_net.services.snapshots import own_weights
from cluster_net.services.steering import plain
from cluster_net.services.suggesting import suggest


def network(*actors: Actor) -> Network:
    ties = [Collaboration(from_id=one.id, type="COLLABORATES_WITH", to_id="hub", source_url="https://example.org", confidence=0.9)
            for one in actors if one.id in {"a", "b"}]  # fmt: skip
    links = {link.id: link for link in (*(link for one in actors for link in one.links()), *(tie.link() for tie in ties))}
    return compile_network(Dump(1, sorted(map(to_node, actors), key=lambda node: node.key), [links[id_] for id_ in sorted(links)]))


def actor(id_: str, kind: str = "company", text: str = "", **more: str | tuple[str, ...]) -> Actor:
    return Actor(id=id_, kind=kind, name_sv=id_, name_en=id_, description_en=text, **more)  # type: ignore[arg-type]


NAMED = [actor(f"Nordia {number}", "hospital", acronym="NKX") for number in range(11)]
NETWORK = network(actor("hub", "university"), actor("x", "hospital", city=("Upplands Väsby",)), *NAMED)


@pytest.mark.parametrize("word", [
    "Stockholms", "Väsby", "institutet", "universities", "park", "regional", "nationella", "utveckling", "kontor", "Nordia", "NKX",
])  # fmt: skip
def test_places_kinds_administration_acronyms_and_what_many_are_called_are_plain(word: str) -> None:
    assert is_plain(word, plain_words(NETWORK))


@pytest.mark.parametrize("word", ["sepsis", "catheter", "biologiska", "parkinson"])
def test_what_somebody_does_is_not_plain(word: str) -> None:
    assert not is_plain(word, plain_words(NETWORK))


@pytest.mark.parametrize(("text", "reason"), [
    ("Park of Solna.", "You both work with hub."),
    ("Park of Solna with zeppelins.", "You both describe yourselves with zeppelins; you both work with hub."),
])  # fmt: skip
def test_a_reason_names_no_plain_word_and_has_no_clause_of_words_without_another(text: str, reason: str) -> None:
    net = network(actor("a", "company", text), actor("b", "hospital", text, city=("Solna",)), actor("hub", "university"))
    (found,) = suggest(Matcher(net, own_weights()), Key(ACTOR, "a"), plain(date(2026, 11, 28)), language="en")
    assert sorted(found.reason.lower().strip(".").split("; ")) == sorted(reason.lower().strip(".").split("; "))
