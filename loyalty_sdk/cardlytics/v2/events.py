"""What the customer whose session it is does.

https://platform.cardlytics.com/publisher-integrations/reference/create-customer-event
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from loyalty_sdk._core.calls import Call
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint
from loyalty_sdk._core.given.inputs import plain
from loyalty_sdk.cardlytics._calls import wire_names
from loyalty_sdk.cardlytics.v2._calls import one, post
from loyalty_sdk.cardlytics.v2.inputs import ClientEventMessage
from loyalty_sdk.cardlytics.v2.models.customers import Received
from loyalty_sdk.errors import InvalidArgument

_ABOUT_ADS = ("AdImpression", "AdInteraction")


class Events(Resource[R_co]):
    """What the customer does; it is also how ads are activated, parked and un-parked."""

    @endpoint
    def send(self, events: Sequence[ClientEventMessage]) -> Call[Received]:
        """Tell Cardlytics what the customer did.

        Never repeated: each event has an id of its own, but no page says that one which comes
        twice counts once.

        Args:
            events: 1 to 500; see `ClientEventMessage`.

        https://platform.cardlytics.com/publisher-integrations/reference/create-customer-event
        """
        known = plain("events", events, Sequence[ClientEventMessage])
        json = [_whole(index, event) for index, event in enumerate(known)]
        return post(one(Received), "events", "clientEvent", json={"clientEvents": json})


def _whole(index: int, event: Mapping[str, Any]) -> dict[str, Any]:
    """An event with an id and, where it needs them, with metadata."""
    kind = event["client_event_type"]
    if kind in _ABOUT_ADS and event.get("client_event_metadata") is None:
        place = f"events[{index}][client_event_metadata]"
        raise InvalidArgument(place, f"must be given for {kind}")
    named: dict[str, Any] = wire_names({"client_event_id": str(uuid.uuid4()), **event})
    return named
