"""The parts of a transaction: points earned, spent, reserved, moved and lost.

https://exchangesolutionsinc.github.io/es-user-docs/docs/api
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

import attrs

from ..synthetic import characters
from .accounts import Account
from .moments import epoch, iso

Json = dict[str, object]

CENTS = Decimal("0.01")
BUSINESS_UNITS = ("SANDBOX_GROCERY", "SANDBOX_FUEL")

HEADLINES = {
    "Double points on everything": "Points doublés sur tout",
    "Spin the wheel": "Faites tourner la roue",
}


@attrs.frozen(kw_only=True)
class Draft:
    """What a transaction is made from.

    Attributes:
        account: Whose it is.
        number: Which one of the account's it is, counted from the oldest.
        at: When it occurred.
        balance: The points before it.
        source: Chance.
        id_of: Gives the identifier of the transaction with a number.
    """

    account: Account
    number: int
    at: datetime
    balance: int
    source: Random
    id_of: Callable[[int], str]

    @property
    def id(self) -> str:
        """The transaction's identifier."""
        return self.id_of(self.number)

    @property
    def business_unit(self) -> str:
        """Where in the enterprise it belongs."""
        return BUSINESS_UNITS[self.number % 2]

    def points(self) -> int:
        """A number of points."""
        return self.source.randrange(1, 90) * 10


@attrs.frozen(kw_only=True)
class Part:
    """One part of a transaction: its points and how the vendor shows it."""

    amount: int
    content: Json


def plain(action: str, amount: int, **more: object) -> Part:
    """A part with nothing but points; `more` goes into its details."""
    details = {"amount": amount, "accountType": "CORP - NONPOS", "IsAudit": False, **more}
    return Part(amount=amount, content={"action": action, "partDetails": details})


def offers(action: str, rewards: list[Json], key: str = "offerRewards") -> Part:
    """A part that offers have earned; some call the list `rewardDetails`."""
    amount = sum(int(str(one["amount"])) for one in rewards)
    return plain(action, amount, **{key: rewards})


def ad_hoc(action: str, amount: int, *, listed: bool, draft: Draft) -> Part:
    """An ad hoc reward: it has reward details instead of part details, listed or not."""
    reward: Json = {
        "issuerId": "sandbox-partner",
        "rewardName": "Sandbox reward",
        "rewardId": f"sandbox-reward-{draft.number % 5}",
        "amount": amount,
    }
    content: Json = {"action": action, "rewardDetails": [reward] if listed else reward}
    return Part(amount=amount, content=content)


def points_offer(draft: Draft, points: int) -> Json:
    """An offer that gave points."""
    targeted = draft.number % 2 == 0
    return {
        "issuerId": draft.business_unit,
        "rewardName": "Sandbox double points",
        "rewardId": f"sandbox-reward-{draft.number % 5}",
        "amount": points,
        "accountType": "POINTS_TRANSFER",
        "promotionHeadline": "Double points on everything",
        "pointsEarned": points,
        "rewardsEarned": 1,
        "isTargeted": targeted,
        "offerDescription": "A synthetic offer, internal",
        "offerCode": f"SANDBOX-{characters(draft.source, 6)}",
        "isDiscretionary": not targeted,
        "currency": "POINTS",
        "type": "FLAT" if targeted else "BONUS",
        "stacking": {"rewardGroups": ["SANDBOX_GROUP_1", "SANDBOX_GROUP_2"] if targeted else []},
    }


def game_offer(draft: Draft) -> Json:
    """An offer that gave a game to play, and no points."""
    return {
        "issuerId": draft.business_unit,
        "rewardName": "Sandbox game",
        "rewardId": "sandbox-reward-game",
        "amount": 0,
        "promotionHeadline": "Spin the wheel",
        "pointsEarned": 0,
        "rewardsEarned": 1,
        "isTargeted": True,
        "currency": "GAMEPLAY",
        "type": "FLAT",
        "scope": {
            "type": "GAMEPLAY",
            "metadata": {
                "gameID": f"sandbox-game-{draft.number % 3}",
                "gameProvider": "SANDBOX_GAMES",
                "gameType": "SPIN_THE_WHEEL",
                "gameName": "Sandbox wheel",
            },
        },
        "stacking": {"rewardGroups": []},
    }


