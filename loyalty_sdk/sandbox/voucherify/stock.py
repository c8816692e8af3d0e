"""The vouchers of the project by their codes, wherever they are held."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import cast

import attrs

from .moments import millis_z
from .records import Json
from .vouchers import status_of


@attrs.frozen(kw_only=True)
class Stocked:
    """One voucher.

    Attributes:
        created_at: When it was made.
        content: The voucher as the vendor shows it; what changes is changed here.
        holding: What its holder holds, which shows the same voucher; `None` without a holder.
    """

    created_at: datetime
    content: Json
    holding: Json | None = None

    @property
    def code(self) -> str:
        """Its code."""
        return str(self.content["code"])

    def touch(self, now: datetime) -> None:
        """Show that it was changed, and what its status is since."""
        self.content["updated_at"] = millis_z(now)
        if self.holding is not None:
            self.holding["redeemable"]["status"] = status_of(self.content, now)


class Stock:
    """All vouchers; those that customers hold are looked up when the first one is asked for."""

    def __init__(self, held: Callable[[], Iterable[Json]]) -> None:
        """Begin with what customers hold."""
        self._held = held
        self._by_code: dict[str, Stocked] | None = None

    def all(self) -> tuple[Stocked, ...]:
        """Every voucher."""
        return tuple(self._stocked().values())

    def get(self, code: str) -> Stocked | None:
        """The voucher with this code, or with this id."""
        found = self._stocked().get(code)
        if found is None and code.startswith("v_"):
            return next((one for one in self.all() if one.content["id"] == code), None)
        return found

    def put(self, vouchers: Iterable[Json]) -> None:
        """Replace all vouchers by others that nobody holds."""
        self._by_code = {}
        for content in vouchers:
            self.add(content)

    def add(self, content: Json, holding: Json | None = None) -> Stocked:
        """Take a voucher in, or put it into the hands of a customer."""
        made = Stocked(created_at=_moment(content), content=content, holding=holding)
        self._stocked()[made.code] = made
        return made

    def remove(self, code: str) -> None:
        """Take a voucher out."""
        self._stocked().pop(code, None)

    def forget_held(self, holdings: Iterable[Json]) -> None:
        """Take out what customers do not hold any more."""
        if self._by_code is not None:
            for voucher in map(held_voucher, holdings):
                if voucher is not None:
                    self._by_code.pop(voucher["code"], None)

    def take_held(self, holdings: Iterable[Json]) -> None:
        """Take in what customers hold now."""
        if self._by_code is not None:
            for holding in holdings:
                voucher = held_voucher(holding)
                if voucher is not None:
                    self.add(voucher, holding)

    def _stocked(self) -> dict[str, Stocked]:
        if self._by_code is None:
            self._by_code = {}
            self.take_held(self._held())
        return self._by_code


def held_voucher(holding: Json) -> Json | None:
    """The voucher of something held; tests put things there that have none."""
    redeemable = holding.get("redeemable")
    return cast("Json", redeemable["voucher"]) if redeemable else None


def _moment(content: Json) -> datetime:
    return datetime.fromisoformat(content["created_at"])
