"""What Spaaza says to a purchase.

https://docs.spaaza.com/api/add-basket
"""

from __future__ import annotations

from typing import Any

import attrs

from loyalty_sdk._core.reading.model import Model


@attrs.frozen(kw_only=True, weakref_slot=False)
class BasketAnswer(Model):
    """What Spaaza says to a purchase. Its form is not documented: all else stands in `extra`.

    Attributes:
        result_type: The name of the call.
    """

    _has_form = False

    result_type: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class PricedBasket(BasketAnswer):
    """What a purchase would cost. No more is documented of its form: all else is in `extra`.

    Attributes:
        vouchers_created: The vouchers that the purchase would make; from 1.4.8 on.
        purchase_progress: What it would add to wallets; in this form from 1.4.8 on.
        result_type: The name of the call.
    """

    _has_form = False

    vouchers_created: tuple[Any, ...] | None = None
    purchase_progress: tuple[Any, ...] | None = None
