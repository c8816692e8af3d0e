"""Campaigns, and how far a customer is in them.

https://docs.spaaza.com/api/get-campaigns
"""

from __future__ import annotations

from typing import Unpack

from loyalty_sdk._core.calls import Call, Response
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint
from loyalty_sdk.spaaza._calls import about_user, get, numbers, reading
from loyalty_sdk.spaaza._wire import member, read_results
from loyalty_sdk.spaaza.inputs.campaigns import CampaignList
from loyalty_sdk.spaaza.inputs.users import UserByAny
from loyalty_sdk.spaaza.models.campaigns import Campaign


class Campaigns(Resource[R_co]):
    """Campaigns."""

    @endpoint
    def get(
        self, chain_id: int | str, campaign_id: int | str, **user: Unpack[UserByAny]
    ) -> Call[Campaign]:
        """One campaign of a chain. Repeated. `UserByAny` says whose `user_progress` is shown.

        https://docs.spaaza.com/api/get-campaign
        """
        ids = numbers(chain_id=chain_id, campaign_id=campaign_id)
        asked = {**ids, **about_user(UserByAny, user)}
        return get(reading(Campaign, "campaign"), "get-campaign", asked)

    @endpoint
    def list(
        self, chain_id: int | str, **which: Unpack[CampaignList]
    ) -> Call[tuple[Campaign, ...]]:
        """The campaigns of a chain, all at once; see `CampaignList`. Repeated.

        Where a campaign is assigned to more than 500 things, a warning of the answer says that they
        are left out (`objects_exceed_maximum_quantity`).

        https://docs.spaaza.com/api/get-campaigns
        """
        asked = {**numbers(chain_id=chain_id), **about_user(CampaignList, which)}
        return get(_read_all, "get-campaigns", asked)


def _read_all(response: Response) -> tuple[Campaign, ...]:
    return read_results(
        response,
        lambda results, reader, path: reader.many(
            Campaign, member(results, "campaigns", path), f"{path}.campaigns"
        ),
    )
