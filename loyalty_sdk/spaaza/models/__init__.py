"""What Spaaza answers with; one file an object of the vendor's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_sdk._core import late

if TYPE_CHECKING:
    from loyalty_sdk.spaaza.models.baskets import BasketAnswer, PricedBasket
    from loyalty_sdk.spaaza.models.campaigns import (
        AssignedBusiness,
        Campaign,
        UpdatedBy,
        UserProgress,
    )
    from loyalty_sdk.spaaza.models.sessions import PasscodeRequired, Session
    from loyalty_sdk.spaaza.models.users import (
        Card,
        EntityCode,
        Gender,
        HomeStore,
        LoyaltyStatus,
        OptInProgramme,
        PushSubscription,
        SignupStore,
        User,
        UserInfo,
        UserType,
    )
    from loyalty_sdk.spaaza.models.values import Currency, Instant
    from loyalty_sdk.spaaza.models.vouchers import (
        AssignedCampaign,
        ChangedVoucher,
        ClaimedVouchers,
        CreatingUser,
        EndedVoucher,
        RedeemingBasket,
        UserVoucher,
        UserVouchers,
        Voucher,
        VoucherCampaign,
        VoucherStatus,
        VoucherTask,
        VoucherType,
    )
    from loyalty_sdk.spaaza.models.wallets import (
        AddedProgress,
        LedgerEntry,
        LedgerKind,
        PurchaseProgress,
        WalletLedger,
    )

__all__ = [
    "AddedProgress",
    "AssignedBusiness",
    "AssignedCampaign",
    "BasketAnswer",
    "Campaign",
    "Card",
    "ChangedVoucher",
    "ClaimedVouchers",
    "CreatingUser",
    "Currency",
    "EndedVoucher",
    "EntityCode",
    "Gender",
    "HomeStore",
    "Instant",
    "LedgerEntry",
    "LedgerKind",
    "LoyaltyStatus",
    "OptInProgramme",
    "PasscodeRequired",
    "PricedBasket",
    "PurchaseProgress",
    "PushSubscription",
    "RedeemingBasket",
    "Session",
    "SignupStore",
    "UpdatedBy",
    "User",
    "UserInfo",
    "UserProgress",
    "UserType",
    "UserVoucher",
    "UserVouchers",
    "Voucher",
    "VoucherCampaign",
    "VoucherStatus",
    "VoucherTask",
    "VoucherType",
    "WalletLedger",
]

_MODULES = (
    "baskets",
    "campaigns",
    "sessions",
    "users",
    "values",
    "vouchers",
    "wallets",
)

if not TYPE_CHECKING:
    __getattr__, __dir__ = late.on_first_use(__name__, __all__, _MODULES)
