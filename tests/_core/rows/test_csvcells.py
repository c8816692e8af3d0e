from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty_sdk._core.rows.csvcells import LONGEST_ROW, Cells


def cut(text, places):
    """A text in pieces."""
    ends = [*sorted(min(place, len(text)) for place in places), len(text)]
    return [text[start:end] for start, end in zip([0, *ends], ends, strict=False)]


def read(pieces):
    """The rows of a text, and what is wrong behind them."""
    cells, rows = Cells(), []
    for piece in pieces:
        rows += cells.feed(piece)
        if cells.fault:
            return rows, cells.fault
    last = cells.end()
    return [*rows, last] if last else rows, cells.fault


@given(st.text('",\n\r ab€\u2028\x1e', max_size=60), st.lists(st.integers(0, 60), max_size=8))
def test_csv_reader_decides(text, places):
    """Wherever a text is cut, the rows are those of `csv.reader`, and so is the error."""
    expected, broken = plainly(text)
    rows, fault = read(cut(text, places))
    if broken is None and fault is not None:  # the end of the text is no end of quotes for us
        broken, expected = "the body ends within quotes", expected[:-1]
    assert (rows, fault) == (expected, broken)


def plainly(text):
    """The same by `csv.reader` alone."""
    rows = []
    try:
        for cells in csv.reader(io.StringIO(f"{text}\n", newline="\n")):
            if cells:
                rows.append(cells)  # noqa: PERF401  # one by one: an error ends it
    except csv.Error as error:
        return rows, str(error).partition(" - ")[0]
    return rows, None


def test_between_rows():
    """It is known whether the next text begins a row."""
    cells, told = Cells(), []
    for piece in ("a,b\n", "c", ",d\n", '"e\n', 'f",', "g\n\n"):
        cells.feed(piece)
        told.append(cells.between_rows)
    assert told == [True, False, True, False, False, True]


def test_rows_before_a_fault():
    """They are given with it."""
    cells = Cells()
    assert cells.feed("a\nb\nc\rd\ne\n") == [["a"], ["b"]]
    assert cells.fault == "new-line character seen in unquoted field"


@pytest.mark.parametrize("size", [1000, 10**9])
def test_a_row_has_an_end(size):
    """A row may have so many characters, however they come."""
    fits = f"{'x' * 99_999}," * 10
    row = fits.ljust(LONGEST_ROW - 1, "y")
    for text, fault in ((row, None), (row + "y", f"longer than {LONGEST_ROW} characters")):
        assert read(cut(text + "\n", range(0, LONGEST_ROW, size)))[1] == fault
