"""Spaaza over its socket: the envelope, errors, versions, campaigns."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from ..helpers import SpaazaCaller, bearer, privileged

PERMISSION_DENIED = "permission_denied_or_non_existent"


def error_of(answer: httpx.Response) -> tuple[int, int | None, str]:
    """The status, number and name of an error in the usual envelope."""
    body = answer.json()
    assert body["result"] == {"code": 2, "status": "error"}
    assert body["error"]["description"]
    return answer.status_code, body["error"].get("code"), body["error"]["name"]


# Envelope and errors


def test_a_success_has_the_documented_envelope(spaaza: SpaazaCaller) -> None:
    """A success says so, and its results name the call."""
    body = spaaza("/get-vouchers", {"chain_id": 1743, "number_results": 1}).json()
    assert list(body) == ["result", "results"]
    assert body["result"] == {"code": 1, "status": "ok"}
    assert list(body["results"]) == ["results_count_total", "vouchers", "result_type"]
    assert body["results"]["result_type"] == "get-vouchers"


@pytest.mark.parametrize("path", ["/get-vouchers", "/get-vouchers.json"])
def test_the_json_suffix_changes_nothing(spaaza: SpaazaCaller, path: str) -> None:
    """With and without the suffix the answer is the same."""
    answer = spaaza(path, {"chain_id": 1743, "number_results": 2})
    assert len(answer.json()["results"]["vouchers"]) == 2


@pytest.mark.parametrize(
    "headers",
    [
        {},
        bearer("sandbox-wrong:sandbox-wrong"),
        {"Authorization": "Basic c2FuZGJveA=="},
        {"X-Spaaza-Session-User-Id": "10001", "X-Spaaza-Session-Key": "sandbox-wrong"},
        {"X-Spaaza-Session-User-Id": "10001"},
    ],
)
def test_bad_credentials_are_no_valid_session(
    spaaza: SpaazaCaller, headers: dict[str, str]
) -> None:
    """Missing and wrong credentials give error 6 under 401."""
    answer = spaaza("/get-vouchers", {"chain_id": 1743}, headers=headers)
    assert error_of(answer) == (401, 6, "no_valid_session")


def test_a_missing_chain_is_a_missing_variable(spaaza: SpaazaCaller) -> None:
    """Without the chain it is error 3 under 400."""
    assert error_of(spaaza("/get-vouchers")) == (400, 3, "http_vars_missing")


def test_redeemed_dates_alone_lack_a_parameter(spaaza: SpaazaCaller) -> None:
    """Redeemed dates without `show_redeemed` are error 52 under 400."""
    query = {"chain_id": 1743, "min_redeemed_datetime": "2026-01-01T00:00:00Z"}
    answer = spaaza("/get-vouchers", query)
    assert error_of(answer) == (400, 52, "missing_necessary_parameters")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/get-vouchers"),
        ("DELETE", "/get-campaigns"),
        ("GET", "/auth/login"),
        ("GET", "/auth/session"),
        ("POST", "/auth/logout"),
        ("PUT", "/auth/get-login-status"),
    ],
)
def test_a_wrong_method_is_error_4(spaaza: SpaazaCaller, method: str, path: str) -> None:
    """A known path under a wrong verb gives error 4 under 405."""
    answer = spaaza(path, method=method)
    assert error_of(answer) == (405, 4, "http_request_method_not_allowed")


@pytest.mark.parametrize("path", ["/", "/get-voucher", "/auth", "/get-vouchers/1"])
def test_an_unknown_path_is_not_found(spaaza: SpaazaCaller, path: str) -> None:
    """A path that no call has gives a 404 in the vendor's shape."""
    assert error_of(spaaza(path)) == (404, None, "resource_not_found")


@pytest.mark.parametrize(
    "query",
    [
        [("chain_id", 1743), ("chain", 1)],
        [("chain_id", 1743), ("chain_id", 1743)],
        {"chain_id": "x"},
        {"chain_id": 1743, "number_results": 501},
        {"chain_id": 1743, "user_id": 1, "username": "a@example.com"},
        {"chain_id": 1743, "min_expiry_datetime_relative": "soon"},
    ],
)
def test_a_bad_parameter_is_refused(spaaza: SpaazaCaller, query: Any) -> None:
    """Unknown, repeated and unreadable parameters give a 400."""
    assert error_of(spaaza("/get-vouchers", query)) == (400, None, "invalid_parameter")


@pytest.mark.parametrize("status", [403, 500])
def test_an_unknown_chain_is_denied(spaaza: SpaazaCaller, status: Any) -> None:
    """What may not be seen is error 68, under the status that the switch says."""
    spaaza.sandbox.turn(spaaza_denied_status=status)
    answer = spaaza("/get-vouchers", {"chain_id": 99})
    assert error_of(answer) == (status, 68, PERMISSION_DENIED)


