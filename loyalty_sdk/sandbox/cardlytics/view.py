"""How a server shows what it holds: its version, its zone, its forms, and to where it shows it."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from typing import Any, Literal, NamedTuple
from zoneinfo import ZoneInfo

import attrs

from ..switches import Switches

Json = dict[str, Any]


class Since(NamedTuple):
    """The version of the server that brought a call."""

    major: int
    minor: int


@attrs.frozen(kw_only=True)
class View:
    """What an answer's form depends on.

    Attributes:
        version: The version of the server.
        zone: The zone of times that are written without an offset.
        form: Whether redemptions look as in the sample or as on the page of their type.
        channel_id: Where the customer is.
        location_id: The place there.
    """

    version: tuple[int, int]
    zone: tzinfo
    form: Literal["sample", "types"]
    channel_id: int
    location_id: int

    def naive(self, moment: datetime) -> str:
        """A moment without an offset, as in 2019-03-21T12:58:34."""
        return in_zone(moment, self.zone).isoformat(timespec="seconds")


def zulu(moment: datetime) -> str:
    """A moment with a Z, as in 2021-10-26T19:11:27Z."""
    return in_zone(moment, UTC).isoformat(timespec="seconds") + "Z"


def in_zone(moment: datetime, zone: tzinfo) -> datetime:
    """The same moment as clocks of a zone show it; one that is naive is left alone."""
    return moment if moment.tzinfo is None else moment.astimezone(zone).replace(tzinfo=None)


def zone_of(switches: Switches) -> tzinfo:
    """The zone in which the server keeps time."""
    name = switches.cardlytics_timezone
    return UTC if name == "UTC" else ZoneInfo(name)


def version_of(switches: Switches) -> tuple[int, int]:
    """The version of the server."""
    major, _, minor = switches.cardlytics_server_version.partition(".")
    return int(major), int(minor)
