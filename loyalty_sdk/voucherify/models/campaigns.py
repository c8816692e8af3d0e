"""Campaigns.

https://docs.voucherify.io/api-reference/campaigns/campaign-object
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal, TypeAlias

import attrs

from loyalty_sdk._core.reading.model import Model, promised
from loyalty_sdk.voucherify.models.discounts import Discount
from loyalty_sdk.voucherify.models.promotions import PromotionTier
from loyalty_sdk.voucherify.models.references import Identified, RuleAssignments
from loyalty_sdk.voucherify.models.values import CampaignType, Day, VoucherKind
from loyalty_sdk.voucherify.models.vouchers import (
    Category,
    Gift,
    RedemptionSummary,
    ValidityHours,
    ValidityTimeframe,
)

CampaignProgress: TypeAlias = Literal["DONE", "IN_PROGRESS", "FAILED", "DRAFT", "MODIFYING"] | str


@attrs.frozen(kw_only=True, weakref_slot=False)
class CodeConfig(Model):
    """How codes are drawn.

    Attributes:
        length: How many characters, without prefix and postfix.
        charset: The characters to draw from.
        prefix: What stands before them.
        postfix: What stands behind them.
        pattern: The whole code, each `#` a character to be drawn.
        initial_count: The vendor's own.
    """

    length: Decimal | None = None
    charset: str | None = None
    prefix: str | None = None
    postfix: str | None = None
    pattern: str | None = None
    initial_count: int | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class ExpirationRules(Model):
    """When the points of new cards expire.

    Attributes:
        period_type: What the period is counted in.
        period_value: How many of it.
        rounding_type: Up to the end of what it is rounded.
        rounding_value: Which one of these.
        fixed_month: The month, of a fixed day; January is 1.
        fixed_day: The day of that month.
    """

    period_type: Literal["FIXED_DAY_OF_YEAR", "MONTH"] | str | None = None
    period_value: int | None = None
    rounding_type: str | None = None
    rounding_value: int | None = None
    fixed_month: int | None = None
    fixed_day: int | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class CampaignCard(Model):
    """The loyalty card that members of a program get.

    Attributes:
        points: How many points it begins with.
        expiration_rules: When points expire.
    """

    points: int | None = None
    expiration_rules: ExpirationRules | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class CampaignVoucher(Model):
    """What the vouchers of a campaign are like.

    Attributes:
        type: What they are.
        discount: What they take off; told apart by class, see `Discount`.
        gift: The credits they begin with.
        loyalty_card: The points they begin with.
        redemption: How often each may be redeemed.
        code_config: How their codes are drawn.
        is_referral_code: Whether they are codes to refer others with.
        start_date: When they begin to be valid.
        expiration_date: When they cease to be.
        validity_timeframe: Recurring periods in which they are.
        validity_day_of_week: The days of the week on which they are.
        validity_hours: The hours in which they are.
    """

    type: VoucherKind | None = None
    discount: Discount | None = None
    gift: Gift | None = None
    loyalty_card: CampaignCard | None = None
    redemption: RedemptionSummary | None = None
    code_config: CodeConfig | None = None
    is_referral_code: bool | None = None
    start_date: datetime | None = None
    expiration_date: datetime | None = None
    validity_timeframe: ValidityTimeframe | None = None
    validity_day_of_week: tuple[Day, ...] | None = None
    validity_hours: ValidityHours | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class RefereeReward(Model):
    """What whoever was referred gets.

    Attributes:
        related_object_parent: The campaign it comes from.
        type: What it is: `LOYALTY_CARD` or `GIFT_VOUCHER`.
        amount: How much: points, or hundredths.
    """

    related_object_parent: Identified | None = None
    type: VoucherKind | None = None
    amount: int | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class ReferralProgram(Model):
    """How referring works.

    Attributes:
        conversion_event_type: What completes a referral.
        custom_event: The event, where it is one of yours.
        referee_reward: What whoever was referred gets.
    """

    conversion_event_type: Literal["redemption", "custom_event"] | str | None = None
    custom_event: Identified | None = None
    referee_reward: RefereeReward | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class PromotionTiers(Model):
    """The tiers of a promotion.

    Attributes:
        tiers: The tiers.
        total: How many there are.
        has_more: Whether there are more than these.
        object: The kind of object, `list`.
        data_ref: Where the tiers stand, `tiers`.
    """

    tiers: tuple[PromotionTier, ...] | None = None
    total: int | None = None
    has_more: bool | None = None
    object: str | None = None
    data_ref: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class Campaign(Model):
    """A campaign: what vouchers are published from.

    Attributes:
        id: Its id, `camp_...`.
        name: Its name.
        description: Any text of yours.
        campaign_type: What kind it is.
        type: Whether there can be more vouchers later.
        voucher: What its vouchers are like.
        auto_join: Whether customers join by fulfilling a rule.
        join_once: Whether a customer can join only once.
        use_voucher_metadata_schema: Whether metadata follow the schema of vouchers.
        validity_timeframe: Recurring periods in which it is valid.
        validity_day_of_week: The days of the week on which it is.
        validity_hours: The hours in which it is.
        activity_duration_after_publishing: How long a voucher is active, an ISO 8601 duration.
        vouchers_count: How many vouchers there are.
        start_date: When it begins to be valid.
        expiration_date: When it ceases to be.
        active: Whether it is switched on.
        category: The name of its category.
        category_id: The id of its category, `cat_...`.
        categories: Its categories; given where `expand` asks for them.
        creation_status: How far its making is.
        vouchers_generation_status: How far the making of its vouchers is.
        readonly: Whether you may only read it.
        protected: Whether it can be deleted.
        referral_program: How referring works, of a referral program.
        loyalty_tiers_expiration: When members leave tiers, of a loyalty program.
        access_settings_assignments: The areas and stores that may use it.
        promotion: Its tiers, of a promotion; `get` gives them.
        validation_rules_assignments: The rules that hold for it; `get` gives them.
        metadata: Whatever you keep with it.
        created_at: When it was made.
        updated_at: When it was last changed.
        object: The kind of object, `campaign`.
    """

    id: str = promised()
    name: str | None = None
    description: str | None = None
    campaign_type: CampaignType | None = None
    type: Literal["AUTO_UPDATE", "STATIC", "STANDALONE"] | str | None = None
    voucher: CampaignVoucher | None = None
    auto_join: bool | None = None
    join_once: bool | None = None
    use_voucher_metadata_schema: bool | None = None
    validity_timeframe: ValidityTimeframe | None = None
    validity_day_of_week: tuple[Day, ...] | None = None
    validity_hours: ValidityHours | None = None
    activity_duration_after_publishing: str | None = None
    vouchers_count: int | None = None
    start_date: datetime | None = None
    expiration_date: datetime | None = None
    active: bool | None = None
    category: str | None = None
    category_id: str | None = None
    categories: tuple[Category, ...] | None = None
    creation_status: CampaignProgress | None = None
    vouchers_generation_status: CampaignProgress | None = None
    readonly: bool | None = None
    protected: bool | None = None
    referral_program: ReferralProgram | None = None
    loyalty_tiers_expiration: Mapping[str, Any] | None = None
    access_settings_assignments: Mapping[str, Any] | None = None
    promotion: PromotionTiers | None = None
    validation_rules_assignments: RuleAssignments | None = None
    metadata: Mapping[str, Any] | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    object: str | None = None