def test_a_weak_token_is_denied(spaaza: SpaazaCaller) -> None:
    """A token without any chain sees none."""
    headers = privileged(spaaza.sandbox.spaaza_powerless)
    answer = spaaza("/get-vouchers", {"chain_id": 1743}, headers=headers)
    assert error_of(answer) == (403, 68, PERMISSION_DENIED)


@pytest.mark.parametrize(("inside", "status"), [(True, 200), (False, 400)])
def test_errors_may_come_inside_a_200(spaaza: SpaazaCaller, inside: bool, status: int) -> None:
    """With the switch on, errors have status 200 and only the body tells."""
    spaaza.sandbox.turn(spaaza_errors_in_200=inside)
    assert error_of(spaaza("/get-vouchers")) == (status, 3, "http_vars_missing")


@pytest.mark.parametrize("wrapped", [True, False])
def test_bodies_may_be_wrapped_in_a_list(spaaza: SpaazaCaller, wrapped: bool) -> None:
    """With the switch on, successes and errors are lists of one element."""
    spaaza.sandbox.turn(spaaza_body_in_list=wrapped)
    for query in ({"chain_id": 1743}, {}):
        body = spaaza("/get-vouchers", query).json()
        assert isinstance(body, list) is wrapped
        assert "result" in (body[0] if wrapped else body)


@pytest.mark.parametrize("warned", [True, False])
def test_a_success_may_carry_a_warning(spaaza: SpaazaCaller, warned: bool) -> None:
    """With the switch on, successes have a warning that nobody documents."""
    spaaza.sandbox.turn(spaaza_extra_warning=warned)
    body = spaaza("/get-vouchers", {"chain_id": 1743}).json()
    assert ("warnings" in body) is warned
    if warned:
        assert set(body["warnings"][0]) == {"code", "name", "description", "message"}
    assert "warnings" not in spaaza("/get-vouchers").json()


# Versions


@pytest.mark.parametrize(
    ("version", "name"),
    [
        ("1.3.9", "basket_vouchers"),
        ("1.4.1", "basket_vouchers"),
        ("1.4.2", "vouchers"),
        ("1.4.10", "vouchers"),
        ("1.6.6", "vouchers"),
        ("2.0.0", "vouchers"),
    ],
)
def test_the_list_was_renamed(spaaza: SpaazaCaller, version: str, name: str) -> None:
    """Before 1.4.2 the list is `basket_vouchers`, compared as numbers."""
    results = spaaza("/get-vouchers", {"chain_id": 1743}, version=version).json()["results"]
    assert set(results) == {"results_count_total", name, "result_type"}


@pytest.mark.parametrize("version", ["1.0.0", "1.3.12"])
def test_errors_were_a_map(spaaza: SpaazaCaller, version: str) -> None:
    """Before 1.4.0 errors are a map by code, each with its extra information."""
    body = spaaza("/get-vouchers", headers={}, version=version).json()
    assert body["result"] == {"code": 0, "status": "error"}
    assert "error" not in body
    error = body["errors"]["6"]
    assert (error["code"], error["name"]) == (6, "no_valid_session")
    assert error["extrainfo"] == {"msg": error["description"]}
    unnumbered = spaaza("/nowhere", version=version).json()
    assert list(unnumbered["errors"]) == ["resource_not_found"]


@pytest.mark.parametrize("version", ["1.4.0", "1.6.3"])
def test_errors_are_an_object(spaaza: SpaazaCaller, version: str) -> None:
    """From 1.4.0 on there is a single error object."""
    assert set(spaaza("/get-vouchers", version=version).json()) == {"result", "error"}


@pytest.mark.parametrize(("default", "name"), [("1.0.0", "basket_vouchers"), ("1.6.3", "vouchers")])
def test_without_a_header_the_switch_decides(spaaza: SpaazaCaller, default: str, name: str) -> None:
    """A request without a version has the default version's shape."""
    spaaza.sandbox.turn(spaaza_default_version=default)
    assert name in spaaza("/get-vouchers", {"chain_id": 1743}).json()["results"]
    assert (
        "vouchers" in spaaza("/get-vouchers", {"chain_id": 1743}, version="1.6.3").json()["results"]
    )


@pytest.mark.parametrize("version", ["1.6", "1.6.x", "v1.6.3", ""])
def test_a_bad_version_is_refused(spaaza: SpaazaCaller, version: str) -> None:
    """A version that is not major.minor.fix is an error."""
    answer = spaaza("/get-vouchers", {"chain_id": 1743}, version=version)
    assert error_of(answer) == (400, None, "invalid_parameter")


