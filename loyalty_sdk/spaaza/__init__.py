"""Spaaza: vouchers, campaigns and wallets of retail chains.

https://docs.spaaza.com
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_sdk._core import late

if TYPE_CHECKING:
    from loyalty_sdk.spaaza.auth import AdminSession, PrivilegedToken, UserSession
    from loyalty_sdk.spaaza.baskets import Baskets
    from loyalty_sdk.spaaza.campaigns import Campaigns
    from loyalty_sdk.spaaza.client import AsyncSpaaza, Spaaza, SpaazaSurface
    from loyalty_sdk.spaaza.inputs.baskets import (
        BasketFields,
        BasketItemFields,
        BasketVoucherFields,
        ClaimBasketFields,
        CurrencyFields,
        EntityFields,
        MemberFields,
        NewBasket,
        PaymentFields,
        TaxFields,
    )
    from loyalty_sdk.spaaza.inputs.campaigns import CampaignList
    from loyalty_sdk.spaaza.inputs.users import (
        NewUser,
        UserByAny,
        UserByAnyId,
        UserByName,
        UserByNumber,
        UserChanges,
        UserFields,
        WhichCard,
        WhichUser,
    )
    from loyalty_sdk.spaaza.inputs.vouchers import (
        ClaimFields,
        ClaimManyFields,
        EndFields,
        LockFields,
        NewVoucher,
        RedeemFields,
        VoucherCsv,
        VoucherFilters,
        VoucherList,
        WhichUserVouchers,
    )
    from loyalty_sdk.spaaza.inputs.wallets import WhichLedger
    from loyalty_sdk.spaaza.models import (
        AddedProgress,
        AssignedBusiness,
        AssignedCampaign,
        BasketAnswer,
        Campaign,
        Card,
        ChangedVoucher,
        ClaimedVouchers,
        CreatingUser,
        Currency,
        EndedVoucher,
        EntityCode,
        Gender,
        HomeStore,
        LedgerEntry,
        LedgerKind,
        LoyaltyStatus,
        OptInProgramme,
        PasscodeRequired,
        PricedBasket,
        PurchaseProgress,
        PushSubscription,
        RedeemingBasket,
        Session,
        SignupStore,
        UpdatedBy,
        User,
        UserInfo,
        UserProgress,
        UserType,
        UserVoucher,
        UserVouchers,
        Voucher,
        VoucherCampaign,
        VoucherStatus,
        VoucherTask,
        VoucherType,
        WalletLedger,
    )
    from loyalty_sdk.spaaza.relative import Relative
    from loyalty_sdk.spaaza.rows import VoucherRow
    from loyalty_sdk.spaaza.sessions import Sessions
    from loyalty_sdk.spaaza.users import Users
    from loyalty_sdk.spaaza.vouchers import Vouchers
    from loyalty_sdk.spaaza.walk import Walk
    from loyalty_sdk.spaaza.wallets import Wallets

__all__ = [
    "AddedProgress",
    "AdminSession",
    "AssignedBusiness",
    "AssignedCampaign",
    "AsyncSpaaza",
    "BasketAnswer",
    "BasketFields",
    "BasketItemFields",
    "BasketVoucherFields",
    "Baskets",
    "Campaign",
    "CampaignList",
    "Campaigns",
    "Card",
    "ChangedVoucher",
    "ClaimBasketFields",
    "ClaimFields",
    "ClaimManyFields",
    "ClaimedVouchers",
    "CreatingUser",
    "Currency",
    "CurrencyFields",
    "EndFields",
    "EndedVoucher",
    "EntityCode",
    "EntityFields",
    "Gender",
    "HomeStore",
    "LedgerEntry",
    "LedgerKind",
    "LockFields",
    "LoyaltyStatus",
    "MemberFields",
    "NewBasket",
    "NewUser",
    "NewVoucher",
    "OptInProgramme",
    "PasscodeRequired",
    "PaymentFields",
    "PricedBasket",
    "PrivilegedToken",
    "PurchaseProgress",
    "PushSubscription",
    "RedeemFields",
    "RedeemingBasket",
    "Relative",
    "Session",
    "Sessions",
    "SignupStore",
    "Spaaza",
    "SpaazaSurface",
    "TaxFields",
    "UpdatedBy",
    "User",
    "UserByAny",
    "UserByAnyId",
    "UserByName",
    "UserByNumber",
    "UserChanges",
    "UserFields",
    "UserInfo",
    "UserProgress",
    "UserSession",
    "UserType",
    "UserVoucher",
    "UserVouchers",
    "Users",
    "Voucher",
    "VoucherCampaign",
    "VoucherCsv",
    "VoucherFilters",
    "VoucherList",
    "VoucherRow",
    "VoucherStatus",
    "VoucherTask",
    "VoucherType",
    "Vouchers",
    "Walk",
    "WalletLedger",
    "Wallets",
    "WhichCard",
    "WhichLedger",
    "WhichUser",
    "WhichUserVouchers",
]

_MODULES = (
    "client",
    "auth",
    "relative",
    "models",
    "vouchers",
    "sessions",
    "walk",
    "rows",
    "baskets",
    "campaigns",
    "users",
    "wallets",
    "inputs.baskets",
    "inputs.campaigns",
    "inputs.users",
    "inputs.vouchers",
    "inputs.wallets",
)

if not TYPE_CHECKING:
    __getattr__, __dir__ = late.on_first_use(__name__, __all__, _MODULES)
