"""Spaaza's logins and sessions over their socket."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from loyalty_sdk.sandbox import Sandbox

from ..helpers import MovableClock, SpaazaCaller, privileged
from .test_api import PERMISSION_DENIED, error_of

APP = "X-Spaaza-MyPrice-App-Hostname"


def get_vouchers(spaaza: SpaazaCaller, headers: dict[str, str]) -> httpx.Response:
    """Ask for one voucher with these headers."""
    return spaaza("/get-vouchers", {"chain_id": 1743, "number_results": 1}, headers=headers)


def test_an_admin_without_second_factor_gets_a_session(spaaza: SpaazaCaller) -> None:
    """A login answers with session and user, in the documented fields."""
    login = spaaza.sandbox.spaaza_admin
    results = spaaza.log_in(login).json()["results"]
    assert list(results) == ["session_info", "user_info", "result_type"]
    assert results["result_type"] == "login"
    info = results["session_info"]
    assert list(info) == [
        "session_key",
        "session_key_validity",
        "session_auth_method",
        "session_user_id",
        "session_username",
        "session_expires_date",
    ]
    assert info["session_key_validity"] == "336"
    assert info["session_username"] == login["username"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", info["session_expires_date"])
    assert results["user_info"]["user_id"] == info["session_user_id"]


def test_an_admin_session_opens_get_vouchers(spaaza: SpaazaCaller) -> None:
    """The session goes in two headers, by user id or by username."""
    login = spaaza.sandbox.spaaza_admin
    headers = spaaza.session_headers(login)
    assert get_vouchers(spaaza, headers).status_code == 200
    del headers["X-Spaaza-Session-User-Id"]
    headers["X-Spaaza-Session-Username"] = login["username"]
    assert get_vouchers(spaaza, headers).status_code == 200
    headers["X-Spaaza-Session-Username"] = "nobody@example.com"
    assert error_of(get_vouchers(spaaza, headers))[1] == 6


def test_an_admin_sends_no_app_hostname(spaaza: SpaazaCaller) -> None:
    """An admin session together with an app hostname is no valid session."""
    headers = spaaza.session_headers(spaaza.sandbox.spaaza_admin)
    headers[APP] = str(spaaza.sandbox.spaaza_user["app_hostname"])
    assert error_of(get_vouchers(spaaza, headers)) == (401, 6, "no_valid_session")


def test_an_admin_sees_the_own_chain_only(spaaza: SpaazaCaller) -> None:
    """Another chain is error 68 to an admin."""
    headers = spaaza.session_headers(spaaza.sandbox.spaaza_admin)
    answer = spaaza("/get-vouchers", {"chain_id": 1744}, headers=headers)
    assert error_of(answer) == (403, 68, PERMISSION_DENIED)


def test_get_vouchers_is_not_for_users(spaaza: SpaazaCaller) -> None:
    """A user's session is refused with error 68, though campaigns are shown to it."""
    headers = spaaza.session_headers(spaaza.sandbox.spaaza_user)
    assert error_of(get_vouchers(spaaza, headers)) == (403, 68, PERMISSION_DENIED)
    campaigns = spaaza("/get-campaigns", headers=headers)
    assert campaigns.json()["results"]["campaigns"]


def test_a_user_needs_the_app_hostname(spaaza: SpaazaCaller) -> None:
    """A user's session without the app hostname is no valid session."""
    headers = spaaza.session_headers(spaaza.sandbox.spaaza_user)
    del headers[APP]
    answer = spaaza("/get-campaigns", headers=headers)
    assert error_of(answer) == (401, 6, "no_valid_session")


@pytest.mark.parametrize("status", [400, 401])
def test_a_wrong_password_is_error_5(spaaza: SpaazaCaller, status: Any) -> None:
    """A wrong password is error 5, under the status that the switch says."""
    spaaza.sandbox.turn(spaaza_password_status=status)
    answer = spaaza.log_in(spaaza.sandbox.spaaza_admin, password="sandbox-wrong")
    assert error_of(answer) == (status, 5, "password_error_or_non_existent")


