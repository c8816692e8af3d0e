"""The textual forms in which Voucherify writes one and the same kind of moment."""

from __future__ import annotations

from datetime import UTC, datetime


def millis_z(moment: datetime) -> str:
    """Milliseconds and a Z, as in 2024-03-22T17:48:25.910Z."""
    text = moment.astimezone(UTC).isoformat(timespec="milliseconds")
    return text.removesuffix("+00:00") + "Z"


def micros_offset(moment: datetime) -> str:
    """Microseconds and an offset, as in 2024-03-22T17:48:25.910974+00:00."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def trimmed_offset(moment: datetime) -> str:
    """A fraction without its trailing zeros and an offset, as in 2024-03-22T17:48:18.57+00:00."""
    text = moment.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00")
    return text.rstrip("0").removesuffix(".") + "+00:00"
