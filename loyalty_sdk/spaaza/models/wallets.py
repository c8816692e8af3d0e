"""Wallets: what was put into them and taken out.

https://docs.spaaza.com/api/user-wallet-ledger
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Literal, TypeAlias

import attrs

from loyalty_sdk._core.reading.model import Model, promised
from loyalty_sdk.spaaza.models.values import Instant

LedgerKind: TypeAlias = Literal["campaignContribution", "manual"] | str


@attrs.frozen(kw_only=True, weakref_slot=False)
class LedgerEntry(Model):
    """One change of a wallet.

    Attributes:
        amount: How much was added; negative where it was taken away.
        currency_symbol: The currency's sign; points have one, too.
        date: When.
        kind: What changed it: a campaign (`campaignContribution`), somebody (`manual`), ...
        wallet_campaign_id: The wallet, a campaign itself.
        wallet_campaign_title: Its title.
        wallet_campaign_type: Its type.
        contributing_campaign_id: The campaign that added to it.
        contributing_campaign_title: Its title, or why somebody changed the wallet.
        contributing_campaign_type: Its type.
        contributing_campaign_field_localisations: Its texts in other languages.
        campaign_title: What 1.4.4 calls `contributing_campaign_title`, before that.
        campaign_type: What 1.4.4 calls `contributing_campaign_type`, before that.
        mutator_id: Who changed it.
        mutator_name: Their name.
        receipt_id: The receipt of the purchase.
        retailer_basket_code: Your code of the purchase.
        return_transaction_receipt_id: The receipt of the return.
        return_transaction_retailer_basket_code: Your code of the return.
        branch_business_id: The store.
    """

    amount: Decimal | None = None
    currency_symbol: str | None = None
    date: Instant | None = None
    kind: LedgerKind | None = None
    wallet_campaign_id: str | None = None
    wallet_campaign_title: str | None = None
    wallet_campaign_type: str | None = None
    contributing_campaign_id: str | None = None
    contributing_campaign_title: str | None = None
    contributing_campaign_type: str | None = None
    contributing_campaign_field_localisations: Any | None = None
    campaign_title: str | None = None
    campaign_type: str | None = None
    mutator_id: str | None = None
    mutator_name: str | None = None
    receipt_id: str | None = None
    retailer_basket_code: str | None = None
    return_transaction_receipt_id: str | None = None
    return_transaction_retailer_basket_code: str | None = None
    branch_business_id: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class WalletLedger(Model):
    """What changed a customer's wallets.

    Attributes:
        type: Which wallets were asked for.
        ledger: The changes, the newest first.
        result_type: The name of the call.
    """

    type: str | None = None
    ledger: tuple[LedgerEntry, ...] | None = None
    result_type: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class PurchaseProgress(Model):
    """What was put into a wallet by hand.

    Attributes:
        id: Spaaza's id of the change.
        user_id: Whose wallet it is.
        currency_id: Spaaza's id of the currency.
        amount: How much was added; negative where it was taken away.
        progress_type: How, in Spaaza's word: `Manual`.
        log_message: Why.
        created_date: When.
        mutation_owner_id: Who changed it.
    """

    id: str = promised()
    user_id: str | None = None
    currency_id: str | None = None
    amount: Decimal | None = None
    progress_type: str | None = None
    log_message: str | None = None
    created_date: Instant | None = None
    mutation_owner_id: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class AddedProgress(Model):
    """What comes of adding to a wallet.

    Attributes:
        user_purchase_progress: The change.
        username: The e-mail address of the one who asked.
        params: What was asked for, as text.
        result_method: The HTTP verb.
        result_type: The name of the call.
    """

    user_purchase_progress: PurchaseProgress = promised()
    username: str | None = None
    params: Mapping[str, Any] | None = None
    result_method: str | None = None
    result_type: str | None = None
