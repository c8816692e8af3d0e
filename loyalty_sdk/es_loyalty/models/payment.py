"""What happened at an integrated payment provider: one class for each type of event.

https://exchangesolutionsinc.github.io/es-user-docs/docs/api/es-loyalty/customer-experience/transactions/transaction-history
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeAlias

import attrs

from loyalty_sdk._core.reading.model import Model, Variant, promised, renamed
from loyalty_sdk.es_loyalty.models._shapes import moment


@attrs.frozen(kw_only=True, weakref_slot=False)
class PaymentEvent(Model):
    """What all events of a payment have in common.

    Attributes:
        provider: The payment provider, such as `TIPALTI`.
        event_name: A name to recognise the event by.
        event_date_iso: When it happened, as text.
        event_date_epoch: When it happened, in milliseconds.
    """

    provider: str | None = renamed("Provider")
    event_name: str | None = renamed("EventName")
    event_date_iso: str | None = renamed("EventDate")
    event_date_epoch: int | None = renamed("EventDateEpoch")

    @property
    def event_date(self) -> datetime | None:
        """When it happened; by the epoch, where the vendor sends both."""
        return moment(self.event_date_epoch, self.event_date_iso)


@attrs.frozen(kw_only=True, weakref_slot=False)
class RequestScheduledDetails(Model):
    """When a request will be submitted.

    Attributes:
        scheduled_date_iso: The time, as text.
    """

    scheduled_date_iso: str | None = renamed("ScheduledDate")

    @property
    def scheduled_date(self) -> datetime | None:
        """The time, where the text names an offset."""
        return moment(None, self.scheduled_date_iso)


@attrs.frozen(kw_only=True, weakref_slot=False)
class RequestScheduled(PaymentEvent):
    """ES Loyalty will submit a request for a payment.

    Attributes:
        event_type: The type of event.
        event_details: When.
    """

    event_type: Literal["ESL_REQUEST_SCHEDULED"] = promised("EventType")
    event_details: RequestScheduledDetails | None = renamed("EventDetails")


@attrs.frozen(kw_only=True, weakref_slot=False)
class RequestSubmittedDetails(Model):
    """What was requested.

    Attributes:
        payment_currency: The currency, such as `USD`.
        reference_code: The provider's reference.
        payment_amount: What the provider pays.
        submission_date_iso: When it was submitted, as text.
        external_identifier: The client's own id for it.
        batch_id: The provider's id of the batch.
    """

    payment_currency: str | None = renamed("PaymentCurrency")
    reference_code: str | None = renamed("ReferenceCode")
    payment_amount: Decimal | None = renamed("PaymentAmount")
    submission_date_iso: str | None = renamed("SubmissionDate")
    external_identifier: str | None = renamed("ExternalIdentifier")
    batch_id: str | None = renamed("BatchID")

    @property
    def submission_date(self) -> datetime | None:
        """When it was submitted, where the text names an offset."""
        return moment(None, self.submission_date_iso)


@attrs.frozen(kw_only=True, weakref_slot=False)
class RequestSubmitted(PaymentEvent):
    """ES Loyalty submitted a request for a payment.

    Attributes:
        event_type: The type of event.
        event_details: What was requested.
    """

    event_type: Literal["ESL_REQUEST_SUBMITTED"] = promised("EventType")
    event_details: RequestSubmittedDetails | None = renamed("EventDetails")


@attrs.frozen(kw_only=True, weakref_slot=False)
class RequestFailedDetails(Model):
    """Which request failed, and why.

    Attributes:
        error_description: Why there is no payment.
        external_identifier: The client's own id for it.
        payee_id: Who was to be paid.
        paying_entity_id: Who was to pay.
        payment_amount: How much.
        payment_currency: In which currency, such as `USD`.
    """

    error_description: str | None = renamed("ErrorDescription")
    external_identifier: str | None = renamed("ExternalIdentifier")
    payee_id: str | None = renamed("PayeeID")
    paying_entity_id: str | None = renamed("PayingEntityID")
    payment_amount: Decimal | None = renamed("PaymentAmount")
    payment_currency: str | None = renamed("PaymentCurrency")


@attrs.frozen(kw_only=True, weakref_slot=False)
class RequestFailed(PaymentEvent):
    """ES Loyalty could not submit a request for a payment.

    Attributes:
        event_type: The type of event.
        event_details: Which one, and why.
    """

    event_type: Literal["ESL_REQUEST_ERROR"] = promised("EventType")
    event_details: RequestFailedDetails | None = renamed("EventDetails")


@attrs.frozen(kw_only=True, weakref_slot=False)
class PaymentSubmittedDetails(Model):
    """When a payment was submitted.

    Attributes:
        submission_date_iso: The time, as text.
    """

    submission_date_iso: str | None = renamed("SubmissionDate")

    @property
    def submission_date(self) -> datetime | None:
        """The time, where the text names an offset."""
        return moment(None, self.submission_date_iso)


@attrs.frozen(kw_only=True, weakref_slot=False)
class PaymentSubmitted(PaymentEvent):
    """The payment is being processed.

    Attributes:
        event_type: The type of event.
        event_details: Since when.
    """

    event_type: Literal["PAYMENT_SUBMITTED"] = promised("EventType")
    event_details: PaymentSubmittedDetails | None = renamed("EventDetails")


@attrs.frozen(kw_only=True, weakref_slot=False)
class PaymentFailedDetails(Model):
    """Why a payment failed.

    Attributes:
        error_description: The kind of error.
        error_date_iso: When it happened, as text.
        error_code: The provider's code for it.
    """

    error_description: str | None = renamed("ErrorDescription")
    error_date_iso: str | None = renamed("ErrorDate")
    error_code: str | None = renamed("ErrorCode")

    @property
    def error_date(self) -> datetime | None:
        """When it happened, where the text names an offset."""
        return moment(None, self.error_date_iso)


@attrs.frozen(kw_only=True, weakref_slot=False)
class PaymentFailed(PaymentEvent):
    """The payment failed.

    Attributes:
        event_type: The type of event.
        event_details: Why.
    """

    event_type: Literal["PAYMENT_ERROR"] = promised("EventType")
    event_details: PaymentFailedDetails | None = renamed("EventDetails")


@attrs.frozen(kw_only=True, weakref_slot=False)
class PaymentCanceledDetails(Model):
    """When a payment was cancelled.

    Attributes:
        cancelled_date_iso: The time, as text.
    """

    cancelled_date_iso: str | None = renamed("CancelledDate")

    @property
    def cancelled_date(self) -> datetime | None:
        """The time, where the text names an offset."""
        return moment(None, self.cancelled_date_iso)


@attrs.frozen(kw_only=True, weakref_slot=False)
class PaymentCanceled(PaymentEvent):
    """The payment was cancelled.

    Attributes:
        event_type: The type of event.
        event_details: When.
    """

    event_type: Literal["PAYMENT_CANCELED"] = promised("EventType")
    event_details: PaymentCanceledDetails | None = renamed("EventDetails")


@attrs.frozen(kw_only=True, weakref_slot=False)
class PaymentCompletedDetails(Model):
    """When a payment was made.

    Attributes:
        completion_date_iso: When it was completed, as text.
        provider_value_date_iso: When the provider was done with it, as text.
        transaction_reference: The id of the payment.
    """

    completion_date_iso: str | None = renamed("CompletionDate")
    provider_value_date_iso: str | None = renamed("ProviderValueDate")
    transaction_reference: str | None = renamed("TransactionReference")

    @property
    def completion_date(self) -> datetime | None:
        """When it was completed, where the text names an offset."""
        return moment(None, self.completion_date_iso)

    @property
    def provider_value_date(self) -> datetime | None:
        """When the provider was done with it, where the text names an offset."""
        return moment(None, self.provider_value_date_iso)


@attrs.frozen(kw_only=True, weakref_slot=False)
class PaymentCompleted(PaymentEvent):
    """The payment was made.

    Attributes:
        event_type: The type of event.
        event_details: When.
    """

    event_type: Literal["PAYMENT_COMPLETED"] = promised("EventType")
    event_details: PaymentCompletedDetails | None = renamed("EventDetails")


@attrs.frozen(kw_only=True, weakref_slot=False)
class DeferredReason(Model):
    """A reason to put a payment off.

    Attributes:
        reason_description: The reason, such as `Payee is suspended`.
        reason_code: The provider's code for it.
    """

    reason_description: str | None = renamed("reasonDescription")
    reason_code: str | None = renamed("reasonCode")


@attrs.frozen(kw_only=True, weakref_slot=False)
class PaymentDeferredDetails(Model):
    """When and why a payment was put off.

    Attributes:
        deferred_date_iso: When, as text.
        deferred_reasons: Why.
    """

    deferred_date_iso: str | None = renamed("DeferredDate")
    deferred_reasons: tuple[DeferredReason, ...] | None = renamed("DeferredReasons")

    @property
    def deferred_date(self) -> datetime | None:
        """When, where the text names an offset."""
        return moment(None, self.deferred_date_iso)


@attrs.frozen(kw_only=True, weakref_slot=False)
class PaymentDeferred(PaymentEvent):
    """The payment was put off.

    Attributes:
        event_type: The type of event.
        event_details: When and why.
    """

    event_type: Literal["PAYMENT_DEFERRED"] = promised("EventType")
    event_details: PaymentDeferredDetails | None = renamed("EventDetails")


@attrs.frozen(kw_only=True, weakref_slot=False)
class OtherPaymentEvent(PaymentEvent):
    """An event of a type that the SDK does not know.

    Attributes:
        event_type: The type of event.
        event_details: What is said about it, as sent.
    """

    event_type: str = promised("EventType")
    event_details: Mapping[str, Any] | None = renamed("EventDetails")


_EVENTS: Mapping[str, type[Model]] = {
    "ESL_REQUEST_SCHEDULED": RequestScheduled,
    "ESL_REQUEST_SUBMITTED": RequestSubmitted,
    "ESL_REQUEST_ERROR": RequestFailed,
    "PAYMENT_SUBMITTED": PaymentSubmitted,
    "PAYMENT_ERROR": PaymentFailed,
    "PAYMENT_CANCELED": PaymentCanceled,
    "PAYMENT_COMPLETED": PaymentCompleted,
    "PAYMENT_DEFERRED": PaymentDeferred,
}


def _event_class(event: Mapping[str, Any]) -> type[Model]:
    """By `EventType`, which stands beside the details that it decides about."""
    return _EVENTS.get(str(event.get("EventType")), OtherPaymentEvent)


AnyPaymentEvent: TypeAlias = Annotated[
    RequestScheduled
    | RequestSubmitted
    | RequestFailed
    | PaymentSubmitted
    | PaymentFailed
    | PaymentCanceled
    | PaymentCompleted
    | PaymentDeferred
    | OtherPaymentEvent,
    Variant(_event_class),
]
