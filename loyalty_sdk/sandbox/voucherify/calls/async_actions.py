"""What the project works on while the caller waits.

https://docs.voucherify.io/api-reference/async-actions
"""

from __future__ import annotations

from ...vendor import Asked, Route
from ...wire import Response, json_response
from ..access import reading
from ..answers import not_found
from ..jobs import looked_at
from ..paging import stretch, whole
from ..project import Project
from ..query import known, limit, moment


def get_action(project: Project, one: Asked) -> Response:
    """One action; each look at it finds it one step further."""
    known(one.request.query, ())
    identifier = one.parts["async_action_id"]
    found = looked_at(project, project.state.ledger.actions, identifier)
    if found is None:
        raise not_found("async_action", identifier)
    return json_response(200, found)


def list_actions(project: Project, one: Asked) -> Response:
    """The latest actions, without what came of them."""
    values = known(one.request.query, ("limit", "end_date"))
    size = limit(values)
    edge = moment(values, "end_date") if "end_date" in values else None
    rows = project.state.ledger.actions
    page, has_more = stretch(rows, size, edge, lambda row: row.created_at, down=True)
    shown = [{k: v for k, v in row.content.items() if k != "result"} for row in page]
    return whole("async_actions", shown, has_more=has_more)


_READ = reading("async-actions")
ROUTES: tuple[Route[Project], ...] = (
    Route("GET", "v1/async-actions", "list-async-actions", list_actions, _READ),
    Route("GET", "v1/async-actions/{async_action_id}", "get-async-action", get_action, _READ),
)
