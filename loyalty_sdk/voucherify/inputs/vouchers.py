"""Vouchers that are made or changed.

https://docs.voucherify.io/api-reference/vouchers/create-voucher
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal, Required, TypedDict

from loyalty_sdk._core.given.inputs import Prose
from loyalty_sdk.voucherify.inputs.people import CustomerFields
from loyalty_sdk.voucherify.inputs.values import Amount, Change, Count, Metadata


class UnitFields(TypedDict, total=False):
    """Units of a product for free.

    Attributes:
        unit_off: How many units.
        unit_off_formula: The formula that calculates it.
        unit_type: What is added: the id of a product or of a variant.
        effect: How it is added to the order.
    """

    unit_off: Amount
    unit_off_formula: str
    unit_type: str
    effect: Literal["ADD_MISSING_ITEMS", "ADD_NEW_ITEMS", "ADD_MANY_ITEMS", "ADD_SAME_ITEMS"]


class DiscountFields(TypedDict, total=False):
    """What a voucher takes off; which fields it needs depends on `type`.

    Attributes:
        type: What kind of discount it is.
        amount_off: The amount of `AMOUNT`, in hundredths.
        amount_off_formula: The formula that calculates it.
        percent_off: The share of `PERCENT`, in percent.
        percent_off_formula: The formula that calculates it.
        fixed_amount: The price of `FIXED`, in hundredths.
        fixed_amount_formula: The formula that calculates it.
        amount_limit: The most that a share takes off, in hundredths.
        aggregated_amount_limit: The most it takes off an order, in hundredths.
        unit_off: How many units `UNIT` adds.
        unit_off_formula: The formula that calculates it.
        unit_type: What is added: the id of a product or of a variant.
        units: What is added, where it is several products.
        effect: How it is applied to the order.
    """

    type: Required[Literal["AMOUNT", "PERCENT", "FIXED", "UNIT"]]
    amount_off: Amount
    amount_off_formula: str
    percent_off: Amount
    percent_off_formula: str
    fixed_amount: Amount
    fixed_amount_formula: str
    amount_limit: Amount
    aggregated_amount_limit: Amount
    unit_off: Amount
    unit_off_formula: str
    unit_type: str
    units: Sequence[UnitFields]
    effect: str


class GiftFields(TypedDict, total=False):
    """The credits of a new gift card.

    Attributes:
        amount: How much, in hundredths.
        effect: How they are applied to the order.
    """

    amount: Amount
    effect: Literal["APPLY_TO_ORDER", "APPLY_TO_ITEMS"]


class LoyaltyCardFields(TypedDict, total=False):
    """The points of a new loyalty card.

    Attributes:
        points: How many.
    """

    points: Count


class CodeConfigFields(TypedDict, total=False):
    """How a code is drawn.

    Attributes:
        length: How many characters, without prefix and postfix.
        charset: The characters to draw from.
        prefix: What stands before them.
        postfix: What stands behind them.
        pattern: The whole code, each `#` a character to be drawn; goes before `length`.
    """

    length: Count
    charset: str
    prefix: str
    postfix: str
    pattern: str


class TimeframeFields(TypedDict, total=False):
    """Recurring periods in which something is valid, counted from its start date.

    Attributes:
        duration: How long each lasts, an ISO 8601 duration such as `PT1H`.
        interval: The time from one to the next, such as `P2D`.
    """

    duration: str
    interval: str


class DailyHoursFields(TypedDict, total=False):
    """Hours of some days of the week.

    Attributes:
        start_time: When they begin, `HH:mm`.
        expiration_time: When they end, `HH:mm`.
        days_of_week: The days, from `Weekday.SUNDAY` (0) to `Weekday.SATURDAY` (6).
    """

    start_time: str
    expiration_time: str
    days_of_week: Sequence[Count]


class HoursFields(TypedDict, total=False):
    """The hours in which something is valid.

    Attributes:
        daily: The periods; they do not overlap.
    """

    daily: Sequence[DailyHoursFields]


class QuantityFields(TypedDict, total=False):
    """How often a voucher may be redeemed.

    Attributes:
        quantity: How often; `None` means without limit.
    """

    quantity: Count | None


class VoucherChanges(TypedDict, total=False):
    """What is to be changed of a voucher; what is left out stays as it is, `None` clears it.

    Attributes:
        category: The name of its category.
        category_id: The id of its category.
        start_date: When it begins to be valid; aware.
        expiration_date: When it ceases to be; aware.
        validity_timeframe: Recurring periods in which it is.
        validity_day_of_week: The days on which it is, from `Weekday.SUNDAY` (0).
        validity_hours: The hours in which it is.
        active: Whether it is switched on.
        additional_info: Any text of yours.
        metadata: Whatever you keep with it.
        gift: How the credits of a gift card are applied (`effect`).
    """

    category: str | None
    category_id: str | None
    start_date: datetime | None
    expiration_date: datetime | None
    validity_timeframe: TimeframeFields | None
    validity_day_of_week: Sequence[Count] | None
    validity_hours: HoursFields | None
    active: bool | None
    additional_info: Prose | None
    metadata: Metadata | None
    gift: GiftFields | None


class NewVoucher(VoucherChanges, total=False):
    """A voucher to be made: its `type`, and the part that goes with it.

    It has all fields of `VoucherChanges`, too.

    Attributes:
        type: What it is.
        discount: What a `DISCOUNT_VOUCHER` takes off.
        gift: The credits of a `GIFT_VOUCHER`.
        loyalty_card: The points of a `LOYALTY_CARD`.
        campaign: The name of its campaign.
        campaign_id: The id of its campaign.
        redemption: How often it may be redeemed.
        validation_rules: The ids of the rules that hold for it.
    """

    type: Required[Literal["DISCOUNT_VOUCHER", "GIFT_VOUCHER", "LOYALTY_CARD"]]
    discount: DiscountFields | None
    loyalty_card: LoyaltyCardFields | None
    campaign: str | None
    campaign_id: str | None
    redemption: QuantityFields | None
    validation_rules: Sequence[str] | None


class DrawnVoucher(NewVoucher, total=False):
    """A voucher to be made with a code that is drawn.

    It has all fields of `NewVoucher` and of `VoucherChanges`, too.

    Attributes:
        code_config: How it is drawn.
        code: The code, where it is not to be drawn after all.
    """

    code_config: CodeConfigFields | None
    code: str | None


class CampaignFields(TypedDict, total=False):
    """The campaign that vouchers are published from.

    Attributes:
        name: Its name or its id.
        count: How many vouchers; one unless given, and only one together with a `source_id`.
    """

    name: Required[str]
    count: Count


class PublicationFields(TypedDict, total=False):
    """What is published, to whom.

    Attributes:
        customer: To whom, by `id` or `source_id`; one whose `source_id` is new is made.
        voucher: The code of the voucher; either this or `campaign`.
        campaign: The campaign that it is taken from.
        source_id: Your id of the publication; no other publication may have it.
        channel: How it reaches the customer.
        metadata: What to keep with it.
    """

    customer: Required[CustomerFields]
    voucher: str | None
    campaign: CampaignFields | None
    source_id: str | None
    channel: str | None
    metadata: Metadata | None


class BalanceFields(TypedDict, total=False):
    """How the balance of a card is changed.

    Attributes:
        amount: How much is added: hundredths on a gift card, points on a loyalty card. A negative
            number takes away.
        source_id: Your id of the transaction.
        reason: Why.
    """

    amount: Required[Change]
    source_id: str | None
    reason: Prose | None


class CustomerName(TypedDict, total=False):
    """Who a customer is.

    Attributes:
        id: Voucherify's id, `cust_...`.
        source_id: Your id.
    """

    id: str
    source_id: str


class KnownPublication(TypedDict, total=False):
    """What is published, to whom, under which id of yours.

    Attributes:
        source_id: Your id of the publication.
        customer: To whom, by `id` or `source_id`; one whose `source_id` is new is made.
        voucher: The code of the voucher; either this or `campaign`.
        campaign: The campaign that it is taken from.
        metadata: What to keep with it; texts.
    """

    source_id: Required[str]
    customer: Required[CustomerName]
    voucher: str | None
    campaign: CampaignFields | None
    metadata: Mapping[str, str] | None


class InheritingVoucher(TypedDict, total=False):
    """What a voucher that joins a campaign does not take from it.

    Attributes:
        category: The name of its category.
        redemption: How often it may be redeemed.
        start_date: When it begins to be valid; aware.
        expiration_date: When it ceases to be; aware.
        additional_info: Any text of yours.
        metadata: Whatever you keep with it.
    """

    category: str | None
    redemption: QuantityFields | None
    start_date: datetime | None
    expiration_date: datetime | None
    additional_info: Prose | None
    metadata: Metadata | None


class InheritingVouchers(InheritingVoucher, total=False):
    """What vouchers that join a campaign do not take from it.

    They have all fields of `InheritingVoucher`, too.

    Attributes:
        code_config: How their codes are drawn.
    """

    code_config: CodeConfigFields | None


class MembershipFields(TypedDict, total=False):
    """Who joins a loyalty program.

    Attributes:
        customer: Who, by `id` or `source_id`; one whose `source_id` is new is made.
        voucher: The code of the card they get; any that nobody has, unless given.
        source_id: Your id of the publication; no other publication may have it.
        channel: How the card reaches the customer.
        metadata: What to keep with the publication.
    """

    customer: Required[CustomerFields]
    voucher: str | None
    source_id: str | None
    channel: str | None
    metadata: Metadata | None
