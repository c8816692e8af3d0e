"""Rewards that are made, changed, assigned and redeemed.

https://docs.voucherify.io/api-reference/rewards/create-reward
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, Required, TypedDict

from loyalty_sdk._core.given.inputs import Prose
from loyalty_sdk.voucherify.inputs.orders import OrderFields
from loyalty_sdk.voucherify.inputs.redeeming import PointsFields
from loyalty_sdk.voucherify.inputs.values import Change, Count, Metadata


class RewardCampaignFields(TypedDict, total=False):
    """The campaign that a reward comes from.

    Attributes:
        id: Its id, `camp_...`.
        balance: How much is added: points on a loyalty card, hundredths on a gift card.
    """

    id: Required[str]
    balance: Count


class RewardCoinFields(TypedDict, total=False):
    """What points are worth when they pay; both are texts.

    Attributes:
        exchange_ratio: The amount that `points_ratio` points stand for.
        points_ratio: How many points stand for it.
    """

    exchange_ratio: Required[str]
    points_ratio: Required[str]


class RewardProductFields(TypedDict, total=False):
    """The product that is the reward.

    Attributes:
        id: Its id, `prod_...`.
        sku_id: The id of the variant, `sku_...`.
    """

    id: str
    sku_id: str


class RewardParametersFields(TypedDict, total=False):
    """What a reward is: one of the three.

    Attributes:
        campaign: Where it comes from.
        coin: What points are worth when they pay.
        product: The product.
    """

    campaign: RewardCampaignFields
    coin: RewardCoinFields
    product: RewardProductFields


class RewardAttributesFields(TypedDict, total=False):
    """How a material reward is shown.

    Attributes:
        image_url: Where its picture is.
        description: What it is.
    """

    image_url: str | None
    description: Prose | None


class RewardChanges(TypedDict, total=False):
    """What is to be changed of a reward; what is left out stays as it is.

    Attributes:
        name: Its name.
        parameters: What it is.
        stock: How many there are, of a material reward.
        attributes: How it is shown, of a material reward.
        metadata: Whatever you keep with it.
    """

    name: str
    parameters: RewardParametersFields
    stock: Count | None
    attributes: RewardAttributesFields | None
    metadata: Metadata | None


class NewReward(TypedDict, total=False):
    """A reward to be made.

    Attributes:
        name: Its name.
        parameters: What it is.
        stock: How many there are, of a material reward.
        attributes: How it is shown, of a material reward.
        metadata: Whatever you keep with it.
    """

    name: Required[str]
    parameters: Required[RewardParametersFields]
    stock: Count | None
    attributes: RewardAttributesFields | None
    metadata: Metadata | None


class RewardCostFields(TypedDict, total=False):
    """What a reward costs in points.

    Attributes:
        points: How many points.
        auto_redeem: Whether it is redeemed as soon as there are enough.
    """

    points: Count
    auto_redeem: bool


class RewardPriceFields(TypedDict, total=False):
    """What a reward costs.

    Attributes:
        loyalty: What it costs in points.
    """

    loyalty: Required[RewardCostFields]


class AssignmentFields(TypedDict, total=False):
    """The program that a reward is assigned to.

    Attributes:
        campaign: The id of the program, `camp_...`.
        parameters: What the reward costs there; not of a reward that pays.
        validation_rules: The ids of the rules that hold for a reward that pays.
    """

    campaign: Required[str]
    parameters: RewardPriceFields | None
    validation_rules: Sequence[str] | None


class AssignmentChanges(TypedDict, total=False):
    """What is to be changed of an assignment.

    Attributes:
        parameters: What the reward costs there.
    """

    parameters: Required[RewardPriceFields]


class CardBalanceFields(TypedDict, total=False):
    """How the points of a member are changed.

    Attributes:
        points: How many are added; a negative number takes away.
        expiration_type: When added points expire: by the rules of the program, at a date, or never.
        expiration_date: That date; aware.
        reason: Why.
        source_id: Your id of the transaction.
    """

    points: Required[Change]
    expiration_type: Literal["PROGRAM_RULES", "CUSTOM_DATE", "NON_EXPIRING"] | None
    expiration_date: datetime | None
    reason: Prose | None
    source_id: str | None


class RewardRedemption(TypedDict, total=False):
    """What a member redeems points for.

    Attributes:
        reward: The reward; with points, where they pay for an order.
        order: The order that points pay for.
        metadata: What else the rules look at.
    """

    reward: Required[PointsFields]
    order: OrderFields | None
    metadata: Metadata | None
