"""Redeeming points that are set aside."""

from __future__ import annotations

from typing import Unpack

from loyalty_sdk._core.calls import Call
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint
from loyalty_sdk.es_loyalty._arguments import CorrelationId, sent
from loyalty_sdk.es_loyalty._calls import within_session, write
from loyalty_sdk.es_loyalty.inputs import RedemptionFields
from loyalty_sdk.es_loyalty.models.points import Receipt


class Redemptions(Resource[R_co]):
    """Redeeming points that are set aside; the vendor has these calls in its partner suite."""

    @endpoint
    def issue(
        self, correlation_id: CorrelationId, **fields: Unpack[RedemptionFields]
    ) -> Call[Receipt]:
        """Redeem what a reservation holds; see `RedemptionFields`. Never repeated.

        Raises:
            BadRequest: The business unit is not known, or the session was opened by phone number.

        https://exchangesolutionsinc.github.io/es-user-docs/docs/api/es-loyalty/partner-programs/issue-ad-hoc-redemption
        """
        path = within_session(correlation_id, "adhoc-redemption")
        return write(Receipt, "POST", path, sent(RedemptionFields, fields))
