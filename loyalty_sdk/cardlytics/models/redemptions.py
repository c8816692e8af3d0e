"""What customers earned by redeeming ads.

https://docs.cardlytics.com/ads/v1/types/redemption-list.html
"""

from __future__ import annotations

from decimal import Decimal

import attrs

from loyalty_sdk._core.reading.model import Model, promised, renamed
from loyalty_sdk.cardlytics._index import Indexed, indexed
from loyalty_sdk.cardlytics._times import Moment
from loyalty_sdk.cardlytics.models.ads import Ad
from loyalty_sdk.errors import MissingField


@attrs.frozen(kw_only=True, weakref_slot=False)
class Redemption(Model):
    """What a customer earned by a purchase. Amounts are in the reward programme's currency.

    https://docs.cardlytics.com/ads/v1/types/redemption.html

    Attributes:
        redemption_id: Its id.
        ad_id: The ad that was redeemed; `RedemptionList.ad_for` finds it.
        account_id: Cardlytics' id of the account that the purchase was made with.
        transaction_id: The bank's id of the purchase; `0` for a forced redemption.
        paid_account_id: The account that the reward goes to.
        amount: What was earned.
        redemption_date: When it was processed, not when the purchase was made; sent as `date` or
            as `redemptionDate`. Naive unless sent with an offset or the client has a `timezone`.
        is_my_reward: Whether it is this customer's, and not another owner's of a shared account.
        redeeming_transaction_amount: What was paid for the purchase.
        reward_settlement_run_date: When the reward was settled; `None` until then.
    """

    redemption_id: str = promised("redemptionId")
    ad_id: str = promised("adId")
    account_id: str = promised("accountId")
    transaction_id: str = promised("transactionId")
    paid_account_id: str | None = renamed("paidAccountId")
    amount: Decimal | None = None
    redemption_date: Moment | None = renamed("date")
    is_my_reward: bool | None = renamed("isMyReward")
    redeeming_transaction_amount: Decimal | None = renamed("redeemingTransactionAmount")
    reward_settlement_run_date: Moment | None = renamed("rewardSettlementRunDate")


@attrs.frozen(kw_only=True, weakref_slot=False)
class RedemptionList(Indexed):
    """Redemptions, and ads to look theirs up in; not every redemption's ad is among them.

    https://docs.cardlytics.com/ads/v1/types/redemption-list.html

    Attributes:
        redemptions: The redemptions, in the vendor's order.
        ads: The ads.
    """

    redemptions: tuple[Redemption, ...] = promised()
    ads: tuple[Ad, ...] = promised()

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
