"""What calls of version 2 take: plain dictionaries, so that editors complete them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal, Required, TypeAlias, TypedDict

from loyalty_sdk._core.given.inputs import Between
from loyalty_sdk.cardlytics.inputs.values import Code

Channel: TypeAlias = (
    Literal["Email", "SMS", "MMS", "OLB", "MobileWeb", "MobileApp", "MobileWallet"] | str
)
"""Where a customer is served; `OLB` is online banking."""

Latitude: TypeAlias = Annotated[float, Between(-90, 90)] | Annotated[int, Between(-90, 90)]
Longitude: TypeAlias = Annotated[float, Between(-180, 180)] | Annotated[int, Between(-180, 180)]


class CustomerLocation(TypedDict, total=False):
    """Where a customer is.

    Attributes:
        latitude: Degrees north of the equator, -90 to 90.
        longitude: Degrees east of Greenwich, -180 to 180.
    """

    latitude: Required[Latitude]
    longitude: Required[Longitude]


class AdSelection(TypedDict, total=False):
    """Which ads are to be had.

    https://docs.cardlytics.com/ads/v2/api/ads/get-ads.html

    Attributes:
        sections: The sections of your pages; without them all.
        category_ids: The categories.
        curation_ids: The curations, which belong to campaigns.
        activation_states: How far they are; without them all.
        visibility_states: Without them only visible ones are given.
        redemption_states: How far their redemption is.
        max_ad_limit: How many at the most, 1 or more; without it all. The page speaks of pages
            then, and of no way to ask for the next one.
        return_metadata: Whether to give images and texts.
        include_expired_ads: Whether to give those that have ended, too.
        customer_location: Where the customer is.
        return_store_location: Whether to give stores near there.
    """

    sections: Sequence[str]
    category_ids: Sequence[str]
    curation_ids: Sequence[str]
    activation_states: Sequence[Literal["NEW", "SERVED", "ACTIVATED"]]
    visibility_states: Sequence[Literal["VISIBLE", "PARKED"]]
    redemption_states: Sequence[Literal["PROCESSING", "FULLY_REDEEMED"]]
    max_ad_limit: Annotated[int, Between(1, 2**31 - 1)]
    return_metadata: bool
    include_expired_ads: bool
    customer_location: CustomerLocation
    return_store_location: bool


class EventMetadata(TypedDict, total=False):
    """What an event about an ad was about.

    Attributes:
        section: The section of your page, such as `FeaturedOffers`.
        channel: Where the customer was served, see `Channel`.
        serve_token: The `ad_serve_token` of the ad.
        image_slots: The names of its images that were shown.
        category_id: The category it was shown in.
        curation_id: The curation it was shown in.
        display_position: Its rank on the page, from 0.
    """

    section: Required[str]
    channel: Required[str]
    serve_token: str
    image_slots: Sequence[str]
    category_id: str
    curation_id: str
    display_position: Code


class ClientEventMessage(TypedDict, total=False):
    """Something that a customer did.

    https://platform.cardlytics.com/publisher-integrations/reference/clientevent

    Attributes:
        client_event_type: What kind of event it is.
        client_event: What was done, such as `AdViewableImpression`, `ActivateOffer`, `ParkOffer`
            or `UnParkOffer`.
        client_event_timestamp: When; aware.
        client_event_id: Your GUID of the event; one is drawn unless given.
        client_event_metadata: What it was about; needed by `AdImpression` and `AdInteraction`.
    """

    client_event_type: Required[
        Literal["SessionAction", "CustomerProfileAction", "AdImpression", "AdInteraction"]
    ]
    client_event: Required[str]
    client_event_timestamp: Required[datetime]
    client_event_id: str
    client_event_metadata: EventMetadata
