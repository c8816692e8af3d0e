"""Collections of ads. Servers have them from version 3.3 on.

https://docs.cardlytics.com/ads/v1/endpoints/ads/get-collection.html
"""

from __future__ import annotations

from loyalty_sdk._core.arguments import identifier, query
from loyalty_sdk._core.calls import Call
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint
from loyalty_sdk._core.redact import Secret
from loyalty_sdk.cardlytics._calls import customer, get, hidden, whole
from loyalty_sdk.cardlytics.ads import place, which
from loyalty_sdk.cardlytics.models import AdStatus, Collection, Location


class Collections(Resource[R_co]):
    """Collections of ads."""

    @endpoint
    def get(
        self,
        token: str | Secret,
        collection_id: str | int,
        *,
        channel_id: int | str,
        location_id: Location | int | str,
        status: AdStatus | int | None = None,
        include_parked: bool | None = None,
        max_ad_limit: int | None = None,
        enable_suppression: bool | None = None,
    ) -> Call[Collection]:
        """A collection with its ads. Repeated after a failure.

        Args:
            token: The customer's security token.
            collection_id: The id of the collection.
            channel_id: Where the customer is served.
            location_id: The place there, see `Location`.
            status: The states of ads to be had, as bits; without it new, served, activated and
                processing ones.
            include_parked: `True` gives parked ads only, `False` none, `None` both.
            max_ad_limit: How many at the most, 1 or more; `None` gives all.
            enable_suppression: Whether to leave out those that may be suppressed.

        Raises:
            NotFound: There is no such collection, or the server is older than 3.3.

        https://docs.cardlytics.com/ads/v1/endpoints/ads/get-collection.html
        """
        token = hidden(token)
        params = query(
            **place(channel_id, location_id),
            status=whole("status", status),
            **which(include_parked, max_ad_limit, enable_suppression),
        )
        path = customer(token, "collections", identifier("collection_id", collection_id))
        return get(self, Collection, path, params)
