"""Wallets: money, points and entries that customers collect.

https://docs.spaaza.com/api/user-wallet-ledger
"""

from __future__ import annotations

from decimal import Decimal
from typing import Unpack

from loyalty_sdk._core.calls import Call
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint
from loyalty_sdk._core.given.inputs import Prose, plain
from loyalty_sdk.errors import InvalidArgument
from loyalty_sdk.spaaza._app import LEDGER
from loyalty_sdk.spaaza._calls import about_user, change, get, numbers, reading
from loyalty_sdk.spaaza.inputs.users import UserByAnyId
from loyalty_sdk.spaaza.inputs.values import Signed
from loyalty_sdk.spaaza.inputs.wallets import WhichLedger
from loyalty_sdk.spaaza.models.wallets import AddedProgress, WalletLedger


class Wallets(Resource[R_co]):
    """Wallets."""

    @endpoint
    def get_ledger(self, **which: Unpack[WhichLedger]) -> Call[WalletLedger]:
        """What changed a customer's wallets, the newest first; see `WhichLedger`. Repeated.

        https://docs.spaaza.com/api/user-wallet-ledger
        """
        asked, app = about_user(WhichLedger, which), LEDGER.headers(self._runner)
        return get(reading(WalletLedger), "user-wallet-ledger", asked, app)

    @endpoint
    def add_progress(
        self,
        campaign_id: int | str,
        amount: Decimal | int,
        log_message: Prose,
        **user: Unpack[UserByAnyId],
    ) -> Call[AddedProgress]:
        """Put an amount into a wallet by hand, or a negative one: take it out. Not for customers.

        Never repeated: it would be added twice. `campaign_id` is the wallet, a campaign itself; the
        `amount` has 2 decimals at the most, and staff may add no more a day than the campaign's
        `max_manual_daily_amount`. `UserByAnyId` says whose wallet it is.

        https://docs.spaaza.com/api/add-user-purchase-progress
        """
        fields = {**about_user(UserByAnyId, user), **numbers(campaign_id=campaign_id)}
        fields["amount"] = _cents(plain("amount", amount, Signed))
        fields["log_message"] = plain("log_message", log_message, Prose)
        return change("POST", "auth/add-user-purchase-progress", reading(AddedProgress), fields)


def _cents(amount: Decimal | int) -> Decimal:
    rounded = Decimal(amount).quantize(Decimal("0.01"))
    if rounded != amount:
        raise InvalidArgument("amount", "must have 2 decimals at the most")
    return rounded
