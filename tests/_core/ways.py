"""The ways to walk a list."""

from __future__ import annotations

import contextlib

WAYS = ("one after the other", "read ahead", "four at once")


def walking(colour, pager, way):
    """A pager that walks in one of the ways, entered."""
    if way == "one after the other":
        return contextlib.nullcontext(pager)
    return colour.entered(pager.read_ahead() if way == "read ahead" else pager.concurrent(4))
