"""Points that are given out of turn."""

from __future__ import annotations

from typing import Unpack

from loyalty_sdk._core.calls import Call
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint
from loyalty_sdk.es_loyalty._arguments import CorrelationId, sent
from loyalty_sdk.es_loyalty._calls import within_session, write
from loyalty_sdk.es_loyalty.inputs import RewardFields
from loyalty_sdk.es_loyalty.models.points import Receipt


class Rewards(Resource[R_co]):
    """Points that are given out of turn; the vendor has these calls in its partner suite."""

    @endpoint
    def issue(self, correlation_id: CorrelationId, **fields: Unpack[RewardFields]) -> Call[Receipt]:
        """Give the member of a session points, or take them; see `RewardFields`. Never repeated.

        Raises:
            BadRequest: The reward or the business unit is not known.

        https://exchangesolutionsinc.github.io/es-user-docs/docs/api/es-loyalty/partner-programs/issue-ad-hoc-reward
        """
        path = within_session(correlation_id, "adhoc-reward", "")
        return write(Receipt, "POST", path, sent(RewardFields, fields))
