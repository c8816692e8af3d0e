"""What the project keeps beside customers' redeemables: JSON objects as the vendor shows them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from random import Random
from typing import Any, cast

import attrs

from ..synthetic import HEX_DIGITS, characters

Json = dict[str, Any]


def part(content: Mapping[str, Any] | None, name: str) -> Json:
    """The object under a name; an empty one where there is none."""
    found: Any = None if content is None else content.get(name)
    return cast("Json", found) if isinstance(found, dict) else {}


def several(content: Mapping[str, Any] | None, name: str) -> list[Any]:
    """The list under a name; an empty one where there is none."""
    found: Any = None if content is None else content.get(name)
    return [*found] if isinstance(found, list) else []


@attrs.frozen(kw_only=True)
class Record:
    """A row of a list.

    Attributes:
        created_at: When it was made.
        content: The object as the vendor shows it.
    """

    created_at: datetime
    content: Mapping[str, Any]

    def text(self, field: str) -> str | None:
        """The value of a field as text; a dot leads into an object."""
        value: Any = self.content
        for name in field.split("."):
            outer: Any = cast("Mapping[str, Any]", value) if isinstance(value, Mapping) else {}
            value = outer.get(name)
        if isinstance(value, bool):
            return "true" if value else "false"
        return None if value is None else str(value)

    def has(self, field: str) -> bool:
        """Whether a field has a value."""
        return self.text(field) is not None


class Ids:
    """Makes identifiers whose order is the order in which they were made."""

    def __init__(self, source: Random) -> None:
        """Draw their tails from a source."""
        self._source = source
        self._made = 0

    def next(self, prefix: str) -> str:
        """One more identifier, such as "r_0f00000001c3b2"."""
        self._made += 1
        return f"{prefix}_0f{self._made:08x}{characters(self._source, 6, HEX_DIGITS)}"
