"""The polite limit: tokens, their return, and no client that can fill the memory."""

from hypothesis import given
from hypothesis import strategies as st

from cluster_net.services.limiting import Buckets


def test_a_bucket_gives_its_tokens_at_once_and_then_one_at_a_time() -> None:
    buckets = Buckets(60)
    assert [buckets.take("a", 0).left for _ in range(60)] == list(range(59, -1, -1))
    assert not buckets.take("a", 0.5).allowed
    assert buckets.take("a", 1.0).allowed
    assert not buckets.take("a", 1.5).allowed


def test_the_wait_told_is_the_wait_needed() -> None:
    buckets = Buckets(6)
    for _ in range(6):
        buckets.take("a", 100)
    refused = buckets.take("a", 103)
    assert (refused.allowed, refused.next_in, refused.full_in) == (False, 7, 57)
    assert not buckets.take("a", 109.9).allowed
    assert buckets.take("a", 110).allowed


def test_a_refused_request_costs_nothing() -> None:
    buckets = Buckets(1)
    assert buckets.take("a", 0).allowed
    assert not any(buckets.take("a", second).allowed for second in range(60))
    assert buckets.take("a", 60).allowed


def test_clients_do_not_share() -> None:
    buckets = Buckets(1)
    assert buckets.take("a", 0).allowed
    assert buckets.take("b", 0).allowed


def test_who_has_not_asked_for_longest_is_forgotten() -> None:
    buckets = Buckets(1, most=2)
    for client in ("a", "b", "a", "c"):
        buckets.take(client, 0)
    assert not buckets.take("a", 0).allowed
    assert buckets.take("b", 0).allowed


@given(st.lists(st.floats(0, 5), max_size=60), st.integers(1, 20))
def test_no_one_gets_more_than_the_bucket_and_what_flows_in(waits: list[float], size: int) -> None:
    buckets, now, allowed = Buckets(size), 0.0, 0
    for wait in waits:
        now += wait
        allowed += buckets.take("a", now).allowed
    assert allowed <= size + now * size / 60 + 1e-6
