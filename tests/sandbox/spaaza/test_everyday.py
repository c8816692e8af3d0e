"""Spaaza's everyday calls over its socket: what is refused, and what is shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import httpx
import pytest

from loyalty_sdk.sandbox import Sandbox
from loyalty_sdk.sandbox.spaaza.state import APP_HOSTNAME, OTHER_CHAIN_ID

from ..helpers import SpaazaCaller, privileged
from .test_api import error_of

CHAIN = 1743
APP = {"X-Spaaza-MyPrice-App-Hostname": APP_HOSTNAME}
INVALID = (400, None, "invalid_parameter")
INCOMPLETE = (400, 52, "missing_necessary_parameters")
DENIED = (403, 68, "permission_denied_or_non_existent")
NOT_FOUND = (404, 183, "voucher_not_found")
NO_APP = (400, 269, "no_myprice_app")
NO_SESSION = (401, 6, "no_valid_session")
ENTITY = {"entity_type": "chain", "entity_id": CHAIN}
BASKET = {"retailer_basket_code": "b", "basket_total_price": 10}
GOOD_BASKET = {"entity": ENTITY, "basket": BASKET}


@pytest.fixture(scope="module")
def resting() -> Iterator[Sandbox]:
    """A sandbox that no test changes."""
    with Sandbox(seed=22) as sandbox:
        yield sandbox


@pytest.fixture
def spaaza(http: httpx.Client) -> Iterator[SpaazaCaller]:
    """A caller of the Spaaza of a sandbox of this test's own, which it changes."""
    with Sandbox(seed=21) as sandbox:
        yield SpaazaCaller(sandbox, http)


def call(spaaza: SpaazaCaller, line: str, app: bool = True, **body: Any) -> httpx.Response:
    """A call as a token makes it: `POST /claim-voucher`, and a form or JSON."""
    method, path = line.split(" ")
    headers = {**privileged(spaaza.sandbox.spaaza), **(APP if app else {})}
    return spaaza(path, body.get("query", ()), method=method, headers=headers,
                  data=body.get("data"), json=body.get("json"))  # fmt: skip


def results(answer: httpx.Response) -> Any:
    """The results of a call that has to succeed."""
    assert answer.status_code == 200, answer.text
    return answer.json()["results"]


def wallet(spaaza: SpaazaCaller, kind: str = "wallet") -> int:
    """The campaign of a type."""
    campaigns = spaaza.sandbox.spaaza_state.campaigns
    return next(one.campaign_id for one in campaigns if one.campaign_type == kind)


def user_id(spaaza: SpaazaCaller, which: str = "empty") -> str:
    """A member's id."""
    return str(getattr(spaaza.sandbox.members, which).spaaza_user_id)


def made(spaaza: SpaazaCaller, **fields: str) -> Any:
    """A voucher that was made for the member who had none."""
    data = {"user_id": user_id(spaaza), "campaign_id": str(wallet(spaaza, "loyalty")), **fields}
    return results(call(spaaza, "POST /create-voucher", data=data))


# --- what a call shows


def test_a_call_names_itself(spaaza: SpaazaCaller) -> None:
    """Results of changes have the documented keys, and the name of the call."""
    shown = made(spaaza, voucher_amount="5", voucher_title="Five")
    assert shown["result_type"] == "create-voucher"
    assert (shown["voucher_title"], shown["voucher_amount"]) == ("Five", 5)
    assert shown["user_entity_card"]["type"] == "custom"
    assert "user" not in shown
    assert "type" not in shown


@pytest.mark.parametrize("method", ["POST", "PUT"])
@pytest.mark.parametrize(
    "path", ["/claim-voucher", "/unclaim-voucher", "/expire-voucher", "/auth/redeem-voucher"]
)
def test_two_verbs_are_the_same_call(spaaza: SpaazaCaller, method: str, path: str) -> None:
    """POST and PUT change a voucher alike, as the documents say."""
    claimed = {} if path == "/claim-voucher" else {"set_claimed": "1"}
    key = made(spaaza, voucher_amount="5", **claimed)["voucher_key"]
    data = {"voucher_key": key, "user_id": user_id(spaaza), "chain_id": str(CHAIN)}
    assert results(call(spaaza, f"{method} {path}", data=data))["voucher_key"] == key


