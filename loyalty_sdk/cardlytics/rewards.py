"""What customers earned over time.

https://docs.cardlytics.com/ads/v1/endpoints/ads/get-rewards.html
"""

from __future__ import annotations

from loyalty_sdk._core.arguments import query
from loyalty_sdk._core.calls import Call
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint
from loyalty_sdk._core.redact import Secret
from loyalty_sdk.cardlytics._calls import customer, get, hidden
from loyalty_sdk.cardlytics.ads import place
from loyalty_sdk.cardlytics.models import Location, RewardSummaryTotals


class Rewards(Resource[R_co]):
    """What customers earned over time."""

    @endpoint
    def summary(
        self, token: str | Secret, *, channel_id: int | str, location_id: Location | int | str
    ) -> Call[RewardSummaryTotals]:
        """What a customer earned, by spans of time. Repeated after a failure.

        Args:
            token: The customer's security token.
            channel_id: Where the customer is served.
            location_id: The place there, see `Location`.

        https://docs.cardlytics.com/ads/v1/endpoints/ads/get-rewards.html
        """
        token = hidden(token)
        params = query(**place(channel_id, location_id))
        return get(self, RewardSummaryTotals, customer(token, "rewards"), params)
