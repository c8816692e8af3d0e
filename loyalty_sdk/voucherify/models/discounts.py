"""What a voucher takes off an order.

https://docs.voucherify.io/api-reference/vouchers/voucher-object
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal

import attrs

from loyalty_sdk._core.reading.model import Model, Variant, promised
from loyalty_sdk.voucherify.models.values import (
    Amount,
    AmountEffect,
    OrderEffect,
    UnitEffect,
)


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

    _has_form = False

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
