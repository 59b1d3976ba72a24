"""The columns of matchmaking: whom the strategy names, and who else could meet."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from cluster_net.domain.graph import ACTOR, NEED, OFFER, Key
from cluster_net.domain.matching.matcher import Matcher
from cluster_net.domain.matching.questions import Match, Options
from cluster_net.domain.network import Network
from cluster_net.domain.roles import FUNDING_KINDS, roles_of
from cluster_net.domain.vocabulary import INFRASTRUCTURE_KINDS

COLUMNS = ("companies", "testbeds", "funders", "owners", "others")
CONSIDERED = 120  # of each label
ASKED_OF: Mapping[str, tuple[str, ...]] = {ACTOR: (ACTOR, NEED, OFFER), NEED: (ACTOR, OFFER), OFFER: (ACTOR, NEED)}
_OWNER_KINDS = frozenset({"hospital", "region", "municipality", "patient-organisation"})
_TESTING_OFFERS = frozenset({"test-service", "trial-service", "data-access"})


def matches_by_column(matcher: Matcher, key: Key, options: Options) -> dict[str, list[Match]]:
    """Return the best of all that can be suggested to *key*, each in its column, best first. Raises NotFound.

    What is shown of a column is chosen afterwards, so that a mixture and room for small actors are of the column.
    """
    ranked = replace(options, diversity=0.0, floor=0.0)
    found: dict[str, list[Match]] = defaultdict(list)
    for label in ASKED_OF[key.label]:
        for match in matcher.matches(key, label, ranked, CONSIDERED):
            found[column_of(matcher.network, match.key)].append(match)
    for held in found.values():
        held.sort(key=lambda one: one.rank)
    return found


def column_of(network: Network, key: Key) -> str:
    """Return the column of an actor, a need or an offer."""
    kind = network.nodes[key].kind
    if key.label == NEED:
        return "owners"
    if key.label == OFFER:
        return "funders" if kind in FUNDING_KINDS else "testbeds" if kind in _TESTING_OFFERS else "others"
    if kind in INFRASTRUCTURE_KINDS:
        return "testbeds"
    if kind in _OWNER_KINDS:
        return "owners"
    roles = roles_of(network, key.id)
    return "companies" if roles & {"company", "entrepreneur"} else "funders" if kind in {"investor", "foundation", "funder"} else "others"
