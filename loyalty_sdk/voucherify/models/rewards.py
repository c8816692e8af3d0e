"""Rewards, and the programs that they are assigned to.

https://docs.voucherify.io/api-reference/rewards/reward-object
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal, TypeAlias

import attrs

from loyalty_sdk._core.reading.model import Model, promised

RewardKind: TypeAlias = Literal["CAMPAIGN", "COIN", "MATERIAL"] | str


@attrs.frozen(kw_only=True, weakref_slot=False)
class RewardCampaign(Model):
    """The campaign that a reward comes from.

    Attributes:
        id: Its id, `camp_...`.
        balance: How much is added: points on a loyalty card, hundredths on a gift card.
        type: What kind of campaign it is.
    """

    id: str | None = None
    balance: int | None = None
    type: Literal["DISCOUNT_COUPONS", "GIFT_VOUCHERS", "LOYALTY_PROGRAM"] | str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class RewardCoin(Model):
    """What points are worth when they pay.

    Attributes:
        exchange_ratio: The amount that `points_ratio` points stand for.
        points_ratio: How many points stand for it.
    """

    exchange_ratio: Decimal | None = None
    points_ratio: int | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class RewardProduct(Model):
    """The product that is the reward.

    Attributes:
        id: Its id, `prod_...`.
        sku_id: The id of the variant, `sku_...`.
    """

    id: str | None = None
    sku_id: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class RewardParameters(Model):
    """What a reward is; what belongs to its type is there.

    Attributes:
        campaign: Where it comes from, of a `CAMPAIGN` reward.
        coin: What points are worth, of a `COIN` reward.
        product: The product, of a `MATERIAL` reward.
    """

    campaign: RewardCampaign | None = None
    coin: RewardCoin | None = None
    product: RewardProduct | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class RewardAttributes(Model):
    """How a material reward is shown.

    Attributes:
        image_url: Where its picture is.
        description: What it is.
    """

    image_url: str | None = None
    description: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class Reward(Model):
    """Something that points are exchanged for.

    Attributes:
        id: Its id, `rew_...`.
        name: Its name.
        stock: How many there are, of a material reward.
        redeemed: How often it was redeemed.
        attributes: How it is shown, of a material reward.
        type: What kind it is.
        parameters: What belongs to that kind.
        metadata: Whatever you keep with it.
        created_at: When it was made.
        updated_at: When it was last changed.
        object: The kind of object, `reward`.
    """

    id: str = promised()
    name: str | None = None
    stock: int | None = None
    redeemed: int | None = None
    attributes: RewardAttributes | None = None
    type: RewardKind | None = None
    parameters: RewardParameters | None = None
    metadata: Mapping[str, Any] | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    object: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class RewardCost(Model):
    """What a reward costs in points.

    Attributes:
        points: How many points.
        auto_redeem: Whether it is redeemed as soon as there are enough.
    """

    points: int | None = None
    auto_redeem: bool | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class RewardPrice(Model):
    """What a reward costs.

    Attributes:
        loyalty: What it costs in points.
    """

    loyalty: RewardCost | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class RewardAssignment(Model):
    """A reward that a program offers.

    Attributes:
        id: The id of the assignment, `rewa_...`.
        reward_id: The reward, `rew_...`.
        related_object_id: The program, `camp_...`.
        related_object_type: What that is: `campaign`.
        parameters: What the reward costs there.
        created_at: When it was assigned.
        updated_at: When that was last changed.
        object: The kind of object, `reward_assignment`.
    """

    id: str = promised()
    reward_id: str | None = None
    related_object_id: str | None = None
    related_object_type: Literal["campaign"] | str | None = None
    parameters: RewardPrice | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    object: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class LoyaltyReward(Model):
    """A reward that a member may get, and what it costs.

    Attributes:
        reward: The reward.
        assignment: What it costs in the member's program.
        object: The kind of object, `loyalty_reward`.
    """

    reward: Reward = promised()
    assignment: RewardAssignment | None = None
    object: str | None = None
