"""The customer whose session it is.

https://docs.cardlytics.com/ads/v2/api/customers/get-profile.html
"""

from __future__ import annotations

from loyalty_sdk._core.calls import Call
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint
from loyalty_sdk.cardlytics._index import with_ads
from loyalty_sdk.cardlytics.v2._calls import get, one
from loyalty_sdk.cardlytics.v2.models.ads import Ad
from loyalty_sdk.cardlytics.v2.models.customers import (
    CustomerProfile,
    CustomerRedemptions,
    CustomerRewardSummary,
)


class Customers(Resource[R_co]):
    """The customer whose session it is: profile, rewards and redemptions."""

    @endpoint
    def get_profile(self) -> Call[CustomerProfile]:
        """The customer with portfolios, accounts and cards. Repeated after a failure.

        https://platform.cardlytics.com/publisher-integrations/reference/get-customer-profile
        """
        return get(one(CustomerProfile), "customerProfile", "getCustomerProfile")

    @endpoint
    def get_reward_summary(self) -> Call[CustomerRewardSummary]:
        """What the customer earned, by spans of time. Repeated after a failure.

        https://platform.cardlytics.com/publisher-integrations/reference/get-customer-profile-ads-rewards-summary
        """
        return get(one(CustomerRewardSummary), "customerProfile", "getCustomerRewardSummary")

    @endpoint
    def list_redemptions(self) -> Call[CustomerRedemptions]:
        """All redemptions of the customer, and the ads that they belong to, all at once.

        There are neither dates to choose by nor pages. Repeated after a failure.

        https://platform.cardlytics.com/publisher-integrations/reference/get-ad-redemptions-for-a-given-customer
        """
        making = with_ads(CustomerRedemptions, Ad)
        return get(making, "customerProfile", "getCustomerAdRedemptions")
