from __future__ import annotations

import email.utils
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty_sdk import Retry
from loyalty_sdk._core import retry as subject
from loyalty_sdk._core.retry import may_repeat, stated_wait
from loyalty_sdk.errors import (
    AnswerTooLarge,
    APIError,
    BadRequest,
    ClientClosed,
    ConnectionLost,
    DeadlineExceeded,
    InvalidArgument,
    MissingField,
    NotSent,
    RateLimited,
    ServerError,
    TimedOut,
    UnreadableAnswer,
)


def timed_out(sent):
    error = TimedOut("late")
    error.sent = sent
    return error


@pytest.mark.parametrize(
    ("error", "any_call", "repeatable"),
    [
        (NotSent("x"), True, True),
        (timed_out(False), True, True),
        (RateLimited("x", status=429), True, True),
        (timed_out(True), False, True),
        (ConnectionLost("x"), False, True),
        (UnreadableAnswer("$: x"), False, True),
        *((ServerError("x", status=status), False, True) for status in (500, 502, 503, 504)),
        (ServerError("x", status=501), False, False),
        (BadRequest("x", status=400), False, False),
        (DeadlineExceeded("x"), False, False),
        (InvalidArgument("a", "x"), False, False),
        (ClientClosed("x"), False, False),
        (MissingField("$.x"), False, False),
    ],
)
def test_what_is_repeated(error, any_call, repeatable):
    """What never left, and a 429, is repeated for any call; what may have arrived only if safe."""
    assert may_repeat(error, repeatable=False) is any_call
    assert may_repeat(error, repeatable=True) is repeatable


@given(st.integers(2, 200), st.floats(0, 100), st.floats(0, 100))
def test_the_wait_is_full_jitter(attempt, initial, most):
    """A wait is anywhere from nothing up to the doubled bound, and never beyond the cap."""
    wait = Retry(attempts=200, initial_wait=initial, max_wait=most).wait_before(
        attempt, NotSent("x")
    )
    assert 0 <= wait <= min(most, initial * 2.0 ** (attempt - 2))


def test_the_jitter_uses_its_whole_range():
    """Waits are spread, so that clients do not come back all at once."""
    retry = Retry(initial_wait=8, max_wait=16)
    waits = [retry.wait_before(3, NotSent("x")) for _ in range(400)]
    assert min(waits) < 2
    assert max(waits) > 14


def test_a_stated_wait_wins():
    """The vendor's wait is kept to the second; one beyond the cap means: not at all."""
    retry = Retry(max_wait=10)
    assert retry.wait_before(2, RateLimited("x", status=429, retry_after=7.5)) == 7.5
    assert retry.wait_before(2, RateLimited("x", status=429, retry_after=0)) == 0
    assert retry.wait_before(2, RateLimited("x", status=429, retry_after=10)) == 10
    assert retry.wait_before(2, RateLimited("x", status=429, retry_after=10.1)) is None
    assert retry.wait_before(2, APIError("x", retry_after=float("inf"))) is None


def test_attempts_are_counted():
    """After the last attempt there is no wait; with one attempt there is none at all."""
    assert Retry(attempts=3).wait_before(3, NotSent("x")) is not None
    assert Retry(attempts=3).wait_before(4, NotSent("x")) is None
    assert Retry(attempts=1).wait_before(2, NotSent("x")) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"attempts": 0}, {"attempts": True}, {"attempts": "3"}, {"attempts": float("inf")},
        {"initial_wait": -1}, {"initial_wait": float("nan")}, {"initial_wait": True},
        {"max_wait": None}, {"max_wait": float("inf")}, {"max_wait": "3"}, {"max_wait": -0.1},
        {"max_wait": 1.1e9}, {"max_wait": False},
    ],
)  # fmt: skip
def test_a_retry_is_checked(wrong):
    """Nonsense is refused, by name, and the error says what would do."""
    with pytest.raises(InvalidArgument) as caught:
        Retry(**wrong)
    (argument,) = wrong
    kind = "a whole number, 1" if argument == "attempts" else "a number, 0"
    assert str(caught.value) == f"{argument}: must be {kind} or more"
    assert caught.value.argument == argument


