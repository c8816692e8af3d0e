"""Publications: vouchers given to customers, and what customers did.

https://docs.voucherify.io/api-reference/publications/publication-object
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

import attrs

from loyalty_sdk._core.reading.model import Model, promised
from loyalty_sdk.voucherify.models.references import CustomerReference
from loyalty_sdk.voucherify.models.vouchers import Voucher


@attrs.frozen(kw_only=True, weakref_slot=False)
class Publication(Model):
    """One or several vouchers that a customer was given, or should have been.

    Attributes:
        id: Its id, `pub_...`.
        created_at: When it was made.
        result: Whether it went well.
        failure_code: Why it failed, in the vendor's word.
        failure_message: The same in more words.
        customer_id: Who got them.
        customer: The same, as an object; what else the vendor tells is in `extra`.
        tracking_id: Your id of the customer, hashed.
        voucher: The voucher, where it is one.
        vouchers: The codes, where they are several.
        vouchers_id: The ids of the vouchers, `v_...`.
        source_id: Your id of the publication.
        channel: How it reached the customer.
        metadata: Whatever you keep with it.
        object: The kind of object, `publication`.
    """

    id: str = promised()
    created_at: datetime | None = None
    result: Literal["SUCCESS", "FAILURE"] | str | None = None
    failure_code: str | None = None
    failure_message: str | None = None
    customer_id: str | None = None
    customer: CustomerReference | None = None
    tracking_id: str | None = None
    voucher: Voucher | None = None
    vouchers: tuple[str, ...] | None = None
    vouchers_id: tuple[str, ...] | None = None
    source_id: str | None = None
    channel: str | None = None
    metadata: Mapping[str, Any] | None = None
    object: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class TrackedEvent(Model):
    """Something that a customer did.

    Attributes:
        type: The name of the event.
        customer: Who did it.
        referral: Who referred them; the vendor's answers have null here.
        loyalty: The card that points are for; the vendor's answers have null here.
        metadata: What else was said of it.
        object: The kind of object, `event`.
    """

    type: str = promised()
    customer: CustomerReference = promised()
    referral: Mapping[str, Any] | None = None
    loyalty: Mapping[str, Any] | None = None
    metadata: Mapping[str, Any] | None = None
    object: str | None = None
