"""Amounts and times in what is sent, and in what is answered."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from .answers import incomplete, invalid


def amount_of(values: Mapping[str, object], name: str) -> Decimal:
    """A number that has to be given, negative ones too where the caller allows them.

    Raises:
        Refused: It is missing, or no number.
    """
    given = values.get(name)
    if given is None:
        raise incomplete(f"The parameter {name} is required")
    try:
        amount = Decimal(str(given))
    except InvalidOperation:
        amount = Decimal("NaN")
    if isinstance(given, bool) or not amount.is_finite():
        raise invalid(f"The parameter {name} must be a number")
    return amount


def seconds_of(values: Mapping[str, str], name: str) -> int:
    """A number of seconds.

    Raises:
        Refused: It is none.
    """
    text = values[name]
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise invalid(f"The parameter {name} must be a number of seconds")
    return int(text)


def plain_number(amount: Decimal | None) -> int | float | None:
    """An amount as JSON shows it: whole where it is whole."""
    if amount is None:
        return None
    return int(amount) if amount == amount.to_integral_value() else float(amount)
