"""Every part of a suggestion has words."""

from cluster_net.domain.graph import ACTOR, NEED
from cluster_net.domain.matching.fit import CONDITIONS, VALUES
from cluster_net.domain.matching.questions import STEERING, USES
from cluster_net.domain.reasons import reason_of
from cluster_net.domain.suggestion_words import CONDITION_WORDS, STATE_WORDS, TERM_WORDS
from cluster_net.domain.suggestions import Fact, Term
from cluster_net.services.snapshots import own_weights


def test_every_term_condition_and_state_has_words() -> None:
    terms = {name for use in USES.values() for name in own_weights().uses[use]}
    assert terms | set(STEERING) == set(TERM_WORDS)
    assert tuple(CONDITION_WORDS) == CONDITIONS
    assert set(STATE_WORDS) == set(VALUES)


def term(name: str, contribution: float, kind: str, fact: str) -> Term:
    return Term(name, 1.0, contribution, contribution, (Fact(kind, fact, fact, contribution),), 1)


def test_what_is_suggested_is_named_where_the_clause_before_spoke_of_something_else() -> None:
    place, fit = term("place", 0.1, "county", "Uppsala County"), term("fit", 0.3, "condition", "GMP")
    concepts, walk = term("concepts", 0.3, "by_units", "Genomics"), term("walk", 0.2, "actor", "KI")
    sides = (NEED, ACTOR)
    assert reason_of(sides, [fit, place], "en", it="X") == "Conditions met: GMP; X is in Uppsala County."
    assert reason_of(sides, [concepts, walk, place], "en", it="X", owner="Y does") == (
        "Its units have Genomics, which the need is about; X works with KI, as Y does; is in Uppsala County."
    )
    assert reason_of(sides, [], "en", it="X") == ""
