"""Where a walk through the transaction history stands, written as the text of a cursor.

The vendor's cursor is a transaction's id, "to start searching from", and the documents do not say
whether that transaction comes again; nor are ids unique. So a cursor of ours also holds marks of
the rows handed out before it, by which those that come again are told from new ones.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeGuard

import attrs

from loyalty_sdk.errors import InvalidArgument, RepeatedCursor
from loyalty_sdk.es_loyalty.models._shapes import EPOCH, moment

if TYPE_CHECKING:
    from loyalty_sdk.es_loyalty.models.transaction import Transaction

_MOST_MARKS = 300
_KINDS = ((str, type(None)), (int, type(None)), (int,), (str,), (int,), (str,))


@attrs.frozen
class Place:
    """The place behind a row.

    Attributes:
        id: The id that the vendor is asked with; `None` asks from the start.
        epoch: When that transaction happened, in milliseconds.
        again: How many rows come again, if the vendor begins with the first one of that id.
        marks: Marks of rows before the place, in order; the last one is that of its own row.
        pages: How many pages were walked.
        stone: A mark of one of these pages, by which a walk knows that it goes in a circle.
    """

    id: str | None = None
    epoch: int | None = None
    again: int = 0
    marks: tuple[str, ...] = ()
    pages: int = 0
    stone: str = ""

    @classmethod
    def of(cls, cursor: str | None) -> Place:
        """The place that a cursor stands for.

        Raises:
            InvalidArgument: It is no cursor of a transaction history.
        """
        if cursor is None:
            return cls()
        try:
            held = json.loads(cursor)
        except (ValueError, RecursionError):
            held = None
        if not _is_place(held):
            raise InvalidArgument(
                "cursor",
                "is not one that a transaction history gave; "
                "to begin at a transaction, ask for the history with transaction_id",
            )
        transaction_id, epoch, again, marks, pages, stone = held
        return cls(transaction_id, epoch, again, tuple(marks.split()), pages, stone)

    @property
    def cursor(self) -> str:
        """The place as a cursor."""
        held = [self.id, self.epoch, self.again, " ".join(self.marks), self.pages, self.stone]
        return json.dumps(held, separators=(",", ":"))

    @property
    def date(self) -> datetime | None:
        """When the transaction happened that the vendor is asked with."""
        return moment(self.epoch)

    def handed_out(self, rows: Sequence[Transaction]) -> int:
        """How many rows at the head of an answer come again.

        They are rows from before the place, and end with the place's own.
        """
        left = Counter(self.marks)
        count = 0
        for index, row in enumerate(rows, 1):
            mark = _mark(row)
            if not left[mark]:
                break
            left[mark] -= 1
            if mark == self.marks[-1]:
                count = index
        return count

    def behind(self, rows: Sequence[Transaction], marked: int = 1) -> Place:
        """The place behind the last of the rows that follow this place.

        Args:
            rows: The rows; at least one.
            marked: How many rows to mark; never fewer than may come again.
        """
        ids = [getattr(row, "transaction_id", None) for row in rows]
        last = next((at for at in reversed(range(len(rows))) if ids[at] is not None), None)
        if last is None:
            place = attrs.evolve(self, again=self.again + len(rows))
        else:
            before = self.again if self.id == ids[last] else 0
            again = before + len(rows) - (0 if before else ids.index(ids[last]))
            place = attrs.evolve(self, id=ids[last], epoch=_epoch(rows[last]), again=again)
        count = min(max(marked, place.again), _MOST_MARKS)
        marks = self.marks + tuple(_mark(row) for row in rows[-count:])
        return attrs.evolve(place, marks=marks[-count:])

    def turned(self, rows: Sequence[Transaction]) -> Place:
        """The same place, at the end of a page.

        Ids may repeat, and a vendor that takes one for an earlier row goes back. So the first,
        second, fourth, eighth ... page is remembered, and must not come again.

        Raises:
            RepeatedCursor: It did.
        """
        page = _digest([_mark(row) for row in rows])
        if page == self.stone:
            raise RepeatedCursor("the vendor leads back to a page that was walked before")
        pages = self.pages + 1
        remembered = pages & (pages - 1) == 0
        return attrs.evolve(self, pages=pages, stone=page if remembered else self.stone)


def _is_place(held: Any) -> TypeGuard[list[Any]]:
    """Whether it is an array of the kinds of values that a cursor holds."""
    if held.__class__ is not list or len(held) != len(_KINDS):
        return False
    return all(isinstance(value, kinds) for value, kinds in zip(held, _KINDS, strict=True))


def id_of(row: Transaction) -> str | None:
    """A transaction's id, if it came."""
    return getattr(row, "transaction_id", None)


def _epoch(row: Transaction) -> int | None:
    date = row.transaction_date
    return None if date is None else (date - EPOCH) // timedelta(milliseconds=1)


def _mark(row: Transaction) -> str:
    """What tells a row from others, and does not change while it is kept."""
    facts = (
        id_of(row),
        getattr(row, "request_action", None),
        row.transaction_date_epoch,
        row.transaction_date_iso,
        row.processed_date_epoch,
    )
    return _digest(facts)


def _digest(facts: Sequence[object]) -> str:
    return hashlib.blake2b(repr(facts).encode(), digest_size=4).hexdigest()
