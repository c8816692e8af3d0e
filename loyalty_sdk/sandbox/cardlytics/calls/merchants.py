"""Stores around a customer.

https://docs.cardlytics.com/ads/v1/endpoints/ads/get-nearby-merchants.html
"""

from __future__ import annotations

from collections.abc import Iterable

from ...vendor import Asked, Route
from ...wire import Response, json_response
from ..ads import ACTIVATED, NEW, PROCESSING, SERVED, Ad
from ..answers import bad_request
from ..bank import Bank
from ..payload import coordinate, known, number, place
from ..stores import nearby

FURTHEST = 50_000
FURTHEST_NORTH = 85.05112878


def get_nearby(bank: Bank, one: Asked) -> Response:
    """Stores of ads that the customer could still use."""
    ads = bank.state.ads(bank.access.customer_of(one.parts["token"]))
    open_ones = NEW | SERVED | ACTIVATED | PROCESSING
    return _around(one, [ad for ad in ads if ad.status & open_ones and not ad.is_parked])


def get_nearby_for_ad(bank: Bank, one: Asked) -> Response:
    """Stores of one ad, whatever its state."""
    ads = bank.state.ads(bank.access.customer_of(one.parts["token"]))
    wanted = number(one.parts, "adId")
    return _around(one, [ad for ad in ads if ad.ad_id == wanted])


def _around(one: Asked, ads: Iterable[Ad]) -> Response:
    values = known(one.request.query, ("channelId", "locationId", "maxMerchantLimit"))
    place(values)
    most = number(values, "maxMerchantLimit")
    latitude = coordinate(one.parts, "latitude", FURTHEST_NORTH)
    longitude = coordinate(one.parts, "longitude", 180)
    radius = number(one.parts, "radius")
    if radius > FURTHEST:
        raise bad_request(f"radius must not be above {FURTHEST}.")
    found = nearby(ads, latitude, longitude, radius)
    return json_response(200, {"merchantLocations": found[:most]})


_ONE = "api/v1/customers/{token}"
_AD = f"{_ONE}/ads/{{adId}}"
_AROUND = "merchants/latitude/{latitude}/longitude/{longitude}/radius/{radius}"
ROUTES: tuple[Route[Bank], ...] = (
    Route("GET", f"{_ONE}/{_AROUND}", "get-nearby-merchants", get_nearby),
    Route(
        "GET", f"{_ONE}/ads/{{adId}}/{_AROUND}", "get-nearby-merchants-for-ad", get_nearby_for_ad
    ),
)
