"""ES Loyalty in a wallet: issuances are rewards, transactions are activities."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

from loyalty_sdk.es_loyalty import CursorTooOld, ESLoyalty, Issuance, Session, Transaction
from loyalty_sdk.wallet.models import (
    Activity,
    ActivityKind,
    Member,
    Reward,
    RewardStatus,
    Worth,
)
from loyalty_sdk.wallet.steps import About, Rows, Steps
from loyalty_sdk.wallet.tables import ActivityTable, From, RewardTable

_CUX = "https://exchangesolutionsinc.github.io/es-user-docs/docs/api/es-loyalty/customer-experience"

STATUSES: Mapping[str, RewardStatus] = {
    "AVAILABLE": "available",
    "REDEEMED": "used",
    "EXPIRED": "expired",
}

KINDS: Mapping[str, ActivityKind] = {
    "ACCOUNT_EXPIRY": "expired",  # points clawed back due to account-level expiry
    "ACTIVITY": "earned",  # points awarded due to activity
    "ADHOC_REDEEM": "redeemed",  # points redeemed by a partner or business unit
    "ADHOC_REWARD": "earned",  # points awarded by a partner or business unit
    "ADJUSTMENT": "adjusted",  # points clawed back during an adjustment
    "ADJ_NO_RECEIPT": "adjusted",  # the same without an original transaction
    "BALANCE_UPDATE": "adjusted",  # update on available balances
    "CONFIRM_DELAYED_TRANSACTION": "earned",  # points awarded once they are confirmed
    "DISCRETIONARY": "earned",  # points awarded, such as for goodwill
    "EXCHANGE": "earned",  # points awarded through an exchange
    "FIFO": "unknown",  # points removed by expiry or by auto-redemption: it does not say which
    "FINALIZE": "earned",  # points awarded at the point of sale
    "HISTORICAL_TRANSACTION": "earned",  # points awarded before a migration
    "MERGE": "transferred",  # points transferred during a merge
    "POINTS_TRANSFER": "transferred",  # from one account to another
    "POST": "earned",  # points posted to be awarded
    "PPE": "earned",  # points awarded after a purchase
    "PROGRAM_REWARD": "earned",  # a reward of the program, such as for a referral
    "PURCHASE": "earned",  # points on a purchase
    "SAF": "earned",  # points awarded later than at the point of sale
    "SCHEDULED_REDEEM": "redeemed",  # an automatically scheduled redemption
    "TIER_REWARD": "earned",  # points awarded for a tier
    "TRANSFER": "transferred",  # outside of a merge
    "TRIAL": "unknown",  # used internally; should never be in the history
    "UNKNOWN": "unknown",  # the vendor's own word for it
    "VOID": "reversed",  # points clawed back during a full adjustment
}


def _value(issuance: Issuance) -> Worth | None:
    if issuance.reward_type == "POINTS":
        return Worth.points(issuance.reward_value)
    return Worth.money(issuance.reward_value) if issuance.reward_type == "DOLLARS" else None


def _net(transaction: Transaction) -> Worth:
    if transaction.net_amount is not None:
        return Worth.points(transaction.net_amount)
    dollars = transaction.net_amount_dollars
    return Worth.money(transaction.net_amount_in_dollars if dollars is None else dollars)


REWARD = RewardTable[Issuance](
    vendor="es_loyalty",
    page=f"{_CUX}/issuance/issuances",
    id=From("not said: the code need not be unique"),
    code=From("`issuanceCode`", lambda issuance: issuance.issuance_code),
    title=From("`notes`: more about it, in very short form", lambda issuance: issuance.notes),
    vendor_status=From("`status`", lambda issuance: issuance.status),
    status=From("`status`, see below", lambda issuance: STATUSES.get(issuance.status or "")),
    worth=From(
        "`rewardValue`, by `rewardType`: `POINTS` are points, `DOLLARS` money; whose dollars is "
        "not said",
        _value,
    ),
    issued=From("`issuedDateEpoch`, else `issuedDate`", lambda issuance: issuance.issued_date),
    starts=From("not said"),
    expires=From("`expiryDateEpoch`, else `expiryDate`", lambda issuance: issuance.expiry_date),
    redeemed=From(
        "`redemptionDateEpoch`, else `redemptionDate`", lambda issuance: issuance.redemption_date
    ),
    terms=From("not said"),
)

ACTIVITY = ActivityTable[Transaction](
    vendor="es_loyalty",
    page=f"{_CUX}/transactions/transaction-history",
    id=From("`TransactionID`; ids may repeat", lambda transaction: transaction.transaction_id),
    vendor_kind=From("`RequestAction`", lambda transaction: transaction.request_action),
    kind=From(
        "`RequestAction`, see below", lambda transaction: KINDS.get(transaction.request_action)
    ),
    when=From(
        "`TransactionDateEpoch`, else `TransactionDate`",
        lambda transaction: transaction.transaction_date,
    ),
    worth=From(
        "`NetAmount`, points; without it `NetAmountDollars` or `NetAmountInDollars`, money whose "
        "dollars are not said. The sign is as sent",
        _net,
    ),
    balance=From(
        "`NewPointBalance`, points",
        lambda transaction: Worth.points(transaction.new_point_balance),
    ),
    reward_id=From("not said"),
    reward=From("not said"),
)

LONGEST_AGO = timedelta(days=364)  # by the documents, `from` must be within the last year
MOST = 100  # there are no pages, and the vendor takes more for 100


def rewards(es: ESLoyalty, about: About) -> Steps[Reward]:
    """Everything issued in the last year, 100 at the most; used and expired issuances too."""
    session: Session = yield _session(es, about.member)
    start = datetime.now(timezone.utc) - LONGEST_AGO
    issuances: tuple[Issuance, ...] = yield es.issuances.list(
        session.correlation_id, from_=start, limit=MOST, max_results=MOST
    )
    yield Rows(issuances, REWARD.reward, may_be_cut=len(issuances) >= MOST)


def activity(es: ESLoyalty, about: About) -> Steps[Activity]:
    """All transactions. The vendor contradicts itself about `from` and `to`: they are not sent.

    It goes on from transactions of the last 100 days only; what is behind them is not to be had.
    """
    session: Session = yield _session(es, about.member)
    history = es.transactions.history(session.correlation_id)
    yield Rows(history, ACTIVITY.activity, end=(CursorTooOld,))


def _session(es: ESLoyalty, member: Member) -> Any:
    return es.sessions.start(str(member.es_identifier), identifier_type=member.es_identifier_type)
