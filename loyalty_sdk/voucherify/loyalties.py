"""Members of loyalty programs and their points, in the vendor's first loyalty API.

The vendor calls this API deprecated: it gets no new features, and new programs are made with
Loyalty v2. It is mended still.

https://docs.voucherify.io/api-reference/loyalties
"""

from __future__ import annotations

from typing import Unpack

from loyalty_sdk._core.calls import Call, Listing, PathPart
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint, listing
from loyalty_sdk._core.given.arguments import identifier, query
from loyalty_sdk._core.given.inputs import body
from loyalty_sdk.voucherify._calls import get, post, switch
from loyalty_sdk.voucherify._lists import LARGEST_PAGE, listed, scrolled, single
from loyalty_sdk.voucherify.inputs.lists import (
    MemberActivityList,
    MemberList,
    MemberTransactionList,
    PendingPointsList,
    TierList,
)
from loyalty_sdk.voucherify.inputs.rewards import CardBalanceFields, RewardRedemption
from loyalty_sdk.voucherify.inputs.vouchers import MembershipFields
from loyalty_sdk.voucherify.models.balances import VoucherTransaction
from loyalty_sdk.voucherify.models.customers import Activity
from loyalty_sdk.voucherify.models.loyalties import LoyaltyBalance, LoyaltyTier, PendingPoints
from loyalty_sdk.voucherify.models.redemptions import Redemption
from loyalty_sdk.voucherify.models.rewards import LoyaltyReward
from loyalty_sdk.voucherify.models.vouchers import Voucher

_PATH = ("v1", "loyalties")


class Loyalties(Resource[R_co]):
    """Members of loyalty programs; a member is a loyalty card, known by its code.

    The vendor calls all of these calls deprecated, in favour of Loyalty v2.
    """

    @listing
    def list_members(self, campaign_id: str, **which: Unpack[MemberList]) -> Listing[Voucher]:
        """The cards of a program, the newest first; see `MemberList`. Deprecated by the vendor.

        Raises:
            PageCeiling: There are more than 100 pages.

        https://docs.voucherify.io/api-reference/loyalties/list-members
        """
        beyond = "ask for a span of time: created_at"
        path = (*_program(campaign_id), "members")
        return listed(Voucher, path, MemberList, which, beyond=beyond, key="vouchers")

    @endpoint
    def add_member(self, campaign_id: str, **fields: Unpack[MembershipFields]) -> Call[Voucher]:
        """Give a customer a card of a program. Never repeated: it would give another one.

        Deprecated by the vendor.

        Args:
            campaign_id: The id of the program, `camp_...`.
            **fields: Who, and which card; see `MembershipFields`.

        https://docs.voucherify.io/api-reference/loyalties/add-member
        """
        path = (*_program(campaign_id), "members")
        return post(Voucher, *path, json=body(MembershipFields, fields))

    @endpoint
    def get_member(self, member_id: str) -> Call[Voucher]:
        """One card, by its code. Deprecated by the vendor.

        https://docs.voucherify.io/api-reference/loyalties/get-member
        """
        return get(Voucher, *_member(member_id))

    @listing
    def list_member_activity(
        self, member_id: str, **which: Unpack[MemberActivityList]
    ) -> Listing[Activity]:
        """What happened to a card; see `MemberActivityList`. Deprecated by the vendor.

        https://docs.voucherify.io/api-reference/loyalties/list-member-activity
        """
        path = (*_member(member_id), "activity")
        return scrolled(Activity, path, MemberActivityList, which, lambda event: event.id)

    @listing
    def list_member_transactions(
        self, member_id: str, **which: Unpack[MemberTransactionList]
    ) -> Listing[VoucherTransaction]:
        """What changed the points of a card; see `MemberTransactionList`. Deprecated by the vendor.

        https://docs.voucherify.io/api-reference/loyalties/list-loyalty-card-transactions
        """
        path = (*_member(member_id), "transactions")
        return scrolled(VoucherTransaction, path, MemberTransactionList, which, lambda one: one.id)

    @endpoint
    def update_member_balance(
        self, member_id: str, **fields: Unpack[CardBalanceFields]
    ) -> Call[LoyaltyBalance]:
        """Add points to a card, or take from it. Never repeated: it would add twice.

        The vendor does it a little later: leave time between changes whose order matters.
        Deprecated by the vendor.

        Args:
            member_id: The code of the card.
            **fields: How many and why; see `CardBalanceFields`.

        https://docs.voucherify.io/api-reference/loyalties/adjust-loyalty-card-balance
        """
        path = (*_member(member_id), "balance")
        return post(LoyaltyBalance, *path, json=body(CardBalanceFields, fields))

    @listing
    def list_member_pending_points(
        self, member_id: str, **which: Unpack[PendingPointsList]
    ) -> Listing[PendingPoints]:
        """Points that are not on the card yet; see `PendingPointsList`. Deprecated by the vendor.

        https://docs.voucherify.io/api-reference/loyalties/list-member-pending-points
        """
        path = (*_member(member_id), "pending-points")
        return scrolled(PendingPoints, path, PendingPointsList, which, lambda points: points.id)

    @listing
    def list_member_rewards(
        self, member_id: str, *, affordable_only: bool | None = None
    ) -> Listing[LoyaltyReward]:
        """The rewards that a member may get for points, all at once. Deprecated by the vendor.

        Args:
            member_id: The code of the card.
            affordable_only: Whether only those for which there are enough points.

        https://docs.voucherify.io/api-reference/loyalties/list-member-rewards
        """
        params = switch(affordable_only=affordable_only)
        return single(LoyaltyReward, (*_member(member_id), "rewards"), params)

    @endpoint
    def redeem_reward(self, member_id: str, **fields: Unpack[RewardRedemption]) -> Call[Redemption]:
        """Redeem points for a reward. Never repeated. Deprecated by the vendor.

        Args:
            member_id: The code of the card.
            **fields: The reward, and what points pay for; see `RewardRedemption`.

        https://docs.voucherify.io/api-reference/loyalties/redeem-reward
        """
        path = (*_member(member_id), "redemption")
        return post(Redemption, *path, json=body(RewardRedemption, fields))

    @listing
    def list_tiers(self, campaign_id: str, **which: Unpack[TierList]) -> Listing[LoyaltyTier]:
        """The tiers of a program, in one answer; see `TierList`. Deprecated by the vendor.

        Raises:
            PageCeiling: There are more than these.

        https://docs.voucherify.io/api-reference/loyalties/list-loyalty-tiers
        """
        asked = {"limit": LARGEST_PAGE, **body(TierList, which)}
        limit = asked.pop("limit")
        return single(LoyaltyTier, (*_program(campaign_id), "tiers"), query(**asked), limit=limit)


def _program(campaign_id: str) -> tuple[PathPart, ...]:
    return (*_PATH, identifier("campaign_id", campaign_id))


def _member(member_id: str) -> tuple[PathPart, ...]:
    return (*_PATH, "members", identifier("member_id", member_id))
