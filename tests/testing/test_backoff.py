"""Retries without waiting."""

from __future__ import annotations

import pytest

from loyalty_sdk import Retry
from loyalty_sdk.errors import ConnectionLost, RateLimited
from loyalty_sdk.testing import no_backoff


def test_waits_of_our_own_are_gone_inside_and_back_outside(monkeypatch):
    """Inside the context an exponential wait is none; afterwards it is back."""
    monkeypatch.setattr("random.uniform", lambda _low, high: high)
    retry = Retry(initial_wait=2)
    with no_backoff():
        assert retry.wait_before(2, ConnectionLost("gone")) == 0
    assert retry.wait_before(2, ConnectionLost("gone")) == 2


def test_a_stated_wait_is_kept():
    """What the vendor asks for is not shortened."""
    with no_backoff():
        assert Retry().wait_before(2, RateLimited("slow", status=429, retry_after=3)) == 3


def test_it_is_undone_after_an_error():
    """An exception inside does not leave the waits switched off."""
    with pytest.raises(KeyError), no_backoff():
        raise KeyError
    assert Retry(initial_wait=1).wait_before(2, ConnectionLost("gone")) is not None
