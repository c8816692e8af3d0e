"""What the sandbox's Voucherify project holds: customers, campaigns and redeemables.

All data are synthetic: made here from the seed, and about nobody.
"""

from __future__ import annotations

import bisect
import hashlib
import itertools
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from threading import RLock
from typing import Any, cast

import attrs

from ..members import Members, voucherify_customer_id
from ..synthetic import FIRST_NAMES, LAST_NAMES, Clock, dice
from .campaigns import Campaign, campaigns
from .ledger import Ledger
from .moments import millis_z
from .records import Json, Record
from .rewards import Rewards
from .stock import Stock, held_voucher
from .vouchers import FAMILIES, Draft, draft_redeemable, new_holding

CUSTOMERS = 300
HEAVY_REDEEMABLES = 2_500
ORDINARY_REDEEMABLES = 12


@attrs.frozen(kw_only=True)
class Holding:
    """One redeemable in the hands of one customer.

    Attributes:
        created_at: When it was assigned.
        content: The redeemable as the vendor shows it.
    """

    created_at: datetime
    content: Mapping[str, object]

    @property
    def id(self) -> str:
        """The identifier of the redeemable holder, "rh_...."""
        return str(self.content["id"])

    def text(self, field: str) -> str | None:
        """The value of a field that can be filtered on as text."""
        value = self.content[field]
        return None if value is None else str(value)

    def has(self, field: str) -> bool:
        """Whether a field has a value."""
        return self.content[field] is not None


@attrs.define(kw_only=True)
class Customer:
    """One synthetic customer; `changes` holds what calls have set."""

    number: int
    id: str
    source_id: str | None
    name: str
    created_at: datetime
    redeemables: int
    changes: Json = attrs.field(factory=dict[str, Any])

    def content(self) -> dict[str, object]:
        """The customer as the vendor shows it."""
        return {
            "id": self.id,
            "source_id": self.source_id,
            "name": self.name,
            "email": f"customer-{self.number}@example.com",
            "phone": None,
            "birthdate": None,
            "birthday": None,
            "address": {"city": "Sandbox", "country": "NL", "postal_code": "0000 AA"},
            "metadata": {"synthetic": True},
            "created_at": millis_z(self.created_at),
            "updated_at": None,
            "system_metadata": {"source": "sandbox"},
            "object": "customer",
            **self.changes,
        }

    def reference(self) -> Json:
        """The customer as other objects name them."""
        names = ("id", "source_id", "name", "email", "metadata", "object")
        content = self.content()
        return {name: content[name] for name in names}

    @property
    def tracking_id(self) -> str:
        """The customer's source id, hashed."""
        return "track_" + hashlib.sha256((self.source_id or self.id).encode()).hexdigest()[:32]


