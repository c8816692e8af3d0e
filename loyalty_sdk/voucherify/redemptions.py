"""Redeeming, and undoing it.

https://docs.voucherify.io/api-reference/redemptions
"""

from __future__ import annotations

from typing import Unpack

from loyalty_sdk._core.calls import Call, Listing
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint, listing
from loyalty_sdk._core.given.arguments import identifier
from loyalty_sdk._core.given.inputs import body
from loyalty_sdk.voucherify._calls import get, post
from loyalty_sdk.voucherify._lists import listed
from loyalty_sdk.voucherify.inputs.lists import RedemptionList
from loyalty_sdk.voucherify.inputs.redeeming import Redeemables, RedeemFields, RollbackFields
from loyalty_sdk.voucherify.models.redemptions import (
    Redemption,
    StackedRedemptions,
    StackedRollbacks,
)
from loyalty_sdk.voucherify.validations import redeeming

_PATH = ("v1", "redemptions")


class Redemptions(Resource[R_co]):
    """Redeeming, and undoing it."""

    @endpoint
    def redeem(
        self, redeemables: Redeemables, **fields: Unpack[RedeemFields]
    ) -> Call[StackedRedemptions]:
        """Redeem. Never repeated: the vendor knows no key that tells a second request apart.

        Args:
            redeemables: 1 to 30: codes of vouchers, or objects that say more.
            **fields: The order, the customer, the session that holds them; see `RedeemFields`.

        Raises:
            BadRequest: Something cannot be redeemed; `code` says why. Where the project's rules
                let the others pass, it stands in `inapplicable_redeemables` instead.

        https://docs.voucherify.io/api-reference/redemptions/redeem-stackable-discounts
        """
        return post(StackedRedemptions, *_PATH, json=redeeming(redeemables, fields))

    @endpoint
    def get(self, redemption_id: str) -> Call[Redemption]:
        """One redemption or rollback, by its id: `r_...`, `rr_...`, `rf_...`.

        https://docs.voucherify.io/api-reference/redemptions/get-redemption
        """
        return get(Redemption, *_PATH, identifier("redemption_id", redemption_id))

    @listing
    def list(self, **which: Unpack[RedemptionList]) -> Listing[Redemption]:
        """Redemptions, successful and failed ones, and rollbacks; see `RedemptionList`.

        Raises:
            PageCeiling: There are more than 99 pages.

        https://docs.voucherify.io/api-reference/redemptions/list-redemptions
        """
        beyond = "ask for a span of time: created_at"
        return listed(
            Redemption, _PATH, RedemptionList, which, ceiling=99, beyond=beyond, key="redemptions"
        )

    @endpoint
    def rollback(self, redemption_id: str, **fields: Unpack[RollbackFields]) -> Call[Redemption]:
        """Undo one redemption that stands alone, within three months. Never repeated.

        Args:
            redemption_id: The redemption, `r_...`.
            **fields: Why, and what to change with it; see `RollbackFields`.

        Raises:
            BadRequest: It was undone before (`already_rolled_back`), or just now is
                (`multiple_requests`).

        https://docs.voucherify.io/api-reference/redemptions/rollback-redemption
        """
        path = (*_PATH, identifier("redemption_id", redemption_id), "rollback")
        return post(Redemption, *path, json=body(RollbackFields, fields))

    @endpoint
    def rollback_stacked(
        self, parent_redemption_id: str, **fields: Unpack[RollbackFields]
    ) -> Call[StackedRollbacks]:
        """Undo what was redeemed at once, within three months. Never repeated.

        Args:
            parent_redemption_id: What holds the redemptions together, or one that stands alone.
            **fields: Why, and what to change with it; see `RollbackFields`.

        Raises:
            BadRequest: It was undone before (`already_rolled_back`), or just now is
                (`multiple_requests`).

        https://docs.voucherify.io/api-reference/redemptions/rollback-stackable-redemptions
        """
        path = (*_PATH, identifier("parent_redemption_id", parent_redemption_id), "rollbacks")
        return post(StackedRollbacks, *path, json=body(RollbackFields, fields))
