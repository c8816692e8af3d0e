"""Setting points aside for a redemption."""

from __future__ import annotations

from typing import Unpack

from loyalty_sdk._core.calls import Call
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint
from loyalty_sdk._core.given.arguments import identifier
from loyalty_sdk.es_loyalty._arguments import CorrelationId, sent
from loyalty_sdk.es_loyalty._calls import within_session, write
from loyalty_sdk.es_loyalty.inputs import HoldChanges, HoldFields
from loyalty_sdk.es_loyalty.models.points import Cancellation, Hold


class Reservations(Resource[R_co]):
    """Setting points aside for a redemption; after a time of the vendor's they are free again."""

    @endpoint
    def make(self, correlation_id: CorrelationId, **fields: Unpack[HoldFields]) -> Call[Hold]:
        """Set points of the member of a session aside; see `HoldFields`. Never repeated.

        Raises:
            BadRequest: The session was opened by phone number, or the feature is not enabled.

        https://exchangesolutionsinc.github.io/es-user-docs/docs/api/es-loyalty/customer-experience/ad-hoc-redemption/reserve-for-redemption
        """
        path = within_session(correlation_id, "reservations", "")
        return write(Hold, "POST", path, sent(HoldFields, fields))

    @endpoint
    def change(
        self, correlation_id: CorrelationId, reservation_token: str, **fields: Unpack[HoldChanges]
    ) -> Call[Hold]:
        """Set fewer points aside; the others are free at once. See `HoldChanges`. Never repeated.

        The vendor has this call in its point-of-sale suite.

        https://exchangesolutionsinc.github.io/es-user-docs/docs/api/es-loyalty/point-of-sale/redemption/update-redemption-reservation
        """
        token = identifier("reservation_token", reservation_token)
        path = within_session(correlation_id, "reservations", token)
        known = {"reservationToken": token}
        return write(Hold, "PUT", path, sent(HoldChanges, fields), known=known)

    @endpoint
    def cancel(self, correlation_id: CorrelationId, reservation_token: str) -> Call[Cancellation]:
        """Let points go that are set aside. Never repeated.

        Raises:
            BadRequest: The session is closed, or the feature is not enabled.

        https://exchangesolutionsinc.github.io/es-user-docs/docs/api/es-loyalty/customer-experience/ad-hoc-redemption/cancel-reservation
        """
        token = identifier("reservation_token", reservation_token)
        path = within_session(correlation_id, "reservations", token)
        return write(Cancellation, "DELETE", path, gives_secrets=True)
