"""A row of Spaaza's CSV of vouchers.

https://docs.spaaza.com/api/get-vouchers
"""

from __future__ import annotations

from decimal import Decimal

import attrs

from loyalty_sdk._core.reading.model import Model, promised
from loyalty_sdk.spaaza.models.values import Instant
from loyalty_sdk.spaaza.models.vouchers import VoucherStatus, VoucherType


@attrs.frozen(kw_only=True, weakref_slot=False)
class VoucherRow(Model):
    """A voucher as the CSV has it: a blank cell is `None`, unknown columns are in `extra`.

    Attributes:
        voucher_id: Spaaza's id.
        voucher_key: The unique key.
        voucher_status: `generated`, `claimed` or `redeemed`.
        type: What it does: `basket`, `basket_pct`, `honour`, ...
        voucher_created_datetime: When it was made.
        voucher_expiry_datetime: When it expires.
        voucher_redeemed_datetime: When it was redeemed.
        voucher_locked: Whether it is locked now.
        voucher_locked_until_datetime: When the lock ends or ended; it stays after the lock.
        voucher_retailer_basket_code_exclusive: The retailer's own name for it.
        voucher_amount: What it is worth, exactly as sent; unchanged when a part is redeemed.
        voucher_amount_redeemed: What was redeemed of it.
        voucher_text: Any text.
        voucher_currency_code: The currency, ISO 4217.
        voucher_currency_symbol: The currency's sign.
        campaign_id: The campaign's id.
        campaign_type: The campaign's type.
        campaign_title: The campaign's title.
        customer_spaaza_user_id: Spaaza's id of the customer.
        customer_member_number: The customer's member number.
        customer_authentication_point_identifier: The customer's id in another identity system.
        customer_username: The customer's e-mail address.
        customer_first_name: The customer's first name.
        customer_last_name: The customer's last name.
        customer_mailing_list_subscribed: Whether they get the mailing list.
        customer_printed_mailing_list_subscribed: Whether they get the printed one.
        voucher_redeeming_basket_id: Spaaza's id of the purchase it was redeemed with.
        voucher_redeeming_basket_retailer_basket_code: The retailer's id of that purchase.
        voucher_redeeming_basket_platform_type: Where that was: `in_store` or `online`.
        voucher_redeeming_basket_branch_business_id: Spaaza's id of the branch.
        voucher_redeeming_basket_branch_business_owner_code: The retailer's code of the branch.
        voucher_redeeming_basket_total_value: What that purchase cost in all.
        voucher_locking_code: The code needed to redeem it while it is claimed.
        voucher_honour_code: A code by which another system decides.
        voucher_title: A title.
        voucher_description: A longer text.
        voucher_image_url: The address of an image.
        voucher_discount_ratio: The share that it takes off.
        customer_country_code: The customer's country, ISO 3166 alpha-2.
        customer_language: The customer's language, BCP 47.
    """

    voucher_id: str = promised()
    voucher_key: str = promised()
    voucher_status: VoucherStatus | None = None
    type: VoucherType | None = None
    voucher_created_datetime: Instant | None = None
    voucher_expiry_datetime: Instant | None = None
    voucher_redeemed_datetime: Instant | None = None
    voucher_locked: bool | None = None
    voucher_locked_until_datetime: Instant | None = None
    voucher_retailer_basket_code_exclusive: str | None = None
    voucher_amount: Decimal | None = None
    voucher_amount_redeemed: Decimal | None = None
    voucher_text: str | None = None
    voucher_currency_code: str | None = None
    voucher_currency_symbol: str | None = None
    campaign_id: str | None = None
    campaign_type: str | None = None
    campaign_title: str | None = None
    customer_spaaza_user_id: str | None = None
    customer_member_number: str | None = None
    customer_authentication_point_identifier: str | None = None
    customer_username: str | None = None
    customer_first_name: str | None = None
    customer_last_name: str | None = None
    customer_mailing_list_subscribed: bool | None = None
    customer_printed_mailing_list_subscribed: bool | None = None
    voucher_redeeming_basket_id: str | None = None
    voucher_redeeming_basket_retailer_basket_code: str | None = None
    voucher_redeeming_basket_platform_type: str | None = None
    voucher_redeeming_basket_branch_business_id: str | None = None
    voucher_redeeming_basket_branch_business_owner_code: str | None = None
    voucher_redeeming_basket_total_value: Decimal | None = None
    voucher_locking_code: str | None = None
    voucher_honour_code: str | None = None
    voucher_title: str | None = None
    voucher_description: str | None = None
    voucher_image_url: str | None = None
    voucher_discount_ratio: Decimal | None = None
    customer_country_code: str | None = None
    customer_language: str | None = None
