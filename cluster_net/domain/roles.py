"""Which roles an actor can hold in a match, and which roles fit each other."""

from collections.abc import Iterable, Mapping

from cluster_net.domain.graph import ACTOR, OFFER, Key, Link
from cluster_net.domain.network import Network
from cluster_net.domain.vocabulary import INFRASTRUCTURE_KINDS

KIND_ROLES: Mapping[str, tuple[str, ...]] = {
    "university": ("university",),
    "hospital": ("hospital", "need-owner"),
    "region": ("need-owner", "hospital"),
    "municipality": ("municipality", "need-owner"),
    "agency": ("adviser",),
    "company": ("company",),
    "investor": ("funder",),
    "foundation": ("funder",),
    "funder": ("funder",),
    "cluster-organisation": ("adviser",),
    "incubator": ("adviser",),
    "science-park": ("adviser",),
    "institute": ("university", "adviser"),
    "patient-organisation": ("need-owner",),
    "organisation": ("need-owner",),
    **dict.fromkeys(INFRASTRUCTURE_KINDS, ("testbed",)),
}
# Role -> the roles it can meet; symmetric. Two of a kind meet only where they do new work together.
COMPATIBLE: Mapping[str, frozenset[str]] = {
    "need-owner": frozenset({"entrepreneur", "company", "testbed", "university", "funder", "adviser"}),
    "entrepreneur": frozenset({"need-owner", "company", "testbed", "university", "hospital", "funder", "adviser", "municipality"}),
    "company": frozenset({"need-owner", "entrepreneur", "testbed", "university", "hospital", "funder", "adviser", "municipality"}),
    "funder": frozenset({"need-owner", "entrepreneur", "company", "testbed", "university", "hospital"}),
    "testbed": frozenset({"need-owner", "entrepreneur", "company", "funder", "university", "hospital", "municipality"}),
    "university": frozenset({"need-owner", "entrepreneur", "company", "funder", "testbed", "university", "hospital", "municipality"}),
    "hospital": frozenset({"entrepreneur", "company", "funder", "testbed", "university", "adviser"}),
    "adviser": frozenset({"need-owner", "entrepreneur", "company", "hospital"}),
    "municipality": frozenset({"entrepreneur", "company", "testbed", "university"}),
}
# Kind of offer -> the roles in which it answers, whoever provides it.
OFFER_ROLES: Mapping[str, frozenset[str]] = {
    "call": frozenset({"funder"}),
    "funding-instrument": frozenset({"funder"}),
    "support-programme": frozenset({"adviser"}),
    "expertise": frozenset({"adviser", "university"}),
    "data-access": frozenset({"testbed"}),
    "trial-service": frozenset({"testbed"}),
    "test-service": frozenset({"testbed"}),
    "site": frozenset({"adviser", "municipality"}),
}
FUNDING_KINDS = frozenset({"call", "funding-instrument"})
_NURSERIES = frozenset({"incubator"})
_NURSED_BY = frozenset({"SUPPORTS", "HOSTS", "FUNDS"})
_NURSED_IN = frozenset({"MEMBER_OF", "PARTICIPATES_IN", "PART_OF"})


def roles_of(network: Network, actor: str) -> frozenset[str]:
    """Return the roles that *actor* can hold.

    They come from its kind, from what it says itself and from its ties: who has a need is a need owner, who offers
    funding a funder, and a company that spun out of something or that an incubator supports is an
    entrepreneur instead of an existing company, unless it says that it is both.
    """
    roles = set(roles_by_kind(network, actor))
    if network.needs_of.get(actor):
        roles.add("need-owner")
    if any(_kind(network, Key(OFFER, offer)) in FUNDING_KINDS for offer in network.offers_of.get(actor, ())):
        roles.add("funder")
    return frozenset(roles)


def roles_by_kind(network: Network, actor: str) -> frozenset[str]:
    """Return the roles that *actor* holds by what it is or says itself, whatever needs and offers it has."""
    node = network.nodes.get(Key(ACTOR, actor))
    if node is None:
        return frozenset()
    stated = node.properties.get("roles", ())
    roles = set(stated) if isinstance(stated, tuple) else set()
    if node.kind != "company":
        roles.update(KIND_ROLES.get(node.kind, ()))
    elif not roles & {"company", "entrepreneur"}:
        roles.add("entrepreneur" if _is_young(network, actor) else "company")
    return frozenset(roles)


def taken_for(roles: Iterable[str]) -> frozenset[str]:
    """Return *roles* with what they are taken for where somebody is sought: an entrepreneur's company is a company."""
    held = frozenset(roles)
    return held | {"company"} if "entrepreneur" in held else held


def fit_together(some: Iterable[str], others: Iterable[str]) -> bool:
    """Tell whether one of the roles on either side can meet one on the other."""
    held = frozenset(others)
    return any(not held.isdisjoint(COMPATIBLE.get(role, ())) for role in some)


def _is_young(network: Network, company: str) -> bool:
    return any(_nurses(network, company, link) for tie in network.graph[company].values() for link in tie["links"])


def _nurses(network: Network, company: str, link: Link) -> bool:
    if link.start.id == company:
        return link.type == "SPUN_OUT_OF" or (link.type in _NURSED_IN and _kind(network, link.end) in _NURSERIES)
    return link.type in _NURSED_BY and _kind(network, link.start) in _NURSERIES


def _kind(network: Network, key: Key) -> str:
    node = network.nodes.get(key)
    return node.kind if node else ""
