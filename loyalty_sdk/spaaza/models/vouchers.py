"""Vouchers, as lists show them and as calls change them.

https://docs.spaaza.com/api/get-vouchers
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Literal, TypeAlias, TypeVar

import attrs

from loyalty_sdk._core.reading.model import Model, evolved, promised
from loyalty_sdk.spaaza.models.users import EntityCode, User
from loyalty_sdk.spaaza.models.values import Instant

VoucherStatus: TypeAlias = Literal["generated", "claimed", "redeemed"] | str
VoucherType: TypeAlias = Literal["basket", "basket_pct", "honour", "basket_fixed_unit"] | str


@attrs.frozen(kw_only=True, weakref_slot=False)
class RedeemingBasket(Model):
    """The purchase that a voucher was redeemed with; its fields are not documented: see `extra`."""

    _has_form = False


@attrs.frozen(kw_only=True, weakref_slot=False)
class VoucherCampaign(Model):
    """The campaign of a voucher, where the API sends it as an object.

    Attributes:
        id: Its id.
        title: Its title.
        type: Its type.
    """

    id: str | None = None
    title: str | None = None
    type: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class Voucher(Model):
    """A voucher of a chain.

    Attributes:
        voucher_key: The unique key, by which calls name it.
        voucher_id: Spaaza's id.
        type: What it does: `basket` (an amount off), `basket_pct` (a share off), `honour` (what
            `voucher_honour_code` says), ...
        voucher_status: `generated`, then `claimed`, then `redeemed`.
        voucher_created_datetime: When it was made.
        voucher_locked: Whether it is locked now.
        campaign_id: The campaign's id, whether the API sent the campaign flat or as an object.
        campaign_type: The campaign's type, likewise.
        campaign_title: The campaign's title, likewise.
        campaign: The campaign as an object, where the API sent one.
        redeeming_basket: The purchase that it was redeemed with.
        voucher_expiry_datetime_utc: When it expires.
        voucher_expiry_seconds_remaining: How many seconds that was ahead.
        voucher_currency_id: Spaaza's id of the currency.
        voucher_currency_symbol: The currency's sign.
        voucher_amount_original: What it was worth at first, exactly as sent.
        voucher_amount_redeemed: What was redeemed of it.
        voucher_amount: What it is worth; do not compute a balance from it.
        voucher_text: Any text.
        voucher_honour_code: A code by which another system decides.
        voucher_title: A title.
        voucher_description: A longer text.
        voucher_notes: Terms and conditions.
        voucher_image_url: The address of an image.
        user: The customer whom it belongs to.
    """

    voucher_key: str = promised()
    voucher_id: str = promised()
    type: VoucherType = promised()
    voucher_status: VoucherStatus | None = None
    voucher_created_datetime: Instant | None = None
    voucher_locked: bool | None = None
    campaign_id: str | None = None
    campaign_type: str | None = None
    campaign_title: str | None = None
    campaign: VoucherCampaign | None = None
    redeeming_basket: RedeemingBasket | None = None
    voucher_expiry_datetime_utc: Instant | None = None
    voucher_expiry_seconds_remaining: int | None = None
    voucher_currency_id: str | None = None
    voucher_currency_symbol: str | None = None
    voucher_amount_original: Decimal | None = None
    voucher_amount_redeemed: Decimal | None = None
    voucher_amount: Decimal | None = None
    voucher_text: str | None = None
    voucher_honour_code: str | None = None
    voucher_title: str | None = None
    voucher_description: str | None = None
    voucher_notes: str | None = None
    voucher_image_url: str | None = None
    user: User | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class AssignedCampaign(VoucherCampaign):
    """The campaign of a voucher, and what it is assigned to; it has a `VoucherCampaign`'s fields.

    Attributes:
        assignments: Businesses, barcodes, regions, currencies, groups: what it is assigned to.
        assignment_count: How many there are.
        assignment_count_by_type: How many of each kind.
        assignment_types_excluded: The kinds that are not listed.
    """

    assignments: tuple[Mapping[str, Any], ...] | None = None
    assignment_count: int | None = None
    assignment_count_by_type: Mapping[str, Any] | None = None
    assignment_types_excluded: tuple[str, ...] | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class CreatingUser(Model):
    """Who on the staff made a voucher.

    Attributes:
        user_id: Spaaza's id of them.
        full_name: Their name.
    """

    user_id: str | None = None
    full_name: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class VoucherTask(Model):
    """The job that made a voucher.

    Attributes:
        task_id: Its id.
        task_type: What kind of job it is.
        title: Its title.
    """

    task_id: str | None = None
    task_type: str | None = None
    title: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class UserVoucher(Model):
    """A voucher of one customer.

    Attributes:
        voucher_key: The unique key, by which calls name it.
        voucher_id: Spaaza's id.
        voucher_type: What it does: `basket` (an amount off), `basket_pct` (a share off), `honour`
            (what `voucher_honour_code` says), ...
        voucher_status: `generated`, then `claimed`, then `redeemed`.
        voucher_created_datetime: When it was made.
        voucher_redeemed_datetime: When it was redeemed.
        voucher_expiry_datetime_utc: When it expires.
        voucher_expiry_seconds_remaining: How many seconds that was ahead.
        voucher_locked: Whether it is locked now.
        voucher_locked_until: The end of its last lock, which may be over.
        voucher_locking_code: The code that it was locked with.
        voucher_retailer_basket_code_exclusive: The only basket that it may be redeemed with.
        campaign_id: The campaign's id, whether the API sent the campaign flat or as an object.
        campaign_type: The campaign's type, likewise.
        campaign_title: The campaign's title, likewise.
        campaign: The campaign as an object, from 1.6.5 on.
        campaign_image_filename: The campaign's image.
        campaign_image_url: Its address.
        campaign_image_link: Where it leads.
        campaign_image_dimension_x: Its width.
        campaign_image_dimension_y: Its height.
        voucher_currency_id: Spaaza's id of the currency.
        voucher_currency_symbol: The currency's sign.
        voucher_amount_original: What it was worth at first.
        voucher_amount_redeemed: What was redeemed of it.
        voucher_amount: What it is worth; do not compute a balance from it.
        voucher_discount_ratio: The share that it takes off: 0.25 is a quarter.
        voucher_title: A title.
        voucher_text: Any text.
        voucher_description: A longer text.
        voucher_notes: Terms and conditions.
        voucher_honour_code: A code by which another system decides.
        voucher_image_url: The address of an image.
        creating_user: Who made it, where somebody on the staff did.
        task: The job that made it.
        parent_voucher: The voucher that it is the rest of; its form is not documented.
        generating_return_transaction: The return that made it; its form is not documented.
        redeeming_basket: The purchase that it was redeemed with.
    """

    voucher_key: str = promised()
    voucher_id: str = promised()
    voucher_type: VoucherType | None = None
    voucher_status: VoucherStatus | None = None
    voucher_created_datetime: Instant | None = None
    voucher_redeemed_datetime: Instant | None = None
    voucher_expiry_datetime_utc: Instant | None = None
    voucher_expiry_seconds_remaining: int | None = None
    voucher_locked: bool | None = None
    voucher_locked_until: Instant | None = None
    voucher_locking_code: str | None = None
    voucher_retailer_basket_code_exclusive: str | None = None
    campaign_id: str | None = None
    campaign_type: str | None = None
    campaign_title: str | None = None
    campaign: AssignedCampaign | None = None
    campaign_image_filename: str | None = None
    campaign_image_url: str | None = None
    campaign_image_link: str | None = None
    campaign_image_dimension_x: Decimal | None = None
    campaign_image_dimension_y: Decimal | None = None
    voucher_currency_id: str | None = None
    voucher_currency_symbol: str | None = None
    voucher_amount_original: Decimal | None = None
    voucher_amount_redeemed: Decimal | None = None
    voucher_amount: Decimal | None = None
    voucher_discount_ratio: Decimal | None = None
    voucher_title: str | None = None
    voucher_text: str | None = None
    voucher_description: str | None = None
    voucher_notes: str | None = None
    voucher_honour_code: str | None = None
    voucher_image_url: str | None = None
    creating_user: CreatingUser | None = None
    task: VoucherTask | None = None
    parent_voucher: Any | None = None
    generating_return_transaction: Any | None = None
    redeeming_basket: RedeemingBasket | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class ChangedVoucher(UserVoucher):
    """A voucher after a call has changed it; it has all fields of `UserVoucher`, too.

    Attributes:
        user_id: Whose it is.
        user_entity_card: The code that stands for them.
        regenerated_voucher: The voucher that holds the rest, after a part was redeemed.
        result_type: The name of the call.
    """

    user_id: str | None = None
    user_entity_card: EntityCode | None = None
    regenerated_voucher: UserVoucher | None = None
    result_type: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class EndedVoucher(Model):
    """A voucher that was expired or deleted: nothing but its key comes back.

    Attributes:
        voucher_key: The key.
        result_type: The name of the call.
    """

    voucher_key: str = promised()
    result_type: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class UserVouchers(Model):
    """The vouchers of one customer, by what they are for.

    Attributes:
        basket_vouchers: Those that can be redeemed with a purchase.
        honour_vouchers: Those that stand for something in another system.
        var_price_vouchers: Those for a personal price of one product.
        result_type: The name of the call.
    """

    basket_vouchers: tuple[UserVoucher, ...] | None = None
    honour_vouchers: tuple[UserVoucher, ...] | None = None
    var_price_vouchers: tuple[UserVoucher, ...] | None = None
    result_type: str | None = None

    @property
    def all(self) -> tuple[UserVoucher, ...]:
        """All of them."""
        kinds = (self.basket_vouchers, self.honour_vouchers, self.var_price_vouchers)
        return tuple(voucher for kind in kinds for voucher in kind or ())


@attrs.frozen(kw_only=True, weakref_slot=False)
class ClaimedVouchers(Model):
    """What claiming several vouchers gives: Spaaza does not document it; see `extra`.

    Attributes:
        result_type: The name of the call.
    """

    _has_form = False

    result_type: str | None = None


V = TypeVar("V", Voucher, UserVoucher, ChangedVoucher)


def flattened(voucher: V) -> V:
    """A voucher with the campaign's fields flat too, where the API sent them as an object."""
    campaign = voucher.campaign
    if campaign is None:
        return voucher
    flat = {"campaign_id": campaign.id, "campaign_type": campaign.type}
    flat["campaign_title"] = campaign.title
    return evolved(voucher, **{k: v for k, v in flat.items() if getattr(voucher, k) is None})
