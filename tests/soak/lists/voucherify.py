"""Voucherify's lists: they go on behind an id, behind a date, or by counting up to a ceiling.

No two items are of the same date: a list that goes on behind a date leaves out what has the date
of the last item, as the documents say.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import attrs
from conftest import recorded

from loyalty_sdk.sandbox import Sandbox
from loyalty_sdk.sandbox.voucherify.ledger import Activity
from loyalty_sdk.sandbox.voucherify.records import Record
from loyalty_sdk.sandbox.voucherify.state import Customer, Holding, VoucherifyState

from .listed import List

CARD = "SOAK"
COUNTED = ("read ahead", "four at once")
_FIRST, _LATER = datetime(2025, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)

Put = Callable[[VoucherifyState, list[Record]], object]
Ids = Callable[[VoucherifyState], Iterable[str]]


def _moment(number: int) -> tuple[datetime, str]:
    """A minute for each item, and how the vendor writes it."""
    at = _FIRST + timedelta(minutes=number)
    return at, f"{at:%Y-%m-%dT%H:%M:%S}.000Z"


def _rows(name: str, count: int) -> Iterator[Record]:
    """So many copies of the first row of a recorded list, the oldest first, as ids grow."""
    body = recorded(f"voucherify/{name}.200").json()
    form = body[body["data_ref"]][0]
    for number in range(count):
        at, text = _moment(number)
        content = {**form, "id": f"soak_{number:08x}", "created_at": text}
        yield Record(created_at=at, content=content)


def _list(operation: str, received: str, put: Put, ids: Ids, **more: Any) -> List:
    """A list whose items are copies of what is recorded of it."""

    def fill(sandbox: Sandbox, count: int) -> None:
        put(sandbox.voucherify_state, [*_rows(operation, count)])

    return List(
        operation=f"voucherify.{operation}",
        received=f"voucherify.{received}",
        fill=fill,
        there=lambda sandbox: ids(sandbox.voucherify_state),
        **more,
    )


def _kept(
    operation: str, where: Callable[[VoucherifyState], dict[str, Record]], ceiling: int, **more: Any
) -> List:
    """A list with a ceiling, of what is kept by its id."""

    def put(state: VoucherifyState, rows: list[Record]) -> None:
        where(state).clear()
        where(state).update({str(one.content["id"]): one for one in rows})

    received = f"list-{operation.partition('.')[0]}"
    about: dict[str, Any] = {"received": received, "ceiling": ceiling, "ways": COUNTED, **more}
    return _list(operation, put=put, ids=lambda state: tuple(where(state)), **about)


# --- what a customer holds


def _fill_redeemables(sandbox: Sandbox, count: int) -> None:
    state, customer = sandbox.voucherify_state, sandbox.member.voucherify_customer_id
    forms = itertools.cycle(state.redeemables(customer))
    state.put(
        customer,
        (
            Holding(created_at=form.created_at, content={**form.content, "id": f"rh_{number:016x}"})
            for number, form in zip(range(count), forms, strict=False)
        ),
    )


def _held(sandbox: Sandbox) -> Iterable[str]:
    held = sandbox.voucherify_state.redeemables(sandbox.member.voucherify_customer_id)
    return (one.id for one in held)


def _fill_applicable(sandbox: Sandbox, count: int) -> None:
    """Redeemables that can be applied, each with a voucher of its own."""
    state, customer = sandbox.voucherify_state, sandbox.member.voucherify_customer_id
    form: Any = state.redeemables(customer)[0].content
    state.stock.put(())

    def made(number: int) -> Holding:
        at, text = _moment(number)
        voucher = {**form["redeemable"]["voucher"], "code": f"soak-{number}"}
        own = {"id": f"rh_{number:016x}", "created_at": text}
        redeemable = {**form["redeemable"], "voucher": voucher}
        return Holding(created_at=at, content={**form, **own, "redeemable": redeemable})

    state.put(customer, map(made, range(count)))


def _applicable(sandbox: Sandbox) -> Iterable[str]:
    customer = sandbox.member.voucherify_customer_id
    held: Iterable[Any] = sandbox.voucherify_state.redeemables(customer)
    return (one.content["redeemable"]["voucher"]["code"] for one in held)


# --- what happened


def _happened(state: VoucherifyState, rows: list[Record]) -> None:
    """To everybody's customer, and to the card."""
    _put_card(state)
    state.ledger.activities = [
        Activity(customer_id=state.customer_ids()[0], code=CARD, campaign_id=None, record=one)
        for one in rows
    ]


def _activities(state: VoucherifyState) -> Iterable[str]:
    return (one.record.content["id"] for one in state.ledger.activities)


def _on_card(where: Callable[[VoucherifyState], dict[str, list[Record]]]) -> tuple[Put, Ids]:
    def put(state: VoucherifyState, rows: list[Record]) -> None:
        _put_card(state)
        where(state)[CARD] = rows

    return put, lambda state: (one.content["id"] for one in where(state)[CARD])


