"""What calls about one voucher take.

https://docs.spaaza.com/api/create-voucher
"""

from __future__ import annotations

from datetime import date
from typing import Required, TypedDict

from loyalty_sdk._core.inputs import Prose
from loyalty_sdk.spaaza.inputs.users import UserByAny, UserByAnyId, UserByNumber
from loyalty_sdk.spaaza.inputs.values import Amount, Id, Seconds


class WhichUserVouchers(UserByNumber, total=False):
    """Whose vouchers are asked for; it has all fields of `UserByNumber`, too.

    Attributes:
        chain_id: The chain; all but customers must say it.
        filter: Which vouchers, in Spaaza's word, such as `all`.
    """

    chain_id: Id | None
    filter: str | None


class NewVoucher(UserByNumber, total=False):
    """A voucher that is made; it has all fields of `UserByNumber`, too.

    Attributes:
        campaign_id: The campaign; one of the type `wallet` or `loyalty`.
        voucher_amount: What it is worth; a wallet must have as much.
        voucher_type: What it does: `basket`, `basket_pct`, `honour`, ...
        voucher_discount_ratio: The share that it takes off: 0.25 is a quarter.
        voucher_title: A title.
        voucher_text: Any text.
        voucher_description: A longer text.
        voucher_notes: Terms and conditions.
        voucher_honour_code: A code by which another system decides.
        voucher_image_url: The address of an image.
        expiry_date: The day on which it expires.
        set_claimed: Whether it is claimed from the start.
        delete_existing: Whether older vouchers are deleted.
        voucher_lock_period: For how many seconds it is locked from the start.
        voucher_locking_code: A code to lock it with.
        retailer_basket_code: The only purchase that it may be redeemed with.
    """

    campaign_id: Required[Id]
    voucher_amount: Amount | None
    voucher_type: str | None
    voucher_discount_ratio: Amount | None
    voucher_title: str | None
    voucher_text: Prose | None
    voucher_description: Prose | None
    voucher_notes: Prose | None
    voucher_honour_code: str | None
    voucher_image_url: str | None
    expiry_date: date | None
    set_claimed: bool | None
    delete_existing: bool | None
    voucher_lock_period: Seconds | None
    voucher_locking_code: str | None
    retailer_basket_code: str | None


class ClaimFields(UserByAnyId, total=False):
    """Which voucher is claimed, and for whom; it has all fields of `UserByAnyId`, too.

    Attributes:
        voucher_id: Spaaza's id of the voucher, in place of the key.
        third_party_id: The voucher's id elsewhere, in place of the key.
        chain_id: The chain; staff must say it, from 1.5.3 on.
    """

    voucher_id: Id | None
    third_party_id: str | None
    chain_id: Id | None


class ClaimManyFields(UserByAny, total=False):
    """For whom vouchers are claimed; it has all fields of `UserByAny`, too.

    Attributes:
        retailer_basket_code: The only purchase that they may be redeemed with.
        voucher_lock_period: For how many seconds they are locked.
    """

    retailer_basket_code: str | None
    voucher_lock_period: Seconds | None


class LockFields(TypedDict, total=False):
    """How a voucher is locked.

    Attributes:
        voucher_id: Spaaza's id of the voucher, in place of the key.
        retailer_basket_code: The only purchase that it may be redeemed with.
        voucher_lock_period: For how many seconds; 300 and 3600 in the vendor's samples.
        voucher_locking_code: A code to lock it with.
    """

    voucher_id: Id | None
    retailer_basket_code: str | None
    voucher_lock_period: Seconds | None
    voucher_locking_code: str | None


class RedeemFields(TypedDict, total=False):
    """How a voucher is redeemed.

    Attributes:
        chain_id: The chain.
        voucher_id: Spaaza's id of the voucher, in place of the key.
        user_id: Whose it is; a voucher of nobody's is redeemed for this customer.
        amount: How much of it; all that is possible, unless given.
    """

    chain_id: Required[Id]
    voucher_id: Id | None
    user_id: Id | None
    amount: Amount | None


class EndFields(TypedDict, total=False):
    """Which voucher is to end.

    Attributes:
        voucher_id: Spaaza's id of the voucher, in place of the key.
        user_id: Whose it is; all but customers must say it.
        chain_id: The chain; with a privileged token that names no app it must be given.
    """

    voucher_id: Id | None
    user_id: Id | None
    chain_id: Id | None
