"""Every part of a suggestion has words."""

from cluster_net.domain.matching.fit import CONDITIONS, VALUES
from cluster_net.domain.matching.questions import STEERING, USES
from cluster_net.domain.suggestion_words import CONDITION_WORDS, STATE_WORDS, TERM_WORDS
from cluster_net.services.snapshots import own_weights


def test_every_term_condition_and_state_has_words() -> None:
    terms = {name for use in USES.values() for name in own_weights().uses[use]}
    assert terms | set(STEERING) == set(TERM_WORDS)
    assert tuple(CONDITION_WORDS) == CONDITIONS
    assert set(STATE_WORDS) == set(VALUES)
