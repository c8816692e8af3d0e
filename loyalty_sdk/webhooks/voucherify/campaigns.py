"""What Voucherify's events tell of campaigns, validation rules and distributions.

https://docs.voucherify.io/api-reference/project-settings-webhooks
"""

from __future__ import annotations

from datetime import datetime

import attrs

from loyalty_sdk._core.reading.model import Model, promised
from loyalty_sdk.voucherify import models
from loyalty_sdk.voucherify.models.loyalties import LoyaltyTier
from loyalty_sdk.voucherify.models.promotions import PromotionTier
from loyalty_sdk.voucherify.models.publications import Publication
from loyalty_sdk.voucherify.models.references import CustomerReference, Identified, RuleAssignment
from loyalty_sdk.voucherify.models.vouchers import Voucher


@attrs.frozen(kw_only=True, weakref_slot=False)
class Campaign(models.Campaign):
    """A campaign as events tell of it: the vendor's own, and one field more.

    Attributes:
        is_referral_code: Whether its codes are for referring others.
    """

    is_referral_code: bool | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class CampaignData(Model):
    """A campaign was made, changed or deleted, or a tier of it, or its vouchers are ready.

    Attributes:
        campaign: The campaign.
        loyalty_tier: The loyalty tier, where it is about one.
        promotion_tier: The promotion, where it is about one.
        count: How many vouchers were made.
        created_at: When the campaign was made.
        completed_at: When the vouchers were.
        deleted_at: When the campaign was deleted.
    """

    campaign: Campaign = promised()
    loyalty_tier: LoyaltyTier | None = None
    promotion_tier: PromotionTier | None = None
    count: int | None = None
    created_at: datetime | None = None
    completed_at: datetime | None = None
    deleted_at: datetime | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class RuleData(Model):
    """A validation rule was made, changed, deleted, or assigned to something.

    Attributes:
        rule: The rule.
        assignment: For what it holds.
        voucher: The voucher for which it does.
        campaign: The campaign for which it does.
        distribution: The distribution for which it does.
        promotion_tier: The promotion for which it does.
        earning_rule: The earning rule for which it does.
        created_at: When it was made.
        updated_at: When it was changed.
        deleted_at: When it was deleted.
    """

    rule: Identified = promised()
    assignment: RuleAssignment | None = None
    voucher: Voucher | None = None
    campaign: Campaign | None = None
    distribution: Identified | None = None
    promotion_tier: PromotionTier | None = None
    earning_rule: Identified | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    deleted_at: datetime | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class DistributionData(Model):
    """A distribution reached its time.

    Attributes:
        distribution: The distribution.
        customer: The customer whom it is for.
        voucher: The voucher that it gave.
        campaign: The voucher's campaign.
        publication: How it was given.
        promotion_tier: The promotion that it tells of.
    """

    distribution: Identified = promised()
    customer: CustomerReference | None = None
    voucher: Voucher | None = None
    campaign: Campaign | None = None
    publication: Publication | None = None
    promotion_tier: PromotionTier | None = None
