"""From scores to shares: a map that never falls, told only where enough was decided, and never for the score itself."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cluster_net.domain.errors import Invalid
from cluster_net.domain.matching.blend import Weights, read_weights, write_weights
from cluster_net.domain.matching.calibration import GROUP, LEAST, Step, calibrate, share_of
from cluster_net.domain.suggestions import band_of

STEPS = (Step(0.2, 0.1, 30), Step(0.4, 0.3, 30), Step(0.7, 0.8, 30))


def outcomes(number: int, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    draw = np.random.default_rng(seed)
    scores = draw.random(number)
    return scores, draw.random(number) < scores


def test_shares_come_close_to_what_outcomes_were_drawn_from():
    steps = calibrate(*outcomes(4000))
    for score in (0.1, 0.35, 0.6, 0.9):
        assert share_of(steps, score) == pytest.approx(score, abs=0.12)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 20), st.booleans()), min_size=LEAST, max_size=200))
def test_steps_rise_hold_enough_and_count_everybody_once(pairs: list[tuple[int, bool]]):
    scores, wanted = np.array([score / 20 for score, _ in pairs]), np.array([held for _, held in pairs])
    steps = calibrate(scores, wanted)
    assert [one.least for one in steps] == sorted({one.least for one in steps})
    assert [one.share for one in steps] == sorted(one.share for one in steps)
    assert all(one.decided >= GROUP for one in steps)
    assert not steps or sum(one.decided for one in steps) == len(pairs)
    assert not steps or sum(one.share * one.decided for one in steps) == pytest.approx(wanted.sum(), abs=0.05)


def test_equal_scores_have_one_share():
    scores, wanted = np.repeat([0.2, 0.8], 40), np.repeat([False, True], 40)
    assert calibrate(scores, wanted) == (Step(0.2, 0.0, 40), Step(0.8, 1.0, 40))


def test_too_few_decisions_or_a_share_that_falls_give_no_steps():
    scores, wanted = outcomes(LEAST - 1)
    assert calibrate(scores, wanted) == ()
    assert calibrate(np.repeat([0.8, 0.2], 40), np.repeat([False, True], 40)) == ()


def test_a_share_is_that_of_its_step_and_none_without_steps():
    assert [share_of(STEPS, score) for score in (0.1, 0.2, 0.5, 0.7, 0.99)] == [0.1, 0.1, 0.3, 0.8, 0.8]
    assert share_of((), 0.9) is None


def test_bands_follow_the_shares_where_they_are_known_and_the_score_where_not():
    assert [band_of(0.9, share=share) for share in (0.1, 0.25, 0.5)] == ["possible", "good", "strong"]
    assert [band_of(score) for score in (0.1, 0.3, 0.5)] == ["possible", "good", "strong"]
    assert [band_of(score, partners=True) for score in (0.1, 0.2, 0.3)] == ["possible", "good", "strong"]


def test_shares_are_kept_in_the_weights_file():
    weights = Weights("2", {"partner": {"walk": 1.0}}, {"partner": STEPS})
    assert read_weights(write_weights(weights)) == weights


@pytest.mark.parametrize(
    "steps", ['{"least": 0.5, "share": 0.4}, {"least": 0.4, "share": 0.5}', '{"least": 0.1, "share": 1.5}', '{"least": "a", "share": 1}']
)
def test_steps_that_do_not_rise_are_refused_by_name(steps: str):
    held = steps.replace("}", ', "decided": 20}')
    with pytest.raises(Invalid, match=r"shares\.partner"):
        read_weights(f'{{"version": "1", "uses": {{"partner": {{"walk": 1}}}}, "shares": {{"partner": [{held}]}}}}')
