"""Kinds of values that forms share."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

from loyalty_sdk._core.given.arguments import LARGEST_NUMBER, number
from loyalty_sdk._core.given.inputs import Between, Writing


def _digits(argument: str, value: Any) -> int:
    return int(number(argument, value, 0))


Code: TypeAlias = Annotated[int, Between(0, LARGEST_NUMBER)]
"""A number that the vendor has given a meaning, 0 or more."""

NumericId: TypeAlias = Annotated[int, Writing(_digits)] | Annotated[str, Writing(_digits)]
"""An id that the vendor wants as a number; answers have it as text."""
