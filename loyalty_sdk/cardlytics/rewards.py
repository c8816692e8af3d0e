"""What customers earned over time.

https://docs.cardlytics.com/ads/v1/endpoints/ads/get-rewards.html
"""

from __future__ import annotations

from typing import Unpack

from loyalty_sdk._core.calls import Call
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint
from loyalty_sdk._core.hiding.redact import Secret
from loyalty_sdk.cardlytics._calls import asked, customer, get, hidden
from loyalty_sdk.cardlytics.inputs.places import Place
from loyalty_sdk.cardlytics.models.rewards import RewardSummaryTotals


class Rewards(Resource[R_co]):
    """What customers earned. `token` is the one from `cardlytics.tokens.get`, shown nowhere."""

    @endpoint
    def summary(self, token: str | Secret, **place: Unpack[Place]) -> Call[RewardSummaryTotals]:
        """What a customer earned, by spans of time; see `Place`. Repeated after a failure.

        https://docs.cardlytics.com/ads/v1/endpoints/ads/get-rewards.html
        """
        path = customer(hidden(token), "rewards")
        return get(self, RewardSummaryTotals, path, asked(Place, place))
