"""Voucherify's wire: hosts, headers, error bodies, waits, and how its lists go on."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timezone
from itertools import takewhile
from typing import Any, Literal, TypeVar

import attrs

from loyalty_sdk._core import coerce
from loyalty_sdk._core.arguments import identifier, number
from loyalty_sdk._core.calls import Call, Listing, Page, PathPart, Query, Response
from loyalty_sdk._core.convert import Reader, decode
from loyalty_sdk._core.forms import Shape
from loyalty_sdk._core.model import Model, wire_fields
from loyalty_sdk._core.redact import SHOWN_HEADERS
from loyalty_sdk._core.remarks import Limits
from loyalty_sdk._core.vendor import Vendor, error_class, said_nothing, words
from loyalty_sdk.errors import APIError, MissingCursor, MissingField, UnreadableAnswer

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
    """A list that goes on at `starting_after_id`; the cursor is that id, as a rule: see `_Place`.

    https://docs.voucherify.io/api-reference/pagination
    """
    first = starting_after_id
    if first is not None:
        first = identifier("starting_after_id", first)

    def page(cursor: str | None) -> Call[Page[M]]:
        place = _Place.of(cursor, first)
        after = [] if place.id is None else [("starting_after_id", place.id)]
        return Call(
            method="GET",
            path=path,
            params=[*params, *after],
            read=lambda response: _read_page(response, model, identify, place),
            repeatable=True,
        )

    def after(cursor: str | None, handed_out: Sequence[M]) -> str | None:
        return _Place.of(cursor, first).behind(handed_out, identify).cursor

    return Listing(page=page, after=after)


_AGAIN = "\t"  # no id has one


@attrs.frozen
class _Place:
    """A place in a list: behind an id, and behind the items without one that follow it.

    An item may lack its id, and nobody can ask for what follows it: so the walk goes on from the
    last id that there is, and leaves out what comes again.

    Attributes:
        id: The id; `None` is the start.
        again: How many items without an id come again.
    """

    id: str | None
    again: int = 0

    @classmethod
    def of(cls, cursor: str | None, first: str | None) -> _Place:
        """The place that a cursor stands for.

        Raises:
            InvalidArgument: It is no cursor of such a list.
        """
        if cursor is None:
            return cls(first)
        last, mark, again = cursor.partition(_AGAIN)
        named = identifier("cursor", last) if last or not mark else None
        return cls(named, int(number("cursor", again)) if mark else 0)

    def behind(self, items: Sequence[M], identify: Callable[[M], str]) -> _Place:
        """The place behind the last of the items that follow this place."""
        for count, item in enumerate(reversed(items)):
            if (last := _id_of(item, identify)) is not None:
                return _Place(last, count)
        return _Place(self.id, self.again + len(items))

    def new(self, items: tuple[M, ...], identify: Callable[[M], str]) -> tuple[M, ...]:
        """The items of an answer without those at its head that come again."""
        known = takewhile(lambda item: _id_of(item, identify) is None, items[: self.again])
        return items[len(list(known)) :]

    @property
    def cursor(self) -> str | None:
        """The place as a cursor; `None` for the start."""
        return f"{self.id or ''}{_AGAIN}{self.again}" if self.again else self.id


def _id_of(item: M, identify: Callable[[M], str]) -> str | None:
    try:
        return identify(item)
    except MissingField:
        return None


@attrs.frozen(kw_only=True, weakref_slot=False)
class _Envelope(Model):
    """What stands around the items of a list."""

    data_ref: str | None = None
    has_more: bool | None = None
    more_starting_after: str | None = None
    total: int | None = None


def _read_page(
    response: Response, model: type[M], identify: Callable[[M], str], place: _Place
) -> Page[M]:
    def read(body: Any, reader: Reader) -> tuple[tuple[M, ...], _Envelope]:
        envelope = reader.one(_Envelope, _around(body))
        return reader.many(model, *_held(body, envelope.data_ref)), envelope

    items, envelope = decode(response.content, read, _shape(model))
    new = place.new(items, identify)
    following = _next_cursor(new, envelope, place.behind(new, identify))
    return Page(items=new, cursor=following, total=envelope.total)


def _held(body: Any, data_ref: str | None) -> tuple[Any, str]:
    """What a list holds, and its wire path: under the name in `data_ref`, if that is there.

    Raises:
        Mismatch: The body is no object.
        UnreadableAnswer: There is no such key; the wire path is named.
    """
    if body.__class__ is not dict:
        raise coerce.refuse("an object", body)
    pairs = coerce.object_or_empty(body)
    key = "data" if data_ref is None or data_ref not in pairs else data_ref
    if key not in pairs:
        raise UnreadableAnswer(f"$.{key}: an array is expected, and there is nothing")
    return pairs[key], f"$.{key}"


def _shape(model: type[Model]) -> Shape:
    """A page of a list, as a rule."""
    around = (key for _, key in wire_fields(_Envelope))
    return Shape.of_list(model, "data", beside=("object", *around))


def _around(body: Any) -> dict[str, Any]:
    """A list's body without its items, which are read apart."""
    pairs = coerce.object_or_empty(body)
    return {key: pairs.get(key) for _, key in wire_fields(_Envelope)}


def _next_cursor(items: Sequence[Model], envelope: _Envelope, behind: _Place) -> str | None:
    """`more_starting_after`, or else the last id: the former is left out at times.

    The list ends with `has_more: false`, or with an empty page that lacks the flag.
    """
    more = envelope.has_more
    if more is False or (more is None and not items):
        return None
    if envelope.more_starting_after:
        return envelope.more_starting_after
    if items:
        return behind.cursor
    raise MissingCursor("there is more by has_more, and neither a cursor nor a last id to go on by")


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
