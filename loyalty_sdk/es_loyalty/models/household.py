"""A household, whose members redeem together.

https://exchangesolutionsinc.github.io/es-user-docs/docs/api/es-loyalty/customer-experience/member-householding/household-detail
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated

import attrs

from loyalty_sdk._core.reading.model import Model, Shaped, promised, renamed
from loyalty_sdk.es_loyalty.models._shapes import listed, moment


@attrs.frozen(kw_only=True, weakref_slot=False)
class HouseholdBalance(Model):
    """What a household has, and may redeem; in a session by phone number, nothing.

    Attributes:
        total_points_balance: The points.
        total_dollar_balance: The same in dollars.
        total_available_points_balance: The points without those that are set aside.
        total_available_dollar_balance: The same in dollars.
        user_min_redeem_points: The fewest points that can be redeemed at once.
        user_max_redeem_points: The most points that can be redeemed at once.
        user_min_redeem_dollars: The fewest in dollars.
        user_max_redeem_dollars: The most in dollars.
    """

    total_points_balance: Decimal | None = renamed("totalpointsBalance")
    total_dollar_balance: Decimal | None = renamed("totaldollarBalance")
    total_available_points_balance: Decimal | None = renamed("totalavailablePointsBalance")
    total_available_dollar_balance: Decimal | None = renamed("totalavailableDollarBalance")
    user_min_redeem_points: Decimal | None = renamed("userMinRedeemPoints")
    user_max_redeem_points: Decimal | None = renamed("userMaxRedeemPoints")
    user_min_redeem_dollars: Decimal | None = renamed("userMinRedeemDollars")
    user_max_redeem_dollars: Decimal | None = renamed("userMaxRedeemDollars")


@attrs.frozen(kw_only=True, weakref_slot=False)
class HouseholdMember(Model):
    """A member of a household; what the vendor says of one is not at hand: see `extra`."""

    _has_form = False


@attrs.frozen(kw_only=True, weakref_slot=False)
class HouseholdPeople(Model):
    """Who is in a household.

    Attributes:
        members_count: How many members it has.
        members: Its members.
    """

    members_count: int | None = renamed("membersCount")
    members: Annotated[tuple[HouseholdMember, ...], Shaped(listed)] | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class HouseholdGroup(HouseholdPeople):
    """A household.

    Attributes:
        id: The id of the household: the account id of its primary member.
        formed_date_iso: When it was formed, as text.
        balance: What its members have together.
    """

    id: str = promised()
    formed_date_iso: str | None = renamed("formedDate")
    balance: HouseholdBalance | None = None

    @property
    def formed_date(self) -> datetime | None:
        """When it was formed."""
        return moment(None, self.formed_date_iso)


@attrs.frozen(kw_only=True, weakref_slot=False)
class HouseholdDetail(HouseholdPeople):
    """What there is to know of a household; its members may stand in it, or beside it.

    Attributes:
        household: The household.
    """

    household: HouseholdGroup = promised()

    @property
    def people(self) -> tuple[HouseholdMember, ...]:
        """The members, wherever the vendor puts them."""
        return self.household.members or self.members or ()
