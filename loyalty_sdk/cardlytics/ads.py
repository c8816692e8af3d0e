"""Ads of customers.

https://docs.cardlytics.com/ads/v1/endpoints/ads/get-ads.html
"""

from __future__ import annotations

from collections.abc import Sequence

from loyalty_sdk._core.arguments import flag, number, query
from loyalty_sdk._core.calls import Call
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint
from loyalty_sdk._core.inputs import plain
from loyalty_sdk._core.redact import Secret
from loyalty_sdk.cardlytics._calls import (
    customer,
    get,
    hidden,
    reading,
    whole,
    wire_names,
    write,
)
from loyalty_sdk.cardlytics._index import with_ads
from loyalty_sdk.cardlytics.inputs.events import ServedAd
from loyalty_sdk.cardlytics.models import Ad, AdCount, AdCounts, AdList, AdStatus, Location


class Ads(Resource[R_co]):
    """Ads of customers. `token` is the one from `cardlytics.tokens.get`."""

    @endpoint
    def list(
        self,
        token: str | Secret,
        *,
        status: AdStatus | int,
        channel_id: int | str,
        location_id: Location | int | str,
        include_parked: bool | None = None,
        max_ad_limit: int | None = None,
        enable_suppression: bool | None = None,
    ) -> Call[AdList]:
        """Ads to show to a customer, all at once: there are no pages. Repeated after a failure.

        Args:
            token: The customer's security token.
            status: The states to be had, as bits: `AdStatus.NEW | AdStatus.SERVED`.
            channel_id: Where the customer is served.
            location_id: The place there, see `Location`.
            include_parked: `True` gives parked ads only, `False` none, `None` both.
            max_ad_limit: How many at the most, 1 or more; `None` gives all.
            enable_suppression: Whether to leave out those that may be suppressed.

        https://docs.cardlytics.com/ads/v1/endpoints/ads/get-ads.html
        """
        token = hidden(token)
        params = query(
            **place(channel_id, location_id),
            status=number("status", status, 0),
            **which(include_parked, max_ad_limit, enable_suppression),
        )
        return Call(
            method="GET",
            path=customer(token, "ads"),
            params=params,
            read=reading(self, with_ads(AdList, Ad)),
            repeatable=True,
        )

    @endpoint
    def count(
        self, token: str | Secret, *, status: AdStatus | int, include_parked: bool | None = None
    ) -> Call[AdCount]:
        """How many ads of some states a customer has. Repeated after a failure.

        Args:
            token: The customer's security token.
            status: The states, as bits.
            include_parked: `True` counts parked ads only, `False` none, `None` both.

        https://docs.cardlytics.com/ads/v1/endpoints/ads/get-adcount.html
        """
        token = hidden(token)
        params = query(status=number("status", status, 0), **which(include_parked))
        return get(self, AdCount, customer(token, "adcount"), params)

    @endpoint
    def counts(self, token: str | Secret) -> Call[AdCounts]:
        """How many ads of each state a customer has. Repeated after a failure.

        https://docs.cardlytics.com/ads/v1/endpoints/ads/get-adcounts.html
        """
        return get(self, AdCounts, customer(hidden(token), "adcounts"))

    @endpoint
    def mark_served(self, token: str | Secret, ads: Sequence[ServedAd]) -> Call[None]:
        """Say that ads were shown. Never repeated.

        Args:
            token: The customer's security token.
            ads: 1 to 500, each with how it was shown; see `ServedAd`.

        https://docs.cardlytics.com/ads/v1/endpoints/ads/put-ads-served.html
        """
        token = hidden(token)
        json = {"ads": wire_names(plain("ads", ads, Sequence[ServedAd]))}
        return write("PUT", customer(token, "ads", "served"), json=json)

    @endpoint
    def park(self, token: str | Secret, ads: Sequence[ServedAd]) -> Call[None]:
        """Put ads aside, so that the customer no longer sees them. Never repeated.

        Args:
            token: The customer's security token.
            ads: 1 to 500, each with how it was shown; see `ServedAd`.

        https://docs.cardlytics.com/ads/v1/endpoints/ads/put-ads-parked.html
        """
        token = hidden(token)
        json = {"ads": wire_names(plain("ads", ads, Sequence[ServedAd]))}
        return write("PUT", customer(token, "ads", "parked"), json=json)


def place(channel_id: int | str, location_id: Location | int | str) -> dict[str, str]:
    """Where ads are shown, as a query has it."""
    return {
        "channelId": number("channel_id", channel_id, 0),
        "locationId": number("location_id", location_id, 0),
    }


def which(
    include_parked: bool | None = None,
    max_ad_limit: int | None = None,
    enable_suppression: bool | None = None,
) -> dict[str, str | bool | None]:
    """Which ads are meant, as a query has it."""
    return {
        "includeParked": _switch("include_parked", include_parked),
        "maxAdLimit": whole("max_ad_limit", max_ad_limit, 1),
        "enableSuppression": _switch("enable_suppression", enable_suppression),
    }


def _switch(argument: str, value: bool | None) -> bool | None:
    return None if value is None else flag(argument, value)
