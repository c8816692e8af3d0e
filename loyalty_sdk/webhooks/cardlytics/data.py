"""What Cardlytics' events are about.

https://platform.cardlytics.com/publisher-integrations/docs/redemptions-webhook,
https://docs.cardlytics.com/poweredby/api-reference-notify-reward.html,
https://docs.cardlytics.com/poweredby/api-reference-notify-enrollment.html
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Literal, TypeAlias

import attrs

from loyalty_sdk._core.reading.model import Model, renamed
from loyalty_sdk.cardlytics.v2.models.customers import Redemption


@attrs.frozen(kw_only=True, weakref_slot=False)
class Redeemed(Model):
    """Offers were redeemed; amounts may change until the event is `REDEMPTION_CONFIRMED`.

    Attributes:
        redemptions: The redemptions.
    """

    redemptions: tuple[Redemption, ...] | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class Reward(Model):
    """The state of a reward changed.

    Attributes:
        transaction_id: The transaction that earned it.
        user_id: Your id of the customer.
        amount: What the customer gets, in the currency's smallest unit.
        currency: The currency.
        last4: The last digits of the card.
        merchant: Who gives it.
        icon: The address of an image of the merchant.
    """

    transaction_id: str | None = renamed("transactionId")
    user_id: str | None = renamed("userId")
    amount: Decimal | None = None
    currency: str | None = None
    last4: str | None = None
    merchant: str | None = None
    icon: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class Enrolment(Model):
    """A card takes part, or does no more.

    Attributes:
        user_id: Your id of the customer.
        payment_network_id: The network.
        card_id: The network's id of the card.
        card_last_four: The last digits of the card.
    """

    user_id: str | None = renamed("userId")
    payment_network_id: Literal["VISA", "MASTERCARD", "AMEX", "DISCOVER", "PAYPAL"] | str | None = (
        renamed("paymentNetworkId")
    )
    card_id: str | None = renamed("cardId")
    card_last_four: str | None = renamed("cardLastFour")


@attrs.frozen(kw_only=True, weakref_slot=False)
class Envelope(Model):
    """What every event has.

    Attributes:
        event_id: Its id; a repeated one has the same.
        event: What happened.
        event_type: The same, where rewards have it so.
        event_timestamp: When.
        notification_timestamp: When it was sent.
    """

    event_id: str | None = renamed("eventId")
    event: str | None = None
    event_type: str | None = renamed("eventType")
    event_timestamp: datetime | None = renamed("eventTimestamp")
    notification_timestamp: datetime | None = renamed("notificationTimestamp")


EventData: TypeAlias = Redeemed | Reward | Enrolment
"""What the events that are documented are about."""

_TYPES: Mapping[type[EventData], str] = {
    Redeemed: "REDEMPTION_PENDING REDEMPTION_CONFIRMED REDEMPTION_ACCUMULATING_PENDING",
    Reward: """
        REWARD_PENDING REWARD_CONFIRMED REWARD_FAILED
        PAYOUT_PENDING PAYOUT_FAILED PAYOUT_CONFIRMED
    """,
    Enrolment: "ENROLLMENT_CONFIRMED ENROLLMENT_TERMINATED",
}

DATA_BY_TYPE: Mapping[str, type[EventData]] = {
    name: model for model, names in _TYPES.items() for name in names.split()
}
"""The class of the data, for the types of events that are documented."""
