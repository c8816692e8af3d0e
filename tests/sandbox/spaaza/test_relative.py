"""Spaaza's relative datetimes, against expectations written by hand."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from loyalty_sdk.sandbox.spaaza.relative import read_instant, read_relative

NOW = datetime(2026, 3, 31, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7 days", "2026-04-07T12:00:00+00:00"),
        ("+6 days", "2026-04-06T12:00:00+00:00"),
        ("-13 weeks", "2025-12-30T12:00:00+00:00"),
        ("3 weeks", "2026-04-21T12:00:00+00:00"),
        ("1 minute", "2026-03-31T12:01:00+00:00"),
        ("-1 hour", "2026-03-31T11:00:00+00:00"),
        ("+2 months", "2026-05-31T12:00:00+00:00"),
        ("1 month", "2026-05-01T12:00:00+00:00"),
        ("-1 month", "2026-03-03T12:00:00+00:00"),
        ("-12 months", "2025-03-31T12:00:00+00:00"),
        ("10 months", "2027-01-31T12:00:00+00:00"),
        ("-6 months 5 days -2 minutes", "2025-10-06T11:58:00+00:00"),
        ("+6 months -5 days +2 minutes", "2026-09-26T12:02:00+00:00"),
    ],
)
def test_each_term_has_its_own_sign(text: str, expected: str) -> None:
    """Terms add up, no sign means plus, and a day too many runs over into the next month."""
    assert read_relative(text, NOW).isoformat() == expected


@pytest.mark.parametrize(
    "text",
    ["", "days", "7", "7days", " 7 days", "7 days ", "+ 7 days", "1.5 days", "7 Days", "1 y"],
)
def test_other_texts_are_no_relative_dates(text: str) -> None:
    """What the grammar does not give is refused."""
    with pytest.raises(ValueError, match="not a relative date"):
        read_relative(text, NOW)


@pytest.mark.parametrize("text", ["-999999 months", "999999 weeks", "-900000 days"])
def test_a_date_outside_the_calendar_is_refused(text: str) -> None:
    """A term that leads before year 1 or past year 9999 is an error, not a crash."""
    with pytest.raises(ValueError, match="out of the calendar"):
        read_relative(text, NOW)


@pytest.mark.parametrize(
    "text", ["2018-09-19T14:05:20+00:00", "2018-09-19T08:05:20-06:00", "2018-09-19T14:05:20Z"]
)
def test_the_documented_instants_are_one_moment(text: str) -> None:
    """The page's own examples all name the same instant."""
    assert read_instant(text) == datetime(2018, 9, 19, 14, 5, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["2018-09-19", "2018-09-19T14:05:20", "2018-09-19 14:05:20Z", "20180919T140520Z"]
)
def test_an_instant_needs_the_extended_form_and_an_offset(text: str) -> None:
    """Naive, basic and blank-separated timestamps are refused."""
    with pytest.raises(ValueError, match="ISO-8601"):
        read_instant(text)
