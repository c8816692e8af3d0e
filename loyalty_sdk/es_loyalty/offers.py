"""Offers to members."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeAlias, TypeVar, Unpack

from loyalty_sdk._core.calls import Call, Response
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint
from loyalty_sdk._core.given.arguments import identifier, plain_text, query
from loyalty_sdk._core.reading.convert import Reader, decode
from loyalty_sdk.es_loyalty._arguments import CorrelationId, sent
from loyalty_sdk.es_loyalty._calls import Path, within_session, write
from loyalty_sdk.es_loyalty._wire import read_rows
from loyalty_sdk.es_loyalty.inputs import OfferList, OfferView
from loyalty_sdk.es_loyalty.models._shapes import only_one
from loyalty_sdk.es_loyalty.models.offer import Offer, OfferAcceptance

T = TypeVar("T")

OfferReply: TypeAlias = Literal["ACCEPTED", "DECLINED", "UNACCEPTED"] | str


class Offers(Resource[R_co]):
    """Offers to members."""

    @endpoint
    def list(
        self, correlation_id: CorrelationId, **which: Unpack[OfferList]
    ) -> Call[tuple[Offer, ...]]:
        """The offers to a member, completed ones last; see `OfferList`. Repeated after a failure.

        https://exchangesolutionsinc.github.io/es-user-docs/docs/api/es-loyalty/customer-experience/offer-banner-badge-operations/all-offers
        """
        path = within_session(correlation_id, "offers")
        return _asking(path, OfferList, which, _offers)

    @endpoint
    def best(self, correlation_id: CorrelationId, **how: Unpack[OfferView]) -> Call[Offer | None]:
        """The offer that suits a member best, or none; see `OfferView`. Repeated after a failure.

        https://exchangesolutionsinc.github.io/es-user-docs/docs/api/es-loyalty/customer-experience/offer-banner-badge-operations/best-offer
        """
        path = within_session(correlation_id, "offer")
        return _asking(path, OfferView, how, _best)

    @endpoint
    def respond(
        self,
        correlation_id: CorrelationId,
        offer_id: str | int,
        acceptance_state: OfferReply = "ACCEPTED",
    ) -> Call[OfferAcceptance]:
        """Accept an offer, or decline it, which is for good. Never repeated.

        Raises:
            BadRequest: The offer is declined, completed, expired or not active.

        https://exchangesolutionsinc.github.io/es-user-docs/docs/api/es-loyalty/customer-experience/offer-banner-badge-operations/response-to-offer
        """
        path = within_session(correlation_id, "offer", identifier("offer_id", offer_id))
        return write(OfferAcceptance, "PUT", path, _reply(acceptance_state))

    @endpoint
    def respond_to_all(
        self, correlation_id: CorrelationId, acceptance_state: OfferReply = "ACCEPTED"
    ) -> Call[tuple[OfferAcceptance, ...]]:
        """Accept all open offers, or decline them. Never repeated.

        https://exchangesolutionsinc.github.io/es-user-docs/docs/api/es-loyalty/customer-experience/offer-banner-badge-operations/load-all-offers
        """
        return Call(
            method="POST",
            path=within_session(correlation_id, "offers"),
            json=_reply(acceptance_state),
            read=lambda response: read_rows(response, OfferAcceptance, "offers"),
        )


def _asking(
    path: Path, form: type, fields: Mapping[str, Any], read: Callable[[Response], T]
) -> Call[T]:
    """A question; the vendor wants each business unit as a parameter of its own."""
    asked = sent(form, fields)
    units = [("businessUnit", unit) for unit in asked.pop("businessUnits", ())]
    params = [*query(**asked), *units]
    return Call(method="GET", path=path, params=params, read=read, repeatable=True)


def _reply(acceptance_state: str) -> dict[str, str]:
    return {"acceptanceState": plain_text("acceptance_state", acceptance_state)}


def _offers(response: Response) -> tuple[Offer, ...]:
    return read_rows(response, Offer, "offers")


def _best(response: Response) -> Offer | None:
    """The one offer; the documents do not say what stands for none."""

    def read(body: Any, reader: Reader) -> Offer | None:
        held = only_one(body) if body is not None else None
        return reader.one(Offer, held) if held else None

    return decode(response.content, read)
