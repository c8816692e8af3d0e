"""How calls name customers, and what they keep of them."""

from __future__ import annotations

from datetime import date
from typing import Required, TypedDict

from loyalty_sdk._core.given.inputs import Prose
from loyalty_sdk.voucherify.inputs.values import Metadata


class AddressFields(TypedDict, total=False):
    """Where a customer lives.

    Attributes:
        city: The city.
        state: The state.
        line_1: The first line of the address.
        line_2: The second line.
        country: The country.
        postal_code: The postal code.
    """

    city: str | None
    state: str | None
    line_1: str | None
    line_2: str | None
    country: str | None
    postal_code: str | None


class CustomerChanges(TypedDict, total=False):
    """What is to be kept of a customer; what is left out stays as it is.

    Attributes:
        name: First and last name.
        description: Any text of yours.
        email: The e-mail address.
        phone: The phone number.
        birthdate: The date of birth.
        address: Where they live.
        metadata: Whatever you keep with them.
    """

    name: str | None
    description: Prose | None
    email: str | None
    phone: str | None
    birthdate: date | str | None
    address: AddressFields | None
    metadata: Metadata


class CustomerFields(CustomerChanges, total=False):
    """A customer, named by `id` or `source_id`; with more fields, what is to be kept of them.

    It has all fields of `CustomerChanges`, too.

    Attributes:
        id: Voucherify's id, `cust_...`.
        source_id: Your id.
    """

    id: str
    source_id: str


class KnownCustomer(CustomerChanges, total=False):
    """One of many customers who are changed at once, or made.

    It has all fields of `CustomerChanges`, too.

    Attributes:
        source_id: Your id.
    """

    source_id: Required[str]


class ReferralFields(TypedDict, total=False):
    """Who referred a customer.

    Attributes:
        code: The code that they came with.
        referrer_id: The customer whose code it is; not needed beside the code.
    """

    code: str
    referrer_id: str


class CardFields(TypedDict, total=False):
    """The loyalty card that an event is for.

    Attributes:
        code: Its code.
    """

    code: str


class EventFields(TypedDict, total=False):
    """What a customer did.

    Attributes:
        event: The name of the event, as it is defined in the project.
        customer: Who did it; one whose `source_id` is new is made.
        referral: Who referred them, where the event completes a referral.
        loyalty: The card that points are for.
        metadata: What else is to be said of it.
    """

    event: Required[str]
    customer: Required[CustomerFields]
    referral: ReferralFields | None
    loyalty: CardFields | None
    metadata: Metadata | None
