"""Every parameter of every call, with every bad value of its type, in both colours.

The calls are found in the classes (`operations`), the values by annotation (`catalogue`): a new
call is tested without anybody writing a test, and a new kind of parameter fails until the
catalogue knows it.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

import httpx
import pytest
from conftest import Colour
from good import good
from operations import Operation, made, operations, twin

from loyalty_sdk import Retry, Secret
from loyalty_sdk._core.endpoint import listing
from loyalty_sdk.errors import APIError, InvalidArgument

from .catalogue import NAIVE, TRAVERSALS, UNKNOWN, bad, doubtful

NEEDS: Mapping[str, Mapping[str, Any]] = {
    "min_redeemed_datetime": {"show_redeemed": True},
    "max_redeemed_datetime": {"show_redeemed": True},
}
"""What a parameter goes together with only."""

WHITE_SPACE_IS_FINE = {("spaaza.sessions.verify", "passcode")}
"""Parameters that are pasted, with white space around them."""

ANY_TEXT = {
    ("spaaza.sessions.login", "password"),
    ("spaaza.users.add", "password"),
    ("spaaza.users.alter", "password"),
}
"""Parameters that take any text that can be written."""

MAY_BE_NEGATIVE = {("spaaza.wallets.add_progress", "amount")}
"""Plain numbers that say how much more there is to be, or less."""

NOT_SENT = {"to", "walk"}
"""Parameters that the vendor never sees."""

NAIVE_IS_GOOD = {"cardlytics"}
"""Vendors whose times have no offset."""

OPERATIONS = operations()

each_operation = pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.name)


class Line:
    """A client and what goes out of it: every request is counted and refused."""

    def __init__(self, colour: Colour, operation: Operation) -> None:
        self.requests: list[httpx.Request] = []
        self._colour = colour
        self._operation = operation
        client = made(
            colour.pick(operation.client, twin(operation.client)),
            transport=httpx.MockTransport(self._refuse),
            retry=Retry(attempts=1),
        )
        self._method = operation.of(colour.keep(client))

    def _refuse(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return httpx.Response(400, json={})

    def ask(self, arguments: Mapping[str, Any]) -> None:
        """Make the call, whatever it gives, up to its first answer."""
        needed = {name: good(each.annotation) for name, each in self._operation.needed.items()}
        given = self._method(**{**needed, **arguments})
        if hasattr(given, "pages"):
            self._colour(given.first())
        elif hasattr(given, "__aenter__"):
            self._colour(given.__aenter__())
        elif hasattr(given, "__enter__"):
            given.__enter__()
        else:
            self._colour(given)

    def pager(self) -> Any:
        """What the call gives, where it is a listing."""
        needed = self._operation.needed.items()
        return self._method(**{name: good(each.annotation) for name, each in needed})

    def outcome(self, name: str, value: Any) -> str:
        """What comes of a value: `refused`, with the right names, or what else."""
        try:
            self.ask({**NEEDS.get(name, {}), name: value})
        except InvalidArgument as error:
            named = error.argument == name or error.argument.startswith(f"{name}[")
            if named and error.operation == self._operation.name:
                return "refused"
            return f"refused as {error.argument} of {error.operation}"
        except Exception as error:
            return f"{type(error).__name__}: {error}"
        return "accepted"

    @property
    def sent(self) -> str:
        """All that was sent, as one text."""
        return "\n".join(
            f"{unquote(str(request.url))} {dict(request.headers)} {request.content.decode()}"
            for request in self.requests
        )


def test_there_are_calls():
    """The walk finds the calls of every vendor: an empty one would pass everything below."""
    names = {each.name for each in OPERATIONS}
    assert {"voucherify.customers.list_redeemables", "spaaza.vouchers.stream_csv"} <= names
    assert {name.partition(".")[0] for name in names} == {
        "cardlytics", "cardlytics_v2", "es_loyalty", "spaaza", "voucherify",
    }  # fmt: skip


def test_a_type_that_the_catalogue_does_not_know():
    """It is an error, not a parameter without tests."""
    with pytest.raises(LookupError, match="does not know"):
        list(bad(UNKNOWN | None))
    with pytest.raises(LookupError, match="no good"):
        good(UNKNOWN)


@each_operation
def test_good_values_are_sent(colour: Colour, operation: Operation):
    """With good values the same call is sent: what follows is refused for its own sake."""
    line = Line(colour, operation)
    for sent, (name, parameter) in enumerate(operation.parameters.items()):
        with pytest.raises(APIError):
            line.ask({**NEEDS.get(name, {}), name: good(parameter.annotation)})
        assert len(line.requests) == sent + 1


@each_operation
def test_bad_values_are_refused(colour: Colour, operation: Operation):
    """Nothing is sent; the error names the argument and the operation."""
    line = Line(colour, operation)
    wrong = {
        (name, said): how
        for name in operation.parameters
        for said, value in _bad_values(colour, operation, name).items()
        if (how := line.outcome(name, value)) != "refused"
    }
    assert wrong == {}
    assert line.requests == []


def _bad_values(colour: Colour, operation: Operation, name: str) -> dict[str, Any]:
    hint = operation.parameters[name].annotation
    values = dict(bad(hint, any_text=(operation.name, name) in ANY_TEXT))
    if operation.name.partition(".")[0] in NAIVE_IS_GOOD:
        values = {said: value for said, value in values.items() if value is not NAIVE}
    if (operation.name, name) in MAY_BE_NEGATIVE:
        del values["a negative int"]
    if (operation.name, name) in WHITE_SPACE_IS_FINE:
        del values["white space around"]
    if _is_in_the_path(colour, operation, name):
        values |= TRAVERSALS
    return values


def _is_in_the_path(colour: Colour, operation: Operation, name: str) -> bool:
    """Whether the value becomes a part of the path, found out by sending one."""
    line = Line(colour, operation)
    line.outcome(name, "77177")  # both text and a number
    return any("77177" in request.url.path for request in line.requests)


@each_operation
def test_what_is_not_refused_goes_as_it_is(colour: Colour, operation: Operation):
    """A number for an id, and a secret for one: refused, or sent letter by letter, never masked."""
    for name, parameter in operation.parameters.items():
        for value in doubtful(parameter.annotation).values():
            line = Line(colour, operation)
            how = line.outcome(name, value)
            text = value.reveal() if isinstance(value, Secret) else str(value)
            assert how == "refused" or text in line.sent, f"{name}: {how}: {line.sent}"
            assert "***" not in line.sent


@each_operation
def test_a_subclass_of_text_goes_by_its_characters(colour: Colour, operation: Operation):
    """Not by what it would rather be shown as; an enum of text says its value."""
    for name, parameter in operation.parameters.items():
        value = good(parameter.annotation)
        if type(value) is not str:
            continue
        for disguised in (Disguised(value), enum.Enum("Words", {"ONE": value}, type=str).ONE):
            line = Line(colour, operation)
            with pytest.raises(APIError):
                line.ask({**NEEDS.get(name, {}), name: disguised})
            assert value in line.sent or name in NOT_SENT
            assert "disguise" not in line.sent
            assert "Words" not in line.sent


class Disguised(str):
    """Text that shows itself as something else."""

    __slots__ = ()

    def __str__(self) -> str:
        return "disguise"

    __repr__ = __str__


@each_operation
def test_parameters_that_no_call_has(colour: Colour, operation: Operation):
    """A misspelt name is a `TypeError` of Python's own that says it, and nothing is sent."""
    line = Line(colour, operation)
    with pytest.raises(TypeError, match="'limitt'"):
        line.ask({"limitt": 5})
    assert line.requests == []


@each_operation
def test_cursors_that_no_pager_gave(colour: Colour, operation: Operation):
    """Bad places to go on from are refused by name, and nothing is sent."""
    if not isinstance(operation.described, listing):
        return
    line = Line(colour, operation)
    pager = line.pager()
    for value in ("", "  ", "a\nb", "\ud800", "x" * 1025, 5, b"x", True, ["x"], Secret("x")):
        with pytest.raises(InvalidArgument) as caught:
            colour.items(pager.pages(value))
        assert (caught.value.argument, caught.value.operation) == ("cursor", operation.name)
    for value in (-1, 1.5, True, None, "5", float("nan"), 10**30):
        with pytest.raises(InvalidArgument) as caught:
            colour(pager.collect(at_most=value))
        assert (caught.value.argument, caught.value.operation) == ("at_most", operation.name)
    assert line.requests == []
