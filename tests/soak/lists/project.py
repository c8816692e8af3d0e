"""How Voucherify's project is filled: with copies of one form, each with its own id and date.

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

CARD = "SOAK"
_FIRST = datetime(2025, 1, 1, tzinfo=UTC)

Put = Callable[[VoucherifyState, list[Record]], object]
Ids = Callable[[VoucherifyState], Iterable[str]]


def _moment(number: int) -> tuple[datetime, str]:
    """A minute for each item, and how the vendor writes it."""
    at = _FIRST + timedelta(minutes=number)
    return at, f"{at:%Y-%m-%dT%H:%M:%S}.000Z"


def rows_of(name: str, count: int) -> Iterator[Record]:
    """So many copies of the first row of a recorded list, the oldest first, as ids grow."""
    body = recorded(f"voucherify/{name}.200").json()
    form = body[body["data_ref"]][0]
    for number in range(count):
        at, text = _moment(number)
        content = {**form, "id": f"soak_{number:08x}", "created_at": text}
        yield Record(created_at=at, content=content)


# --- what a customer holds


def fill_redeemables(sandbox: Sandbox, count: int) -> None:
    """Copies of all that the customer holds."""
    state, customer = sandbox.voucherify_state, sandbox.member.voucherify_customer_id
    forms = itertools.cycle(state.redeemables(customer))
    state.put(
        customer,
        (
            Holding(created_at=form.created_at, content={**form.content, "id": f"rh_{number:016x}"})
            for number, form in zip(range(count), forms, strict=False)
        ),
    )


def held(sandbox: Sandbox) -> Iterable[str]:
    """The ids of what the customer holds."""
    customer = sandbox.member.voucherify_customer_id
    return (one.id for one in sandbox.voucherify_state.redeemables(customer))


def fill_applicable(sandbox: Sandbox, count: int) -> None:
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


def applicable(sandbox: Sandbox) -> Iterable[str]:
    """The codes of what the customer holds."""
    customer = sandbox.member.voucherify_customer_id
    held: Iterable[Any] = sandbox.voucherify_state.redeemables(customer)
    return (one.content["redeemable"]["voucher"]["code"] for one in held)


# --- what happened


def put_activities(state: VoucherifyState, rows: list[Record]) -> None:
    """To everybody's customer, and to the card."""
    _put_card(state)
    state.ledger.activities = [
        Activity(customer_id=state.customer_ids()[0], code=CARD, campaign_id=None, record=one)
        for one in rows
    ]


def activities(state: VoucherifyState) -> Iterable[str]:
    """The ids of what happened."""
    return (one.record.content["id"] for one in state.ledger.activities)


def on_card(where: Callable[[VoucherifyState], dict[str, list[Record]]]) -> tuple[Put, Ids]:
    """What fills a list of the card, and what is in it."""

    def put(state: VoucherifyState, rows: list[Record]) -> None:
        _put_card(state)
        where(state)[CARD] = rows

    return put, lambda state: (one.content["id"] for one in where(state)[CARD])


def _put_card(state: VoucherifyState) -> None:
    (card,) = rows_of("loyalties.list_members", 1)
    state.stock.put([{**card.content, "code": CARD}])


TRANSACTIONS = on_card(lambda state: state.ledger.transactions)
PENDING = on_card(lambda state: state.ledger.pending)


def put_actions(state: VoucherifyState, rows: list[Record]) -> None:
    """What the project has worked on."""
    state.ledger.actions = rows


def put_publications(state: VoucherifyState, rows: list[Record]) -> None:
    """What was published."""
    state.ledger.publications = rows


# --- customers, vouchers and campaigns


def put_customers(state: VoucherifyState, rows: list[Record]) -> None:
    """Customers who hold nothing."""
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


def put_vouchers(state: VoucherifyState, rows: list[Record]) -> None:
    """Vouchers, which are the cards of a program at the same time."""
    home = program(state)
    state.stock.put({**row.content, "code": row.content["id"], "campaign_id": home} for row in rows)


def vouchers(state: VoucherifyState) -> Iterable[str]:
    """The ids of all vouchers."""
    return (one.content["id"] for one in state.stock.all())


def program(state: VoucherifyState) -> str:
    """A loyalty program."""
    return next(one.id for one in state.campaigns if one.campaign_type == "LOYALTY_PROGRAM")


def put_campaigns(state: VoucherifyState, rows: list[Record]) -> None:
    """Campaigns like the first one."""
    form = state.campaigns[0]
    state.campaigns = tuple(
        attrs.evolve(form, id=row.content["id"], created_at=row.created_at) for row in rows
    )


# --- rewards


def put_assignments(state: VoucherifyState, rows: list[Record]) -> None:
    """Assignments of the reward that there is."""
    only = reward(state)
    made = (attrs.evolve(row, content={**row.content, "reward_id": only}) for row in rows)
    state.rewards.assignments = {str(one.content["id"]): one for one in made}


def reward(state: VoucherifyState) -> str:
    """The reward that there is."""
    return next(iter(state.rewards.all))
