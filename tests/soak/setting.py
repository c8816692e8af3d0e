"""What every part needs: clients of both colours, and faults that take no longer than they must."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator
from typing import Any

from conftest import Colour

import loyalty_sdk
from loyalty_sdk import LoyaltyError, Retry
from loyalty_sdk.auth import ClientCredentials
from loyalty_sdk.sandbox import FaultKind, Sandbox
from loyalty_sdk.sandbox.faults import KINDS

COLOURS = ("blocking", "async")
SHAPE: dict[str, Any] = {"outage": 0.05, "stall": 30.0, "slow": 0.05, "drip": 0.01, "wait": 0.02}
OPTIONS: dict[str, Any] = {
    "timeout": 1.0,
    "deadline": 20.0,
    "retry": Retry(initial_wait=0.01, max_wait=5),
}
COSTLY: frozenset[str] = frozenset(
    {"body_stalls", "headers_drip", "body_drips", "too_large", "gzip_bomb"}
)
"""Faults that take a second each; the test suite meets them elsewhere."""
WAITING: frozenset[str] = frozenset(
    {"too_many_requests", "too_many_requests_date", "too_many_requests_moment"}
)
"""Faults that are waited for up to a second; writes meet them in the test suite."""

_CLIENTS = {
    "es_loyalty": "ESLoyalty",
    "voucherify": "Voucherify",
    "cardlytics": "Cardlytics",
    "spaaza": "Spaaza",
}
VENDORS = tuple(_CLIENTS)


@contextlib.contextmanager
def in_colour(name: str) -> Generator[Colour]:
    """What runs calls of a colour; at the end it closes its clients and its event loop."""
    colour = Colour(name)
    try:
        yield colour
    finally:
        colour.end()


def client_of(vendor: str, colour: Colour, **arguments: Any) -> Any:
    """A client of a vendor."""
    name = _CLIENTS[vendor]
    return colour.keep(getattr(loyalty_sdk, colour.pick(name, f"Async{name}"))(**arguments))


def client_for(vendor: str, sandbox: Any, colour: Colour, **options: Any) -> Any:
    """A client of a vendor of the sandbox, with OAuth tokens where the vendor has them."""
    arguments = dict(getattr(sandbox, vendor))
    if vendor == "voucherify":
        auth = ClientCredentials(**sandbox.voucherify_oauth, scope="api", style="app_headers")
        arguments = {"base_url": arguments["base_url"], "auth": auth}
    return client_of(vendor, colour, **{**OPTIONS, **arguments, **options})


def kinds_on(operation: str, *, but: frozenset[str] = frozenset()) -> tuple[FaultKind, ...]:
    """The faults that can fall on a call and be noticed."""
    return tuple(
        name
        for name, kind in KINDS.items()
        if kind.may_fit(None, operation) and kind.noticeable and name not in but
    )


def last_fault(sandbox: Sandbox) -> str:
    """What was brought about last."""
    return sandbox.injected[-1].kind if sandbox.injected else "no fault"


def each(colour: Colour, many: Any, take: Callable[[Any], None]) -> None:
    """Give everything that comes, in whatever colour, to *take*."""

    async def awaited() -> None:
        async for one in many:
            take(one)

    if colour.is_async:
        colour(awaited())
    else:
        for one in many:
            take(one)


def came(work: Callable[[], Any]) -> Any:
    """What some work gives, or the error that it ends with."""
    try:
        return work()
    except LoyaltyError as error:
        return error
