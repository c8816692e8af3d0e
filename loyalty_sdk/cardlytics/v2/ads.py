"""Ads of the customer whose session it is.

https://docs.cardlytics.com/ads/v2/api/ads/get-ads.html
"""

from __future__ import annotations

from typing import Unpack

from loyalty_sdk._core.calls import Call
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint
from loyalty_sdk._core.given.arguments import plain_text
from loyalty_sdk._core.given.inputs import body
from loyalty_sdk.cardlytics._calls import wire_names
from loyalty_sdk.cardlytics._index import with_ads
from loyalty_sdk.cardlytics.v2._calls import post
from loyalty_sdk.cardlytics.v2.inputs import AdSelection, Channel
from loyalty_sdk.cardlytics.v2.models.ads import Ad, AdList


class Ads(Resource[R_co]):
    """Ads of the customer whose session it is."""

    @endpoint
    def get(self, channel: Channel, **which: Unpack[AdSelection]) -> Call[AdList]:
        """Ads to show to the customer. It only reads, and is repeated after a failure.

        Args:
            channel: Where the customer is served, see `Channel`; others are taken too.
            **which: Which ones; see `AdSelection`.

        https://docs.cardlytics.com/ads/v2/api/ads/get-ads.html
        """
        named = wire_names(body(AdSelection, which))
        json = {"channel": plain_text("channel", channel), **named}
        return post(with_ads(AdList, Ad), "ads", "getAds", json=json, repeatable=True)
