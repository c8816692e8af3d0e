"""Orders that Voucherify keeps.

https://docs.voucherify.io/api-reference/orders
"""

from __future__ import annotations

from typing import Unpack

from loyalty_sdk._core.calls import Call, Listing
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint, listing
from loyalty_sdk._core.given.arguments import identifier
from loyalty_sdk._core.given.inputs import body, changes
from loyalty_sdk.voucherify._calls import get, post, put
from loyalty_sdk.voucherify._lists import listed
from loyalty_sdk.voucherify.inputs.lists import OrderList
from loyalty_sdk.voucherify.inputs.orders import NewOrder, OrderChanges
from loyalty_sdk.voucherify.models.orders import Order

_PATH = ("v1", "orders")


class Orders(Resource[R_co]):
    """Orders that Voucherify keeps."""

    @endpoint
    def create(self, **fields: Unpack[NewOrder]) -> Call[Order]:
        """Make an order, or change the one with this `id` or `source_id`; see `NewOrder`.

        Repeated after a failure where one of the two is given: they are the vendor's own key.

        https://docs.voucherify.io/api-reference/orders/create-order
        """
        sent = body(NewOrder, fields)
        return post(Order, *_PATH, json=sent, repeatable="id" in sent or "source_id" in sent)

    @endpoint
    def get(self, order_id: str) -> Call[Order]:
        """One order, by its id `ord_...` or your own.

        https://docs.voucherify.io/api-reference/orders/get-order
        """
        return get(Order, *_PATH, identifier("order_id", order_id))

    @endpoint
    def update(self, order_id: str, **fields: Unpack[OrderChanges]) -> Call[Order]:
        """Change an order; what is left out stays as it is. Never repeated.

        Args:
            order_id: The id, or your own.
            **fields: What is to be changed; see `OrderChanges`.

        https://docs.voucherify.io/api-reference/orders/update-order
        """
        path = (*_PATH, identifier("order_id", order_id))
        return put(Order, *path, json=changes(OrderChanges, fields))

    @listing
    def list(self, **which: Unpack[OrderList]) -> Listing[Order]:
        """Orders; see `OrderList`.

        Raises:
            PageCeiling: There are more than 100 pages.

        https://docs.voucherify.io/api-reference/orders/list-orders
        """
        beyond = "walk the other way round by order, or use an export"
        return listed(Order, _PATH, OrderList, which, beyond=beyond, key="orders")
