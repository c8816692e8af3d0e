"""Voucherify's wire: hosts, headers, error bodies, waits, and how its lists go on."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timezone
from typing import Any, Literal, TypeVar

import attrs

from loyalty_sdk._core import coerce
from loyalty_sdk._core.calls import Call, Listing, Page, PathPart, Query, Response, identifier
from loyalty_sdk._core.convert import Reader, decode
from loyalty_sdk._core.model import Model, wire_fields
from loyalty_sdk._core.redact import SHOWN_HEADERS
from loyalty_sdk._core.remarks import Limits
from loyalty_sdk._core.vendor import Vendor, error_class, said_nothing, words
from loyalty_sdk.errors import APIError, MissingCursor, MissingField

M = TypeVar("M", bound=Model)

Region = Literal["eu", "us", "as"]

HOSTS: Mapping[str, str] = {
    "eu": "https://api.voucherify.io",
    "us": "https://us1.api.voucherify.io",
    "as": "https://as1.api.voucherify.io",
}
"""The API's hosts: https://docs.voucherify.io/api-reference/introduction-to-api"""


_LIMITS = ("limit", "remaining", "retry", "type")


class VoucherifyWire(Vendor):
    """https://docs.voucherify.io/api-reference/errors and /guides/limits."""

    name = "voucherify"
    shown_headers = SHOWN_HEADERS | {
        "x-rate-limit-limit",
        "x-rate-limit-remaining",
        "x-rate-limit-retry",
        "x-rate-limit-type",
    }
    shown_parameters = frozenset({"limit", "order", "starting_after_id"})

    def __init__(self, api_version: str | None = None) -> None:
        self.headers = {
            "x-voucherify-channel": "loyalty-sdk",
        }
        if api_version is not None:
            self.headers["x-voucherify-api-version"] = api_version

    def refusal(self, response: Response, body: Any) -> APIError:
        """Read the API's error object, its framework's, or whatever else a gateway answers."""
        said = coerce.object_or_empty(body)
        return error_class(response.status)(
            words(said.get("message")) or words(said.get("error")) or said_nothing(response),
            status=response.status,
            code=words(said.get("key")),
            details=_details(said),
            request_id=words(said.get("request_id")),
        )

    def stated_wait(self, response: Response) -> float | None:
        """`Retry-After`, or after a limit was hit the moment in `X-Rate-Limit-Retry`."""
        stated = super().stated_wait(response)
        if stated is not None or response.status != 429:
            return stated
        moment = response.headers.get("x-rate-limit-retry", "")
        return max(0.0, float(moment) - time.time()) if moment.isdecimal() else None

    def limits(self, response: Response) -> Limits | None:
        """What `X-Rate-Limit-*` say: https://docs.voucherify.io/guides/limits."""
        said = {name: response.headers.get(f"x-rate-limit-{name}") for name in _LIMITS}
        if not any(said.values()):
            return None
        return Limits(
            allowed=_count(said["limit"]),
            remaining=_count(said["remaining"]),
            next_at=_moment(said["retry"]),
            kind=said["type"],
        )

    def is_final(self, error: APIError) -> bool:
        """A 429 because the billing cycle is used up: minutes do not help."""
        response = error.response
        return (
            response is not None and response.headers.get("x-rate-limit-type") == "api_calls_cycle"
        )


def cursor_listing(
    model: type[M],
    path: tuple[PathPart, ...],
    params: Query,
    starting_after_id: str | None,
    identify: Callable[[M], str],
) -> Listing[M]:
    """A list that goes on at `starting_after_id`; the cursor is that id.

    https://docs.voucherify.io/api-reference/pagination
    """
    first = starting_after_id
    if first is not None:
        first = _identifier("starting_after_id", first)

    def page(cursor: str | None) -> Call[Page[M]]:
        start = _identifier("cursor", cursor) if cursor else first
        after = [] if start is None else [("starting_after_id", start)]
        return Call(
            method="GET",
            path=path,
            params=[*params, *after],
            read=lambda response: _read_page(response, model, identify),
            repeatable=True,
        )

    def after(cursor: str | None, handed_out: Sequence[M]) -> str | None:
        """The last id that there is: an item may lack its own. `None` is the start."""
        for item in reversed(handed_out):
            try:
                return identify(item)
            except MissingField:
                continue
        return cursor or first

    return Listing(page=page, after=after)


@attrs.frozen(kw_only=True, weakref_slot=False)
class _Envelope(Model):
    """What stands around the items of a list."""

    data_ref: str | None = None
    has_more: bool | None = None
    more_starting_after: str | None = None
    total: int | None = None


def _read_page(response: Response, model: type[M], identify: Callable[[M], str]) -> Page[M]:
    def read(body: Any, reader: Reader) -> tuple[tuple[M, ...], _Envelope]:
        envelope = reader.one(_Envelope, _around(body))
        key = envelope.data_ref or "data"
        return reader.many(model, coerce.member(body, key), f"$.{key}"), envelope

    items, envelope = decode(response.content, read)
    return Page(items=items, cursor=_next_cursor(items, envelope, identify), total=envelope.total)


def _around(body: Any) -> dict[str, Any]:
    """A list's body without its items, which are read apart."""
    pairs = coerce.object_or_empty(body)
    return {key: pairs.get(key) for _, key in wire_fields(_Envelope)}


def _next_cursor(
    items: Sequence[M], envelope: _Envelope, identify: Callable[[M], str]
) -> str | None:
    """`more_starting_after`, or else the last id: the former is left out at times.

    The list ends with `has_more: false`, or with an empty page that lacks the flag.
    """
    more = envelope.has_more
    if more is False or (more is None and not items):
        return None
    if envelope.more_starting_after:
        return envelope.more_starting_after
    try:
        return identify(items[-1])
    except (IndexError, MissingField):
        pass
    raise MissingCursor("there is more by has_more, and neither a cursor nor a last id to go on by")


def _identifier(argument: str, value: str) -> str:
    return str(identifier(argument, value))


def _count(text: str | None) -> int | None:
    return int(text) if text is not None and text.isdecimal() and text.isascii() else None


def _moment(text: str | None) -> datetime | None:
    seconds = _count(text)
    try:
        return None if seconds is None else datetime.fromtimestamp(seconds, timezone.utc)
    except (ValueError, OverflowError, OSError):
        return None


def _details(body: Mapping[str, Any]) -> str | None:
    """The longer text, and the message written in a validation rule where there is one."""
    written = coerce.object_or_empty(body.get("error")).get("message")
    texts = [text for text in (words(body.get("details")), words(written)) if text]
    return "; ".join(texts) or None


WIRE = VoucherifyWire()
