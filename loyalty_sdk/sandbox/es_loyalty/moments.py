"""How ES Loyalty writes moments: each as a text and as milliseconds since 1970."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

EASTERN = timezone(timedelta(hours=-5))
_START = datetime(1970, 1, 1, tzinfo=UTC)


def epoch(moment: datetime) -> int:
    """The milliseconds since 1970, without the error of a float."""
    return (moment - _START) // timedelta(milliseconds=1)


def iso(moment: datetime) -> str:
    """Milliseconds and a Z, as in 2026-03-22T17:48:25.910Z."""
    text = moment.astimezone(UTC).isoformat(timespec="milliseconds")
    return text.removesuffix("+00:00") + "Z"


def iso_eastern(moment: datetime) -> str:
    """The same moment as a till in another zone writes it, as in 2026-03-22T12:48:25-05:00."""
    return moment.astimezone(EASTERN).isoformat(timespec="seconds")
