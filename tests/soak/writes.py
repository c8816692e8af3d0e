"""Calls that must not be repeated, while everything goes wrong: how often the vendor got each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import attrs
from conftest import Colour
from good import good
from operations import Operation, operations

from loyalty_sdk import APIError, LoyaltyError
from loyalty_sdk._core.calls import Call
from loyalty_sdk.sandbox import FaultKind, FaultPlan, Received, Sandbox
from loyalty_sdk.sandbox.faults import KINDS

from .setting import SHAPE, VENDORS, came, client_for, in_colour

SHAPE_OF_WRITES = {**SHAPE, "slow": 1.0, "at_byte": 1}
OPTIONS = {"timeout": 0.6}
NUMBER = "x-write"
RENEWING = ("es_loyalty", "voucherify")
TOKENS = ("es_loyalty.token", "voucherify.generate-oauth-token")
ARRIVED: tuple[FaultKind, ...] = (
    "reset_before_answer",
    "reset_in_body",
    "closed_in_body",
    "gateway_after",
    "server_error_after",
    "truncated_json",
    "html_in_200",
)
"""Faults behind which the vendor has processed what it was asked."""

Make = Callable[[Any, Sandbox], Any]


@attrs.frozen(kw_only=True)
class Write:
    """A call that must not be repeated.

    Attributes:
        name: What it is called.
        vendor: Whose it is.
        method: Its verb.
        make: Given a client and the sandbox, makes it.
        faults: What falls on it.
    """

    name: str
    vendor: str
    method: str
    make: Make
    faults: tuple[FaultKind, ...]

    def __str__(self) -> str:
        return self.name


@attrs.frozen(kw_only=True)
class Written:
    """What became of a write under each of its faults.

    Attributes:
        write: The name of the call.
        colour: The colour of the client.
        faults: How many faults of each kind fell on it.
        errors: How many of these ended in an error.
        sent: How often it was sent, as the server counts.
        refused: How often of these the vendor refused it: a 429, or a token that had ended.
        lost: How often the caller was told that it was done, and the vendor never got it.
        doubled: How often it was sent again although it may have arrived.
    """

    write: str
    colour: str
    faults: Counter[str]
    errors: Counter[str]
    sent: int
    refused: int
    lost: int
    doubled: int

    @property
    def right(self) -> bool:
        """Whether it was sent once at the most each time, and not lost."""
        return not (self.lost or self.doubled)


@cache
def writes() -> tuple[Write, ...]:
    """Every call that is not repeatable, and raw calls of each vendor, a GET among them."""
    return (*_raw(), *_found())


def _found() -> Iterator[Write]:
    for operation in operations():
        described = operation.description()
        if isinstance(described, Call) and not described.repeatable:
            yield Write(
                name=operation.name,
                vendor=operation.name.partition(".")[0],
                method=described.method,
                make=_maker(operation),
                faults=ARRIVED,
            )


def _maker(operation: Operation) -> Make:
    arguments = {name: good(each.annotation) for name, each in operation.needed.items()}
    return lambda client, _: operation.of(client)(**arguments)


def _raw() -> Iterator[Write]:
    for vendor in VENDORS:
        faults = tuple(name for name, kind in KINDS.items() if kind.may_fit(vendor, None))
        about: dict[str, Any] = {"vendor": vendor, "faults": faults}
        yield Write(name=f"{vendor}.request POST", method="POST", make=POSTS[vendor], **about)
        once = f"{vendor}.request GET, not repeatable"
        yield Write(name=once, method="GET", make=GETS[vendor], **about)


def _session(client: Any, sandbox: Sandbox) -> Any:
    name = sandbox.member.es_loyalty_identifier
    return client.request("POST", "client", "users", name, "sessions", json={"correlationId": "s"})


def _thing(client: Any, _: Sandbox) -> Any:
    return client.request("POST", "v1", "things", json={"a": 1})


def _issuances(client: Any, _: Sandbox) -> Any:
    return client.request("GET", "client", "users", "soak", "issuances", repeatable=False)


def _customer(client: Any, sandbox: Sandbox) -> Any:
    name = sandbox.member.voucherify_customer_id
    return client.request("GET", "v1", "customers", name, repeatable=False)


def _token(client: Any, sandbox: Sandbox) -> Any:
    params = {"sourceCustomerId": sandbox.member.cardlytics_source_customer_id}
    return client.request("GET", "api", "v1", "token", params=params, repeatable=False)


def _two_vouchers(client: Any, sandbox: Sandbox) -> Any:
    params = {"chain_id": sandbox.member.spaaza_chain_id, "number_results": 2}
    return client.request("GET", "get-vouchers", params=params, repeatable=False)


POSTS: dict[str, Make] = {
    "es_loyalty": _session,
    "voucherify": _thing,
    "cardlytics": _thing,
    "spaaza": lambda client, _: client.request("POST", "auth", "get-login-status", json={}),
}
GETS: dict[str, Make] = {
    "es_loyalty": _issuances,
    "voucherify": _customer,
    "cardlytics": _token,
    "spaaza": _two_vouchers,
}


def under_faults(write: Write, colour: str) -> Written:
    """Make a call again and again, each time under another fault."""
    with Sandbox() as sandbox, in_colour(colour) as made:
        writing = _Writing(write, made, sandbox)
        client = client_for(write.vendor, sandbox, made, **OPTIONS)
        writing.once(client)  # so that there is a token, and the vendor is awake
        for fault in write.faults:
            about: dict[str, Any] = {"vendor": write.vendor, "method": write.method}
            sandbox.faults = FaultPlan(fault, at=1, **about, **SHAPE_OF_WRITES)
            done = writing.once(client)
            if fault == "refused":  # it has answered once more, and is gone by now
                done = writing.once(client)
            writing.errors[fault] += not done
        return writing.outcome(write.name)


def behind_token(vendor: str, colour: str) -> Written:
    """A write that needs a token first, while faults fall on the token's request.

    To ask for a token twice does no harm, so that request is repeated; the write behind it is sent
    when there is a token, and once.
    """
    write = next(one for one in writes() if one.vendor == vendor and one.method == "POST")
    token = next(one for one in TOKENS if one.startswith(vendor))
    with Sandbox() as sandbox, in_colour(colour) as made:
        writing = _Writing(write, made, sandbox)
        for fault in (name for name, kind in KINDS.items() if kind.may_fit(None, token)):
            sandbox.faults = FaultPlan(fault, at=1, operation=token, **SHAPE_OF_WRITES)
            done = writing.once(client_for(vendor, sandbox, made, **OPTIONS))
            writing.errors[fault] += not done
        return writing.outcome(f"{write.name} behind its token")


class _Writing:
    """The same write again and again, each time with a number that the server sees."""

    def __init__(self, write: Write, colour: Colour, sandbox: Sandbox) -> None:
        self.errors: Counter[str] = Counter()
        self._write = write
        self._colour = colour
        self._sandbox = sandbox
        self._done: list[bool] = []

    def once(self, client: Any) -> bool:
        """Whether it went well; an answer of the vendor's own is well, whatever it says."""
        number = len(self._done)
        numbered = client.with_options(headers={NUMBER: str(number)})
        given = came(lambda: self._colour(self._write.make(numbered, self._sandbox)))
        done = not isinstance(given, LoyaltyError)
        if isinstance(given, APIError):
            last = self._got(number)[-1:]
            done = any(one.processed and one.status == given.status < 500 for one in last)
        self._done.append(done)
        return done

    def outcome(self, name: str) -> Written:
        """What became of all of them."""
        got = [self._got(number) for number in range(len(self._done))]
        refused = [sum(map(is_refused, each)) for each in got]
        arrived = [any(one.processed for one in each) for each in got]
        return Written(
            write=name,
            colour=self._colour.name,
            faults=Counter(fault.kind for fault in self._sandbox.injected),
            errors=self.errors,
            sent=sum(map(len, got)),
            refused=sum(refused),
            lost=sum(done and not there for done, there in zip(self._done, arrived, strict=True)),
            doubled=sum(max(0, len(a) - b - 1) for a, b in zip(got, refused, strict=True)),
        )

    def _got(self, number: int) -> list[Received]:
        found = self._sandbox.requests
        return [one for one in found if one.headers.get(NUMBER) == str(number)]


def is_refused(received: Received) -> bool:
    """Whether the vendor, and nobody in its place, refused to look at a request."""
    return received.status == 429 or (received.status == 401 and received.processed)
