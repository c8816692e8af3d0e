"""How version 2 shows what version 1 shows otherwise.

https://docs.cardlytics.com/ads/v2/api/ads/get-ads.html
"""

from __future__ import annotations

from datetime import datetime

from ..ads import ACTIVATED, EXPIRED, NEW, PROCESSING, REDEEMED, SERVED, Ad
from ..customers import Customer
from ..redemptions import Redemption
from ..view import Json, zulu

PORTFOLIO = "sandbox-standard"
_ACTIVATION = {
    NEW: "NEW",
    SERVED: "SERVED",
    ACTIVATED: "ACTIVATED",
    PROCESSING: "ACTIVATED",
    REDEEMED: "ACTIVATED",
    EXPIRED: "SERVED",
}
_REDEMPTION = {PROCESSING: "PROCESSING", REDEEMED: "FULLY_REDEEMED"}
_OPENED = "2020-01-01T08:00:00Z"


def activation_state(ad: Ad) -> str:
    """How far an ad is; a state of version 1 that version 2 has no word for is a new one."""
    return _ACTIVATION.get(ad.status, "PAUSED")


def visibility_state(ad: Ad) -> str:
    """Whether the customer put an ad aside."""
    return "PARKED" if ad.is_parked else "VISIBLE"


def redemption_state(ad: Ad) -> str | None:
    """How far the redemption of an ad is."""
    return _REDEMPTION.get(ad.status)


def is_expired(ad: Ad, now: datetime) -> bool:
    """Whether an ad has ended."""
    return ad.status == EXPIRED or ad.ends_at <= now


def shown_ad(ad: Ad, with_assets: bool) -> Json:
    """An ad; its assets only where they were asked for."""
    content: Json = {
        "adId": str(ad.ad_id),
        "adType": "CASH_BACK_OFFER",
        "adServeToken": ad.serve_token,
        "startDate": "2022-01-01",
        "endDate": zulu(ad.ends_at),
        "merchantName": ad.merchant,
        "sections": ["Landing"],
        "reward": _reward(ad),
        "activationState": activation_state(ad),
        "visibilityState": visibility_state(ad),
        "isAffiliateMarketing": False,
    }
    if ad.activated_at is not None:
        content["activationDate"] = zulu(ad.activated_at)
    if redemption_state(ad) is not None:
        content["redemptionState"] = redemption_state(ad)
    if with_assets:
        content["assets"] = _assets(ad)
    return content


def _reward(ad: Ad) -> Json:
    requirement: Json = {"merchantUrlLinkClickRequired": False, "purchaseChannels": ["InStore"]}
    if ad.purchase_types:
        requirement["purchaseTypes"] = list(ad.purchase_types)
    if ad.least is not None:
        requirement["minSpendAmount"] = ad.least
    return {
        "rewardType": "PERCENT_AMOUNT_PURCHASE" if ad.is_percentage else "FIXED_AMOUNT_PURCHASE",
        "rewardAmount": ad.amount,
        "maxRewardAmount": ad.most,
        "isMultiRedemption": False,
        "purchaseRequirement": requirement,
        "activationModel": "ACTIVATABLE",
    }


def _assets(ad: Ad) -> Json:
    place = f"https://images.sandbox.example.com/v2/{ad.ad_id}"
    sizes = {
        "large": {"url": f"{place}/large.png", "width": 627, "height": 627},
        "small": {"url": f"{place}/small.png", "width": 128, "height": 128},
    }
    copy = {"headline": ad.headline, "marketingCopy": f"<b>{ad.merchant}</b>: sand &amp; more"}
    link = {"type": "WEB_LINK", "value": ad.link}
    return {
        "logo": {"type": "IMAGE_URL", "value": sizes},
        "largeRectangle": {"type": "IMAGE_URL", "value": sizes},
        "smallRectangle": {"type": "IMAGE_URL", "value": {"small": sizes["small"]}},
        "copy": {"type": "AD_COPY", "value": copy},
        "callsToAction": {"type": "CALL_TO_ACTION_LINKS", "value": {"shopNow": link}},
    }


def shown_redemption(redemption: Redemption, customer: Customer) -> Json:
    """A redemption."""
    settled = redemption.settled_at
    return {
        "redemptionId": str(redemption.redemption_id),
        "adId": str(redemption.ad_id),
        "amount": redemption.cents / 100,
        "redemptionDate": zulu(redemption.redeemed_at),
        "sourceCustomerId": customer.source_customer_id if redemption.is_mine else "bank-other",
        "sourceAccountId": customer.source_account_id(redemption.account_id),
        "redeemingTransactionAmount": redemption.purchase_cents / 100,
        "transactionId": str(redemption.transaction_id),
        "rewardSettlementRunDate": None if settled is None else zulu(settled),
    }


def shown_customer(customer: Customer) -> Json:
    """A customer with accounts and cards."""
    return {
        "sourceCustomerId": customer.source_customer_id,
        "organizationId": "50004",
        "postalCode": "00000",
        "country": "US",
        "customerCreationDate": _OPENED,
        "enrollmentStartDate": _OPENED,
        "enrollmentEndDate": None,
        "enrollmentOptInStatus": "ACTIVE" if customer.is_opted_in else "INACTIVE",
        "alertOptInStatus": ["NEW", "EXPIRING"],
        "targetingIndicator": "TARGET",
        "portfolios": [
            {
                "sourcePortfolioId": PORTFOLIO,
                "portfolioName": "Sandbox Rewards",
                "rewardCurrencyUnit": "Cash",
            }
        ],
        "accounts": [_account(customer, account) for account in customer.account_ids],
    }


def _account(customer: Customer, account: int) -> Json:
    source_account_id = customer.source_account_id(account)
    return {
        "sourceAccountId": source_account_id,
        "sourceCustomerIds": [customer.source_customer_id],
        "primarySourceCustomerId": customer.source_customer_id,
        "status": "OPEN",
        "type": "DDA",
        "sourcePortfolioId": PORTFOLIO,
        "accountOpenDate": _OPENED,
        "accountCloseDate": None,
        "cards": [
            {
                "sourceAccountId": source_account_id,
                "sourceCustomerId": customer.source_customer_id,
                "last4": f"{account % 10_000:04}",
                "iin": "000000",
                "cardType": "DEBIT",
                "status": "OPEN",
                "networkIdentifier": 4,
                "openDate": _OPENED,
                "closeDate": None,
            }
        ],
    }
