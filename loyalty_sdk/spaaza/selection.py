"""Which vouchers are asked for: how arguments are written, and which contradict each other.

https://docs.spaaza.com/api/get-vouchers
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta, timezone
from typing import Any

from loyalty_sdk._core.calls import Query
from loyalty_sdk._core.given.arguments import aware, flag, given, identifier, number, query, within
from loyalty_sdk._core.given.inputs import check_names, fields_of
from loyalty_sdk.errors import InvalidArgument
from loyalty_sdk.spaaza.inputs.vouchers import VoucherFilters
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


def selected(form: type, chain_id: int | str, which: Mapping[str, Any]) -> Query:
    """The query that selects vouchers, in the order of `VoucherFilters`.

    Args:
        form: What the call takes: the filters and more.
        chain_id: The chain.
        which: What it was given.

    Raises:
        TypeError: There is no such argument.
        InvalidArgument: A value does not fit, or two arguments contradict each other.
    """
    check_names(form, which)
    arguments = {"chain_id": chain_id, **which}
    unset = {name for name in _FLAGS if not flag(name, which.get(name, False))}
    names = [name for name in ("chain_id", *fields_of(VoucherFilters)) if name not in unset]
    chosen = {name: arguments[name] for name in names if arguments.get(name) is not None}
    _refuse_contradictions(chosen)
    return query(**{name: _as_sent(name, value) for name, value in chosen.items()})


def window(
    which: Mapping[str, Any], *, usual: int | None = None, most: int | None = None
) -> tuple[int | None, int]:
    """How many vouchers are asked for, and how many are skipped.

    Args:
        which: What the call was given.
        usual: How many are asked for, unless given.
        most: The bound.

    Raises:
        InvalidArgument: A number is out of bounds.
    """
    size = within("number_results", which.get("number_results", usual), 1, most)
    skipped = given("results_offset", which.get("results_offset", 0))
    within("results_offset", skipped, 0, None)
    return size, skipped


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
