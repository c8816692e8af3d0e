"""A place in a body, found while the body passes by."""

from __future__ import annotations

import sys
from typing import Protocol

import attrs

from .occasion import Occasion

DRAWN_WITHIN = 65_536


class Place(Protocol):
    """A place in a body."""

    def up_to(self, piece: bytes) -> bytes:
        """What lies before the place, of the next piece of the body."""
        ...


@attrs.define
class AtByte:
    """The place before a byte."""

    left: int

    def up_to(self, piece: bytes) -> bytes:
        """What lies before the place."""
        kept = piece[: self.left]
        self.left -= len(kept)
        return kept


@attrs.define
class AtRow:
    """The place before a row of a CSV, in which line breaks may stand between quotes."""

    left: int
    quoted: bool = False

    def up_to(self, piece: bytes) -> bytes:
        """What lies before the place."""
        start = 0
        while self.left:
            end = piece.find(b"\n", start) + 1
            line = piece[start:end] if end else piece[start:]
            self.quoted ^= line.count(b'"') % 2 == 1
            if not end:
                return piece
            start = end
            self.left -= not self.quoted
        return piece[:start]


def place_in(occasion: Occasion, length: int | None) -> Place:
    """The place that the tuning names, or one that is drawn.

    Args:
        occasion: The request.
        length: How long the body is, before whose last byte the place lies; `None` of a stream.
    """
    tuning = occasion.tuning
    if tuning.at_row is not None and length is None:
        return AtRow(tuning.at_row)
    longest = sys.maxsize if length is None else max(0, length - 1)
    if tuning.at_byte is not None:
        return AtByte(min(tuning.at_byte, longest))
    return AtByte(occasion.dice.randint(min(1, longest), min(longest, DRAWN_WITHIN)))
