"""Ads, and how they are shown.

https://docs.cardlytics.com/ads/v1/types/ad.html
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeAlias

import attrs

from loyalty_sdk._core.reading.coerce import Mismatch, decimal, integer
from loyalty_sdk._core.reading.frozen import freeze
from loyalty_sdk._core.reading.model import Model, Reading, promised, renamed
from loyalty_sdk.cardlytics._index import Indexed, indexed
from loyalty_sdk.cardlytics._times import Moment
from loyalty_sdk.cardlytics.models.enums import AdStatus

RequirementType: TypeAlias = Literal["MustPurchase", "MustNotPurchase"] | str
PurchaseType: TypeAlias = Literal["Subscription", "Membership", "Fuel"] | str


@attrs.frozen
class Percentage:
    """A share in percent. It is no number, so that nobody adds it to money.

    Attributes:
        value: How many percent: 10 is a tenth.
    """

    value: Decimal

    def of(self, amount: Decimal) -> Decimal:
        """That share of an amount, to the precision of the program's decimal context.

        Args:
            amount: The whole, in any unit.
        """
        return amount * self.value / 100

    def __str__(self) -> str:
        return f"{self.value}%"


@attrs.frozen
class OfferAmount:
    """A number that is percent or money, which it does not say itself: ask `ad.offer`.

    Attributes:
        number: The number as sent.
    """

    number: Decimal


def read_offer(value: Any) -> OfferAmount:
    """Read a number that is percent or money."""
    return OfferAmount(decimal(value))


def _status(value: Any) -> AdStatus:
    bits = integer(value)
    if bits < 0:
        raise Mismatch("a status of 0 or more is expected")
    return AdStatus(bits)


@attrs.frozen(kw_only=True, weakref_slot=False)
class AdImage(Model):
    """An image of a creative.

    Attributes:
        url: Where it is.
        text: What to say in its place.
    """

    url: str | None = None
    text: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class AdLink(Model):
    """A link of a creative.

    Attributes:
        url: Where it goes, untouched: its parameters are signed.
        text: What to call it.
    """

    url: str | None = None
    text: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class Beacons(Model):
    """Addresses to call when a creative is shown.

    Attributes:
        pre_message_impression: When its text of before activation is.
        post_message_impression: When its text of after activation is.
    """

    pre_message_impression: str | None = renamed("preMessageImpression")
    post_message_impression: str | None = renamed("postMessageImpression")


@attrs.frozen(kw_only=True, weakref_slot=False)
class Creative(Model):
    """How an ad is shown. Its texts may be HTML, untouched: clean them before you show them.

    https://docs.cardlytics.com/ads/v1/types/creative.html

    Attributes:
        creative_id: Its id.
        short_pre_message: The headline before activation.
        pre_message: The text before activation.
        post_message: The text after activation.
        thank_you_message: The text after redemption.
        headline: A headline.
        images: Its images by name, such as `logo` and `heroImage`.
        links: Its links by name, such as `callToActionLink`.
        beacons: Addresses to call when it is shown.
        impression_token: What says, in events, which showing is meant; never to be kept across
            sessions or locations.
        terms_and_conditions: The terms, often with `<br/>` between them.
        marketing_copy: The text of the merchant.
        reward_copy: The text about the reward.
    """

    creative_id: str | None = renamed("creativeId")
    short_pre_message: str | None = renamed("shortPreMessage")
    pre_message: str | None = renamed("preMessage")
    post_message: str | None = renamed("postMessage")
    thank_you_message: str | None = renamed("thankYouMessage")
    headline: str | None = None
    images: Mapping[str, AdImage] | None = None
    links: Mapping[str, AdLink] | None = None
    beacons: Beacons | None = None
    impression_token: str | None = renamed("impressionToken")
    terms_and_conditions: str | None = renamed("termsAndConditions")
    marketing_copy: str | None = renamed("marketingCopy")
    reward_copy: str | None = renamed("rewardCopy")


@attrs.frozen(kw_only=True, weakref_slot=False)
class Tag(Model):
    """A word about an ad.

    Attributes:
        key: What it is about, such as `purchase-channel`.
        value: The word, such as `In-Store`.
    """

    key: str | None = None
    value: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class PurchaseRequirement(Model):
    """What must be bought, or must not be, for an ad's reward. Servers have it from 5.3 on.

    Attributes:
        requirement_type: Whether it must or must not.
        purchase_types: What.
    """

    requirement_type: RequirementType | None = renamed("requirementType")
    purchase_types: tuple[PurchaseType, ...] | None = renamed("purchaseTypes")


@attrs.frozen(kw_only=True, weakref_slot=False)
class Ad(Model):
    """An offer of a merchant to a customer. Amounts are in the reward programme's currency.

    https://docs.cardlytics.com/ads/v1/types/ad.html

    Attributes:
        ad_id: Its id.
        creatives: How it is shown; one, today.
        status: Its state.
        is_parked: Whether the customer put it aside.
        category_id: The category it belongs to.
        days_remaining: How many days it is still good for, for display only.
        end_date: When it ends; naive unless sent with an offset or the client has a `timezone`.
        is_percentage_offer: Whether `offer_amount` is percent (or else money).
        merchant_name: Whose it is.
        offer_amount: The reward's number as sent; `offer` says what it is.
        max_reward_amount: The most that it gives; `None` means without limit.
        min_spend_amount: The least to be spent; `None` or 0 means no least.
        ad_type: A number for the kind of ad, such as 101.
        is_mappable: Whether the merchant has places on a map.
        redemptions: Null in a list of redemptions; kept as sent.
        tags: Words about it.
        position: Its rank, from 0. Servers have it from 3.0 on.
        activated_date: When the customer activated it.
        purchase_requirement: What must be bought; `None` means anything.
    """

    ad_id: str = promised("adId")
    creatives: tuple[Creative, ...] | None = None
    status: Annotated[AdStatus, Reading(_status)] | None = None
    is_parked: bool | None = renamed("isParked")
    category_id: str | None = renamed("categoryId")
    days_remaining: int | None = renamed("daysRemaining")
    end_date: Moment | None = renamed("endDate")
    is_percentage_offer: bool | None = renamed("isPercentageOffer")
    merchant_name: str | None = renamed("merchantName")
    offer_amount: Annotated[OfferAmount, Reading(read_offer)] | None = renamed("offerAmount")
    max_reward_amount: Decimal | None = renamed("maxRewardAmount")
    min_spend_amount: Decimal | None = renamed("minSpendAmount")
    ad_type: int | None = renamed("adType")
    is_mappable: bool | None = renamed("isMappable")
    redemptions: Annotated[Any, Reading(freeze)] | None = None
    tags: tuple[Tag, ...] | None = None
    position: int | None = None
    activated_date: Moment | None = renamed("activatedDate")
    purchase_requirement: PurchaseRequirement | None = renamed("purchaseRequirement")

    @property
    def offer(self) -> Percentage | Decimal | None:
        """What it gives: a `Percentage` of the purchase, or money; `None` when it is not said."""
        if self.offer_amount is None or self.is_percentage_offer is None:
            return None
        number = self.offer_amount.number
        return Percentage(number) if self.is_percentage_offer else number


@attrs.frozen(kw_only=True, weakref_slot=False)
class AdList(Indexed):
    """Ads of a customer.

    https://docs.cardlytics.com/ads/v1/data/types/ad-list.html

    Attributes:
        ads: The ads; sent as an array or as a map from ad id to ad.
        rankings: How to rank them, by the type of ranking (`ALL` without sections), as sent.
        assets: How they are shown, where your server keeps that apart.
        store_locations: The places of ads, by ad id, as sent.
    """

    ads: tuple[Ad, ...] = promised()
    rankings: Mapping[str, Any] | None = None
    assets: tuple[Creative, ...] | None = None
    store_locations: Mapping[str, Any] | None = renamed("storeLocations")

    def ad(self, ad_id: str | int) -> Ad | None:
        """The ad with this id, or `None` where the list does not have it.

        Args:
            ad_id: The id.
        """
        return indexed(self, "ads").get(str(ad_id))


@attrs.frozen(kw_only=True, weakref_slot=False)
class AdCount(Model):
    """How many ads there are.

    https://docs.cardlytics.com/ads/v1/data/types/ad-count.html

    Attributes:
        count: The number.
    """

    count: int = promised()


@attrs.frozen(kw_only=True, weakref_slot=False)
class AdCounts(Model):
    """How many ads a customer has in each state.

    https://docs.cardlytics.com/ads/v1/data/types/ad-counts.html

    Attributes:
        active: Activated ones.
        active_parked: Activated ones that are parked.
        not_active_new: New ones.
        not_active_served: Served ones.
        not_active_expired: Expired ones that are not parked.
        not_active_parked: Parked ones that are not activated.
    """

    active: AdCount | None = None
    active_parked: AdCount | None = renamed("activeParked")
    not_active_new: AdCount | None = renamed("notActiveNew")
    not_active_served: AdCount | None = renamed("notActiveServed")
    not_active_expired: AdCount | None = renamed("notActiveExpired")
    not_active_parked: AdCount | None = renamed("notActiveParked")
