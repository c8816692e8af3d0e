"""Customers, what is known of them, and what they did.

https://docs.voucherify.io/api-reference/customers/customer-object
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import attrs

from loyalty_sdk._core.reading.model import Model, promised
from loyalty_sdk.voucherify.models.values import Amount


@attrs.frozen(kw_only=True, weakref_slot=False)
class Address(Model):
    """Where a customer lives.

    Attributes:
        city: The city.
        state: The state.
        line_1: The first line of the address.
        line_2: The second line.
        country: The country.
        postal_code: The postal code.
    """

    city: str | None = None
    state: str | None = None
    line_1: str | None = None
    line_2: str | None = None
    country: str | None = None
    postal_code: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class CustomerCredits(Model):
    """A customer's gift cards together; in hundredths.

    Attributes:
        redeemed_amount: What was redeemed.
        amount_to_go: What is left.
    """

    redeemed_amount: Amount | None = None
    amount_to_go: Amount | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class CustomerPoints(Model):
    """A customer's loyalty cards together.

    Attributes:
        redeemed_points: How many points were redeemed.
        points_to_go: How many are left.
    """

    redeemed_points: int | None = None
    points_to_go: int | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class CustomerRedemptions(Model):
    """How often a customer redeemed.

    Attributes:
        total_redeemed: How often.
        total_failed: How often it failed.
        total_succeeded: How often it went well.
        total_rolled_back: How often it was undone.
        total_rollback_failed: How often undoing failed.
        total_rollback_succeeded: How often undoing went well.
        gift: What became of gift cards.
        loyalty_card: What became of points.
    """

    total_redeemed: int | None = None
    total_failed: int | None = None
    total_succeeded: int | None = None
    total_rolled_back: int | None = None
    total_rollback_failed: int | None = None
    total_rollback_succeeded: int | None = None
    gift: CustomerCredits | None = None
    loyalty_card: CustomerPoints | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class CustomerOrders(Model):
    """What a customer ordered and paid; amounts in hundredths.

    Attributes:
        total_amount: For how much in all.
        total_count: How often.
        average_amount: For how much on the average.
        last_order_amount: For how much the last time.
        last_order_date: When that was.
    """

    total_amount: Amount | None = None
    total_count: int | None = None
    average_amount: Amount | None = None
    last_order_amount: Amount | None = None
    last_order_date: datetime | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class CustomerSummary(Model):
    """A customer in figures.

    Attributes:
        redemptions: How often they redeemed.
        orders: What they ordered.
    """

    redemptions: CustomerRedemptions | None = None
    orders: CustomerOrders | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class CustomerLoyalty(Model):
    """A customer's points.

    Attributes:
        points: The points of all their cards, but for expired ones.
        referred_customers: How many customers they referred.
        campaigns: The same by the name of the campaign.
    """

    points: int | None = None
    referred_customers: int | None = None
    campaigns: Mapping[str, Any] | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class CustomerReferral(Model):
    """How a customer was referred.

    Attributes:
        campaign_id: By which campaign, `camp_...`.
        referrer_id: By whom, `cust_...`.
        related_object_id: What completed it.
        related_object_type: What that is: `redemption`.
        date: When it was.
    """

    campaign_id: str = promised()
    referrer_id: str | None = None
    related_object_id: str | None = None
    related_object_type: str | None = None
    date: datetime | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class CustomerReferrals(Model):
    """How often a customer was referred.

    Attributes:
        total: How often.
        campaigns: Each time.
    """

    total: int | None = None
    campaigns: tuple[CustomerReferral, ...] | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class CustomerAssets(Model):
    """Pages of a customer's own.

    Attributes:
        cockpit_url: The page where they say what may be sent to them.
        cockpit_preference_center_url: The same.
    """

    cockpit_url: str | None = None
    cockpit_preference_center_url: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class Customer(Model):
    """A customer.

    Attributes:
        id: Voucherify's id, `cust_...`.
        source_id: Your id.
        name: First and last name.
        description: Any text of yours.
        email: The e-mail address.
        phone: The phone number.
        birthday: The date of birth; the vendor's older name of it.
        birthdate: The date of birth.
        address: Where they live.
        summary: What they did, in figures.
        loyalty: Their points.
        referrals: How they were referred.
        assets: Pages of their own.
        metadata: Whatever you keep with them.
        system_metadata: What the vendor keeps with them.
        created_at: When they were made.
        updated_at: When they were last changed.
        object: The kind of object, `customer`.
    """

    id: str = promised()
    source_id: str | None = None
    name: str | None = None
    description: str | None = None
    email: str | None = None
    phone: str | None = None
    birthday: date | None = None
    birthdate: date | None = None
    address: Address | None = None
    summary: CustomerSummary | None = None
    loyalty: CustomerLoyalty | None = None
    referrals: CustomerReferrals | None = None
    assets: CustomerAssets | None = None
    metadata: Mapping[str, Any] | None = None
    system_metadata: Mapping[str, Any] | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    object: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class Segment(Model):
    """A segment that a customer belongs to.

    Attributes:
        id: Its id, `seg_...`.
        name: Its name.
        object: The kind of object, `segment`.
    """

    id: str = promised()
    name: str | None = None
    object: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class Activity(Model):
    """Something that a customer did, or that happened to them.

    Attributes:
        id: The id of the event, `ev_...`.
        type: Its name, such as `customer.redemption.succeeded`; new ones may come.
        data: What belongs to it; it depends on the type.
        created_at: When it was.
        group_id: The request that caused it.
    """

    id: str = promised()
    type: str = promised()
    data: Mapping[str, Any] | None = None
    created_at: datetime | None = None
    group_id: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class DeletedData(Model):
    """How much was deleted with a customer.

    Attributes:
        events: How many events.
        customer_events: How many events of the customer.
        daily_events: How many events of the day.
        segments: How many segments.
        orders: How many orders.
        order_events: How many events of orders.
        customer: How many customers.
    """

    events: int | None = None
    customer_events: int | None = None
    daily_events: int | None = None
    segments: int | None = None
    orders: int | None = None
    order_events: int | None = None
    customer: int | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class PermanentDeletion(Model):
    """What became of a wish to be forgotten.

    Attributes:
        id: Its id.
        created_at: When it was asked for.
        related_object_id: The customer who is deleted, `cust_...`.
        related_object: What is deleted: `customer`.
        status: How far it is, in the vendor's word.
        data_json: How much was deleted.
        object: The kind of object.
    """

    id: str = promised()
    created_at: datetime | None = None
    related_object_id: str | None = None
    related_object: str | None = None
    status: str | None = None
    data_json: DeletedData | None = None
    object: str | None = None
