"""Lists with numbered pages: badges, and points that will be swept away.

https://exchangesolutionsinc.github.io/es-user-docs/docs/api
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ...vendor import Asked, Route
from ...wire import Response
from ..answers import answered
from ..badges import shown
from ..locales import locale_for
from ..parts import Json
from ..programme import CUX, Programme
from ..query import known, whole

FIRST_PAGE = 1
DEFAULT_SIZE = 10


def list_badges(programme: Programme, asked: Asked) -> Response:
    """A page of a member's badges."""
    account = programme.account(asked)
    values = known(asked.request.query, ("page", "pageSize", "locale"))
    locale = locale_for(values.get("locale"), account)
    rows = programme.state.badges(account.account_id)
    return answered(200, _page(values, rows, "badges", lambda badge: shown(badge, locale)))


def upcoming_sweep(programme: Programme, asked: Asked) -> Response:
    """A page of the points that a member will lose, by month."""
    account = programme.account(asked)
    values = known(asked.request.query, ("page", "pageSize"))
    return answered(200, _page(values, programme.state.sweeps(account.account_id), "pointSweeps"))


def _page(
    values: Mapping[str, str],
    rows: Sequence[Json],
    key: str,
    show: Callable[[Json], Json] = lambda row: row,
) -> Json:
    size = _positive(values, "pageSize", "PageSize") or DEFAULT_SIZE
    number = _positive(values, "page", "Page") or FIRST_PAGE
    begin = (number - FIRST_PAGE) * size
    return {
        key: [show(row) for row in rows[begin : begin + size]],
        "count": len(rows),
        "pageSize": size,
        "firstPage": FIRST_PAGE,
        "currentPage": number,
        "lastPage": max(FIRST_PAGE, FIRST_PAGE - 1 + -(-len(rows) // size)),
    }


def _positive(values: Mapping[str, str], name: str, title: str) -> int | None:
    return whole(values, name, f"{title} required to be a valid positive number", lowest=1)


_SESSION = "client/users/{correlation_id}"
ROUTES: tuple[Route[Programme], ...] = (
    Route("GET", f"{_SESSION}/badges", "list-badges", list_badges, (CUX,)),
    Route("GET", f"{_SESSION}/upcomingPointSweep", "upcoming-point-sweep", upcoming_sweep, (CUX,)),
)
