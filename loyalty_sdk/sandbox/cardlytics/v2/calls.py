"""The calls of version 2.

https://docs.cardlytics.com/ads/v2
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from ...vendor import Asked, Route
from ...wire import Request, Response, json_response
from ..ads import Ad
from ..answers import Refused, bad_request, failed, request_id_of
from ..bank import Bank
from ..calls.events import ACTIVATE, IMPRESSION, PARK, UN_PARK, UN_PARK_ALL, act
from ..payload import (
    Fields,
    checked,
    degrees,
    flag,
    integer,
    known,
    objects,
    read_body,
    text,
    texts,
    word,
    words,
)
from ..stores import nearby
from ..summaries import spans
from ..view import Json, zone_of
from .shapes import (
    activation_state,
    is_expired,
    redemption_state,
    shown_ad,
    shown_customer,
    shown_redemption,
    visibility_state,
)

_SCOPES = ("api:customer", "api:institution")
_NEAR = 48_000
_LOCATION: Fields = {"latitude": degrees, "longitude": degrees}
_SELECTION: Fields = {
    "channel": text,
    "sections": texts,
    "categoryIds": texts,
    "curationIds": texts,
    "activationStates": words("NEW", "SERVED", "ACTIVATED"),
    "visibilityStates": words("VISIBLE", "PARKED"),
    "redemptionStates": words("PROCESSING", "FULLY_REDEEMED"),
    "maxAdLimit": lambda value: integer(value) and value >= 1,
    "returnMetadata": flag,
    "includeExpiredAds": flag,
    "customerLocation": lambda value: isinstance(value, dict),
    "returnStoreLocation": flag,
}
_EVENT: Fields = {
    "clientEventId": text,
    "clientEventType": word(
        "AdImpression", "AdInteraction", "SessionAction", "CustomerProfileAction"
    ),
    "clientEvent": text,
    "clientEventTimestamp": lambda value: text(value) and value.endswith("Z"),
    "clientEventMetadata": lambda value: isinstance(value, dict),
}
_EVENT_NEEDS = ("clientEventId", "clientEventType", "clientEvent", "clientEventTimestamp")
_METADATA: Fields = {
    "serveToken": text,
    "section": text,
    "channel": text,
    "imageSlots": texts,
    "categoryId": text,
    "curationId": text,
    "displayPosition": integer,
}
_EFFECTS = {
    "ActivateOffer": ACTIVATE,
    "ParkOffer": PARK,
    "UnParkOffer": UN_PARK,
    "UnParkAllOffers": UN_PARK_ALL,
    "AdViewableImpression": IMPRESSION,
}


def start_session(bank: Bank, one: Asked) -> Response:
    """Start a session of one of the two kinds."""
    known(one.request.query, ())
    fields: Fields = {
        "scopes": words(*_SCOPES),
        "sourceCustomerId": text,
        "organizationId": text,
        "clientId": text,
        "secret": text,
    }
    body = read_body(one.request, fields)
    if "clientId" in body or "secret" in body:
        token = _rewards_session(bank, one.request, body)
    else:
        token = _publisher_session(bank, body)
    return json_response(200, {"sessionToken": token})


def _rewards_session(bank: Bank, request: Request, body: Json) -> str:
    if set(body) != {"clientId", "secret"}:
        raise bad_request("clientId and secret are required.")
    customer_id = request.headers.get("x-source-customer-id")
    if customer_id is None:
        raise bad_request("x-source-customer-id is required.")
    if (body["clientId"], body["secret"]) != (bank.sessions.client_id, bank.sessions.secret):
        raise failed()
    if not bank.state.knows(customer_id):
        raise bad_request("There is no such user.")
    return bank.sessions.start(customer_id, is_rewards=True)


def _publisher_session(bank: Bank, body: Json) -> str:
    match body.get("scopes"), body.get("sourceCustomerId"):
        case ["api:institution"], None:
            return bank.sessions.start(None)
        case ["api:customer"], str(customer_id):
            if not bank.state.knows(customer_id):
                raise bad_request("There is no such user.")
            customer = bank.state.customer(customer_id)
            if not customer.is_opted_in:
                raise bad_request(
                    "User is not enrolled in the program and should not receive events."
                )
            if not customer.has_accounts:
                raise bad_request("User has no accounts")
            return bank.sessions.start(customer_id)
        case _:
            raise bad_request("scopes and sourceCustomerId do not go together.")


def get_ads(bank: Bank, one: Asked) -> Response:
    """The ads of the customer that a body asks for."""
    customer_id = bank.sessions.customer_of(one.request)
    known(one.request.query, ())
    body = read_body(one.request, _SELECTION, required=("channel",))
    ads = [ad for ad in bank.state.ads(customer_id) if _is_meant(ad, body, bank.now)]
    ads = ads[: body.get("maxAdLimit")]
    with_assets = body.get("returnMetadata") is True
    groups = {
        str(ad.ad_id): {
            "id": str(ad.category_id),
            "name": f"Category {ad.category_id}",
            "adIds": [str(each.ad_id) for each in ads if each.category_id == ad.category_id],
        }
        for ad in ads
    }
    content: Json = {
        "ads": {str(ad.ad_id): shown_ad(ad, with_assets) for ad in ads},
        "rankings": {"all": [str(ad.ad_id) for ad in ads]},
        "categories": groups,
        "requestId": request_id_of(one.request),
    }
    if body.get("returnStoreLocation") and "customerLocation" in body:
        content["storeLocations"] = _stores(ads, body["customerLocation"])
    return json_response(200, content)


def _is_meant(ad: Ad, body: Mapping[str, Any], now: datetime) -> bool:
    return (
        activation_state(ad) in body.get("activationStates", (activation_state(ad),))
        and visibility_state(ad) in body.get("visibilityStates", ("VISIBLE",))
        and redemption_state(ad) in body.get("redemptionStates", (redemption_state(ad),))
        and (body.get("includeExpiredAds", False) or not is_expired(ad, now))
        and str(ad.category_id) in body.get("categoryIds", (str(ad.category_id),))
        and "Landing" in body.get("sections", ("Landing",))
        and not body.get("curationIds")
    )


def _stores(ads: list[Ad], location: Any) -> Json:
    checked("customerLocation", location, _LOCATION, ("latitude", "longitude"))
    here = float(location["latitude"]), float(location["longitude"])
    return {str(ad.ad_id): nearby([ad], *here, _NEAR) for ad in ads}


def get_profile(bank: Bank, one: Asked) -> Response:
    """The customer."""
    customer_id = bank.sessions.customer_of(one.request)
    known(one.request.query, ())
    content = shown_customer(bank.state.customer(customer_id))
    return json_response(200, {**content, "requestId": request_id_of(one.request)})


def get_reward_summary(bank: Bank, one: Asked) -> Response:
    """What the customer earned, by spans of time."""
    customer_id = bank.sessions.customer_of(one.request)
    known(one.request.query, ())
    names = {"previousYear": "previousCalendarYear", "rollingTwelveMonths": "previousTwelveMonths"}
    found = spans(bank.state.redemptions(customer_id), bank.now, zone_of(bank.switches()))
    summary = {names.get(name, name): one for name, one in found.items()}
    content = {"rewardsSummary": summary, "requestId": request_id_of(one.request)}
    return json_response(200, content)


def get_redemptions(bank: Bank, one: Asked) -> Response:
    """All redemptions of the customer, and the ads that are known."""
    customer_id = bank.sessions.customer_of(one.request)
    known(one.request.query, ())
    customer = bank.state.customer(customer_id)
    redemptions = bank.state.redemptions(customer_id)
    redeemed = {each.ad_id for each in redemptions}
    ads = [ad for ad in bank.state.ads(customer_id) if ad.ad_id in redeemed]
    content = {
        "redemptions": [shown_redemption(each, customer) for each in redemptions],
        "ads": {str(ad.ad_id): shown_ad(ad, with_assets=True) for ad in ads},
        "requestId": request_id_of(one.request),
    }
    return json_response(200, content)


def post_events(bank: Bank, one: Asked) -> Response:
    """Let each event have its effect on the ad that it names."""
    customer_id = bank.sessions.customer_of(one.request)
    known(one.request.query, ())
    body = read_body(one.request, {"clientEvents": objects}, required=("clientEvents",))
    several = cast("list[Json]", body["clientEvents"])
    events = [checked("An event", each, _EVENT, _EVENT_NEEDS) for each in several]
    named = [(str(event["clientEvent"]), _ad_of(bank, customer_id, event)) for event in events]
    for name, ad in named:
        if name in _EFFECTS:
            act(bank, customer_id, _EFFECTS[name], None if ad is None else ad.ad_id)
    return json_response(200, {"requestId": request_id_of(one.request)})


def _ad_of(bank: Bank, customer_id: str, event: Json) -> Ad | None:
    """The ad that an event names, which those about ads must."""
    metadata = event.get("clientEventMetadata")
    if metadata is None:
        if event["clientEventType"] in ("AdImpression", "AdInteraction"):
            raise bad_request("clientEventMetadata is required.")
        return None
    checked("clientEventMetadata", metadata, _METADATA, ("section", "channel"))
    return bank.state.shown_by(customer_id, str(metadata.get("serveToken", "")))


def create_customers(bank: Bank, one: Asked) -> Response:
    """Take customers, which the sandbox then forgets; for the institution only."""
    if bank.sessions.of(one.request).customer_id is not None:
        raise Refused(403, "The session's scope does not allow this call.")
    read_body(one.request, {"customers": objects}, required=("customers",))
    return json_response(200, {"requestId": request_id_of(one.request)})


_PROFILE = "v2/customerProfile"
ROUTES: tuple[Route[Bank], ...] = (
    Route("POST", "v2/session/startSession", "v2-start-session", start_session),
    Route("POST", "v2/ads/getAds", "v2-get-ads", get_ads),
    Route("GET", f"{_PROFILE}/getCustomerProfile", "v2-get-profile", get_profile),
    Route(
        "GET", f"{_PROFILE}/getCustomerRewardSummary", "v2-get-reward-summary", get_reward_summary
    ),
    Route("GET", f"{_PROFILE}/getCustomerAdRedemptions", "v2-get-redemptions", get_redemptions),
    Route("POST", "v2/events/clientEvent", "v2-post-client-event", post_events),
    Route("POST", "v2/data/customers", "v2-create-customers", create_customers),
)
