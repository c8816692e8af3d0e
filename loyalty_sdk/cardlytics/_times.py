"""Cardlytics' times: most are naive, and the vendor does not say in which zone."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, tzinfo
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from loyalty_sdk._core.given.arguments import plain_text
from loyalty_sdk._core.reading import coerce
from loyalty_sdk._core.reading.model import Reading
from loyalty_sdk.errors import InvalidArgument

# A field's reading is one for all clients. The zone of the client whose answer is being read
# stands here meanwhile: localising afterwards would build every model twice.
_zone: ContextVar[tzinfo | None] = ContextVar("cardlytics_zone", default=None)


@contextmanager
def naive_times_in(zone: tzinfo | None) -> Generator[None]:
    """Have naive times read in *zone*; with `None` they stay naive."""
    outer = _zone.set(zone)
    try:
        yield
    finally:
        _zone.reset(outer)


def moment(value: Any) -> datetime:
    """Read a moment; one without an offset is in the client's zone."""
    found = coerce.moment(value)
    zone = _zone.get()
    return found if zone is None or found.tzinfo is not None else coerce.in_zone(found, zone)


Moment = Annotated[datetime, Reading(moment)]


def checked_zone(timezone: str | tzinfo | None) -> tzinfo | None:
    """The zone that a client was told.

    Raises:
        InvalidArgument: There is no zone of that name.
    """
    if timezone is None or isinstance(timezone, tzinfo):
        return timezone
    if not isinstance(timezone, str):
        raise InvalidArgument("timezone", "must be the name of a time zone, or a tzinfo")
    try:
        return ZoneInfo(timezone)
    except (LookupError, ValueError, OSError):
        pass
    raise InvalidArgument("timezone", f"{timezone[:40]!r} is no time zone known here")


def sent_time(argument: str, value: date | str | None, zone: tzinfo | None) -> str | None:
    """A time as Cardlytics takes it: without an offset, in a zone that it does not name.

    Raises:
        InvalidArgument: It is no ISO 8601 text, or is aware and the client has no zone.
    """
    if isinstance(value, datetime) and value.utcoffset() is not None:
        return _in_zone(argument, value, zone)
    if isinstance(value, date):
        return value.isoformat()
    if value is None:
        return None
    if isinstance(value, str):
        return _checked_text(argument, value)
    raise InvalidArgument(argument, "must be a datetime, a date or ISO 8601 text")


def _in_zone(argument: str, value: datetime, zone: tzinfo | None) -> str:
    if zone is None:
        raise InvalidArgument(
            argument,
            "has an offset, which Cardlytics takes none of: tell the client by timezone=... "
            "in which zone its server keeps time, or pass a naive datetime",
        )
    try:
        return value.astimezone(zone).replace(tzinfo=None).isoformat()
    except OverflowError:
        pass
    raise InvalidArgument(argument, "lies beyond the years 1 to 9999 in the client's timezone")


def _checked_text(argument: str, value: str) -> str:
    try:
        datetime.fromisoformat(value)
    except ValueError:
        pass
    else:
        return plain_text(argument, value)
    raise InvalidArgument(argument, "must be ISO 8601 text, such as 2019-03-22T09:39:25")
