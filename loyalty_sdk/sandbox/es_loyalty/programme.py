"""One synthetic programme, as the calls of the vendor see it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from random import Random

import attrs

from ..switches import Switches
from ..synthetic import Clock, uuid_text
from ..vendor import Asked
from .access import Access, Session
from .accounts import Account
from .answers import invalid
from .ledger import NOT_ELIGIBLE, Ledger
from .offers import Offer, draft_offers
from .parts import Json
from .state import ESLoyaltyState

CUX, POS, PARTNER = "cux", "pos", "partner"
OFFERS = (6, 130, 0, 3)
"""How many each of the members has, as `Members` names them."""
LinkKey = tuple[str, str]


def _no_links() -> dict[LinkKey, dict[str, Json]]:
    return {}


def _no_offers() -> dict[str, list[Offer]]:
    return {}


@attrs.frozen(kw_only=True)
class Programme:
    """What a call has to do with.

    Attributes:
        state: What the members hold.
        access: Who may call.
        ledger: The members' points.
        dice: Makes tokens.
        switches: Gives the current switches.
        clock: Gives the current moment.
        links: The links with partners by partner and type, each by its id.
        opened: The moment that data count from.
    """

    state: ESLoyaltyState
    access: Access
    ledger: Ledger
    dice: Random
    switches: Callable[[], Switches]
    clock: Clock
    opened: datetime
    links: dict[LinkKey, dict[str, Json]] = attrs.field(factory=_no_links)
    _offers: dict[str, list[Offer]] = attrs.field(factory=_no_offers)

    @property
    def now(self) -> datetime:
        """The current moment."""
        return self.clock()

    def token(self) -> str:
        """A new token of a reservation."""
        return uuid_text(self.dice)

    def session(self, asked: Asked) -> Session:
        """The session that a call is made in.

        Raises:
            Refused: There is none, or it is over.
        """
        return self.access.session(asked.parts["correlation_id"], self.switches())

    def account(self, asked: Asked) -> Account:
        """The account of the session."""
        return self.session(asked).account

    def redeeming(self, asked: Asked) -> Account:
        """The account of a session that can redeem.

        Raises:
            Refused: It was started by a phone number.
        """
        session = self.session(asked)
        if session.identifier_type == "PHONE_NUMBER":
            raise invalid(NOT_ELIGIBLE)
        return session.account

    def household(self, account: Account) -> tuple[Account, ...]:
        """The members of an account's household, the primary one first; empty where it has none."""
        first, _, third, _ = self.state.accounts
        return (first, third) if account in (first, third) else ()

    def offers(self, account: Account) -> list[Offer]:
        """The offers to an account."""
        count = OFFERS[self.state.accounts.index(account)]
        made = self._offers.get(account.account_id)
        if made is None:
            made = draft_offers(account, count, self.opened)
            self._offers[account.account_id] = made
        return made
