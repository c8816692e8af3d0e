"""Customers, their accounts and cards, and what they earned.

https://platform.cardlytics.com/publisher-integrations/reference/get-customer-profile
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Literal, TypeAlias

import attrs

from loyalty_sdk._core.reading.model import Model, promised, renamed
from loyalty_sdk.cardlytics._index import Indexed, indexed
from loyalty_sdk.cardlytics.models.rewards import RewardSummary
from loyalty_sdk.cardlytics.v2.models.ads import Ad
from loyalty_sdk.errors import MissingField

OptInStatus: TypeAlias = Literal["ACTIVE", "INACTIVE"] | str
AlertOptInStatus: TypeAlias = (
    Literal[
        "ALL",
        "NEW",
        "ACTIVATED",
        "EXPIRING",
        "REDEMPTION",
        "CLOSE_THE_LOOP",
        "MISSED_OPPORTUNITY",
    ]
    | str
)
TargetingIndicator: TypeAlias = Literal["TARGET", "DO_NOT_TARGET"] | str
RedemptionEligibility: TypeAlias = Literal["ALL", "NONE"] | str
AccountStatus: TypeAlias = Literal["OPEN", "CLOSED", "DISPUTE", "FRAUD"] | str
AccountType: TypeAlias = Literal["PPD", "MMA", "CRD", "DDA", "SAV", "SBCRD", "SBDDA", "SBS"] | str
CardType: TypeAlias = Literal["CREDIT", "DEBIT", "PREPAID", "DIRECT_DEBIT", "BILL_PAY"] | str


@attrs.frozen(kw_only=True, weakref_slot=False)
class Portfolio(Model):
    """A programme of the institution.

    Attributes:
        source_portfolio_id: The institution's id of it.
        portfolio_name: Its name.
        reward_currency_unit: What rewards are, such as `Cash`.
    """

    source_portfolio_id: str = promised("sourcePortfolioId")
    portfolio_name: str | None = renamed("portfolioName")
    reward_currency_unit: str | None = renamed("rewardCurrencyUnit")


@attrs.frozen(kw_only=True, weakref_slot=False)
class Card(Model):
    """A card of an account.

    Attributes:
        source_account_id: The institution's id of the account.
        source_customer_id: Whose card it is.
        last4: The last four digits.
        iin: The first digits, which name the issuer.
        card_type: The kind of card.
        status: Whether it is in use.
        network_identifier: A code for the network, as sent.
        open_date: Since when there is the card.
        close_date: Since when it is closed; `None` until then.
    """

    source_account_id: str | None = renamed("sourceAccountId")
    source_customer_id: str | None = renamed("sourceCustomerId")
    last4: str | None = None
    iin: str | None = None
    card_type: CardType | None = renamed("cardType")
    status: AccountStatus | None = None
    network_identifier: str | None = renamed("networkIdentifier")
    open_date: datetime | None = renamed("openDate")
    close_date: datetime | None = renamed("closeDate")


@attrs.frozen(kw_only=True, weakref_slot=False)
class Account(Model):
    """An account of a customer.

    Attributes:
        source_account_id: The institution's id of it.
        source_customer_ids: Whose account it is.
        primary_source_customer_id: Whose it is first of all.
        status: Whether it is in use.
        type: The kind of account.
        source_portfolio_id: The portfolio it belongs to.
        account_open_date: Since when there is the account.
        account_close_date: Since when it is closed; `None` until then.
        cards: Its cards.
    """

    source_account_id: str = promised("sourceAccountId")
    source_customer_ids: tuple[str, ...] | None = renamed("sourceCustomerIds")
    primary_source_customer_id: str | None = renamed("primarySourceCustomerId")
    status: AccountStatus | None = None
    type: AccountType | None = None
    source_portfolio_id: str | None = renamed("sourcePortfolioId")
    account_open_date: datetime | None = renamed("accountOpenDate")
    account_close_date: datetime | None = renamed("accountCloseDate")
    cards: tuple[Card, ...] | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class CustomerProfile(Model):
    """A customer.

    Attributes:
        source_customer_id: The institution's id of the customer.
        source_parent_customer_id: Of whom the customer depends.
        organization_id: The subsidiary of the institution.
        postal_code: The postal code.
        country: The code of the country.
        customer_creation_date: Since when there is the customer.
        enrollment_start_date: Since when the customer takes part.
        enrollment_end_date: Since when no longer; `None` until then.
        enrollment_opt_in_status: Whether the customer takes part.
        alert_opt_in_status: What the customer wants to be told of.
        targeting_indicator: Whether ads may be chosen for the customer.
        redemption_eligibility: Whether ads can be activated and redeemed.
        portfolios: The programmes.
        accounts: The accounts.
        request_id: The id of the request.
    """

    source_customer_id: str = promised("sourceCustomerId")
    source_parent_customer_id: str | None = renamed("sourceParentCustomerId")
    organization_id: str | None = renamed("organizationId")
    postal_code: str | None = renamed("postalCode")
    country: str | None = None
    customer_creation_date: datetime | None = renamed("customerCreationDate")
    enrollment_start_date: datetime | None = renamed("enrollmentStartDate")
    enrollment_end_date: datetime | None = renamed("enrollmentEndDate")
    enrollment_opt_in_status: OptInStatus | None = renamed("enrollmentOptInStatus")
    alert_opt_in_status: tuple[AlertOptInStatus, ...] | None = renamed("alertOptInStatus")
    targeting_indicator: TargetingIndicator | None = renamed("targetingIndicator")
    redemption_eligibility: RedemptionEligibility | None = renamed("redemptionEligibility")
    portfolios: tuple[Portfolio, ...] | None = None
    accounts: tuple[Account, ...] | None = None
    request_id: str | None = renamed("requestId")


@attrs.frozen(kw_only=True, weakref_slot=False)
class RewardSummaryTotals(Model):
    """What a customer earned, by spans of time. Amounts are in the programme's currency.

    Attributes:
        all_time: In all.
        pending: What is not settled yet; its rewards are not summed.
        year_to_date: Since the beginning of the year.
        previous_calendar_year: In the year before.
        previous_month: In the month before.
        previous_twelve_months: In the last twelve months.
        current_month: Since the beginning of the month.
    """

    all_time: RewardSummary | None = renamed("allTime")
    pending: RewardSummary | None = None
    year_to_date: RewardSummary | None = renamed("yearToDate")
    previous_calendar_year: RewardSummary | None = renamed("previousCalendarYear")
    previous_month: RewardSummary | None = renamed("previousMonth")
    previous_twelve_months: RewardSummary | None = renamed("previousTwelveMonths")
    current_month: RewardSummary | None = renamed("currentMonth")


@attrs.frozen(kw_only=True, weakref_slot=False)
class CustomerRewardSummary(Model):
    """What a customer earned.

    Attributes:
        rewards_summary: The sums.
        request_id: The id of the request.
    """

    rewards_summary: RewardSummaryTotals = promised("rewardsSummary")
    request_id: str | None = renamed("requestId")


@attrs.frozen(kw_only=True, weakref_slot=False)
class Redemption(Model):
    """What a customer earned by a purchase. Amounts are in the reward programme's currency.

    Attributes:
        redemption_id: Its id.
        ad_id: The ad that was redeemed; `CustomerRedemptions.ad_for` finds it.
        transaction_id: The bank's id of the purchase.
        amount: What was earned.
        redemption_date: When it was processed, not when the purchase was made.
        source_customer_id: Whose it is.
        source_account_id: The account of the purchase.
        redeeming_transaction_amount: What was paid for the purchase.
        reward_settlement_run_date: When the reward was settled; `None` until then.
    """

    redemption_id: str = promised("redemptionId")
    ad_id: str = promised("adId")
    transaction_id: str = promised("transactionId")
    amount: Decimal | None = None
    redemption_date: datetime | None = renamed("redemptionDate")
    source_customer_id: str | None = renamed("sourceCustomerId")
    source_account_id: str | None = renamed("sourceAccountId")
    redeeming_transaction_amount: Decimal | None = renamed("redeemingTransactionAmount")
    reward_settlement_run_date: datetime | None = renamed("rewardSettlementRunDate")


@attrs.frozen(kw_only=True, weakref_slot=False)
class CustomerRedemptions(Indexed):
    """Redemptions, and ads to look theirs up in; not every redemption's ad need be among them.

    Attributes:
        redemptions: The redemptions, in the vendor's order.
        ads: The ads; sent as a map from ad id to ad.
        request_id: The id of the request.
    """

    redemptions: tuple[Redemption, ...] = promised()
    ads: tuple[Ad, ...] = promised()
    request_id: str | None = renamed("requestId")

    def ad_for(self, redemption: Redemption) -> Ad | None:
        """The ad that was redeemed.

        Args:
            redemption: One of this list.

        Returns:
            The ad, or `None` where the list does not have it.
        """
        try:
            return indexed(self, "ads").get(redemption.ad_id)
        except MissingField:  # no ads, or a redemption of none
            return None


@attrs.frozen(kw_only=True, weakref_slot=False)
class Received(Model):
    """Cardlytics took what was sent.

    Attributes:
        request_id: The id of the request.
    """

    request_id: str | None = renamed("requestId")
