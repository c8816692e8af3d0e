"""Customers and what they hold."""

from __future__ import annotations

from typing import Literal

from loyalty_sdk._core.arguments import identifier, one_of, query, within
from loyalty_sdk._core.calls import Listing
from loyalty_sdk._core.endpoint import R_co, Resource, listing
from loyalty_sdk.voucherify._lists import by_id
from loyalty_sdk.voucherify.filters import RawFilter, RedeemableFilters, filter_query
from loyalty_sdk.voucherify.models import CustomerRedeemable


class Customers(Resource[R_co]):
    """The people who hold vouchers."""

    @listing
    def list_redeemables(
        self,
        customer_id: str | int,
        *,
        limit: int | None = 100,
        order: Literal["id", "-id"] | None = None,
        starting_after_id: str | None = None,
        filters: RedeemableFilters | RawFilter | None = None,
    ) -> Listing[CustomerRedeemable]:
        """Everything redeemable that a customer holds: vouchers, gift and loyalty cards.

        Args:
            customer_id: The customer's id (`cust_...`), or the source id that you gave them.
            limit: How many items a page has, 1 to 100; `None` leaves it to the vendor (10).
            order: By holder id; a leading `-` means descending. `None` leaves it to the vendor.
            starting_after_id: Begin behind this holder id (`rh_...`).
            filters: Which items are listed; see `RedeemableFilters`.

        Returns:
            A pager of `CustomerRedeemable`, with `total`.

        Raises:
            InvalidArgument: Before anything is sent: an argument is out of bounds.
            NotFound: There is no such customer.
            PermissionDenied: The keys may not read customers (`customers.details.read`).
            LoyaltyError: Anything else, while pages are fetched.

        https://docs.voucherify.io/api-reference/customers/list-customer-redeemables
        """
        params = query(
            limit=within("limit", limit, 1, 100), order=one_of("order", order, ("id", "-id"))
        )
        return by_id(
            CustomerRedeemable,
            ("v1", "customers", identifier("customer_id", customer_id), "redeemables"),
            [*params, *filter_query(filters)],
            lambda held: held.id,
            starting_after_id,
        )
