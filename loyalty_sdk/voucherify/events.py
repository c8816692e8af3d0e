"""What customers do, as far as you tell Voucherify.

https://docs.voucherify.io/api-reference/events
"""

from __future__ import annotations

from typing import Unpack

from loyalty_sdk._core.calls import Call
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint
from loyalty_sdk._core.given.inputs import body
from loyalty_sdk.voucherify._calls import post
from loyalty_sdk.voucherify.inputs.people import EventFields
from loyalty_sdk.voucherify.models.publications import TrackedEvent


class Events(Resource[R_co]):
    """What customers do, as far as you tell Voucherify."""

    @endpoint
    def track(self, **fields: Unpack[EventFields]) -> Call[TrackedEvent]:
        """Tell what a customer did; see `EventFields`. Never repeated: points would come twice.

        https://docs.voucherify.io/api-reference/events/track-custom-event
        """
        return post(TrackedEvent, "v1", "events", json=body(EventFields, fields))
