"""Where a walk through a list stands that goes on behind its items."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import takewhile
from typing import TypeVar

import attrs

from loyalty_sdk._core.given.arguments import identifier, number
from loyalty_sdk._core.reading.model import Model
from loyalty_sdk.errors import MissingField

M = TypeVar("M", bound=Model)
Name = Callable[[M], str]
"""What an item calls the place behind it: its id, or its date."""

_AGAIN = "\t"  # no id has one


@attrs.frozen
class Place:
    """A place in a list: behind a named item, and behind those without a name that follow it.

    An item may lack its id, and nobody can ask for what follows it: so the walk goes on from the
    last id that there is, and leaves out what comes again.

    Attributes:
        name: The id, or the date; `None` is the start.
        again: How many items without one come again.
    """

    name: str | None
    again: int = 0

    @classmethod
    def of(cls, cursor: str | None, first: str | None) -> Place:
        """The place that a cursor stands for.

        Raises:
            InvalidArgument: It is no cursor of such a list.
        """
        if cursor is None:
            return cls(first)
        last, mark, again = cursor.partition(_AGAIN)
        named = identifier("cursor", last) if last or not mark else None
        return cls(named, int(number("cursor", again)) if mark else 0)

    def behind(self, items: Sequence[M], name: Name[M]) -> Place:
        """The place behind the last of the items that follow this place."""
        for count, item in enumerate(reversed(items)):
            if (last := _name_of(item, name)) is not None:
                return Place(last, count)
        return Place(self.name, self.again + len(items))

    def new(self, items: tuple[M, ...], name: Name[M]) -> tuple[M, ...]:
        """The items of an answer without those at its head that come again."""
        known = takewhile(lambda item: _name_of(item, name) is None, items[: self.again])
        return items[len(list(known)) :]

    @property
    def cursor(self) -> str | None:
        """The place as a cursor; `None` for the start."""
        return f"{self.name or ''}{_AGAIN}{self.again}" if self.again else self.name


def _name_of(item: M, name: Name[M]) -> str | None:
    try:
        return name(item)
    except MissingField:
        return None
