"""The parameters of the transaction history and which transactions they select.

https://exchangesolutionsinc.github.io/es-user-docs/docs/api
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import islice

import attrs

from ..switches import Switches
from ..wire import Pairs
from .answers import failed, invalid
from .query import known, whole
from .transactions import Hiding, Transaction

PARAMETERS = (
    "limit",
    "transactionId",
    "from",
    "to",
    "locale",
    "transactionType",
    "externalTransactionID",
)
DEFAULT_LIMIT = 30
MAX_LIMIT = 150
DAY = 24 * 3600 * 1000
REACH = 365 * DAY
CURSOR_REACH = 100 * DAY

REQUEST_ACTIONS = frozenset(
    (
        "ACCOUNT_EXPIRY",
        "ACTIVITY",
        "ADHOC_REDEEM",
        "ADHOC_REWARD",
        "ADJUSTMENT",
        "ADJ_NO_RECEIPT",
        "BALANCE_UPDATE",
        "CONFIRM_DELAYED_TRANSACTION",
        "DISCRETIONARY",
        "EXCHANGE",
        "FIFO",
        "FINALIZE",
        "HISTORICAL_TRANSACTION",
        "MERGE",
        "POINTS_TRANSFER",
        "POST",
        "PPE",
        "PROGRAM_REWARD",
        "PURCHASE",
        "SAF",
        "SCHEDULED_REDEEM",
        "TIER_REWARD",
        "TRANSFER",
        "TRIAL",
        "UNKNOWN",
        "VOID",
    )
)


@attrs.frozen(kw_only=True)
class Selection:
    """The parameters of one call, read and checked.

    Attributes:
        limit: How long a page is.
        start: The transaction to start searching from.
        oldest: The lower bound, in milliseconds.
        newest: The upper bound, in milliseconds.
        action: The request action wanted.
        external_id: The merchant's identifier wanted.
        locale: The language asked for.
        now: The current moment, in milliseconds.
        switches: The current switches.
    """

    limit: int
    start: str | None
    oldest: int
    newest: int
    action: str | None
    external_id: str | None
    locale: str | None
    now: int
    switches: Switches

    def page(self, transactions: Sequence[Transaction]) -> list[Transaction]:
        """The page that answers the call.

        Args:
            transactions: All transactions of the member, newest first.

        Raises:
            Refused: The transaction to start from does not exist, or is too old.
        """
        following = islice(transactions, self._first(transactions), None)
        found: Iterator[Transaction] = (one for one in following if self._keep(one))
        if self.switches.es_loyalty_hidden_rows == "after_limit":
            found = islice(found, self.limit)
        hidden = _hidden(self.switches)
        return [*islice((one for one in found if one.hidden_as not in hidden), self.limit)]

    def _first(self, transactions: Sequence[Transaction]) -> int:
        if self.start is None:
            return 0
        for place, one in enumerate(transactions):
            if one.id == self.start:
                self._check_age(one)
                return place + (self.switches.es_loyalty_history_cursor == "exclusive")
        code = "NOT_FOUND" if self.switches.es_loyalty_missing_transaction == 404 else None
        raise failed(
            self.switches.es_loyalty_missing_transaction,
            code or "INVALID_REQUEST",
            f"Transaction {self.start} does not exist",
        )

    def _check_age(self, cursor: Transaction) -> None:
        earliest = self.now - CURSOR_REACH
        if cursor.at < earliest:
            raise invalid(
                f"Transaction {cursor.id} must be within {_day(earliest)} to {_day(self.now)} date"
            )

    def _keep(self, one: Transaction) -> bool:
        return (
            self.oldest <= one.at <= self.newest
            and self.action in (None, one.action)
            and self.external_id in (None, one.external_id)
        )


def read_selection(query: Pairs, switches: Switches, now: int) -> Selection:
    """Read the parameters of a call.

    Raises:
        Refused: One is unknown, given twice, not enabled or has a bad value.
    """
    values = known(query, PARAMETERS)
    limit = whole(values, "limit", "Limit required to be a valid positive number", lowest=1)
    if limit is not None and limit > MAX_LIMIT:
        raise invalid(f"Maximum allowed Limit is {MAX_LIMIT}")
    if values.get("transactionId") == "":
        raise invalid("Transaction Id required to be non-empty")
    oldest, newest = _bounds(values, switches, now)
    _check_filters(values, switches)
    return Selection(
        limit=limit or DEFAULT_LIMIT,
        start=values.get("transactionId"),
        oldest=oldest,
        newest=newest,
        action=values.get("transactionType"),
        external_id=values.get("externalTransactionID"),
        locale=values.get("locale"),
        now=now,
        switches=switches,
    )


def _bounds(values: dict[str, str], switches: Switches, now: int) -> tuple[int, int]:
    start = whole(values, "from", "From date epoch should be a valid epoch.")
    end = whole(values, "to", "To date should be a valid epoch.")
    oldest, newest = start, end
    if switches.es_loyalty_history_from == "newer":
        oldest, newest = end, start
    # Only what was sent is compared: the documented defaults would always be in the wrong order.
    if oldest is not None and newest is not None and oldest > newest:
        raise invalid("From date should not be after To date.")
    return max(oldest or 0, now - REACH), now if newest is None else newest


def _check_filters(values: dict[str, str], switches: Switches) -> None:
    action, external_id = values.get("transactionType"), values.get("externalTransactionID")
    if external_id is not None and not switches.es_loyalty_filter_external_id:
        # The blank is in the documents.
        raise invalid(
            "Filtering by externalTransactionID is not enabled in TRANSACTION_ HISTORY config."
        )
    if external_id == "":
        raise invalid("External transaction Id required to be non-empty.")
    # Which actions may be filtered for is configured; here it is all there are.
    enabled = switches.es_loyalty_filter_transaction_type and action in REQUEST_ACTIONS
    if action is not None and not enabled:
        raise invalid("Filtering by transactionType is not enabled.")


def _hidden(switches: Switches) -> frozenset[Hiding]:
    settings: dict[Hiding, bool] = {
        "audit": switches.es_loyalty_hide_audit,
        "voided": switches.es_loyalty_hide_voided,
        "netZeroActivityTxns": switches.es_loyalty_hide_net_zero_activity,
    }
    return frozenset(name for name, hides in settings.items() if hides)


def _day(milliseconds: int) -> date:
    return datetime.fromtimestamp(milliseconds / 1000, UTC).date()
