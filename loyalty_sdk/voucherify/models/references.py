"""How other objects name a customer, a campaign or a rule."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

import attrs

from loyalty_sdk._core.reading.model import Model, promised


@attrs.frozen(kw_only=True, weakref_slot=False)
class Identified(Model):
    """Something that is only named.

    Attributes:
        id: Its id.
        object: The kind of object.
        type: What kind it is, of an event or of what a balance belongs to.
        name: Its name.
        source_id: Your id.
    """

    id: str | None = None
    object: str | None = None
    type: str | None = None
    name: str | None = None
    source_id: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class CustomerReference(Model):
    """A customer, as far as other objects tell; at times only by the id.

    Attributes:
        id: Voucherify's id, `cust_...`.
        source_id: Your id.
        name: First and last name.
        email: The e-mail address.
        metadata: Whatever you keep with the customer.
        object: The kind of object, `customer`.
    """

    id: str = promised()
    source_id: str | None = None
    name: str | None = None
    email: str | None = None
    metadata: Mapping[str, Any] | None = None
    object: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class RuleAssignment(Model):
    """A validation rule that holds for something.

    Attributes:
        id: The id of the assignment, `asgm_...`.
        rule_id: The id of the rule, `val_...`.
        related_object_id: For what it holds.
        related_object_type: What that is.
        created_at: When it was made.
        updated_at: When it was last changed.
        validation_status: Whether the rule fits what it holds for.
        validation_omitted_rules: The parts of the rule that are left out there.
        object: The kind of object, `validation_rules_assignment`.
    """

    id: str = promised()
    rule_id: str | None = None
    related_object_id: str | None = None
    related_object_type: str | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    validation_status: Literal["VALID", "PARTIALLY_VALID", "INVALID"] | str | None = None
    validation_omitted_rules: tuple[str, ...] | None = None
    object: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class RuleAssignments(Model):
    """The validation rules that hold for something.

    Attributes:
        data: The assignments.
        total: How many there are.
        object: The kind of object, `list`.
        data_ref: Where the assignments stand, `data`.
    """

    data: tuple[RuleAssignment, ...] | None = None
    total: int | None = None
    object: str | None = None
    data_ref: str | None = None
