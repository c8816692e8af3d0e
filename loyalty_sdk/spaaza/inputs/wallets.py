"""Which wallet a call is about.

https://docs.spaaza.com/api/user-wallet-ledger
"""

from __future__ import annotations

from loyalty_sdk.spaaza.inputs.users import UserByNumber
from loyalty_sdk.spaaza.inputs.values import Id


class WhichLedger(UserByNumber, total=False):
    """Whose wallets are asked for; it has all fields of `UserByNumber`, too.

    Attributes:
        auxiliary_identifier: Or one more id.
        type: Which wallets: `wallet`, `points`, `entries`, ...
        chain_id: The chain; staff must say it, and with a privileged token it is refused from
            1.5.4 on.
    """

    auxiliary_identifier: str | None
    type: str | None
    chain_id: Id | None