def test_the_app_hostname_tells_users_from_admins(spaaza: SpaazaCaller) -> None:
    """An admin with an app hostname and a user without or with another one cannot log in."""
    sandbox = spaaza.sandbox
    with_app = spaaza.log_in(sandbox.spaaza_admin, app_hostname="sandbox.spaaza.example.com")
    assert error_of(with_app)[1] == 5
    user = sandbox.spaaza_user
    without = spaaza.log_in({**user, "app_hostname": None})
    assert error_of(without)[1] == 5
    elsewhere = spaaza.log_in(user, app_hostname="other.example.com")
    assert error_of(elsewhere)[1] == 5


@pytest.mark.parametrize("data", [{}, {"username": "x"}, {"username": "x", "password": ""}])
def test_a_login_needs_both_fields(spaaza: SpaazaCaller, data: dict[str, str]) -> None:
    """A login without name or password is error 52."""
    answer = spaaza("/auth/login", method="POST", headers={}, data=data)
    assert error_of(answer) == (400, 52, "missing_necessary_parameters")


def test_a_login_takes_nothing_else(spaaza: SpaazaCaller) -> None:
    """Unknown form fields and query parameters are refused."""
    data = {"username": "x", "password": "y", "remember": "1"}
    answer = spaaza("/auth/login", method="POST", headers={}, data=data)
    assert error_of(answer) == (400, None, "invalid_parameter")
    del data["remember"]
    answer = spaaza("/auth/login", {"chain_id": 1}, method="POST", headers={}, data=data)
    assert error_of(answer) == (400, None, "invalid_parameter")


def test_a_login_ends_the_session_before(spaaza: SpaazaCaller) -> None:
    """There is one session to a user: the newest."""
    first = spaaza.session_headers(spaaza.sandbox.spaaza_admin)
    second = spaaza.session_headers(spaaza.sandbox.spaaza_admin)
    assert error_of(get_vouchers(spaaza, first))[1] == 6
    assert get_vouchers(spaaza, second).status_code == 200


# Two factors


def test_a_second_factor_gives_a_key_first(spaaza: SpaazaCaller) -> None:
    """From 1.5.8 on a login answers with a passcode key, and the passcode gives the session."""
    login = spaaza.sandbox.spaaza_admin_2fa
    results = spaaza.log_in(login).json()["results"]
    assert list(results) == ["session_passcode_key", "session_passcode_expiry_date", "result_type"]
    data = {
        "session_passcode": spaaza.sandbox.passcode_for(login["username"]),
        "session_passcode_key": results["session_passcode_key"],
    }
    answer = spaaza("/auth/session", method="POST", headers={}, data=data)
    info = answer.json()["results"]["session_info"]
    headers = {
        "X-Spaaza-Session-User-Id": str(info["session_user_id"]),
        "X-Spaaza-Session-Key": info["session_key"],
    }
    assert get_vouchers(spaaza, headers).status_code == 200
    again = spaaza("/auth/session", method="POST", headers={}, data=data)
    assert error_of(again) == (401, 5, "password_error_or_non_existent")
    with pytest.raises(LookupError):
        spaaza.sandbox.passcode_for(login["username"])


def test_older_versions_ask_for_no_second_factor(spaaza: SpaazaCaller) -> None:
    """Before 1.5.8 everybody gets a session at once."""
    answer = spaaza.log_in(spaaza.sandbox.spaaza_admin_2fa, version="1.5.7")
    assert "session_info" in answer.json()["results"]


