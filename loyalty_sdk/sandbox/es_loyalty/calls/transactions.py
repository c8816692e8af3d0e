"""Transactions: the history, and undoing.

https://exchangesolutionsinc.github.io/es-user-docs/docs/api
"""

from __future__ import annotations

from ...vendor import Asked, Route
from ...wire import Response
from ..answers import answered, failed
from ..bodies import Fields, read_body, text
from ..history import read_selection
from ..locales import locale_for, translated
from ..moments import epoch
from ..programme import CUX, PARTNER, POS, Programme
from ..query import known
from .rewards import around

VOID: Fields = dict.fromkeys(("originalTransactionId", "externalReferenceId", "channel"), text)


def history(programme: Programme, asked: Asked) -> Response:
    """A page of transactions, the newest first."""
    account = programme.account(asked)
    switches = programme.switches()
    selection = read_selection(asked.request.query, switches, epoch(programme.now))
    locale = locale_for(selection.locale, account)
    page = selection.page(programme.state.transactions(account.account_id))
    shown = [translated(one.content, locale) for one in page]
    match switches.es_loyalty_history_body:
        case "bare":
            return answered(200, shown)
        case "empty_object" if not shown:
            return answered(200, {})
        case _:
            return answered(200, {"transactions": shown})


def void(programme: Programme, asked: Asked) -> Response:
    """Undo an ad hoc reward or redemption."""
    known(asked.request.query, ())
    account = programme.account(asked)
    body = read_body(asked.request, VOID)
    if "originalTransactionId" not in body:
        message = "originalTransactionId is mandatory and required to be non-empty."
        raise failed(400, "MISSING_REQUIRED_FIELDS_ERROR", message)
    original = str(body["originalTransactionId"])
    made = programme.ledger.void(account, original, *around(body))
    return answered(200, {"transactionId": made, "message": "Transaction was voided"})


_SESSION = "client/users/{correlation_id}"
ROUTES: tuple[Route[Programme], ...] = (
    Route("GET", f"{_SESSION}/transactions/history/v2", "transaction-history", history, (CUX,)),
    Route("POST", f"{_SESSION}/void", "void-transaction", void, (POS, PARTNER)),
)
