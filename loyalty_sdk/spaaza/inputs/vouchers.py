"""What calls about vouchers take.

https://docs.spaaza.com/api/create-voucher
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Required, TypeAlias, TypedDict

from loyalty_sdk._core.given.inputs import Prose
from loyalty_sdk.spaaza.inputs.users import UserByAny, UserByAnyId, UserByNumber
from loyalty_sdk.spaaza.inputs.values import Amount, Id, Seconds
from loyalty_sdk.spaaza.relative import Relative
from loyalty_sdk.spaaza.walk import Walk

Ago: TypeAlias = Relative | timedelta | str
"""A moment relative to now: `Relative(days=-7)`, a `timedelta` of whole minutes, or `"-7 days"`."""


class VoucherFilters(TypedDict, total=False):
    """Which vouchers of a chain are asked for; `None` and `False` leave a filter out.

    What contradicts is refused before anything is sent.

    Attributes:
        campaign_id: Only vouchers of this campaign.
        user_id: Only vouchers of this user, by Spaaza's id. At most one way to name the user.
        username: Or by e-mail address.
        member_number: Or by member number.
        authentication_point_identifier: Or by the id in another identity system.
        voucher_id: Only this voucher.
        exclude_regenerated: Leave out vouchers made again because of a returned item.
        show_redeemed: Only redeemed vouchers, expired or not; so it goes with neither
            `show_expired` nor expiry times.
        min_redeemed_datetime: Redeemed then or later; aware; needs `show_redeemed`.
        max_redeemed_datetime: Redeemed then or earlier; aware; needs `show_redeemed`.
        show_all_statuses: Generated, claimed and redeemed ones; goes with neither
            `show_redeemed` nor redeemed times.
        show_expired: Only expired vouchers.
        min_created_datetime: Made then or later; aware.
        min_created_datetime_relative: The same, relative to now: `Relative(days=-7)`, a
            `timedelta` of whole minutes, or Spaaza's words `"-7 days"`.
        max_created_datetime: Made then or earlier; aware.
        max_created_datetime_relative: The same, relative to now.
        min_expiry_datetime: Expires then or later; aware.
        min_expiry_datetime_relative: The same, relative to now.
        max_expiry_datetime: Expires then or earlier; aware.
        max_expiry_datetime_relative: The same, relative to now.
    """

    campaign_id: int | str | None
    user_id: int | str | None
    username: str | None
    member_number: str | None
    authentication_point_identifier: str | None
    voucher_id: int | str | None
    exclude_regenerated: bool
    show_redeemed: bool
    min_redeemed_datetime: datetime | None
    max_redeemed_datetime: datetime | None
    show_all_statuses: bool
    show_expired: bool
    min_created_datetime: datetime | None
    min_created_datetime_relative: Ago | None
    max_created_datetime: datetime | None
    max_created_datetime_relative: Ago | None
    min_expiry_datetime: datetime | None
    min_expiry_datetime_relative: Ago | None
    max_expiry_datetime: datetime | None
    max_expiry_datetime_relative: Ago | None


class VoucherList(VoucherFilters, total=False):
    """Which vouchers are listed, and how; it has all fields of `VoucherFilters`, too.

    Attributes:
        number_results: How many a page has, 1 to 500; 500 unless given, and `None` leaves it to
            Spaaza.
        results_offset: How many vouchers to skip; 0 or more.
        walk: How to get from page to page. Spaaza documents neither an order nor a way to sort,
            and rows leave the list while it is read: `fast`, as unless given, counts and may then
            miss or repeat rows; `anchored` overlaps its pages and loses nothing as long as rows
            keep their order.
    """

    number_results: int | None
    results_offset: int
    walk: Walk


class VoucherCsv(VoucherFilters, total=False):
    """Which vouchers are streamed; it has all fields of `VoucherFilters`, too.

    Attributes:
        number_results: How many at the most, 1 or more; all, unless given.
        results_offset: How many vouchers to skip; 0 or more.
        verify_count: Ask for the total once the rows are read, by one call for JSON, and raise
            when it is not the number of rows. Vouchers may join or leave in between. When the
            server closes between two rows without saying how long the body is, only this tells a
            cut from the end; any other cut is an error by itself.
    """

    number_results: int | None
    results_offset: int
    verify_count: bool


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
