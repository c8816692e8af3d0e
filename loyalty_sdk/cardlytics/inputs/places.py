"""Where ads are shown, which are to be had, and which were redeemed.

https://docs.cardlytics.com/ads/v1/endpoints/ads/get-ads.html
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Required, TypedDict

from loyalty_sdk._core.given.inputs import Between
from loyalty_sdk.cardlytics.inputs.values import Code, NumericId
from loyalty_sdk.cardlytics.models.enums import Location

_LARGEST = 2**31 - 1


class Place(TypedDict, total=False):
    """Where a customer is served.

    Attributes:
        channel_id: The channel, a number that Cardlytics gave you.
        location_id: The place there, see `Location`; others are taken too.
    """

    channel_id: Required[NumericId]
    location_id: Required[NumericId]


class StorePlace(Place, total=False):
    """Where a customer is served, and how many stores are wanted there.

    Attributes:
        max_merchant_limit: How many stores at the most, 1 or more.
    """

    max_merchant_limit: Required[Annotated[int, Between(1, _LARGEST)]]


class CollectionAds(Place, total=False):
    """Where a customer is served, and which ads of a collection are to be had there.

    Attributes:
        status: Their states, as bits: `AdStatus.NEW | AdStatus.SERVED`; without it new, served,
            activated and processing ones.
        include_parked: `True` gives parked ads only, `False` none; without it both.
        max_ad_limit: How many at the most, 1 or more; without it all.
        enable_suppression: Whether to leave out those that may be suppressed.
    """

    status: Code | None
    include_parked: bool | None
    max_ad_limit: Annotated[int, Between(1, _LARGEST)] | None
    enable_suppression: bool | None


class AdsByStatus(TypedDict, total=False):
    """Which ads are counted.

    Attributes:
        status: Their states, as bits: `AdStatus.NEW | AdStatus.SERVED`.
        include_parked: `True` counts parked ads only, `False` none; without it both.
    """

    status: Required[Code]
    include_parked: bool | None


class AdsInPlace(Place, total=False):
    """Where a customer is served, and which ads are to be had there.

    Attributes:
        status: Their states, as bits: `AdStatus.NEW | AdStatus.SERVED`.
        include_parked: `True` gives parked ads only, `False` none; without it both.
        max_ad_limit: How many at the most, 1 or more; without it all.
        enable_suppression: Whether to leave out those that may be suppressed.
    """

    status: Required[Code]
    include_parked: bool | None
    max_ad_limit: Annotated[int, Between(1, _LARGEST)] | None
    enable_suppression: bool | None


class RedemptionSpan(TypedDict, total=False):
    """Where a customer is served, and which redemptions are to be had there.

    The server requires the place; `None` leaves it out, as any field.

    Attributes:
        channel_id: The channel, a number that Cardlytics gave you.
        location_id: The place there, see `Location`; others are taken too.
        start_date: Redeemed (processed, not bought) from then on. A naive datetime, a date and
            ISO 8601 text are sent as they are; an aware datetime is converted to the client's
            `timezone`, which it needs.
        end_date: Redeemed until then; the same forms.
    """

    channel_id: int | str | None
    location_id: Location | int | str | None
    start_date: datetime | date | str | None
    end_date: datetime | date | str | None
