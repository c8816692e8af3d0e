"""Collections of ads. Servers have them from version 3.3 on.

https://docs.cardlytics.com/ads/v1/endpoints/ads/get-collection.html
"""

from __future__ import annotations

from typing import Unpack

from loyalty_sdk._core.calls import Call
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint
from loyalty_sdk._core.given.arguments import identifier
from loyalty_sdk._core.hiding.redact import Secret
from loyalty_sdk.cardlytics._calls import asked, customer, get, hidden
from loyalty_sdk.cardlytics.inputs.places import CollectionAds
from loyalty_sdk.cardlytics.models.collections import Collection


class Collections(Resource[R_co]):
    """Collections of ads. `token` is the one from `cardlytics.tokens.get`; it is shown nowhere."""

    @endpoint
    def get(
        self, token: str | Secret, collection_id: str | int, **which: Unpack[CollectionAds]
    ) -> Call[Collection]:
        """A collection with its ads; see `CollectionAds`. Repeated after a failure.

        Raises:
            NotFound: There is no such collection, or the server is older than 3.3.

        https://docs.cardlytics.com/ads/v1/endpoints/ads/get-collection.html
        """
        token = hidden(token)
        path = customer(token, "collections", identifier("collection_id", collection_id))
        return get(self, Collection, path, asked(CollectionAds, which))
