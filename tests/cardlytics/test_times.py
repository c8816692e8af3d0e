from __future__ import annotations

import threading
from datetime import datetime, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from loyalty_sdk._core.reading.coerce import Mismatch
from loyalty_sdk.cardlytics._times import checked_zone, moment, naive_times_in, sent_time
from loyalty_sdk.errors import InvalidArgument

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize("zone", ["Europe/London", LONDON])
def test_a_zone_is_a_name_or_a_tzinfo(zone: Any) -> None:
    """A name is looked up, anything that is a zone already is taken."""
    assert checked_zone(zone) == LONDON


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../etc", "/etc/passwd", "Europe", "a\0b"])
def test_an_unknown_zone_is_refused(zone: str) -> None:
    """Whatever way the look-up fails, it is a bad argument, and nothing hangs on the error."""
    with pytest.raises(InvalidArgument, match=r"timezone: .* no time zone") as caught:
        checked_zone(zone)
    assert caught.value.__context__ is None


@pytest.mark.parametrize("zone", [2, b"UTC", timedelta(hours=1)])
def test_what_is_no_zone_is_refused(zone: Any) -> None:
    """Offsets as numbers and the like are not guessed at."""
    with pytest.raises(InvalidArgument, match="timezone: must be"):
        checked_zone(zone)


@pytest.mark.parametrize(
    ("sent", "zone", "expected"),
    [
        ("2024-07-01T08:00:00", None, datetime(2024, 7, 1, 8)),
        ("2024-07-01T08:00:00", LONDON, datetime(2024, 7, 1, 7, tzinfo=timezone.utc)),
        ("2024-01-01T08:00:00", LONDON, datetime(2024, 1, 1, 8, tzinfo=timezone.utc)),
        ("2024-07-01T08:00:00Z", None, datetime(2024, 7, 1, 8, tzinfo=timezone.utc)),
        ("2024-07-01T08:00:00Z", LONDON, datetime(2024, 7, 1, 8, tzinfo=timezone.utc)),
        ("2024-07-01T08:00:00+02:00", LONDON, datetime(2024, 7, 1, 6, tzinfo=timezone.utc)),
        # An hour that the clock shows twice is taken for the first of the two.
        ("2024-10-27T01:30:00", LONDON, datetime(2024, 10, 27, 0, 30, tzinfo=timezone.utc)),
    ],
)
def test_a_moment_is_read_in_the_zone(sent: str, zone: Any, expected: datetime) -> None:
    """A naive time is in the zone, or stays naive without one; an offset that is sent stands."""
    with naive_times_in(zone):
        found = moment(sent)
    if zone is None:
        assert found == expected
    else:  # times of one zone compare by what the clock shows, so ask both in UTC
        assert found.astimezone(timezone.utc) == expected


def test_a_zone_holds_for_its_block_only() -> None:
    """Blocks nest, and what one thread reads in is unknown to the others."""
    seen: list[datetime] = []
    with naive_times_in(LONDON):
        with naive_times_in(timezone.utc):
            assert moment("2024-07-01T08:00:00").tzinfo is timezone.utc
        other = threading.Thread(target=lambda: seen.append(moment("2024-07-01T08:00:00")))
        other.start()
        other.join()
        assert moment("2024-07-01T08:00:00").tzinfo is LONDON
    assert seen == [moment("2024-07-01T08:00:00")] == [datetime(2024, 7, 1, 8)]


@pytest.mark.parametrize("sent", ["2024-07-01", "", "soon, or so", 5, None, True, {}])
def test_what_is_no_time_is_a_mismatch(sent: Any) -> None:
    """A date alone is no moment either."""
    with pytest.raises(Mismatch):
        moment(sent)


@pytest.mark.parametrize(
    ("edge", "zone"),
    [(datetime.max, timezone(timedelta(hours=14))), (datetime.min, timezone(-timedelta(hours=12)))],
)
def test_a_time_beyond_the_calendar_is_refused(edge: datetime, zone: timezone) -> None:
    """One that the client's zone has no date for is a bad argument like any other."""
    with pytest.raises(InvalidArgument, match="start_date: lies beyond"):
        sent_time("start_date", edge.replace(tzinfo=timezone.utc), zone)


class Unknown(tzinfo):
    """A zone that does not know its offset."""

    def utcoffset(self, moment: datetime | None) -> None:
        """Nobody knows."""


def test_a_zone_without_an_offset_is_none() -> None:
    """Such a time is naive, and never taken for one of this machine's."""
    moment = datetime(2024, 7, 1, 8, tzinfo=Unknown())
    assert sent_time("x", moment, LONDON) == "2024-07-01T08:00:00"


def test_a_fraction_is_kept() -> None:
    """A naive argument is sent to the microsecond, and an aware one too."""
    assert sent_time("x", datetime(2024, 7, 1, 8, 0, 0, 5), None) == "2024-07-01T08:00:00.000005"
    aware = datetime(2024, 7, 1, 8, 0, 0, 5, tzinfo=timezone.utc)
    assert sent_time("x", aware, LONDON) == "2024-07-01T09:00:00.000005"
