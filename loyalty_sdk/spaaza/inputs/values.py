"""Numbers and texts in what calls take."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from loyalty_sdk._core.given.arguments import number
from loyalty_sdk._core.given.inputs import Between, Writing

LARGEST = 10**15


def _whole(argument: str, value: int | str) -> int:
    return int(number(argument, value))


WHOLE = Writing(_whole)
Id = Annotated[int, WHOLE] | Annotated[str, WHOLE]
"""An id of Spaaza's, a whole number; its digits as text will do."""
Amount = Annotated[Decimal, Between(0, LARGEST)] | Annotated[int, Between(0, LARGEST)]
"""An amount in whole units of the currency: `Decimal("5.25")`; 0 or more."""
Signed = Annotated[Decimal, Between(-LARGEST, LARGEST)] | Annotated[int, Between(-LARGEST, LARGEST)]
"""The same, negative where something comes back."""
Seconds = Annotated[int, Between(0, 10**9)]
"""A number of seconds; 0 or more."""
