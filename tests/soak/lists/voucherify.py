"""Voucherify's lists: they go on behind an id, behind a date, or by counting up to a ceiling."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from loyalty_sdk.sandbox import Sandbox
from loyalty_sdk.sandbox.voucherify.records import Record
from loyalty_sdk.sandbox.voucherify.state import VoucherifyState

from . import project
from .listed import List
from .project import CARD, Ids, Put

COUNTED = ("read ahead", "four at once")
_LATER = datetime(2026, 1, 1, tzinfo=UTC)


def _list(operation: str, received: str, put: Put, ids: Ids, **more: Any) -> List:
    """A list whose items are copies of what is recorded of it."""

    def fill(sandbox: Sandbox, count: int) -> None:
        put(sandbox.voucherify_state, [*project.rows_of(operation, count)])

    return List(
        operation=f"voucherify.{operation}",
        received=f"voucherify.{received}",
        fill=fill,
        there=lambda sandbox: ids(sandbox.voucherify_state),
        **more,
    )


def _kept(
    operation: str, where: Callable[[VoucherifyState], dict[str, Record]], ceiling: int
) -> List:
    """A list with a ceiling, of what is kept by its id."""

    def put(state: VoucherifyState, rows: list[Record]) -> None:
        where(state).clear()
        where(state).update({str(one.content["id"]): one for one in rows})

    received = f"list-{operation.partition('.')[0]}"
    about: dict[str, Any] = {"ceiling": ceiling, "ways": COUNTED}
    return _list(operation, received, put, lambda state: tuple(where(state)), **about)


REDEEMABLES = List(
    operation="voucherify.customers.list_redeemables",
    received="voucherify.list-customer-redeemables",
    fill=project.fill_redeemables,
    there=project.held,
    arguments=lambda sandbox: {"customer_id": sandbox.member.voucherify_customer_id},
)
_BY_ID = (
    REDEEMABLES,
    _list(
        "customers.list_activity",
        "list-customer-activity",
        project.put_activities,
        project.activities,
        arguments=lambda sandbox: {"customer_id": sandbox.voucherify_state.customer_ids()[0]},
    ),
    _list(
        "vouchers.list_transactions",
        "list-voucher-transactions",
        *project.TRANSACTIONS,
        arguments=lambda _: {"code": CARD},
    ),
    _list(
        "loyalties.list_member_activity",
        "list-member-activity",
        project.put_activities,
        project.activities,
        arguments=lambda _: {"member_id": CARD},
    ),
    _list(
        "loyalties.list_member_transactions",
        "list-loyalty-card-transactions",
        *project.TRANSACTIONS,
        arguments=lambda _: {"member_id": CARD},
    ),
    _list(
        "loyalties.list_member_pending_points",
        "list-member-pending-points",
        *project.PENDING,
        arguments=lambda _: {"member_id": CARD},
    ),
)
_BY_DATE = (
    _list(
        "customers.list",
        "list-customers",
        project.put_customers,
        VoucherifyState.customer_ids,
        arguments=lambda _: {"starting_after": _LATER},
        about="by date",
    ),
    _list(
        "async_actions.list",
        "list-async-actions",
        project.put_actions,
        lambda state: (one.content["id"] for one in state.ledger.actions),
    ),
    List(
        operation="voucherify.qualifications.check_eligibility",
        received="voucherify.check-eligibility",
        fill=project.fill_applicable,
        there=project.applicable,
        arguments=lambda sandbox: {
            "customer": {"id": sandbox.member.voucherify_customer_id},
            "order": {"amount": 100_000},
        },
        page_size=("limit", 50),
    ),
)
_BY_PAGE = (
    _list(
        "customers.list",
        "list-customers",
        project.put_customers,
        VoucherifyState.customer_ids,
        ceiling=99,
        ways=COUNTED,
        about="by page",
    ),
    _list(
        "vouchers.list",
        "list-vouchers",
        project.put_vouchers,
        project.vouchers,
        ceiling=99,
        ways=COUNTED,
    ),
    _list(
        "loyalties.list_members",
        "list-members",
        project.put_vouchers,
        project.vouchers,
        arguments=lambda sandbox: {"campaign_id": project.program(sandbox.voucherify_state)},
        ceiling=100,
        ways=COUNTED,
    ),
    _list(
        "campaigns.list",
        "list-campaigns",
        project.put_campaigns,
        lambda state: (one.id for one in state.campaigns),
        ceiling=100,
        ways=COUNTED,
    ),
    _list(
        "publications.list",
        "list-publications",
        project.put_publications,
        lambda state: (one.content["id"] for one in state.ledger.publications),
        ceiling=1000,
        ways=COUNTED,
    ),
    _kept("redemptions.list", lambda state: state.ledger.redemptions, 99),
    _kept("orders.list", lambda state: state.ledger.orders, 100),
    _kept("exports.list", lambda state: state.ledger.exports, 100),
    _kept("rewards.list", lambda state: state.rewards.all, 100),
    _list(
        "rewards.list_assignments",
        "list-reward-assignments",
        project.put_assignments,
        lambda state: tuple(state.rewards.assignments),
        arguments=lambda sandbox: {"reward_id": project.reward(sandbox.voucherify_state)},
        ceiling=100,
        ways=COUNTED,
    ),
)
LISTS = (*_BY_ID, *_BY_DATE, *_BY_PAGE)