def test_a_login_ends_the_session_before_the_second_factor(spaaza: SpaazaCaller) -> None:
    """The old session is over as soon as the password was right."""
    login = spaaza.sandbox.spaaza_admin_2fa
    info = spaaza.log_in(login, version="1.5.7").json()["results"]["session_info"]
    headers = {
        "X-Spaaza-Session-User-Id": str(info["session_user_id"]),
        "X-Spaaza-Session-Key": info["session_key"],
    }
    assert get_vouchers(spaaza, headers).status_code == 200
    spaaza.log_in(login)
    assert error_of(get_vouchers(spaaza, headers))[1] == 6


@pytest.mark.parametrize(
    ("data", "error"),
    [
        ({}, (400, 52, "missing_necessary_parameters")),
        ({"session_passcode": "123456"}, (400, 52, "missing_necessary_parameters")),
        (
            {"session_passcode": "12345x", "session_passcode_key": "x"},
            (400, None, "invalid_parameter"),
        ),
        (
            {"session_passcode": "123456", "session_passcode_key": "x"},
            (401, 5, "password_error_or_non_existent"),
        ),
    ],
)
def test_a_bad_passcode_is_refused(
    spaaza: SpaazaCaller, data: dict[str, str], error: tuple[int, int | None, str]
) -> None:
    """Missing, unreadable and wrong passcodes have their errors."""
    answer = spaaza("/auth/session", method="POST", headers={}, data=data)
    assert error_of(answer) == error


def test_a_passcode_ends_after_its_lifetime() -> None:
    """The switch says how long a passcode is good."""
    clock = MovableClock(datetime(2026, 5, 1, tzinfo=UTC))
    with (
        Sandbox(now=clock, spaaza_passcode_lifetime=30) as sandbox,
        httpx.Client(trust_env=False) as client,
    ):
        spaaza = SpaazaCaller(sandbox, client)
        login = sandbox.spaaza_admin_2fa
        results = spaaza.log_in(login).json()["results"]
        assert results["session_passcode_expiry_date"] == "2026-05-01 00:00:30"
        data = {
            "session_passcode": sandbox.passcode_for(login["username"]),
            "session_passcode_key": results["session_passcode_key"],
        }
        clock.advance(seconds=30)
        answer = spaaza("/auth/session", method="POST", headers={}, data=data)
        assert error_of(answer)[1] == 5


# Sessions on behalf of users


def test_a_privileged_token_opens_a_session_for_a_user(spaaza: SpaazaCaller) -> None:
    """With a token, an app hostname and one identifier a user is logged in."""
    headers = {**privileged(spaaza.sandbox.spaaza), APP: "sandbox.spaaza.example.com"}
    member = spaaza.sandbox.members.awkward
    data = {"username": member.spaaza_username}
    answer = spaaza("/auth/session", method="POST", headers=headers, data=data)
    results = answer.json()["results"]
    assert results["user_info"]["user_id"] == member.spaaza_user_id
    session = {
        "X-Spaaza-Session-User-Id": str(member.spaaza_user_id),
        "X-Spaaza-Session-Key": results["session_info"]["session_key"],
        APP: "sandbox.spaaza.example.com",
    }
    assert spaaza("/get-campaigns", headers=session).status_code == 200


@pytest.mark.parametrize(
    ("app", "data", "error"),
    [
        (None, {"user_id": "50000"}, (400, 269, "no_myprice_app")),
        ("sandbox.spaaza.example.com", {}, (400, 52, "missing_necessary_parameters")),
        (
            "sandbox.spaaza.example.com",
            {"user_id": "50000", "member_number": "1"},
            (400, None, "invalid_parameter"),
        ),
        ("sandbox.spaaza.example.com", {"user_id": "1"}, (403, 68, PERMISSION_DENIED)),
        ("other.example.com", {"user_id": "50000"}, (403, 68, PERMISSION_DENIED)),
    ],
)
def test_a_session_for_a_user_needs_app_and_identifier(
    spaaza: SpaazaCaller,
    app: str | None,
    data: dict[str, str],
    error: tuple[int, int | None, str],
) -> None:
    """Without app hostname, without or with several identifiers, and for nobody it fails."""
    headers = privileged(spaaza.sandbox.spaaza) | ({} if app is None else {APP: app})
    answer = spaaza("/auth/session", method="POST", headers=headers, data=data)
    assert error_of(answer) == error


