"""What customers do.

https://docs.cardlytics.com/ads/v1/endpoints/events/post-customer-event.html
"""

from __future__ import annotations

from typing import cast

from ...vendor import Asked, Route
from ...wire import Response
from ..answers import bad_request
from ..bank import Bank
from ..payload import Fields, checked, integer, known, objects, read_body, text, texts
from ..view import Json, Since

NEW_PATH_SINCE = Since(3, 0)
ACTIVATE, PARK, UN_PARK, UN_PARK_ALL, IMPRESSION = 5, 9, 10, 11, 24
_EVENT: Fields = {
    "channelId": integer,
    "locationId": integer,
    "eventTypeId": integer,
    "displayTypeId": integer,
    "adId": integer,
    "message": text,
    "displayPosition": integer,
    "impressionToken": text,
    "tags": texts,
    "imageSlots": texts,
    "groupTypeId": integer,
    "groupId": text,
}


def post_events(bank: Bank, one: Asked) -> Response:
    """Let each event have its effect on the ad that it names."""
    customer_id = bank.access.customer_of(one.parts["token"])
    known(one.request.query, ())
    names = ("clientEventMessages", "clientEventCommand")
    body = read_body(one.request, dict.fromkeys(names, objects))
    if len(body) != 1:
        raise bad_request("clientEventMessages is required.")
    (several,) = body.values()
    needed = ("channelId", "locationId", "eventTypeId")
    events = [checked("An event", each, _EVENT, needed) for each in cast("list[Json]", several)]
    for event in events:
        act(bank, customer_id, int(str(event["eventTypeId"])), _ad_of(bank, customer_id, event))
    return Response()


def act(bank: Bank, customer_id: str, event: int, ad_id: int | None) -> None:
    """What an event does to an ad, or to all; most events do nothing.

    Raises:
        Refused: It must name an ad, and does not name one of the customer's.
    """
    if event == UN_PARK_ALL:
        for each in bank.state.ads(customer_id):
            bank.state.change_ad(customer_id, each.ad_id, is_parked=False)
        return
    if event not in (ACTIVATE, PARK, UN_PARK, IMPRESSION):
        return
    ad = next((ad for ad in bank.state.ads(customer_id) if ad.ad_id == ad_id), None)
    if ad is None:
        raise bad_request("The event names no ad of this customer.")
    if event == ACTIVATE:
        bank.state.activate(customer_id, ad)
    elif event == IMPRESSION:
        bank.state.serve(customer_id, ad)
    else:
        bank.state.change_ad(customer_id, ad.ad_id, is_parked=event == PARK)


def _ad_of(bank: Bank, customer_id: str, event: Json) -> int | None:
    """The ad that an event names, by its id or by an impression token."""
    if "adId" in event:
        return int(str(event["adId"]))
    ad = bank.state.shown_by(customer_id, str(event.get("impressionToken", "")))
    return None if ad is None else ad.ad_id


_NAME = "post-client-event"
_PATH = "api/v1/customers/{token}/events/clientevent"
ROUTES: tuple[Route[Bank], ...] = (
    Route("POST", _PATH, _NAME, post_events, NEW_PATH_SINCE),
    Route("POST", "api/v1/events/{token}/clientevent", _NAME, post_events),
)
