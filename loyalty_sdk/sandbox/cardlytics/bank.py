"""One synthetic bank's programme, as the calls of the vendor see it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import attrs

from ..switches import Switches
from ..synthetic import Clock
from .access import Access
from .ads import Ad
from .sessions import Sessions
from .state import CardlyticsState
from .view import Json, View, version_of, zone_of


@attrs.frozen(kw_only=True)
class Bank:
    """What a call has to do with.

    Attributes:
        state: What the programme holds.
        access: Whose token is whose.
        sessions: Whose session of version 2 is whose.
        switches: Gives the current switches.
        clock: Gives the current moment.
    """

    state: CardlyticsState
    access: Access
    sessions: Sessions
    switches: Callable[[], Switches]
    clock: Clock

    @property
    def now(self) -> datetime:
        """The current moment."""
        return self.clock()

    @property
    def version(self) -> tuple[int, int]:
        """The version of the server."""
        return version_of(self.switches())

    def view(self, channel_id: int = 0, location_id: int = 0) -> View:
        """How the server shows things in some place."""
        switches = self.switches()
        return View(
            version=version_of(switches),
            zone=zone_of(switches),
            form=switches.cardlytics_redemption_form,
            channel_id=channel_id,
            location_id=location_id,
        )

    def listed(self, ads: list[Ad], view: View) -> object:
        """Ads as the server lists them: in an array, or by their ids."""
        shown: list[Json] = [one.content(view, self.now) for one in ads]
        if self.switches().cardlytics_ads == "array":
            return shown
        return {str(ad["adId"]): ad for ad in shown}
