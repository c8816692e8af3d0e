"""Vouchers and people of a test's own: the sandbox is shared, its vouchers are not."""

from __future__ import annotations

import itertools
from typing import Any

from ..helpers import VoucherifyCaller

_numbers = itertools.count(1)


def fresh(word: str) -> str:
    """A word that no other test has."""
    return f"{word}-{next(_numbers)}"


def coupon(voucherify: VoucherifyCaller, **more: Any) -> str:
    """The code of a new voucher: ten per cent off, once."""
    code = fresh("COUPON")
    discount = {"type": "PERCENT", "percent_off": 10}
    fields = {"discount": discount, "redemption": {"quantity": 1}, **more}
    voucherify.post(f"/v1/vouchers/{code}", {"type": "DISCOUNT_VOUCHER", **fields})
    return code


def gift(voucherify: VoucherifyCaller, amount: int = 5000) -> str:
    """The code of a new gift card."""
    code = fresh("GIFT")
    fields = {"type": "GIFT_VOUCHER", "gift": {"amount": amount}}
    voucherify.post(f"/v1/vouchers/{code}", fields)
    return code


def card(voucherify: VoucherifyCaller, points: int = 300) -> str:
    """The code of a new loyalty card."""
    code = fresh("CARD")
    fields = {"type": "LOYALTY_CARD", "loyalty_card": {"points": points}}
    voucherify.post(f"/v1/vouchers/{code}", fields)
    return code


def named(*codes: str, **more: Any) -> dict[str, Any]:
    """A body about vouchers."""
    return {"redeemables": [{"object": "voucher", "id": code} for code in codes], **more}


def shopper() -> dict[str, str]:
    """A customer whom nobody knows yet."""
    return {"source_id": f"{fresh('shopper')}@example.com"}
