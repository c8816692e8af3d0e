"""The ways to walk a list, in both colours."""

from __future__ import annotations

import contextlib

WAYS = ("one after the other", "read ahead", "four at once")


@contextlib.contextmanager
def entered(colour, opened):
    """A context manager of either colour, entered."""
    if not colour.is_async:
        with opened as given:
            yield given
        return
    given = colour(opened.__aenter__())
    try:
        yield given
    except BaseException as error:
        if not colour(opened.__aexit__(type(error), error, error.__traceback__)):
            raise
    else:
        colour(opened.__aexit__(None, None, None))


def walking(colour, pager, way):
    """A pager that walks in one of the ways, entered."""
    if way == "one after the other":
        return contextlib.nullcontext(pager)
    return entered(colour, pager.read_ahead() if way == "read ahead" else pager.concurrent(4))


def steps(colour, pager):
    """Gives the next item each time it is called."""
    walk = aiter(pager) if colour.is_async else iter(pager)

    async def awaited():
        return await anext(walk)

    return lambda: colour(awaited()) if colour.is_async else next(walk)
