"""JSON bodies out of what callers give: what was meant, or refused by the name of the place."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, cast
from uuid import UUID

import msgspec

from loyalty_sdk._core.hiding.redact import Secret
from loyalty_sdk.errors import InvalidArgument

_TOO_LARGE = 10**1024


def json_body(argument: str, value: Any) -> bytes:
    """A value as JSON, see `plain_json`."""
    return _encode(plain_json(argument, value))


def plain_json(argument: str, value: Any) -> Any:
    """A value made of what JSON has, and of values that have one spelling in it.

    Args:
        argument: The name of the argument, for the error.
        value: Mappings with text for keys, lists and tuples, text, finite numbers, booleans,
            `None`, aware datetimes, dates, UUIDs, secrets, and enums of these.

    Returns:
        The same in dicts and lists.

    Raises:
        InvalidArgument: It holds something else, such as NaN, bytes or a datetime without a time
            zone; the error names the place, such as `metadata[tiers][0]`.
    """
    try:
        return _plain(argument, value)
    except RecursionError:
        pass
    raise InvalidArgument(argument, "cannot be written as JSON: it is nested too deeply")


def _plain(place: str, value: Any) -> Any:
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, Mapping):
        pairs = cast("Mapping[object, object]", value).items()
        return {_key(place, key): _plain(f"{place}[{key}]", item) for key, item in pairs}
    if isinstance(value, (list, tuple)):
        items = cast("list[object]", value)
        return [_plain(f"{place}[{index}]", item) for index, item in enumerate(items)]
    leaf, problem = _leaf(value)
    if problem:
        raise InvalidArgument(place, f"cannot be written as JSON: {problem}")
    return leaf


def _key(place: str, key: object) -> str:
    if not isinstance(key, str) or not _is_writable(key):
        raise InvalidArgument(place, "cannot be written as JSON: a key in it is no proper text")
    return str.__str__(key)


def _leaf(value: object) -> tuple[object, str]:
    """A leaf without what subclasses make of it, and what is wrong with it, if anything is."""
    if value is None or isinstance(value, bool):
        return value, ""
    if isinstance(value, str):
        return str.__str__(value), "" if _is_writable(value) else "half a surrogate pair is in it"
    if isinstance(value, int):
        return int(value), "" if abs(value) < _TOO_LARGE else "it has too many digits"
    if isinstance(value, float):
        return float(value), "" if math.isfinite(value) else "it is no number"
    if isinstance(value, Decimal):
        return Decimal(value), "" if value.is_finite() else "it is no number"
    if isinstance(value, datetime):
        written = datetime.isoformat(value).replace("+00:00", "Z")
        return written, "" if value.utcoffset() is not None else "it has no time zone"
    if isinstance(value, date):
        return date.isoformat(value), ""
    if isinstance(value, UUID):
        return str(value), ""
    if isinstance(value, Secret):
        return _leaf(value.reveal())
    return None, f"it is of type {type(value).__name__}"


def _is_writable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


_encode = msgspec.json.Encoder(decimal_format="number").encode
