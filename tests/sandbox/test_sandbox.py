"""The sandbox as a whole: its record, its members, its credentials, its isolation."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import loyalty_sdk.sandbox
from loyalty_sdk.sandbox import Member, Request, Sandbox
from loyalty_sdk.sandbox.es_loyalty.accounts import Account

from .helpers import SpaazaCaller, VoucherifyCaller

FOLDER = Path(loyalty_sdk.sandbox.__file__).parent


def test_the_sandbox_shares_nothing_with_the_clients() -> None:
    """No module of the sandbox imports anything else of the SDK, or any HTTP client."""
    allowed = {"__future__", "attrs", "uvicorn"}
    for path in FOLDER.rglob("*.py"):
        depth = len(path.relative_to(FOLDER).parts)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.level:
                assert node.level <= depth, f"{path} reaches out of the sandbox"
                continue
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            elif isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            else:
                continue
            for name in names:
                root = name.partition(".")[0]
                assert root in allowed or root in _standard_library(), f"{path} imports {name}"


def _standard_library() -> frozenset[str]:
    import sys

    return frozenset(sys.stdlib_module_names)


def test_the_public_names_are_listed_in_order() -> None:
    """`__all__` is sorted and every name in it exists."""
    names = loyalty_sdk.sandbox.__all__
    assert names == sorted(names)
    assert all(hasattr(loyalty_sdk.sandbox, name) for name in names)


def test_requests_are_recorded_as_sent(spaaza: SpaazaCaller) -> None:
    """The record has vendor, operation, method, raw target, headers and status, in order."""
    spaaza("/get-vouchers", [("chain_id", "1743"), ("username", "a+b@example.com")])
    spaaza("/get-vouchers/%2043?x")
    first, second = spaaza.sandbox.requests
    assert (first.vendor, first.operation, first.method) == ("spaaza", "spaaza.get-vouchers", "GET")
    assert first.target == "/spaaza/get-vouchers?chain_id=1743&username=a%2Bb%40example.com"
    assert first.status == 200
    assert first.headers["AUTHORIZATION"].startswith("Bearer sandbox-token-id-")
    assert (second.target, second.status) == ("/spaaza/get-vouchers/%2043", 404)
    assert "sandbox-token" not in repr(first)


def test_requests_are_counted_by_what_is_asked(
    spaaza: SpaazaCaller, voucherify: VoucherifyCaller
) -> None:
    """Counting takes any of operation, vendor, method and status."""
    sandbox = spaaza.sandbox
    spaaza("/get-vouchers", {"chain_id": 1743})
    spaaza("/get-vouchers")
    spaaza("/get-vouchers", method="POST")
    spaaza("/nowhere")
    voucherify("/v1/campaigns")
    assert sandbox.count() == 5
    assert sandbox.count("spaaza.get-vouchers") == 2
    assert sandbox.count("spaaza.get-vouchers", status=200) == 1
    assert sandbox.count("spaaza.unknown") == 2
    assert sandbox.count(vendor="voucherify") == 1
    assert sandbox.count(method="POST", status=405) == 1
    sandbox.forget_requests()
    assert sandbox.count() == 0
    assert sandbox.requests == ()


def test_the_record_is_bounded_and_the_count_is_not() -> None:
    """Ten thousand requests are kept; all are counted."""
    sandbox = Sandbox()
    request = Request.parse("GET", "/nobody")
    for _ in range(10_005):
        sandbox.answer(request)
    assert len(sandbox.requests) == 10_000
    assert sandbox.count() == 10_005


def test_a_path_without_a_vendor_is_not_found(sandbox: Sandbox) -> None:
    """Outside the vendors' prefixes there is a 404 that names them."""
    response = sandbox.answer(Request.parse("GET", "/stripe/v1"))
    assert response.status == 404
    assert b"voucherify, spaaza" in bytes(response.body)  # type: ignore[arg-type]
    assert sandbox.requests[-1].vendor == ""


def test_the_same_seed_gives_the_same_sandbox() -> None:
    """Members, credentials and data depend on the seed alone."""
    with Sandbox(seed=3) as one, Sandbox(seed=3) as same, Sandbox(seed=4) as other:
        assert one.members == same.members != other.members
        assert one.voucherify["app_token"] == same.voucherify["app_token"]
        assert one.voucherify["app_token"] != other.voucherify["app_token"]
        assert one.es_loyalty["client_secret"] == same.es_loyalty["client_secret"]
        assert one.es_loyalty["client_secret"] != other.es_loyalty["client_secret"]
        assert one.spaaza["token_secret"] != other.spaaza["token_secret"]
        everyday = one.member.voucherify_customer_id
        ids = [held.id for held in one.voucherify_state.redeemables(everyday)]
        assert ids == [held.id for held in same.voucherify_state.redeemables(everyday)]
        assert one.spaaza_state.voucher_ids() == same.spaaza_state.voucher_ids()


def test_every_credential_looks_synthetic(sandbox: Sandbox) -> None:
    """Ids, tokens and passwords begin with "sandbox-", and mail goes to example.com."""
    for arguments in (
        sandbox.es_loyalty,
        sandbox.voucherify,
        sandbox.voucherify_powerless,
        sandbox.voucherify_oauth,
        sandbox.voucherify_oauth_v2,
        sandbox.spaaza,
        sandbox.spaaza_powerless,
    ):
        for name, value in arguments.items():
            assert name.endswith("_url") or str(value).startswith("sandbox-")
    for login in (sandbox.spaaza_admin, sandbox.spaaza_admin_2fa, sandbox.spaaza_user):
        assert login["password"].startswith("sandbox-")
        assert login["username"].endswith("@example.com")


def sandbox_account(sandbox: Sandbox, member: Member) -> Account:
    """The account in ES Loyalty that a member's identifier stands for."""
    account = sandbox.es_loyalty_state.account(
        member.es_loyalty_identifier_type, member.es_loyalty_identifier
    )
    assert account is not None
    return account


def test_the_members_exist_at_every_vendor(
    voucherify: VoucherifyCaller, spaaza: SpaazaCaller
) -> None:
    """Each member's identifiers are known to the vendor they are for."""
    members = voucherify.sandbox.members
    assert voucherify.sandbox.member is members.everyday
    for member in (members.everyday, members.heavy, members.empty, members.awkward):
        customer = voucherify(f"/v1/customers/{member.voucherify_customer_id}").json()
        assert customer["source_id"] == member.voucherify_source_id
        account = sandbox_account(voucherify.sandbox, member)
        assert account.loyalty_id == member.es_loyalty_loyalty_id
        assert account.account_id == member.es_loyalty_account_id
        user = next(
            one for one in spaaza.sandbox.spaaza_state.users if one.user_id == member.spaaza_user_id
        )
        assert user.username == member.spaaza_username
        assert user.member_number == member.spaaza_member_number


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.py")), ids=lambda path: path.stem)
def test_no_address_of_a_real_vendor_is_in_the_code(path: Path) -> None:
    """Hosts in the code are documentation pages, example domains or this machine."""
    hosts = re.findall(r"https?://([\w.-]+)", path.read_text(encoding="utf-8"))
    allowed = re.compile(
        r"docs\.(voucherify\.io|cardlytics\.com|spaaza\.com)|exchangesolutionsinc\.github\.io"
        r"|127\.0\.0\.1|localhost|.*\.example\.com"
    )
    assert [host for host in hosts if not allowed.fullmatch(host)] == []
