"""The switches as values: documented, checked, and readable from a command line."""

from __future__ import annotations

import inspect
from typing import Any, get_type_hints

import attrs
import pytest

from loyalty_sdk.sandbox import Sandbox, Switches, SwitchOptions
from loyalty_sdk.sandbox.switches import parse_switch


def test_keyword_arguments_and_switches_are_the_same() -> None:
    """Each switch can be given to the sandbox by name, with the same type."""
    fields = {field.name: field.type for field in attrs.fields(attrs.resolve_types(Switches))}
    assert get_type_hints(SwitchOptions) == fields


def test_every_switch_is_described() -> None:
    """The docstring of the switches has an entry for each of them."""
    described = inspect.getdoc(Switches) or ""
    for field in attrs.fields(Switches):
        assert f"\n    {field.name}: " in described


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("es_loyalty_client_auth", "app_headers"),
        ("es_loyalty_token_lifetime", -1),
        ("es_loyalty_session_lifetime", "1"),
        ("es_loyalty_default_identifier_type", "account_id"),
        ("es_loyalty_missing_session", "NOT_FOUND"),
        ("es_loyalty_expired_session", "gone"),
        ("es_loyalty_history_body", "{}"),
        ("es_loyalty_history_from", "newest"),
        ("es_loyalty_history_cursor", True),
        ("es_loyalty_hide_audit", 1),
        ("es_loyalty_hide_voided", None),
        ("es_loyalty_hide_net_zero_activity", "true"),
        ("es_loyalty_hidden_rows", "before"),
        ("es_loyalty_filter_transaction_type", 0),
        ("es_loyalty_filter_external_id", "off"),
        ("es_loyalty_missing_transaction", 410),
        ("es_loyalty_issuances_body", "flat"),
        ("es_loyalty_issuances_date", "redeemed"),
        ("es_loyalty_issuances_limit", "maxResults"),
        ("voucherify_more_starting_after", 1),
        ("voucherify_more_starting_after", "true"),
        ("voucherify_default_order", "created_at"),
        ("voucherify_token_lifetime", -1),
        ("voucherify_token_lifetime", "900"),
        ("voucherify_token_lifetime", True),
        ("voucherify_rate_limit", -1),
        ("voucherify_rate_limit", 1.5),
        ("voucherify_rate_period", 0),
        ("voucherify_rate_limit_type", "webhooks"),
        ("spaaza_default_version", "1.6"),
        ("spaaza_default_version", 1.6),
        ("spaaza_denied_status", 404),
        ("spaaza_password_status", 403),
        ("spaaza_show_expired", "never"),
        ("spaaza_expiry_under_all_statuses", "some"),
        ("spaaza_redeemed_dates_alone", "maybe"),
        ("spaaza_campaign", "round"),
        ("spaaza_default_page_size", 0),
        ("spaaza_default_page_size", 501),
        ("spaaza_order", "random"),
        ("spaaza_session_lifetime", -1),
        ("spaaza_passcode_lifetime", -1),
        ("spaaza_extra_warning", None),
        ("spaaza_csv_rows", -1),
        ("spaaza_csv_rows", 1.5),
        ("spaaza_csv_authentication_point", 1),
        ("spaaza_csv_extra_columns", 101),
        ("spaaza_csv_columns", "reversed"),
        ("spaaza_csv_gzip", "gzip"),
        ("spaaza_csv_bom", None),
    ],
)
def test_a_position_that_a_switch_does_not_have_is_refused(name: str, value: object) -> None:
    """A bad value is a ValueError that names the switch, at once."""
    options: dict[str, Any] = {name: value}
    with pytest.raises(ValueError, match=name):
        Sandbox(**options)


def test_an_unknown_switch_is_refused() -> None:
    """A misspelt switch is a TypeError."""
    options: dict[str, Any] = {"spaaza_ordre": "id"}
    with pytest.raises(TypeError, match="spaaza_ordre"):
        Sandbox(**options)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("spaaza_order=shuffled", ("spaaza_order", "shuffled")),
        ("spaaza_denied_status=500", ("spaaza_denied_status", 500)),
        ("spaaza_body_in_list=true", ("spaaza_body_in_list", True)),
        ("voucherify_more_starting_after=False", ("voucherify_more_starting_after", False)),
        ("voucherify_token_lifetime=0.5", ("voucherify_token_lifetime", 0.5)),
        ("spaaza_default_version=1.3.0", ("spaaza_default_version", "1.3.0")),
    ],
)
def test_a_switch_can_be_written_as_text(text: str, expected: tuple[str, object]) -> None:
    """On the command line a switch is name=value, read in the switch's own type."""
    assert parse_switch(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "spaaza_order",
        "ordre=id",
        "spaaza_order=up",
        "spaaza_body_in_list=maybe",
        "spaaza_denied_status=x",
        "",
    ],
)
def test_a_bad_text_is_no_switch(text: str) -> None:
    """An unknown name or a value that does not fit is a ValueError."""
    with pytest.raises(ValueError, match=r"."):
        parse_switch(text)


def test_switches_turn_while_serving() -> None:
    """Turning one switch leaves the others as they are."""
    sandbox = Sandbox(spaaza_order="id")
    sandbox.turn(spaaza_denied_status=500)
    assert sandbox.switches == Switches(spaaza_order="id", spaaza_denied_status=500)
    with pytest.raises(ValueError, match="spaaza_order"):
        sandbox.turn(spaaza_order="up")  # type: ignore[arg-type]