# Status, end, expiry


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_session_can_be_checked(spaaza: SpaazaCaller, method: str) -> None:
    """The status call takes an id or a name with the key, and answers with the user."""
    login = spaaza.sandbox.spaaza_user
    headers = spaaza.session_headers(login)
    key = headers["X-Spaaza-Session-Key"]
    user_id = headers["X-Spaaza-Session-User-Id"]
    for who in ({"user_id": user_id}, {"username": login["username"]}):
        fields = {**who, "session_key": key}
        answer = (
            spaaza("/auth/get-login-status", fields, headers={})
            if method == "GET"
            else spaaza("/auth/get-login-status", method="POST", headers={}, data=fields)
        )
        results = answer.json()["results"]
        assert results["result_type"] == "get-login-status"
        assert (str(results["user_id"]), results["username"]) == (user_id, login["username"])


def test_a_bad_status_call_is_refused(spaaza: SpaazaCaller) -> None:
    """A wrong key is error 6 and a missing one error 52."""
    path = "/auth/get-login-status"
    wrong = spaaza(path, {"user_id": 10001, "session_key": "x"}, headers={})
    assert error_of(wrong) == (401, 6, "no_valid_session")
    for query in ({"user_id": 10001}, {"session_key": "x"}, {}):
        assert error_of(spaaza(path, query, headers={}))[1] == 52
    assert error_of(spaaza(path, {"key": "x"}, headers={}))[0] == 400


def test_a_logout_ends_the_session(spaaza: SpaazaCaller) -> None:
    """After the logout the session is over, and logging out again is error 6."""
    login = spaaza.sandbox.spaaza_admin
    headers = spaaza.session_headers(login)
    answer = spaaza("/auth/logout", method="DELETE", headers=headers)
    assert answer.json()["results"] == {"username": login["username"], "result_type": "logout"}
    assert error_of(get_vouchers(spaaza, headers))[1] == 6
    assert error_of(spaaza("/auth/logout", method="DELETE", headers=headers))[1] == 6


def test_a_token_cannot_log_out(spaaza: SpaazaCaller) -> None:
    """A privileged token has no session to end: error 228."""
    assert error_of(spaaza("/auth/logout", method="DELETE")) == (400, 228, "auth_method_invalid")


def test_all_sessions_can_be_ended_at_once(spaaza: SpaazaCaller) -> None:
    """A test can make every session stale."""
    headers = spaaza.session_headers(spaaza.sandbox.spaaza_admin)
    spaaza.sandbox.expire_sessions()
    assert error_of(get_vouchers(spaaza, headers)) == (401, 6, "no_valid_session")


@pytest.mark.parametrize(("lifetime", "hours"), [(90, "0"), (7200, "2"), (1209600, "336")])
def test_a_session_ends_after_its_lifetime(lifetime: float, hours: str) -> None:
    """The switch says how long sessions live, and the answer says it in hours."""
    clock = MovableClock(datetime(2026, 5, 1, tzinfo=UTC))
    with (
        Sandbox(now=clock, spaaza_session_lifetime=lifetime) as sandbox,
        httpx.Client(trust_env=False) as client,
    ):
        spaaza = SpaazaCaller(sandbox, client)
        info = spaaza.log_in(sandbox.spaaza_admin).json()["results"]["session_info"]
        assert info["session_key_validity"] == hours
        headers = spaaza.session_headers(sandbox.spaaza_admin)
        clock.advance(seconds=lifetime - 1)
        assert get_vouchers(spaaza, headers).status_code == 200
        clock.advance(seconds=1)
        assert error_of(get_vouchers(spaaza, headers))[1] == 6
