"""A fault plan: which faults fall on which requests, as a value."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, Literal, TypedDict, Unpack, cast, get_args

import attrs

from .known import KNOWN

FaultKind = Literal[
    "refused",
    "reset_before_processing",
    "reset_before_answer",
    "reset_in_body",
    "closed_in_body",
    "body_stalls",
    "slow_first_byte",
    "headers_drip",
    "body_drips",
    "gateway",
    "gateway_after",
    "server_error",
    "server_error_after",
    "unavailable",
    "too_many_requests",
    "too_many_requests_date",
    "too_many_requests_absurd",
    "too_many_requests_moment",
    "cycle_used_up",
    "redirected",
    "business_401",
    "bad_credentials_500",
    "error_in_200",
    "error_in_500",
    "truncated_json",
    "html_in_200",
    "wrong_content_type",
    "invalid_utf8",
    "nan",
    "long_number",
    "deep_nesting",
    "too_large",
    "gzip_bomb",
    "unknown_fields",
    "unknown_enums",
    "token_expires",
    "session_vanishes",
    "customer_token_expires",
    "items_inserted",
    "items_removed",
    "cursor_repeats",
    "cursor_cycle_2",
    "cursor_cycle_3",
    "cursor_missing",
    "short_page",
    "empty_page",
    "empty_page_without_cursor",
    "empty_page_under_total",
    "empty_page_as_end",
]
"""What can go wrong; the table in the sandbox's documentation says what each one is."""

VendorName = Literal["es_loyalty", "voucherify", "cardlytics", "spaaza"]

OPERATIONS: tuple[str, ...] = tuple(
    sorted(f"{vendor}.{name}" for vendor in KNOWN for name in KNOWN[vendor].OPERATIONS)
)
"""All calls of the sandbox, as its record names them."""


class TuningOptions(TypedDict, total=False):
    """How faults are shaped, as keyword arguments; see `Tuning` for what each one means."""

    outage: float
    stall: float
    slow: float
    drip: float
    at_byte: int
    at_row: int
    wait: float
    absurd_wait: float
    large: int
    depth: int
    items: int


def _not_negative(_: object, field: attrs.Attribute[Any], value: float | None) -> None:
    if value is not None and not 0 <= value < math.inf:
        raise ValueError(f"{field.name} must be 0 or more, not {value!r}")


@attrs.frozen(kw_only=True)
class Tuning:
    """How faults are shaped.

    Attributes:
        outage: Seconds for which nothing listens after `refused`.
        stall: Seconds for which a body stands still before the connection is closed.
        slow: Seconds before the first byte of a slow answer.
        drip: Seconds between two bytes of what drips.
        at_byte: Before which byte of the body it breaks off or stalls, counted from 0 and without
            the framing of chunks; drawn from the seed unless given, for streams among the first
            65,536. The last byte, or the end of a stream, never gets through.
        at_row: The same in rows of a CSV that is not compressed, its header included; line breaks
            between quotes count not. Other answers go by `at_byte`.
        wait: Seconds that a 429 asks to wait.
        absurd_wait: Seconds that an absurdly long `Retry-After` asks to wait.
        large: How many bytes a body that is too large has, decompressed.
        depth: How deep the deep nesting is.
        items: How many items are inserted or removed at a time.
    """

    outage: float = attrs.field(default=0.2, validator=_not_negative)
    stall: float = attrs.field(default=60.0, validator=_not_negative)
    slow: float = attrs.field(default=1.0, validator=_not_negative)
    drip: float = attrs.field(default=0.02, validator=_not_negative)
    at_byte: int | None = attrs.field(default=None, validator=_not_negative)
    at_row: int | None = attrs.field(default=None, validator=_not_negative)
    wait: float = attrs.field(default=1.0, validator=_not_negative)
    absurd_wait: float = attrs.field(default=1e9, validator=_not_negative)
    large: int = attrs.field(default=64 * 1024 * 1024 + 1, validator=_not_negative)
    depth: int = attrs.field(default=100_000, validator=_not_negative)
    items: int = attrs.field(default=1, validator=_not_negative)


@attrs.frozen(init=False)
class FaultPlan:
    """Which faults fall on which requests.

    ```python
    FaultPlan(seed=1, rate=0.05)
    FaultPlan("reset_in_body", "gateway", rate=0.05, vendor="voucherify")
    FaultPlan("too_many_requests", at=(2, 5), operation="spaaza.get-vouchers")
    ```

    The requests that match the plan are counted, and the seed and the number alone decide what
    falls on which: the same requests in the same order meet the same faults.

    Attributes:
        kinds: The faults to draw from.
        seed: What is drawn from.
        rate: The share of the matching requests that meet a fault.
        at: The numbers of the matching requests that meet a fault, in place of a rate.
        vendor: The vendor whose requests match.
        operation: The call whose requests match.
        method: The verb whose requests match.
        tuning: How the faults are shaped.
    """

    kinds: tuple[FaultKind, ...]
    seed: int
    rate: float
    at: frozenset[int]
    vendor: VendorName | None
    operation: str | None
    method: str | None
    tuning: Tuning

    def __init__(
        self,
        *kinds: FaultKind,
        seed: int = 0,
        rate: float | None = None,
        at: int | Iterable[int] = (),
        vendor: VendorName | None = None,
        operation: str | None = None,
        method: str | None = None,
        **tuning: Unpack[TuningOptions],
    ) -> None:
        """Make a plan; it does nothing before a sandbox is given it.

        Args:
            *kinds: The faults to draw from: those that fit the request. Without any, all that an
                SDK can notice. Only requests that one of them fits match.
            seed: What is drawn from.
            rate: The share of the matching requests that meet a fault, from 0 to 1; every one
                unless *rate* or *at* says otherwise.
            at: Which of the matching requests meet a fault, the first being 1.
            vendor: Only this vendor's requests match.
            operation: Only requests of this call match, such as "spaaza.get-vouchers".
            method: Only requests with this verb match.
            **tuning: How the faults are shaped; see `Tuning`.

        Raises:
            ValueError: An argument has a value it cannot have.
        """
        for kind in kinds:
            if kind not in get_args(FaultKind):
                raise ValueError(f"no fault is called {kind!r}; see FaultKind")
        numbers = frozenset((at,) if isinstance(at, int) else at)
        if rate is not None and numbers:
            raise ValueError("a plan has a rate or numbers, not both")
        if rate is not None and not 0 <= rate <= 1:
            raise ValueError(f"rate must be from 0 to 1, not {rate!r}")
        if any(number < 1 for number in numbers):
            raise ValueError("at counts from 1")
        if vendor is not None and vendor not in get_args(VendorName):
            raise ValueError(f"no vendor is called {vendor!r}")
        if operation is not None and operation not in OPERATIONS:
            raise ValueError(f"no call is named {operation!r}; there are {', '.join(OPERATIONS)}")
        if vendor and operation and not operation.startswith(f"{vendor}."):
            raise ValueError(f"{operation} is no call of {vendor}")
        cast("Any", self).__attrs_init__(
            kinds=kinds,
            seed=seed,
            rate=1.0 if rate is None else rate,
            at=numbers,
            vendor=vendor,
            operation=operation,
            method=None if method is None else method.upper(),
            tuning=Tuning(**tuning),
        )
