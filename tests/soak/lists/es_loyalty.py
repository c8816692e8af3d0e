"""ES Loyalty's lists: the history goes on behind a transaction, the others have numbered pages."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from loyalty_sdk import ESLoyalty
from loyalty_sdk.sandbox import Sandbox
from loyalty_sdk.sandbox.es_loyalty.transactions import Transaction

from .listed import List

SESSION = "soak"
_MINUTE = 60_000
_FIRST_YEAR = 1000  # the months of so many items end before the year 10000


def _fill_history(sandbox: Sandbox, count: int) -> None:
    state, account = sandbox.es_loyalty_state, sandbox.member.es_loyalty_account_id
    forms = state.transactions(account)
    newest = forms[0].at

    def made(number: int, form: Transaction) -> Transaction:
        at = newest - number * _MINUTE
        own = {"TransactionID": f"t-{number}", "TransactionDateEpoch": at}
        return Transaction(content={**form.content, **own})

    numbered = zip(range(count), itertools.cycle(forms), strict=False)
    state.put_transactions(account, itertools.starmap(made, numbered))


def _transactions(sandbox: Sandbox) -> Iterable[str]:
    history = sandbox.es_loyalty_state.transactions(sandbox.member.es_loyalty_account_id)
    return (one.id for one in history)


def _fill_badges(sandbox: Sandbox, count: int) -> None:
    state, account = sandbox.es_loyalty_state, sandbox.member.es_loyalty_account_id
    form = state.badges(account)[0]
    state.put_badges(account, ({**form, "badgeID": f"b-{number}"} for number in range(count)))


def _badges(sandbox: Sandbox) -> Iterable[str]:
    badges = sandbox.es_loyalty_state.badges(sandbox.member.es_loyalty_account_id)
    return (str(one["badgeID"]) for one in badges)


def _fill_sweeps(sandbox: Sandbox, count: int) -> None:
    state, account = sandbox.es_loyalty_state, sandbox.member.es_loyalty_account_id
    form = state.sweeps(account)[0]
    months = (f"{_FIRST_YEAR + one // 12}-{one % 12 + 1:02}" for one in range(count))
    state.put_sweeps(account, ({**form, "sweepMonth": month} for month in months))


def _sweeps(sandbox: Sandbox) -> Iterable[str]:
    sweeps = sandbox.es_loyalty_state.sweeps(sandbox.member.es_loyalty_account_id)
    return (str(one["sweepMonth"]) for one in sweeps)


LISTS = (
    List(
        operation="es_loyalty.transactions.history",
        received="es_loyalty.transaction-history",
        fill=_fill_history,
        there=_transactions,
        identify=lambda transaction: transaction.transaction_id,
        arguments=lambda _: {"correlation_id": SESSION},
        page_size=("limit", 150),
    ),
    List(
        operation="es_loyalty.badges.list",
        received="es_loyalty.list-badges",
        fill=_fill_badges,
        there=_badges,
        identify=lambda badge: badge.badge_id,
        arguments=lambda _: {"correlation_id": SESSION},
        page_size=("page_size", 100),
    ),
    List(
        operation="es_loyalty.points.upcoming_sweep",
        received="es_loyalty.upcoming-point-sweep",
        fill=_fill_sweeps,
        there=_sweeps,
        identify=lambda sweep: sweep.sweep_month,
        arguments=lambda _: {"correlation_id": SESSION},
        page_size=("page_size", 100),
    ),
)


def start_session(sandbox: Sandbox) -> None:
    """Start the session that ES Loyalty's lists need."""
    with ESLoyalty(**sandbox.es_loyalty) as client:
        client.sessions.start(sandbox.member.es_loyalty_identifier, correlation_id=SESSION)
