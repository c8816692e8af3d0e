"""Where the vendors' documents are silent or contradict each other, a switch.

`Switches` is the one place where every switch is described. An SDK has to be right in each
position.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Literal, TypedDict, cast

import attrs

Order = Literal["id", "-id"]
SpaazaOrder = Literal["id", "-id", "shuffled"]
RateLimitType = Literal["api_calls", "api_calls_cycle"]


class SwitchOptions(TypedDict, total=False):
    """The switches as keyword arguments; see `Switches` for what each one means."""

    voucherify_more_starting_after: bool
    voucherify_default_order: Order
    voucherify_token_lifetime: float
    voucherify_rate_limit: int
    voucherify_rate_period: float
    voucherify_rate_limit_type: RateLimitType
    spaaza_default_version: str
    spaaza_body_in_list: bool
    spaaza_errors_in_200: bool
    spaaza_denied_status: Literal[403, 500]
    spaaza_password_status: Literal[400, 401]
    spaaza_show_expired: Literal["only", "including"]
    spaaza_expiry_under_all_statuses: Literal["kept", "dropped"]
    spaaza_redeemed_dates_alone: Literal["refused", "ignored"]
    spaaza_campaign: Literal["flat", "nested"]
    spaaza_default_page_size: int
    spaaza_order: SpaazaOrder
    spaaza_session_lifetime: float
    spaaza_passcode_lifetime: float
    spaaza_extra_warning: bool


_Validator = Callable[[object, "attrs.Attribute[Any]", Any], None]


def _one_of(*allowed: object) -> _Validator:
    def check(_: object, field: attrs.Attribute[Any], value: object) -> None:
        if not any(value == one and type(value) is type(one) for one in allowed):
            choices = ", ".join(repr(one) for one in allowed)
            raise ValueError(f"{field.name} must be one of {choices}, not {value!r}")

    return check


def _at_least(lowest: float, highest: float | None = None) -> _Validator:
    def check(_: object, field: attrs.Attribute[Any], value: object) -> None:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError(f"{field.name} must be a number, not {value!r}")
        if value < lowest or (highest is not None and value > highest):
            bounds = f"at least {lowest}" if highest is None else f"from {lowest} to {highest}"
            raise ValueError(f"{field.name} must be {bounds}, not {value!r}")

    return check


def _whole(lowest: int, highest: int | None = None) -> _Validator:
    in_bounds = _at_least(lowest, highest)

    def check(owner: object, field: attrs.Attribute[Any], value: object) -> None:
        if not isinstance(value, int):
            raise ValueError(f"{field.name} must be a whole number, not {value!r}")
        in_bounds(owner, field, value)

    return check


def _version(_: object, field: attrs.Attribute[Any], value: object) -> None:
    if not isinstance(value, str) or not re.fullmatch(r"\d+\.\d+\.\d+", value):
        raise ValueError(f"{field.name} must look like 1.6.3, not {value!r}")


_flag = _one_of(True, False)


@attrs.frozen(kw_only=True)
class Switches:
    """How the sandbox behaves where the documents leave it open.

    Attributes:
        voucherify_more_starting_after: Whether a page that has more says `more_starting_after`.
            Some published examples leave it out; the last item's id then is the cursor.
        voucherify_default_order: The order of redeemables when none is asked for: "id" or "-id".
        voucherify_token_lifetime: Seconds an OAuth token lives; documented as 900.
        voucherify_rate_limit: Calls allowed in a period; it depends on the plan.
        voucherify_rate_period: Length of that period in seconds; a minute or an hour by plan.
        voucherify_rate_limit_type: What a 429 says was used up: "api_calls", or
            "api_calls_cycle" for the whole billing cycle, where waiting does not help.
        spaaza_default_version: The API version of a request without a version header.
        spaaza_body_in_list: Whether each body is wrapped in a list of one element, as some
            samples show.
        spaaza_errors_in_200: Whether errors arrive under status 200.
        spaaza_denied_status: The status of error 68; one page says 403, another 500.
        spaaza_password_status: The status of error 5, which no page states: 400 or 401.
        spaaza_show_expired: Whether `show_expired` returns "only" expired vouchers (the page of
            get-vouchers) or all, "including" expired ones (the Postman collection).
        spaaza_expiry_under_all_statuses: Whether the default of unexpired vouchers only is
            "kept" or "dropped" under `show_all_statuses`. What is asked for explicitly holds
            either way.
        spaaza_redeemed_dates_alone: Whether redeemed dates without the `show_redeemed` they
            require are "refused" or "ignored".
        spaaza_campaign: Whether versions from 1.6.5 on give a voucher's campaign "flat" or
            "nested"; older ones are always flat.
        spaaza_default_page_size: How many vouchers come without `number_results`, 1 to 500.
        spaaza_order: The order of vouchers: "id", "-id", or "shuffled" (odd, but stable).
        spaaza_session_lifetime: Seconds a session lives; the sample says 336 hours.
        spaaza_passcode_lifetime: Seconds a two-factor passcode lives.
        spaaza_extra_warning: Whether each success carries a warning that no document names.
    """

    voucherify_more_starting_after: bool = attrs.field(default=True, validator=_flag)
    voucherify_default_order: Order = attrs.field(default="-id", validator=_one_of("id", "-id"))
    voucherify_token_lifetime: float = attrs.field(default=900, validator=_at_least(0))
    voucherify_rate_limit: int = attrs.field(default=100_000, validator=_whole(0))
    voucherify_rate_period: float = attrs.field(default=60, validator=_at_least(0.001))
    voucherify_rate_limit_type: RateLimitType = attrs.field(
        default="api_calls", validator=_one_of("api_calls", "api_calls_cycle")
    )
    spaaza_default_version: str = attrs.field(default="1.6.3", validator=_version)
    spaaza_body_in_list: bool = attrs.field(default=False, validator=_flag)
    spaaza_errors_in_200: bool = attrs.field(default=False, validator=_flag)
    spaaza_denied_status: Literal[403, 500] = attrs.field(default=403, validator=_one_of(403, 500))
    spaaza_password_status: Literal[400, 401] = attrs.field(
        default=401, validator=_one_of(400, 401)
    )
    spaaza_show_expired: Literal["only", "including"] = attrs.field(
        default="only", validator=_one_of("only", "including")
    )
    spaaza_expiry_under_all_statuses: Literal["kept", "dropped"] = attrs.field(
        default="dropped", validator=_one_of("kept", "dropped")
    )
    spaaza_redeemed_dates_alone: Literal["refused", "ignored"] = attrs.field(
        default="refused", validator=_one_of("refused", "ignored")
    )
    spaaza_campaign: Literal["flat", "nested"] = attrs.field(
        default="flat", validator=_one_of("flat", "nested")
    )
    spaaza_default_page_size: int = attrs.field(default=500, validator=_whole(1, 500))
    spaaza_order: SpaazaOrder = attrs.field(
        default="-id", validator=_one_of("id", "-id", "shuffled")
    )
    spaaza_session_lifetime: float = attrs.field(default=336 * 3600, validator=_at_least(0))
    spaaza_passcode_lifetime: float = attrs.field(default=600, validator=_at_least(0))
    spaaza_extra_warning: bool = attrs.field(default=False, validator=_flag)


def parse_switch(text: str) -> tuple[str, bool | int | float | str]:
    """Read a switch from the command line, such as "spaaza_order=shuffled".

    Returns:
        The switch's name and its value in the switch's own type.

    Raises:
        ValueError: There is no such switch, or the value does not fit it.
    """
    name, equals, value = text.partition("=")
    fields = attrs.fields_dict(Switches)
    if name not in fields or not equals:
        raise ValueError(
            f"no switch in {text!r}; write name=value with one of: {', '.join(fields)}"
        )
    read = _READERS[type(fields[name].default)]
    parsed = read(value)
    Switches(**cast("SwitchOptions", {name: parsed}))
    return name, parsed


def _read_number(text: str) -> int | float:
    try:
        return int(text)
    except ValueError:
        return float(text)


def _read_flag(text: str) -> bool:
    try:
        return {"true": True, "false": False}[text.lower()]
    except KeyError:
        raise ValueError(f"a flag is true or false, not {text!r}") from None


_READERS: dict[type, Callable[[str], bool | int | float | str]] = {
    bool: _read_flag,
    int: _read_number,
    float: _read_number,
    str: str,
}
