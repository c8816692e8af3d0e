"""What is done with one voucher: made, claimed, locked, redeemed, ended.

A voucher is `generated`, then `claimed`, then `redeemed`. No such call is repeated after it may
have arrived, for Spaaza knows no key that tells a second request apart: read the vouchers of the
customer to see what came of it.

https://docs.spaaza.com/api/vouchers
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, Unpack

from loyalty_sdk._core.calls import Call, Response
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint
from loyalty_sdk._core.given.arguments import number, plain_text
from loyalty_sdk._core.given.inputs import body, plain
from loyalty_sdk._core.reading.frozen import EMPTY
from loyalty_sdk._core.reading.model import evolved
from loyalty_sdk._core.runner import Async, Sync
from loyalty_sdk.errors import InvalidArgument
from loyalty_sdk.spaaza._app import CLAIMING, CLAIMING_MANY, ENDING
from loyalty_sdk.spaaza._calls import about_user, change, get, named, reading, send
from loyalty_sdk.spaaza.inputs.vouchers import (
    ClaimFields,
    ClaimManyFields,
    EndFields,
    LockFields,
    NewVoucher,
    RedeemFields,
    WhichUserVouchers,
)
from loyalty_sdk.spaaza.models.vouchers import (
    ChangedVoucher,
    ClaimedVouchers,
    EndedVoucher,
    UserVoucher,
    UserVouchers,
    flattened,
)

_MOST_CLAIMED = 10


class VoucherHandling(Resource[R_co]):
    """What is done with one voucher.

    A call takes its `voucher_key`; a field `voucher_id`, for some `third_party_id`, names it in
    place of that.
    """

    @endpoint
    def get_for_user(self, **which: Unpack[WhichUserVouchers]) -> Call[UserVouchers]:
        """The vouchers of one customer, by what they are for; see `WhichUserVouchers`. Repeated.

        https://docs.spaaza.com/api/get-user-vouchers
        """
        return get(_read_all, "get-user-vouchers", about_user(WhichUserVouchers, which))

    @endpoint
    def create(self, **fields: Unpack[NewVoucher]) -> Call[ChangedVoucher]:
        """Make a voucher; see `NewVoucher`. Never repeated: it would be made twice.

        https://docs.spaaza.com/api/create-voucher
        """
        return change("POST", "create-voucher", _read, about_user(NewVoucher, fields))

    @endpoint
    def claim(
        self, voucher_key: str | None = None, **fields: Unpack[ClaimFields]
    ) -> Call[ChangedVoucher]:
        """Claim a voucher, so that it can be redeemed; see `ClaimFields`. Never repeated.

        Customers cannot where the campaign's `allows_end_user_to_claim_voucher` is false.

        https://docs.spaaza.com/api/claim-voucher
        """
        return _claiming(self._runner, "claim-voucher", voucher_key, fields)

    @endpoint
    def claim_many(
        self, chain_id: int | str, voucher_keys: Sequence[str], **fields: Unpack[ClaimManyFields]
    ) -> Call[ClaimedVouchers]:
        """Claim 1 to 10 vouchers of a chain for a customer at once. Never repeated.

        See `ClaimManyFields`, which can lock them, too.

        https://docs.spaaza.com/api/claim-vouchers
        """
        sent = _several(chain_id, voucher_keys, about_user(ClaimManyFields, fields))
        app = CLAIMING_MANY.headers(self._runner)
        return send("POST", "claim-vouchers", reading(ClaimedVouchers), sent, app)

    @endpoint
    def unclaim(
        self, voucher_key: str | None = None, **fields: Unpack[ClaimFields]
    ) -> Call[ChangedVoucher]:
        """Take back that a voucher was claimed; see `ClaimFields`. Never repeated.

        Customers cannot where it is locked, nor where they could not claim it.

        https://docs.spaaza.com/api/unclaim-voucher
        """
        return _claiming(self._runner, "unclaim-voucher", voucher_key, fields)

    @endpoint
    def lock(
        self, voucher_key: str | None = None, **fields: Unpack[LockFields]
    ) -> Call[ChangedVoucher]:
        """Lock a voucher of the type `basket`; see `LockFields`. Never repeated.

        Raises:
            APIError: The code was used, and the chain lets it be once (`basket_already_exists`).

        https://docs.spaaza.com/api/lock-voucher
        """
        return change("PUT", "lock-voucher", _read, _of(voucher_key, body(LockFields, fields)))

    @endpoint
    def unlock(
        self, voucher_key: str | None = None, *, voucher_id: int | str | None = None
    ) -> Call[ChangedVoucher]:
        """Unlock a voucher, and untie it from its purchase. Not for customers. Never repeated.

        https://docs.spaaza.com/api/unlock-voucher
        """
        asked = _of(voucher_key, body(LockFields, {"voucher_id": voucher_id}))
        return change("PUT", "unlock-voucher", _read, asked)

    @endpoint
    def redeem(
        self, voucher_key: str | None = None, **fields: Unpack[RedeemFields]
    ) -> Call[ChangedVoucher]:
        """Redeem a voucher, or a part of it; see `RedeemFields`. Never repeated.

        Not for customers. After a part of it, `regenerated_voucher` holds the rest.

        https://docs.spaaza.com/api/redeem-voucher
        """
        asked = _of(voucher_key, body(RedeemFields, fields))
        return change("POST", "auth/redeem-voucher", _read, asked)

    @endpoint
    def expire(
        self, voucher_key: str | None = None, **fields: Unpack[EndFields]
    ) -> Call[EndedVoucher]:
        """Let a claimed voucher expire now; see `EndFields`. Never repeated.

        https://docs.spaaza.com/api/expire-voucher
        """
        return _ending(self._runner, "PUT", "expire-voucher", voucher_key, fields)

    @endpoint
    def delete(
        self, voucher_key: str | None = None, **fields: Unpack[EndFields]
    ) -> Call[EndedVoucher]:
        """Delete a voucher; what it took from a wallet flows back. See `EndFields`. Never repeated.

        https://docs.spaaza.com/api/delete-voucher
        """
        return _ending(self._runner, "DELETE", "delete-voucher", voucher_key, fields)


_LOCKING = ("retailer_basket_code", "voucher_lock_period")


def _of(voucher_key: str | None, fields: dict[str, Any], *more: str) -> dict[str, Any]:
    """What names a voucher, with the other fields."""
    key = {} if voucher_key is None else {"voucher_key": plain_text("voucher_key", voucher_key)}
    return named("voucher_key", {**key, **fields}, "voucher_id", *more)


def _several(
    chain_id: int | str, voucher_keys: Sequence[str], fields: Mapping[str, Any]
) -> dict[str, Any]:
    """What claims vouchers together: the chain, the customer, the keys, and how they are locked."""
    keys = plain("voucher_keys", voucher_keys, Sequence[str])
    if len(keys) > _MOST_CLAIMED:
        raise InvalidArgument("voucher_keys", f"takes {_MOST_CLAIMED} at the most")
    sent = {
        "entity": {"chain_id": int(number("chain_id", chain_id))},
        "user": {name: value for name, value in fields.items() if name not in _LOCKING},
        "vouchers": [{"voucher_key": key} for key in keys],
    }
    locking = {name: value for name, value in fields.items() if name in _LOCKING}
    return {**sent, "locking": locking} if locking else sent


def _claiming(
    runner: Sync | Async, path: str, voucher_key: str | None, fields: Mapping[str, Any]
) -> Call[ChangedVoucher]:
    asked = _of(voucher_key, about_user(ClaimFields, fields), "third_party_id")
    return change("POST", path, _read, asked, CLAIMING.headers(runner))


def _ending(
    runner: Sync | Async,
    method: Literal["PUT", "DELETE"],
    path: str,
    voucher_key: str | None,
    fields: Mapping[str, Any],
) -> Call[EndedVoucher]:
    """Chain and app both name the retailer, and one of them is enough; with both, both are sent."""
    asked = _of(voucher_key, body(EndFields, fields))
    app = EMPTY if "chain_id" in asked else ENDING.headers(runner)
    return change(method, path, reading(EndedVoucher), asked, app)


def _read(response: Response) -> ChangedVoucher:
    voucher = flattened(reading(ChangedVoucher)(response))
    rest = voucher.regenerated_voucher
    return voucher if rest is None else evolved(voucher, regenerated_voucher=flattened(rest))


def _read_all(response: Response) -> UserVouchers:
    found = reading(UserVouchers)(response)
    return evolved(
        found,
        basket_vouchers=_each_flattened(found.basket_vouchers),
        honour_vouchers=_each_flattened(found.honour_vouchers),
        var_price_vouchers=_each_flattened(found.var_price_vouchers),
    )


def _each_flattened(vouchers: tuple[UserVoucher, ...] | None) -> tuple[UserVoucher, ...] | None:
    return None if vouchers is None else tuple(map(flattened, vouchers))