def test_a_change_is_seen_in_the_list_of_the_chain(spaaza: SpaazaCaller) -> None:
    """The lists and the calls share one state."""
    shown = made(spaaza, voucher_amount="5", voucher_title="Five")
    (row,) = spaaza.vouchers({"voucher_id": shown["voucher_id"]})["vouchers"]
    assert (row["voucher_title"], row["type"]) == ("Five", "basket")
    assert row["user"]["user_id"] == int(user_id(spaaza))


def test_a_user_who_is_changed_is_so_in_vouchers(spaaza: SpaazaCaller) -> None:
    """What is written down of a customer shows wherever they do."""
    data = {"user_id": user_id(spaaza, "everyday"), "first_name": "Changed", "language": "fr-FR"}
    results(call(spaaza, "PUT /internal/alter-user", data=data))
    rows = spaaza.vouchers({"user_id": user_id(spaaza, "everyday")})["vouchers"]
    assert {(row["user"]["first_name"], row["user"]["language"]) for row in rows} == {
        ("Changed", "fr-FR")
    }


def test_a_voucher_of_a_wallet_takes_and_gives_back(spaaza: SpaazaCaller) -> None:
    """It cannot take what is not there; making one may delete the others."""
    loaded = {"campaign_id": str(wallet(spaaza)), "amount": "10", "log_message": "m"}
    data = {"user_id": user_id(spaaza), **loaded}
    results(call(spaaza, "POST /auth/add-user-purchase-progress", data=data))
    draw = {"campaign_id": str(wallet(spaaza)), "voucher_amount": "10"}
    made(spaaza, **draw)
    data = {"user_id": user_id(spaaza), **draw}
    assert error_of(call(spaaza, "POST /create-voucher", data=data)) == INVALID
    made(spaaza, **draw, delete_existing="true")
    query = {"user_id": user_id(spaaza)}
    ledger = results(call(spaaza, "GET /user-wallet-ledger", query=query))["ledger"]
    assert [entry["amount"] for entry in ledger] == [-10, 10, -10, 10]


def test_points_are_no_money(spaaza: SpaazaCaller) -> None:
    """The ledger shows the wallets of the type that is asked for."""
    data = {"campaign_id": str(wallet(spaaza)), "amount": "10", "log_message": "m"}
    progress = "POST /auth/add-user-purchase-progress"
    results(call(spaaza, progress, data={"user_id": user_id(spaaza), **data}))
    for kind, count in (("wallet", 1), ("points", 0), ("entries", 0)):
        query = {"user_id": user_id(spaaza), "type": kind}
        found = results(call(spaaza, "GET /user-wallet-ledger", query=query))
        assert (found["type"], len(found["ledger"])) == (kind, count)


def test_an_older_version_asks_for_the_ledger_by_chain(spaaza: SpaazaCaller) -> None:
    """Before 1.5.4 a token names the chain, and need not name the app."""
    query = {"user_id": user_id(spaaza), "chain_id": CHAIN}
    assert spaaza("/user-wallet-ledger", query, version="1.5.3").status_code == 200
    assert error_of(spaaza("/user-wallet-ledger", query, version="1.5.4")) == NO_APP


# --- what is refused

