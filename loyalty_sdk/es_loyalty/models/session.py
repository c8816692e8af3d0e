"""An opened session.

https://exchangesolutionsinc.github.io/es-user-docs/docs/api/es-loyalty/customer-experience/start-session/start-session-for-user-account
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import attrs

from loyalty_sdk._core.credentials import Hidden
from loyalty_sdk._core.reading.model import Model, promised

IdentifierType: TypeAlias = Literal[
    "ACCOUNT_ID",
    "LOYALTY_ID",
    "EXTERNAL_ID",
    "EMAIL",
    "PARTNER_LINK_ID",
    "PHONE_NUMBER",
    "EXTERNAL_AGENT_ID",
]
SessionChannel: TypeAlias = Literal["APP", "STORE", "POS", "PARTNER", "WEBSITE"] | str


@attrs.frozen(kw_only=True, weakref_slot=False)
class Session(Model):
    """An opened session: it stands for the account in every later call.

    The balances that the vendor sends with it are in `extra`: their names are not documented. In a
    session that was opened by phone number they are 0, for such a session cannot redeem.

    Attributes:
        correlation_id: What the later calls take; a `Secret`, for it stands for the account.
        account_id: The account.
        loyalty_id: The number of the card that the session uses.
    """

    correlation_id: Hidden = promised("correlationId")
    account_id: str = promised("accountId")
    loyalty_id: str = promised("loyaltyId")
