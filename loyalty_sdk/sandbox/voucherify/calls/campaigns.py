"""Campaigns.

https://docs.voucherify.io/api-reference/campaigns
"""

from __future__ import annotations

from ...vendor import Asked, Route
from ...wire import Response, json_response
from ..access import reading
from ..campaigns import CAMPAIGN_TYPES
from ..project import Project
from ..query import MAX_PAGE, choice, integer, known, limit


def list_campaigns(project: Project, asked: Asked) -> Response:
    """A page of campaigns, the newest first unless asked otherwise."""
    values = known(asked.request.query, ("limit", "page", "campaign_type", "order"))
    size, page = limit(values), integer(values, "page", 1, MAX_PAGE)
    kind = choice(values, "campaign_type", CAMPAIGN_TYPES)
    order = choice(values, "order", ("created_at", "-created_at")) or "-created_at"
    found = [one for one in project.state.campaigns if kind in (None, one.campaign_type)]
    found.sort(key=lambda one: one.created_at, reverse=order == "-created_at")
    content = {
        "object": "list",
        "data_ref": "campaigns",
        "campaigns": [one.content() for one in found[(page - 1) * size : page * size]],
        "total": len(found),
    }
    return json_response(200, content)


ROUTES: tuple[Route[Project], ...] = (
    Route("GET", "v1/campaigns", "list-campaigns", list_campaigns, reading("campaigns")),
)
