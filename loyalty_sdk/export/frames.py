"""All items of a list as one table in memory: of pyarrow, pandas or polars."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from loyalty_sdk._core.calls import Listing
from loyalty_sdk._core.given.arguments import given, one_of
from loyalty_sdk.errors import UnreadableAnswer
from loyalty_sdk.export import libraries
from loyalty_sdk.export.columns import schema_of
from loyalty_sdk.export.formats import ArrowTable
from loyalty_sdk.export.sources import model_of
from loyalty_sdk.export.values import Misfit


class Frame:
    """Grows by pages, and becomes a table.

    Args:
        listing: What is collected.
        into: `arrow`, `pandas` or `polars`.
        nested: What becomes of objects: a `struct` each, or columns of their own (`flat`).

    Raises:
        MissingExtra: The library is not installed.
        InvalidArgument: There is no such way to nest.
    """

    def __init__(self, listing: Listing[Any], into: str, nested: str) -> None:
        self._arrow = libraries.pyarrow()
        self._into = {"arrow": _same, "pandas": _pandas, "polars": _polars}[into]()
        flat = one_of("nested", given("nested", nested), ("struct", "flat")) == "flat"
        model: Any = model_of(listing.described_by)
        self._table = ArrowTable(schema_of(model, "flat" if flat else "struct"))
        self._batches: list[Any] = []

    def add(self, items: Sequence[Any]) -> None:
        """Take the items of a page; they are not held.

        Raises:
            UnreadableAnswer: A value has no exact place in its column.
        """
        try:
            self._batches.append(self._table.batch(items))
        except Misfit as misfit:
            problem = UnreadableAnswer(str(misfit))
        else:
            return
        raise problem

    def made(self) -> Any:
        """The table."""
        return self._into(self._arrow.Table.from_batches(self._batches, self._table.schema))


def _same() -> Callable[[Any], Any]:
    def made(table: Any) -> Any:
        return table

    return made


def _pandas() -> Callable[[Any], Any]:
    pandas = libraries.pandas()

    def made(table: Any) -> Any:
        return table.to_pandas(types_mapper=pandas.ArrowDtype)  # its own would round decimals

    return made


def _polars() -> Callable[[Any], Any]:
    made: Callable[[Any], Any] = libraries.polars().from_arrow
    return made
