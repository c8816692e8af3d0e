"""Points that are about to be swept away."""

from __future__ import annotations

from typing import Unpack

from loyalty_sdk._core.calls import Listing
from loyalty_sdk._core.endpoint import R_co, Resource, listing
from loyalty_sdk.es_loyalty._arguments import CorrelationId
from loyalty_sdk.es_loyalty._calls import within_session
from loyalty_sdk.es_loyalty._pages import numbered
from loyalty_sdk.es_loyalty.inputs import SweepList
from loyalty_sdk.es_loyalty.models.points import PointSweep


class Points(Resource[R_co]):
    """Points that are about to be swept away."""

    @listing
    def upcoming_sweep(
        self, correlation_id: CorrelationId, **how: Unpack[SweepList]
    ) -> Listing[PointSweep]:
        """The points that a member will lose, by month; see `SweepList`. Repeated after a failure.

        Raises:
            BadRequest: The feature is not enabled, or the account is closed.

        https://exchangesolutionsinc.github.io/es-user-docs/docs/api/es-loyalty/customer-experience/FIFO/upcoming-point-sweep
        """
        path = within_session(correlation_id, "upcomingPointSweep")
        return numbered(PointSweep, path, "pointSweeps", SweepList, how)
