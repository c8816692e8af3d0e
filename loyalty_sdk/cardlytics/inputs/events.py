"""What is told of ads that were shown, and of what customers do.

https://docs.cardlytics.com/ads/v1/data/types/client-event-message.html
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Required, TypedDict

from loyalty_sdk._core.given.inputs import Prose
from loyalty_sdk.cardlytics.inputs.values import Code, NumericId


class Showing(TypedDict, total=False):
    """How an ad was shown.

    Attributes:
        display_position: Its rank on the page, from 0. Servers have it from 3.0 on.
        tags: The keys of its tags.
        image_slots: The names of its images that were shown.
        group_type_id: What group it was shown in, see `GroupType`. Servers have it from 3.2 on.
        group_id: The id of that group.
    """

    display_position: Code
    tags: Sequence[str]
    image_slots: Sequence[str]
    group_type_id: Code
    group_id: str


class ServedAd(Showing, total=False):
    """An ad that was shown, or put aside; it has all fields of `Showing`, too.

    Attributes:
        impression_token: Of its creative, which says which showing is meant.
        channel_id: Where the customer is served.
        location_id: The place there, see `Location`.
        display_type_id: How it was displayed, a number that Cardlytics gave you.
    """

    impression_token: Required[str]
    channel_id: Required[Code]
    location_id: Required[Code]
    display_type_id: Required[Code]


class ClientEventMessage(Showing, total=False):
    """Something that a customer did; it has all fields of `Showing`, too.

    Attributes:
        event_type_id: What was done, see `ClientEvent`; others are taken too.
        channel_id: Where the customer is served.
        location_id: The place there, see `Location`.
        display_type_id: How the ad was displayed.
        ad_id: The ad, for events about one.
        impression_token: Of the ad's creative.
        message: More about it.
    """

    event_type_id: Required[Code]
    channel_id: Required[Code]
    location_id: Required[Code]
    display_type_id: Code
    ad_id: NumericId
    impression_token: str
    message: Prose
