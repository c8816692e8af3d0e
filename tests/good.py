"""A good value of each type that a parameter may have: what makes any call without knowing it."""

from __future__ import annotations

import ssl
import types
import typing
import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta, timezone, tzinfo
from decimal import Decimal
from typing import Annotated, Any, Literal, Required, Union, get_args, get_origin, get_type_hints

from loyalty_sdk import Retry, Secret
from loyalty_sdk.auth import Auth, BearerToken
from loyalty_sdk.cardlytics import Location
from loyalty_sdk.es_loyalty import CardLink
from loyalty_sdk.spaaza import Relative
from loyalty_sdk.voucherify import RawFilter

UTC = timezone.utc
AWARE = datetime(2024, 5, 1, 12, tzinfo=UTC)

_GOOD: Mapping[Any, Any] = {
    str: "good-1",
    int: 7,
    float: 7.5,
    bool: True,
    datetime: AWARE,
    date: date(2024, 5, 1),
    timedelta: timedelta(days=1),
    Decimal: Decimal("7.50"),
    uuid.UUID: uuid.UUID(int=7),
    Secret: Secret("good-secret-1"),
    Relative: Relative(days=-7),
    RawFilter: RawFilter({"holder_role": {"$is": "OWNER"}}),
    CardLink: {"link_id": "good-1", "last4": "0042"},
    Location: Location.EMAIL,
    tzinfo: UTC,
    Any: "good-1",
    Auth: BearerToken("good-token-1"),
    Retry: Retry(attempts=2),
    ssl.SSLContext: ssl.create_default_context(),
}


def members(hint: Any) -> tuple[Any, ...]:
    """The types of a union, in order; of anything else it alone."""
    if get_origin(hint) in (Annotated, Required):
        return members(get_args(hint)[0])
    if get_origin(hint) in (Union, types.UnionType):
        return tuple(inner for part in get_args(hint) for inner in members(part))
    return (hint,)


def good(hint: Any) -> Any:
    """A value that a parameter annotated so takes."""
    kind = next(part for part in members(hint) if part is not types.NoneType)
    if get_origin(kind) is Literal:
        return get_args(kind)[0]
    if kind in _GOOD:
        return _GOOD[kind]
    if typing.is_typeddict(kind):
        hints = get_type_hints(kind, include_extras=True)
        needed = [key for key, inner in hints.items() if get_origin(inner) is Required]
        return {key: good(get_type_hints(kind)[key]) for key in needed or list(hints)[:1]}
    if get_origin(kind) is Sequence:
        return [good(get_args(kind)[0])]
    if get_origin(kind) is Mapping:
        return {"good": good(get_args(kind)[1])}
    raise LookupError(f"there is no good {kind!r}: say what it is in {__name__}")
