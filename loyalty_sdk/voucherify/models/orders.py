"""Orders, as they are kept and as discounts change them.

https://docs.voucherify.io/api-reference/orders/order-object
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal, TypeAlias

import attrs

from loyalty_sdk._core.reading.model import Model, promised
from loyalty_sdk.voucherify.models.references import CustomerReference
from loyalty_sdk.voucherify.models.values import Amount

OrderStatus: TypeAlias = Literal["CREATED", "PAID", "CANCELED", "FULFILLED"] | str


@attrs.frozen(kw_only=True, weakref_slot=False)
class OrderProduct(Model):
    """The product, or the variant of one, that an item is.

    Attributes:
        id: Voucherify's id.
        source_id: Your id.
        name: The name of a product.
        sku: The name of a variant.
        price: The price of one, in hundredths.
        override: Whether the item's data take the place of what is kept.
        metadata: Whatever you keep with it.
    """

    id: str | None = None
    source_id: str | None = None
    name: str | None = None
    sku: str | None = None
    price: Amount | None = None
    override: bool | None = None
    metadata: Mapping[str, Any] | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class ApplicationDetail(Model):
    """How an item was put in the place of another one.

    Attributes:
        source_index: The item that is replaced, counted from 0.
        source_applied_quantity: How many units of it are.
        source_applied_quantity_amount: What they cost, in hundredths.
        target_index: The item that replaces it, counted on from the last item.
        target_applied_quantity: How many units are added.
        target_applied_quantity_amount: What they cost, in hundredths.
        target_applied_discount_amount: What is taken off them, in hundredths.
    """

    source_index: int | None = None
    source_applied_quantity: int | None = None
    source_applied_quantity_amount: Amount | None = None
    target_index: int | None = None
    target_applied_quantity: int | None = None
    target_applied_quantity_amount: Amount | None = None
    target_applied_discount_amount: Amount | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class OrderItem(Model):
    """One line of an order; all amounts in hundredths.

    Attributes:
        id: The id of the line, `ordli_...`.
        sku_id: Voucherify's id of the variant.
        product_id: Voucherify's id of the product.
        related_object: What `source_id` names: a `product` or a `sku`.
        source_id: Your id of it.
        quantity: How many.
        initial_quantity: How many before anything was applied.
        discount_quantity: How many are discounted.
        applied_quantity: How many were added (or taken away) by what was applied now.
        applied_discount_quantity: How many are discounted by what was applied now.
        price: The price of one.
        amount: Price times quantity.
        initial_amount: The same before anything was applied.
        discount_amount: What is taken off this line.
        applied_discount_amount: What is taken off by what was applied now.
        applied_quantity_amount: What the added units cost.
        subtotal_amount: What is left to pay for this line.
        product: The product.
        sku: The variant.
        application_details: How units were put in the place of others.
        metadata: Whatever you keep with the line.
        object: The kind of object, `order_item`.
    """

    id: str | None = None
    sku_id: str | None = None
    product_id: str | None = None
    related_object: Literal["product", "sku"] | str | None = None
    source_id: str | None = None
    quantity: Decimal | None = None
    initial_quantity: Decimal | None = None
    discount_quantity: Decimal | None = None
    applied_quantity: Decimal | None = None
    applied_discount_quantity: Decimal | None = None
    price: Amount | None = None
    amount: Amount | None = None
    initial_amount: Amount | None = None
    discount_amount: Amount | None = None
    applied_discount_amount: Amount | None = None
    applied_quantity_amount: Amount | None = None
    subtotal_amount: Amount | None = None
    product: OrderProduct | None = None
    sku: OrderProduct | None = None
    application_details: tuple[ApplicationDetail, ...] | None = None
    metadata: Mapping[str, Any] | None = None
    object: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class CalculatedOrder(Model):
    """What becomes of an order when discounts are applied to it; all amounts in hundredths.

    Attributes:
        id: Voucherify's id, `ord_...`, of an order that is kept.
        source_id: Your id.
        status: How far it is.
        amount: What its items cost.
        initial_amount: The same before anything was applied.
        discount_amount: What is taken off the order.
        items_discount_amount: What is taken off its items.
        total_discount_amount: Both together.
        total_amount: What is left to pay.
        applied_discount_amount: What is taken off the order by what was applied now.
        items_applied_discount_amount: What is taken off its items by what was applied now.
        total_applied_discount_amount: Both together.
        items: Its lines.
        customer_id: Who buys.
        customer: The same, as an object.
        referrer_id: Who referred the customer.
        referrer: The same, as an object.
        redemptions: What was redeemed for it, by the id of the redemption.
        metadata: Whatever you keep with it.
        created_at: When it was made.
        updated_at: When it was last changed.
        object: The kind of object, `order`.
    """

    id: str | None = None
    source_id: str | None = None
    status: OrderStatus | None = None
    amount: Amount | None = None
    initial_amount: Amount | None = None
    discount_amount: Amount | None = None
    items_discount_amount: Amount | None = None
    total_discount_amount: Amount | None = None
    total_amount: Amount | None = None
    applied_discount_amount: Amount | None = None
    items_applied_discount_amount: Amount | None = None
    total_applied_discount_amount: Amount | None = None
    items: tuple[OrderItem, ...] | None = None
    customer_id: str | None = None
    customer: CustomerReference | None = None
    referrer_id: str | None = None
    referrer: CustomerReference | None = None
    redemptions: Mapping[str, Any] | None = None
    metadata: Mapping[str, Any] | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    object: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class Order(CalculatedOrder):
    """An order that Voucherify keeps; it has all that a `CalculatedOrder` has, and an id.

    Attributes:
        id: Voucherify's id, `ord_...`.
    """

    id: str = promised()
