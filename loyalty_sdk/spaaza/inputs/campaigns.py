"""Which campaigns a call is about.

https://docs.spaaza.com/api/get-campaigns
"""

from __future__ import annotations

from typing import Literal

from loyalty_sdk.spaaza.inputs.users import UserByAny


class CampaignList(UserByAny, total=False):
    """Which campaigns are listed; it has all fields of `UserByAny`, too.

    The customer is the one whose `user_progress` is shown.

    Attributes:
        campaign_type: Only of this type.
        display_full_campaign: Whether all is shown of them.
        exclude_inactive: Whether to leave out those that are not active: so by default from
            1.4.11 on.
        order_by: By what they are sorted: `priority`.
        order_dir: In which direction: `ASC` or `DESC`.
    """

    campaign_type: str | None
    display_full_campaign: bool | None
    exclude_inactive: bool | None
    order_by: str | None
    order_dir: Literal["ASC", "DESC"] | None
