"""Badges that members have earned."""

from __future__ import annotations

from typing import Literal, TypeAlias

from loyalty_sdk._core.calls import Listing
from loyalty_sdk._core.endpoint import R_co, Resource, listing
from loyalty_sdk.es_loyalty._arguments import CorrelationId, filled
from loyalty_sdk.es_loyalty._calls import within_session
from loyalty_sdk.es_loyalty._pages import numbered
from loyalty_sdk.es_loyalty.models.badge import Badge

BadgeLocale: TypeAlias = Literal["en-CA", "en-US", "fr-CA"] | str


class Badges(Resource[R_co]):
    """Badges that members have earned."""

    @listing
    def list(
        self,
        correlation_id: CorrelationId,
        *,
        page_size: int | None = None,
        locale: BadgeLocale | None = None,
    ) -> Listing[Badge]:
        """The badges of the member of a session. Repeated after a failure.

        Args:
            correlation_id: The session.
            page_size: How many a page has, 1 or more; `None` leaves it to the vendor.
            locale: The language of the texts; `None` leaves it to the account's.

        https://exchangesolutionsinc.github.io/es-user-docs/docs/api/es-loyalty/customer-experience/offer-banner-badge-operations/member-badges
        """
        path = within_session(correlation_id, "badges")
        return numbered(Badge, path, "badges", page_size, locale=filled("locale", locale))
