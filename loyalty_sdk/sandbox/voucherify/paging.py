"""Pages of Voucherify's lists.

https://docs.voucherify.io/api-reference/pagination
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from ..wire import Pairs, Response, json_response
from .answers import Refused
from .filters import HERE, Fields, split_filters
from .query import MAX_PAGE, choice, integer, known, limit, moment
from .records import Json, Record

R = TypeVar("R")
DATES = ("created_at[before]", "created_at[after]", "updated_at[before]", "updated_at[after]")


def orders(*fields: str) -> tuple[str, ...]:
    """The words for an order by any of these fields, upwards and downwards."""
    return tuple(f"{sign}{field}" for field in fields for sign in ("", "-"))


def filtered(
    query: Pairs,
    rows: Sequence[Record],
    fields: Fields,
    now: datetime,
    places: Mapping[str, str] = HERE,
) -> tuple[list[Record], Pairs]:
    """The rows that the filters of a query keep, and the parameters that are no filters."""
    filters, rest = split_filters(query, fields, places)
    return filters.kept(rows, now), rest


def dated(values: Mapping[str, str], rows: Sequence[Record]) -> list[Record]:
    """The rows that fit the dates asked for."""
    kept = list(rows)
    for name in DATES:
        if name in values:
            field, _, edge = name.partition("[")
            at = moment(values, name)
            kept = [row for row in kept if _fits(row, field, edge == "before]", at)]
    return kept


def in_order(
    rows: Sequence[Record], order: str | None, places: Mapping[str, str] = HERE
) -> list[Record]:
    """The rows by a field, those without it first; as they are made, unless asked otherwise."""
    word = order or "-created_at"
    field = word.removeprefix("-")
    if field == "created_at":
        return sorted(rows, key=lambda row: row.created_at, reverse=word.startswith("-"))
    place = places.get(field, field)
    return sorted(rows, key=lambda row: row.text(place) or "", reverse=word.startswith("-"))


def page(
    values: dict[str, str],
    rows: Sequence[Record],
    key: str,
    ceiling: int = MAX_PAGE,
    *,
    has_more: bool = False,
    show: Callable[[Record], Mapping[str, Any]] = lambda row: row.content,
) -> Response:
    """A page by its number; of some lists it says whether there are more."""
    size, number = limit(values), _page_number(values, ceiling)
    shown = [show(row) for row in rows[(number - 1) * size : number * size]]
    more: Json = {"has_more": len(rows) > number * size} if has_more else {}
    return whole(key, shown, total=len(rows), **more)


def whole(key: str, shown: Sequence[Mapping[str, Any]], **more: object) -> Response:
    """A list as it is."""
    content: Json = {"object": "list", "data_ref": key, key: list(shown), **more}
    return json_response(200, content)


def stretch(
    rows: Sequence[R], size: int, after: Any, key: Callable[[R], Any], *, down: bool
) -> tuple[list[R], bool]:
    """The page behind a place, and whether there is more behind it.

    Args:
        rows: All rows, in the order of the key: a page is found by halving, however many there are.
        size: How long a page is.
        after: The key behind which the page begins; `None` is the start.
        key: What rows are in the order of.
        down: Whether the list is walked from its end.
    """
    if down:
        end = len(rows) if after is None else bisect_left(rows, after, key=key)
        return [*rows[max(0, end - size) : end]][::-1], end > size
    begin = 0 if after is None else bisect_right(rows, after, key=key)
    return [*rows[begin : begin + size]], begin + size < len(rows)


def behind(
    values: dict[str, str], rows: Sequence[Record], *, says_cursor: bool, **more: object
) -> Response:
    """The page behind an id, of rows that are in the order of their ids."""
    size, order = limit(values), choice(values, "order", ("id", "-id")) or "-id"
    return _behind(values, rows, order, size, says_cursor, more)


def behind_event(values: dict[str, str], rows: Sequence[Record], *, says_cursor: bool) -> Response:
    """The page behind an id, of events: they are in order of their dates, as their ids are."""
    order = choice(values, "order", ("created_at", "-created_at")) or "-created_at"
    word = "-id" if order.startswith("-") else "id"
    return _behind(values, rows, word, limit(values), says_cursor, {})


def _behind(
    values: dict[str, str],
    rows: Sequence[Record],
    order: str,
    size: int,
    says_cursor: bool,
    more: Json,
) -> Response:
    cursor = values.get("starting_after_id")
    page, has_more = stretch(rows, size, cursor, _id, down=order == "-id")
    shown = [row.content for row in page]
    if has_more and says_cursor:
        more["more_starting_after"] = shown[-1]["id"]
    return whole("data", shown, has_more=has_more, **more)


def asked(query: Pairs, *names: str) -> dict[str, str]:
    """The parameters of a list that has pages."""
    return known(query, ("limit", "page", "order", *names))


def _id(row: Record) -> str:
    return str(row.content["id"])


def _page_number(values: dict[str, str], ceiling: int) -> int:
    number = integer(values, "page", 1, 10**9 - 1)
    if number > ceiling:
        raise Refused(
            400, "page_over_limit", "Page over limit", details=f"Page should be at most {ceiling}"
        )
    return number


def _fits(row: Record, field: str, before: bool, edge: datetime) -> bool:
    text = row.text(field)
    if field == "created_at":
        found = row.created_at
    elif text is None:
        return False
    else:
        found = datetime.fromisoformat(text)
    return found < edge if before else found > edge
