from __future__ import annotations

import sys
from datetime import datetime
from decimal import Decimal

import attrs
import pytest

from loyalty_sdk._core.reading.model import Model, promised, renamed
from loyalty_sdk._core.rows.arrowtable import ArrowTable, Misfit, pyarrow
from loyalty_sdk._core.rows.csvcolumns import columns_of
from loyalty_sdk.errors import MissingExtra


@attrs.frozen(kw_only=True, weakref_slot=False)
class Item(Model):
    """A row."""

    id: str = promised()
    note: str | None = renamed("theNote")
    amount: Decimal | None = None
    open: bool | None = None
    made: datetime | None = None


HEADER = ["made", "new", "id", "amount", "open"]


@pytest.fixture
def columns():
    return columns_of(Item, HEADER)


@pytest.fixture
def table(columns):
    return ArrowTable(pyarrow(), columns)


def block(table, rows):
    """A block of rows, as a table takes it."""
    return bytearray(b"\n" + rows + table.fence)


def test_both_ways_fill_the_same_columns(table, columns):
    """A block of CSV and the typed rows of it make the same batch."""
    cells = [["2018-05-05T17:59:11+02:00", "x", "1", "5.00", "1"], ["", "", "", "", ""]]
    text = "".join(f"{','.join(row)}\n" for row in cells)
    of_block = table.of_block(block(table, text.encode()))
    of_rows = table.of_rows([columns.row(row, number) for number, row in enumerate(cells, 1)])
    assert of_block == of_rows
    assert of_block.schema == of_rows.schema == table.schema
    assert table.schema.names == ["id", "theNote", "amount", "open", "made", "new"]


@pytest.mark.parametrize(
    "rows",
    [
        b",,1,,\r2,,3,,\n",
        b',,1,,"\n',
        b",,1,\n",
        b",,1,,,\n",
        b",,1,,yes\n",
        b",,\xff,,\n",
        b",,1,1e5,\n",
        b",,1,0x5,\n",
        b",,1,123456789012345678901,\n",
        b",,1,5 5,\n",
        b"2018-05-05T17:59:11,,1,,\n",
        b"2018-05-05,,1,,\n",
        b"0000-01-01T00:00:00Z,,1,,\n",
    ],
)
def test_what_pyarrow_is_not_trusted_with(table, rows):
    """It refuses the block, or might read it in its own way, or worse."""
    assert table.of_block(block(table, b",,1,,\n" + rows)) is None


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (["", "", "1", "5", "", "more"], ": there are more cells than columns"),
        (["", "", "1", "1e-19", ""], ", amount: the number has too many digits"),
        (["", "", "1", "1e20", ""], ", amount: the number has too many digits"),
        (["", "", "1", "1e-20000000", ""], ", amount: the number has too many digits"),
    ],
)
def test_a_row_that_does_not_fit(table, columns, cells, said):
    """It is told which row it is, and why."""
    good = columns.row(["", "", "1", "99999999999999999999.999999999999999999", ""], 1)
    with pytest.raises(Misfit, match=said) as caught:
        table.of_rows([good, good, columns.row(cells, 3)])
    assert caught.value.index == 2
    assert str(table.of_rows([good])["amount"][0]) == "99999999999999999999.999999999999999999"


@pytest.mark.parametrize("part", ["pyarrow", "pyarrow.csv", "pyarrow.compute"])
def test_without_pyarrow(monkeypatch, part):
    """The error names what to install."""
    monkeypatch.setitem(sys.modules, part, None)
    with pytest.raises(MissingExtra, match=r"pip install 'loyalty-sdk\[arrow\]'") as caught:
        pyarrow()
    assert isinstance(caught.value, ImportError)
    assert caught.value.__context__ is None