class VoucherifyState:
    """Everything the project holds. Thread-safe; redeemables are made when first asked for."""

    def __init__(self, seed: int, members: Members, now: Clock) -> None:
        """Fill the project from the seed; dates count back from the moment `now` gives."""
        self._seed = seed
        self._lock = RLock()
        self._origin = now()
        self._customers = {one.id: one for one in _customers(seed, members, self._origin)}
        self._by_source = {one.source_id: one for one in self._customers.values() if one.source_id}
        self._held: dict[str, list[Holding]] = {}
        self._newest: dict[str, list[Holding]] = {}
        self._rows: tuple[Record, ...] | None = None
        self._last_number = CUSTOMERS - 1
        self.campaigns: tuple[Campaign, ...] = campaigns(seed, self._origin)
        self.stock: Stock = Stock(self._everything_held)
        self.ledger: Ledger = Ledger()
        self.rewards: Rewards = Rewards(seed, self.campaigns, self._origin)

    def customer(self, identifier: str) -> Customer | None:
        """The customer with this id or source id."""
        return self._customers.get(identifier) or self._by_source.get(identifier)

    def customers(self) -> tuple[Customer, ...]:
        """All customers."""
        with self._lock:
            return tuple(self._customers.values())

    def customer_rows(self) -> tuple[Record, ...]:
        """All customers as rows, the oldest first; made once while no customer changes."""
        with self._lock:
            if self._rows is None:
                rows = (
                    Record(created_at=_whole_millis(one.created_at), content=one.content())
                    for one in self._customers.values()
                )
                self._rows = tuple(sorted(rows, key=lambda row: row.created_at))
            return self._rows

    def put_customers(self, customers: Iterable[Customer]) -> None:
        """Replace all customers; new ones hold as much as they say."""
        with self._lock:
            self._customers = {one.id: one for one in customers}
            self._by_source = {o.source_id: o for o in self._customers.values() if o.source_id}
            self._rows = None

    def remove_customer(self, customer: Customer) -> None:
        """Forget a customer with what they hold."""
        with self._lock:
            self._rows = None
            self._newest.pop(customer.id, None)
            self.stock.forget_held(_contents(self._held.pop(customer.id, ())))
            self._customers.pop(customer.id, None)
            if customer.source_id is not None:
                self._by_source.pop(customer.source_id, None)

    def customer_ids(self) -> tuple[str, ...]:
        """The identifiers of all customers."""
        return tuple(self._customers)

    def redeemables(self, customer_id: str) -> tuple[Holding, ...]:
        """What a customer holds, by ascending id."""
        with self._lock:
            return tuple(self._holdings(customer_id))

    def newest_first(self, customer_id: str, before: datetime | None) -> Iterator[Holding]:
        """What a customer was given, before a moment if there is one; sorted once per change."""
        with self._lock:
            if customer_id not in self._newest:
                self._newest[customer_id] = sorted(
                    self._holdings(customer_id), key=lambda one: one.created_at, reverse=True
                )
            held = self._newest[customer_id]
        begin = 0 if before is None else bisect.bisect_right(held, _age(before), key=_age_of)
        return itertools.islice(held, begin, None)

    def put(self, customer_id: str, holdings: Iterable[Holding]) -> None:
        """Replace what a customer holds."""
        with self._lock:
            gone = self._holdings(customer_id)
            self._keep(customer_id, sorted(holdings, key=lambda one: one.id))
            self.stock.forget_held(_contents(gone))
            self.stock.take_held(_contents(self._held[customer_id]))

    def add_redeemable(self, customer_id: str) -> str:
        """Give a customer one more redeemable, the newest.

        Returns:
            Its id.
        """
        with self._lock:
            held = self._holdings(customer_id)
            holding = self._draft(self._customers[customer_id], _next(held), self._origin)
            self._keep(customer_id, _with(held, holding))
            self.stock.take_held(_contents([holding]))
            return holding.id

    def give(self, customer_id: str, voucher: Json, now: datetime) -> None:
        """Put a voucher of the stock into the hands of a customer."""
        with self._lock:
            held = self._holdings(customer_id)
            identifier = f"rh_0e{self._customers[customer_id].number:06x}{_next(held):06x}0000"
            content = new_holding(identifier, customer_id, voucher, now)
            holding = Holding(created_at=_whole_millis(now), content=content)
            self._keep(customer_id, _with(held, holding))
            self.stock.add(voucher, content)

    def take(self, customer_id: str, code: str) -> None:
        """Take a voucher out of the hands of a customer."""
        with self._lock:
            held = self._holdings(customer_id)
            self._keep(customer_id, [one for one in held if _code(one) != code])

    def upsert_customer(self, fields: Mapping[str, Any], now: datetime) -> Customer:
        """Change the customer whom an id or a source id names, or make one."""
        with self._lock:
            self._rows = None
            known = self.customer(str(fields.get("id") or fields.get("source_id")))
            if known is None:
                known = self._make_customer(fields.get("source_id"), now)
            else:
                known.changes["updated_at"] = millis_z(now)
            changes = {name: value for name, value in fields.items() if name != "id"}
            if changes.get("source_id") not in (None, known.source_id):
                self._by_source.pop(known.source_id or "", None)
                known.source_id = str(changes["source_id"])
                self._by_source[known.source_id] = known
            known.changes.update(changes)
            return known

    def _make_customer(self, source_id: str | None, now: datetime) -> Customer:
        self._last_number += 1
        number = self._last_number
        made = Customer(
            number=number,
            id=voucherify_customer_id(self._seed, number),
            source_id=source_id,
            name="",
            created_at=now,
            redeemables=0,
        )
        made.changes.update({"name": None, "email": None, "address": None, "metadata": {}})
        self._customers[made.id] = made
        if source_id is not None:
            self._by_source[source_id] = made
        return made

    def _everything_held(self) -> Iterator[Json]:
        with self._lock:
            for customer_id in tuple(self._customers):
                yield from _contents(self._holdings(customer_id))

    def remove_redeemable(self, customer_id: str, redeemable_holder_id: str) -> None:
        """Take a redeemable away from a customer.

        Raises:
            LookupError: The customer does not hold it.
        """
        with self._lock:
            held = self._holdings(customer_id)
            left = [one for one in held if one.id != redeemable_holder_id]
            if len(left) == len(held):
                raise LookupError(redeemable_holder_id)
            self._keep(customer_id, left)
            self.stock.forget_held(_contents(one for one in held if one not in left))

    def _keep(self, customer_id: str, held: list[Holding]) -> None:
        self._held[customer_id] = held
        self._newest.pop(customer_id, None)

    def _holdings(self, customer_id: str) -> list[Holding]:
        if customer_id not in self._held:
            customer = self._customers[customer_id]
            self._held[customer_id] = [
                self._draft(customer, number, self._assigned(customer, number))
                for number in range(1, customer.redeemables + 1)
            ]
        return self._held[customer_id]

    def _assigned(self, customer: Customer, number: int) -> datetime:
        return self._origin - timedelta(hours=7, minutes=13) * (customer.redeemables - number + 1)

    def _draft(self, customer: Customer, number: int, assigned: datetime) -> Holding:
        content = draft_redeemable(
            Draft(
                seed=self._seed,
                customer_id=customer.id,
                customer_number=customer.number,
                number=number,
                assigned=assigned,
                now=self._origin,
                campaigns=self.campaigns,
            )
        )
        return Holding(created_at=_whole_millis(assigned), content=content)


