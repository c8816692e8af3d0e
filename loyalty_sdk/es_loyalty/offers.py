"""Offers to members."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Literal, TypeAlias

from loyalty_sdk._core.arguments import identifier, plain_text, query, within
from loyalty_sdk._core.calls import Call, Query
from loyalty_sdk._core.convert import Reader, decode
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint
from loyalty_sdk._core.inputs import plain
from loyalty_sdk.es_loyalty._arguments import CorrelationId, Moment, days, epoch, filled
from loyalty_sdk.es_loyalty._calls import within_session, write
from loyalty_sdk.es_loyalty._wire import read_rows
from loyalty_sdk.es_loyalty.models._shapes import only_one
from loyalty_sdk.es_loyalty.models.offer import Offer, OfferAcceptance

OfferLocale: TypeAlias = Literal["en-CA", "en-US", "fr-CA", "EN", "FR"] | str
OfferReply: TypeAlias = Literal["ACCEPTED", "DECLINED", "UNACCEPTED"] | str


class Offers(Resource[R_co]):
    """Offers to members."""

    @endpoint
    def list(
        self,
        correlation_id: CorrelationId,
        *,
        max_results: int | None = None,
        from_: Moment | None = None,
        until: int | timedelta | None = None,
        locale: OfferLocale | None = None,
        business_units: Sequence[str] | None = None,
    ) -> Call[tuple[Offer, ...]]:
        """The offers to the member of a session, completed ones last. Repeated after a failure.

        Args:
            correlation_id: The session.
            max_results: How many at the most, 1 or more; the vendor gives no more than 100.
                `None` leaves it to the vendor.
            from_: From when on: an aware datetime, or milliseconds since 1970.
            until: How many days from then on: 0 or more, or a `timedelta` of whole days.
            locale: The language of the texts; `None` leaves it to the account's.
            business_units: Only what is for these business units.

        https://exchangesolutionsinc.github.io/es-user-docs/docs/api/es-loyalty/customer-experience/offer-banner-badge-operations/all-offers
        """
        asked = {
            "maxResults": within("max_results", max_results, 1, None),
            "from": epoch("from_", from_),
            "until": days("until", until),
        }
        return Call(
            method="GET",
            path=within_session(correlation_id, "offers"),
            params=[*query(**asked), *_chosen(locale, business_units)],
            read=lambda response: read_rows(response, Offer, "offers"),
            repeatable=True,
        )

    @endpoint
    def best(
        self,
        correlation_id: CorrelationId,
        *,
        locale: OfferLocale | None = None,
        business_units: Sequence[str] | None = None,
    ) -> Call[Offer | None]:
        """The offer that suits the member best, or none. Repeated after a failure.

        Args:
            correlation_id: The session.
            locale: The language of the texts; `None` leaves it to the account's.
            business_units: Only what is for these business units.

        https://exchangesolutionsinc.github.io/es-user-docs/docs/api/es-loyalty/customer-experience/offer-banner-badge-operations/best-offer
        """
        return Call(
            method="GET",
            path=within_session(correlation_id, "offer"),
            params=_chosen(locale, business_units),
            read=lambda response: decode(response.content, _best),
            repeatable=True,
        )

    @endpoint
    def respond(
        self,
        correlation_id: CorrelationId,
        offer_id: str | int,
        acceptance_state: OfferReply = "ACCEPTED",
    ) -> Call[OfferAcceptance]:
        """Accept an offer, or decline it. Never repeated.

        Args:
            correlation_id: The session.
            offer_id: The id of the offer.
            acceptance_state: The answer. A declined offer cannot be accepted any more.

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

        Raises:
            BadRequest: An offer is expired.

        https://exchangesolutionsinc.github.io/es-user-docs/docs/api/es-loyalty/customer-experience/offer-banner-badge-operations/load-all-offers
        """
        return Call(
            method="POST",
            path=within_session(correlation_id, "offers"),
            json=_reply(acceptance_state),
            read=lambda response: read_rows(response, OfferAcceptance, "offers"),
        )


def _chosen(locale: str | None, business_units: Sequence[str] | None) -> Query:
    """The language and the business units; the vendor wants each of these by itself."""
    units = plain("business_units", business_units, Sequence[str] | None) or ()
    shown = query(locale=filled("locale", locale))
    return [*shown, *(("businessUnit", unit) for unit in units)]


def _reply(acceptance_state: str) -> dict[str, str]:
    return {"acceptanceState": plain_text("acceptance_state", acceptance_state)}


def _best(body: Any, reader: Reader) -> Offer | None:
    """The one offer; the documents do not say what stands for none."""
    held = only_one(body) if body is not None else None
    return reader.one(Offer, held) if held else None
