"""Ads of customers, and collections of them.

https://docs.cardlytics.com/ads/v1/endpoints/ads/get-ads.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from ...vendor import Asked, Route
from ...wire import Response, json_response
from ..ads import ACTIVATED, EXPIRED, NEW, PROCESSING, SERVED, Ad
from ..answers import bad_request, not_found
from ..bank import Bank
from ..payload import (
    Fields,
    checked,
    integer,
    known,
    number,
    objects,
    place,
    read_body,
    status,
    switch,
    text,
    texts,
)
from ..view import Json, Since

COLLECTIONS_SINCE = Since(3, 3)
FEATURED = "featured"
_USUAL = 15
_WHICH = ("status", "includeParked", "maxAdLimit", "enableSuppression")
_SHOWING: Fields = {
    "impressionToken": text,
    "channelId": integer,
    "locationId": integer,
    "displayTypeId": integer,
    "displayPosition": integer,
    "tags": texts,
    "imageSlots": texts,
    "groupTypeId": integer,
    "groupId": text,
}
_NEEDED = ("impressionToken", "channelId", "locationId", "displayTypeId")


def get_ads(bank: Bank, one: Asked) -> Response:
    """The ads of a customer in some states."""
    customer_id = bank.access.customer_of(one.parts["token"])
    values = known(one.request.query, ("channelId", "locationId", *_WHICH))
    view = bank.view(*place(values))
    ads = _chosen(bank, customer_id, values, status(values))
    content = {
        "ads": bank.listed(ads, view),
        "rankings": {"ALL": [str(ad.ad_id) for ad in ads]},
        "assets": [ad.creative(view) for ad in ads if ad.described],
    }
    return json_response(200, content)


def get_ad_count(bank: Bank, one: Asked) -> Response:
    """How many ads of some states a customer has."""
    customer_id = bank.access.customer_of(one.parts["token"])
    values = known(one.request.query, ("status", "includeParked"))
    bits = number(values, "status")
    return json_response(200, {"count": len(_chosen(bank, customer_id, values, bits))})


def get_ad_counts(bank: Bank, one: Asked) -> Response:
    """How many ads of each state a customer has."""
    known(one.request.query, ())
    ads = bank.state.ads(bank.access.customer_of(one.parts["token"]))
    is_active = ACTIVATED | PROCESSING
    counts = {
        "active": [ad for ad in ads if ad.status & is_active and not ad.is_parked],
        "activeParked": [ad for ad in ads if ad.status & is_active and ad.is_parked],
        "notActiveNew": [ad for ad in ads if ad.status == NEW and not ad.is_parked],
        "notActiveServed": [ad for ad in ads if ad.status == SERVED and not ad.is_parked],
        "notActiveExpired": [ad for ad in ads if ad.status == EXPIRED and not ad.is_parked],
        "notActiveParked": [ad for ad in ads if not ad.status & is_active and ad.is_parked],
    }
    return json_response(200, {name: {"count": len(found)} for name, found in counts.items()})


def put_served(bank: Bank, one: Asked) -> Response:
    """Mark ads as shown."""
    customer_id = bank.access.customer_of(one.parts["token"])
    for ad in _named(bank, one, customer_id):
        bank.state.serve(customer_id, ad)
    return Response()


def put_parked(bank: Bank, one: Asked) -> Response:
    """Put ads aside."""
    customer_id = bank.access.customer_of(one.parts["token"])
    for ad in _named(bank, one, customer_id):
        bank.state.change_ad(customer_id, ad.ad_id, is_parked=True)
    return Response()


def get_collection(bank: Bank, one: Asked) -> Response:
    """The one collection that there is, with another inside of it."""
    customer_id = bank.access.customer_of(one.parts["token"])
    values = known(one.request.query, ("channelId", "locationId", *_WHICH))
    view = bank.view(*place(values))
    if one.parts["collection_id"] != FEATURED:
        raise not_found("collection")
    ads = _chosen(bank, customer_id, values, status(values, _USUAL))
    categories: dict[int, list[str]] = {}
    for ad in ads:
        categories.setdefault(ad.category_id, []).append(str(ad.ad_id))
    banner = {"url": "https://images.sandbox.example.com/banner.png", "text": "Featured"}
    content = {
        "metadata": _metadata(FEATURED, "Featured", banner),
        "ads": [],
        "subCollections": [
            {
                "metadata": _metadata("sand", "Sand and more", None),
                "ads": [ad.content(view, bank.now) for ad in ads],
            }
        ],
        "categories": [
            {"id": str(number), "name": f"Category {number}", "adIds": ids}
            for number, ids in sorted(categories.items())
        ],
    }
    return json_response(200, content)


def _metadata(identifier: str, name: str, banner: Json | None) -> Json:
    return {"id": identifier, "name": name, "tagLine": f"{name} ads", "bannerImage": banner}


def _chosen(bank: Bank, customer_id: str, values: Mapping[str, str], bits: int) -> list[Ad]:
    """The ads of a customer that a query asks for."""
    parked = switch(values, "includeParked")
    suppressing = switch(values, "enableSuppression")
    found = [
        ad
        for ad in bank.state.ads(customer_id)
        if ad.status & bits
        and parked in (None, ad.is_parked)
        and not (suppressing and ad.is_suppressible)
    ]
    if "maxAdLimit" not in values:
        return found
    limit = number(values, "maxAdLimit")
    if limit < 1:
        raise bad_request("maxAdLimit must be positive.")
    return found[:limit]


def _named(bank: Bank, one: Asked, customer_id: str) -> list[Ad]:
    """The ads that a body names by impression tokens."""
    known(one.request.query, ())
    body = read_body(one.request, {"ads": objects}, required=("ads",))
    tokens = [
        checked("An ad", each, _SHOWING, _NEEDED)["impressionToken"]
        for each in cast("list[Json]", body["ads"])
    ]
    found = [bank.state.shown_by(customer_id, str(token)) for token in tokens]
    ads = [ad for ad in found if ad is not None]
    if len(ads) < len(found):
        raise bad_request("An impressionToken is invalid.")
    return ads


_ONE = "api/v1/customers/{token}"
ROUTES: tuple[Route[Bank], ...] = (
    Route("GET", f"{_ONE}/ads", "get-ads", get_ads),
    Route("GET", f"{_ONE}/adcount", "get-ad-count", get_ad_count),
    Route("GET", f"{_ONE}/adcounts", "get-ad-counts", get_ad_counts),
    Route("PUT", f"{_ONE}/ads/served", "put-ads-served", put_served),
    Route("PUT", f"{_ONE}/ads/parked", "put-ads-parked", put_parked),
    Route(
        "GET",
        f"{_ONE}/collections/{{collection_id}}",
        "get-collection",
        get_collection,
        COLLECTIONS_SINCE,
    ),
)
