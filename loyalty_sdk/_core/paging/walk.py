"""One way through the pages of a list: everything that is decided on it, and no I/O.

A walk goes from cursor to cursor, each page telling the next one. That is so however the pages
come: one that is asked for before it is needed stands on the walk's shelf under its cursor until
the walk arrives there, and is dropped when it turns out not to lead there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain, islice
from typing import Generic, Protocol, TypeVar

import attrs

from loyalty_sdk._core.calls import Answer, Listing, Page
from loyalty_sdk.errors import InvalidArgument, LoyaltyError, PagingError, RepeatedCursor

T = TypeVar("T")
C = TypeVar("C")
C_co = TypeVar("C_co", covariant=True)


class Errand(Protocol[C_co]):
    """Something that was sent for."""

    def result(self) -> C_co:
        """What it brings; on an async client, to be awaited."""
        ...

    def cancel(self) -> None:
        """Call it back; nobody needs it any more."""
        ...


class Later(Generic[C]):
    """An errand that nobody runs: it is done when its result is needed, by who needs it."""

    def __init__(self, work: Callable[..., C]) -> None:
        self._work = work

    def result(self) -> C:
        return self._work()

    def cancel(self) -> None:
        """Nothing has begun."""


class Walk(Generic[T, C]):
    """One way through the pages of a list.

    Args:
        listing: What is walked.
        operation: Its name, for errors.
        cursor: Where to begin; `None` for the start.
        start: Sends for the page of a cursor.
        ahead: How many pages are sent for before they are needed.

    Raises:
        InvalidArgument: That is no cursor.
    """

    def __init__(
        self,
        listing: Listing[T],
        operation: str,
        cursor: str | None,
        start: Callable[[str | None], Errand[C]],
        ahead: int,
    ) -> None:
        self._listing = listing
        self._operation = operation
        self._start = start
        self._ahead = ahead
        self._shelf: dict[str | None, Errand[C]] = {}
        self._trail = Trail()
        self._without_items = 0
        self._cursor = cursor
        self.over = False
        if cursor is not None:
            self._check(cursor)
            self._trail.comes_again(cursor)

    def next(self) -> Errand[C]:
        """What brings the page that comes next."""
        return self._shelf.pop(self._cursor, None) or self._start(self._cursor)

    def arrived(self, answer: Answer[Page[T]]) -> Page[T]:
        """Take in the page that comes next; the walk stands behind it then.

        Raises:
            PagingError: It leads back to where the walk was, or there have been too many without
                an item.
        """
        page = self._led_on(attrs.evolve(answer.data, response=answer.response))
        self._without_items = 0 if page.items else self._without_items + 1
        most = self._listing.empty_pages
        if most is not None and self._without_items > most:
            raise PagingError(f"more than {most} pages without an item, one after the other")
        self._expect(self._upcoming(page))
        self._cursor = page.cursor
        self.over = page.cursor is None
        return page

    def close(self) -> None:
        """Drop what was sent for and is not needed any more."""
        self._expect(())

    def marked(self, error: LoyaltyError) -> None:
        """Tell an error where the walk stood."""
        error.cursor = self._cursor
        error.operation = error.operation or self._operation

    def _led_on(self, page: Page[T]) -> Page[T]:
        """The page, if it leads somewhere new; without its cursor where it is the last one."""
        if page.cursor is None:
            return page
        if page.cursor == self._cursor:
            if self._listing.repeated == "error":
                raise RepeatedCursor(f"the page after {page.cursor!r} leads back to itself")
            return attrs.evolve(page, cursor=None)
        if self._trail.comes_again(page.cursor):
            raise RepeatedCursor(f"the page leads back to {page.cursor!r}, where the walk has been")
        return page

    def _upcoming(self, page: Page[T]) -> Sequence[str]:
        """The cursors of the next pages, as far as they can be told and may be asked for."""
        if page.cursor is None:
            return ()
        following = () if self._listing.following is None else self._listing.following(page)
        return tuple(islice(chain((page.cursor,), following), self._ahead))

    def _expect(self, cursors: Sequence[str]) -> None:
        """Have the pages of these cursors on the shelf, and no others."""
        for cursor in self._shelf.keys() - set(cursors):
            self._shelf.pop(cursor).cancel()
        for cursor in cursors:
            if cursor not in self._shelf:
                self._shelf[cursor] = self._start(cursor)

    def _check(self, cursor: object) -> None:
        if not isinstance(cursor, str):
            problem = f"must be text, not {type(cursor).__name__}"
        elif not cursor:
            problem = "must not be empty; None is the start"
        else:
            return
        error = InvalidArgument("cursor", problem)
        error.operation = self._operation
        raise error


class Trail:
    """Knows the places where a walk has been: all of the first few thousand, then ever fewer.

    However few it knows, a walk that goes in a circle comes by one of them again.
    """

    def __init__(self, most: int = 4096) -> None:
        self._most = most
        self._marks: dict[int, None] = {}
        self._places = 0
        self._stride = 1

    def comes_again(self, cursor: str) -> bool:
        """Whether the walk was here before; if not, it is now."""
        mark = hash(cursor)  # a cursor may be long, and two with the same mark are a wonder
        if mark in self._marks:
            return True
        if self._places % self._stride == 0:
            self._marks[mark] = None
        self._places += 1
        if len(self._marks) > self._most:
            self._marks = dict.fromkeys(islice(self._marks, 0, None, 2))
            self._stride *= 2
        return False