def test_the_least_that_can_be_asked_for():
    """One attempt, and waits of nothing, are allowed; so are whole seconds and fractions."""
    least = Retry(attempts=1, initial_wait=0, max_wait=0.0)
    assert (least.attempts, least.initial_wait, least.max_wait) == (1, 0, 0)
    assert Retry(max_wait=1e9).max_wait == 1e9


@pytest.mark.parametrize(
    ("attempt", "longest"), [(2, 0.5), (3, 1), (4, 2), (5, 4), (6, 8), (7, 10), (10_000, 10)]
)
def test_the_longest_wait_doubles_up_to_the_cap(monkeypatch, attempt, longest):
    """The bound of the jitter doubles with each attempt, up to the cap, and never overflows."""
    monkeypatch.setattr(subject.random, "uniform", lambda least, most: least or most)
    retry = Retry(attempts=10_000, initial_wait=0.5, max_wait=10)
    assert retry.wait_before(attempt, NotSent("x")) == longest


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("5", 5), (" 5 ", 5), ("0", 0), ("1.5", 1.5), ("5.", 5), ("9" * 400, float("inf")),
        (None, None), ("", None), (".", None), ("-5", None), ("nan", None), ("1e5", None),
        ("1.2.3", None), ("٣", None), ("soon", None), ("Wed, 21 Oct 2015 07:28:00 GMT", 0),
        ("Wed, 21 Oct 2015 07:28:00 -0000", 0),
        ("Mon, 01 Jan 99999999999999999999 00:00:00 GMT", None),
        ("Wed, 21 Oct 2015 07:28:00 +99999999999999999999999", None),
    ],
)  # fmt: skip
def test_every_form_of_retry_after(header, seconds):
    """Seconds, or a date; whatever else it is, it is as if it had not been said."""
    assert stated_wait(header) == seconds


def test_a_date_to_come_is_seconds_from_now():
    """A date is read as the time until then."""
    header = email.utils.formatdate(time.time() + 120, usegmt=True)
    assert 118 < stated_wait(header) <= 120


def test_a_date_of_no_known_zone_is_utc(monkeypatch):
    """`-0000` is UTC, wherever this machine is."""
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        header = email.utils.formatdate(time.time() + 120)
        assert header.endswith("-0000")
        assert 118 < stated_wait(header) <= 120
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_result_is_never_asked_about():
    """Whether to go on is asked after a failure, once each, and not after a success."""
    asked = []

    def wait(error):
        asked.append(str(error))
        return 0

    def attempt(failures):
        if failures:
            raise ValueError(failures.pop())
        return "done"

    assert subject.repeat(attempt, ["second", "first"], wait) == "done"
    assert asked == ["first", "second"]


def test_the_failure_itself_comes_out():
    """When there is no wait, the error is the one of the last attempt."""

    def attempt(_):
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        subject.repeat(attempt, None, lambda error: None)


@given(st.text(max_size=40))
def test_no_header_breaks_it(header):
    """A header can say what it likes."""
    wait = stated_wait(header)
    assert wait is None or wait >= 0


def test_the_scale_of_back_off_leaves_stated_waits_alone(monkeypatch):
    """Tests may take our own waits out; the vendor's stay."""
    monkeypatch.setattr(subject.backoff, "scale", 0.0)
    assert Retry(initial_wait=9).wait_before(2, NotSent("x")) == 0
    assert Retry().wait_before(2, RateLimited("x", status=429, retry_after=2)) == 2


def test_a_body_that_is_too_large_is_not_asked_for_again():
    """It would be as large the next time."""
    assert not may_repeat(AnswerTooLarge("$: large"), repeatable=True)
    assert may_repeat(UnreadableAnswer("$: odd"), repeatable=True)


@pytest.mark.parametrize("attempts", [0, 2.5, True, "3", None])
def test_attempts_are_counted_in_whole_numbers(attempts):
    """Anything else is refused."""
    with pytest.raises(InvalidArgument, match="attempts"):
        Retry(attempts=attempts)
