"""Redemptions, and what undoes them.

https://docs.voucherify.io/api-reference/redemptions/redemption-object
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal, TypeAlias

import attrs

from loyalty_sdk._core.reading.model import Model, promised
from loyalty_sdk.voucherify.models.orders import Order
from loyalty_sdk.voucherify.models.promotions import PromotionTier
from loyalty_sdk.voucherify.models.references import CustomerReference
from loyalty_sdk.voucherify.models.validations import Outcome, StackingRules
from loyalty_sdk.voucherify.models.values import Amount
from loyalty_sdk.voucherify.models.vouchers import Voucher

RollbackMode: TypeAlias = Literal["WITH_ORDER", "WITHOUT_ORDER"] | str


@attrs.frozen(kw_only=True, weakref_slot=False)
class RedemptionChannel(Model):
    """How a redemption was made.

    Attributes:
        channel_id: Who or what made it.
        channel_type: What that is.
    """

    channel_id: str | None = None
    channel_type: Literal["USER", "API", "AUTO_REDEEM"] | str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class RedemptionSession(Model):
    """The session that a redemption belongs to.

    Attributes:
        key: Its key.
    """

    key: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class RelatedRedemption(Model):
    """A redemption, or the undoing of one, that is only named.

    Attributes:
        id: Its id.
        date: When it was made.
        rollback_order_mode: Whether the order was undone with it.
    """

    id: str = promised()
    date: datetime | None = None
    rollback_order_mode: RollbackMode | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class RelatedRedemptions(Model):
    """What belongs to a redemption.

    Attributes:
        rollbacks: What undid it.
        redemptions: What is redeemed with it, or was undone by it.
    """

    rollbacks: tuple[RelatedRedemption, ...] | None = None
    redemptions: tuple[RelatedRedemption, ...] | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class RedeemedGift(Model):
    """What was taken from a gift card.

    Attributes:
        amount: How much, in hundredths; negative where it was given back.
    """

    amount: Amount | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class RedeemedPoints(Model):
    """What was taken from a loyalty card.

    Attributes:
        points: How many; negative where they were given back.
    """

    points: int | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class RedeemedReward(Model):
    """The reward that points were redeemed for.

    Attributes:
        id: The id of the reward, `rew_...`.
        name: Its name.
        type: What it is.
        assignment_id: The id of its assignment to the campaign, `rewa_...`.
        customer: Who gets it.
        voucher: The voucher that it is.
        product: The product that it is.
        sku: The variant that it is.
        loyalty_tier_id: The tier that it belongs to.
        parameters: How it is worked out.
        metadata: Whatever you keep with it.
        created_at: When it was made.
        updated_at: When it was last changed.
        object: The kind of object, `reward`.
    """

    id: str | None = None
    name: str | None = None
    type: Literal["CAMPAIGN", "COIN", "MATERIAL"] | str | None = None
    assignment_id: str | None = None
    customer: CustomerReference | None = None
    voucher: Voucher | None = None
    product: Mapping[str, Any] | None = None
    sku: Mapping[str, Any] | None = None
    loyalty_tier_id: str | None = None
    parameters: Mapping[str, Any] | None = None
    metadata: Mapping[str, Any] | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    object: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class Redemption(Model):
    """A redemption, successful or not, or the undoing of one.

    Attributes:
        id: Its id: `r_...`, of a rollback `rr_...`, of a failed one `rf_...`.
        object: What it is: a `redemption` or a `redemption_rollback`.
        date: When it was made.
        result: Whether it went well.
        status: What became of it since.
        redemption: The redemption that it belongs to: the parent of several at once, or what a
            rollback undoes.
        amount: What was taken: of a gift card in hundredths, of a loyalty card in points;
            negative where it was given back.
        gift: What was taken from a gift card.
        loyalty_card: What was taken from a loyalty card.
        reason: Why it was undone.
        failure_code: Why it failed, in the vendor's word.
        failure_message: The same in more words.
        voucher: The voucher that was redeemed.
        promotion_tier: The promotion that was redeemed.
        reward: The reward that points were redeemed for.
        order: The order that it was for.
        customer_id: Who redeemed.
        customer: The same, as an object.
        tracking_id: Your id of the customer, hashed.
        related_object_type: What was redeemed: a `voucher`, a `promotion_tier`, or, of a parent,
            a `redemption`.
        related_object_id: The id of that.
        related_redemptions: What belongs to it.
        session: The session that it belongs to.
        channel: How it was made.
        metadata: Whatever you keep with it.
    """

    id: str = promised()
    object: Literal["redemption", "redemption_rollback"] | str = promised()
    date: datetime | None = None
    result: Literal["SUCCESS", "FAILURE"] | str | None = None
    status: Literal["SUCCEEDED", "FAILED", "ROLLED_BACK"] | str | None = None
    redemption: str | None = None
    amount: Decimal | None = None
    gift: RedeemedGift | None = None
    loyalty_card: RedeemedPoints | None = None
    reason: str | None = None
    failure_code: str | None = None
    failure_message: str | None = None
    voucher: Voucher | None = None
    promotion_tier: PromotionTier | None = None
    reward: RedeemedReward | None = None
    order: Order | None = None
    customer_id: str | None = None
    customer: CustomerReference | None = None
    tracking_id: str | None = None
    related_object_type: Literal["voucher", "promotion_tier", "redemption"] | str | None = None
    related_object_id: str | None = None
    related_redemptions: RelatedRedemptions | None = None
    session: RedemptionSession | None = None
    channel: RedemptionChannel | None = None
    metadata: Mapping[str, Any] | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class StackedRedemptions(Model):
    """What a call that redeems gives.

    Attributes:
        redemptions: One for each redeemable that was applied.
        parent_redemption: What holds them together, where there are several.
        inapplicable_redeemables: What could not be applied, and why, where the project's rules
            let the others be applied all the same.
        skipped_redeemables: What was left out, and why.
        order: The order with everything applied to it.
        stacking_rules: The project's rules for several redeemables at once.
    """

    redemptions: tuple[Redemption, ...] | None = None
    parent_redemption: Redemption | None = None
    inapplicable_redeemables: tuple[Outcome, ...] | None = None
    skipped_redeemables: tuple[Outcome, ...] | None = None
    order: Order | None = None
    stacking_rules: StackingRules | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class StackedRollbacks(Model):
    """What a call that undoes several redemptions gives.

    Attributes:
        rollbacks: One for each redemption that was undone.
        parent_rollback: What holds them together.
        order: The order without what was undone.
    """

    rollbacks: tuple[Redemption, ...] | None = None
    parent_rollback: Redemption | None = None
    order: Order | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class VoucherRedemptions(Model):
    """How a voucher was redeemed.

    Attributes:
        quantity: How often it can be; `None` means without limit.
        redeemed_quantity: How often it was.
        redemption_entries: Redemptions, successful and failed ones, and rollbacks.
        total: How many entries there are.
        object: The kind of object, `list`.
        url: Where this list is.
        data_ref: Where the entries stand, `redemption_entries`.
    """

    quantity: int | None = None
    redeemed_quantity: int | None = None
    redemption_entries: tuple[Redemption, ...] | None = None
    total: int | None = None
    object: str | None = None
    url: str | None = None
    data_ref: str | None = None
