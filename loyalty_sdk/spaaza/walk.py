"""Two ways through a list that has offsets and no order one could rely on.

**fast** counts: each page begins where the last one ended. A row that leaves or joins the list
before that place shifts the rest, and a row is missed or comes twice.

**anchored** looks for rows it has seen. Each page overlaps the one before; what lies behind the
last known row is new. When no known row is on a page, rows before it have left the list, and the
walk steps back until it meets one; when it meets none back to the start, rows have joined, and it
looks ahead. As long as rows keep their order, none that is there all the time is lost. The cursor
carries the rows last seen, so that a walk can be resumed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any, Literal, cast

import attrs

from loyalty_sdk._core.calls import Call, Listing, Page
from loyalty_sdk.errors import InvalidArgument, PagingError
from loyalty_sdk.spaaza.models import Voucher

Walk = Literal["fast", "anchored"]

LARGEST_PAGE = 500
_OVERLAP_WITHOUT_SIZE = 100

Rows = tuple[Voucher, ...]
Asked = Callable[[int, "int | None", Callable[[Rows, "int | None"], Page[Voucher]]], Call[Any]]
"""Describes the call for an offset and a page size, given how its rows become a page."""


def fast_walk(ask: Asked, number_results: int | None, results_offset: int) -> Listing[Voucher]:
    """Pages by counting; the cursor is the offset."""

    def page(cursor: str | None) -> Call[Page[Voucher]]:
        offset = results_offset if cursor is None else _offset(cursor)

        def taken(rows: Rows, total: int | None) -> Page[Voucher]:
            end = offset + len(rows)
            over = not rows or (total is not None and end >= total)
            return Page(items=rows, cursor=None if over else str(end), total=total)

        return ask(offset, number_results, taken)

    def after(cursor: str | None, handed_out: Sequence[Voucher]) -> str:
        offset = results_offset if cursor is None else _offset(cursor)
        return str(offset + len(handed_out))

    return Listing(page=page, after=after)


def anchored_walk(ask: Asked, number_results: int | None, results_offset: int) -> Listing[Voucher]:
    """Pages by known rows; the cursor is where to ask and which rows were seen last."""
    start = _Place(offset=results_offset)

    def page(cursor: str | None) -> Call[Page[Voucher]]:
        place = start if cursor is None else _Place.of(cursor)
        return ask(place.offset, place.size(number_results), place.taken)

    def after(cursor: str | None, handed_out: Sequence[Voucher]) -> str:
        place = start if cursor is None else _Place.of(cursor)
        return place.behind(_keys(handed_out), place.offset).cursor()

    return Listing(page=page, after=after)


@attrs.frozen(kw_only=True)
class _Place:
    """Where an anchored walk stands.

    Attributes:
        offset: Where the next page is asked for.
        anchors: The keys of the rows last seen, in order; none before the first page.
        looking: How the walk came here: straight on, stepping back, or looking ahead.
    """

    offset: int
    anchors: tuple[str, ...] = ()
    looking: Literal["on", "back", "ahead"] = "on"

    def size(self, number_results: int | None) -> int | None:
        """The page size to ask for: one more where a row of the last page comes again."""
        if number_results is None or not self.anchors:
            return number_results
        return min(LARGEST_PAGE, number_results + 1)

    def taken(self, rows: Rows, total: int | None) -> Page[Voucher]:
        """What is new among the rows, and where to go on."""
        keys = _keys(rows)
        known = frozenset(self.anchors)
        seen = max((index for index, key in enumerate(keys) if key in known), default=-1)
        if self.anchors and seen < 0:
            return Page(items=(), cursor=self._elsewhere(len(rows), total).cursor(), total=total)
        end = self.offset + len(rows)
        fresh = rows[seen + 1 :]
        over = not fresh if total is None else end >= total
        onwards = self.behind(keys[seen + 1 :], max(0, end - 1))
        return Page(items=fresh, cursor=None if over else onwards.cursor(), total=total)

    def behind(self, keys: tuple[str, ...], offset: int) -> _Place:
        """The place behind more rows; a page of anchors is kept."""
        return _Place(offset=offset, anchors=(*self.anchors, *keys)[-LARGEST_PAGE:])

    def _elsewhere(self, count: int, total: int | None) -> _Place:
        """Where known rows may be, when there is none on the page asked for here."""
        if self.looking != "ahead" and self.offset > 0:
            step = max(count, _OVERLAP_WITHOUT_SIZE) - 1
            return attrs.evolve(self, offset=max(0, self.offset - step), looking="back")
        end = self.offset + count
        if count < 2 or (total is not None and end >= total):
            raise PagingError("all rows that were seen last have left the list: begin again")
        return attrs.evolve(self, offset=end - 1, looking="ahead")

    def cursor(self) -> str:
        """The place as text."""
        return json.dumps([self.offset, self.looking, self.anchors], separators=(",", ":"))

    @classmethod
    def of(cls, cursor: str) -> _Place:
        """The place that a text stands for.

        Raises:
            InvalidArgument: The text is no cursor of such a walk.
        """
        try:
            offset, looking, anchors = cast("tuple[Any, Any, Any]", json.loads(cursor))
            if type(offset) is int and offset >= 0 and looking in ("on", "back", "ahead"):
                return cls(offset=offset, looking=looking, anchors=tuple(map(str, anchors)))
        except (ValueError, TypeError):
            pass
        raise InvalidArgument("cursor", 'is not of a walk="anchored"')


def _keys(rows: Sequence[Voucher]) -> tuple[str, ...]:
    """What rows are known by; a row without an id cannot be known again."""
    return tuple(getattr(row, "voucher_id", "") for row in rows)


def _offset(cursor: str) -> int:
    if not (cursor.isascii() and cursor.isdecimal()):
        raise InvalidArgument("cursor", 'is not of a walk="fast"')
    return int(cursor)
