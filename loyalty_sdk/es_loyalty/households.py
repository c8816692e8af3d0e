"""Households, whose members redeem together."""

from __future__ import annotations

from loyalty_sdk._core.calls import Call
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint
from loyalty_sdk.es_loyalty._arguments import CorrelationId
from loyalty_sdk.es_loyalty._calls import get, within_session
from loyalty_sdk.es_loyalty.models.household import HouseholdDetail


class Households(Resource[R_co]):
    """Households, whose members redeem together."""

    @endpoint
    def members(self, correlation_id: CorrelationId) -> Call[HouseholdDetail]:
        """The household of the member of a session, and who is in it. Repeated after a failure.

        https://exchangesolutionsinc.github.io/es-user-docs/docs/api/es-loyalty/customer-experience/member-householding/household-detail
        """
        return get(HouseholdDetail, within_session(correlation_id, "household", "members"))
