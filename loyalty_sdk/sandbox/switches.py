"""Where the vendors' documents are silent or contradict each other, a switch.

`Switches` is the one place where every switch is described. An SDK has to be right in each
position.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Literal, TypedDict, cast, get_args
from zoneinfo import ZoneInfo

import attrs

Order = Literal["id", "-id"]
SpaazaOrder = Literal["id", "-id", "shuffled"]
RateLimitType = Literal["api_calls", "api_calls_cycle"]


IdentifierType = Literal[
    "ACCOUNT_ID",
    "LOYALTY_ID",
    "EXTERNAL_ID",
    "EMAIL",
    "PARTNER_LINK_ID",
    "PHONE_NUMBER",
    "EXTERNAL_AGENT_ID",
]


class SwitchOptions(TypedDict, total=False):
    """The switches as keyword arguments; see `Switches` for what each one means."""

    es_loyalty_client_auth: Literal["any", "basic", "body"]
    es_loyalty_token_lifetime: float
    es_loyalty_session_lifetime: float
    es_loyalty_default_identifier_type: IdentifierType
    es_loyalty_missing_session: Literal["BAD_REQUEST", "INVALID_REQUEST"]
    es_loyalty_expired_session: Literal["missing", "closed"]
    es_loyalty_history_body: Literal["wrapped", "bare", "empty_object"]
    es_loyalty_history_from: Literal["older", "newer"]
    es_loyalty_history_cursor: Literal["exclusive", "inclusive"]
    es_loyalty_hide_audit: bool
    es_loyalty_hide_voided: bool
    es_loyalty_hide_net_zero_activity: bool
    es_loyalty_hidden_rows: Literal["before_limit", "after_limit"]
    es_loyalty_filter_transaction_type: bool
    es_loyalty_filter_external_id: bool
    es_loyalty_missing_transaction: Literal[400, 404]
    es_loyalty_issuances_body: Literal["bare", "wrapped", "single", "empty_object"]
    es_loyalty_issuances_date: Literal["expiry", "issued"]
    es_loyalty_issuances_limit: Literal["limit", "max_results"]
    voucherify_more_starting_after: bool
    voucherify_default_order: Order
    voucherify_token_lifetime: float
    voucherify_rate_limit: int
    voucherify_rate_period: float
    voucherify_rate_limit_type: RateLimitType
    voucherify_application_mode: Literal["ALL", "PARTIAL"]
    cardlytics_server_version: str
    cardlytics_timezone: str
    cardlytics_token_lifetime: float
    cardlytics_redemption_form: Literal["sample", "types"]
    cardlytics_ads: Literal["array", "map"]
    cardlytics_errors: Literal["nested", "flat"]
    cardlytics_failing: bool
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
    spaaza_basket_codes_once: bool
    spaaza_csv_rows: int
    spaaza_csv_authentication_point: bool
    spaaza_csv_extra_columns: int
    spaaza_csv_columns: Literal["in_order", "shuffled"]
    spaaza_csv_gzip: bool
    spaaza_csv_bom: bool


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


def _server_version(_: object, field: attrs.Attribute[Any], value: object) -> None:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{1,4}\.[0-9]{1,4}", value):
        raise ValueError(f"{field.name} must look like 5.3, not {value!r}")


def _zone(_: object, field: attrs.Attribute[Any], value: object) -> None:
    try:
        known = isinstance(value, str) and (value == "UTC" or bool(ZoneInfo(value)))
    except (LookupError, ValueError, OSError):
        known = False
    if not known:
        raise ValueError(f"{field.name} must be the name of a time zone, not {value!r}")


_flag = _one_of(True, False)


@attrs.frozen(kw_only=True)
class Switches:
    """How the sandbox behaves where the documents leave it open.

    Attributes:
        es_loyalty_client_auth: How an OAuth client may prove who it is: by "basic" auth, in the
            "body" of the form, or "any" of the two.
        es_loyalty_token_lifetime: Seconds an OAuth token lives; no document says how long.
        es_loyalty_session_lifetime: Seconds a session lives; no document says how long.
        es_loyalty_default_identifier_type: What an identifier is taken for without the header
            X-Identifier-Type; it is the operator's to configure.
        es_loyalty_missing_session: The code of the error for an unknown correlation id, one per
            page: "BAD_REQUEST", or "INVALID_REQUEST" with a text that lacks the full stop.
        es_loyalty_expired_session: Whether a session that is over counts as "missing" or as
            "closed", which is another error.
        es_loyalty_history_body: Whether transactions come "wrapped" in an object, as a "bare"
            array, or wrapped but as an "empty_object" when there are none.
        es_loyalty_history_from: Whether `from` is the "older" bound of the history, as the error
            for swapped dates says, or the "newer" one, as the defaults say. The error is given
            for the order that is wrong in this position, and only when both are sent.
        es_loyalty_history_cursor: Whether a page begins after the transaction that
            `transactionId` names ("exclusive") or with it ("inclusive").
        es_loyalty_hide_audit: Whether audit transactions are hidden from the history.
        es_loyalty_hide_voided: Whether voids and what they voided are hidden.
        es_loyalty_hide_net_zero_activity: Whether activities without any points are hidden.
        es_loyalty_hidden_rows: Whether hidden rows leave "before_limit", or "after_limit", which
            leaves pages short or empty.
        es_loyalty_filter_transaction_type: Whether `transactionType` is enabled.
        es_loyalty_filter_external_id: Whether `externalTransactionID` is enabled.
        es_loyalty_missing_transaction: The status of the error for a `transactionId` that does
            not exist: 400 (INVALID_REQUEST) or 404 (NOT_FOUND); both are listed.
        es_loyalty_issuances_body: Whether issuances come as a "bare" array, "wrapped" in an
            object, or bare but with a "single" one as an object by itself or with none as an
            "empty_object".
        es_loyalty_issuances_date: Whether `from` and `to` look at when issuances end ("expiry")
            or at when they were "issued". Without `from`, what is over by now is left out.
        es_loyalty_issuances_limit: Whether "limit" or "max_results" wins when both are sent.
        voucherify_more_starting_after: Whether a page that has more says `more_starting_after`.
            Some published examples leave it out; the last item's id then is the cursor.
        voucherify_default_order: The order of redeemables when none is asked for: "id" or "-id".
        voucherify_token_lifetime: Seconds an OAuth token lives; documented as 900.
        voucherify_rate_limit: Calls allowed in a period; it depends on the plan.
        voucherify_rate_period: Length of that period in seconds; a minute or an hour by plan.
        voucherify_rate_limit_type: What a 429 says was used up: "api_calls", or
            "api_calls_cycle" for the whole billing cycle, where waiting does not help.
        voucherify_application_mode: Whether "ALL" redeemables of a call must be applicable, or
            a part of them is enough ("PARTIAL"); a setting of the project's stacking rules.
        cardlytics_server_version: The version of the server: before 4.0 it has no redemptions, and
            its web server answers with a page; before 5.3 ads have no purchase requirement.
        cardlytics_timezone: The zone of times without an offset, which no document names.
        cardlytics_token_lifetime: Seconds a customer's token lives. One page says that it does
            not expire, another what happens when it has.
        cardlytics_redemption_form: Whether redemptions look as in the "sample" (`date`, ids as
            numbers) or as on the page of their "types" (`redemptionDate`, some ids as text).
        cardlytics_ads: Whether ads come as an "array" (the sample) or as a "map" from id to ad.
        cardlytics_errors: Whether the error's members are "nested" under `error` or "flat".
        cardlytics_failing: Whether every call fails with a 500.
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
        spaaza_basket_codes_once: Whether the chain lets no `retailer_basket_code` be used twice.
        spaaza_csv_rows: How many synthetic rows a chain's CSV has, made while they are sent and
            counted by get-vouchers too, whatever is filtered for; 0 for the chain's own vouchers.
        spaaza_csv_authentication_point: Whether the CSV has the column
            `customer_authentication_point_identifier`, which is documented, and missing in the
            sample.
        spaaza_csv_extra_columns: How many columns follow that no document names.
        spaaza_csv_columns: Whether the named columns are "in_order" or "shuffled" (always alike).
        spaaza_csv_gzip: Whether the CSV is compressed for those who accept it.
        spaaza_csv_bom: Whether the CSV begins with a byte order mark.
    """

    es_loyalty_client_auth: Literal["any", "basic", "body"] = attrs.field(
        default="any", validator=_one_of("any", "basic", "body")
    )
    es_loyalty_token_lifetime: float = attrs.field(default=3600, validator=_at_least(0))
    es_loyalty_session_lifetime: float = attrs.field(default=3600, validator=_at_least(0))
    es_loyalty_default_identifier_type: IdentifierType = attrs.field(
        default="ACCOUNT_ID", validator=_one_of(*get_args(IdentifierType))
    )
    es_loyalty_missing_session: Literal["BAD_REQUEST", "INVALID_REQUEST"] = attrs.field(
        default="BAD_REQUEST", validator=_one_of("BAD_REQUEST", "INVALID_REQUEST")
    )
    es_loyalty_expired_session: Literal["missing", "closed"] = attrs.field(
        default="missing", validator=_one_of("missing", "closed")
    )
    es_loyalty_history_body: Literal["wrapped", "bare", "empty_object"] = attrs.field(
        default="wrapped", validator=_one_of("wrapped", "bare", "empty_object")
    )
    es_loyalty_history_from: Literal["older", "newer"] = attrs.field(
        default="older", validator=_one_of("older", "newer")
    )
    es_loyalty_history_cursor: Literal["exclusive", "inclusive"] = attrs.field(
        default="exclusive", validator=_one_of("exclusive", "inclusive")
    )
    es_loyalty_hide_audit: bool = attrs.field(default=False, validator=_flag)
    es_loyalty_hide_voided: bool = attrs.field(default=False, validator=_flag)
    es_loyalty_hide_net_zero_activity: bool = attrs.field(default=False, validator=_flag)
    es_loyalty_hidden_rows: Literal["before_limit", "after_limit"] = attrs.field(
        default="before_limit", validator=_one_of("before_limit", "after_limit")
    )
    es_loyalty_filter_transaction_type: bool = attrs.field(default=True, validator=_flag)
    es_loyalty_filter_external_id: bool = attrs.field(default=True, validator=_flag)
    es_loyalty_missing_transaction: Literal[400, 404] = attrs.field(
        default=404, validator=_one_of(400, 404)
    )
    es_loyalty_issuances_body: Literal["bare", "wrapped", "single", "empty_object"] = attrs.field(
        default="bare", validator=_one_of("bare", "wrapped", "single", "empty_object")
    )
    es_loyalty_issuances_date: Literal["expiry", "issued"] = attrs.field(
        default="expiry", validator=_one_of("expiry", "issued")
    )
    es_loyalty_issuances_limit: Literal["limit", "max_results"] = attrs.field(
        default="limit", validator=_one_of("limit", "max_results")
    )
    voucherify_more_starting_after: bool = attrs.field(default=True, validator=_flag)
    voucherify_default_order: Order = attrs.field(default="-id", validator=_one_of("id", "-id"))
    voucherify_token_lifetime: float = attrs.field(default=900, validator=_at_least(0))
    voucherify_rate_limit: int = attrs.field(default=100_000, validator=_whole(0))
    voucherify_rate_period: float = attrs.field(default=60, validator=_at_least(0.001))
    voucherify_rate_limit_type: RateLimitType = attrs.field(
        default="api_calls", validator=_one_of("api_calls", "api_calls_cycle")
    )
    voucherify_application_mode: Literal["ALL", "PARTIAL"] = attrs.field(
        default="ALL", validator=_one_of("ALL", "PARTIAL")
    )
    cardlytics_server_version: str = attrs.field(default="5.3", validator=_server_version)
    cardlytics_timezone: str = attrs.field(default="UTC", validator=_zone)
    cardlytics_token_lifetime: float = attrs.field(default=3600, validator=_at_least(0))
    cardlytics_redemption_form: Literal["sample", "types"] = attrs.field(
        default="sample", validator=_one_of("sample", "types")
    )
    cardlytics_ads: Literal["array", "map"] = attrs.field(
        default="array", validator=_one_of("array", "map")
    )
    cardlytics_errors: Literal["nested", "flat"] = attrs.field(
        default="nested", validator=_one_of("nested", "flat")
    )
    cardlytics_failing: bool = attrs.field(default=False, validator=_flag)
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
    spaaza_basket_codes_once: bool = attrs.field(default=False, validator=_flag)
    spaaza_csv_rows: int = attrs.field(default=0, validator=_whole(0))
    spaaza_csv_authentication_point: bool = attrs.field(default=False, validator=_flag)
    spaaza_csv_extra_columns: int = attrs.field(default=0, validator=_whole(0, 100))
    spaaza_csv_columns: Literal["in_order", "shuffled"] = attrs.field(
        default="in_order", validator=_one_of("in_order", "shuffled")
    )
    spaaza_csv_gzip: bool = attrs.field(default=False, validator=_flag)
    spaaza_csv_bom: bool = attrs.field(default=False, validator=_flag)


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
