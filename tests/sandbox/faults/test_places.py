"""Places in a body, whatever pieces it comes in."""

from __future__ import annotations

import pytest

from loyalty_sdk.sandbox.faults.places import AtByte, AtRow

ROWS = [
    b"id,text\n",
    b'1,"two\nlines"\n',
    b'2,"a ""quote"", and\r\nmore"\n',
    b"3,plain\n",
]
CSV = b"".join(ROWS)


@pytest.mark.parametrize("size", [1, 2, 7, 1_000])
@pytest.mark.parametrize("row", [0, 1, 2, 3, 4, 9])
def test_rows_are_told_apart_in_any_pieces(row: int, size: int) -> None:
    """A row ends at a line break that is not between quotes."""
    assert _up_to(AtRow(row), size) == b"".join(ROWS[:row])


@pytest.mark.parametrize("size", [1, 3, 1_000])
def test_bytes_are_counted_in_any_pieces(size: int) -> None:
    """A byte is found where it is."""
    assert _up_to(AtByte(10), size) == CSV[:10]


def _up_to(place: AtByte | AtRow, size: int) -> bytes:
    found = b""
    for start in range(0, len(CSV), size):
        piece = CSV[start : start + size]
        kept = place.up_to(piece)
        found += kept
        if len(kept) < len(piece):
            break
    return found