def redemption(draft: Draft, points: int) -> Part:
    """A member's own redemption of catalogue items."""
    return _reserved("REDEEM", points, _catalogue_reservation(draft, points))


def household_redemption(draft: Draft, points: int, *, action: str, nested: bool) -> Part:
    """A redemption to which a household contributed.

    The page says that the household's attributes run on to the end of the reservation. Read one
    way they are inside `Household` (nested), read the other way most of them stand beside it.
    """
    household, rest = _household(draft, points), _household_reservation(draft, points)
    reservation: Json = {
        "AccountID": f"sandbox-household-{draft.account.number}",
        "ExpiredAt": epoch(draft.at + timedelta(days=1)),
        "PointsBalance": draft.balance - points,
        "CreatedAt": epoch(draft.at - timedelta(days=400)),
    }
    if nested:
        reservation["Household"] = household | rest
    else:
        reservation |= {"Household": household, **rest}
    return _reserved(action, points, reservation)


def _reserved(action: str, points: int, reservation: Json) -> Part:
    details: Json = {"Reservation": reservation, "amount": -points, "accountType": "REDEEM"}
    return Part(amount=-points, content={"action": action, "partDetails": details})


def _catalogue_reservation(draft: Draft, points: int) -> Json:
    account = draft.account
    return {
        "AccountID": account.account_id,
        "ExpiredAt": epoch(draft.at + timedelta(days=1)),
        "PointsBalance": draft.balance - points,
        "CreatedAt": epoch(draft.at - timedelta(hours=2)),
        "catalogueItems": [
            _catalogue_item(1, points - 10, 1, "DISCOUNT"),
            _catalogue_item(2, 5, 2, "TENDER"),
        ],
        "redemptionId": "SANDBOX_GIFT",
        "AvailablePointsBalance": draft.balance - points,
        "Token": f"sandbox-reservation-{draft.number}",
        "redemptionName": "Sandbox gift",
        "redeemerId": "sandbox-partner",
        "Points": points,
        "LoyaltyId": account.loyalty_id,
        "DollarAmount": (Decimal(points) / 1000).quantize(CENTS),
    }


def _catalogue_item(number: int, points: int, quantity: int, kind: str) -> Json:
    return {
        "catalogueItemName": f"Sandbox item {number}",
        "productCode": f"SANDBOX-P{number}",
        "quantity": quantity,
        "totalPointsAmount": points * quantity,
        "redemptionType": kind,
        "catalogueItemId": f"sandbox-item-{number}",
        "pointsAmount": points,
    }


def _household(draft: Draft, points: int) -> Json:
    account = draft.account
    return {
        "Redeemer": account.account_id,
        "TotalRequestedRedemptionAmount": str(points),
        "ID": f"sandbox-redemption-{draft.number}",
        "Contributors": {
            account.account_id: {"RedeemAmount": points - points // 4},
            f"sandbox-relative-{account.number}": {"RedeemAmount": points // 4},
        },
    }


def _household_reservation(draft: Draft, points: int) -> Json:
    token = f"sandbox-reservation-{draft.number}"
    return {
        "redemptionId": "SANDBOX_HOUSEHOLD_GIFT",
        "AvailablePointsBalance": draft.balance - points,
        "Consumed": draft.number % 2 == 0,
        "Token": token,
        "redeemerName": "Sandbox partner",
        "redeemerId": "sandbox-partner",
        "ObjectType": f"RESERVATION{token}",
        "ReservedPoints": str(points),
        "Points": str(points),
        "LoyaltyId": draft.account.loyalty_id,
        "audit": {
            "version": 2,
            "created": _call(draft, draft.at - timedelta(hours=2)),
            "updated": _call(draft, draft.at),
        },
        "ReservationDuration": 24,
        "SessionID": draft.id,
        "DollarAmount": (Decimal(points) / 1000).quantize(CENTS),
        "associatedTransaction": {"TransactionID": draft.id} if draft.number % 2 else {},
        "initiatorContribution": points - points // 4,
    }


def _call(draft: Draft, at: datetime) -> Json:
    return {
        "callId": f"sandbox-call-{characters(draft.source, 8)}",
        "dateISO": iso(at),
        "dateEpoch": epoch(at),
        "id": "sandbox-client",
        "type": "CLIENT",
        "username": draft.account.loyalty_id,
    }
