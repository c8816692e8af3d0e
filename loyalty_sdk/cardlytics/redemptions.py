"""What customers earned by redeeming ads."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any, cast

from loyalty_sdk._core.arguments import query
from loyalty_sdk._core.calls import Call, Response
from loyalty_sdk._core.convert import Reader
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint
from loyalty_sdk._core.forms import Shape
from loyalty_sdk._core.redact import Secret
from loyalty_sdk.cardlytics._calls import customer, hidden, reading, whole
from loyalty_sdk.cardlytics._index import json_object, with_ads
from loyalty_sdk.cardlytics._times import sent_time
from loyalty_sdk.cardlytics._wire import zone_of
from loyalty_sdk.cardlytics.models import Ad, Location, RedemptionList
from loyalty_sdk.errors import UnreadableAnswer


class Redemptions(Resource[R_co]):
    """The redemptions of a customer. Servers have them from version 4 on."""

    @endpoint
    def list(
        self,
        token: str | Secret,
        *,
        channel_id: int | str | None = None,
        location_id: Location | int | str | None = None,
        start_date: datetime | date | str | None = None,
        end_date: datetime | date | str | None = None,
    ) -> Call[RedemptionList]:
        """All redemptions of a customer, and the ads that they belong to.

        There are no pages: the whole list comes at once.

        Args:
            token: The customer's security token, from `cardlytics.tokens.get`. It is part of the
                URL, and shown nowhere.
            channel_id: Where the customer is served, a number that Cardlytics gave you. The
                server requires it; `None` leaves it out.
            location_id: The place there, see `Location`; others are taken too. The server
                requires it; `None` leaves it out.
            start_date: Redeemed (processed, not bought) from then on. A naive datetime, a date
                and ISO 8601 text are sent as they are; an aware datetime is converted to the
                client's `timezone`, which it needs. `None` leaves it out.
            end_date: Redeemed until then; the same forms.

        Returns:
            The `RedemptionList`; `ad_for` finds the ad of a redemption.

        Raises:
            InvalidArgument: Before anything is sent: an argument cannot be used.
            TokenExpired: The token is over.
            BadRequest: The token is malformed, or the server refuses a parameter.
            NotFound: The server is older than version 4 and has no such call.
            LoyaltyError: Anything else.

        https://docs.cardlytics.com/ads/v1/endpoints/get-redemptions.html
        """
        token = hidden(token)  # first, so that no traceback of what follows has its text
        zone = zone_of(self._runner.session.vendor)

        as_sent = reading(self, _read_list, _SHAPE)

        def read(response: Response) -> RedemptionList:
            try:
                return as_sent(response)
            except UnreadableAnswer as unreadable:
                problem = _by_names_sent(unreadable, response)
            raise problem

        return Call(
            method="GET",
            path=customer(token, "redemptions"),
            params=query(
                channelId=whole("channel_id", channel_id),
                locationId=whole("location_id", location_id),
                startDate=sent_time("start_date", start_date, zone),
                endDate=sent_time("end_date", end_date, zone),
            ),
            read=read,
            repeatable=True,
        )


_SHAPE = Shape(RedemptionList)


def _read_list(body: Any, to: Reader) -> RedemptionList:
    """Read the list in each of its documented forms."""
    _settle_dates((json_object(body) or {}).get("redemptions"))
    return _with_ads(body, to)


_with_ads = with_ads(RedemptionList, Ad)


def _settle_dates(redemptions: Any) -> None:
    """The sample says `date` where the type's own page says `redemptionDate`."""
    if not isinstance(redemptions, list):
        return
    for redemption in cast("list[object]", redemptions):
        known = json_object(redemption) or {}
        if known.get("date") is None and "redemptionDate" in known:
            known["date"] = known.pop("redemptionDate")


def _by_names_sent(unreadable: UnreadableAnswer, response: Response) -> UnreadableAnswer:
    """The same problems, a date's under the name that the server gave it."""

    def name(found: re.Match[str]) -> str:
        redemption = response.json()["redemptions"][int(found[2])]
        return found[0] if redemption.get("date") is not None else f"{found[1]}redemptionDate:"

    return UnreadableAnswer([_DATE.sub(name, problem) for problem in unreadable.problems])


_DATE = re.compile(r"^(\$\.redemptions\[(\d+)\]\.)date:")
