"""Stores around a customer.

https://docs.cardlytics.com/ads/v1/endpoints/ads/get-nearby-merchants.html
"""

from __future__ import annotations

from loyalty_sdk._core.arguments import number, query
from loyalty_sdk._core.calls import Call, PathPart
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint
from loyalty_sdk._core.redact import Secret
from loyalty_sdk.cardlytics._calls import customer, get, hidden
from loyalty_sdk.cardlytics._places import degrees
from loyalty_sdk.cardlytics.ads import place
from loyalty_sdk.cardlytics.models import Location, NearbyMerchants

_FURTHEST_NORTH = 85.05112878


class Merchants(Resource[R_co]):
    """Stores around a customer."""

    @endpoint
    def nearby(
        self,
        token: str | Secret,
        latitude: float,
        longitude: float,
        radius: int,
        *,
        channel_id: int | str,
        location_id: Location | int | str,
        max_merchant_limit: int,
    ) -> Call[NearbyMerchants]:
        """Stores where ads of the customer can be redeemed. Repeated after a failure.

        Of ads that are new, served, activated or pending, and not parked.

        Args:
            token: The customer's security token.
            latitude: Degrees north, from -85.05112878 to 85.05112878.
            longitude: Degrees east, from -180 to 180.
            radius: Metres, 0 or more; servers take 50,000 at the most unless set up otherwise.
            channel_id: Where the customer is served.
            location_id: The place there, see `Location`.
            max_merchant_limit: How many stores at the most, 1 or more.

        https://docs.cardlytics.com/ads/v1/endpoints/ads/get-nearby-merchants.html
        """
        token = hidden(token)
        path = customer(token, *_around(latitude, longitude, radius))
        params = query(
            **place(channel_id, location_id),
            maxMerchantLimit=number("max_merchant_limit", max_merchant_limit, 1),
        )
        return get(self, NearbyMerchants, path, params)

    @endpoint
    def nearby_for_ad(
        self,
        token: str | Secret,
        ad_id: int | str,
        latitude: float,
        longitude: float,
        radius: int,
        *,
        channel_id: int | str,
        location_id: Location | int | str,
        max_merchant_limit: int,
    ) -> Call[NearbyMerchants]:
        """Stores where one ad of the customer, of any state, can be redeemed.

        Repeated after a failure. `ad_id` is the ad; the others are as for `nearby`.

        https://docs.cardlytics.com/ads/v1/endpoints/ads/get-nearby-merchants-for-ad.html
        """
        token = hidden(token)
        around = _around(latitude, longitude, radius)
        path = customer(token, "ads", number("ad_id", ad_id, 0), *around)
        params = query(
            **place(channel_id, location_id),
            maxMerchantLimit=number("max_merchant_limit", max_merchant_limit, 1),
        )
        return get(self, NearbyMerchants, path, params)


def _around(latitude: float, longitude: float, radius: int) -> tuple[PathPart, ...]:
    return (
        "merchants",
        *("latitude", degrees("latitude", latitude, _FURTHEST_NORTH)),
        *("longitude", degrees("longitude", longitude, 180)),
        *("radius", number("radius", radius, 0)),
    )
