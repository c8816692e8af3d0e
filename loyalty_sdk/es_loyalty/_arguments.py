"""How arguments are written for ES Loyalty: moments in milliseconds, days, and text."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TypeAlias

from loyalty_sdk._core.calls import identifier, query, within
from loyalty_sdk._core.redact import Secret
from loyalty_sdk.errors import InvalidArgument
from loyalty_sdk.es_loyalty.models._shapes import EPOCH

Moment: TypeAlias = datetime | int


def session_of(correlation_id: str | Secret) -> Secret:
    """The part of a path that names a session.

    Raises:
        InvalidArgument: It cannot be one.
    """
    checked = identifier("correlation_id", correlation_id)
    return checked if isinstance(checked, Secret) else Secret(checked)


def epoch(argument: str, value: Moment | None) -> int | None:
    """A moment in milliseconds since 1970; what is finer is cut off.

    Raises:
        InvalidArgument: It is a datetime without a time zone, or neither form.
    """
    if isinstance(value, datetime):
        if value.utcoffset() is None:
            raise InvalidArgument(argument, "must have a time zone")
        return (value - EPOCH) // timedelta(milliseconds=1)
    if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
        raise InvalidArgument(argument, "must be a datetime or whole milliseconds since 1970")
    return value


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
    if value is not None and not (isinstance(value, str) and value.strip()):
        raise InvalidArgument(argument, "must be text that is not blank")
    query(**{argument: value})
    return value
