"""One synthetic project, as the calls of the vendor see it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from random import Random
from typing import Any

import attrs

from ..switches import Switches
from ..synthetic import Clock
from .access import Access
from .answers import not_found
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

    def customer(self, identifier: str) -> Customer:
        """The customer with this id or source id.

        Raises:
            Refused: There is none.
        """
        found = self.state.customer(identifier)
        if found is None:
            raise not_found("customer", identifier)
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
        return self.state.upsert_customer(fields, self.now)
