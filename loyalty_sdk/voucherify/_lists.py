"""Voucherify's lists: five ways to ask for the next page, one way to read it.

| style | the next page | the end | here |
|---|---|---|---|
| page | `page=N&limit=L`, up to a ceiling | `total`, or a page that is not full | `by_page` |
| cursor-id | `starting_after_id` | `has_more: false` | `by_id` |
| cursor-date | `starting_after`, the date of the last item | `has_more: false` | `by_date` |
| single list | none | it has one page | `single` |
| limit only | none | one page of so many items | `single`, with a limit |

https://docs.voucherify.io/api-reference/pagination
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, TypeVar, is_typeddict

import attrs

from loyalty_sdk._core.calls import Call, Listing, Page, PathPart, Query, Response
from loyalty_sdk._core.given.arguments import identifier, iso_instant, query, within
from loyalty_sdk._core.given.inputs import body, fields_of, members
from loyalty_sdk._core.reading import coerce
from loyalty_sdk._core.reading.convert import Reader, decode
from loyalty_sdk._core.reading.forms import Shape
from loyalty_sdk._core.reading.model import Model, wire_fields
from loyalty_sdk.errors import InvalidArgument, MissingCursor, MissingField, UnreadableAnswer
from loyalty_sdk.voucherify._calls import nested_query
from loyalty_sdk.voucherify._place import Name, Place
from loyalty_sdk.voucherify.errors import PageCeiling
from loyalty_sdk.voucherify.filters import RawFilter, RedeemableFilters, filter_query

M = TypeVar("M", bound=Model)
Ask = Callable[[str | None], Call[Any]]

LARGEST_PAGE = 100
CEILING = 100
"""The last page of a list, where its own page does not name another one."""


def by_id(
    model: type[M],
    path: tuple[PathPart, ...],
    params: Query,
    name: Name[M],
    starting_after_id: str | None = None,
) -> Listing[M]:
    """A list that goes on at `starting_after_id`; the cursor is that id."""
    first = starting_after_id
    if first is not None:
        first = identifier("starting_after_id", first)
    return by_cursor(model, _asking(path, params, "starting_after_id"), name, first)


def by_date(
    model: type[M],
    path: tuple[PathPart, ...],
    params: Query,
    name: Name[M],
    first: str | None = None,
    parameter: str = "starting_after",
    key: str = "data",
) -> Listing[M]:
    """A list that goes on at the date of the last item; the cursor is that date."""
    return by_cursor(model, _asking(path, params, parameter), name, first, key=key)


def by_cursor(
    model: type[M],
    ask: Ask,
    name: Name[M],
    first: str | None = None,
    inside: str | None = None,
    key: str = "data",
) -> Listing[M]:
    """A list that goes on at a place that its items name; see `Place` for the cursor.

    Args:
        model: What the items are.
        ask: The call for the page behind a place; `None` is the start. Its `read` is replaced.
        name: What an item calls the place behind it.
        first: Where the walk begins.
        inside: Under which key of the answer the list stands; `None`: it is the answer.
        key: Where the items stand, as a rule.
    """

    def page(cursor: str | None) -> Call[Page[M]]:
        place = Place.of(cursor, first)
        return attrs.evolve(ask(place.name), read=partial(read, place))

    def read(place: Place, response: Response) -> Page[M]:
        items, envelope = _rows(response, model, key, inside)
        new = place.new(items, name)
        following = _next_cursor(new, envelope, place.behind(new, name))
        return Page(items=new, cursor=following, total=envelope.total)

    def after(cursor: str | None, handed_out: Sequence[M]) -> str | None:
        return Place.of(cursor, first).behind(handed_out, name).cursor

    return Listing(page=page, after=after)


def listed(
    model: type[M],
    path: tuple[PathPart, ...],
    form: type,
    given: Mapping[str, Any],
    *,
    ceiling: int = CEILING,
    beyond: str,
    key: str,
) -> Listing[M]:
    """A list that has pages, asked for with the keyword arguments that its form has.

    Args:
        model: What the items are.
        path: Where they are.
        form: What the list is asked for with; see `inputs.lists`.
        given: The keyword arguments.
        ceiling: The last page that the vendor serves.
        beyond: How to get at what lies behind it, as a sentence.
        key: Where the items stand, as a rule.
    """
    limit = given.get("limit", LARGEST_PAGE)
    params = _query(form, given)
    return by_page(model, path, params, limit=limit, ceiling=ceiling, beyond=beyond, key=key)


def scrolled(
    model: type[M],
    path: tuple[PathPart, ...],
    form: type,
    given: Mapping[str, Any],
    name: Name[M],
) -> Listing[M]:
    """A list that goes on behind an id, asked for with the keyword arguments that its form has."""
    limit = within("limit", given.get("limit", LARGEST_PAGE), 1, LARGEST_PAGE)
    params = [*query(limit=limit), *_query(form, given)]
    return by_id(model, path, params, name, given.get("starting_after_id"))


def dated(
    model: type[M],
    path: tuple[PathPart, ...],
    form: type,
    given: Mapping[str, Any],
    name: Name[M],
    *,
    parameter: str,
    key: str,
) -> Listing[M]:
    """A list that goes on at a date, asked for with the keyword arguments that its form has.

    Args:
        model: What the items are.
        path: Where they are.
        form: What the list is asked for with; see `inputs.lists`.
        given: The keyword arguments; the one named by `parameter` is where the walk begins.
        name: The date of an item.
        parameter: The date that a page is asked for by.
        key: Where the items stand, as a rule.
    """
    limit = within("limit", given.get("limit", LARGEST_PAGE), 1, LARGEST_PAGE)
    asked = dict(_query(form, given))
    first = asked.pop(parameter, None)
    params = [*query(limit=limit), *asked.items()]
    return by_date(model, path, params, name, first, parameter, key)


def moment(path: str, date: datetime | None) -> str:
    """The date of an item as a cursor.

    Raises:
        MissingField: It has none.
    """
    if date is None:
        raise MissingField(path)
    return iso_instant("cursor", date)


_APART = ("limit", "filters", "starting_after_id")


def _query(form: type, given: Mapping[str, Any]) -> Query:
    """What is asked for besides the place in the list."""
    plain = {k: v for k, v in given.items() if k not in _APART or k not in fields_of(form)}
    return [*nested_query(body(form, plain)), *_filters(form, given.get("filters"))]


def _filters(form: type, filters: Any) -> Query:
    kinds = members(fields_of(form).get("filters"))
    known = next((kind for kind in kinds if is_typeddict(kind)), None)
    if known is None and not (filters is None or isinstance(filters, RawFilter)):
        raise InvalidArgument("filters", "must be a RawFilter: the documents name no fields")
    return filter_query(filters, known or RedeemableFilters)


def by_page(
    model: type[M],
    path: tuple[PathPart, ...],
    params: Query,
    *,
    limit: int,
    ceiling: int = CEILING,
    beyond: str,
    key: str = "data",
) -> Listing[M]:
    """A list that goes on at the next `page`; the cursor is how many items lie before it.

    Args:
        model: What the items are.
        path: Where they are.
        params: The query but for `page` and `limit`.
        limit: How many items a page has, 1 to 100.
        ceiling: The last page that the vendor serves.
        beyond: How to get at what lies behind it, as a sentence.
        key: Where the items stand, as a rule.
    """
    if within("limit", limit, 1, LARGEST_PAGE) is None:  # cursors count by it
        raise InvalidArgument("limit", f"must be a whole number from 1 to {LARGEST_PAGE}")
    return _counted(model, path, params, limit, ceiling, beyond, key)


def single(
    model: type[M],
    path: tuple[PathPart, ...],
    params: Query = (),
    *,
    limit: int | None = None,
    key: str = "data",
) -> Listing[M]:
    """A list that comes in one piece; with a limit, of so many items at the most.

    Args:
        model: What the items are.
        path: Where they are.
        params: The query but for `limit`.
        limit: How many items the vendor gives, 1 to 100; `None` where it takes no limit.
        key: Where the items stand, as a rule.
    """
    within("limit", limit, 1, LARGEST_PAGE)
    beyond = f"ask for more at once: limit goes up to {LARGEST_PAGE}"
    return _counted(model, path, params, limit, 1, beyond, key)


def _counted(
    model: type[M],
    path: tuple[PathPart, ...],
    params: Query,
    limit: int | None,
    ceiling: int,
    beyond: str,
    key: str,
) -> Listing[M]:
    def page(cursor: str | None) -> Call[Page[M]]:
        before = _count(cursor)
        number, skipped = (1, before) if limit is None else (1 + before // limit, before % limit)
        if number > ceiling:
            raise PageCeiling(
                f"there is more than {before} items, and Voucherify serves no more than {ceiling} "
                f"{'page' if ceiling == 1 else 'pages'} of this list; {beyond}"
            )
        counting = query(page=number if ceiling > 1 else None, limit=limit)
        return Call(
            method="GET",
            path=path,
            params=[*counting, *params],
            read=lambda response: _page(response, before, skipped),
            repeatable=True,
        )

    def _page(response: Response, before: int, skipped: int) -> Page[M]:
        items, envelope = _rows(response, model, key)
        reached = before - skipped + max(len(items), skipped)
        full = limit is not None and len(items) >= limit
        more = envelope.has_more
        if more is None:
            more = full if envelope.total is None else reached < envelope.total
        cursor = str(reached) if more else None
        return Page(items=items[skipped:], cursor=cursor, total=envelope.total)

    def after(cursor: str | None, handed_out: Sequence[M]) -> str:
        return str(_count(cursor) + len(handed_out))

    def following(page: Page[M]) -> Iterable[str]:
        """Behind the next page, up to the total and the ceiling."""
        if page.total is None or limit is None:
            return ()
        begin = (_count(page.cursor) // limit + 1) * limit
        return map(str, range(begin, min(page.total, ceiling * limit), limit))

    return Listing(page=page, after=after, following=following)


@attrs.frozen(kw_only=True, weakref_slot=False)
class _Envelope(Model):
    """What stands around the items of a list."""

    data_ref: str | None = None
    has_more: bool | None = None
    more_starting_after: str | None = None
    total: int | None = None


def _rows(
    response: Response, model: type[M], key: str = "data", inside: str | None = None
) -> tuple[tuple[M, ...], _Envelope]:
    """The items and what stands around them, as a rule under a key."""

    def read(body: Any, reader: Reader) -> tuple[tuple[M, ...], _Envelope]:
        path = "$"
        if inside is not None:
            body, path = _object(body, "$").get(inside), f"$.{inside}"
        envelope = reader.one(_Envelope, _around(body), path)
        return reader.many(model, *_held(body, path, envelope.data_ref, key)), envelope

    around = (name for _, name in wire_fields(_Envelope))
    shape = None if inside else Shape.of_list(model, key, beside=("object", *around))
    return decode(response.content, read, shape)


def _held(body: Any, path: str, data_ref: str | None, usual: str) -> tuple[Any, str]:
    """What a list holds, and its wire path: under the name in `data_ref`, if that is there.

    Raises:
        UnreadableAnswer: The body is no object, or holds nothing; the wire path is named.
    """
    pairs = _object(body, path)
    found = next((key for key in (data_ref, usual) if key in pairs), None)
    if found is None:
        raise UnreadableAnswer(f"{path}.{usual}: an array is expected, and there is nothing")
    return pairs[found], f"{path}.{found}"


def _object(body: Any, path: str) -> Mapping[str, Any]:
    if body.__class__ is not dict:
        raise UnreadableAnswer(f"{path}: {coerce.refuse('an object', body)}")
    return coerce.object_or_empty(body)


def _around(body: Any) -> dict[str, Any]:
    """A list's body without its items, which are read apart."""
    pairs = coerce.object_or_empty(body)
    return {key: pairs.get(key) for _, key in wire_fields(_Envelope)}


def _next_cursor(items: Sequence[Model], envelope: _Envelope, behind: Place) -> str | None:
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


def _asking(path: tuple[PathPart, ...], params: Query, parameter: str) -> Ask:
    def ask(start: str | None) -> Call[None]:
        behind = [] if start is None else [(parameter, start)]
        return Call(
            method="GET", path=path, params=[*params, *behind], read=_unread, repeatable=True
        )

    return ask


def _unread(_response: Response) -> None:
    """What the reading of a page takes the place of."""


def _count(cursor: str | None) -> int:
    """How many items lie before a place."""
    text = cursor or "0"
    if not (text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS):
        raise InvalidArgument("cursor", "is none of this list's: they count items")
    return int(text)


_MOST_DIGITS = 15
