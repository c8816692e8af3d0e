"""What is put into wallets, and purchases that are kept.

https://docs.spaaza.com/api/user-wallet-ledger
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import attrs

from .vouchers import Campaign, Json, iso


@attrs.frozen(kw_only=True)
class Entry:
    """One change of a wallet.

    Attributes:
        user_id: Whose wallet it is.
        campaign_id: The wallet.
        amount: How much was added.
        at: When.
        title: The campaign that did it, or why somebody did.
        basket: The code of the purchase, where one did it.
        mutator: Who did it, where somebody did.
    """

    user_id: int
    campaign_id: int
    amount: Decimal
    at: datetime
    title: str
    basket: str | None = None
    mutator: int | None = None

    def content(self, wallet: Campaign) -> Json:
        """The change as the vendor shows it."""
        by_hand = self.basket is None
        return {
            "amount": float(self.amount),
            "branch_business_id": None,
            "contributing_campaign_field_localisations": None,
            "contributing_campaign_id": None,
            "contributing_campaign_title": self.title,
            "contributing_campaign_type": "manual" if by_hand else "cashback",
            "currency_symbol": "€",
            "date": iso(self.at),
            "kind": "manual" if by_hand else "campaignContribution",
            "mutator_id": self.mutator,
            "mutator_name": None if self.mutator is None else "Sandbox Admin",
            "receipt_id": None,
            "retailer_basket_code": self.basket,
            "return_transaction_receipt_id": None,
            "return_transaction_retailer_basket_code": None,
            "wallet_campaign_id": wallet.campaign_id,
            "wallet_campaign_title": wallet.title,
            "wallet_campaign_type": wallet.campaign_type,
        }


@attrs.frozen(kw_only=True)
class Basket:
    """A purchase that was said to be made.

    Attributes:
        basket_id: The vendor's identifier of it.
        chain_id: The chain.
        code: The retailer's code of it.
        total: What was paid.
        user_id: Who bought; `None` for nobody known.
    """

    basket_id: int
    chain_id: int
    code: str
    total: Decimal
    user_id: int | None
