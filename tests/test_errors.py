from __future__ import annotations

import copy
import inspect
import pickle
import re

import pytest

from loyalty_sdk import errors
from loyalty_sdk._core.calls import Headers, Response, ShownRequest
from loyalty_sdk.errors import (
    AnswerTooLarge,
    APIError,
    InvalidArgument,
    LoyaltyError,
    MissingField,
    NotSent,
    TimedOut,
    UnreadableAnswer,
)

CLASSES = [
    kind
    for _, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, LoyaltyError)
]
KIN = {
    "InvalidArgument": ValueError, "MissingCredentials": ValueError, "ClientClosed": RuntimeError,
    "WrongEventLoop": RuntimeError, "TransportError": OSError, "NotSent": ConnectionError,
    "ConnectionLost": ConnectionError, "TimedOut": TimeoutError, "DeadlineExceeded": TimeoutError,
    "UnreadableAnswer": ValueError, "AnswerTooLarge": ValueError, "MissingField": AttributeError,
    "NotFound": LookupError,
}  # fmt: skip


def _made(kind):
    if kind is InvalidArgument:
        return kind("limit", "is wrong")
    if issubclass(kind, APIError):
        return kind(
            "m", status=418, code="c", number="7", details="d", request_id="r", retry_after=2.5
        )
    return kind("words")


def _drawn():
    """Each class with its parent, as the tree in the module's docstring draws them."""
    parents, tree = {}, []
    for line in (errors.__doc__ or "").splitlines():
        match = re.match(r"^    ([│ ]*(?:[├└]── )?)(\w+)", line)
        if match and match[2] in errors.__all__:
            depth = len(match[1]) // 4
            tree[depth:] = [match[2]]
            parents[match[2]] = tree[depth - 1] if depth else None
    return parents


def test_the_tree_is_the_one_that_is_drawn():
    """Every class stands in the docstring, under its own parent; and every one is exported."""
    parents = _drawn()
    assert set(parents) == {kind.__name__ for kind in CLASSES} == set(errors.__all__)
    for kind in CLASSES:
        parent = next((base for base in kind.__bases__ if issubclass(base, LoyaltyError)), None)
        assert parents[kind.__name__] == (parent.__name__ if parent else None)


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_every_error(kind):
    """It has a docstring, its kin of the standard library, and survives pickling and copying."""
    assert inspect.getdoc(kind)
    error = _made(kind)
    assert isinstance(error, KIN.get(kind.__name__, Exception))
    error.operation, error.cursor, error.attempts = "toy.cards.get", "c", 2
    error.request = ShownRequest("GET", "https://h/x")
    assert str(error).startswith("toy.cards.get: ")
    assert repr(error).startswith(f"{kind.__name__}(")
    for other in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert type(other) is kind
        assert (str(other), repr(other), other.args) == (str(error), repr(error), error.args)
        assert vars(other) == vars(error)


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_every_error_can_be_made_of_nothing(kind):
    """Tests of one's own may raise any of them."""
    assert isinstance(kind(), LoyaltyError)
    assert kind().operation is None


def test_without_an_operation_only_the_words():
    """An error that belongs to no call says what it says."""
    assert str(NotSent("no way")) == "no way"
    assert repr(NotSent("no way")) == "NotSent(message='no way')"
    assert str(InvalidArgument("limit", "is wrong")) == "limit: is wrong"
    assert str(MissingField("$.a.b")).startswith("$.a.b is promised")


def test_what_an_api_error_says():
    """All that a support ticket needs, in one line."""
    error = _made(APIError)
    assert str(error) == "418 c: m: d (the vendor asks to wait 2.5 s) [request r]"
    assert repr(error) == (
        "APIError(status=418, code='c', number='7', message='m', details='d', request_id='r', "
        "retry_after=2.5)"
    )
    assert str(APIError("m", status=500)) == "500: m"
    assert str(APIError()) == "0"
    error.response = Response(418, Headers(), b"PLANTED")
    assert "PLANTED" not in repr(error) + str(error)
    assert pickle.loads(pickle.dumps(error)).response.content == b"PLANTED"


def test_many_problems_are_counted():
    """The first five in words, the others as a number; all of them on the error."""
    problems = [f"$.data[{index}]: x" for index in range(7)]
    error = UnreadableAnswer(problems)
    assert str(error).endswith("$.data[4]: x; and 2 more")
    assert error.problems == tuple(problems)
    assert str(UnreadableAnswer(problems[:2])) == "$.data[0]: x; $.data[1]: x"
    assert AnswerTooLarge("$: more").problems == ("$: more",)


def test_a_time_out_may_have_been_sent():
    """Nobody knows, unless somebody says so."""
    assert TimedOut("x").sent is True
