"""Campaigns, and how far a customer is in them.

https://docs.spaaza.com/api/get-campaigns
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import attrs

from loyalty_sdk._core.reading.model import Model, promised
from loyalty_sdk.spaaza.models.users import LoyaltyStatus
from loyalty_sdk.spaaza.models.values import Currency, Instant


@attrs.frozen(kw_only=True, weakref_slot=False)
class UserProgress(LoyaltyStatus):
    """How far a customer is in a campaign: which fields there are depends on the campaign's type.

    A loyalty campaign has the fields of `LoyaltyStatus`. https://docs.spaaza.com/api/user-progress

    Attributes:
        award_count: How often the campaign has rewarded them.
        total_amount_awarded: How much, in the campaign's currency.
        currency: The currency of a wallet.
        saved_amount: What is in the wallet.
        total_amount: What was ever put into it.
        is_redeemable: Whether it can be spent.
    """

    award_count: int | None = None
    total_amount_awarded: Decimal | None = None
    currency: Currency | None = None
    saved_amount: Decimal | None = None
    total_amount: Decimal | None = None
    is_redeemable: bool | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class AssignedBusiness(Model):
    """A store that a campaign is assigned to.

    Attributes:
        id: Spaaza's id of it.
        name: Its name.
    """

    id: str | None = None
    name: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class UpdatedBy(Model):
    """Who changed a campaign.

    Attributes:
        user_id: Spaaza's id of them.
        name: Their name.
    """

    user_id: str | None = None
    name: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class Campaign(Model):
    """A campaign of a chain; which fields there are depends on its type.

    https://docs.spaaza.com/api/campaign-types-fields

    Attributes:
        id: Spaaza's id.
        type: What kind of campaign it is: `loyalty`, `wallet`, `points_wallet`, `signup`, ...
        chain_id: The chain.
        title: The title that customers see.
        subtitle: The one below it.
        description: The text that customers see.
        subtext: Terms and conditions.
        notes: Notes for the staff.
        owner_code: Your code of it.
        active: Whether it is active.
        is_active: The same.
        is_default: Whether it is the default.
        is_deleted: Whether it is deleted.
        is_contributor: Whether it adds to a wallet.
        active_date_from: When it begins.
        active_date_until: When it ends.
        active_time_from: The time of the day from which on it holds, `HH:MM:SS`.
        active_time_until: The time of the day until which it holds.
        active_weekdays: The days on which it holds: numbers, with commas.
        created_date: When it was made.
        last_modified_date: When it was last changed.
        last_updated_date: When it was last changed.
        last_updated_by: Who did that.
        user_progress: How far the customer is who was asked for.
        currency: Its currency.
        currency_id: Spaaza's id of the currency.
        currency_code: The currency's code.
        target_count: How many of something are the goal.
        current_count: How many there are; from 1.5.0 on.
        point_cost: How many points its reward costs.
        point_cost_method: What pays for it.
        point_cost_method_wallet_campaign_id: The wallet that pays for it.
        cashback_ratio: The share that comes back.
        minimum_basket_total_value: The smallest purchase that counts.
        max_basket_discount_amount: The most that may be taken off a purchase; from 1.6.6 on.
        max_manual_daily_amount: The most that one of the staff may add a day.
        max_reward_quantity: How many rewards there may be.
        max_reward_quantity_unit: In what unit.
        reward_priority: Which reward comes first.
        recipient_campaign_id: The campaign that the reward goes to.
        recipient_reward_amount: How much the reward is.
        recipient_reward_code: Its code.
        recipient_reward_discount_ratio: The share that it takes off.
        recipient_reward_method: What it is: `voucher`, ...
        sender_campaign_id: The campaign that rewards who referred.
        created_voucher_claimed_by_default: Whether its vouchers are claimed from the start.
        allows_user_to_claim_voucher: Whether customers may claim its vouchers.
        allows_end_user_to_claim_voucher: The same, by another name.
        earn_on_promotional_items: Whether reduced items count.
        excludes_assignment_matches: Whether it holds for what it is not assigned to.
        excludes_referred_users: Whether customers who were referred are left out.
        excluded_user_segment_id: The customers who are left out.
        operator_type: Whether one condition is enough (`or`) or all must hold.
        supports_contribution: Whether it can add to wallets.
        supports_user_segments: Whether it can be for some customers only.
        rounding_precision: To how many decimals amounts are rounded.
        rounding_strategy: How.
        assignment_count: How many things it is assigned to; over 500 are not listed.
        assignment_count_by_type: How many of each kind.
        assigned_barcodes: The barcodes that it is assigned to.
        assigned_barcodes_earn: Those that earn.
        assigned_barcodes_spend: Those that spend.
        assigned_business_ids: The stores that it is assigned to.
        assigned_currencies: The currencies that it is assigned to.
        image_filename: Its image.
        image_url: The image's address.
        image_link: Where the image leads.
        image_dimension_x: The image's width.
        image_dimension_y: The image's height.
        styling: Colours and the like.
        element_styling: More of these.
        custom_content: Content of your own.
        field_localisations: Its texts in other languages.
        parameters: Whatever else its type has.
        tags: Its tags.
    """

    id: str = promised()
    type: str | None = None
    chain_id: str | None = None
    title: str | None = None
    subtitle: str | None = None
    description: str | None = None
    subtext: str | None = None
    notes: str | None = None
    owner_code: str | None = None
    active: bool | None = None
    is_active: bool | None = None
    is_default: bool | None = None
    is_deleted: bool | None = None
    is_contributor: bool | None = None
    active_date_from: Instant | None = None
    active_date_until: Instant | None = None
    active_time_from: str | None = None
    active_time_until: str | None = None
    active_weekdays: str | None = None
    created_date: Instant | None = None
    last_modified_date: Instant | None = None
    last_updated_date: Instant | None = None
    last_updated_by: UpdatedBy | None = None
    user_progress: UserProgress | None = None
    currency: Currency | None = None
    currency_id: str | None = None
    currency_code: str | None = None
    target_count: Decimal | None = None
    current_count: Decimal | None = None
    point_cost: Decimal | None = None
    point_cost_method: str | None = None
    point_cost_method_wallet_campaign_id: str | None = None
    cashback_ratio: Decimal | None = None
    minimum_basket_total_value: Decimal | None = None
    max_basket_discount_amount: Decimal | None = None
    max_manual_daily_amount: Decimal | None = None
    max_reward_quantity: Decimal | None = None
    max_reward_quantity_unit: str | None = None
    reward_priority: Decimal | None = None
    recipient_campaign_id: str | None = None
    recipient_reward_amount: Decimal | None = None
    recipient_reward_code: str | None = None
    recipient_reward_discount_ratio: Decimal | None = None
    recipient_reward_method: str | None = None
    sender_campaign_id: str | None = None
    created_voucher_claimed_by_default: bool | None = None
    allows_user_to_claim_voucher: bool | None = None
    allows_end_user_to_claim_voucher: bool | None = None
    earn_on_promotional_items: bool | None = None
    excludes_assignment_matches: bool | None = None
    excludes_referred_users: bool | None = None
    excluded_user_segment_id: str | None = None
    operator_type: str | None = None
    supports_contribution: bool | None = None
    supports_user_segments: bool | None = None
    rounding_precision: Decimal | None = None
    rounding_strategy: str | None = None
    assignment_count: int | None = None
    assignment_count_by_type: Mapping[str, Any] | None = None
    assigned_barcodes: tuple[str, ...] | None = None
    assigned_barcodes_earn: tuple[str, ...] | None = None
    assigned_barcodes_spend: tuple[str, ...] | None = None
    assigned_business_ids: tuple[AssignedBusiness, ...] | None = None
    assigned_currencies: tuple[Any, ...] | None = None
    image_filename: str | None = None
    image_url: str | None = None
    image_link: str | None = None
    image_dimension_x: Decimal | None = None
    image_dimension_y: Decimal | None = None
    styling: Any | None = None
    element_styling: Any | None = None
    custom_content: Any | None = None
    field_localisations: Any | None = None
    parameters: Any | None = None
    tags: Any | None = None
