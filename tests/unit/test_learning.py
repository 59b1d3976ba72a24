"""Learning weights from what was decided: what comes out, what is refused and why."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cluster_net.domain.matching.blend import Weights, write_weights
from cluster_net.domain.matching.learning import LEAST, Observation, Refit, Refusal, fit_weights, refit, split_by_time

TRUE = {"concepts": 0.6, "text": 0.3, "walk": 0.1, "place": 0.0}
EVEN = dict.fromkeys(TRUE, 0.25)


def simulated(number: int, weights: dict[str, float], *, scale: float = 10.0, seed: int = 1) -> list[Observation]:
    draw = np.random.default_rng(seed)
    found = []
    for place in range(number):
        values = {name: float(draw.random()) for name in weights}
        odds = scale * (sum(weights[name] * value for name, value in values.items()) - sum(weights.values()) / 2)
        wanted = bool(draw.random() < 1 / (1 + math.exp(-odds)))
        found.append(Observation(f"2026-{1 + place * 11 // number:02}-{1 + place % 28:02}", f"a{place} b{place}", values, wanted))
    return found


def test_the_weights_behind_simulated_outcomes_are_found_again():
    learned = refit(simulated(3000, TRUE), EVEN)
    assert isinstance(learned, Refit)
    assert dict(learned.weights) == pytest.approx(TRUE, abs=0.06)
    assert learned.after < learned.before
    assert learned.learned + learned.checked == 3000


def test_the_oldest_three_quarters_teach_and_no_day_is_split():
    observations = sorted(simulated(400, TRUE), key=lambda one: one.day)
    oldest, newest = split_by_time(observations)
    assert max(one.day for one in oldest) < min(one.day for one in newest)
    assert len(oldest) == pytest.approx(300, abs=5)


def test_the_same_decisions_in_any_order_give_the_same_bytes():
    observations = simulated(600, TRUE)
    first, second = (refit(held, EVEN) for held in (observations, observations[::-1]))
    assert isinstance(first, Refit)
    assert isinstance(second, Refit)
    texts = [write_weights(Weights("4", {"partner": one.weights})) for one in (first, second)]
    assert texts[0] == texts[1]


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.floats(-1, 1), st.floats(-1, 1), st.sampled_from([0.0, 0.001, 0.1]))
def test_weights_are_never_negative_and_do_not_grow_with_the_penalty(seed: int, first: float, second: float, penalty: float):
    draw = np.random.default_rng(seed)
    values = draw.random((80, 2))
    wanted = draw.random(80) < 1 / (1 + np.exp(-4 * (values @ [first, second])))
    weights, _ = fit_weights(values, wanted, penalty)
    assert (weights >= 0).all()
    assert np.linalg.norm(fit_weights(values, wanted, penalty + 0.1)[0]) <= np.linalg.norm(weights) + 1e-3


def test_what_speaks_against_gets_no_weight():
    against = [replace(one, values={**one.values, "place": 1.0 - one.values["concepts"]}) for one in simulated(1500, TRUE)]
    learned = refit(against, EVEN)
    assert isinstance(learned, Refit)
    assert learned.weights["place"] == 0.0


def test_a_feature_that_never_varies_keeps_its_weight_and_the_others_share_theirs():
    observations = [replace(one, values={**one.values, "place": 1.0}) for one in simulated(1500, TRUE)]
    learned = refit(observations, EVEN)
    assert isinstance(learned, Refit)
    assert learned.weights["place"] == 0.25
    assert sum(learned.weights.values()) == pytest.approx(1.0, abs=0.001)


def test_a_feature_that_is_tried_with_weight_zero_can_be_learned():
    learned = refit(simulated(3000, TRUE), {"concepts": 0.0, "text": 1.0, "walk": 0.0, "place": 0.0})
    assert isinstance(learned, Refit)
    assert learned.weights["concepts"] > 0.5


def told(observations: list[Observation], present: dict[str, float] = EVEN) -> str:
    found = refit(observations, present)
    assert isinstance(found, Refusal)
    assert found.mend
    return found.message


def test_too_few_decided_are_refused():
    assert told([]) == "Only 0 pairs are decided."
    assert told(simulated(LEAST - 1, TRUE)) == "Only 99 pairs are decided."


def test_decisions_of_a_single_day_are_refused():
    assert told([replace(one, day="2026-05-05") for one in simulated(200, TRUE)]) == "All was decided on one day."


def test_features_that_do_not_vary_are_refused():
    assert "No feature varies" in told([replace(one, values={"text": 0.5}) for one in simulated(200, TRUE)])


@pytest.mark.parametrize("wanted", [True, False])
def test_too_few_of_either_outcome_to_learn_from_are_refused(wanted: bool):
    word = "not wanted" if wanted else "wanted"
    assert told([replace(one, wanted=wanted) for one in simulated(200, TRUE)]).endswith(f"oldest pairs were {word}.")


def test_too_few_of_either_outcome_to_check_on_are_refused():
    observations = [replace(one, wanted=True) if one.day > "2026-06" else one for one in simulated(800, TRUE)]
    assert told(observations).endswith("newest pairs were not wanted.")


def test_weights_that_are_no_better_than_the_present_ones_are_refused():
    assert "are not better on the newest part" in told(simulated(600, TRUE), TRUE)


def test_outcomes_by_chance_teach_nothing():
    draw = np.random.default_rng(2)
    chance = [replace(one, wanted=bool(draw.random() < 0.5)) for one in simulated(800, TRUE)]
    assert isinstance(refit(chance, EVEN), Refusal)
