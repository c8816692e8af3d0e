"""What happened on members' accounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Unpack

from loyalty_sdk._core.calls import Call, Listing, Page, Response
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint, listing
from loyalty_sdk._core.given.arguments import plain_text, query
from loyalty_sdk.errors import MissingCursor
from loyalty_sdk.es_loyalty._arguments import CorrelationId, sent
from loyalty_sdk.es_loyalty._calls import Path, within_session, write
from loyalty_sdk.es_loyalty._cursor import Place
from loyalty_sdk.es_loyalty._wire import read_rows
from loyalty_sdk.es_loyalty.inputs import LARGEST_PAGE, TransactionList, VoidFields
from loyalty_sdk.es_loyalty.models.points import Receipt
from loyalty_sdk.es_loyalty.models.transaction import Transaction

_USUAL = 30


class Transactions(Resource[R_co]):
    """What happened on members' accounts."""

    @listing
    def history(
        self, correlation_id: CorrelationId, **which: Unpack[TransactionList]
    ) -> Listing[Transaction]:
        """The transactions of a session's member; see `TransactionList`. Repeated.

        The vendor's settings may hide some (`excludedTransactionTypes`: `audit`, `voided`,
        `netZeroActivityTxns`). The walk ends with an empty page; so also where all of it is hidden.
        A row that ends one page and begins the next comes once.

        Raises:
            TransactionNotFound: There is no transaction with `transaction_id`.
            CursorTooOld: The transaction to go on from is more than 100 days old.
            BadRequest: A filter is not enabled, or a date cannot be used.

        https://exchangesolutionsinc.github.io/es-user-docs/docs/api/es-loyalty/customer-experience/transactions/transaction-history
        """
        path = within_session(correlation_id, "transactions", "history", "v2")
        asked = sent(TransactionList, {"limit": LARGEST_PAGE, **which})
        return Listing(page=partial(_page, path, asked), after=_after, repeated="end")

    @endpoint
    def void(
        self,
        correlation_id: CorrelationId,
        original_transaction_id: str,
        **fields: Unpack[VoidFields],
    ) -> Call[Receipt]:
        """Undo an ad hoc reward or redemption of a member; see `VoidFields`. Never repeated.

        Raises:
            BadRequest: It was undone before, is too old, another member's or of another kind.

        https://exchangesolutionsinc.github.io/es-user-docs/docs/api/es-loyalty/point-of-sale/transactions/adjustment/void-transaction
        """
        original = plain_text("original_transaction_id", original_transaction_id)
        json = {"originalTransactionId": original, **sent(VoidFields, fields)}
        return write(Receipt, "POST", within_session(correlation_id, "void"), json)


def _page(path: Path, asked: Mapping[str, Any], cursor: str | None) -> Call[Page[Transaction]]:
    place = Place.of(cursor)
    if place.again >= LARGEST_PAGE:
        raise MissingCursor("no page is long enough to reach behind rows without an id")
    params = {
        **asked,
        "limit": _room(asked.get("limit"), place),
        "transactionId": place.id or asked.get("transactionId"),
    }
    return Call(
        method="GET",
        path=path,
        params=query(**params),
        read=lambda response: _read_page(response, place),
        repeatable=True,
    )


def _room(limit: int | None, place: Place) -> int | None:
    """The size of a page: large enough for what may come again, and for one row more.

    Or a vendor that begins with the last row of the page before would give that one for ever.
    """
    if limit is None and place.again < _USUAL:
        return None
    return max(limit or 0, min(place.again + 1, LARGEST_PAGE))


def _read_page(response: Response, place: Place) -> Page[Transaction]:
    rows = read_rows(response, Transaction, "transactions")
    new = rows[place.handed_out(rows) :]
    if not new:
        return Page(items=())
    following = place.behind(new, marked=len(rows)).turned(rows)
    return Page(items=new, cursor=following.cursor)


def _after(cursor: str | None, handed_out: Sequence[Transaction]) -> str:
    return Place.of(cursor).behind(handed_out).cursor
