"""What happens at the vendor between two requests."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from loyalty_sdk.sandbox import FaultPlan, Sandbox

from ..helpers import SpaazaCaller, VoucherifyCaller, bearer

CHAIN = 1743


@pytest.fixture
def own_sandbox() -> Iterator[Sandbox]:
    """A sandbox whose data a test may change."""
    with Sandbox(seed=7, faults=FaultPlan(at=1_000_000)) as sandbox:
        yield sandbox


@pytest.fixture
def spaaza(own_sandbox: Sandbox, http: httpx.Client) -> SpaazaCaller:
    """A caller of the Spaaza of that sandbox."""
    return SpaazaCaller(own_sandbox, http)


def test_a_token_expires_under_the_call(voucherify: VoucherifyCaller) -> None:
    """The call with a token that was good is refused; calls without one are left alone."""
    token = voucherify.token("api").json()["access_token"]
    voucherify.sandbox.faults = FaultPlan("token_expires", at=2)
    voucherify("/v1/campaigns")
    statuses = [voucherify("/v1/campaigns", headers=bearer(token)).status_code for _ in range(3)]
    assert statuses == [200, 401, 401]
    (told,) = voucherify.sandbox.injected
    assert (told.kind, told.number, told.processed) == ("token_expires", 2, True)


def test_a_session_vanishes_under_the_call(spaaza: SpaazaCaller) -> None:
    """The session of Spaaza that a call is made in is gone; calls with a token are left alone."""
    headers = spaaza.session_headers(spaaza.sandbox.spaaza_user)
    spaaza.sandbox.faults = FaultPlan("session_vanishes")
    assert spaaza("/get-campaigns", {"chain_id": CHAIN}).status_code == 200
    gone = spaaza("/get-campaigns", headers=headers)
    assert gone.json()["error"]["name"] == "no_valid_session"
    assert len(spaaza.sandbox.injected) == 1


def test_a_session_of_es_loyalty_vanishes(sandbox: Sandbox, http: httpx.Client) -> None:
    """The session that a member is looked at in is not there any more."""
    client, member = sandbox.es_loyalty, sandbox.members.everyday
    form = {"grant_type": "client_credentials", "client_id": client["client_id"]}
    form["client_secret"] = client["client_secret"]
    token = http.post(client["token_url"], data=form).json()["access_token"]
    headers = {**bearer(token), "X-Identifier-Type": member.es_loyalty_identifier_type}
    users = client["base_url"] + "/client/users"
    started = http.post(
        f"{users}/{member.es_loyalty_identifier}/sessions",
        headers=headers,
        json={"correlationId": "vanishing"},
    )
    assert started.status_code == 200
    sandbox.faults = FaultPlan("session_vanishes", at=2)
    answers = [http.get(f"{users}/vanishing/issuances", headers=headers) for _ in range(2)]
    assert [one.status_code for one in answers] == [200, 400]
    assert answers[1].json()["errorMessage"].startswith("Session correlation ID does not exist")


def test_a_customers_token_expires_under_the_call(sandbox: Sandbox, http: httpx.Client) -> None:
    """Cardlytics says 403, and when the token expired."""
    api = sandbox.cardlytics["base_url"] + "/api/v1"
    customer = sandbox.member.cardlytics_source_customer_id
    token = http.get(f"{api}/token", params={"sourceCustomerId": customer}).json()["token"]
    sandbox.faults = FaultPlan("customer_token_expires")
    url = f"{api}/customers/{token}/redemptions?channelId=1&locationId=1"
    refused = http.get(url)
    assert refused.status_code == 403
    assert "expired" in refused.json()["error"]["message"]


def test_vouchers_join_and_leave_the_list_between_its_pages(spaaza: SpaazaCaller) -> None:
    """What is told to have joined or left has done so, and never before the first page."""
    sandbox, state = spaaza.sandbox, spaaza.sandbox.spaaza_state
    member = sandbox.members.heavy
    query = {"user_id": member.spaaza_user_id, "number_results": 10}
    before = set(state.voucher_ids())
    sandbox.faults = FaultPlan("items_inserted", items=3), FaultPlan("items_removed", items=2)
    first = spaaza.vouchers(query)
    assert sandbox.injected == ()
    second = spaaza.vouchers({**query, "results_offset": 10})
    (told,) = sandbox.injected
    assert (told.kind, len(told.items)) == ("items_inserted", 3)
    assert second["results_count_total"] == first["results_count_total"] + 3
    assert set(state.voucher_ids()) == before | {int(one) for one in told.items}

    sandbox.faults = FaultPlan("items_removed", items=2)
    spaaza.vouchers({**query, "results_offset": 20})
    removed = {int(one) for one in sandbox.injected[-1].items}
    assert len(removed) == 2
    assert not removed & set(state.voucher_ids())
    owners = {one.voucher_id: one.user for one in state.vouchers(CHAIN)}
    added = owners[int(told.items[0])]
    assert added is not None
    assert added.user_id == member.spaaza_user_id


def test_without_a_user_any_voucher_of_the_chain_may_go(spaaza: SpaazaCaller) -> None:
    """The list of a whole chain changes as the list of one of its users does."""
    spaaza.sandbox.faults = FaultPlan("items_removed", at=1), FaultPlan("items_inserted", at=2)
    for _ in range(2):
        spaaza.vouchers({"results_offset": 1})
    assert [one.kind for one in spaaza.sandbox.injected] == ["items_removed", "items_inserted"]


@pytest.mark.parametrize(
    "query",
    [
        {"results_offset": 5},
        {"chain_id": "x", "results_offset": 5},
        {"chain_id": CHAIN},
        {"chain_id": CHAIN, "results_offset": 0},
        {"chain_id": CHAIN, "results_offset": 5, "user_id": "x"},
    ],
)
def test_no_list_that_is_not_walked_on_is_changed(
    spaaza: SpaazaCaller, query: dict[str, object]
) -> None:
    """The first page and lists that are refused are left alone."""
    spaaza.sandbox.faults = FaultPlan("items_removed")
    spaaza("/get-vouchers", query)
    assert spaaza.sandbox.injected == ()
