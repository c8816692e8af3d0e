"""What happened on members' accounts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias, Unpack

from loyalty_sdk._core.calls import Call, Listing, Page, Response
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint, listing
from loyalty_sdk._core.given.arguments import plain_text, query, within
from loyalty_sdk.errors import MissingCursor
from loyalty_sdk.es_loyalty._arguments import CorrelationId, Moment, epoch, filled, sent, session_id
from loyalty_sdk.es_loyalty._calls import within_session, write
from loyalty_sdk.es_loyalty._cursor import Place
from loyalty_sdk.es_loyalty._wire import read_rows
from loyalty_sdk.es_loyalty.inputs import VoidFields
from loyalty_sdk.es_loyalty.models.points import Receipt
from loyalty_sdk.es_loyalty.models.transaction import RequestAction, Transaction

TransactionLocale: TypeAlias = Literal["en-CA", "en-US", "fr-CA", "EN", "FR"] | str

_MOST = 150
_USUAL = 30


class Transactions(Resource[R_co]):
    """What happened on members' accounts."""

    @listing
    def history(
        self,
        correlation_id: CorrelationId,
        *,
        limit: int | None = _MOST,
        transaction_id: str | None = None,
        from_: Moment | None = None,
        to: Moment | None = None,
        locale: TransactionLocale | None = None,
        transaction_type: RequestAction | None = None,
        external_transaction_id: str | None = None,
    ) -> Listing[Transaction]:
        """The transactions of the member of a session.

        The vendor's settings (`excludedTransactionTypes`) may hide transactions that are only for
        the record (`audit`), voided ones with what voids them (`voided`), and activities without
        points (`netZeroActivityTxns`). The walk ends with an empty page; so it also ends, though
        there is more behind, at a page of which the vendor hides everything.

        A walk can go on from transactions of the last 100 days only; past them the vendor refuses
        and the pager raises `CursorTooOld`.

        Args:
            correlation_id: The session. It is part of the URL, and shown nowhere.
            limit: How many a page has, 1 to 150; `None` leaves it to the vendor (30).
            transaction_id: Begin at this transaction; whether it comes itself depends on the
                vendor. Not older than 100 days.
            from_: Where the search begins: an aware datetime, or milliseconds since 1970. By the
                documents it is now unless given, so the later end; but an error text says that it
                should not be after `to`. It is sent as given.
            to: Where the search ends, likewise; `None` leaves it to the vendor (a year ago).
            locale: The language of the texts; `None` leaves it to the account's.
            transaction_type: Only this kind of transaction, such as `ADHOC_REDEEM`; where the
                vendor has enabled it.
            external_transaction_id: Only those that the client gave this id; where the vendor has
                enabled it.

        Returns:
            A pager of `Transaction`, in the vendor's order. Where the same row ends one page and
            begins the next, it comes once; the same id further on is another transaction.

        Raises:
            InvalidArgument: Before anything is sent: an argument is out of bounds.
            TransactionNotFound: There is no transaction with `transaction_id`.
            SessionNotFound: There is no such session.
            CursorTooOld: The transaction to go on from is more than 100 days old.
            BadRequest: A filter is not enabled, or a date cannot be used.
            RepeatedCursor: The vendor leads back to a page that was walked before.
            LoyaltyError: Anything else, while pages are fetched.

        https://exchangesolutionsinc.github.io/es-user-docs/docs/api/es-loyalty/customer-experience/transactions/transaction-history
        """
        session = session_id("correlation_id", correlation_id)
        start = filled("transaction_id", transaction_id)
        within("limit", limit, 1, _MOST)
        chosen = {
            "from": epoch("from_", from_),
            "to": epoch("to", to),
            "locale": filled("locale", locale),
            "transactionType": filled("transaction_type", transaction_type),
            "externalTransactionID": filled("external_transaction_id", external_transaction_id),
        }

        def page(cursor: str | None) -> Call[Page[Transaction]]:
            place = Place.of(cursor)
            if place.again >= _MOST:
                raise MissingCursor("no page is long enough to reach behind rows without an id")
            asked = {"limit": _room(limit, place), "transactionId": place.id or start}
            return Call(
                method="GET",
                path=("client", "users", session, "transactions", "history", "v2"),
                params=query(**asked, **chosen),
                read=lambda response: _read_page(response, place),
                repeatable=True,
            )

        return Listing(page=page, after=_after, repeated="end")

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


def _room(limit: int | None, place: Place) -> int | None:
    """The size of a page: large enough for what may come again, and for one row more.

    Or a vendor that begins with the last row of the page before would give that one for ever.
    """
    if limit is None and place.again < _USUAL:
        return None
    return max(limit or 0, min(place.again + 1, _MOST))


def _read_page(response: Response, place: Place) -> Page[Transaction]:
    rows = read_rows(response, Transaction, "transactions")
    new = rows[place.handed_out(rows) :]
    if not new:
        return Page(items=())
    following = place.behind(new, marked=len(rows)).turned(rows)
    return Page(items=new, cursor=following.cursor)


def _after(cursor: str | None, handed_out: Sequence[Transaction]) -> str:
    return Place.of(cursor).behind(handed_out).cursor
