"""Lists out of scores: variety, caps, shares, and how unevenly actors are shown."""

import numpy as np
import pytest

from cluster_net.domain.matching.selection import gini, overlap, varied, with_floor, with_share

THREE = [("a", 0.9), ("b", 0.8), ("c", 0.7)]


def alike(one: str, other: str) -> float:
    return 1.0 if {one, other} == {"a", "b"} else 0.0


def test_a_near_copy_makes_way_for_something_else():
    assert varied(THREE, alike, 2) == [("a", 0.9), ("c", 0.7)]


def test_what_is_deducted_below_nothing_keeps_its_order():
    assert varied([("a", -0.1), ("b", -0.2), ("c", -0.3)], lambda _one, _other: 0.0, 3) == [("a", -0.1), ("b", -0.2), ("c", -0.3)]


def test_without_trade_the_order_stays():
    assert varied(THREE, alike, 3, trade=1.0) == THREE


def test_sets_overlap_by_what_they_have_in_common():
    assert overlap("ab", "bc") == pytest.approx(1 / 3)
    assert overlap((), ()) == 0


def test_a_share_is_held_for_the_wanted_and_the_best_stay_first():
    assert with_share(THREE, "c".__eq__, 2, 0.5) == [("a", 0.9), ("c", 0.7)]
    assert with_share(THREE, "c".__eq__, 2, 0.0) == THREE[:2]


def test_a_share_that_cannot_be_filled_leaves_the_others():
    assert with_share(THREE, "z".__eq__, 2, 1.0) == THREE[:2]


def test_the_last_places_go_to_the_seldom_shown_and_nobody_stands_twice():
    assert with_floor(["a", "b", "c"], ["a", "z", "y"], 3, 0.3) == ["a", "b", "z"]
    assert with_floor(["a", "b", "c"], ["a"], 3, 0.3) == ["a", "b", "c"]


def test_gini_is_zero_for_equals_and_high_for_one_who_takes_all():
    assert gini(np.array([3, 3, 3])) == 0
    assert gini(np.array([0, 0, 0, 8])) == pytest.approx(0.75)
    assert gini(np.array([0, 0])) == 0
