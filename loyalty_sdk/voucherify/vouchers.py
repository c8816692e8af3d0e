"""Vouchers, gift cards and loyalty cards.

https://docs.voucherify.io/api-reference/vouchers
"""

from __future__ import annotations

from typing import Unpack

from loyalty_sdk._core.calls import Call, Listing, PathPart
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint, listing
from loyalty_sdk._core.given.arguments import identifier
from loyalty_sdk._core.given.inputs import body, changes
from loyalty_sdk.voucherify._calls import delete, get, post, put, switch
from loyalty_sdk.voucherify._lists import listed, scrolled
from loyalty_sdk.voucherify.inputs.lists import TransactionList, VoucherList
from loyalty_sdk.voucherify.inputs.vouchers import (
    BalanceFields,
    DrawnVoucher,
    NewVoucher,
    VoucherChanges,
)
from loyalty_sdk.voucherify.models.balances import VoucherBalance, VoucherTransaction
from loyalty_sdk.voucherify.models.redemptions import VoucherRedemptions
from loyalty_sdk.voucherify.models.vouchers import Voucher

_PATH = ("v1", "vouchers")


class Vouchers(Resource[R_co]):
    """Vouchers, gift cards and loyalty cards."""

    @endpoint
    def get(self, code: str) -> Call[Voucher]:
        """One voucher with its balance, by its code or its id `v_...`.

        https://docs.voucherify.io/api-reference/vouchers/get-voucher
        """
        return get(Voucher, *_of(code))

    @listing
    def list(self, **which: Unpack[VoucherList]) -> Listing[Voucher]:
        """Vouchers, the newest first; see `VoucherList`.

        Raises:
            PageCeiling: There are more than 99 pages.

        https://docs.voucherify.io/api-reference/vouchers/list-vouchers
        """
        beyond = "ask for a span of time: created_at"
        return listed(Voucher, _PATH, VoucherList, which, ceiling=99, beyond=beyond, key="vouchers")

    @endpoint
    def create(self, code: str, **fields: Unpack[NewVoucher]) -> Call[Voucher]:
        """Make a voucher with a code of your own. Never repeated: `get` tells what came of it.

        Args:
            code: The code.
            **fields: What it is; see `NewVoucher`.

        Raises:
            Conflict: There is a voucher with this code (`duplicate_found`).

        https://docs.voucherify.io/api-reference/vouchers/create-voucher
        """
        return post(Voucher, *_of(code), json=body(NewVoucher, fields))

    @endpoint
    def generate(self, **fields: Unpack[DrawnVoucher]) -> Call[Voucher]:
        """Make a voucher with a code that is drawn; see `DrawnVoucher`. Never repeated.

        https://docs.voucherify.io/api-reference/vouchers/generate-random-code
        """
        return post(Voucher, *_PATH, json=body(DrawnVoucher, fields))

    @endpoint
    def update(self, code: str, **fields: Unpack[VoucherChanges]) -> Call[Voucher]:
        """Change a voucher; `None` clears a field. Never repeated.

        Args:
            code: The code, or the id.
            **fields: What is to be changed; see `VoucherChanges`.

        https://docs.voucherify.io/api-reference/vouchers/update-voucher
        """
        return put(Voucher, *_of(code), json=changes(VoucherChanges, fields))

    @endpoint
    def delete(self, code: str, *, force: bool | None = None) -> Call[None]:
        """Delete a voucher with its redemptions. Never repeated.

        Args:
            code: The code, or the id.
            force: Whether for good; else it goes to the bin.

        https://docs.voucherify.io/api-reference/vouchers/delete-voucher
        """
        return delete(*_of(code), params=switch(force=force))

    @endpoint
    def enable(self, code: str) -> Call[Voucher]:
        """Switch a voucher on. Never repeated.

        https://docs.voucherify.io/api-reference/vouchers/enable-voucher
        """
        return post(Voucher, *_of(code), "enable")

    @endpoint
    def disable(self, code: str) -> Call[Voucher]:
        """Switch a voucher off. Never repeated.

        https://docs.voucherify.io/api-reference/vouchers/disable-voucher
        """
        return post(Voucher, *_of(code), "disable")

    @endpoint
    def update_balance(self, code: str, **fields: Unpack[BalanceFields]) -> Call[VoucherBalance]:
        """Add to the balance of a card, or take from it. Never repeated: it would add twice.

        Args:
            code: The code, or the id.
            **fields: How much and why; see `BalanceFields`.

        https://docs.voucherify.io/api-reference/vouchers/adjust-voucher-balance
        """
        sent = body(BalanceFields, fields)
        return post(VoucherBalance, *_of(code), "balance", json=sent)

    @listing
    def list_transactions(
        self, code: str, **which: Unpack[TransactionList]
    ) -> Listing[VoucherTransaction]:
        """What changed the balance of a gift card or a loyalty card; see `TransactionList`.

        https://docs.voucherify.io/api-reference/vouchers/list-voucher-transactions
        """
        path = (*_of(code), "transactions")
        return scrolled(VoucherTransaction, path, TransactionList, which, _id)

    @endpoint
    def get_redemptions(self, code: str) -> Call[VoucherRedemptions]:
        """How a voucher was redeemed: how often, and each redemption and rollback.

        https://docs.voucherify.io/api-reference/vouchers/get-vouchers-redemptions
        """
        return get(VoucherRedemptions, *_of(code), "redemption")

    @endpoint
    def release_session(self, code: str, session_key: str) -> Call[None]:
        """Let go of what a validation session holds of a voucher. Never repeated.

        Args:
            code: The code, or the id.
            session_key: The key of the session.

        https://docs.voucherify.io/api-reference/vouchers/release-validation-session
        """
        return delete(*_of(code), "sessions", identifier("session_key", session_key))


def _of(code: str) -> tuple[PathPart, ...]:
    return (*_PATH, identifier("code", code))


def _id(transaction: VoucherTransaction) -> str:
    return transaction.id
