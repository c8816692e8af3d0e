"""Synthetic events of an integrated payment provider.

https://exchangesolutionsinc.github.io/es-user-docs/docs/api
"""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from .moments import epoch, iso
from .parts import Draft, Json


def payment_details(draft: Draft) -> list[Json]:
    """One event of each type, an hour apart."""
    return [
        _event(draft.at + timedelta(hours=number), kind, details)
        for number, (kind, details) in enumerate(_details(draft).items())
    ]


def _event(at: datetime, kind: str, details: Json) -> Json:
    return {
        "Provider": "SANDBOX_PAY",
        "EventDate": iso(at),
        "EventDateEpoch": epoch(at),
        "EventName": kind.replace("_", " ").capitalize(),
        "EventType": kind,
        "EventDetails": details,
    }


def _details(draft: Draft) -> dict[str, Json]:
    day = iso(draft.at + timedelta(days=1))
    amount, reference = Decimal("12.50"), f"sandbox-payment-{draft.number}"
    return {
        "ESL_REQUEST_SCHEDULED": {"ScheduledDate": day},
        "ESL_REQUEST_SUBMITTED": {
            "PaymentCurrency": "USD",
            "ReferenceCode": reference,
            "PaymentAmount": amount,
            "SubmissionDate": day,
            "ExternalIdentifier": f"sandbox-order-{draft.number}",
            "BatchID": "sandbox-batch-1",
        },
        "ESL_REQUEST_ERROR": {
            "ErrorDescription": "The payee is not known",
            "ExternalIdentifier": f"sandbox-order-{draft.number}",
            "PayeeID": "sandbox-payee",
            "PayingEntityID": "sandbox-payer",
            "PaymentAmount": amount,
            "PaymentCurrency": "USD",
        },
        "PAYMENT_SUBMITTED": {"SubmissionDate": day},
        "PAYMENT_ERROR": {
            "ErrorDescription": "The bank has refused",
            "ErrorDate": day,
            "ErrorCode": "SANDBOX-17",
        },
        "PAYMENT_CANCELED": {"CancelledDate": day},
        "PAYMENT_COMPLETED": {
            "CompletionDate": day,
            "ProviderValueDate": day,
            "TransactionReference": reference,
        },
        "PAYMENT_DEFERRED": {
            "DeferredDate": day,
            "DeferredReasons": [
                {"reasonDescription": "Payee is suspended", "reasonCode": "SANDBOX-1"},
                {"reasonDescription": "Amount is too low", "reasonCode": "SANDBOX-2"},
            ],
        },
    }