def _with(held: Iterable[Holding], one_more: Holding) -> list[Holding]:
    return sorted((*held, one_more), key=lambda one: one.id)


def _age(moment: datetime) -> float:
    return -moment.timestamp()


def _age_of(holding: Holding) -> float:
    return _age(holding.created_at)


def _next(held: Iterable[Holding]) -> int:
    """The number of the next redeemable; ids grow with it."""
    return 1 + max((int(one.id[11:17], 16) for one in held), default=0)


def _contents(holdings: Iterable[Holding]) -> list[Json]:
    return [cast("Json", one.content) for one in holdings]


def _code(holding: Holding) -> str:
    voucher = held_voucher(cast("Json", holding.content))
    return "" if voucher is None else str(voucher["code"])


def _whole_millis(moment: datetime) -> datetime:
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def _customers(seed: int, members: Members, origin: datetime) -> Iterable[Customer]:
    special = {
        members.everyday.number: (members.everyday, len(FAMILIES)),
        members.heavy.number: (members.heavy, HEAVY_REDEEMABLES),
        members.empty.number: (members.empty, 0),
        members.awkward.number: (members.awkward, 3),
    }
    for number in range(CUSTOMERS):
        source = dice(seed, "voucherify-person", number)
        name = f"{source.choice(FIRST_NAMES)} {source.choice(LAST_NAMES)}"
        held = source.randrange(ORDINARY_REDEEMABLES + 1)
        source_id = f"customer-{number:04}@example.com"
        if number in special:
            member, held = special[number]
            source_id = member.voucherify_source_id
        yield Customer(
            number=number,
            id=voucherify_customer_id(seed, number),
            source_id=source_id,
            name=name,
            created_at=origin - timedelta(days=400 + number),
            redeemables=held,
        )
