"""Ads of version 2, and how they are shown.

https://docs.cardlytics.com/ads/v2/api/ads/get-ads.html
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeAlias

import attrs

from loyalty_sdk._core.reading import coerce
from loyalty_sdk._core.reading.model import Model, Reading, promised, renamed
from loyalty_sdk.cardlytics._index import Indexed, indexed
from loyalty_sdk.cardlytics.models.ads import OfferAmount, Percentage, PurchaseType, read_offer
from loyalty_sdk.cardlytics.models.collections import CategoryGroup

AdType: TypeAlias = Literal["CASH_BACK_OFFER"] | str
ActivationState: TypeAlias = Literal["NEW", "SERVED", "ACTIVATED"] | str
VisibilityState: TypeAlias = Literal["VISIBLE", "PARKED"] | str
RedemptionState: TypeAlias = Literal["PROCESSING", "FULLY_REDEEMED"] | str
ActivationModel: TypeAlias = Literal["ACTIVATABLE", "AUTO_ACTIVATED"] | str
PurchaseChannel: TypeAlias = Literal["InStore", "Online", "PayAtPump", "App", "Convenience"] | str
RewardType: TypeAlias = (
    Literal["PERCENT_AMOUNT_PURCHASE", "FIXED_AMOUNT_PURCHASE", "METERED_AMOUNT_PURCHASE"] | str
)

_PERCENT = ("PERCENT_AMOUNT_PURCHASE", "PERCENT")
_MONEY = ("FIXED_AMOUNT_PURCHASE", "PROGRAM_CURRENCY")
_LENGTH_OF_A_DATE = 10


def _day_or_moment(value: Any) -> date:
    """Samples have both; no page says which it is."""
    if isinstance(value, str) and len(value) <= _LENGTH_OF_A_DATE:
        return coerce.day(value)
    return coerce.instant(value)


DayOrMoment: TypeAlias = Annotated[datetime | date, Reading(_day_or_moment)]


@attrs.frozen(kw_only=True, weakref_slot=False)
class PurchaseRequirement(Model):
    """What a purchase must be, to be rewarded.

    Attributes:
        min_spend_amount: The least to be spent.
        purchase_channels: How it may be bought.
        purchase_types: What may be bought.
        merchant_url_link_click_required: Whether the link to the merchant must be clicked before.
    """

    min_spend_amount: Decimal | None = renamed("minSpendAmount")
    purchase_channels: tuple[PurchaseChannel, ...] | None = renamed("purchaseChannels")
    purchase_types: tuple[PurchaseType, ...] | None = renamed("purchaseTypes")
    merchant_url_link_click_required: bool | None = renamed("merchantUrlLinkClickRequired")


@attrs.frozen(kw_only=True, weakref_slot=False)
class AdReward(Model):
    """What an ad gives. Amounts are in the reward programme's currency.

    Attributes:
        reward_type: What `reward_amount` is.
        reward_amount: The reward's number as sent; `offer` says what it is.
        max_reward_amount: The most that the ad gives, over all purchases.
        min_spend_amount: The least to be spent, where a server says it here.
        is_multi_redemption: Whether it can be redeemed more than once.
        purchase_requirement: What a purchase must be.
        purchase_channel: How it may be bought, where a server says it here.
        activation_model: Whether it is to be activated.
    """

    reward_type: RewardType | None = renamed("rewardType")
    reward_amount: Annotated[OfferAmount, Reading(read_offer)] | None = renamed("rewardAmount")
    max_reward_amount: Decimal | None = renamed("maxRewardAmount")
    min_spend_amount: Decimal | None = renamed("minSpendAmount")
    is_multi_redemption: bool | None = renamed("isMultiRedemption")
    purchase_requirement: PurchaseRequirement | None = renamed("purchaseRequirement")
    purchase_channel: PurchaseChannel | None = renamed("purchaseChannel")
    activation_model: ActivationModel | None = renamed("activationModel")

    @property
    def offer(self) -> Percentage | Decimal | None:
        """What it gives: a `Percentage` of the purchase, or money; `None` where that is not said.

        What a metered amount is, no page says.
        """
        if self.reward_amount is None:
            return None
        if self.reward_type in _PERCENT:
            return Percentage(self.reward_amount.number)
        return self.reward_amount.number if self.reward_type in _MONEY else None


@attrs.frozen(kw_only=True, weakref_slot=False)
class Image(Model):
    """An image.

    Attributes:
        url: Where it is.
        width: Pixels.
        height: Pixels.
    """

    url: str | None = None
    width: int | None = None
    height: int | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class ImageSizes(Model):
    """An image in several sizes.

    Attributes:
        large: The large one; `small_rectangle` has none.
        small: The small one.
    """

    large: Image | None = None
    small: Image | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class ImageAsset(Model):
    """An image of an ad.

    Attributes:
        type: The kind of asset, `IMAGE_URL`.
        value: The image.
    """

    type: str | None = None
    value: ImageSizes | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class CopyAsset(Model):
    """The texts of an ad. They may be HTML, untouched: clean them before you show them.

    Attributes:
        type: The kind of asset, `AD_COPY`.
        value: The texts by name, such as `headline`.
    """

    type: str | None = None
    value: Mapping[str, Any] | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class CallToAction(Model):
    """A link of an ad.

    Attributes:
        type: The kind of link, `WEB_LINK`.
        value: Where it goes, untouched: its parameters are signed.
    """

    type: str | None = None
    value: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class CallsToAction(Model):
    """The links of an ad.

    Attributes:
        type: The kind of asset, `CALL_TO_ACTION_LINKS`.
        value: The links by name.
    """

    type: str | None = None
    value: Mapping[str, CallToAction] | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class AdAssetList(Model):
    """How an ad is shown.

    Attributes:
        logo: The merchant's logo.
        large_rectangle: A large image.
        small_rectangle: A small image.
        copy: The texts.
        calls_to_action: The links.
    """

    logo: ImageAsset | None = None
    large_rectangle: ImageAsset | None = renamed("largeRectangle")
    small_rectangle: ImageAsset | None = renamed("smallRectangle")
    copy: CopyAsset | None = None
    calls_to_action: CallsToAction | None = renamed("callsToAction")


@attrs.frozen(kw_only=True, weakref_slot=False)
class Ad(Model):
    """An offer of a merchant to a customer.

    Attributes:
        ad_id: Its id.
        ad_type: The kind of ad.
        ad_serve_token: What says, in events, which showing is meant; never to be kept across
            sessions.
        start_date: When it begins: a moment, or a day alone.
        end_date: When it ends.
        activation_date: When the customer activated it.
        merchant_name: Whose it is.
        sections: The sections of your pages that it is for.
        reward: What it gives.
        activation_state: How far it is.
        visibility_state: Whether the customer put it aside.
        redemption_state: How far its redemption is.
        assets: How it is shown, where that was asked for.
        is_affiliate_marketing: Whether it is redeemed by a link, not by a card.
    """

    ad_id: str = promised("adId")
    ad_type: AdType | None = renamed("adType")
    ad_serve_token: str | None = renamed("adServeToken")
    start_date: DayOrMoment | None = renamed("startDate")
    end_date: DayOrMoment | None = renamed("endDate")
    activation_date: DayOrMoment | None = renamed("activationDate")
    merchant_name: str | None = renamed("merchantName")
    sections: tuple[str, ...] | None = None
    reward: AdReward | None = None
    activation_state: ActivationState | None = renamed("activationState")
    visibility_state: VisibilityState | None = renamed("visibilityState")
    redemption_state: RedemptionState | None = renamed("redemptionState")
    assets: AdAssetList | None = None
    is_affiliate_marketing: bool | None = renamed("isAffiliateMarketing")


@attrs.frozen(kw_only=True, weakref_slot=False)
class AdRankings(Model):
    """In which order to show ads.

    Attributes:
        all: The ids of all ads, the best first.
        categories: The ids of ads by category, as sent; announced for the future.
        sections: The same by section of your pages; announced for the future.
    """

    all: tuple[str, ...] | None = None
    categories: Mapping[str, Any] | None = None
    sections: Mapping[str, Any] | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class AdList(Indexed):
    """Ads of a customer.

    Attributes:
        ads: The ads; sent as a map from ad id to ad.
        rankings: In which order to show them.
        ranking: The same, as some servers call it; `order` gives either.
        categories: Their categories.
        store_locations: Stores near the customer, by ad id, as sent.
        request_id: The id of the request.
    """

    ads: tuple[Ad, ...] = promised()
    rankings: AdRankings | None = None
    ranking: AdRankings | None = None
    categories: Mapping[str, CategoryGroup] | None = None
    store_locations: Mapping[str, Any] | None = renamed("storeLocations")
    request_id: str | None = renamed("requestId")

    @property
    def order(self) -> tuple[str, ...]:
        """The ids of the ads, the best first; empty where there is no ranking."""
        ranked = self.rankings or self.ranking
        return () if ranked is None else ranked.all or ()

    def ad(self, ad_id: str | int) -> Ad | None:
        """The ad with this id, or `None` where the list does not have it.

        Args:
            ad_id: The id.
        """
        return indexed(self, "ads").get(str(ad_id))
