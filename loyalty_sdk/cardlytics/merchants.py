"""Stores around a customer.

https://docs.cardlytics.com/ads/v1/endpoints/ads/get-nearby-merchants.html
"""

from __future__ import annotations

from typing import Unpack

from loyalty_sdk._core.calls import Call, PathPart
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint
from loyalty_sdk._core.given.arguments import number
from loyalty_sdk._core.hiding.redact import Secret
from loyalty_sdk.cardlytics._calls import asked, customer, get, hidden
from loyalty_sdk.cardlytics._places import degrees
from loyalty_sdk.cardlytics.inputs.places import StorePlace
from loyalty_sdk.cardlytics.models.merchants import NearbyMerchants

_FURTHEST_NORTH = 85.05112878


class Merchants(Resource[R_co]):
    """Stores around a place.

    `token` is the one from `cardlytics.tokens.get`; it is shown nowhere.
    `latitude` is from -85.05112878 to 85.05112878 degrees, `longitude` from -180 to 180; `radius`
    is in metres, 50,000 at the most unless your server is set up otherwise.
    """

    @endpoint
    def nearby(
        self,
        token: str | Secret,
        latitude: float,
        longitude: float,
        radius: int,
        **place: Unpack[StorePlace],
    ) -> Call[NearbyMerchants]:
        """Stores of ads that the customer can still use; see `StorePlace`.

        Repeated after a failure. Ads are new, served, activated or pending then, and not parked.

        https://docs.cardlytics.com/ads/v1/endpoints/ads/get-nearby-merchants.html
        """
        token = hidden(token)
        path = customer(token, *_around(latitude, longitude, radius))
        return get(self, NearbyMerchants, path, asked(StorePlace, place))

    @endpoint
    def nearby_for_ad(
        self,
        token: str | Secret,
        ad_id: int | str,
        latitude: float,
        longitude: float,
        radius: int,
        **place: Unpack[StorePlace],
    ) -> Call[NearbyMerchants]:
        """Stores of one ad, whatever its state; see `StorePlace`. Repeated after a failure.

        https://docs.cardlytics.com/ads/v1/endpoints/ads/get-nearby-merchants-for-ad.html
        """
        token = hidden(token)
        around = _around(latitude, longitude, radius)
        path = customer(token, "ads", number("ad_id", ad_id, 0), *around)
        return get(self, NearbyMerchants, path, asked(StorePlace, place))


def _around(latitude: float, longitude: float, radius: int) -> tuple[PathPart, ...]:
    return (
        "merchants",
        *("latitude", degrees("latitude", latitude, _FURTHEST_NORTH)),
        *("longitude", degrees("longitude", longitude, 180)),
        *("radius", number("radius", radius, 0)),
    )