def _put_card(state: VoucherifyState) -> None:
    (card,) = _rows("loyalties.list_members", 1)
    state.stock.put([{**card.content, "code": CARD}])


_TRANSACTIONS = _on_card(lambda state: state.ledger.transactions)
_PENDING = _on_card(lambda state: state.ledger.pending)


def _put_actions(state: VoucherifyState, rows: list[Record]) -> None:
    state.ledger.actions = rows


def _put_publications(state: VoucherifyState, rows: list[Record]) -> None:
    state.ledger.publications = rows


# --- customers, vouchers and campaigns


def _put_customers(state: VoucherifyState, rows: list[Record]) -> None:
    state.put_customers(
        Customer(
            number=number,
            id=row.content["id"],
            source_id=None,
            name="Synthetic",
            created_at=row.created_at,
            redeemables=0,
        )
        for number, row in enumerate(rows)
    )


def _put_vouchers(state: VoucherifyState, rows: list[Record]) -> None:
    """Vouchers, which are the cards of a program at the same time."""
    program = _program(state)
    state.stock.put(
        {**row.content, "code": row.content["id"], "campaign_id": program} for row in rows
    )


def _vouchers(state: VoucherifyState) -> Iterable[str]:
    return (one.content["id"] for one in state.stock.all())


def _program(state: VoucherifyState) -> str:
    return next(one.id for one in state.campaigns if one.campaign_type == "LOYALTY_PROGRAM")


def _put_campaigns(state: VoucherifyState, rows: list[Record]) -> None:
    form = state.campaigns[0]
    state.campaigns = tuple(
        attrs.evolve(form, id=row.content["id"], created_at=row.created_at) for row in rows
    )


# --- rewards


def _put_assignments(state: VoucherifyState, rows: list[Record]) -> None:
    reward = _reward(state)
    made = (attrs.evolve(row, content={**row.content, "reward_id": reward}) for row in rows)
    state.rewards.assignments = {str(one.content["id"]): one for one in made}


def _reward(state: VoucherifyState) -> str:
    return next(iter(state.rewards.all))


REDEEMABLES = List(
    operation="voucherify.customers.list_redeemables",
    received="voucherify.list-customer-redeemables",
    fill=_fill_redeemables,
    there=_held,
    arguments=lambda sandbox: {"customer_id": sandbox.member.voucherify_customer_id},
)
_BY_ID = (
    REDEEMABLES,
    _list(
        "customers.list_activity",
        "list-customer-activity",
        _happened,
        _activities,
        arguments=lambda sandbox: {"customer_id": sandbox.voucherify_state.customer_ids()[0]},
    ),
    _list(
        "vouchers.list_transactions",
        "list-voucher-transactions",
        *_TRANSACTIONS,
        arguments=lambda _: {"code": CARD},
    ),
    _list(
        "loyalties.list_member_activity",
        "list-member-activity",
        _happened,
        _activities,
        arguments=lambda _: {"member_id": CARD},
    ),
    _list(
        "loyalties.list_member_transactions",
        "list-loyalty-card-transactions",
        *_TRANSACTIONS,
        arguments=lambda _: {"member_id": CARD},
    ),
    _list(
        "loyalties.list_member_pending_points",
        "list-member-pending-points",
        *_PENDING,
        arguments=lambda _: {"member_id": CARD},
    ),
)
_BY_DATE = (
    _list(
        "customers.list",
        "list-customers",
        _put_customers,
        VoucherifyState.customer_ids,
        arguments=lambda _: {"starting_after": _LATER},
        about="by date",
    ),
    _list(
        "async_actions.list",
        "list-async-actions",
        _put_actions,
        lambda state: (one.content["id"] for one in state.ledger.actions),
    ),
    List(
        operation="voucherify.qualifications.check_eligibility",
        received="voucherify.check-eligibility",
        fill=_fill_applicable,
        there=_applicable,
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
        _put_customers,
        VoucherifyState.customer_ids,
        ceiling=99,
        ways=COUNTED,
        about="by page",
    ),
    _list("vouchers.list", "list-vouchers", _put_vouchers, _vouchers, ceiling=99, ways=COUNTED),
    _list(
        "loyalties.list_members",
        "list-members",
        _put_vouchers,
        _vouchers,
        arguments=lambda sandbox: {"campaign_id": _program(sandbox.voucherify_state)},
        ceiling=100,
        ways=COUNTED,
    ),
    _list(
        "campaigns.list",
        "list-campaigns",
        _put_campaigns,
        lambda state: (one.id for one in state.campaigns),
        ceiling=100,
        ways=COUNTED,
    ),
    _list(
        "publications.list",
        "list-publications",
        _put_publications,
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
        _put_assignments,
        lambda state: tuple(state.rewards.assignments),
        arguments=lambda sandbox: {"reward_id": _reward(sandbox.voucherify_state)},
        ceiling=100,
        ways=COUNTED,
    ),
)
LISTS = (*_BY_ID, *_BY_DATE, *_BY_PAGE)
