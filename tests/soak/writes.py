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
        write: The call.
        colour: The colour of the client.
        faults: How many faults of each kind fell on it.
        errors: How many of these ended in an error.
        sent: How often it was sent, as the server counts.
        refused: How often of these the vendor refused it: a 429, or a token that had ended.
        lost: How often the caller was told that it was done, and the vendor never got it.
        doubled: How often it was sent again although it may have arrived.
    """

    write: Write
    colour: str
    faults: Counter[str] = attrs.field(factory=Counter)
    errors: Counter[str] = attrs.field(factory=Counter)
    sent: int = 0
    refused: int = 0
    lost: int = 0
    doubled: int = 0

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


def _get(*path: str, **params: Callable[[Sandbox], Any]) -> Make:
    def make(client: Any, sandbox: Sandbox) -> Any:
        given = {name: value(sandbox) for name, value in params.items()}
        return client.request("GET", *path, params=given, repeatable=False)

    return make


POSTS: dict[str, Make] = {
    "es_loyalty": _session,
    "voucherify": _thing,
    "cardlytics": _thing,
    "spaaza": lambda client, _: client.request("POST", "auth", "get-login-status", json={}),
}
GETS: dict[str, Make] = {
    "es_loyalty": _get("client", "users", "soak", "issuances"),
    "voucherify": _get("v1", "vouchers"),
    "cardlytics": _get(
        "api",
        "v1",
        "token",
        sourceCustomerId=lambda sandbox: sandbox.member.cardlytics_source_customer_id,
    ),
    "spaaza": _get(
        "get-vouchers",
        chain_id=lambda sandbox: sandbox.member.spaaza_chain_id,
        number_results=lambda _: 2,
    ),
}


def under_faults(write: Write, colour: str) -> Written:
    """Make a call again and again, each time under another fault."""
    counts: Counter[str] = Counter()
    outcome = Written(write=write, colour=colour)
    with Sandbox() as sandbox, in_colour(colour) as made:
        client = client_for(write.vendor, sandbox, made, **OPTIONS)
        _is_done(write, made, client, sandbox)  # so that there is a token, and the vendor is awake
        for fault in write.faults:
            counts += _one(write, made, client, sandbox, fault, outcome)
    return attrs.evolve(outcome, **counts)


def _one(
    write: Write,
    colour: Colour,
    client: Any,
    sandbox: Sandbox,
    fault: FaultKind,
    outcome: Written,
) -> Counter[str]:
    shape = SHAPE_OF_WRITES
    sandbox.faults = FaultPlan(fault, at=1, vendor=write.vendor, method=write.method, **shape)
    sandbox.forget_requests()
    done = _is_done(write, colour, client, sandbox)
    fell = bool(sandbox.injected)
    if fault == "refused":  # it has answered once more, and is gone by now
        sandbox.forget_requests()
        done = _is_done(write, colour, client, sandbox)
    got = [one for one in sandbox.requests if one.operation not in TOKENS]
    refused = sum(map(is_refused, got))
    if fell:
        outcome.faults[fault] += 1
        outcome.errors[fault] += not done
    processed = any(one.processed for one in got)
    return Counter(
        sent=len(got),
        refused=refused,
        lost=int(done and not processed),
        doubled=max(0, len(got) - refused - 1),
    )


def _is_done(write: Write, colour: Colour, client: Any, sandbox: Sandbox) -> bool:
    """Whether a write went well; an answer of the vendor's own is well, whatever it says."""
    given = came(lambda: colour(write.make(client, sandbox)))
    if isinstance(given, APIError):
        last = sandbox.requests[-1]
        return last.processed and last.status == given.status < 500
    return not isinstance(given, LoyaltyError)


def is_refused(received: Received) -> bool:
    """Whether the vendor, and nobody in its place, refused to look at a request."""
    return received.status == 429 or (received.status == 401 and received.processed)


def behind_token(vendor: str, colour: str) -> Written:
    """A write that needs a token first, while faults fall on the token's request.

    To ask for a token twice does no harm, so that request is repeated; the write behind it is sent
    when there is a token, and once.
    """
    post = next(one for one in writes() if one.vendor == vendor and one.method == "POST")
    token = next(one for one in TOKENS if one.startswith(vendor))
    kinds = tuple(name for name, kind in KINDS.items() if kind.may_fit(None, token))
    counts: Counter[str] = Counter()
    outcome = Written(
        write=attrs.evolve(post, name=f"{post} behind its token", faults=kinds), colour=colour
    )
    with Sandbox() as sandbox, in_colour(colour) as made:
        for fault in kinds:
            sandbox.faults = FaultPlan(fault, at=1, operation=token, **SHAPE_OF_WRITES)
            sandbox.forget_requests()
            done = _is_done(post, made, client_for(vendor, sandbox, made, **OPTIONS), sandbox)
            got = [one for one in sandbox.requests if one.operation != token]
            if sandbox.injected:
                outcome.faults[fault] += 1
                outcome.errors[fault] += not done
            counts += Counter(
                sent=len(got),
                lost=int(done and not any(one.processed for one in got)),
                doubled=max(0, len(got) - 1),
            )
    return attrs.evolve(outcome, **counts)
