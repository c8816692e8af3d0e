"""The parameters of get-vouchers and which vouchers they select.

https://docs.spaaza.com/api/get-vouchers
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import attrs

from ..switches import Switches
from ..wire import Pairs
from .answers import incomplete, invalid, missing
from .relative import read_instant, read_relative
from .vouchers import User, Voucher

MAX_RESULTS = 500

IDENTIFIERS = ("user_id", "username", "member_number", "authentication_point_identifier")
USERS = (*IDENTIFIERS, "auxiliary_identifier", "referral_code")
FLAGS = ("exclude_regenerated", "show_redeemed", "show_all_statuses", "show_expired")
INTEGERS = ("chain_id", "campaign_id", "voucher_id", "number_results", "results_offset")
INSTANTS = tuple(
    f"{end}_{what}_datetime" for what in ("created", "expiry") for end in ("min", "max")
)
RELATIVES = tuple(f"{name}_relative" for name in INSTANTS)
REDEEMED = ("min_redeemed_datetime", "max_redeemed_datetime")
PARAMETERS = frozenset((*IDENTIFIERS, *FLAGS, *INTEGERS, *INSTANTS, *RELATIVES, *REDEEMED))

_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}

Moments = Mapping[str, datetime]


@attrs.frozen(kw_only=True)
class Selection:
    """The parameters of one call, read and checked."""

    chain_id: int
    number_results: int
    results_offset: int
    campaign_id: int | None
    voucher_id: int | None
    user: tuple[str, str] | None
    flags: frozenset[str]
    moments: Moments
    switches: Switches

    @property
    def whole(self) -> Selection:
        """The same without a page, for all that is selected."""
        return attrs.evolve(self, number_results=0, results_offset=0)

    def keep(self, voucher: Voucher, now: datetime) -> bool:
        """Whether a voucher of the chain is part of the answer."""
        return (
            self.campaign_id in (None, voucher.campaign and voucher.campaign.campaign_id)
            and self.voucher_id in (None, voucher.voucher_id)
            and (self.user is None or _is_user(voucher.user, *self.user))
            and not ("exclude_regenerated" in self.flags and voucher.regenerated)
            and self._between("created", voucher.created_at)
            and self._has_status(voucher)
            and self._has_expiry(voucher, now)
        )

    def _has_status(self, voucher: Voucher) -> bool:
        redeemed = voucher.status == "redeemed"
        if "show_all_statuses" in self.flags:
            return True
        if "show_redeemed" in self.flags:
            at = voucher.redeemed_at
            return redeemed and at is not None and self._between("redeemed", at)
        return not redeemed

    def _has_expiry(self, voucher: Voucher, now: datetime) -> bool:
        all_statuses = "show_all_statuses" in self.flags
        if "show_redeemed" in self.flags and not all_statuses:
            return True
        if not self._between("expiry", voucher.expires_at):
            return False
        expired = voucher.expires_at <= now
        if "show_expired" in self.flags:
            return expired or self.switches.spaaza_show_expired == "including"
        if all_statuses and self.switches.spaaza_expiry_under_all_statuses == "dropped":
            return True
        return not expired

    def _between(self, what: str, moment: datetime) -> bool:
        earliest = self.moments.get(f"min_{what}_datetime")
        latest = self.moments.get(f"max_{what}_datetime")
        return (earliest is None or moment >= earliest) and (latest is None or moment <= latest)


def read_selection(
    query: Pairs, switches: Switches, now: datetime, *, unbounded: bool = False
) -> Selection:
    """Read the parameters of a call.

    Args:
        query: The parameters as sent.
        switches: The current switches.
        now: The current moment.
        unbounded: Whether any number of results may be had, and all are by default: as CSV.

    Raises:
        Refused: One is missing, unknown, given twice or has a bad value.
    """
    values = known(query, PARAMETERS)
    flags = frozenset(name for name in FLAGS if name in values and boolean(values, name))
    selection = Selection(
        chain_id=required_integer(values, "chain_id"),
        number_results=_number_results(values, switches, unbounded),
        results_offset=integer(values, "results_offset", lowest=0) or 0,
        campaign_id=integer(values, "campaign_id"),
        voucher_id=integer(values, "voucher_id"),
        user=user_identifier(values),
        flags=flags,
        moments=_moments(values, now),
        switches=switches,
    )
    _check_redeemed_dates(values, selection)
    return selection


def known(query: Pairs, names: frozenset[str]) -> dict[str, str]:
    """The query as a mapping, provided that each parameter is known and given once."""
    values: dict[str, str] = {}
    for name, value in query:
        if name not in names:
            raise invalid(f"The parameter {name} does not exist")
        if name in values:
            raise invalid(f"The parameter {name} is given more than once")
        values[name] = value
    return values


def integer(values: Mapping[str, str], name: str, lowest: int = 1) -> int | None:
    """A whole number, or `None` when it is not given."""
    text = values.get(name)
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 12 and int(text) >= lowest):
        raise invalid(f"The parameter {name} must be a whole number, at least {lowest}")
    return int(text)


def required_integer(values: Mapping[str, str], name: str) -> int:
    """A whole number that has to be given."""
    number = integer(values, name)
    if number is None:
        raise missing(name)
    return number


def boolean(values: Mapping[str, str], name: str) -> bool:
    """True or false."""
    value = _BOOLEANS.get(values[name])
    if value is None:
        raise invalid(f"The parameter {name} must be true or false")
    return value


def user_identifier(
    values: Mapping[str, str], names: Sequence[str] = IDENTIFIERS
) -> tuple[str, str] | None:
    """The one parameter that identifies a user and its value, or `None` without any."""
    given = [name for name in names if name in values]
    if len(given) > 1:
        raise invalid(f"Only one of these may be given: {', '.join(given)}")
    if not given:
        return None
    integer(values, "user_id")
    if not values[given[0]]:
        raise invalid(f"The parameter {given[0]} must not be empty")
    return given[0], values[given[0]]


def find_user(users: Sequence[User], name: str, value: str) -> User | None:
    """The user whom an identifier names."""
    return next((one for one in users if _is_user(one, name, value)), None)


def _is_user(user: User | None, name: str, value: str) -> bool:
    if user is None:
        return False
    if name == "user_id":
        return user.user_id == int(value)
    known_as = {
        "username": user.username,
        "member_number": user.member_number,
        "authentication_point_identifier": user.authentication_point_identifier,
        "auxiliary_identifier": user.auxiliary_identifier,
        "referral_code": user.referral_code,
    }
    return known_as[name] == value


def _number_results(values: Mapping[str, str], switches: Switches, unbounded: bool) -> int:
    number = integer(values, "number_results")
    if unbounded:
        return sys.maxsize if number is None else number
    if number is None:
        return switches.spaaza_default_page_size
    if number > MAX_RESULTS:
        raise invalid(f"The parameter number_results must be at most {MAX_RESULTS}")
    return number


def _moments(values: Mapping[str, str], now: datetime) -> dict[str, datetime]:
    found = _read_all(values, (*INSTANTS, *REDEEMED), read_instant)
    relative = _read_all(values, RELATIVES, lambda text: read_relative(text, now))
    return found | {name.removesuffix("_relative"): at for name, at in relative.items()}


def _read_all(
    values: Mapping[str, str], names: tuple[str, ...], read: Callable[[str], datetime]
) -> dict[str, datetime]:
    found: dict[str, datetime] = {}
    for name in names:
        if name in values:
            try:
                found[name] = read(values[name])
            except ValueError as error:
                raise invalid(f"The parameter {name} is {error}") from None
    return found


def _check_redeemed_dates(values: Mapping[str, str], selection: Selection) -> None:
    given = [name for name in REDEEMED if name in values]
    needed = selection.flags.isdisjoint({"show_redeemed", "show_all_statuses"})
    if given and needed and selection.switches.spaaza_redeemed_dates_alone == "refused":
        raise incomplete(f"The parameter {given[0]} requires show_redeemed")
