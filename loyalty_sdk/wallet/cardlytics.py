"""Cardlytics in a wallet: ads are rewards, redemptions are activities.

The only list on hand is that of redemptions, which brings the ads that they belong to: a customer's
other ads are not among the rewards.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from loyalty_sdk._core.hiding.redact import Secret
from loyalty_sdk.cardlytics import (
    Ad,
    AdStatus,
    Cardlytics,
    Percentage,
    Redemption,
    RedemptionList,
)
from loyalty_sdk.wallet.models import Activity, Reward, RewardStatus, Worth
from loyalty_sdk.wallet.steps import About, Rows, Steps
from loyalty_sdk.wallet.tables import ActivityTable, From, RewardTable

_ADS = "https://docs.cardlytics.com/ads/v1"

STATUSES: Mapping[AdStatus, RewardStatus] = {
    AdStatus.UNDEFINED: "unknown",  # never answered
    AdStatus.NEW: "available",
    AdStatus.SERVED: "available",
    AdStatus.ACTIVATED: "available",
    AdStatus.PROCESSING: "available",  # a redemption is pending; counts as activated
    AdStatus.REDEEMED: "used",  # fully redeemed
    AdStatus.EXPIRED: "expired",
}


def _offer(ad: Ad) -> Worth:
    offer = ad.offer
    return Worth.percent(offer.value) if isinstance(offer, Percentage) else Worth.money(offer)


def _own_status(ad: Ad) -> str | None:
    """The name of the status; a number that has none is kept as it is."""
    return None if ad.status is None else ad.status.name or str(int(ad.status))


def _status(ad: Ad) -> RewardStatus | None:
    return None if ad.status is None else STATUSES.get(ad.status)


def _terms(ad: Ad) -> str | None:
    """The terms of the ad's creative, unless there are several."""
    creatives = ad.creatives or ()
    return creatives[0].terms_and_conditions if len(creatives) == 1 else None


def _settled(redemption: Redemption) -> str:
    return "to be settled" if redemption.reward_settlement_run_date is None else "settled"


REWARD = RewardTable[Ad](
    vendor="cardlytics",
    page=f"{_ADS}/types/ad.html",
    id=From("`adId`", lambda ad: ad.ad_id),
    code=From("not said: a card is all one needs"),
    title=From("`merchantName`", lambda ad: ad.merchant_name),
    vendor_status=From("`status`, by its name", _own_status),
    status=From("`status`, see below", _status),
    worth=From(
        "`offerAmount`: percent where `isPercentageOffer` says so, else money in the reward "
        "programme's currency, which is not said; unknown where `isPercentageOffer` is missing",
        _offer,
    ),
    issued=From("not said"),
    starts=From("not said"),
    expires=From(
        "`endDate`; the server does not say its zone, so that it is unknown unless the client "
        "has a `timezone`",
        lambda ad: ad.end_date,
    ),
    redeemed=From("not said"),
    terms=From("`creatives[0].termsAndConditions`, HTML, where there is one creative", _terms),
)

ACTIVITY = ActivityTable[Redemption](
    vendor="cardlytics",
    page=f"{_ADS}/types/redemption.html",
    id=From("`redemptionId`", lambda redemption: redemption.redemption_id),
    vendor_kind=From(
        "settled or not: whether `rewardSettlementRunDate` is there, null until then", _settled
    ),
    kind=From("always `earned`: `amount` is what the customer earned", lambda _: "earned"),
    when=From(
        "`redemptionDate` or `date`, when it was processed; unknown unless the client has a "
        "`timezone`",
        lambda redemption: redemption.redemption_date,
    ),
    worth=From(
        "`amount`, money in the reward programme's currency, which is not said",
        lambda redemption: Worth.money(redemption.amount),
    ),
    balance=From("not said"),
    reward_id=From("`adId`", lambda redemption: redemption.ad_id),
    reward=From("the ad with that id, where it is among those that come along"),
)


def rewards(cardlytics: Cardlytics, about: About) -> Steps[Reward]:
    """The ads that the customer has redemptions of."""
    token: Secret = about.member.cardlytics_token or (yield _token(cardlytics, about))
    found: RedemptionList = yield cardlytics.redemptions.list(token, **about.place)
    yield Rows(found.ads, REWARD.reward)


def activity(cardlytics: Cardlytics, about: About) -> Steps[Activity]:
    """All redemptions, each with its ad. A start date would need to know the server's zone."""
    token: Secret = about.member.cardlytics_token or (yield _token(cardlytics, about))
    found: RedemptionList = yield cardlytics.redemptions.list(token, **about.place)

    def with_ad(redemption: Redemption) -> Activity:
        ad = found.ad_for(redemption)
        made = ACTIVITY.activity(redemption)
        return made if ad is None else attrs.evolve(made, reward=REWARD.reward(ad))

    yield Rows(found.redemptions, with_ad)


def _token(cardlytics: Cardlytics, about: About) -> Any:
    return cardlytics.tokens.get(str(about.member.cardlytics_customer))
