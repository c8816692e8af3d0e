"""Two ways through a list that has offsets and no order one could rely on.

**fast** counts: each page begins where the last one ended. A row that leaves or joins the list
before that place shifts the rest, and a row is missed or comes twice. Where pages lie can be told
before they are read, so several may be asked for at once.

**anchored** looks for rows it has seen. Each page overlaps the one before; what lies behind the
last known row is new. When no known row is on a page, rows before it have left the list, and the
walk steps back until it meets one; when it meets none back to the start, rows have joined, and it
looks ahead. As long as rows keep their order, none that is there all the time is lost. The cursor
carries the rows last seen, so that a walk can be resumed.

Why none is lost: what was handed out is always a beginning of the list as far as rows that stay
are concerned. A page is taken only from behind a row that was handed out, and whole; so the rows
that it adds lengthen that beginning without a gap. None comes twice as long as the rows handed out
that may lie behind it are still known; of those, and of the others, a page each is remembered.

A total is believed as the end where it agrees with what was counted, and never otherwise. A page
without any row is the end only where the total does not say that there are more.

An anchored walk may come by the same place again, and may read many pages without news. What it
counts is the pages of nothing but known rows: while the list rests, there are no more of them in a
row than known rows. Searching back ends at the start, and ahead at the end of the list.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal, cast

import attrs

from loyalty_sdk._core.calls import Call, Listing, Page
from loyalty_sdk.errors import InvalidArgument, PagingError, UnreadableAnswer
from loyalty_sdk.spaaza.models.vouchers import Voucher

Walk = Literal["fast", "anchored"]

LARGEST_PAGE = 500
_SEARCHED = 100
_MOST_DIGITS = 18


@attrs.frozen
class Arrived:
    """What an answer holds.

    Attributes:
        rows: The vouchers.
        sent: How many places the list has; a null takes one and is no voucher.
        total: How many vouchers there are in all; `None` where the vendor does not say.
    """

    rows: tuple[Voucher, ...]
    sent: int
    total: int | None


Asked = Callable[[int, "int | None", Callable[[Arrived], Page[Voucher]]], Call[Any]]
"""Describes the call for an offset and a page size, given how its rows become a page."""


def fast_walk(ask: Asked, number_results: int | None, results_offset: int) -> Listing[Voucher]:
    """Pages by counting; the cursor is the offset."""

    def page(cursor: str | None) -> Call[Page[Voucher]]:
        offset = results_offset if cursor is None else _offset(cursor)

        def taken(arrived: Arrived) -> Page[Voucher]:
            end, total = offset + arrived.sent, arrived.total
            if not arrived.sent:
                _check_the_end(offset, total)
            over = not arrived.sent or end == total
            return Page(items=arrived.rows, cursor=None if over else str(end), total=total)

        return ask(offset, number_results, taken)

    def after(cursor: str | None, handed_out: Sequence[Voucher]) -> str:
        offset = results_offset if cursor is None else _offset(cursor)
        return str(offset + len(handed_out))

    def following(page: Page[Voucher]) -> Iterable[str]:
        """Behind the next page, if that is as long as this one; up to the total."""
        end, size = int(page.cursor or 0), len(page.items)
        last = 10**_MOST_DIGITS if page.total is None else page.total
        return map(str, range(end + size, last, size))

    return Listing(page=page, after=after, following=following)


def anchored_walk(ask: Asked, number_results: int | None, results_offset: int) -> Listing[Voucher]:
    """Pages by known rows; the cursor is where to ask and which rows were seen last."""
    start = _Place(offset=results_offset)

    def page(cursor: str | None) -> Call[Page[Voucher]]:
        place = start if cursor is None else _Place.of(cursor)
        size = place.size(number_results)
        return ask(place.offset, size, lambda arrived: place.taken(arrived, size))

    def after(cursor: str | None, handed_out: Sequence[Voucher]) -> str:
        place = start if cursor is None else _Place.of(cursor)
        return place.behind((*place.anchors, *_keys(handed_out)), place.beyond).cursor()

    return Listing(page=page, after=after, empty_pages=None)


@attrs.frozen(kw_only=True)
class _Place:
    """Where an anchored walk stands.

    Attributes:
        offset: Where the next page is asked for.
        anchors: The keys of the rows last seen, in order; none before the first page.
        beyond: The keys of seen rows that may lie further on, where others joined before them.
        looking: How the walk came here: straight on, searching from here back, or ahead.
        idle: How many pages of nothing but known rows there have been since the last news.
    """

    offset: int
    anchors: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()
    looking: Literal["on", "back", "ahead"] = "on"
    idle: int = 0

    def size(self, number_results: int | None) -> int | None:
        """The page size to ask for: one more where a row of the last page comes again."""
        if not self.anchors:
            return number_results
        if number_results is None:
            return None if self.looking == "on" else _SEARCHED
        return min(LARGEST_PAGE, number_results + 1)

    def taken(self, arrived: Arrived, asked: int | None) -> Page[Voucher]:
        """What is new among the rows, and where to go on."""
        rows, total = arrived.rows, arrived.total
        if not arrived.sent:
            _check_the_end(self.offset, total)
        keys = [_key(row) for row in rows]
        order = {key: index for index, key in enumerate((*self.anchors, *self.beyond))}
        seen = max((index for index, key in enumerate(keys) if key in order), default=-1)
        if self.anchors and seen < 0:
            return self._empty(self._elsewhere(len(rows), total, asked), total)
        fresh = rows[seen + 1 :]
        if len(rows) < 2 and not fresh:  # nothing lies behind the last row that was seen
            unsure = asked is None and bool(rows) and self.offset + 1 != total
            return self._empty(attrs.evolve(self, looking="back") if unsure else None, total)
        if self.offset + len(rows) == total and (asked is None or len(rows) < asked):
            return Page(items=fresh, total=total)
        last = max((index for index, key in enumerate(keys) if key), default=-1)
        if last < (1 if self.anchors else 0):
            raise PagingError('rows without an id cannot be known again: use walk="fast"')
        fresh = rows[seen + 1 : last + 1]  # the next page begins with a row that can be known
        known = (*self.anchors, *self.beyond)
        passed = order[keys[seen]] + 1 if seen >= 0 else 0
        place = self.behind((*known[:passed], *_keys(fresh)), known[passed:])
        idle = 0 if fresh else self.idle + 1
        if idle > len(known) + _SEARCHED:  # and a few, for rows that join and leave meanwhile
            raise PagingError("the same rows come again and again: the list does not rest")
        onwards = attrs.evolve(place, offset=self.offset + last, idle=idle)
        return Page(items=fresh, cursor=onwards.cursor(), total=total)

    def behind(self, passed: tuple[str, ...], beyond: tuple[str, ...]) -> _Place:
        """The same place once more rows were handed out; a page of either kind is kept."""
        return _Place(
            offset=self.offset, anchors=passed[-LARGEST_PAGE:], beyond=beyond[:LARGEST_PAGE]
        )

    def _empty(self, onwards: _Place | None, total: int | None) -> Page[Voucher]:
        return Page(items=(), cursor=None if onwards is None else onwards.cursor(), total=total)

    def _elsewhere(self, count: int, total: int | None, asked: int | None) -> _Place:
        """Where known rows may be, when there is none on the page asked for here."""
        if self.looking != "ahead" and (self.offset > 0 or asked is None):
            page = max(count, asked or 0, _SEARCHED)
            step = page // 2 if self.looking == "on" else page - 1  # a few, mostly
            return attrs.evolve(self, offset=max(0, self.offset - step), looking="back")
        end = self.offset + count
        if count < 2 or (end == total and count < (asked or 0)):
            raise PagingError("none of the rows seen last can be found any more: begin again")
        return attrs.evolve(self, offset=end - 1, looking="ahead")

    def cursor(self) -> str:
        """The place as text."""
        return json.dumps(
            [self.offset, self.idle, self.looking, self.anchors, self.beyond],
            separators=(",", ":"),
        )

    @classmethod
    def of(cls, cursor: str) -> _Place:
        """The place that a text stands for.

        Raises:
            InvalidArgument: The text is no cursor of such a walk.
        """
        try:
            offset, idle, looking, *keys = cast("list[Any]", json.loads(cursor))
            anchors, beyond = map(_texts, keys)
            if _fits(offset) and _fits(idle) and looking in ("on", "back", "ahead"):
                return cls(
                    offset=offset, anchors=anchors, beyond=beyond, looking=looking, idle=idle
                )
        except (ValueError, TypeError, RecursionError):
            pass
        raise InvalidArgument("cursor", 'is not of a walk="anchored"')


def _fits(value: object) -> bool:
    return type(value) is int and 0 <= value < 10**_MOST_DIGITS


def _check_the_end(offset: int, total: int | None) -> None:
    """A page without rows is the end, unless the vendor itself says that there are more.

    Raises:
        UnreadableAnswer: It does; such an answer is asked for again.
    """
    if total is not None and offset < total:
        raise UnreadableAnswer(f"$.results: no vouchers from {offset} on, and {total} in all")


def _texts(values: Any) -> tuple[str, ...]:
    texts = tuple(cast("list[object]", values)) if isinstance(values, list) else (None,)
    if not all(isinstance(text, str) for text in texts):
        raise TypeError("no list of texts")
    return cast("tuple[str, ...]", texts)


def _key(row: Voucher) -> str:
    """What a row is known by; nothing, where it has neither id nor key."""
    return getattr(row, "voucher_id", "") or getattr(row, "voucher_key", "")


def _keys(rows: Sequence[Voucher]) -> tuple[str, ...]:
    return tuple(key for row in rows if (key := _key(row)))


def _offset(cursor: str) -> int:
    if not (cursor.isascii() and cursor.isdecimal() and len(cursor) <= _MOST_DIGITS):
        raise InvalidArgument("cursor", 'is not of a walk="fast"')
    return int(cursor)
