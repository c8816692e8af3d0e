"""The parts of a transaction: what each did to the balance, and why.

https://exchangesolutionsinc.github.io/es-user-docs/docs/api/es-loyalty/customer-experience/transactions/transaction-history
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeAlias

import attrs

from loyalty_sdk._core.reading.model import Model, Shaped, Variant, promised, renamed
from loyalty_sdk.es_loyalty.models._shapes import listed
from loyalty_sdk.es_loyalty.models.reservation import AccountType, Reservation

PartAction: TypeAlias = (
    Literal[
        "ADJUSTMENT",
        "BALANCE_UPDATE",
        "BASE",
        "BONUS",
        "DISCRETIONARY",
        "EXPIRY",
        "GAMEPLAY",
        "HOUSEHOLD_REDEEM",
        "REDEEM",
        "TARGETED",
        "TRANSFER_IN",
        "TRANSFER_OUT",
    ]
    | str
)
OfferRewardType: TypeAlias = Literal["FLAT", "BONUS"] | str
ScopeType: TypeAlias = Literal["GAMEPLAY"] | str
RewardCurrency: TypeAlias = Literal["GAMEPLAY"] | str


@attrs.frozen(kw_only=True, weakref_slot=False)
class GamePlay(Model):
    """The game that a reward lets a member play.

    Attributes:
        game_id: The id of the game.
        game_provider: Who makes it, such as `CATABOOM`.
        game_type: The kind of game, such as `SPIN_THE_WHEEL`.
        game_name: The name of the game.
    """

    game_id: str | None = renamed("gameID")
    game_provider: str | None = renamed("gameProvider")
    game_type: str | None = renamed("gameType")
    game_name: str | None = renamed("gameName")


@attrs.frozen(kw_only=True, weakref_slot=False)
class RewardScope(Model):
    """What a reward is good for.

    Attributes:
        type: The type of reward, such as `GAMEPLAY`.
        metadata: More about it: for game play, the game.
    """

    type: ScopeType | None = None
    metadata: GamePlay | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class Stacking(Model):
    """How an offer goes together with others.

    Attributes:
        reward_groups: The groups of rewards within which it does.
    """

    reward_groups: tuple[str, ...] | None = renamed("rewardGroups")


@attrs.frozen(kw_only=True, weakref_slot=False)
class OfferReward(Model):
    """What an offer gave.

    Attributes:
        issuer_id: Who issued the reward.
        reward_name: The name of the reward.
        reward_id: The id of the reward.
        amount: The amount.
        account_type: The kind of account, such as `POINTS_TRANSFER` or `CORP - NONPOS`.
        promotion_headline: The headlines of the offer.
        points_earned: The points that it gave.
        rewards_earned: The rewards that it gave.
        is_targeted: Whether the offer was for chosen members.
        offer_description: What it is, for internal use.
        offer_code: The code of the offer.
        is_discretionary: Whether it is a discretionary offer.
        currency: What the reward is in, such as `GAMEPLAY`.
        type: The type of reward, such as `FLAT`.
        scope: What the reward is good for.
        stacking: How the offer goes together with others.
    """

    issuer_id: str | None = renamed("issuerId")
    reward_name: str | None = renamed("rewardName")
    reward_id: str | None = renamed("rewardId")
    amount: Decimal | None = None
    account_type: AccountType | None = renamed("accountType")
    promotion_headline: str | None = renamed("promotionHeadline")
    points_earned: Decimal | None = renamed("pointsEarned")
    rewards_earned: Decimal | None = renamed("rewardsEarned")
    is_targeted: bool | None = renamed("isTargeted")
    offer_description: str | None = renamed("offerDescription")
    offer_code: str | None = renamed("offerCode")
    is_discretionary: bool | None = renamed("isDiscretionary")
    currency: RewardCurrency | None = None
    type: OfferRewardType | None = None
    scope: RewardScope | None = None
    stacking: Stacking | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class AdHocReward(Model):
    """What a partner or business unit gave, out of turn.

    Attributes:
        issuer_id: The partner or business unit.
        reward_name: The name of the reward.
        reward_id: The id of the reward.
        amount: How much.
    """

    issuer_id: str | None = renamed("issuerId")
    reward_name: str | None = renamed("rewardName")
    reward_id: str | None = renamed("rewardId")
    amount: Decimal | None = None


_OfferRewards: TypeAlias = Annotated[tuple[OfferReward, ...], Shaped(listed)]


@attrs.frozen(kw_only=True, weakref_slot=False)
class PartDetails(OfferReward):
    """What a part did.

    What the documents say of a reward may stand here too, where there is only one.

    Attributes:
        offer_rewards: What offers gave.
        reward_details: The same, under the vendor's other name for it.
        is_audit: Whether it is only there for the record: nothing was earned, for a reason.
        agent: Who did it; not at a point of sale.
    """

    offer_rewards: _OfferRewards | None = renamed("offerRewards")
    reward_details: _OfferRewards | None = renamed("rewardDetails")
    is_audit: bool | None = renamed("IsAudit")
    agent: str | None = renamed("Agent")


@attrs.frozen(kw_only=True, weakref_slot=False)
class RedeemDetails(PartDetails):
    """What a redeeming part did.

    Attributes:
        reservation: The points that were set aside for it.
    """

    reservation: Reservation | None = renamed("Reservation")


@attrs.frozen(kw_only=True, weakref_slot=False)
class BalancePart(Model):
    """A part that earned or moved points, or took them back.

    Attributes:
        action: What kind of part it is.
        part_details: What it did.
    """

    action: PartAction = promised()
    part_details: PartDetails | None = renamed("partDetails")


@attrs.frozen(kw_only=True, weakref_slot=False)
class RedeemPart(Model):
    """A part that redeemed points: a member's, or a household's.

    Attributes:
        action: What kind of part it is: `REDEEM` or `HOUSEHOLD_REDEEM`.
        part_details: What it did.
    """

    action: PartAction = promised()
    part_details: RedeemDetails | None = renamed("partDetails")


@attrs.frozen(kw_only=True, weakref_slot=False)
class AdHocRewardPart(Model):
    """A part that gave ad hoc rewards.

    Attributes:
        action: What kind of part it is.
        reward_details: The rewards.
        part_details: What it did; the vendor sends the rewards in its place.
    """

    action: PartAction = promised()
    reward_details: Annotated[tuple[AdHocReward, ...], Shaped(listed)] | None = renamed(
        "rewardDetails"
    )
    part_details: PartDetails | None = renamed("partDetails")


def _part_class(part: Mapping[str, Any]) -> type[Model]:
    """By what the part holds, for any action may give ad hoc rewards; else by its action."""
    details = part.get("partDetails")
    if isinstance(details, dict) and "Reservation" in details:
        return RedeemPart
    if part.get("rewardDetails"):
        return AdHocRewardPart
    redeems = part.get("action") in ("REDEEM", "HOUSEHOLD_REDEEM")
    return RedeemPart if redeems else BalancePart


TransactionPart: TypeAlias = Annotated[
    BalancePart | RedeemPart | AdHocRewardPart, Variant(_part_class)
]
