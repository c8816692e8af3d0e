"""Purchases: what they would cost, that they were made, whose they are.

https://docs.spaaza.com/docs/api/baskets.html
"""

from __future__ import annotations

from typing import Any, Unpack

from loyalty_sdk._core.calls import Call
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint
from loyalty_sdk._core.given.arguments import plain_text
from loyalty_sdk._core.given.inputs import body
from loyalty_sdk.spaaza._app import CLAIMING_BASKETS
from loyalty_sdk.spaaza._calls import about_user, change, named, reading, send
from loyalty_sdk.spaaza.inputs.baskets import ClaimBasketFields, NewBasket
from loyalty_sdk.spaaza.models.baskets import BasketAnswer, PricedBasket


class Baskets(Resource[R_co]):
    """Purchases. A customer to whom an anonymous one is given gets what it earns today."""

    @endpoint
    def add(self, **fields: Unpack[NewBasket]) -> Call[BasketAnswer]:
        """Say that a purchase, or a return, was made; see `NewBasket`. Not for customers.

        Never repeated: only a chain that lets no `retailer_basket_code` be used twice would refuse
        the second one. A voucher that is not found is a warning of the answer; the rest is kept.

        https://docs.spaaza.com/api/add-basket
        """
        return send("POST", "auth/add-basket", reading(BasketAnswer), body(NewBasket, fields))

    @endpoint
    def get_price(self, **fields: Unpack[NewBasket]) -> Call[PricedBasket]:
        """Ask what a purchase would cost; see `NewBasket`. Nothing is kept. Not for customers.

        Repeated after a failure. Without items and at 0 it is a void, which unlocks vouchers.

        https://docs.spaaza.com/api/get-basket-price
        """
        sent, read = body(NewBasket, fields), reading(PricedBasket)
        return send("POST", "auth/get-basket-price", read, sent, repeatable=True)

    @endpoint
    def claim(
        self, retailer_basket_code: str | None = None, **fields: Unpack[ClaimBasketFields]
    ) -> Call[BasketAnswer]:
        """Give an anonymous purchase to a customer; see `ClaimBasketFields`. Never repeated.

        https://docs.spaaza.com/api/claim-basket
        """
        asked = _of(retailer_basket_code, about_user(ClaimBasketFields, fields))
        app = CLAIMING_BASKETS.headers(self._runner)
        return change("POST", "auth/claim-basket", reading(BasketAnswer), asked, app)


def _of(retailer_basket_code: str | None, fields: dict[str, Any]) -> dict[str, Any]:
    """The fields with what names a purchase."""
    if retailer_basket_code is not None:
        code = plain_text("retailer_basket_code", retailer_basket_code)
        fields["retailer_basket_code"] = code
    return named("retailer_basket_code", fields, "basket_id", "supplementary_basket_code")
