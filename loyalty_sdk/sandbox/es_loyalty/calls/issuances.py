"""Issuances.

https://exchangesolutionsinc.github.io/es-user-docs/docs/api
"""

from __future__ import annotations

from ...vendor import Asked, Route
from ...wire import Response
from ..answers import answered
from ..issuances import read_selection
from ..locales import locale_for
from ..moments import epoch
from ..programme import CUX, Programme


def list_issuances(programme: Programme, asked: Asked) -> Response:
    """What was issued to a member."""
    account = programme.account(asked)
    switches = programme.switches()
    selection = read_selection(asked.request.query, switches, epoch(programme.now))
    locale = locale_for(selection.locale, account)
    found = selection.of(programme.state.issuances(account.account_id))
    shown: list[object] = [one.shown(locale) for one in found]
    match switches.es_loyalty_issuances_body:
        case "wrapped":
            return answered(200, {"issuances": shown})
        case "single" if len(shown) == 1:
            return answered(200, shown[0])
        case "empty_object" if not shown:
            return answered(200, {})
        case _:
            return answered(200, shown)


ROUTES: tuple[Route[Programme], ...] = (
    Route(
        "GET",
        "client/users/{correlation_id}/issuances",
        "list-issuances",
        list_issuances,
        (CUX,),
    ),
)
