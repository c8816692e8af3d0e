"""Synthetic carts: items by type and their totals, under names that the client chooses.

https://exchangesolutionsinc.github.io/es-user-docs/docs/api
"""

from __future__ import annotations

from decimal import Decimal

from .parts import CENTS, Draft, Json

TAX = Decimal("0.13")


def single_sale(draft: Draft) -> Json:
    """One item, whose total is a text."""
    return {
        "extendedData": {
            "saleLineItems": _item(draft, 1),
            "total": "12.99",
            "currency": "CAD",
            "sandboxNote": "synthetic",
        }
    }


def mixed_sale(draft: Draft) -> Json:
    """Several items, one of a type that only this client has; the total is an object."""
    return {
        "extendedData": {
            "saleLineItems": [_item(draft, 1), _item(draft, 2)],
            "giftCardLineItems": [_item(draft, 3)],
            "total": {"final": _total("38.97")},
            "currency": "US",
            "deliverySlot": {"day": "Monday", "window": [9, 12]},
        }
    }


def reversal(draft: Draft) -> Json:
    """Items that came back, now and before."""
    return {
        "extendedData": {
            "saleLineItems": [_item(draft, 1), _item(draft, 2), _item(draft, 3)],
            "reversedLineItems": [_item(draft, 2)],
            "currentReverseLineItems": _item(draft, 3),
            "total": {
                "final": _total("38.97"),
                "currentReversed": _total("12.99"),
                "reversed": _total("12.99"),
            },
            "currency": "CAD",
        }
    }


def whole_cart(draft: Draft) -> Json:
    """A cart as it is shown where the operator includes all of it."""
    # The page says what else is in it, and not what it is called.
    return {
        **single_sale(draft),
        "financial": {"subtotal": "12.99", "taxAmount": "1.69"},
        "tenders": [{"type": "CREDIT", "amount": "14.68"}],
        "coupons": [],
        "lineItems": [_item(draft, 1)],
    }


def _item(draft: Draft, number: int) -> Json:
    return {
        "sku": f"{4_000_000 + draft.number % 50 * 10 + number:012}",
        "quantity": number,
        "saleAmount": "12.99",
        "subCategory": f"SANDBOX-{number}",
        "originalSaleAmount": "12.99",
        "finalSaleAmount": str(Decimal("12.99") * number),
        "itemDiscount": "0.00",
        "itemTax": _tax(Decimal("12.99") * number),
        "tags": ["sandbox", "food"] if number % 2 else [],
        "productName": f"Sandbox product {number}, größe L",
    }


def _total(subtotal: str) -> Json:
    tax = _tax(Decimal(subtotal))
    return {
        "subtotal": subtotal,
        "taxAmount": tax,
        "totalSaleAmount": str(Decimal(subtotal) + Decimal(tax)),
    }


def _tax(amount: Decimal) -> str:
    return str((amount * TAX).quantize(CENTS))
