from __future__ import annotations

from decimal import Decimal

import attrs
import pytest

from loyalty_sdk._core.reading.model import Model, promised, renamed
from loyalty_sdk._core.rows.csvcolumns import columns_of
from loyalty_sdk.errors import MissingField, UnreadableAnswer


@attrs.frozen(kw_only=True, weakref_slot=False)
class Item(Model):
    """A row."""

    id: str = promised()
    note: str | None = renamed("theNote")
    amount: Decimal | None = None


def test_columns_are_known_by_name():
    """Their places do not matter; what has no column, and what nobody knows, is told apart."""
    columns = columns_of(Item, [" theNote ", "new", "id", "id", "", "new"])
    assert [(one.index, one.key, one.field) for one in columns.known] == [
        (0, "theNote", "note"),
        (2, "id", "id"),
    ]
    assert columns.unknown == [(1, "new"), (3, "3"), (4, "4"), (5, "5")]
    assert (columns.absent, columns.width) == (["amount"], 6)


@pytest.mark.parametrize("header", [[], [""], ["x", "y"], ["ID"]])
def test_a_header_of_something_else(header):
    """Where no name is known it is another file."""
    with pytest.raises(UnreadableAnswer, match="none of the documented columns"):
        columns_of(Item, header)


def test_rows_of_any_length():
    """What is lacking is blank; what is too much goes by its number."""
    columns = columns_of(Item, ["id", "amount", "new"])
    assert columns.row(["1"], 1) == Item(id="1", extra={"new": None})
    assert columns.row(["1", "5", "x", "", "y"], 1) == Item(
        id="1", amount=Decimal(5), extra={"new": "x", "3": "", "4": "y"}
    )


def test_a_fault_has_a_place():
    """The row and the column are named, and not what the cell holds."""
    columns = columns_of(Item, ["id", "amount"])
    with pytest.raises(UnreadableAnswer) as caught:
        columns.row(["1", "secret"], 12)
    assert caught.value.message == "row 12, amount: a number is expected, not text"
    assert caught.value.__context__ is None


@pytest.mark.parametrize("header", [["id", "theNote"], ["theNote"]])
def test_a_promise_that_is_not_kept(header):
    """The row is read; only reading that field is an error, which names the row."""
    row = columns_of(Item, header).row([""] * len(header), 12)
    with pytest.raises(MissingField, match=r"row 12\.id"):
        _ = row.id
