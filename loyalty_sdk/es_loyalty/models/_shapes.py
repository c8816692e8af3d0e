"""Forms of values that the documents of ES Loyalty mix: list or object, maps, two kinds of date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any, TypeVar, cast

from loyalty_sdk._core.reading import coerce, fast
from loyalty_sdk._core.reading.model import Model, evolved, wire_fields

M = TypeVar("M", bound=Model)

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def moment(epoch: int | None, text: str | None = None) -> datetime | None:
    """An instant that the vendor sends twice; where the two differ, the epoch is the true one.

    Args:
        epoch: Milliseconds since 1970.
        text: The same in ISO 8601; it only counts where there is no epoch, or an impossible one.

    Returns:
        The instant, in UTC when it is read from the epoch; `None` where neither names one, as
        text without an offset does not.
    """
    try:
        if epoch is not None:
            return EPOCH + timedelta(milliseconds=epoch)
    except OverflowError:
        pass
    try:
        read = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return read if read.tzinfo is not None else None


def listed(value: Any) -> Any:
    """An array, where the vendor may also send one object alone."""
    return [value] if isinstance(value, dict) else value


def only_one(value: Any) -> Any:
    """One object, where the vendor may also send an array that holds it alone."""
    items = [item for item in coerce.array(listed(value)) if item is not None]
    if len(items) > 1:
        raise coerce.refuse("one object", items)
    return items[0] if items else None


def pairs(value: Any) -> dict[str, Any]:
    """The keys and values of an object; `[]` is an empty one."""
    if isinstance(value, dict):
        return cast("dict[str, Any]", value)
    if value == []:
        return {}
    raise coerce.refuse("an object", value)


_ODD = (ArithmeticError, TypeError, ValueError)  # what the fast reader raises for odd values


def forgiving(model: type[M], value: Mapping[str, Any]) -> M:
    """Read an object that the vendor's client fills in as it likes.

    What does not have the documented form is kept in `extra`, as sent: it is nobody's fault, and
    must not make the rest unreadable.
    """
    try:
        return _object(model, value)
    except _ODD:
        pass
    known = {key for _, key in wire_fields(model)}
    odd = {key: item for key, item in value.items() if key in known and not _fits(model, key, item)}
    read = _object(model, {key: item for key, item in value.items() if key not in odd})
    return evolved(read, extra={**read.extra, **odd})


def _fits(model: type[Model], key: str, value: Any) -> bool:
    try:
        _object(model, {key: value})
    except _ODD:
        return False
    return True


def _object(model: type[M], value: Any) -> M:
    """Read one object; the fast reader uses up what it is given, so it is given a copy."""
    if not isinstance(value, dict):
        raise coerce.refuse("an object", value)
    read: M = fast.reader(model)(dict(cast("dict[str, Any]", value)))
    return read
