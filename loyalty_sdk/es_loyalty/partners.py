"""Links between accounts and partners."""

from __future__ import annotations

from typing import Any, Unpack

from loyalty_sdk._core.arguments import identifier, plain_text
from loyalty_sdk._core.calls import Call
from loyalty_sdk._core.convert import Reader, decode
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint
from loyalty_sdk.es_loyalty._arguments import CorrelationId, sent
from loyalty_sdk.es_loyalty._calls import within_session
from loyalty_sdk.es_loyalty.inputs import LinkChanges
from loyalty_sdk.es_loyalty.models._shapes import pairs
from loyalty_sdk.es_loyalty.models.partner import LinkOutcome, LinkOutcomes


class Partners(Resource[R_co]):
    """Links between accounts and partners."""

    @endpoint
    def change_links(
        self,
        correlation_id: CorrelationId,
        partner_id: str | int,
        link_type: str = "PAYMENT_CARD",
        **changes: Unpack[LinkChanges],
    ) -> Call[LinkOutcomes]:
        """Add, remove and change links, of several accounts at once. Never repeated.

        That some of them could not be processed is no error: see `complete` and `by_type`.

        Args:
            correlation_id: The session.
            partner_id: The partner.
            link_type: What kind of links these are.
            **changes: The links; see `LinkChanges`.

        https://exchangesolutionsinc.github.io/es-user-docs/docs/api/es-loyalty/customer-experience/partner-program/manage-partner-links-multiple-accounts
        """
        partner = identifier("partner_id", partner_id)
        return Call(
            method="POST",
            path=within_session(correlation_id, "partners", partner, "links"),
            json={plain_text("link_type", link_type): sent(LinkChanges, changes)},
            read=lambda response: decode(response.content, _outcomes),
        )


def _outcomes(body: Any, reader: Reader) -> LinkOutcomes:
    told = pairs(body)
    silent = {kind: held for kind, held in told.items() if held in (None, [])}
    read = {k: reader.one(LinkOutcome, told[k], f"$.{k}") for k in told if k not in silent}
    return LinkOutcomes(by_type=read, extra=silent)
