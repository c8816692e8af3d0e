"""One synthetic project, as the calls of the vendor see it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from random import Random
from typing import Any

import attrs

from ..switches import Switches
from ..synthetic import LETTERS_AND_DIGITS, Clock, characters
from .access import Access
from .answers import not_found
from .campaigns import Campaign
from .ledger import Activity
from .moments import millis_z
from .records import Ids, Json, Record
from .state import Customer, VoucherifyState
from .stock import Stocked


@attrs.frozen(kw_only=True)
class Project:
    """What a call has to do with.

    Attributes:
        state: What the project holds.
        access: Who may call.
        ids: Makes identifiers.
        dice: Makes codes.
        switches: Gives the current switches.
        clock: Gives the current moment.
    """

    state: VoucherifyState
    access: Access
    ids: Ids
    dice: Random
    switches: Callable[[], Switches]
    clock: Clock

    @property
    def now(self) -> datetime:
        """The current moment."""
        return self.clock()

    @property
    def today(self) -> str:
        """The current moment as the vendor writes it."""
        return millis_z(self.now)

    def record(self, content: Json) -> Record:
        """An object that is made now."""
        return Record(created_at=self.now, content=content)

    def happened(
        self, kind: str, customer: Json | None, voucher: Mapping[str, Any] | None = None
    ) -> None:
        """Write down what happened to a customer, and to what they hold.

        Args:
            kind: The name of the event.
            customer: Who, as other objects name them.
            voucher: What was touched.
        """
        data: Json = {"customer": customer}
        if voucher is not None:
            data["voucher"] = {name: voucher[name] for name in ("id", "code", "type")}
        identifier = self.ids.next("ev")
        content: Json = {
            "id": identifier,
            "type": kind,
            "data": {"data": data, "event_source": {"channel": "API"}},
            "created_at": self.today,
            "group_id": f"v-0c{identifier[3:]}",
        }
        self.state.ledger.activities.append(
            Activity(
                customer_id=customer["id"] if customer else None,
                code=voucher["code"] if voucher else None,
                campaign_id=voucher["campaign_id"] if voucher else None,
                record=self.record(content),
            )
        )

    def customer(self, identifier: str) -> Customer:
        """The customer with this id or source id.

        Raises:
            Refused: There is none.
        """
        found = self.state.customer(identifier)
        if found is None:
            raise not_found("customer", identifier)
        return found

    def campaign(self, name: str) -> Campaign:
        """The campaign with this id or name.

        Raises:
            Refused: There is none.
        """
        same = (one for one in self.state.campaigns if name in (one.id, one.name))
        found = next(same, None)
        if found is None:
            raise not_found("campaign", name)
        return found

    def voucher(self, code: str) -> Stocked:
        """The voucher with this code or id.

        Raises:
            Refused: There is none.
        """
        found = self.state.stock.get(code)
        if found is None:
            raise not_found("voucher", code)
        return found

    def customer_of(self, fields: Mapping[str, Any] | None) -> Customer | None:
        """The customer whom a body names; a source id that is new makes a new one.

        Raises:
            Refused: It names one by an id that nobody has.
        """
        if not fields or not (fields.get("id") or fields.get("source_id")):
            return None
        if fields.get("id"):
            self.customer(str(fields["id"]))
        return self.keep_customer(fields)

    def keep_customer(self, fields: Mapping[str, Any]) -> Customer:
        """Change the customer whom an id or a source id names, or make one."""
        named = str(fields.get("id") or fields.get("source_id"))
        kind = "customer.updated" if self.state.customer(named) else "customer.created"
        found = self.state.upsert_customer(fields, self.now)
        if kind == "customer.created" or len(fields) > 1:
            self.happened(kind, found.reference())
        return found

    def drawn(self, config: Mapping[str, Any]) -> str:
        """A code that is drawn as a configuration says."""
        charset = config.get("charset") or LETTERS_AND_DIGITS
        pattern = config.get("pattern")
        if pattern:
            drawn = (characters(self.dice, 1, charset) if c == "#" else c for c in pattern)
            return "".join(drawn)
        tail = characters(self.dice, config.get("length") or 8, charset)
        return f"{config.get('prefix') or ''}{tail}{config.get('postfix') or ''}"
