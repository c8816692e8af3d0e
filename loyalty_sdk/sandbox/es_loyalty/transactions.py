"""Synthetic transactions: what all of them have, around what each kind adds.

https://exchangesolutionsinc.github.io/es-user-docs/docs/api
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache, cached_property
from typing import Literal, cast

import attrs

from ..switches import IdentifierType
from ..synthetic import dice, uuid_text
from .accounts import Account
from .moments import epoch, iso, iso_eastern
from .parts import CENTS, Draft, Json
from .recipes import RECIPES, Recipe, Shape

Hiding = Literal["audit", "voided", "netZeroActivityTxns"]

CHANNELS = (
    "SYSTEM",
    "CONSOLE",
    "POS",
    "STORE",
    "APP",
    "ONLINE",
    "PARTNER",
    "WEBPOS",
    "SANDBOX_KIOSK",
)
FIRST_BALANCE = 100_000
IDENTIFIER_TYPES: tuple[IdentifierType, ...] = ("ACCOUNT_ID", "LOYALTY_ID", "EXTERNAL_ID")
STATUSES = ("ACTIVE", "INACTIVE", "DAMAGED")
PRICE_MATRICES = ("R", "E", "R,E")


@attrs.frozen(kw_only=True, slots=False)
class Transaction:
    """One transaction.

    Attributes:
        content: The transaction as the vendor shows it.
    """

    content: Mapping[str, object]

    @property
    def id(self) -> str:
        """The transaction's identifier."""
        return str(self.content["TransactionID"])

    @property
    def at(self) -> int:
        """When it occurred, in milliseconds since 1970."""
        return cast("int", self.content["TransactionDateEpoch"])

    @property
    def action(self) -> str:
        """What the vendor calls `RequestAction`."""
        return str(self.content["RequestAction"])

    @property
    def balance(self) -> int:
        """The points after it."""
        return cast("int", self.content.get("NewPointBalance", 0))

    @property
    def external_id(self) -> object:
        """The client's own identifier of it, if there is one."""
        return self.content.get("ExternalTransactionID")

    @cached_property
    def hidden_as(self) -> Hiding | None:
        """The setting that hides it, of those the documents name."""
        content = cast("Json", self.content)
        parts = cast("list[Json]", content.get("TransactionParts") or [])
        details = [cast("Json", part.get("partDetails") or {}) for part in parts]
        if any(one.get("IsAudit") for one in details):
            return "audit"
        metadata = cast("Json", content.get("MetaData") or {})
        if self.action == "VOID" or "VoidMetaData" in metadata:
            return "voided"
        if self.action == "ACTIVITY" and content.get("NetAmount") == 0:
            return "netZeroActivityTxns"
        return None


def draft_transactions(
    seed: int, account: Account, moments: Iterable[datetime]
) -> Iterator[Transaction]:
    """One transaction for each moment, each kind in turn; the balance runs along.

    Args:
        seed: What the data are made from.
        account: Whose transactions they are.
        moments: When they occurred, oldest first.
    """
    balance = FIRST_BALANCE
    for number, at in enumerate(moments):
        made = draft_transaction(
            RECIPES[number % len(RECIPES)], seed, account, number=number, at=at, balance=balance
        )
        balance = made.balance
        yield made


def draft_transaction(
    recipe: Recipe, seed: int, account: Account, *, number: int, at: datetime, balance: int
) -> Transaction:
    """The transaction of an account with this number, upon a balance."""

    @cache
    def id_of(other: int) -> str:
        return uuid_text(dice(seed, "es-loyalty-transaction-id", account.number, other))

    draft = Draft(
        account=account,
        number=number,
        at=at,
        balance=balance,
        source=dice(seed, "es-loyalty-transaction", account.number, number),
        id_of=id_of,
    )
    return Transaction(content=_content(draft, recipe(draft)))


def _content(draft: Draft, shape: Shape) -> Json:
    number, net = draft.number, shape.net
    processed = draft.at + timedelta(seconds=shape.seconds_to_process)
    dollars = Decimal(net) / 1000
    content: Json = {
        "TransactionID": draft.id,
        "AccountID": draft.account.account_id,
        "RequestAction": shape.action,
        "TransactionDate": iso_eastern(draft.at) if number % 4 == 1 else iso(draft.at),
        "TransactionDateEpoch": epoch(draft.at),
        "ProcessedDate": iso(processed),
        "ProcessEpoch": epoch(processed),
        "MetaData": {**_metadata(draft), **shape.metadata},
        "NetAmount": net,
        "NetAmountDollars": dollars.quantize(CENTS),
        "NetAmountInDollars": dollars.quantize(CENTS) if number % 2 else float(dollars),
        "TransactionParts": [one.content for one in shape.parts],
        "OriginalPointBalance": draft.balance,
        "NewPointBalance": draft.balance + net,
        "Channel": CHANNELS[number % len(CHANNELS)],
        "SessionID": draft.id,
        "OriginalTransactionID": draft.id,
        "PreviousTransactionID": draft.id_of(number - 1) if number else None,
        "TransactionAmount": Decimal(abs(net)) / 10,
        "EligibleTransactionAmount": abs(net) // 10,
        "ChannelDetails": _channel_details(draft, carded=shape.carded),
        "BusinessUnit": "" if number % 7 == 3 else draft.business_unit,
        "RewardOnHold": 0,
    }
    if number % 3:
        # Several transactions of one purchase share the merchant's identifier.
        content["ExternalTransactionID"] = f"sandbox-order-{draft.account.number}-{number // 6}"
    return {**content, **shape.more}


def _metadata(draft: Draft) -> Json:
    number, account = draft.number, draft.account
    kind = IDENTIFIER_TYPES[number % len(IDENTIFIER_TYPES)]
    return {
        "SessionIdentifierType": kind,
        "SessionIdentifierValue": account.identifier(kind),
        "ExternalReferenceId": f"sandbox-reference-{number}",
        "LastActivityDateEpoch": epoch(draft.at - timedelta(days=3)),
        "AccountStatus": STATUSES[number % 3],
        "LoyaltyStatus": STATUSES[(number + 1) % 3],
        "EligibleToEarn": number % 5 != 0,
        "POINTS_BANK_SOR": number % 2 == 0,
        "affectsBalance": number % 4 != 0,
    }


def _channel_details(draft: Draft, *, carded: bool) -> Json:
    number = draft.number
    details: Json = {
        "tillNumber": f"{number % 12:03}",
        "storeNumber": f"{1000 + number % 40}",
        "storeName": "Sandbox Store",
        "priceMatrix": PRICE_MATRICES[number % 3],
        "retailBanner": "Sandbox Banner",
        "employeeCode": f"E{number % 90:04}",
        "SessionID": draft.id,
        "OriginalTransactionID": draft.id,
    }
    # A number in the documents; some tills are known to send text.
    if carded:
        card = draft.account.loyalty_id
        details["loyaltyId"] = card if number % 8 == 5 else int(card)
    return details
