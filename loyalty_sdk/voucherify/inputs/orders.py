"""Orders in calls; all amounts are hundredths: 1000 is 10.00.

https://docs.voucherify.io/api-reference/orders/create-order
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, TypedDict

from loyalty_sdk.voucherify.inputs.people import CustomerFields
from loyalty_sdk.voucherify.inputs.values import Amount, Count, Metadata


class GoodsFields(TypedDict, total=False):
    """The product, or the variant of one, of an item.

    Attributes:
        id: Voucherify's id.
        source_id: Your id.
        name: The name of a product.
        sku: The name of a variant.
        price: The price of one, in hundredths.
        override: Whether these data are to be kept in the place of those that are.
        metadata: Whatever you keep with it.
    """

    id: str
    source_id: str
    name: str
    sku: str
    price: Amount
    override: bool
    metadata: Metadata


class OrderItemFields(TypedDict, total=False):
    """One line of an order; name what it is by `product_id`, `sku_id`, or your own `source_id`.

    Attributes:
        product_id: Voucherify's id of the product.
        sku_id: Voucherify's id of the variant.
        source_id: Your id of either.
        related_object: What `source_id` names.
        quantity: How many.
        price: The price of one, in hundredths.
        amount: Price times quantity, in hundredths.
        discount_quantity: How many are discounted.
        discount_amount: What is taken off this line, in hundredths.
        initial_quantity: How many before anything was applied.
        initial_amount: What they cost, in hundredths.
        product: The product.
        sku: The variant.
        metadata: Whatever you keep with the line.
    """

    product_id: str
    sku_id: str
    source_id: str
    related_object: Literal["product", "sku"]
    quantity: Count
    price: Amount
    amount: Amount
    discount_quantity: Count
    discount_amount: Amount
    initial_quantity: Count
    initial_amount: Amount
    product: GoodsFields
    sku: GoodsFields
    metadata: Metadata


class OrderFields(TypedDict, total=False):
    """An order: one that is kept, by `id` or `source_id`, or a new one.

    Attributes:
        id: Voucherify's id, `ord_...`.
        source_id: Your id.
        status: How far it is.
        amount: What it costs, in hundredths; without it, what its items cost.
        initial_amount: The same before anything was applied.
        discount_amount: What is taken off the order.
        items: Its lines, 500 at the most.
        metadata: Whatever you keep with it.
    """

    id: str
    source_id: str
    status: Literal["CREATED", "PAID", "CANCELED", "FULFILLED"]
    amount: Amount
    initial_amount: Amount
    discount_amount: Amount
    items: Sequence[OrderItemFields]
    metadata: Metadata


class OrderChanges(TypedDict, total=False):
    """What is to be changed of an order; what is left out stays as it is, `None` clears it.

    Attributes:
        source_id: Your id.
        status: How far it is.
        amount: What it costs, in hundredths; without it, what its items cost.
        initial_amount: The same before anything was applied.
        discount_amount: What is taken off the order.
        items: Its lines, 500 at the most.
        metadata: Whatever you keep with it.
        created_at: When it was made; aware.
        customer: Who buys; one whose `source_id` is new is made.
        referrer: Who referred the customer.
        referrer_id: The same, by the id.
    """

    source_id: str | None
    status: Literal["CREATED", "PAID", "CANCELED", "FULFILLED"] | None
    amount: Amount | None
    initial_amount: Amount | None
    discount_amount: Amount | None
    items: Sequence[OrderItemFields] | None
    metadata: Metadata | None
    created_at: datetime | None
    customer: CustomerFields | None
    referrer: CustomerFields | None
    referrer_id: str | None


class NewOrder(OrderChanges, total=False):
    """An order that is made, or changed where its `id` or `source_id` is known.

    It has all fields of `OrderChanges`, too.

    Attributes:
        id: Voucherify's id, `ord_...`, of one to be changed.
    """

    id: str | None
