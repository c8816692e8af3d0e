"""Places on the earth, in calls."""

from __future__ import annotations

from decimal import Decimal

from loyalty_sdk.errors import InvalidArgument


def degrees(argument: str, value: float, most: float) -> str:
    """Degrees of latitude or longitude, as a path has them.

    Args:
        argument: The name of the argument, for the error.
        value: The degrees.
        most: The bound on either side.

    Raises:
        InvalidArgument: It is no number between the bounds.
    """
    fits = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not fits or not abs(value) <= most:  # NaN is not
        raise InvalidArgument(argument, f"must be a number from -{most} to {most}")
    return format(Decimal(repr(value + 0)), "f")