CLAIM = {"user_id": "50002", "voucher_id": "1"}
CLAIMED = {"entity": {"chain_id": CHAIN}, "user": {"user_id": 50002}}
REFUSALS: tuple[tuple[str, Mapping[str, Any], tuple[int, int | None, str]], ...] = (
    ("POST /claim-voucher", {"data": {**CLAIM, "colour": "red"}}, INVALID),
    ("POST /claim-voucher", {"data": CLAIM}, NOT_FOUND),
    ("POST /claim-voucher", {"data": {"user_id": "50002"}}, INCOMPLETE),
    ("POST /claim-voucher", {"data": {"voucher_id": "1"}}, INCOMPLETE),
    ("POST /claim-voucher", {"data": {"user_id": "1", "voucher_id": "1"}}, DENIED),
    ("POST /claim-voucher", {"data": {**CLAIM, "username": "a"}}, INVALID),
    ("POST /claim-voucher", {"data": CLAIM, "query": {"chain_id": 1}}, INVALID),
    ("POST /claim-vouchers", {"data": CLAIM}, INVALID),
    ("POST /claim-vouchers", {"json": []}, INVALID),
    ("POST /claim-vouchers", {"json": {"entity": {}, "user": {"user_id": 50002}}}, INCOMPLETE),
    (
        "POST /claim-vouchers",
        {
            "json": {
                "entity": {"chain_id": CHAIN},
                "user": {"user_id": 50002},
                "vouchers": [{}] * 11,
            }
        },
        INVALID,
    ),
    (
        "POST /claim-vouchers",
        {"json": {**CLAIMED, "vouchers": "k"}},
        INVALID,
    ),
    ("POST /create-voucher", {"data": {"user_id": "50002", "campaign_id": "999"}}, DENIED),
    ("POST /create-voucher", {"data": {"user_id": "50002", "campaign_id": "300"}}, INVALID),
    (
        "POST /create-voucher",
        {"data": {"user_id": "50002", "campaign_id": "302", "voucher_type": "red"}},
        INVALID,
    ),
    (
        "POST /create-voucher",
        {"data": {"user_id": "50002", "campaign_id": "302", "voucher_amount": "x"}},
        INVALID,
    ),
    (
        "POST /create-voucher",
        {"data": {"user_id": "50002", "campaign_id": "302", "expiry_date": "soon"}},
        INVALID,
    ),
    (
        "POST /create-voucher",
        {"data": {"user_id": "50002", "campaign_id": "302", "voucher_lock_period": "-1"}},
        INVALID,
    ),
    ("POST /auth/redeem-voucher", {"data": {"voucher_id": "1"}}, INCOMPLETE),
    ("POST /auth/redeem-voucher", {"data": {"voucher_id": "1", "chain_id": "7"}}, DENIED),
    ("PUT /lock-voucher", {"data": {"voucher_id": "1"}}, NOT_FOUND),
    ("PUT /unlock-voucher", {"data": {}}, INCOMPLETE),
    ("GET /get-card", {"query": {"user_id": 1}}, DENIED),
    ("GET /get-card", {}, INCOMPLETE),
    ("GET /internal/get-user", {"query": {"user_id": 50002, "colour": "red"}}, INVALID),
    ("GET /get-campaign", {"query": {"chain_id": CHAIN, "campaign_id": 999}}, DENIED),
    ("GET /get-campaign", {"query": {"chain_id": CHAIN}}, (400, 3, "http_vars_missing")),
    ("POST /internal/add-user", {"json": {"first_name": "A"}}, INCOMPLETE),
    ("POST /internal/add-user", {"json": {"username": "everyday@example.com"}}, INVALID),
    ("POST /internal/add-user", {"json": {"colour": "red"}}, INVALID),
    (
        "POST /internal/add-user",
        {
            "json": {
                "username": "everyday@example.com",
                "member_number": "0000401",
                "update_if_exists": True,
            }
        },
        INVALID,
    ),
    ("PUT /internal/alter-user", {"json": {"first_name": "A"}}, INCOMPLETE),
    (
        "POST /auth/add-user-purchase-progress",
        {"data": {"user_id": "50002", "campaign_id": "303", "amount": "1"}},
        INCOMPLETE,
    ),
    (
        "POST /auth/add-user-purchase-progress",
        {"data": {"user_id": "50002", "campaign_id": "303", "amount": "-1", "log_message": "m"}},
        INVALID,
    ),
    (
        "POST /auth/add-user-purchase-progress",
        {"data": {"user_id": "50002", "campaign_id": "303", "amount": ".001", "log_message": "m"}},
        INVALID,
    ),
    (
        "POST /auth/add-user-purchase-progress",
        {"data": {"user_id": "50002", "campaign_id": "9", "amount": "1", "log_message": "m"}},
        DENIED,
    ),
    ("GET /user-wallet-ledger", {"query": {"user_id": 50002, "chain_id": CHAIN}}, INVALID),
    ("POST /auth/add-basket", {"json": {"basket": BASKET}}, INVALID),
    ("POST /auth/add-basket", {"json": {"entity": ENTITY, "basket": {}}}, INCOMPLETE),
    (
        "POST /auth/add-basket",
        {"json": {"entity": {**ENTITY, "entity_type": "x"}, "basket": BASKET}},
        INVALID,
    ),
    (
        "POST /auth/add-basket",
        {"json": {**GOOD_BASKET, "user": {"member_number": "none"}}},
        DENIED,
    ),
    (
        "POST /auth/add-basket",
        {"json": {"entity": ENTITY, "basket": {**BASKET, "basket_items": {}}}},
        INVALID,
    ),
    (
        "POST /auth/add-basket",
        {"json": {"entity": ENTITY, "basket": {**BASKET, "basket_total_price": True}}},
        INVALID,
    ),
)


