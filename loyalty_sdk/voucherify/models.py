"""What Voucherify answers with.

https://docs.voucherify.io/api-reference/customers/list-customer-redeemables
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from datetime import date, datetime
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from typing import Annotated, Any, Literal, TypeAlias
from urllib.parse import urlencode

import attrs

from loyalty_sdk._core.calls import one_of, within
from loyalty_sdk._core.coerce import decimal, integer
from loyalty_sdk._core.model import Model, Reading, Variant, promised

Role: TypeAlias = Literal["OWNER", "REFERRER", "REFEREE"] | str
CampaignType: TypeAlias = (
    Literal["LOYALTY_PROGRAM", "GIFT_VOUCHERS", "DISCOUNT_COUPONS", "PROMOTION", "REFERRAL_PROGRAM"]
    | str
)
VoucherKind: TypeAlias = Literal["GIFT_VOUCHER", "DISCOUNT_VOUCHER", "LOYALTY_CARD"] | str
Status: TypeAlias = (
    Literal["ACTIVE", "USED", "DISABLED", "NOT_ACTIVE_YET", "EXPIRED", "NO_BALANCE"] | str
)
AmountEffect: TypeAlias = (
    Literal[
        "APPLY_TO_ORDER",
        "APPLY_TO_ITEMS",
        "APPLY_TO_ITEMS_PROPORTIONALLY",
        "APPLY_TO_ITEMS_PROPORTIONALLY_BY_QUANTITY",
        "APPLY_TO_ITEMS_BY_QUANTITY",
    ]
    | str
)
OrderEffect: TypeAlias = Literal["APPLY_TO_ORDER", "APPLY_TO_ITEMS"] | str
UnitEffect: TypeAlias = (
    Literal["ADD_MISSING_ITEMS", "ADD_NEW_ITEMS", "ADD_MANY_ITEMS", "ADD_SAME_ITEMS"] | str
)


_EXACT = Context(prec=MAX_PREC, Emin=MIN_EMIN, Emax=MAX_EMAX)


class Hundredths(Decimal):
    """An amount as Voucherify sends it: 1000 stands for 10.00."""

    @property
    def major(self) -> Decimal:
        """The amount in whole units: 10.00 for 1000."""
        return self.scaleb(-2, _EXACT)

    def __repr__(self) -> str:
        return f"Hundredths('{self}')"


class Weekday(enum.IntEnum):
    """Voucherify's days of the week, which begin on Sunday (Python's begin on Monday)."""

    SUNDAY = 0
    MONDAY = 1
    TUESDAY = 2
    WEDNESDAY = 3
    THURSDAY = 4
    FRIDAY = 5
    SATURDAY = 6


def _hundredths(value: Any) -> Hundredths:
    return Hundredths(decimal(value))


def _weekday(value: Any) -> Weekday | int:
    number = integer(value)
    return Weekday(number) if 0 <= number <= 6 else number


Amount = Annotated[Hundredths, Reading(_hundredths)]
Day = Annotated[Weekday | int, Reading(_weekday)]


@attrs.frozen(kw_only=True, weakref_slot=False)
class AmountDiscount(Model):
    """So much off the price.

    Attributes:
        type: What kind of discount it is.
        amount_off: The amount, in hundredths.
        amount_off_formula: The formula that calculates it.
        aggregated_amount_limit: The most it takes off an order, in hundredths.
        effect: How it is applied to the order.
        is_dynamic: Whether it was calculated with a formula.
    """

    type: Literal["AMOUNT"] = promised()
    amount_off: Amount | None = None
    amount_off_formula: str | None = None
    aggregated_amount_limit: Amount | None = None
    effect: AmountEffect | None = None
    is_dynamic: bool | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class PercentDiscount(Model):
    """A share off the price.

    Attributes:
        type: What kind of discount it is.
        percent_off: The share, in percent; it may have a fraction.
        percent_off_formula: The formula that calculates it.
        amount_limit: The most it takes off, in hundredths.
        aggregated_amount_limit: The most it takes off an order, in hundredths.
        effect: How it is applied to the order.
        is_dynamic: Whether it was calculated with a formula.
    """

    type: Literal["PERCENT"] = promised()
    percent_off: Decimal | None = None
    percent_off_formula: str | None = None
    amount_limit: Amount | None = None
    aggregated_amount_limit: Amount | None = None
    effect: OrderEffect | None = None
    is_dynamic: bool | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class FixedDiscount(Model):
    """A fixed price in place of the price.

    Attributes:
        type: What kind of discount it is.
        fixed_amount: The price, in hundredths.
        fixed_amount_formula: The formula that calculates it.
        effect: How it is applied to the order.
        is_dynamic: Whether it was calculated with a formula.
    """

    type: Literal["FIXED"] = promised()
    fixed_amount: Amount | None = None
    fixed_amount_formula: str | None = None
    effect: OrderEffect | None = None
    is_dynamic: bool | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class UnitItem(Model):
    """A product, or one of its variants, that a discount adds.

    Attributes:
        id: Voucherify's id.
        source_id: Your id.
        name: Its name.
    """

    id: str = promised()
    source_id: str | None = None
    name: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class UnitDiscount(Model):
    """Units of one product for free.

    Attributes:
        type: What kind of discount it is.
        unit_off: How many units; it may have a fraction.
        unit_off_formula: The formula that calculates it.
        unit_type: What is added.
        effect: How it is added to the order.
        product: The product.
        sku: The product's variant.
        is_dynamic: Whether it was calculated with a formula.
    """

    type: Literal["UNIT"] = promised()
    unit_off: Decimal | None = None
    unit_off_formula: str | None = None
    unit_type: str | None = None
    effect: UnitEffect | None = None
    product: UnitItem | None = None
    sku: UnitItem | None = None
    is_dynamic: bool | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class Unit(Model):
    """One product among several that a discount adds.

    Attributes:
        unit_off: How many units; it may have a fraction.
        unit_off_formula: The formula that calculates it.
        unit_type: What is added.
        effect: How it is added to the order.
        product: The product.
        sku: The product's variant.
    """

    unit_off: Decimal | None = None
    unit_off_formula: str | None = None
    unit_type: str | None = None
    effect: UnitEffect | None = None
    product: UnitItem | None = None
    sku: UnitItem | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class UnitsDiscount(Model):
    """Units of several products for free.

    Attributes:
        type: What kind of discount it is; the same as of one product.
        effect: How they are added to the order.
        units: The products.
    """

    type: Literal["UNIT"] = promised()
    effect: UnitEffect | None = None
    units: tuple[Unit, ...] | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class OtherDiscount(Model):
    """A kind of discount that the SDK does not know; what it says is in `extra`.

    Attributes:
        type: What kind of discount it is.
    """

    type: str | None = None


def _discount_class(discount: Mapping[str, Any]) -> type[Model]:
    """By `type`; the two forms of UNIT are told apart by `units` alone."""
    if discount.get("type") == "UNIT":
        return UnitDiscount if discount.get("units") is None else UnitsDiscount
    return _DISCOUNTS.get(str(discount.get("type")), OtherDiscount)


_DISCOUNTS: Mapping[str, type[Model]] = {
    "AMOUNT": AmountDiscount,
    "PERCENT": PercentDiscount,
    "FIXED": FixedDiscount,
}

Discount = Annotated[
    AmountDiscount | PercentDiscount | FixedDiscount | UnitDiscount | UnitsDiscount | OtherDiscount,
    Variant(_discount_class),
]


@attrs.frozen(kw_only=True, weakref_slot=False)
class Gift(Model):
    """The credits of a gift card; all amounts in hundredths.

    Attributes:
        amount: Everything that was ever put on it.
        subtracted_amount: Everything that was taken off it otherwise than by redeeming.
        balance: What is left: amount less subtracted less `redemption.redeemed_amount`.
        effect: How the credits are applied to the order.
    """

    amount: Amount | None = None
    subtracted_amount: Amount | None = None
    balance: Amount | None = None
    effect: OrderEffect | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class LoyaltyCard(Model):
    """The points of a loyalty card.

    Attributes:
        points: Everything that was ever added.
        balance: What is left: points less expired, subtracted and redeemed ones.
        next_expiration_date: The day on which points expire next.
        next_expiration_points: How many expire then.
        pending_points: How many will be added once they are activated.
        expired_points: How many ever expired.
        subtracted_points: How many were ever subtracted.
    """

    points: int | None = None
    balance: int | None = None
    next_expiration_date: date | None = None
    next_expiration_points: int | None = None
    pending_points: int | None = None
    expired_points: int | None = None
    subtracted_points: int | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class ValidityTimeframe(Model):
    """Recurring periods in which a voucher is valid, counted from its start date.

    Attributes:
        duration: How long each lasts, an ISO 8601 duration such as `PT1H`.
        interval: The time from one to the next, such as `P2D`.
    """

    duration: str | None = None
    interval: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class DailyHours(Model):
    """Hours of some days of the week.

    Attributes:
        start_time: When they begin, `HH:mm`.
        expiration_time: When they end, `HH:mm`.
        days_of_week: The days.
    """

    start_time: str | None = None
    expiration_time: str | None = None
    days_of_week: tuple[Day, ...] | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class ValidityHours(Model):
    """The hours in which a voucher is valid.

    Attributes:
        daily: The periods; they do not overlap.
    """

    daily: tuple[DailyHours, ...] | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class Asset(Model):
    """An image of the encrypted code.

    Attributes:
        id: The encrypted code.
        url: Where the image is.
    """

    id: str | None = None
    url: str | None = None

    def url_for(
        self, *, size: int | None = None, format: Literal["png", "svg"] | None = None
    ) -> str | None:
        """The image's address, for a size or a format.

        Args:
            size: 1 to 100; `None` leaves it to the vendor.
            format: `png` or `svg`; `None` leaves it to the vendor, who sends png.

        Returns:
            The address, or `None` where there is no image.

        Raises:
            InvalidArgument: The size or the format is not one of these.
        """
        wanted = {"size": within("size", size, 1, 100), "format": one_of("format", format, _IMAGES)}
        chosen = urlencode({name: value for name, value in wanted.items() if value is not None})
        if not chosen or self.url is None:
            return self.url
        return f"{self.url}{'&' if '?' in self.url else '?'}{chosen}"


_IMAGES = ("png", "svg")


@attrs.frozen(kw_only=True, weakref_slot=False)
class Assets(Model):
    """Images of the encrypted code.

    Attributes:
        qr: As a QR code.
        barcode: As a barcode.
    """

    qr: Asset | None = None
    barcode: Asset | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class Category(Model):
    """A category that a voucher belongs to.

    Attributes:
        id: Its id, `cat_...`.
        name: Its name.
        hierarchy: Its rank; lower comes first.
        stacking_rules_type: How its vouchers go together with others.
        created_at: When it was made.
        updated_at: When it was last changed.
        object: The kind of object, `category`.
    """

    id: str | None = None
    name: str | None = None
    hierarchy: int | None = None
    stacking_rules_type: str | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    object: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class PublishSummary(Model):
    """How often a voucher was published: given to a customer.

    Attributes:
        object: The kind of object, `list`.
        count: How often.
        url: Where the publications are listed.
    """

    object: str | None = None
    count: int | None = None
    url: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class RedemptionSummary(Model):
    """How often a voucher was redeemed.

    Attributes:
        quantity: How often it can be; `None` means without limit.
        redeemed_quantity: How often it was.
        redeemed_points: How many points were, of a loyalty card.
        redeemed_amount: How much was, of a gift card, in hundredths.
        object: The kind of object, `list`.
        url: Where the redemptions are listed.
    """

    quantity: int | None = None
    redeemed_quantity: int | None = None
    redeemed_points: int | None = None
    redeemed_amount: Amount | None = None
    object: str | None = None
    url: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class Voucher(Model):
    """A voucher, a gift card or a loyalty card.

    Attributes:
        id: Voucherify's id, `v_...`.
        code: The code.
        type: Which of the three it is.
        campaign: The name of its campaign.
        campaign_id: The id of its campaign, `camp_...`.
        category: The name of its category.
        category_id: The id of its category, `cat_...`.
        categories: Its categories.
        discount: What a discount voucher takes off; told apart by class, see `Discount`.
        gift: The credits of a gift card.
        loyalty_card: The points of a loyalty card.
        start_date: When it begins to be valid.
        expiration_date: When it ceases to be.
        validity_timeframe: Recurring periods in which it is.
        validity_day_of_week: The days of the week on which it is.
        validity_hours: The hours in which it is.
        active: Whether it is switched on.
        additional_info: Any text of yours.
        metadata: Whatever you keep with it.
        assets: Images of the code.
        is_referral_code: Whether it belongs to a referral campaign.
        created_at: When it was made.
        updated_at: When it was last changed.
        holder_id: The customer who holds it.
        referrer_id: The customer who refers others with it.
        object: The kind of object, `voucher`.
        publish: How often it was published.
        redemption: How often it was redeemed.
    """

    id: str = promised()
    code: str = promised()
    type: VoucherKind = promised()
    campaign: str | None = None
    campaign_id: str | None = None
    category: str | None = None
    category_id: str | None = None
    categories: tuple[Category, ...] | None = None
    discount: Discount | None = None
    gift: Gift | None = None
    loyalty_card: LoyaltyCard | None = None
    start_date: datetime | None = None
    expiration_date: datetime | None = None
    validity_timeframe: ValidityTimeframe | None = None
    validity_day_of_week: tuple[Day, ...] | None = None
    validity_hours: ValidityHours | None = None
    active: bool | None = None
    additional_info: str | None = None
    metadata: Mapping[str, Any] | None = None
    assets: Assets | None = None
    is_referral_code: bool | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    holder_id: str | None = None
    referrer_id: str | None = None
    object: str | None = None
    publish: PublishSummary | None = None
    redemption: RedemptionSummary | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class Redeemable(Model):
    """What can be redeemed, and whether it can be now.

    Attributes:
        type: What it is: a `voucher`.
        voucher: The voucher.
        status: Whether it can be redeemed, or why not.
    """

    type: Literal["voucher"] | str = promised()
    voucher: Voucher = promised()
    status: Status | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class CustomerRedeemable(Model):
    """Something redeemable in the hands of a customer.

    Attributes:
        id: The id of this holding, `rh_...`.
        created_at: When it was assigned.
        redeemable_id: The id of what is held.
        redeemable_object: What is held: a `voucher`.
        customer_id: Who holds it.
        holder_role: In which role.
        campaign_id: The campaign it comes from.
        campaign_type: The type of that campaign.
        voucher_type: The type of the voucher.
        redeemable: What is held, in full.
    """

    id: str = promised()
    redeemable_id: str = promised()
    redeemable_object: Literal["voucher"] | str = promised()
    customer_id: str = promised()
    redeemable: Redeemable = promised()
    created_at: datetime | None = None
    holder_role: Role | None = None
    campaign_id: str | None = None
    campaign_type: CampaignType | None = None
    voucher_type: VoucherKind | None = None
