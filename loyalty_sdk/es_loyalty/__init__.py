"""ES Loyalty, by Exchange Solutions: members' accounts, points and vouchers.

https://exchangesolutionsinc.github.io/es-user-docs/docs/api
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_sdk._core import late

if TYPE_CHECKING:
    from loyalty_sdk.es_loyalty._arguments import Moment
    from loyalty_sdk.es_loyalty.client import AsyncESLoyalty, ESLoyalty, ESLoyaltySurface
    from loyalty_sdk.es_loyalty.errors import CursorTooOld, SessionNotFound, TransactionNotFound
    from loyalty_sdk.es_loyalty.issuances import IssuanceLocale, Issuances, IssuanceType
    from loyalty_sdk.es_loyalty.models.cart import (
        Cart,
        CartCurrency,
        CartData,
        CartTotal,
        CartTotals,
        LineItem,
        LineItemType,
    )
    from loyalty_sdk.es_loyalty.models.issuance import (
        Issuance,
        IssuanceKind,
        IssuanceStatus,
        RewardType,
    )
    from loyalty_sdk.es_loyalty.models.part import (
        AdHocReward,
        AdHocRewardPart,
        BalancePart,
        GamePlay,
        OfferReward,
        OfferRewardType,
        PartAction,
        PartDetails,
        RedeemDetails,
        RedeemPart,
        RewardCurrency,
        RewardScope,
        ScopeType,
        Stacking,
        TransactionPart,
    )
    from loyalty_sdk.es_loyalty.models.payment import (
        AnyPaymentEvent,
        DeferredReason,
        OtherPaymentEvent,
        PaymentCanceled,
        PaymentCanceledDetails,
        PaymentCompleted,
        PaymentCompletedDetails,
        PaymentDeferred,
        PaymentDeferredDetails,
        PaymentEvent,
        PaymentFailed,
        PaymentFailedDetails,
        PaymentSubmitted,
        PaymentSubmittedDetails,
        RequestFailed,
        RequestFailedDetails,
        RequestScheduled,
        RequestScheduledDetails,
        RequestSubmitted,
        RequestSubmittedDetails,
    )
    from loyalty_sdk.es_loyalty.models.reservation import (
        AccountType,
        AssociatedTransaction,
        Audit,
        AuditEntry,
        CatalogueItem,
        Contribution,
        Household,
        Redemption,
        RedemptionType,
        Reservation,
    )
    from loyalty_sdk.es_loyalty.models.session import IdentifierType, Session, SessionChannel
    from loyalty_sdk.es_loyalty.models.transaction import (
        AccountStatus,
        Channel,
        ChannelDetails,
        ExpiryRule,
        PriceMatrix,
        RequestAction,
        ReversalType,
        SessionIdentifierType,
        Transaction,
        TransactionMetadata,
        TransferParty,
        VoidMetadata,
    )
    from loyalty_sdk.es_loyalty.sessions import Sessions
    from loyalty_sdk.es_loyalty.transactions import TransactionLocale, Transactions

__all__ = [
    "AccountStatus",
    "AccountType",
    "AdHocReward",
    "AdHocRewardPart",
    "AnyPaymentEvent",
    "AssociatedTransaction",
    "AsyncESLoyalty",
    "Audit",
    "AuditEntry",
    "BalancePart",
    "Cart",
    "CartCurrency",
    "CartData",
    "CartTotal",
    "CartTotals",
    "CatalogueItem",
    "Channel",
    "ChannelDetails",
    "Contribution",
    "CursorTooOld",
    "DeferredReason",
    "ESLoyalty",
    "ESLoyaltySurface",
    "ExpiryRule",
    "GamePlay",
    "Household",
    "IdentifierType",
    "Issuance",
    "IssuanceKind",
    "IssuanceLocale",
    "IssuanceStatus",
    "IssuanceType",
    "Issuances",
    "LineItem",
    "LineItemType",
    "Moment",
    "OfferReward",
    "OfferRewardType",
    "OtherPaymentEvent",
    "PartAction",
    "PartDetails",
    "PaymentCanceled",
    "PaymentCanceledDetails",
    "PaymentCompleted",
    "PaymentCompletedDetails",
    "PaymentDeferred",
    "PaymentDeferredDetails",
    "PaymentEvent",
    "PaymentFailed",
    "PaymentFailedDetails",
    "PaymentSubmitted",
    "PaymentSubmittedDetails",
    "PriceMatrix",
    "RedeemDetails",
    "RedeemPart",
    "Redemption",
    "RedemptionType",
    "RequestAction",
    "RequestFailed",
    "RequestFailedDetails",
    "RequestScheduled",
    "RequestScheduledDetails",
    "RequestSubmitted",
    "RequestSubmittedDetails",
    "Reservation",
    "ReversalType",
    "RewardCurrency",
    "RewardScope",
    "RewardType",
    "ScopeType",
    "Session",
    "SessionChannel",
    "SessionIdentifierType",
    "SessionNotFound",
    "Sessions",
    "Stacking",
    "Transaction",
    "TransactionLocale",
    "TransactionMetadata",
    "TransactionNotFound",
    "TransactionPart",
    "Transactions",
    "TransferParty",
    "VoidMetadata",
]

_MODULES = (
    "client",
    "errors",
    "sessions",
    "transactions",
    "issuances",
    "models.session",
    "models.transaction",
    "models.part",
    "models.cart",
    "models.payment",
    "models.reservation",
    "models.issuance",
)

if not TYPE_CHECKING:
    __getattr__, __dir__ = late.on_first_use(__name__, __all__, _MODULES)
