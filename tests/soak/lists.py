"""Long lists in the sandbox, one for each way to page through one, and how to walk them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from typing import Any

import attrs

from loyalty_sdk import ESLoyalty
from loyalty_sdk.sandbox import Sandbox
from loyalty_sdk.sandbox.es_loyalty.transactions import Transaction
from loyalty_sdk.sandbox.voucherify.state import Holding

SESSION = "soak"
_MINUTE = 60_000


@attrs.frozen(kw_only=True)
class List:
    """A paged call and the list that it walks.

    Attributes:
        operation: The call, as the SDK names it.
        received: The same, as the sandbox names it.
        fill: Puts so many items into the sandbox.
        there: The identifiers of the items that are there now.
        identify: The identifier of an item that came.
        arguments: The arguments of the call, the page size excepted.
        page_size: The name of the argument for the page size, and one for a long walk.
        ways: How its pages may be asked for, besides one after the other.
        about: What is special about this way to call it.
    """

    operation: str
    received: str
    fill: Callable[[Sandbox, int], None]
    there: Callable[[Sandbox], Iterable[str]]
    identify: Callable[[Any], str]
    arguments: Callable[[Sandbox], dict[str, Any]]
    page_size: tuple[str, int]
    ways: tuple[str, ...] = ("read ahead",)
    about: str = ""

    def __str__(self) -> str:
        return f"{self.operation} {self.about}".strip()

    @property
    def vendor(self) -> str:
        """Whose call it is."""
        return self.operation.partition(".")[0]

    def pager(self, client: Any, sandbox: Sandbox, page: int | None = None) -> Any:
        """The call, made."""
        _, noun, method = self.operation.split(".")
        name, usual = self.page_size
        size = {name: usual if page is None else page}
        return getattr(getattr(client, noun), method)(**self.arguments(sandbox), **size)


def _fill_voucherify(sandbox: Sandbox, count: int) -> None:
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


def _fill_spaaza(sandbox: Sandbox, count: int) -> None:
    state = sandbox.spaaza_state
    forms = itertools.cycle(state.vouchers(sandbox.member.spaaza_chain_id))
    pairs = zip(range(1, count + 1), forms, strict=False)
    state.put(attrs.evolve(form, voucher_id=number) for number, form in pairs)


def _fill_es_loyalty(sandbox: Sandbox, count: int) -> None:
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


def _vouchers(walk: str, *ways: str) -> List:
    return List(
        operation="spaaza.vouchers.list",
        received="spaaza.get-vouchers",
        fill=_fill_spaaza,
        there=lambda sandbox: map(str, sandbox.spaaza_state.voucher_ids()),
        identify=lambda voucher: voucher.voucher_id,
        arguments=lambda sandbox: {
            "chain_id": sandbox.member.spaaza_chain_id,
            "show_all_statuses": True,
            "walk": walk,
        },
        page_size=("number_results", 250),
        ways=("read ahead", *ways),
        about=walk,
    )


LISTS = (
    List(
        operation="es_loyalty.transactions.history",
        received="es_loyalty.transaction-history",
        fill=_fill_es_loyalty,
        there=_transactions,
        identify=lambda transaction: transaction.transaction_id,
        arguments=lambda _: {"correlation_id": SESSION},
        page_size=("limit", 150),
    ),
    List(
        operation="voucherify.customers.list_redeemables",
        received="voucherify.list-customer-redeemables",
        fill=_fill_voucherify,
        there=_held,
        identify=lambda held: held.id,
        arguments=lambda sandbox: {"customer_id": sandbox.member.voucherify_customer_id},
        page_size=("limit", 100),
    ),
    _vouchers("fast", "four at once"),
    _vouchers("anchored"),
)


def start_session(sandbox: Sandbox) -> None:
    """Start the session that ES Loyalty's list needs."""
    with ESLoyalty(**sandbox.es_loyalty) as client:
        client.sessions.start(sandbox.member.es_loyalty_identifier, correlation_id=SESSION)
