"""What was issued to members."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal, TypeAlias

from loyalty_sdk._core.calls import Call
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint
from loyalty_sdk._core.given.arguments import one_of, query, within
from loyalty_sdk.es_loyalty._arguments import CorrelationId, Moment, days, epoch, filled, session_id
from loyalty_sdk.es_loyalty._wire import read_rows
from loyalty_sdk.es_loyalty.models.issuance import Issuance

IssuanceLocale: TypeAlias = Literal["en-CA", "fr-CA"] | str
IssuanceType: TypeAlias = Literal["voucher"] | str


class Issuances(Resource[R_co]):
    """What was issued to members: vouchers, at present."""

    @endpoint
    def list(
        self,
        correlation_id: CorrelationId,
        *,
        from_: Moment | None = None,
        to: Moment | None = None,
        until: int | timedelta | None = None,
        limit: int | None = None,
        max_results: int | None = None,
        locale: IssuanceLocale | None = None,
        type: IssuanceType | None = None,
        business_unit: str | None = None,
        status: Literal["AVAILABLE", "REDEEMED", "EXPIRED"] | None = None,
    ) -> Call[tuple[Issuance, ...]]:
        """What was issued to the member of a session; mass offers are not among it.

        The vendor begins at the present moment unless `from_` is given, so what is used up or
        expired may be missing without it. There are no pages: the vendor gives 100 at the most.

        Args:
            correlation_id: The session. It is part of the URL, and shown nowhere.
            from_: The start of the range: an aware datetime, or milliseconds since 1970; within
                the last year. `None` leaves it to the vendor (now).
            to: The end of the range, likewise; `None` leaves it to the vendor (the expiry date).
            until: The end of the range in days: 0 or more, or a `timedelta` of whole days.
            limit: How many at the most, 1 or more; `None` leaves it to the vendor (20).
            max_results: How many at the most, 1 or more; the vendor takes more than 100 for 100.
                `None` leaves it to the vendor (20). Which of the two wins is not documented.
            locale: The language of the texts; `None` leaves it to the vendor.
            type: The kind of issuance, at present only `voucher`.
            business_unit: Only what is for this business unit.
            status: Only what is in this state.

        Returns:
            The issuances, in the vendor's order.

        Raises:
            InvalidArgument: Before anything is sent: an argument cannot be used.
            BadRequest: `from_` is more than a year ago.
            SessionNotFound: There is no such session.
            LoyaltyError: Anything else.

        https://exchangesolutionsinc.github.io/es-user-docs/docs/api/es-loyalty/customer-experience/issuance/issuances
        """
        one_of("status", status, ("AVAILABLE", "REDEEMED", "EXPIRED"))
        params = {
            "from": epoch("from_", from_),
            "to": epoch("to", to),
            "until": days("until", until),
            "limit": within("limit", limit, 1, None),
            "maxResults": within("max_results", max_results, 1, None),
            "locale": filled("locale", locale),
            "type": filled("type", type),
            "businessUnit": filled("business_unit", business_unit),
            "status": status,
        }
        return Call(
            method="GET",
            path=("client", "users", session_id("correlation_id", correlation_id), "issuances"),
            params=query(**params),
            read=lambda response: read_rows(response, Issuance, "issuances"),
            repeatable=True,
        )