@pytest.mark.parametrize(("line", "body", "error"), REFUSALS)
def test_what_is_refused(
    resting: Sandbox, http: httpx.Client, line: str, body: Mapping[str, Any], error: Any
) -> None:
    """Unknown, missing and unreadable parameters, and what may not be seen."""
    assert error_of(call(SpaazaCaller(resting, http), line, **body)) == error


def test_what_does_not_fit_a_voucher_s_state(spaaza: SpaazaCaller) -> None:
    """A voucher is claimed once, redeemed once, and only when claimed."""
    key = made(spaaza, voucher_amount="5")["voucher_key"]
    mine = {"voucher_key": key, "user_id": user_id(spaaza)}
    chain = {"voucher_key": key, "chain_id": str(CHAIN)}
    for line in ("POST /unclaim-voucher", "POST /expire-voucher", "DELETE /delete-voucher"):
        assert error_of(_with_form(spaaza, line, mine)) == INVALID
    results(call(spaaza, "POST /claim-voucher", data=mine))
    assert error_of(call(spaaza, "POST /claim-voucher", data=mine)) == INVALID
    too_much = {**chain, "amount": "5.01"}
    assert error_of(call(spaaza, "POST /auth/redeem-voucher", data=too_much)) == INVALID
    results(call(spaaza, "PUT /lock-voucher", data={"voucher_key": key}))
    assert error_of(call(spaaza, "PUT /lock-voucher", data={"voucher_key": key})) == INVALID
    results(call(spaaza, "POST /auth/redeem-voucher", data=chain))
    assert error_of(call(spaaza, "POST /auth/redeem-voucher", data=chain)) == INVALID


def test_vouchers_of_somebody_else(spaaza: SpaazaCaller) -> None:
    """They are neither claimed, redeemed nor ended for another customer."""
    key = made(spaaza, voucher_amount="5", set_claimed="true")["voucher_key"]
    other = {"voucher_key": key, "user_id": user_id(spaaza, "heavy"), "chain_id": str(CHAIN)}
    for line in (
        "POST /claim-voucher",
        "POST /auth/redeem-voucher",
        "POST /expire-voucher",
        "DELETE /delete-voucher",
    ):
        assert error_of(_with_form(spaaza, line, other)) == DENIED


def test_only_a_basket_voucher_is_locked(spaaza: SpaazaCaller) -> None:
    """As the page says."""
    key = made(spaaza, voucher_type="honour")["voucher_key"]
    assert error_of(call(spaaza, "PUT /lock-voucher", data={"voucher_key": key})) == INVALID


def test_a_basket_of_somebody_is_not_claimed(spaaza: SpaazaCaller) -> None:
    """Nor one that there is not; and the basket must be named."""
    results(call(spaaza, "POST /auth/add-basket", json=GOOD_BASKET))
    mine = {"user_id": user_id(spaaza), "chain_id": str(CHAIN)}
    claim = {**mine, "retailer_basket_code": "b"}
    line = "POST /auth/claim-basket"
    assert error_of(call(spaaza, line, data=claim)) == INVALID  # names an app
    assert error_of(call(spaaza, line, app=False, data=mine)) == INCOMPLETE
    unknown = {**mine, "basket_id": "1"}
    assert error_of(call(spaaza, line, app=False, data=unknown)) == DENIED
    results(call(spaaza, line, app=False, data=claim))
    assert error_of(call(spaaza, line, app=False, data=claim)) == DENIED


