"""ES Loyalty's numbered pages: badges, and points that are about to be swept.

Whether pages count from 0 or from 1 is not documented. So the first one is asked for without a
number, and the numbers of the others come from the answers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import attrs

from loyalty_sdk._core.calls import Call, Listing, Page, Response
from loyalty_sdk._core.given.arguments import query
from loyalty_sdk._core.reading.convert import Reader, decode
from loyalty_sdk._core.reading.forms import Shape
from loyalty_sdk._core.reading.model import Model, renamed, wire_fields
from loyalty_sdk.errors import InvalidArgument, MissingCursor, PagingError, UnreadableAnswer
from loyalty_sdk.es_loyalty._arguments import sent
from loyalty_sdk.es_loyalty._calls import Path
from loyalty_sdk.es_loyalty.models._shapes import pairs

M = TypeVar("M", bound=Model)

_CURSOR = re.compile(r"(?P<number>[0-9]{1,18})?(\+(?P<skipped>[0-9]{1,18}))?")


def numbered(
    model: type[M], path: Path, key: str, form: type, fields: Mapping[str, Any]
) -> Listing[M]:
    """A list with numbered pages, asked for with the keyword arguments that its form has.

    Args:
        model: What the items are.
        path: Where they are.
        key: Under which key of an answer they stand.
        form: What the list is asked for with.
        fields: The keyword arguments.
    """
    asked = sent(form, fields)

    def page(cursor: str | None) -> Call[Page[M]]:
        place = _Place.of(cursor)
        return Call(
            method="GET",
            path=path,
            params=query(page=place.number, **asked),
            read=lambda response: _page(response, model, key, place),
            repeatable=True,
        )

    return Listing(page=page, after=_after)


@attrs.frozen(kw_only=True, weakref_slot=False)
class _Numbers(Model):
    """What stands around the items of a page."""

    count: int | None = None
    page_size: int | None = renamed("pageSize")
    first_page: int | None = renamed("firstPage")
    current_page: int | None = renamed("currentPage")
    last_page: int | None = renamed("lastPage")


@attrs.frozen
class _Place:
    """A page by its number, `None` for the first one, and how many items of it are behind."""

    number: int | None = None
    skipped: int = 0

    @classmethod
    def of(cls, cursor: str | None) -> _Place:
        found = _CURSOR.fullmatch(cursor) if cursor else None
        if found is None:
            if cursor is None:
                return cls()
            raise InvalidArgument("cursor", "is not one that this list gave")
        number = found["number"]
        return cls(None if number is None else int(number), int(found["skipped"] or 0))

    @property
    def cursor(self) -> str:
        number = "" if self.number is None else str(self.number)
        return f"{number}+{self.skipped}" if self.skipped else number


def _after(cursor: str | None, handed_out: Sequence[Any]) -> str:
    place = _Place.of(cursor)
    return attrs.evolve(place, skipped=place.skipped + len(handed_out)).cursor


def _page(response: Response, model: type[M], key: str, place: _Place) -> Page[M]:
    numbers = tuple(name for _, name in wire_fields(_Numbers))

    def read(body: Any, reader: Reader) -> tuple[tuple[M, ...], _Numbers]:
        if body is None:
            body = {}
        around = {name: pairs(body).get(name) for name in numbers}
        return _items(reader, model, pairs(body), key), reader.one(_Numbers, around)

    shape = Shape.of_list(model, key, beside=numbers)
    items, told = decode(response.content, read, shape)
    return Page(items=items[place.skipped :], cursor=_next(place, items, told), total=told.count)


def _items(reader: Reader, model: type[M], body: dict[str, Any], key: str) -> tuple[M, ...]:
    if body and key not in body:
        raise UnreadableAnswer(f"$.{key}: an array is expected, and there is nothing")
    held = body.get(key)
    return () if held is None else reader.many(model, held, f"$.{key}")


def _next(place: _Place, items: Sequence[Model], told: _Numbers) -> str | None:
    """The page behind, up to the last one; where that is not told, up to one without items."""
    current = told.current_page
    if place.number is not None and current not in (None, place.number):
        raise PagingError(f"page {current} came where page {place.number} was asked for")
    number = next((n for n in (place.number, current, told.first_page) if n is not None), None)
    if told.last_page is None and not items:
        return None
    if number is None:
        raise MissingCursor("the answer does not say which page it is")
    is_last = told.last_page is not None and number >= told.last_page
    return None if is_last else str(number + 1)
