"""Campaigns: what vouchers are published from.

https://docs.voucherify.io/api-reference/campaigns
"""

from __future__ import annotations

from typing import Unpack

from loyalty_sdk._core.calls import Call, Listing, PathPart
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint, listing
from loyalty_sdk._core.given.arguments import given, identifier, query, within
from loyalty_sdk._core.given.inputs import body
from loyalty_sdk.voucherify._calls import get, post
from loyalty_sdk.voucherify._lists import listed
from loyalty_sdk.voucherify.inputs.lists import CampaignList
from loyalty_sdk.voucherify.inputs.vouchers import InheritingVoucher, InheritingVouchers
from loyalty_sdk.voucherify.models.campaigns import Campaign
from loyalty_sdk.voucherify.models.jobs import ScheduledAction
from loyalty_sdk.voucherify.models.vouchers import Voucher

_PATH = ("v1", "campaigns")


class Campaigns(Resource[R_co]):
    """What vouchers are published from."""

    @listing
    def list(self, **which: Unpack[CampaignList]) -> Listing[Campaign]:
        """Campaigns, the newest first; see `CampaignList`.

        Raises:
            PageCeiling: There are more than 100 pages.

        https://docs.voucherify.io/api-reference/campaigns/list-campaigns
        """
        beyond = "ask for a span of time: filters on created_date"
        return listed(Campaign, _PATH, CampaignList, which, beyond=beyond, key="campaigns")

    @endpoint
    def get(self, campaign_id: str) -> Call[Campaign]:
        """One campaign, by its id `camp_...` or its name.

        https://docs.voucherify.io/api-reference/campaigns/get-campaign
        """
        return get(Campaign, *_of(campaign_id))

    @endpoint
    def add_voucher(
        self, campaign_id: str, code: str, **fields: Unpack[InheritingVoucher]
    ) -> Call[Voucher]:
        """Add a voucher with a code of your own. Never repeated: `vouchers.get` tells.

        Args:
            campaign_id: The id of the campaign, or its name.
            code: The code.
            **fields: What it does not take from the campaign; see `InheritingVoucher`.

        Raises:
            Conflict: There is a voucher with this code (`duplicate_found`).

        https://docs.voucherify.io/api-reference/campaigns/add-voucher-with-specific-code-to-campaign
        """
        path = (*_of(campaign_id), "vouchers", identifier("code", code))
        return post(Voucher, *path, json=body(InheritingVoucher, fields))

    @endpoint
    def generate_voucher(
        self, campaign_id: str, **fields: Unpack[InheritingVouchers]
    ) -> Call[Voucher]:
        """Add a voucher with a code that is drawn. Never repeated: it would add another one.

        Args:
            campaign_id: The id of the campaign, or its name.
            **fields: What it does not take from the campaign; see `InheritingVouchers`.

        https://docs.voucherify.io/api-reference/campaigns/add-vouchers-to-campaign
        """
        sent, params = body(InheritingVouchers, fields), query(vouchers_count=1)
        return post(Voucher, *_of(campaign_id), "vouchers", json=sent, params=params)

    @endpoint
    def generate_vouchers(
        self, campaign_id: str, vouchers_count: int, **fields: Unpack[InheritingVouchers]
    ) -> Call[ScheduledAction]:
        """Add vouchers with codes that are drawn. Never repeated: it would add others.

        Args:
            campaign_id: The id of the campaign, or its name.
            vouchers_count: How many, 2 or more; `generate_voucher` gives a single one at once.
            **fields: What they do not take from the campaign; see `InheritingVouchers`.

        Returns:
            What `async_actions.wait` waits for.

        https://docs.voucherify.io/api-reference/campaigns/add-vouchers-to-campaign
        """
        count = within("vouchers_count", given("vouchers_count", vouchers_count), 2, None)
        sent, params = body(InheritingVouchers, fields), query(vouchers_count=count)
        return post(ScheduledAction, *_of(campaign_id), "vouchers", json=sent, params=params)


def _of(campaign_id: str) -> tuple[PathPart, ...]:
    return (*_PATH, identifier("campaign_id", campaign_id))