@pytest.mark.parametrize(
    ("line", "data"),
    [
        ("POST /claim-voucher", CLAIM),
        ("PUT /internal/alter-user", {"user_id": "50002"}),
        ("DELETE /delete-voucher", CLAIM),
    ],
)
def test_the_app_has_to_be_named(spaaza: SpaazaCaller, line: str, data: Mapping[str, str]) -> None:
    """Without it it is error 269; one that does not exist may not be seen."""
    assert error_of(_with_form(spaaza, line, data, app=False)) == NO_APP
    headers = {**privileged(spaaza.sandbox.spaaza), "X-Spaaza-MyPrice-App-Hostname": "other.test"}
    assert error_of(_with_form(spaaza, line, data, headers=headers)) == DENIED


def test_the_app_of_a_session(spaaza: SpaazaCaller) -> None:
    """Customers name theirs, but not where they change themselves; staff name none."""
    customer = spaaza.session_headers(spaaza.sandbox.spaaza_user)
    staff = spaaza.session_headers(spaaza.sandbox.spaaza_admin)
    mine = {"phone_number": "+31"}
    line = ("/internal/alter-user",)
    assert error_of(spaaza(*line, method="PUT", headers=customer, data=mine)) == NO_SESSION
    without = {k: v for k, v in customer.items() if not k.endswith("Hostname")}
    assert spaaza(*line, method="PUT", headers=without, data=mine).status_code == 200
    assert error_of(spaaza("/get-card", headers=without)) == NO_SESSION
    query = {"chain_id": CHAIN, "user_id": user_id(spaaza)}
    assert spaaza("/internal/get-user", query, headers=staff).status_code == 200
    assert error_of(spaaza("/get-card", query, headers={**staff, **APP})) == NO_SESSION
    baskets = {"headers": customer, "method": "POST"}
    claim = {"retailer_basket_code": "b", "chain_id": str(CHAIN)}
    assert error_of(spaaza("/auth/claim-basket", data=claim, **baskets)) == INVALID
    assert error_of(spaaza("/auth/add-basket", json=GOOD_BASKET, **baskets)) == DENIED


def test_a_token_without_a_chain_does_nothing(spaaza: SpaazaCaller) -> None:
    """And nobody reaches into a chain that is not theirs."""
    headers = {**privileged(spaaza.sandbox.spaaza_powerless), **APP}
    assert error_of(spaaza("/get-card", {"user_id": 50002}, headers=headers)) == DENIED
    staff = spaaza.session_headers(spaaza.sandbox.spaaza_admin)
    query = {"chain_id": OTHER_CHAIN_ID, "user_id": 50002}
    assert error_of(spaaza("/get-card", query, headers=staff)) == DENIED


def test_a_customer_does_not_unclaim_what_is_locked(spaaza: SpaazaCaller) -> None:
    """The staff and tokens do."""
    customer = spaaza.session_headers(spaaza.sandbox.spaaza_user)
    data = {
        "user_id": user_id(spaaza, "everyday"),
        "campaign_id": str(wallet(spaaza, "loyalty")),
        "set_claimed": "1",
        "voucher_lock_period": "300",
    }
    shown = results(call(spaaza, "POST /create-voucher", data=data))
    assert shown["voucher_locked"] is True
    mine = {"voucher_key": shown["voucher_key"]}
    answer = spaaza("/unclaim-voucher", method="POST", headers=customer, data=mine)
    assert error_of(answer) == DENIED
    data = {**mine, "user_id": user_id(spaaza, "everyday")}
    assert results(call(spaaza, "PUT /unclaim-voucher", data=data))["voucher_status"] == (
        "generated"
    )


def _with_form(
    spaaza: SpaazaCaller,
    line: str,
    data: Mapping[str, str],
    *,
    app: bool = True,
    headers: Mapping[str, str] | None = None,
) -> httpx.Response:
    """A call with a form, whatever its verb."""
    method, path = line.split(" ")
    sent = {**privileged(spaaza.sandbox.spaaza), **(APP if app else {})}
    return spaaza(path, method=method, headers=sent if headers is None else headers, data=data)
