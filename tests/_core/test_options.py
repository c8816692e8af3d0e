from __future__ import annotations

import pickle

import attrs
import pytest

from loyalty_sdk import Retry, Secret
from loyalty_sdk._core.options import NOT_GIVEN, Options
from loyalty_sdk.errors import InvalidArgument


def test_what_is_set_unless_one_says_otherwise():
    """Thirty seconds an attempt, sixty a call, three attempts."""
    options = Options()
    assert (options.timeout, options.deadline, options.retry, options.headers) == (
        30,
        60,
        Retry(),
        {},
    )
    assert options.retry.attempts == 3


def test_only_what_is_given_changes():
    """`None` is a value of its own; what is left out stays."""
    options = Options(timeout=5).changed(deadline=None, timeout=NOT_GIVEN)
    assert (options.timeout, options.deadline) == (5, None)
    assert repr(NOT_GIVEN) == "NOT_GIVEN"


@pytest.mark.parametrize("name", ["timeout", "deadline"])
@pytest.mark.parametrize("wrong", [0, -1, True, "3", float("inf"), float("nan"), [], 1e10, 10**400])
def test_seconds_are_checked(name, wrong):
    """A number above 0, or `None`."""
    with pytest.raises(InvalidArgument) as caught:
        Options(**{name: wrong})
    assert caught.value.argument == name
    assert getattr(Options(**{name: None}), name) is None


@pytest.mark.parametrize(
    "wrong",
    [None, "x", [("a", "b")], {1: "a"}, {"a": 1}, {"a": None}, {"ü": "a"}, {"a": "ü"},
    {"a": "b\nc"}, {"a\r": "b"}, {"": "b"}, {"PLANTED b": "c"}, {"a:": "b"}, {"a": " b"},
     {"a": Secret("PLANTED\n")}, {"a": Secret(1)}, {"Content-Type": "PLANTED"},
     {"a": "\x7f"}, {"a": "PLANTED\n"}, {"Content-Length": "PLANTED"}, {"host": "PLANTED"}],
)  # fmt: skip
def test_headers_are_checked(wrong):
    """Names and values are printable ASCII; a value is not shown in the error."""
    with pytest.raises(InvalidArgument) as caught:
        Options(headers=wrong)
    assert caught.value.argument == "headers"
    assert "PLANTED" not in str(caught.value)


def test_headers_have_no_case_and_are_not_shown():
    """A header given in two cases is one; values stay out of the repr and of what is stored."""
    options = Options(headers={"X-Key": "PLANTED", "x-key": Secret("PLANTED2")})
    assert options.headers == {"x-key": Secret("PLANTED2")}
    assert "PLANTED" not in repr(options) + repr(attrs.asdict(options))
    with pytest.raises(TypeError, match="reveal"):
        pickle.dumps(options)
    with pytest.raises(TypeError):
        options.headers["a"] = "b"


@pytest.mark.parametrize("name", ["Content-Type", "content-length", "Transfer-Encoding"])
def test_headers_that_describe_the_body_are_not_the_caller_s(name):
    """They would be overwritten, or break the request: refused by name."""
    with pytest.raises(InvalidArgument, match=f"{name.lower()} belongs to the transport"):
        Options(headers={name: "x"})


def test_a_retry_is_a_retry():
    """A number in its place is a mistake."""
    with pytest.raises(InvalidArgument, match="must be a Retry"):
        Options(retry=3)
