"""Badges that members have earned."""

from __future__ import annotations

from typing import Unpack

from loyalty_sdk._core.calls import Listing
from loyalty_sdk._core.endpoint import R_co, Resource, listing
from loyalty_sdk.es_loyalty._arguments import CorrelationId
from loyalty_sdk.es_loyalty._calls import within_session
from loyalty_sdk.es_loyalty._pages import numbered
from loyalty_sdk.es_loyalty.inputs import BadgeList
from loyalty_sdk.es_loyalty.models.badge import Badge


class Badges(Resource[R_co]):
    """Badges that members have earned."""

    @listing
    def list(self, correlation_id: CorrelationId, **how: Unpack[BadgeList]) -> Listing[Badge]:
        """The badges of the member of a session; see `BadgeList`. Repeated after a failure.

        https://exchangesolutionsinc.github.io/es-user-docs/docs/api/es-loyalty/customer-experience/offer-banner-badge-operations/member-badges
        """
        path = within_session(correlation_id, "badges")
        return numbered(Badge, path, "badges", BadgeList, how)
