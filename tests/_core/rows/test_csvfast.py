from __future__ import annotations

import textwrap
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty_sdk._core.reading import coerce
from loyalty_sdk._core.reading.model import Model, Reading, promised, renamed
from loyalty_sdk._core.rows import csvfast
from loyalty_sdk._core.rows.csvcolumns import columns_of
from loyalty_sdk.errors import UnreadableAnswer
from loyalty_sdk.spaaza import VoucherRow


def _first_word(cell):
    """A reading of a vendor's own, which may find nothing."""
    words = cell.split()
    if len(words) > 2:
        raise coerce.Mismatch("two words at the most are expected")
    return words[0] if words else None


@attrs.frozen(kw_only=True, weakref_slot=False)
class Item(Model):
    """A row with a cell of every kind."""

    id: str = promised()
    word: Annotated[str, Reading(_first_word)] = promised("theWord")
    note: str | None = renamed("theNote")
    amount: Decimal | None = None
    count: int | None = None
    open: bool | None = None
    kind: Literal["a", "b"] | str | None = None
    made: datetime | None = None
    ends: Annotated[datetime, Reading(coerce.utc_instant)] | None = None
    at: Annotated[datetime, Reading(coerce.moment)] | None = None
    day: date | None = None


KEYS = ["id", "theWord", "theNote", "amount", "count", "open", "kind", "made", "ends", "at", "day"]
ODD = [
    "", " ", "a", "a b", "a b c", "0", "1", "2", "true", "True", "false", "5.00", " 5 ", "1_0",
    "2.0", "1e400", "NaN", "Infinity", "-0", "2024-02-29", "2024-02-30", "20240229T10",
    "2018-05-05T17:59:11", "2018-05-05 17:59Z", "2018-05-05T17:59:11+02:00", "2018-05-05T00:00:00",
    "0000-00-00", "0000-00-00 00:00:00", "\u2028", "\x00", "\u0665",
]  # fmt: skip
CELLS = st.sampled_from(ODD) | st.text(max_size=5)
HEADERS = st.lists(st.sampled_from([*KEYS, "new", "newer", ""]), min_size=1, max_size=14)


def both(header, cells):
    """What the two readers make of a row; the fast one may refuse it."""
    columns = columns_of(Item, header)
    try:
        fast = csvfast.reader(columns)(cells)
    except Exception:
        fast = None
    try:
        return fast, columns.row(cells, 7)
    except UnreadableAnswer as problem:
        return fast, problem.message


def assert_the_same(fast, slow):
    assert fast == slow
    assert (type(fast), vars_of(fast)) == (type(slow), vars_of(slow))


def vars_of(row):
    """Every field with its exact type and text: 5 is 5.00, and True is 1."""
    names = [field.name for field in attrs.fields(type(row))]
    return [(name, type(getattr(row, name)), str(getattr(row, name))) for name in names]


@given(st.lists(CELLS, min_size=len(KEYS), max_size=len(KEYS)))
def test_it_refuses_or_reads_the_same(cells):
    """Whatever the cells hold, the fast reader never says anything of its own."""
    fast, slow = both(KEYS, cells)
    if fast is not None:
        assert_the_same(fast, slow)


@given(HEADERS.filter(lambda header: set(header) & set(KEYS)), st.lists(CELLS, max_size=15))
def test_columns_in_any_order_and_rows_of_any_length(header, cells):
    """The same where columns are missing, unknown, named twice, and rows are short or long."""
    fast, slow = both(header, cells)
    if fast is not None:
        assert_the_same(fast, slow)


@pytest.mark.parametrize("name", ["amount", "open", "made", "ends", "theNote", "kind"])
def test_usual_rows_are_read_fast(name):
    """Nothing usual is left to the slow reader: cells of every kind, blanks, unknown columns."""
    usual = {
        "amount": "5.00",
        "open": "0",
        "made": "2018-05-05T17:59:11Z",
        "ends": "2018-05-05T17:59:11",
        "theNote": "x",
        "kind": "c",
    }
    header = ["id", "new", *KEYS[1:]]
    for cell in (usual[name], ""):
        fast, slow = both(
            header, ["7", "y", "w", *(cell if key == name else "" for key in KEYS[2:])]
        )
        assert fast is not None
        assert_the_same(fast, slow)


@pytest.mark.parametrize(
    "cells", [["7"], ["7", "w", "x"], ["", "w"], ["7", " "], ["7", ""], ["7", "a b c"], []]
)
def test_what_it_leaves_to_the_slow_reader(cells):
    """Rows that are short or long, promises that are not kept, and what the table refuses."""
    fast, _ = both(["id", "theWord"], cells)
    assert fast is None


def test_a_promised_column_that_is_missing():
    """Then no row is usual."""
    fast, slow = both(["theNote"], ["x"])
    assert (fast, slow.note) == (None, "x")


def test_a_row_is_frozen():
    """It is an instance of the model itself, which nobody can change."""
    fast, _ = both(["id", "theWord"], ["7", "w"])
    assert type(fast) is Item
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        fast.id = "8"


def test_it_can_be_looked_at():
    """The text is the one that the module shows."""

    @attrs.frozen(kw_only=True, weakref_slot=False)
    class Card(Model):
        id: str = promised()
        points: Decimal | None = None
        note: str | None = None

    shown = csvfast.__doc__.partition("::\n\n")[2].partition("\n\n")[0]
    written = csvfast.source(columns_of(Card, ["id", "points", "new"]))
    assert textwrap.dedent(shown).strip() == written.strip()


def test_names_cannot_become_code():
    """What a header says stays text."""
    header = ["id", "theWord", "x'}) or exit() #", "\n", "\\", "{", '\'"\'"""']
    fast, slow = both(header, ["7", "w", "1", "2", "3", "4", "5"])
    assert_the_same(fast, slow)
    assert list(fast.extra.values()) == ["1", "2", "3", "4", "5"]


def test_the_rows_of_vouchers():
    """Every column of the real thing is read in place: no call for a usual cell but a parser's."""
    keys = [field.name for field in attrs.fields(VoucherRow) if field.name != "extra"]
    assert "read_" not in csvfast.source(columns_of(VoucherRow, keys)).partition("\n")[2]
