"""Campaigns, and how far a customer is in them.

https://docs.spaaza.com/api/get-campaigns
"""

from __future__ import annotations

from typing import Unpack

from loyalty_sdk._core.arguments import number
from loyalty_sdk._core.calls import Call, Response
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint
from loyalty_sdk.spaaza._calls import about_user, get, reading
from loyalty_sdk.spaaza._wire import member, read_results
from loyalty_sdk.spaaza.inputs.campaigns import CampaignList
from loyalty_sdk.spaaza.inputs.users import UserByAny
from loyalty_sdk.spaaza.models import Campaign


class Campaigns(Resource[R_co]):
    """Campaigns."""

    @endpoint
    def get(
        self, chain_id: int | str, campaign_id: int | str, **user: Unpack[UserByAny]
    ) -> Call[Campaign]:
        """One campaign. Repeated.

        Args:
            chain_id: The chain.
            campaign_id: The campaign.
            **user: Whose `user_progress` to show; see `UserByAny`.

        https://docs.spaaza.com/api/get-campaign
        """
        which = {
            "chain_id": number("chain_id", chain_id),
            "campaign_id": number("campaign_id", campaign_id),
            **about_user(UserByAny, user),
        }
        return get(reading(Campaign, "campaign"), "get-campaign", which)

    @endpoint
    def list(
        self, chain_id: int | str, **which: Unpack[CampaignList]
    ) -> Call[tuple[Campaign, ...]]:
        """The campaigns of a chain, all at once. Repeated.

        Where a campaign is assigned to more than 500 things, a warning of the answer says that they
        are left out (`objects_exceed_maximum_quantity`).

        Args:
            chain_id: The chain.
            **which: Which of them, and for whom; see `CampaignList`.

        https://docs.spaaza.com/api/get-campaigns
        """
        asked = {"chain_id": number("chain_id", chain_id), **about_user(CampaignList, which)}
        return get(_read_all, "get-campaigns", asked)


def _read_all(response: Response) -> tuple[Campaign, ...]:
    return read_results(
        response,
        lambda results, reader, path: reader.many(
            Campaign, member(results, "campaigns", path), f"{path}.campaigns"
        ),
    )
