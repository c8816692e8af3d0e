"""What was bought: the cart of a transaction, whose content the vendor's client decides about.

https://exchangesolutionsinc.github.io/es-user-docs/docs/api/es-loyalty/customer-experience/transactions/transaction-history
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeAlias

import attrs

from loyalty_sdk._core.reading.coerce import array, decimal
from loyalty_sdk._core.reading.frozen import EMPTY, frozen_dict
from loyalty_sdk._core.reading.model import Model, Reading, renamed, wire_fields
from loyalty_sdk.es_loyalty.models._shapes import forgiving, pairs

LineItemType: TypeAlias = (
    Literal["saleLineItems", "reversedLineItems", "currentReverseLineItems"] | str
)
CartCurrency: TypeAlias = Literal["CAD", "US"] | str

_KNOWN_LISTS = ("saleLineItems", "reversedLineItems", "currentReverseLineItems")
_ITEMS = "{{item_type}}"  # the documents' own word for a key that the client chooses


@attrs.frozen(kw_only=True, weakref_slot=False)
class LineItem(Model):
    """A line of a receipt; amounts in the unit that the client sends.

    Attributes:
        sku: The product's stock keeping unit.
        quantity: How many units.
        sale_amount: The amount of the sale.
        sub_category: The id of the product's subcategory.
        original_sale_amount: The amount for one unit.
        final_sale_amount: That times the quantity.
        item_discount: What was taken off.
        item_tax: The tax.
        tags: The product's tags.
        product_name: The product's name.
    """

    sku: str | None = None
    quantity: Decimal | None = None
    sale_amount: Decimal | None = renamed("saleAmount")
    sub_category: str | None = renamed("subCategory")
    original_sale_amount: Decimal | None = renamed("originalSaleAmount")
    final_sale_amount: Decimal | None = renamed("finalSaleAmount")
    item_discount: Decimal | None = renamed("itemDiscount")
    item_tax: Decimal | None = renamed("itemTax")
    tags: tuple[str, ...] | None = None
    product_name: str | None = renamed("productName")


@attrs.frozen(kw_only=True, weakref_slot=False)
class CartTotal(Model):
    """The total of a sale or of a reversal.

    Attributes:
        subtotal: Without tax.
        tax_amount: The tax.
        total_sale_amount: With tax.
        currency: The currency.
    """

    subtotal: Decimal | None = None
    tax_amount: Decimal | None = renamed("taxAmount")
    total_sale_amount: Decimal | None = renamed("totalSaleAmount")
    currency: CartCurrency | None = None


def _total(value: Any) -> CartTotal:
    return forgiving(CartTotal, pairs(value))


@attrs.frozen(kw_only=True, weakref_slot=False)
class CartTotals(Model):
    """The totals of a transaction with more than one item.

    Attributes:
        final: Of what was sold.
        current_reversed: Of what this transaction takes back.
        reversed: Of everything that was taken back.
        currency: The currency.
    """

    final: Annotated[CartTotal, Reading(_total)] | None = None
    current_reversed: Annotated[CartTotal, Reading(_total)] | None = renamed("currentReversed")
    reversed: Annotated[CartTotal, Reading(_total)] | None = None
    currency: CartCurrency | None = None


def _amount_or_totals(value: Any) -> CartTotals | Decimal:
    """Text for one item, an object for several."""
    return forgiving(CartTotals, pairs(value)) if isinstance(value, dict) else decimal(value)


def _line_items(value: Any) -> Mapping[str, tuple[LineItem, ...]]:
    return frozen_dict(
        {key: tuple(forgiving(LineItem, line) for line in lines) for key, lines in value.items()}
    )


@attrs.frozen(kw_only=True, weakref_slot=False)
class CartData(Model):
    """What the vendor's client attached to a cart.

    Its keys are the client's own: each one with line items in it is a key of `items`, every other
    one is in `extra`. What has another form than the documented one is in `extra` too, as sent.

    Attributes:
        items: The line items by the client's name for their kind, such as `saleLineItems`.
        total: The amount, for one item; an object, for several.
        currency: The currency.
    """

    items: Annotated[Mapping[LineItemType, tuple[LineItem, ...]], Reading(_line_items)] = (
        attrs.field(default=EMPTY, metadata=renamed(_ITEMS).metadata)
    )
    total: Annotated[CartTotals | Decimal, Reading(_amount_or_totals)] | None = None
    currency: CartCurrency | None = None


def _cart_data(value: Any) -> CartData:
    items: dict[str, Any] = {}
    rest: dict[str, Any] = {}
    for key, content in pairs(value).items():
        lines = array(content) if content.__class__ is list else [content]
        if _are_line_items(key, lines):
            items[key] = lines
        else:
            rest[key] = content
    return forgiving(CartData, {**rest, _ITEMS: items})


def _are_line_items(key: str, lines: list[Any]) -> bool:
    """Whether they are objects, and any of them has a key that line items have."""
    if key in ("total", "currency") or not all(isinstance(line, dict) for line in lines):
        return False
    return key in _KNOWN_LISTS or any(_LINE_ITEM_KEYS.intersection(line) for line in lines)


_LINE_ITEM_KEYS = frozenset(key for _, key in wire_fields(LineItem))


@attrs.frozen(kw_only=True, weakref_slot=False)
class Cart(Model):
    """The cart of a transaction.

    Where the vendor is set up to send whole carts, the rest (financial and tender details,
    coupons, lines) is in `extra`.

    Attributes:
        extended_data: What the vendor's client attached to it.
    """

    _has_form = False

    extended_data: Annotated[CartData, Reading(_cart_data)] | None = renamed("extendedData")