@pytest.mark.parametrize(
    ("version", "position", "nested"),
    [
        ("1.6.4", "flat", False),
        ("1.6.4", "nested", False),
        ("1.6.5", "flat", False),
        ("1.6.5", "nested", True),
    ],
)
def test_campaigns_may_be_nested(
    spaaza: SpaazaCaller, version: str, position: Any, nested: bool
) -> None:
    """From 1.6.5 on the switch says whether a voucher's campaign is an object."""
    spaaza.sandbox.turn(spaaza_campaign=position)
    query = {"chain_id": 1743, "user_id": spaaza.sandbox.member.spaaza_user_id}
    results = spaaza("/get-vouchers", query, version=version).json()["results"]
    for voucher in results["vouchers"]:
        assert ("campaign" in voucher) is nested
        assert ("campaign_id" in voucher) is not nested
        if nested:
            assert set(voucher["campaign"]) == {
                "id",
                "title",
                "type",
                "assignments",
                "assignment_count",
                "assignment_count_by_type",
                "assignment_types_excluded",
            }


def test_a_voucher_without_a_campaign_has_none_in_both_shapes(spaaza: SpaazaCaller) -> None:
    """No campaign is null: three nulls when flat, one when nested."""
    spaaza.sandbox.turn(spaaza_campaign="nested")
    query: dict[str, str | int] = {"chain_id": 1743}
    nested = spaaza("/get-vouchers", query, version="1.6.5").json()["results"]["vouchers"]
    flat = spaaza("/get-vouchers", query, version="1.6.3").json()["results"]["vouchers"]
    bare = [number for number, one in enumerate(nested) if one["campaign"] is None]
    assert bare
    for number in bare:
        voucher = flat[number]
        assert voucher["campaign_id"] is voucher["campaign_type"] is voucher["campaign_title"]


# Campaigns


def test_campaigns_can_be_listed(spaaza: SpaazaCaller) -> None:
    """Active campaigns of the chain come by priority, with a warning for a huge one."""
    body = spaaza("/get-campaigns", {"chain_id": 1743}).json()
    campaigns = body["results"]["campaigns"]
    assert body["results"]["result_type"] == "get-campaigns"
    assert all(one["active"] for one in campaigns)
    assert [one["priority"] for one in campaigns] == sorted(one["priority"] for one in campaigns)
    huge = next(one for one in campaigns if one["assignment_count"] == 700)
    assert "assignments" not in huge
    assert body["warnings"] == [
        {
            "name": "objects_exceed_maximum_quantity",
            "description": "The assignments of a campaign are too many to be listed",
            "message": {"campaign_id": huge["id"]},
        }
    ]


@pytest.mark.parametrize(
    ("query", "version", "count"),
    [
        ({}, "1.6.3", 6),
        ({}, "1.4.10", 7),
        ({"exclude_inactive": "false"}, "1.6.3", 7),
        ({"exclude_inactive": "true"}, "1.4.10", 6),
        ({"campaign_type": "wallet"}, "1.6.3", 1),
        ({"campaign_id": 301}, "1.6.3", 1),
        ({"order_by": "priority", "order_dir": "DESC"}, "1.6.3", 6),
        ({"user_id": 50000}, "1.6.3", 6),
    ],
)
def test_campaigns_can_be_narrowed(
    spaaza: SpaazaCaller, query: dict[str, str | int], version: str, count: int
) -> None:
    """Type, id and activity narrow the list; inactive ones are hidden since 1.4.11."""
    answer = spaaza("/get-campaigns", {"chain_id": 1743, **query}, version=version)
    assert len(answer.json()["results"]["campaigns"]) == count


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ({}, (400, 3, "http_vars_missing")),
        ({"chain_id": 5}, (403, 68, PERMISSION_DENIED)),
        ({"chain_id": 1743, "order_by": "title"}, (400, None, "invalid_parameter")),
        ({"chain_id": 1743, "order_dir": "up"}, (400, None, "invalid_parameter")),
        ({"chain_id": 1743, "exclude_inactive": "no"}, (400, None, "invalid_parameter")),
        ({"chain_id": 1743, "limit": 5}, (400, None, "invalid_parameter")),
    ],
)
def test_bad_campaign_parameters_are_refused(
    spaaza: SpaazaCaller, query: dict[str, str | int], error: tuple[int, int | None, str]
) -> None:
    """The list of campaigns is as strict as the list of vouchers."""
    assert error_of(spaaza("/get-campaigns", query)) == error
