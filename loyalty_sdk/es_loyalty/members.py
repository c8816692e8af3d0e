"""Members: who they are, and what they have."""

from __future__ import annotations

from loyalty_sdk._core.calls import Call
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint
from loyalty_sdk.es_loyalty._arguments import CorrelationId
from loyalty_sdk.es_loyalty._calls import get, within_session
from loyalty_sdk.es_loyalty.models.member import Balance, Profile


class Members(Resource[R_co]):
    """Members: who they are, and what they have."""

    @endpoint
    def profile(self, correlation_id: CorrelationId) -> Call[Profile]:
        """The profile of the member of a session. Repeated after a failure.

        https://exchangesolutionsinc.github.io/es-user-docs/docs/api/es-loyalty/customer-experience/member-management/member-profile
        """
        return get(Profile, within_session(correlation_id, "profile"))

    @endpoint
    def balance(self, correlation_id: CorrelationId) -> Call[Balance]:
        """What the member of a session has, and may redeem. Repeated after a failure.

        In a session by phone number the limits are 0: such a session cannot redeem.

        https://exchangesolutionsinc.github.io/es-user-docs/docs/api/es-loyalty/customer-experience/member-management/balance
        """
        return get(Balance, within_session(correlation_id, "balance"))
