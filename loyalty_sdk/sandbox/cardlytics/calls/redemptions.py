"""What customers earned.

https://docs.cardlytics.com/ads/v1/endpoints/get-redemptions.html
"""

from __future__ import annotations

from datetime import datetime, tzinfo

from ...vendor import Asked, Route
from ...wire import Response, json_response
from ..bank import Bank
from ..payload import date, known, place
from ..redemptions import Redemption
from ..summaries import spans
from ..view import Since, zone_of

REDEMPTIONS_SINCE = Since(4, 0)


def get_redemptions(bank: Bank, one: Asked) -> Response:
    """All redemptions of a customer between two dates, and all ads."""
    customer_id = bank.access.customer_of(one.parts["token"])
    values = known(one.request.query, ("channelId", "locationId", "startDate", "endDate"))
    view = bank.view(*place(values))
    start, end = date(values, "startDate", view.zone), date(values, "endDate", view.zone)
    found = [
        each
        for each in bank.state.redemptions(customer_id)
        if _is_within(each, start, end, view.zone)
    ]
    ads = bank.listed(list(bank.state.ads(customer_id)), view)
    return json_response(200, {"redemptions": [each.content(view) for each in found], "ads": ads})


def get_rewards(bank: Bank, one: Asked) -> Response:
    """What a customer earned, by spans of time."""
    customer_id = bank.access.customer_of(one.parts["token"])
    place(known(one.request.query, ("channelId", "locationId")))
    zone = zone_of(bank.switches())
    found = spans(bank.state.redemptions(customer_id), bank.now, zone)
    return json_response(200, {name: found[name] for name in found if name != "allTime"})


def _is_within(
    redemption: Redemption, start: datetime | None, end: datetime | None, zone: tzinfo
) -> bool:
    """Whether it was redeemed between the bounds; no document says whether they count, so both do.

    The redemption date is the one that matters, not that of the purchase.
    """
    moment = redemption.redeemed_at_in(zone)
    return (start is None or moment >= start) and (end is None or moment <= end)


_ONE = "api/v1/customers/{token}"
ROUTES: tuple[Route[Bank], ...] = (
    Route("GET", f"{_ONE}/redemptions", "get-redemptions", get_redemptions, REDEMPTIONS_SINCE),
    Route("GET", f"{_ONE}/rewards", "get-rewards", get_rewards),
)
