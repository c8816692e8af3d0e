"""Ads of customers.

https://docs.cardlytics.com/ads/v1/endpoints/ads/get-ads.html
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

from loyalty_sdk._core.calls import Call
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint
from loyalty_sdk._core.given.inputs import plain
from loyalty_sdk._core.hiding.redact import Secret
from loyalty_sdk.cardlytics._calls import asked, customer, get, hidden, wire_names, write
from loyalty_sdk.cardlytics._index import with_ads
from loyalty_sdk.cardlytics.inputs.events import ServedAd
from loyalty_sdk.cardlytics.inputs.places import AdsByStatus, AdsInPlace
from loyalty_sdk.cardlytics.models.ads import Ad, AdCount, AdCounts, AdList


class Ads(Resource[R_co]):
    """Ads of customers. `token` is the one from `cardlytics.tokens.get`; it is shown nowhere."""

    @endpoint
    def list(self, token: str | Secret, **which: Unpack[AdsInPlace]) -> Call[AdList]:
        """Ads to show to a customer, all at once; see `AdsInPlace`. Repeated after a failure.

        https://docs.cardlytics.com/ads/v1/endpoints/ads/get-ads.html
        """
        path = customer(hidden(token), "ads")
        return get(self, AdList, path, asked(AdsInPlace, which), with_ads(AdList, Ad))

    @endpoint
    def count(self, token: str | Secret, **which: Unpack[AdsByStatus]) -> Call[AdCount]:
        """How many ads of some states there are; see `AdsByStatus`. Repeated after a failure.

        https://docs.cardlytics.com/ads/v1/endpoints/ads/get-adcount.html
        """
        path = customer(hidden(token), "adcount")
        return get(self, AdCount, path, asked(AdsByStatus, which))

    @endpoint
    def counts(self, token: str | Secret) -> Call[AdCounts]:
        """How many ads of each state a customer has. Repeated after a failure.

        https://docs.cardlytics.com/ads/v1/endpoints/ads/get-adcounts.html
        """
        return get(self, AdCounts, customer(hidden(token), "adcounts"))

    @endpoint
    def mark_served(self, token: str | Secret, ads: Sequence[ServedAd]) -> Call[None]:
        """Say that 1 to 500 ads were shown, and how; see `ServedAd`. Never repeated.

        https://docs.cardlytics.com/ads/v1/endpoints/ads/put-ads-served.html
        """
        path = customer(hidden(token), "ads", "served")
        return write("PUT", path, json={"ads": _shown(ads)})

    @endpoint
    def park(self, token: str | Secret, ads: Sequence[ServedAd]) -> Call[None]:
        """Put 1 to 500 ads aside, so that the customer no longer sees them. Never repeated.

        https://docs.cardlytics.com/ads/v1/endpoints/ads/put-ads-parked.html
        """
        path = customer(hidden(token), "ads", "parked")
        return write("PUT", path, json={"ads": _shown(ads)})


def _shown(ads: Sequence[ServedAd]) -> object:
    return wire_names(plain("ads", ads, Sequence[ServedAd]))
