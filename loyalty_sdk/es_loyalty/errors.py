"""The errors that only ES Loyalty has; each is also one of the common classes.

NotFound
├── TransactionNotFound   400 or 404: the vendor documents both for the same thing
└── SessionNotFound       400, with more than one code
BadRequest
└── CursorTooOld          400: the history cannot be walked on from a transaction this old
"""

from __future__ import annotations

from datetime import datetime

from loyalty_sdk.errors import BadRequest, NotFound
from loyalty_sdk.es_loyalty._cursor import Place

__all__ = ["CursorTooOld", "SessionNotFound", "TransactionNotFound"]


class TransactionNotFound(NotFound):
    """There is no such transaction; `status` is 400 or 404.

    Attributes:
        transaction_id: The id of the transaction, where the vendor names it.
    """

    transaction_id: str | None = None


class SessionNotFound(NotFound):
    """There is no session with this correlation id; start one first. `status` is 400."""

    @property
    def hint(self) -> str:
        """What to do about it."""
        return "start one: `sessions.start(...)` gives the correlation_id that other calls take"


class CursorTooOld(BadRequest):
    """The transaction to go on from is more than 100 days old.

    Nothing is continued by itself. The rest of the history can be asked for as a new one, with
    `from_` and `to`; whether that gives some transactions twice depends on the vendor's set-up.

    Attributes:
        transaction_id: The last transaction that was handed out.
    """

    transaction_id: str | None = None

    @property
    def transaction_date(self) -> datetime | None:
        """When that transaction happened; `None` for one that the caller began with."""
        return Place.of(self.cursor).date
