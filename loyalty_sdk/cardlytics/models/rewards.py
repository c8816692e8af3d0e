"""What a customer earned over time.

https://docs.cardlytics.com/ads/v1/data/types/reward-summary-totals.html
"""

from __future__ import annotations

from decimal import Decimal

import attrs

from loyalty_sdk._core.reading.model import Model, renamed


@attrs.frozen(kw_only=True, weakref_slot=False)
class RewardSummary(Model):
    """What was earned in a span of time.

    The names of the fields are those that version 2 documents; what a server of version 1 calls
    otherwise is in `extra`.

    Attributes:
        redemption_count: How often something was redeemed.
        redeemed_offer_count: How many offers were.
        total_redeeming_transaction_amount: What was paid for it.
        total_reward_amount: What was earned by it.
    """

    redemption_count: int | None = renamed("redemptionCount")
    redeemed_offer_count: int | None = renamed("redeemedOfferCount")
    total_redeeming_transaction_amount: Decimal | None = renamed("totalRedeemingTransactionAmount")
    total_reward_amount: Decimal | None = renamed("totalRewardAmount")


@attrs.frozen(kw_only=True, weakref_slot=False)
class RewardSummaryTotals(Model):
    """What a customer earned, by spans of time. Amounts are in the programme's currency.

    Attributes:
        year_to_date: Since the beginning of the year.
        previous_year: In the year before.
        previous_month: In the month before.
        rolling_twelve_months: In the last twelve months.
        current_month: Since the beginning of the month.
        pending: What is not settled yet.
    """

    year_to_date: RewardSummary | None = renamed("yearToDate")
    previous_year: RewardSummary | None = renamed("previousYear")
    previous_month: RewardSummary | None = renamed("previousMonth")
    rolling_twelve_months: RewardSummary | None = renamed("rollingTwelveMonths")
    current_month: RewardSummary | None = renamed("currentMonth")
    pending: RewardSummary | None = None
