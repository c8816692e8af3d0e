"""Points that are given, set aside, redeemed and given back.

https://exchangesolutionsinc.github.io/es-user-docs/docs/api
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import cast

import attrs

from ..synthetic import Clock
from .accounts import Account
from .answers import failed, invalid
from .moments import epoch
from .parts import Draft, Json, Part, plain
from .recipes import Recipe, Shape
from .state import ESLoyaltyState
from .transactions import Transaction

MIN_REDEEM_POINTS = 1_000
HOLDS_FOR = timedelta(hours=24)
UNDONE_WITHIN = timedelta(days=30)

NOT_ELIGIBLE = "Account is not eligible for redemption."


@attrs.frozen(kw_only=True)
class Hold:
    """Points that are set aside.

    Attributes:
        token: What stands for it.
        account_id: Who set them aside.
        shares: Whose points they are.
        reservation: What the vendor keeps of it.
        expires_at: When they are free again.
    """

    token: str
    account_id: str
    shares: Mapping[str, int]
    reservation: Json
    expires_at: datetime

    @property
    def points(self) -> int:
        """All of them."""
        return sum(self.shares.values())


class Ledger:
    """The members' points."""

    def __init__(self, state: ESLoyaltyState, now: Clock) -> None:
        """Keep the points of those whom a state holds."""
        self._state = state
        self._now = now
        self._holds: dict[str, Hold] = {}

    def points(self, account_id: str) -> int:
        """An account's points."""
        transactions = self._state.transactions(account_id)
        return transactions[0].balance if transactions else 0

    def available(self, account_id: str) -> int:
        """An account's points without those that are set aside."""
        living = (one for one in self._holds.values() if one.expires_at > self._now())
        return self.points(account_id) - sum(one.shares.get(account_id, 0) for one in living)

    def limits(self, available: int, *, redeems: bool = True) -> Json:
        """How much can be redeemed at once: nothing, where it is too little."""
        if not redeems:
            return dict.fromkeys(_LIMITS, "0")  # the page writes it as text
        most = available if available >= MIN_REDEEM_POINTS else 0
        least = min(MIN_REDEEM_POINTS, most)
        return dict(zip(_LIMITS, (least, most, least // 1000, most // 1000), strict=True))

    def hold(self, token: str, account: Account, shares: Mapping[str, int], about: Json) -> None:
        """Set points aside.

        Raises:
            Refused: There are not so many, or they are too few.
        """
        if sum(shares.values()) < MIN_REDEEM_POINTS:
            raise invalid(NOT_ELIGIBLE)
        if any(points > self.available(whose) for whose, points in shares.items()):
            raise invalid(NOT_ELIGIBLE)
        self._holds[token] = Hold(
            token=token,
            account_id=account.account_id,
            shares=shares,
            reservation=about,
            expires_at=self._now() + HOLDS_FOR,
        )

    def held(self, token: str, account: Account) -> Hold:
        """What a member has set aside.

        Raises:
            Refused: There is nothing of the kind, or not any more. The message is the sandbox's.
        """
        found = self._holds.get(token)
        if found is None or found.account_id != account.account_id:
            raise invalid("Reservation does not exist")
        if found.expires_at <= self._now():
            raise invalid("Reservation is expired")
        return found

    def lower(self, hold: Hold, points: int, about: Json) -> None:
        """Set fewer points aside; everybody gets back in proportion to what they gave.

        Raises:
            Refused: They would be more.
        """
        if points > hold.points:
            raise invalid("Reservation amount cannot be increased")
        shares = {whose: given * points // hold.points for whose, given in hold.shares.items()}
        shares[next(iter(shares))] += points - sum(shares.values())
        kept = {**hold.reservation, **about}
        self._holds[hold.token] = attrs.evolve(hold, shares=shares, reservation=kept)

    def release(self, hold: Hold) -> None:
        """Let points go."""
        del self._holds[hold.token]

    def reward(self, account: Account, amount: int, reward: Json, more: Json, meta: Json) -> str:
        """Give points, or take them; gives the transaction's identifier."""
        part = Part(
            amount=amount,
            content={"action": "BONUS", "rewardDetails": [{**reward, "amount": amount}]},
        )
        return self._post(account, "ADHOC_REWARD", part, more, meta)

    def redeem(self, hold: Hold, more: Json, meta: Json) -> str:
        """Take the points that are set aside; gives the redeemer's transaction."""
        self.release(hold)
        made = [
            self._post(self._state.by_id(whose), "ADHOC_REDEEM", _taken(hold, points), more, meta)
            for whose, points in hold.shares.items()
        ]
        return made[0]

    def void(self, account: Account, transaction_id: str, more: Json, meta: Json) -> str:
        """Undo a reward or a redemption; gives the transaction that does it.

        Raises:
            Refused: It cannot be undone.
        """
        found = self._original(account, transaction_id)
        net = cast("int", found.content["NetAmount"])
        undo: Json = {
            "ReversalType": "VOID",
            "OriginalTransactionID": found.id,
            "PreviousTransactionID": found.id,
        }
        made = self._post(account, "VOID", plain("ADJUSTMENT", -net), {**more, **undo}, meta)
        metadata = cast("Json", found.content["MetaData"])
        voided: Json = {**metadata, "VoidMetaData": {"voidId": made, "isVoided": True}}
        self._state.change_transaction(account.account_id, found.id, MetaData=voided)
        return made

    def _original(self, account: Account, transaction_id: str) -> Transaction:
        owner = self._state.owner_of(transaction_id, account.account_id)
        if owner is None:
            raise failed(404, "NOT_FOUND", f"Transaction {transaction_id} does not exist")
        account_id, found = owner
        if account_id != account.account_id:
            raise invalid("Original transaction belongs to another member")
        return _undoable(found, self._now())

    def _post(self, account: Account, action: str, part: Part, more: Json, meta: Json) -> str:
        recipe = _recipe(action, part, more, meta)
        return self._state.record(account.account_id, recipe).id


_LIMITS = (
    "userMinRedeemPoints",
    "userMaxRedeemPoints",
    "userMinRedeemDollars",
    "userMaxRedeemDollars",
)


def _undoable(found: Transaction, now: datetime) -> Transaction:
    if "VoidMetaData" in cast("Json", found.content["MetaData"]):
        raise invalid("Original transaction was already voided")
    if found.action not in ("ADHOC_REWARD", "ADHOC_REDEEM"):
        raise invalid("Void transaction not allowed")
    if found.at < epoch(now - UNDONE_WITHIN):
        raise invalid(f"Transaction is older than {UNDONE_WITHIN.days} days.")
    return found


def _taken(hold: Hold, points: int) -> Part:
    reservation: Json = {**hold.reservation, "Token": hold.token, "Points": points}
    details: Json = {"Reservation": reservation, "amount": -points, "accountType": "REDEEM"}
    return Part(amount=-points, content={"action": "REDEEM", "partDetails": details})


def _recipe(action: str, part: Part, more: Json, meta: Json) -> Recipe:
    def made(_: Draft) -> Shape:
        return Shape(action=action, parts=(part,), more=more, metadata=meta)

    return made
