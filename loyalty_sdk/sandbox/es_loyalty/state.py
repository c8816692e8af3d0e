"""What the sandbox's ES Loyalty holds: accounts, their transactions and issuances.

All data are synthetic: made here from the seed, and about nobody.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from threading import RLock

from ..members import Members
from ..switches import IdentifierType
from ..synthetic import Clock
from .accounts import Account, account_of
from .badges import draft_badge, draft_sweep
from .issuances import Issuance, draft_issuance
from .parts import Json
from .recipes import RECIPES, Recipe, purchase
from .transactions import Transaction, draft_transaction, draft_transactions

RECENT = 2_300
OLDER = 1_000
MONTHLY = 40
FIRST_ADDED = 1_000_000
HEAVY_ISSUANCES = 240
EVERYDAY_ISSUANCES = 12
BADGES, SWEEPS = (7, 45, 0, 1), (5, 30, 0, 1)
"""How many each of the members has, as `Members` names them."""


class ESLoyaltyState:
    """Everything the members hold. Thread-safe; it is made when first asked for."""

    def __init__(self, seed: int, members: Members, now: Clock) -> None:
        """Open the members' accounts; dates count back from the moment `now` gives."""
        self._seed = seed
        self._now = now
        self._lock = RLock()
        self._origin = now()
        self._special = members
        self._added = 0
        everybody = (members.everyday, members.heavy, members.empty, members.awkward)
        self.accounts: tuple[Account, ...] = tuple(account_of(one) for one in everybody)
        self._by_id = {one.account_id: one for one in self.accounts}
        self._transactions: dict[str, list[Transaction]] = {}
        self._issuances: dict[str, list[Issuance]] = {}
        self._badges: dict[str, tuple[Json, ...]] = {}
        self._sweeps: dict[str, tuple[Json, ...]] = {}

    def account(self, kind: IdentifierType, identifier: str) -> Account | None:
        """The account with an identifier of some kind."""
        return next((one for one in self.accounts if one.identifier(kind) == identifier), None)

    def transactions(self, account_id: str) -> tuple[Transaction, ...]:
        """An account's transactions, newest first.

        Raises:
            LookupError: There is no such account.
        """
        with self._lock:
            return tuple(self._history(account_id))

    def put_transactions(self, account_id: str, transactions: Iterable[Transaction]) -> None:
        """Replace an account's transactions.

        Raises:
            LookupError: There is no such account.
        """
        with self._lock:
            self._by_id[account_id]
            newest_first = sorted(transactions, key=lambda one: one.at, reverse=True)
            self._transactions[account_id] = newest_first

    def add_transaction(self, account_id: str, **content: object) -> str:
        """Add a transaction that occurs now, as a purchase while the history is being walked.

        Args:
            account_id: Whose it is.
            **content: What it has differently from a purchase, under the vendor's names.

        Returns:
            Its identifier.

        Raises:
            LookupError: There is no such account.
        """
        return self.record(account_id, purchase, **content).id

    def record(self, account_id: str, recipe: Recipe, **content: object) -> Transaction:
        """Add a transaction of some kind that occurs now.

        Raises:
            LookupError: There is no such account.
        """
        with self._lock:
            history = self._history(account_id)
            self._added += 1
            made = draft_transaction(
                recipe,
                self._seed,
                self._by_id[account_id],
                number=FIRST_ADDED + self._added,
                at=self._now(),
                balance=history[0].balance if history else 0,
            )
            added = Transaction(content={**made.content, **content})
            self.put_transactions(account_id, [added, *history])
            return added

    def change_transaction(self, account_id: str, transaction_id: str, **content: object) -> None:
        """Change what a transaction has, under the vendor's names.

        Raises:
            LookupError: There is no such account.
        """
        with self._lock:
            history = self._history(account_id)
            for place, one in enumerate(history):
                if one.id == transaction_id:
                    history[place] = Transaction(content={**one.content, **content})

    def owner_of(self, transaction_id: str, first: str) -> tuple[str, Transaction] | None:
        """The account that has a transaction, and the transaction; the first account goes first."""
        with self._lock:
            for account_id in dict.fromkeys((first, *self._by_id)):
                for one in self._history(account_id):
                    if one.id == transaction_id:
                        return account_id, one
            return None

    def by_id(self, account_id: str) -> Account:
        """The account with an id.

        Raises:
            LookupError: There is none.
        """
        return self._by_id[account_id]

    def issuances(self, account_id: str) -> tuple[Issuance, ...]:
        """An account's issuances, the last issued first.

        Raises:
            LookupError: There is no such account.
        """
        with self._lock:
            if account_id not in self._issuances:
                self.put_issuances(account_id, self._drafted_issuances(self._by_id[account_id]))
            return tuple(self._issuances[account_id])

    def put_issuances(self, account_id: str, issuances: Iterable[Issuance]) -> None:
        """Replace an account's issuances.

        Raises:
            LookupError: There is no such account.
        """
        with self._lock:
            self._by_id[account_id]
            last_first = sorted(issuances, key=lambda one: one.issued, reverse=True)
            self._issuances[account_id] = last_first

    def badges(self, account_id: str) -> tuple[Json, ...]:
        """An account's badges.

        Raises:
            LookupError: There is no such account.
        """
        with self._lock:
            account = self._by_id[account_id]
            if account_id not in self._badges:
                count = BADGES[self.accounts.index(account)]
                drafted = (draft_badge(account, one, self._origin) for one in range(count))
                self.put_badges(account_id, drafted)
            return self._badges[account_id]

    def put_badges(self, account_id: str, badges: Iterable[Json]) -> None:
        """Replace an account's badges, as the vendor shows them without their details.

        Raises:
            LookupError: There is no such account.
        """
        with self._lock:
            self._by_id[account_id]
            self._badges[account_id] = tuple(badges)

    def sweeps(self, account_id: str) -> tuple[Json, ...]:
        """The points that an account will lose, by month.

        Raises:
            LookupError: There is no such account.
        """
        with self._lock:
            count = SWEEPS[self.accounts.index(self._by_id[account_id])]
            if account_id not in self._sweeps:
                self.put_sweeps(account_id, (draft_sweep(n, self._origin) for n in range(count)))
            return self._sweeps[account_id]

    def put_sweeps(self, account_id: str, sweeps: Iterable[Json]) -> None:
        """Replace the points that an account will lose.

        Raises:
            LookupError: There is no such account.
        """
        with self._lock:
            self._by_id[account_id]
            self._sweeps[account_id] = tuple(sweeps)

    def _history(self, account_id: str) -> list[Transaction]:
        if account_id not in self._transactions:
            account = self._by_id[account_id]
            drafted = draft_transactions(self._seed, account, self._moments(account))
            self.put_transactions(account_id, drafted)
        return self._transactions[account_id]

    def _moments(self, account: Account) -> list[datetime]:
        """When an account's transactions occurred, oldest first."""
        match account.number:
            case self._special.everyday.number:
                ages = [timedelta(days=2, minutes=7) * number for number in range(len(RECIPES))]
            case self._special.heavy.number:
                recent = [timedelta(minutes=57) * number for number in range(RECENT)]
                older = [timedelta(days=92) + timedelta(days=1) * one for one in range(OLDER)]
                ages = recent + older
            case self._special.awkward.number:
                ages = [timedelta(days=30) * number for number in range(MONTHLY)]
            case _:
                ages = []
        start = self._origin - timedelta(hours=1)
        return [start - age for age in reversed(ages)]

    def _drafted_issuances(self, account: Account) -> list[Issuance]:
        counts = {
            self._special.everyday.number: EVERYDAY_ISSUANCES,
            self._special.heavy.number: HEAVY_ISSUANCES,
            self._special.awkward.number: 1,
        }
        count = counts.get(account.number, 0)
        return [draft_issuance(account, number, self._origin) for number in range(count)]
