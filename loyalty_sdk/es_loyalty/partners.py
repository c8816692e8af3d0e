"""Links between accounts and partners."""

from __future__ import annotations

from typing import Any, Unpack

from loyalty_sdk._core.calls import Call, Response
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint
from loyalty_sdk._core.given.arguments import identifier
from loyalty_sdk._core.reading.convert import Reader, decode
from loyalty_sdk.es_loyalty._arguments import CorrelationId, sent
from loyalty_sdk.es_loyalty._calls import within_session
from loyalty_sdk.es_loyalty.inputs import LinkChanges
from loyalty_sdk.es_loyalty.models._shapes import pairs
from loyalty_sdk.es_loyalty.models.partner import LinkOutcome, LinkOutcomes


class Partners(Resource[R_co]):
    """Links between accounts and partners."""

    @endpoint
    def change_links(
        self, correlation_id: CorrelationId, partner_id: str | int, **changes: Unpack[LinkChanges]
    ) -> Call[LinkOutcomes]:
        """Add, remove and change links, of several accounts at once. Never repeated.

        See `LinkChanges`. That some links fail is no error: see `LinkOutcomes.complete`.

        https://exchangesolutionsinc.github.io/es-user-docs/docs/api/es-loyalty/customer-experience/partner-program/manage-partner-links-multiple-accounts
        """
        partner = identifier("partner_id", partner_id)
        path = within_session(correlation_id, "partners", partner, "links")
        json = sent(LinkChanges, changes)
        kind = json.pop("linkType", "PAYMENT_CARD")
        return Call(method="POST", path=path, json={kind: json}, read=_read)


def _read(response: Response) -> LinkOutcomes:
    return decode(response.content, _outcomes)


def _outcomes(body: Any, reader: Reader) -> LinkOutcomes:
    told = pairs(body)
    silent = {kind: held for kind, held in told.items() if held in (None, [])}
    read = {k: reader.one(LinkOutcome, told[k], f"$.{k}") for k in told if k not in silent}
    return LinkOutcomes(by_type=read, extra=silent)
