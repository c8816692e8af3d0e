"""What came of asking several vendors: rows, and an error where a vendor could not be asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Generic, TypeAlias, TypeVar

import attrs

from loyalty_sdk._core.reading.shown import html_table, html_text, plain, text_table
from loyalty_sdk.wallet.models import Activity, Reward, VendorName

T_co = TypeVar("T_co", bound="Reward | Activity", covariant=True)
T = TypeVar("T", bound="Reward | Activity")

Time: TypeAlias = Callable[[T], "datetime | None"]

MOST_SHOWN = 50


def _counted(items: Sequence[object]) -> str:
    """Rows in a repr: all of them would fill screens."""
    return f"<{len(items)} items>"


@attrs.frozen(kw_only=True)
class Batch(Generic[T_co]):
    """Some rows of one vendor, as one answer gave them.

    Attributes:
        vendor: The vendor.
        items: The rows, in the vendor's order; none with an error.
        error: Why no more rows of this vendor come, where that is not because all have come.
        more: Whether the vendor holds more than came, or may; known when its last batch is here.
        is_last: Whether this vendor has nothing more to say.
    """

    vendor: VendorName
    items: tuple[T_co, ...] = attrs.field(default=(), repr=_counted)
    error: Exception | None = None
    more: bool = False
    is_last: bool = False


@attrs.frozen(kw_only=True)
class Found(Generic[T_co]):
    """What several vendors gave; iterate it for the rows.

    Attributes:
        items: The rows of all vendors, by time; those without a time are at the end.
        asked: The vendors that were asked.
        errors: By vendor, what went wrong; rows that came before that are among the items.
        more: The vendors that hold more than came, or may.
    """

    items: tuple[T_co, ...] = attrs.field(repr=_counted)
    asked: tuple[VendorName, ...]
    errors: Mapping[VendorName, Exception]
    more: frozenset[VendorName]

    @property
    def is_whole(self) -> bool:
        """Whether every vendor that was asked gave all it has."""
        return not self.errors and not self.more

    def of(self, vendor: VendorName) -> tuple[T_co, ...]:
        """The rows of one vendor, by time.

        Args:
            vendor: `es_loyalty`, `voucherify`, `cardlytics` or `spaaza`.
        """
        return tuple(item for item in self.items if item.vendor == vendor)

    def __iter__(self) -> Iterator[T_co]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def __bool__(self) -> bool:
        return bool(self.items)

    def __str__(self) -> str:
        shown = self.items[:MOST_SHOWN]
        table = (
            [text_table(list(shown[0].columns), [row.cells() for row in shown])] if shown else []
        )
        return "\n".join([*table, *map(plain, self._remarks())])

    def _repr_html_(self) -> str:
        """A table for notebooks; the vendors' texts are escaped."""
        shown = self.items[:MOST_SHOWN]
        table = html_table(list(shown[0].columns), [row.cells() for row in shown]) if shown else ""
        return table + "".join(map(html_text, self._remarks()))

    def _remarks(self) -> Iterator[str]:
        """What must be said below a table."""
        if not self.items:
            yield f"nothing from {', '.join(self.asked) or 'anybody'}"
        if len(self.items) > MOST_SHOWN:
            yield f"and {len(self.items) - MOST_SHOWN} more rows"
        for vendor in sorted(self.more):
            yield f"{vendor}: there may be more"
        for vendor, error in self.errors.items():
            yield f"{vendor}: could not be fetched: {type(error).__name__}: {error}"


def by_time(items: list[T], time: Time[T], newest_first: bool) -> tuple[T, ...]:
    """The rows by time, those without one at the end, else in the order in which they are."""
    timed = [(moment, item) for item in items if (moment := time(item)) is not None]
    timed.sort(key=lambda pair: pair[0], reverse=newest_first)
    return (*(item for _, item in timed), *(item for item in items if time(item) is None))
