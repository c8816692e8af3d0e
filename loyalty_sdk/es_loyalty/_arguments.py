"""How arguments are written for ES Loyalty: moments in milliseconds, days, text, and bodies."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeAlias, get_args, get_origin, is_typeddict

from loyalty_sdk._core.given.arguments import aware, identifier, plain_text, within
from loyalty_sdk._core.given.inputs import body, fields_of, members
from loyalty_sdk._core.hiding.redact import Secret
from loyalty_sdk.errors import InvalidArgument
from loyalty_sdk.es_loyalty.models._shapes import EPOCH

Moment: TypeAlias = datetime | int
CorrelationId: TypeAlias = str | uuid.UUID | Secret
"""The name of a session: what `sessions.start` gives, or was given."""


def epoch(argument: str, value: Moment | None) -> int | None:
    """A moment in milliseconds since 1970; what is finer is cut off.

    Raises:
        InvalidArgument: It is a datetime without a time zone, neither form, or beyond the calendar.
    """
    if isinstance(value, datetime):
        return (aware(argument, value) - EPOCH) // timedelta(milliseconds=1)
    whole = isinstance(value, int) and not isinstance(value, bool)
    if value is not None and not (whole and _FIRST <= value <= _LAST):
        raise InvalidArgument(argument, "must be a datetime or whole milliseconds since 1970")
    return value


_FIRST, _LAST = -62_135_596_800_000, 253_402_300_799_999  # the years 1 to 9999


def days(argument: str, value: int | timedelta | None) -> int | None:
    """A number of days.

    Raises:
        InvalidArgument: It is negative, or not whole days.
    """
    if isinstance(value, timedelta):
        if value % timedelta(days=1):
            raise InvalidArgument(argument, "must be whole days")
        value = value.days
    return within(argument, value, 0, None)


def filled(argument: str, value: str | None) -> str | None:
    """Text that is not blank: the vendor refuses a blank one, where it takes none.

    Raises:
        InvalidArgument: It is blank, or cannot stand in a URL.
    """
    return None if value is None else plain_text(argument, value)


def session_id(argument: str, value: CorrelationId) -> Secret:
    """The name of a session: text, or a UUID. It is a secret, for it stands for an account.

    Raises:
        InvalidArgument: It cannot be a part of a path.
    """
    given = value.reveal() if isinstance(value, Secret) else value
    return Secret(identifier(argument, str(given) if isinstance(given, uuid.UUID) else given))


def sent(form: type, fields: Mapping[str, Any]) -> dict[str, Any]:
    """A JSON body of keyword arguments, under the vendor's names; `None` is left out.

    Raises:
        TypeError: There is no such argument.
        InvalidArgument: A value is not what the form says.
    """
    renamed: dict[str, Any] = _renamed(body(form, fields), form)
    return renamed


def _renamed(value: Any, kind: Any) -> Any:
    """What forms name `business_unit` is `businessUnit`; what callers name stays as it is."""
    for one in members(kind):
        if is_typeddict(one) and value.__class__ is dict:
            known = fields_of(one)
            return {_camel(name): _renamed(item, known[name]) for name, item in value.items()}
        if get_origin(one) is Sequence and value.__class__ is list:
            return [_renamed(item, get_args(one)[0]) for item in value]
    return value


def _camel(name: str) -> str:
    if name == "external_transaction_id":
        return "externalTransactionID"  # the only one that the vendor writes so
    return re.sub(r"_(\w?)", lambda found: found[1].upper(), name)
