"""Synthetic offers, and what members say to them.

https://exchangesolutionsinc.github.io/es-user-docs/docs/api
"""

from __future__ import annotations

from datetime import datetime, timedelta

import attrs

from .accounts import Account
from .answers import invalid
from .moments import epoch, iso
from .parts import BUSINESS_UNITS, Json

TYPES = ("FLAT", "MULTIPLIER", "PERCENTAGE")
STATES = ("NONE", "NONE", "ACCEPTED", "NONE", "COMPLETED", "NONE")
REPLIES = {"ACCEPTED": "ACCEPTED", "DECLINED": "DECLINED", "UNACCEPTED": "NONE"}
PAUSED, EXPIRED = 3, 5
"""Which of six offers is not active, and which one is over."""


@attrs.define(kw_only=True)
class Offer:
    """An offer to one account.

    Attributes:
        account: The account.
        number: Which one of the account's it is.
        begins: When it begins.
        ends: When it ends; `None` where it never does.
        status: Whether it is active.
        state: What the member said to it.
        accepted: When that was.
        version: How often it was changed.
    """

    account: Account
    number: int
    begins: datetime
    ends: datetime | None
    status: str
    state: str
    accepted: datetime | None = None
    version: int = 1

    @property
    def id(self) -> str:
        """The offer's identifier."""
        return f"SANDBOX-OFFER-{self.number}"

    @property
    def business_unit(self) -> str:
        """Whose offer it is."""
        return BUSINESS_UNITS[self.number % 2]

    @property
    def rank(self) -> int:
        """How important it is."""
        return self.number % 10

    def is_open(self, now: datetime) -> bool:
        """Whether the member may still say something to it."""
        alive = self.begins <= now and (self.ends is None or now <= self.ends)
        return alive and self.status == "ACTIVE" and self.state == "NONE"

    def shown(self, locale: str) -> Json:
        """The offer as a list shows it."""
        french = locale == "fr-CA"
        return {
            "id": self.id,
            "type": TYPES[self.number % 3],
            "rank": self.rank,
            "acceptanceState": self.state,
            "acceptanceMethod": "LTC",
            "shortDescription1": "Points doublés" if french else "Double points",
            "shortDescription2": "Cette semaine" if french else "This week",
            "longDescription": f"A synthetic offer of {self.business_unit}",
        }

    def reply(self, said: str, now: datetime) -> Json:
        """Take what the member says.

        Raises:
            Refused: It comes too late, or makes no sense.
        """
        if said not in REPLIES:
            raise invalid("Acceptance state is invalid")
        if self.state == "DECLINED":
            raise invalid("Cannot change state of declined offer")
        if self.state == "COMPLETED":
            raise invalid("Cannot change state of a completed offer")
        if self.status != "ACTIVE":
            raise invalid(f"Cannot accept {self.status} offer")
        if self.ends is not None and now > self.ends:
            raise invalid("Current date is after expiry date")
        self.state, self.version = REPLIES[said], self.version + 1
        self.accepted = now if said == "ACCEPTED" else None
        return self._acceptance()

    def _acceptance(self) -> Json:
        content: Json = {
            "accountID": self.account.account_id,
            "offerCode": self.id,
            "acceptanceState": self.state,
            "effectiveDate": iso(self.begins),
            "effectiveDateEpoch": epoch(self.begins),
            "expiryDate": "" if self.ends is None else iso(self.ends),
            "version": self.version,
        }
        if self.ends is not None:
            content["expiryDateEpoch"] = epoch(self.ends)
        if self.accepted is not None:
            content["acceptanceDate"] = iso(self.accepted)
            content["acceptanceDateEpoch"] = epoch(self.accepted)
        return content


def draft_offers(account: Account, count: int, origin: datetime) -> list[Offer]:
    """So many offers to an account; one of six has another state, is not active, or is over."""
    return [_offer(account, number, origin) for number in range(count)]


def _offer(account: Account, number: int, origin: datetime) -> Offer:
    kind = number % 6
    over = origin - timedelta(days=1)
    return Offer(
        account=account,
        number=number,
        begins=origin - timedelta(days=10),
        ends=over if kind == EXPIRED else None if kind == 0 else origin + timedelta(days=20),
        status="PAUSED" if kind == PAUSED else "ACTIVE",
        state=STATES[kind],
        accepted=over if STATES[kind] != "NONE" else None,
    )
