"""Places where an ad can be redeemed.

https://docs.cardlytics.com/ads/v1/data/types/merchant-location.html
"""

from __future__ import annotations

from decimal import Decimal

import attrs

from loyalty_sdk._core.reading.model import Model, promised, renamed


@attrs.frozen(kw_only=True, weakref_slot=False)
class MerchantLocation(Model):
    """A store of a merchant.

    Attributes:
        ad_id: The ad that is redeemed there.
        store_name: What it is called.
        store_number: The merchant's number of it.
        address1: Street and number.
        address2: More of the address.
        city: The city.
        county: The county.
        state: The state; not used in the United Kingdom.
        postal_code: The postal code.
        phone: The telephone number.
        hours_of_operation: When it is open, in words.
        latitude: Degrees north of the equator.
        longitude: Degrees east of Greenwich.
        distance_in_meters: How far it is away.
    """

    ad_id: str = promised("adId")
    store_name: str | None = renamed("storeName")
    store_number: str | None = renamed("storeNumber")
    address1: str | None = None
    address2: str | None = None
    city: str | None = None
    county: str | None = None
    state: str | None = None
    postal_code: str | None = renamed("postalCode")
    phone: str | None = None
    hours_of_operation: str | None = renamed("hoursOfOperation")
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    distance_in_meters: int | None = renamed("distanceInMeters")


@attrs.frozen(kw_only=True, weakref_slot=False)
class NearbyMerchants(Model):
    """The stores around a place.

    Attributes:
        merchant_locations: The stores.
    """

    merchant_locations: tuple[MerchantLocation, ...] = promised("merchantLocations")
