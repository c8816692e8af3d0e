"""Which vouchers are asked for: how arguments are written, and which contradict each other.

https://docs.spaaza.com/api/get-vouchers
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta, timezone
from typing import Any

from loyalty_sdk._core.arguments import aware, flag, given, identifier, number, query
from loyalty_sdk._core.calls import Query
from loyalty_sdk.errors import InvalidArgument
from loyalty_sdk.spaaza.relative import relative_text

USER_IDENTIFIERS = ("user_id", "username", "member_number", "authentication_point_identifier")
_NUMBERS = ("chain_id", "campaign_id", "voucher_id", "user_id")
_FLAGS = ("exclude_regenerated", "show_redeemed", "show_all_statuses", "show_expired")
_REDEEMED_TIMES = ("min_redeemed_datetime", "max_redeemed_datetime")
_EXPIRY_TIMES = (
    "min_expiry_datetime",
    "min_expiry_datetime_relative",
    "max_expiry_datetime",
    "max_expiry_datetime_relative",
)


def selected(**arguments: Any) -> Query:
    """The query that selects vouchers, in the order of the arguments.

    Raises:
        InvalidArgument: A value does not fit, or two arguments contradict each other.
    """
    unset = {name for name in _FLAGS if not flag(name, arguments[name])}
    chosen = {k: value for k, value in arguments.items() if value is not None and k not in unset}
    _refuse_contradictions(chosen)
    return query(**{name: _as_sent(name, value) for name, value in chosen.items()})


def _refuse_contradictions(chosen: Mapping[str, Any]) -> None:
    """Refuse what Spaaza documents as ignored or contradictory together."""
    given("chain_id", chosen.get("chain_id"))
    _at_most_one(chosen, USER_IDENTIFIERS, "name the user in one way only")
    for name in chosen:
        _at_most_one(chosen, (name, f"{name}_relative"), "the relative one would win")
    for name in ("show_expired", *_EXPIRY_TIMES):
        _at_most_one(chosen, ("show_redeemed", name), "redeemed vouchers are shown expired or not")
    for name in ("show_redeemed", *_REDEEMED_TIMES):
        _at_most_one(chosen, ("show_all_statuses", name), "all statuses would win")
    for name in _REDEEMED_TIMES:
        if name in chosen and "show_redeemed" not in chosen:
            raise InvalidArgument(name, "needs show_redeemed=True")


def _at_most_one(chosen: Mapping[str, Any], names: tuple[str, ...], reason: str) -> None:
    both = [name for name in names if name in chosen]
    if len(both) > 1:
        raise InvalidArgument(both[1], f"cannot go together with {both[0]}: {reason}")


def _as_sent(name: str, value: Any) -> str | bool | None:
    if name in _NUMBERS:
        return number(name, value)
    if name in _FLAGS:
        return flag(name, value)
    if name.endswith("_relative"):
        return relative_text(name, value)
    if name.endswith("_datetime"):
        return _moment(name, value)
    return identifier(name, value)


def _moment(argument: str, value: Any) -> str:
    moment = aware(argument, value)
    odd = (moment.utcoffset() or timedelta()) % timedelta(minutes=1)
    if not odd:
        return moment.isoformat()
    try:  # only hours and minutes can be said
        return moment.astimezone(timezone((moment.utcoffset() or odd) - odd)).isoformat()
    except OverflowError:
        pass
    raise InvalidArgument(argument, "lies beyond the years 1 to 9999")
