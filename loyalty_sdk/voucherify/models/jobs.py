"""What the vendor works on while you wait: asynchronous actions and exports.

https://docs.voucherify.io/api-reference/async-actions/async-action-object
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, TypeAlias, cast
from urllib.parse import parse_qs, urlsplit

import attrs

from loyalty_sdk._core.credentials import Hidden
from loyalty_sdk._core.hiding.redact import Secret
from loyalty_sdk._core.reading.model import Model, promised

ActionStatus: TypeAlias = Literal["ENQUEUED", "IN_PROGRESS", "DONE", "FAILED"] | str
ExportStatus: TypeAlias = Literal["SCHEDULED", "IN_PROGRESS", "DONE", "ERROR"] | str
ExportedObject: TypeAlias = (
    Literal[
        "voucher",
        "redemption",
        "customer",
        "publication",
        "order",
        "points_expiration",
        "voucher_transactions",
        "product",
        "sku",
    ]
    | str
)


@attrs.frozen(kw_only=True, weakref_slot=False)
class ScheduledAction(Model):
    """What will be done soon: `async_actions.wait(this.async_action_id)` waits for it.

    Attributes:
        async_action_id: The id of the action.
    """

    async_action_id: str = promised()


@attrs.frozen(kw_only=True, weakref_slot=False)
class ActionResult(Model):
    """What came of an action; each type has some of the fields.

    Attributes:
        message: A sentence about it.
        done_count: How many things were done.
        failed_count: How many could not be.
        failed: Those which could not be, as sent: a list or one object; see `failures`.
        errors: What went wrong, each with `key`, `message` and `details`.
        reports: Where there are files with the details.
        reports_available_till: How long these are there.
    """

    message: str | None = None
    done_count: int | None = None
    failed_count: int | None = None
    failed: Any = None
    errors: tuple[Mapping[str, Any], ...] | None = None
    reports: tuple[str, ...] | None = None
    reports_available_till: datetime | None = None

    @property
    def failures(self) -> tuple[Mapping[str, Any], ...]:
        """What could not be done, each with its `reason`, whichever way it was sent."""
        one: object = self.failed
        held = cast("tuple[object, ...]", one) if isinstance(one, tuple) else (one,)
        return tuple(cast("Mapping[str, Any]", each) for each in held if isinstance(each, Mapping))


@attrs.frozen(kw_only=True, weakref_slot=False)
class AsyncAction(Model):
    """Something that the vendor does while you wait.

    Attributes:
        id: Its id, `aa_...`.
        type: What is done, such as `CUSTOMERS.BULK_UPDATE`.
        status: How far it is.
        operation_status: What came of it: `SUCCESS`, `FAILED` or `UNKNOWN`.
        progress: How far it is, in percent.
        processing_time: How long it took, in milliseconds.
        request_id: The request that began it.
        result: What came of it; lists leave it out.
        created_at: When it was asked for.
        updated_at: When it last changed.
        object: The kind of object, `async_action`.
    """

    id: str = promised()
    type: str | None = None
    status: ActionStatus | None = None
    operation_status: Literal["SUCCESS", "FAILED", "UNKNOWN"] | str | None = None
    progress: int | None = None
    processing_time: int | None = None
    request_id: str | None = None
    result: ActionResult | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    object: str | None = None

    @property
    def is_done(self) -> bool:
        """Whether nothing more will come: neither enqueued nor in progress."""
        return self.status not in ("ENQUEUED", "IN_PROGRESS")


@attrs.frozen(kw_only=True, weakref_slot=False)
class ExportResult(Model):
    """Where the file of an export is.

    Attributes:
        url: The address. Whoever knows it can read the file: it is a `Secret`.
    """

    url: Hidden | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class ExportParameters(Model):
    """What an export holds.

    Attributes:
        order: In which order.
        fields: The columns.
        filters: Which rows.
        campaign_id: Of which campaign.
    """

    order: str | None = None
    fields: tuple[str, ...] | None = None
    filters: Mapping[str, Any] | None = None
    campaign_id: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class Export(Model):
    """A file that the vendor makes of what it keeps.

    Attributes:
        id: Its id, `exp_...`.
        exported_object: What is in it.
        parameters: Which of it, and how.
        status: How far it is.
        channel: Through what it was asked for.
        result: Where the file is, once it is done.
        user_id: Who asked for it in the vendor's dashboard.
        created_at: When it was asked for.
        object: The kind of object, `export`.
    """

    id: str = promised()
    exported_object: ExportedObject | None = None
    parameters: ExportParameters | None = None
    status: ExportStatus | None = None
    channel: str | None = None
    result: ExportResult | None = None
    user_id: str | None = None
    created_at: datetime | None = None
    object: str | None = None

    @property
    def is_done(self) -> bool:
        """Whether nothing more will come: neither scheduled nor in progress."""
        return self.status not in ("SCHEDULED", "IN_PROGRESS")

    @property
    def token(self) -> Secret | None:
        """What `exports.download` takes; `None` where there is no file."""
        url = None if self.result is None else self.result.url
        if url is None:
            return None
        tokens = parse_qs(urlsplit(url.reveal()).query).get("token")
        return Secret(tokens[0]) if tokens else None
