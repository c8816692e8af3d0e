"""Pages that are shorter than they should be, and cursors that lead astray."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from loyalty_sdk.sandbox import FaultKind, FaultPlan, Sandbox
from loyalty_sdk.sandbox.faults import paging
from loyalty_sdk.sandbox.wire import json_response

from ..helpers import SpaazaCaller, VoucherifyCaller, bearer
from .occasions import occasion

CURSOR = "starting_after_id"
PAGE = 3


def walked(voucherify: VoucherifyCaller, *, most: int = 100, **query: object) -> list[str]:
    """The identifiers of all redeemables, by the cursors that come or else by the last id."""
    customer = voucherify.sandbox.member.voucherify_customer_id
    found: list[str] = []
    cursor: dict[str, object] = {}
    for _ in range(most):
        page = voucherify.redeemables(customer, {"limit": PAGE, **query, **cursor})
        found += [row["id"] for row in page["data"]]
        if not page["has_more"]:
            break
        cursor = {CURSOR: page.get("more_starting_after") or found[-1]}
    return found


@pytest.mark.parametrize("order", ["id", "-id"])
@pytest.mark.parametrize("kind", ["short_page", "empty_page", "cursor_missing"])
def test_voucherifys_pages_can_be_walked_on_rightly(
    voucherify: VoucherifyCaller, kind: FaultKind, order: str
) -> None:
    """Whoever goes on by the cursor, or else by the last id, has every item exactly once."""
    sandbox = voucherify.sandbox
    expected = walked(voucherify, order=order)
    sandbox.faults = FaultPlan(kind, at=(1, 3, 5))
    assert walked(voucherify, order=order) == expected
    assert [one.number for one in sandbox.injected] == [1, 3, 5]


def test_a_cursor_that_repeats_leads_to_the_same_page(voucherify: VoucherifyCaller) -> None:
    """The second page comes again and again."""
    voucherify.sandbox.faults = FaultPlan("cursor_repeats")
    found = walked(voucherify, most=5)
    assert found[PAGE : 2 * PAGE] == found[2 * PAGE : 3 * PAGE] == found[3 * PAGE : 4 * PAGE]
    assert found[:PAGE] != found[PAGE : 2 * PAGE]


@pytest.mark.parametrize(("kind", "length"), [("cursor_cycle_2", 2), ("cursor_cycle_3", 3)])
def test_cursors_that_go_round(voucherify: VoucherifyCaller, kind: FaultKind, length: int) -> None:
    """After some pages the same ones come in the same order, without an end."""
    voucherify.sandbox.faults = FaultPlan(kind)
    pages = [tuple(one) for one in _chunks(walked(voucherify, most=12), PAGE)]
    assert len(pages) == 12
    assert len(set(pages)) == length + 1
    assert pages[1 : 1 + length] == pages[1 + length : 1 + 2 * length]


def test_an_empty_page_without_a_cursor_promises_in_vain(voucherify: VoucherifyCaller) -> None:
    """There is more, and no way to ask for it."""
    voucherify.sandbox.faults = FaultPlan("empty_page_without_cursor")
    page = voucherify.redeemables(voucherify.sandbox.members.heavy.voucherify_customer_id)
    assert (page["data"], page["has_more"]) == ([], True)
    assert "more_starting_after" not in page


@pytest.mark.parametrize("wrapped", [False, True])
def test_spaazas_short_and_empty_pages_keep_their_total(
    spaaza: SpaazaCaller, wrapped: bool
) -> None:
    """The rows are fewer than asked for, and the total says that there are more."""
    spaaza.sandbox.turn(spaaza_body_in_list=wrapped)
    try:
        spaaza.sandbox.faults = FaultPlan("short_page", at=1), FaultPlan("empty_page_under_total")
        query = {"chain_id": 1743, "number_results": 9}
        answers = [spaaza("/get-vouchers", query).json() for _ in range(2)]
        short, empty = [(one[0] if wrapped else one)["results"] for one in answers]
        assert (len(short["vouchers"]), len(empty["vouchers"])) == (4, 0)
        assert short["results_count_total"] == empty["results_count_total"] > 9
    finally:
        spaaza.sandbox.turn(spaaza_body_in_list=False)


@pytest.mark.parametrize("body", ["wrapped", "bare"])
def test_the_history_of_es_loyalty_has_short_and_empty_pages(
    sandbox: Sandbox, http: httpx.Client, body: Any
) -> None:
    """A page of the history loses its second half, or all of it."""
    sandbox.turn(es_loyalty_history_body=body)
    try:
        client, member = sandbox.es_loyalty, sandbox.members.heavy
        form = {"grant_type": "client_credentials", "client_id": client["client_id"]}
        form["client_secret"] = client["client_secret"]
        token = http.post(client["token_url"], data=form).json()["access_token"]
        users = client["base_url"] + "/client/users"
        http.post(
            f"{users}/{member.es_loyalty_identifier}/sessions",
            headers={
                **bearer(token),
                "X-Identifier-Type": member.es_loyalty_identifier_type,
            },
            json={"correlationId": "pages"},
        )
        sandbox.faults = FaultPlan("short_page", at=1), FaultPlan("empty_page_as_end")
        url = f"{users}/pages/transactions/history/v2?limit=10"
        answers = [http.get(url, headers=bearer(token)).json() for _ in range(2)]
        pages = [one if body == "bare" else one["transactions"] for one in answers]
        assert [len(page) for page in pages] == [5, 0]
    finally:
        sandbox.turn(es_loyalty_history_body="wrapped")


def _page(*ids: str, more: bool) -> Any:
    return json_response(200, {"data": [{"id": one} for one in ids], "has_more": more})


@pytest.mark.parametrize(
    ("change", "cursor", "response"),
    [
        (paging.short_page, None, _page("rh_1", "rh_2", more=True)),
        (paging.short_page, None, json_response(200, {"some": "object"})),
        (paging.empty_page, None, _page("rh_1", more=False)),
        (paging.empty_page, "rh_0", _page(more=False)),
        (paging.empty_page, "rh_00", _page("rh_1", more=False)),
        (paging.cursor_missing, None, _page("rh_1", more=True)),
        (paging.cursor_missing, None, _page("rh_1", more=False)),
        (paging.empty_page_without_cursor, None, _page("rh_1", more=False)),
        (paging.leads_back(1), "rh_1", _page("rh_2", more=False)),
        (paging.without_rows, None, _page(more=False)),
    ],
)
def test_a_page_that_leaves_nothing_to_do_passes(
    change: Any, cursor: str | None, response: Any
) -> None:
    """The last page, an empty one, and one that is too short are left alone."""
    target = "/list" if cursor is None else f"/list?{CURSOR}={cursor}"
    assert change(occasion(target), response) is None


@pytest.mark.parametrize(
    ("cursor", "ids", "expected"),
    [
        ("rh_5", ["rh_4", "rh_3"], "rh_40"),
        ("rh_2", ["rh_3", "rh_4"], "rh_20"),
        (None, ["rh_4", "rh_3"], "rh_40"),
        (None, ["rh_3", "rh_4"], "rh_0"),
        (None, ["vtx_3", "vtx_4"], "vtx_0"),
    ],
)
def test_the_cursor_of_an_empty_page_stands_before_its_rows(
    cursor: str | None, ids: list[str], expected: str
) -> None:
    """In both orders the cursor lies behind what was asked after, and before the first row."""
    target = "/list" if cursor is None else f"/list?{CURSOR}={cursor}"
    changed = paging.empty_page(occasion(target), _page(*ids, more=False))
    assert changed is not None
    assert isinstance(changed.body, bytes)
    content = json.loads(changed.body)
    assert content == {"data": [], "has_more": True, "more_starting_after": expected}


def _chunks(items: list[str], size: int) -> list[list[str]]:
    return [items[start : start + size] for start in range(0, len(items), size)]
