"""What was issued to members."""

from __future__ import annotations

from typing import Unpack

from loyalty_sdk._core.calls import Call
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint
from loyalty_sdk._core.given.arguments import query
from loyalty_sdk.es_loyalty._arguments import CorrelationId, sent
from loyalty_sdk.es_loyalty._calls import within_session
from loyalty_sdk.es_loyalty._wire import read_rows
from loyalty_sdk.es_loyalty.inputs import IssuanceList
from loyalty_sdk.es_loyalty.models.issuance import Issuance


class Issuances(Resource[R_co]):
    """What was issued to members: vouchers, at present."""

    @endpoint
    def list(
        self, correlation_id: CorrelationId, **which: Unpack[IssuanceList]
    ) -> Call[tuple[Issuance, ...]]:
        """What was issued to a session's member, but for mass offers; see `IssuanceList`. Repeated.

        The vendor begins now unless `from_` is given, so what is used up or expired may be missing
        without it. There are no pages: the vendor gives 100 at the most.

        Raises:
            BadRequest: `from_` is more than a year ago.

        https://exchangesolutionsinc.github.io/es-user-docs/docs/api/es-loyalty/customer-experience/issuance/issuances
        """
        return Call(
            method="GET",
            path=within_session(correlation_id, "issuances"),
            params=query(**sent(IssuanceList, which)),
            read=lambda response: read_rows(response, Issuance, "issuances"),
            repeatable=True,
        )
