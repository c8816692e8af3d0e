"""Customers and what they hold.

https://docs.voucherify.io/api-reference/customers
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

from loyalty_sdk._core.calls import Call, Listing, PathPart
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint, listing
from loyalty_sdk._core.given.arguments import identifier, one_of
from loyalty_sdk._core.given.inputs import body, changes, plain
from loyalty_sdk.voucherify._calls import delete, get, post, put
from loyalty_sdk.voucherify._lists import dated, listed, moment, scrolled, single
from loyalty_sdk.voucherify.inputs.lists import ActivityList, CustomerList, RedeemableList
from loyalty_sdk.voucherify.inputs.people import CustomerChanges, CustomerFields, KnownCustomer
from loyalty_sdk.voucherify.inputs.values import Metadata
from loyalty_sdk.voucherify.models.customers import Activity, Customer, PermanentDeletion, Segment
from loyalty_sdk.voucherify.models.jobs import ScheduledAction
from loyalty_sdk.voucherify.models.redeemables import CustomerRedeemable

_PATH = ("v1", "customers")


class Customers(Resource[R_co]):
    """The people who hold vouchers."""

    @endpoint
    def create(self, **fields: Unpack[CustomerFields]) -> Call[Customer]:
        """Make a customer, or change the one with this `id` or `source_id`; see `CustomerFields`.

        Repeated after a failure where one of the two is given: they are the vendor's own key.

        https://docs.voucherify.io/api-reference/customers/create-customer
        """
        sent = body(CustomerFields, fields)
        return post(Customer, *_PATH, json=sent, repeatable="id" in sent or "source_id" in sent)

    @endpoint
    def get(self, customer_id: str | int) -> Call[Customer]:
        """One customer, by the id `cust_...` or your own.

        https://docs.voucherify.io/api-reference/customers/get-customer
        """
        return get(Customer, *_of(customer_id))

    @endpoint
    def update(self, customer_id: str | int, **fields: Unpack[CustomerChanges]) -> Call[Customer]:
        """Change a customer; what is left out stays as it is, `None` clears it. Never repeated.

        Args:
            customer_id: The id, or your own.
            **fields: What is to be changed; see `CustomerChanges`.

        https://docs.voucherify.io/api-reference/customers/update-customer
        """
        return put(Customer, *_of(customer_id), json=changes(CustomerChanges, fields))

    @listing
    def list(self, **which: Unpack[CustomerList]) -> Listing[Customer]:
        """Customers, the newest first; see `CustomerList`. `starting_after` makes it go on by date.

        Raises:
            InvalidArgument: `starting_after` does not go with this order.
            PageCeiling: There are more than 99 pages, and `starting_after` is not given.

        https://docs.voucherify.io/api-reference/customers/list-customers
        """
        if which.get("starting_after") is None:
            beyond = "go on by date: starting_after takes the created_at of the last customer"
            return listed(
                Customer, _PATH, CustomerList, which, ceiling=99, beyond=beyond, key="customers"
            )
        order = one_of("order", which.get("order"), ("created_at", "updated_at"))
        name = _updated_at if order == "updated_at" else _created_at
        asked, key = "starting_after", "customers"
        return dated(Customer, _PATH, CustomerList, which, name, parameter=asked, key=key)

    @endpoint
    def delete(self, customer_id: str | int) -> Call[None]:
        """Delete a customer. Never repeated.

        https://docs.voucherify.io/api-reference/customers/delete-customer
        """
        return delete(*_of(customer_id))

    @endpoint
    def delete_permanently(self, customer_id: str | int) -> Call[PermanentDeletion]:
        """Forget a customer for good, with all that is connected with them. Never repeated.

        https://docs.voucherify.io/api-reference/customers/delete-customer-permanently
        """
        return post(PermanentDeletion, *_of(customer_id), "permanent-deletion")

    @listing
    def list_activity(
        self, customer_id: str | int, **which: Unpack[ActivityList]
    ) -> Listing[Activity]:
        """What a customer did, and what came of it; see `ActivityList`.

        https://docs.voucherify.io/api-reference/customers/list-customer-activity
        """
        path = (*_of(customer_id), "activity")
        return scrolled(Activity, path, ActivityList, which, lambda event: event.id)

    @listing
    def list_segments(self, customer_id: str | int) -> Listing[Segment]:
        """The segments that a customer belongs to, all at once.

        https://docs.voucherify.io/api-reference/customers/list-customers-segments
        """
        return single(Segment, (*_of(customer_id), "segments"))

    @endpoint
    def update_in_bulk(self, customers: Sequence[KnownCustomer]) -> Call[ScheduledAction]:
        """Change many customers, and make those who are new. Never repeated.

        Args:
            customers: The customers, 1 to 500, each by its `source_id`; 10 MB at the most.

        Returns:
            What `async_actions.wait` waits for.

        https://docs.voucherify.io/api-reference/customers/update-customers-in-bulk
        """
        sent = plain("customers", customers, Sequence[KnownCustomer])
        return post(ScheduledAction, *_PATH, "bulk", "async", json=sent)

    @endpoint
    def update_metadata_in_bulk(
        self, source_ids: Sequence[str], metadata: Metadata
    ) -> Call[ScheduledAction]:
        """Keep the same with many customers, and make those who are new. Never repeated.

        Args:
            source_ids: Your ids of the customers, 1 to 500.
            metadata: What to keep with each of them.

        Returns:
            What `async_actions.wait` waits for.

        https://docs.voucherify.io/api-reference/customers/update-customers-metadata-in-bulk
        """
        sent = {
            "source_ids": plain("source_ids", source_ids, Sequence[str]),
            "metadata": plain("metadata", metadata, Metadata),
        }
        return post(ScheduledAction, *_PATH, "metadata", "async", json=sent)

    @listing
    def list_redeemables(
        self, customer_id: str | int, **which: Unpack[RedeemableList]
    ) -> Listing[CustomerRedeemable]:
        """Everything redeemable that a customer holds; see `RedeemableList`. With a `total`.

        Raises:
            NotFound: There is no such customer.
            PermissionDenied: The keys may not read customers (`customers.details.read`).

        https://docs.voucherify.io/api-reference/customers/list-customer-redeemables
        """
        path = (*_of(customer_id), "redeemables")
        return scrolled(CustomerRedeemable, path, RedeemableList, which, lambda held: held.id)


def _of(customer_id: str | int) -> tuple[PathPart, ...]:
    return (*_PATH, identifier("customer_id", customer_id))


def _created_at(customer: Customer) -> str:
    return moment("$.customers[].created_at", customer.created_at)


def _updated_at(customer: Customer) -> str:
    return moment("$.customers[].updated_at", customer.updated_at)
