"""What happened in the project: redemptions, publications, orders, transactions, sessions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import attrs

from .records import Json, Record, part


@attrs.define(kw_only=True)
class Session:
    """A validation session that holds something for one buyer.

    Attributes:
        key: Its key.
        ends: When it lets go.
        held: What it holds by the code of the voucher: uses, credits or points.
    """

    key: str
    ends: datetime
    held: dict[str, int] = attrs.field(factory=dict[str, int])


@attrs.frozen(kw_only=True)
class Activity:
    """Something that happened to a customer, or to a card.

    Attributes:
        customer_id: To whom.
        code: The code of the card, or of another voucher.
        campaign_id: Its campaign.
        record: The event as the vendor shows it.
    """

    customer_id: str | None
    code: str | None
    campaign_id: str | None
    record: Record


class Ledger:
    """Everything that happened; lists are oldest first."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.redemptions: dict[str, Record] = {}
        self.publications: list[Record] = []
        self.orders: dict[str, Record] = {}
        self.transactions: dict[str, list[Record]] = {}
        self.pending: dict[str, list[Record]] = {}
        self.events: list[Record] = []
        self.activities: list[Activity] = []
        self.actions: list[Record] = []
        self.exports: dict[str, Record] = {}
        self._sessions: dict[str, Session] = {}

    def redemption(self, identifier: str) -> Json | None:
        """The redemption, or the rollback, with this id."""
        found = self.redemptions.get(identifier)
        return None if found is None else dict_of(found)

    def redemptions_of(self, code: str) -> list[Json]:
        """The redemptions of a voucher, the failed ones and the rollbacks too."""
        return [
            dict_of(one)
            for one in self.redemptions.values()
            if part(one.content, "voucher").get("code") == code
        ]

    def order(self, identifier: str | None) -> Record | None:
        """The order with this id or source id."""
        if identifier is None:
            return None
        found = self.orders.get(identifier)
        by_source = (o for o in self.orders.values() if o.content["source_id"] == identifier)
        return found or next(by_source, None)

    def publication(self, source_id: str) -> Record | None:
        """The publication with this source id."""
        same = (one for one in self.publications if one.content["source_id"] == source_id)
        return next(same, None)

    def transact(self, code: str, record: Record) -> None:
        """Write a transaction of a gift or loyalty card down."""
        self.transactions.setdefault(code, []).append(record)

    def session(self, key: str, now: datetime) -> Session | None:
        """The session with this key, while it lives."""
        return next((one for one in self._living(now) if one.key == key), None)

    def open(self, session: Session) -> None:
        """Begin a session, or renew one."""
        self._sessions[session.key] = session

    def locked(self, code: str, now: datetime, besides: str | None = None) -> int:
        """How much of a voucher sessions hold, one of them left out."""
        living = (one for one in self._living(now) if one.key != besides)
        return sum(one.held.get(code, 0) for one in living)

    def release(self, code: str, key: str, now: datetime) -> bool:
        """Let go of a voucher; whether the session held it."""
        session = self.session(key, now)
        return session is not None and session.held.pop(code, None) is not None

    def _living(self, now: datetime) -> Iterator[Session]:
        return (one for one in tuple(self._sessions.values()) if one.ends > now)


def dict_of(record: Record) -> Json:
    """The object of a record, to be changed."""
    content = record.content
    assert isinstance(content, dict)
    return content
