"""Small values that several of Spaaza's objects have."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import attrs

from loyalty_sdk._core.reading.coerce import utc_instant
from loyalty_sdk._core.reading.model import Model, Reading

Instant = Annotated[datetime, Reading(utc_instant)]
"""A moment; Spaaza's times without an offset are in UTC."""


@attrs.frozen(kw_only=True, weakref_slot=False)
class Currency(Model):
    """A currency; points are one, too.

    Attributes:
        id: Spaaza's id.
        code: Its code: of ISO 4217, or `PTS` for points.
        name_en: Its English name.
        symbol: Its sign.
        display_position: Whether the sign stands before or after the amount.
    """

    id: str | None = None
    code: str | None = None
    name_en: str | None = None
    symbol: str | None = None
    display_position: str | None = None
