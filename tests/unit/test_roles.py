"""Roles in a match: from kind, from what an actor says itself, and from its ties."""

import pytest

from cluster_net.domain.graph import ACTOR, NEED, OFFER, Dump, Key, Link, Node
from cluster_net.domain.network import Network, compile_network
from cluster_net.domain.roles import COMPATIBLE, KIND_ROLES, fit_together, roles_of
from cluster_net.domain.vocabulary import ACTOR_KINDS, ROLES


def network(*nodes: Node, ties: tuple[tuple[Key, str, Key], ...] = ()) -> Network:
    links = [Link(str(number), type_, start, end, {"confidence": 0.9}) for number, (start, type_, end) in enumerate(ties)]
    return compile_network(Dump(1, list(nodes), links))


def actor(id_: str, kind: str, **properties) -> Node:
    return Node(Key(ACTOR, id_), kind, properties)


@pytest.mark.parametrize("kind", ACTOR_KINDS)
def test_every_kind_of_actor_has_a_role(kind):
    assert roles_of(network(actor("a", kind)), "a") == frozenset(KIND_ROLES[kind])
    assert set(KIND_ROLES[kind]) <= set(ROLES)


@pytest.mark.parametrize(("tie", "other"), [
    (("a", "SPUN_OUT_OF", "u"), "university"), (("u", "SUPPORTS", "a"), "incubator"), (("u", "HOSTS", "a"), "incubator"),
    (("a", "PARTICIPATES_IN", "u"), "incubator"), (("a", "MEMBER_OF", "u"), "incubator"),
])  # fmt: skip
def test_a_company_is_an_entrepreneur_when_a_tie_says_so(tie, other):
    start, type_, end = tie
    found = network(actor("a", "company"), actor("u", other), ties=((Key(ACTOR, start), type_, Key(ACTOR, end)),))
    assert roles_of(found, "a") == {"entrepreneur"}


@pytest.mark.parametrize(("start", "type_", "end", "other"), [
    ("u", "SUPPORTS", "a", "university"), ("u", "SPUN_OUT_OF", "a", "company"), ("a", "SUPPORTS", "u", "incubator"),
    ("a", "COLLABORATES_WITH", "u", "company"), ("a", "COLLABORATES_WITH", "u", "incubator"), ("u", "HOSTS", "a", "science-park"),
])  # fmt: skip
def test_a_company_is_an_existing_company_otherwise(start, type_, end, other):
    found = network(actor("a", "company"), actor("u", other), ties=((Key(ACTOR, start), type_, Key(ACTOR, end)),))
    assert roles_of(found, "a") == {"company"}


@pytest.mark.parametrize(("stated", "expected"), [
    (("entrepreneur",), {"entrepreneur"}), (("company",), {"company"}), (("company", "entrepreneur"), {"company", "entrepreneur"}),
    (("adviser",), {"adviser", "company"}),
])  # fmt: skip
def test_a_company_is_what_it_says_itself(stated, expected):
    assert roles_of(network(actor("a", "company", roles=stated)), "a") == expected


def test_who_has_a_need_is_a_need_owner_and_who_offers_funding_a_funder():
    need, call = Node(Key(NEED, "n"), "research", {}), Node(Key(OFFER, "o"), "call", {})
    found = network(
        actor("a", "university"), need, call,
        ties=((Key(ACTOR, "a"), "SEEKS", need.key), (Key(ACTOR, "a"), "PROVIDES", call.key)),
    )  # fmt: skip
    assert roles_of(found, "a") == {"university", "need-owner", "funder"}


def test_an_unknown_actor_has_no_role():
    assert roles_of(network(), "a") == frozenset()


def test_compatibility_is_over_known_roles_and_symmetric():
    assert set(COMPATIBLE) == set(ROLES)
    assert all(one in COMPATIBLE[other] for one, others in COMPATIBLE.items() for other in others)


def test_one_fitting_pair_of_roles_is_enough():
    assert fit_together({"testbed", "funder"}, {"testbed"})
    assert not fit_together({"testbed"}, {"testbed"})
    assert not fit_together((), {"testbed"})
