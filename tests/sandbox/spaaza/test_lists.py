"""The lists of get-vouchers over their socket: whose, how many, in which order."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from loyalty_sdk.sandbox import Sandbox

from ..helpers import MovableClock, SpaazaCaller


def ids(results: Any) -> list[int]:
    """The voucher ids of a page, in order."""
    return [one["voucher_id"] for one in results["vouchers"]]


def test_the_members_handful_can_be_listed_by_each_identifier(spaaza: SpaazaCaller) -> None:
    """Every way to name a user selects the same vouchers."""
    member = spaaza.sandbox.members.everyday
    by_id = spaaza.vouchers({"user_id": member.spaaza_user_id})
    assert by_id["results_count_total"] == len(by_id["vouchers"]) == 6
    for query in (
        {"username": member.spaaza_username},
        {"member_number": member.spaaza_member_number},
        {"authentication_point_identifier": member.spaaza_authentication_point_identifier},
    ):
        assert ids(spaaza.vouchers(query)) == ids(by_id)
    assert {one["user"]["user_id"] for one in by_id["vouchers"]} == {member.spaaza_user_id}


def test_awkward_identifiers_survive_the_query(spaaza: SpaazaCaller) -> None:
    """A plus, a slash, an ampersand and an umlaut arrive when they are encoded."""
    member = spaaza.sandbox.members.awkward
    by_id = spaaza.vouchers({"user_id": member.spaaza_user_id})
    assert by_id["results_count_total"] > 0
    assert ids(spaaza.vouchers({"username": member.spaaza_username})) == ids(by_id)
    identifier = {"authentication_point_identifier": member.spaaza_authentication_point_identifier}
    assert ids(spaaza.vouchers(identifier)) == ids(by_id)


def test_the_empty_member_has_an_empty_list(spaaza: SpaazaCaller) -> None:
    """Somebody without vouchers, and nobody at all, have empty lists."""
    for user_id in (spaaza.sandbox.members.empty.spaaza_user_id, 999_999):
        results = spaaza.vouchers({"user_id": user_id})
        assert (results["results_count_total"], results["vouchers"]) == (0, [])


def test_pages_are_cut_by_offset(spaaza: SpaazaCaller) -> None:
    """Pages join up to the whole list, the total stays, and past the end there is nothing."""
    total = spaaza.vouchers({"number_results": 1})["results_count_total"]
    assert total > 1500
    seen: list[int] = []
    while len(seen) < total:
        page = spaaza.vouchers({"number_results": 500, "results_offset": len(seen)})
        assert page["results_count_total"] == total
        seen += ids(page)
    assert len(set(seen)) == len(seen) == total
    beyond = spaaza.vouchers({"results_offset": total})
    assert (beyond["results_count_total"], beyond["vouchers"]) == (total, [])


def test_what_changes_or_expires_leaves_the_list_between_two_pages(http: httpx.Client) -> None:
    """A page is cut from what there is when it is asked for."""
    clock = MovableClock(datetime(2026, 5, 1, tzinfo=UTC))
    with Sandbox(now=clock) as sandbox:
        spaaza = SpaazaCaller(sandbox, http)
        mine = {"user_id": sandbox.member.spaaza_user_id, "number_results": 1}
        totals = [spaaza.vouchers(mine)["results_count_total"]]
        clock.advance(seconds=1)
        first = spaaza.vouchers(mine)
        sandbox.spaaza_state.redeem_voucher(ids(first)[0])
        second = spaaza.vouchers(mine)
        clock.advance(days=400)
        third = spaaza.vouchers({**mine, "results_offset": 0})
    totals += [one["results_count_total"] for one in (first, second, third)]
    assert totals[0] == totals[1] == totals[2] + 1 > totals[3] + 1
    assert ids(first) != ids(second)


@pytest.mark.parametrize("size", [1, 20, 500])
def test_the_default_page_size_is_a_switch(spaaza: SpaazaCaller, size: int) -> None:
    """Without `number_results` a page is as long as the switch says."""
    spaaza.sandbox.turn(spaaza_default_page_size=size)
    assert len(spaaza.vouchers({})["vouchers"]) == size


def test_the_order_is_a_switch(spaaza: SpaazaCaller) -> None:
    """Ids ascend, descend, or are shuffled in a way that stays the same."""
    seen: dict[str, list[int]] = {}
    orders: tuple[Any, ...] = ("id", "-id", "shuffled")
    for order in orders:
        spaaza.sandbox.turn(spaaza_order=order)
        seen[order] = ids(spaaza.vouchers({"user_id": spaaza.sandbox.member.spaaza_user_id}))
        again = ids(spaaza.vouchers({"user_id": spaaza.sandbox.member.spaaza_user_id}))
        assert again == seen[order]
    assert seen["id"] == sorted(seen["id"]) == seen["-id"][::-1] == sorted(seen["shuffled"])
    assert seen["shuffled"] not in (seen["id"], seen["-id"])


@pytest.mark.parametrize(("position", "count"), [("only", 2), ("including", 8)])
def test_show_expired_is_a_switch(spaaza: SpaazaCaller, position: Any, count: int) -> None:
    """The everyday member's two expired vouchers are shown alone or beside the other six."""
    spaaza.sandbox.turn(spaaza_show_expired=position)
    query = {"user_id": spaaza.sandbox.member.spaaza_user_id, "show_expired": "true"}
    assert spaaza.vouchers(query)["results_count_total"] == count


@pytest.mark.parametrize(("position", "count"), [("dropped", 10), ("kept", 7)])
def test_expiry_under_all_statuses_is_a_switch(
    spaaza: SpaazaCaller, position: Any, count: int
) -> None:
    """All ten of the everyday member's vouchers are shown, or the seven that run."""
    spaaza.sandbox.turn(spaaza_expiry_under_all_statuses=position)
    query = {"user_id": spaaza.sandbox.member.spaaza_user_id, "show_all_statuses": "true"}
    assert spaaza.vouchers(query)["results_count_total"] == count


@pytest.mark.parametrize(("position", "status"), [("refused", 400), ("ignored", 200)])
def test_redeemed_dates_alone_are_a_switch(
    spaaza: SpaazaCaller, position: Any, status: int
) -> None:
    """Redeemed dates without `show_redeemed` are refused or ignored."""
    spaaza.sandbox.turn(spaaza_redeemed_dates_alone=position)
    query = {"chain_id": 1743, "max_redeemed_datetime": "2026-01-01T00:00:00Z"}
    assert spaaza("/get-vouchers", query).status_code == status


def test_each_chain_has_its_own_vouchers(spaaza: SpaazaCaller) -> None:
    """The other chain's few vouchers are nobody's and are listed apart."""
    results = spaaza("/get-vouchers", {"chain_id": 1744}).json()["results"]
    assert results["results_count_total"] == len(results["vouchers"])
    assert 0 < len(results["vouchers"]) <= 3
    assert {one["campaign_id"] for one in results["vouchers"]} == {340}


def test_vouchers_can_come_and_go_during_a_walk() -> None:
    """What is added, redeemed or removed between two pages moves the later ones."""
    with Sandbox(spaaza_order="id") as sandbox, httpx.Client(trust_env=False) as client:
        call, state = SpaazaCaller(sandbox, client), sandbox.spaaza_state
        first = spaaza_page(call, 0)
        state.remove_voucher(first[0])
        state.redeem_voucher(first[1])
        moved = spaaza_page(call, 3)
        earlier = state.add_voucher(voucher_id=1)
        shifted = spaaza_page(call, 3)
        assert shifted[1:] == moved[:-1]
        last = state.add_voucher(user_id=sandbox.member.spaaza_user_id)
        assert earlier == 1
        assert last == max(state.voucher_ids())
        assert ids(call.vouchers({"voucher_id": last})) == [last]
        with pytest.raises(ValueError, match="exists"):
            state.add_voucher(voucher_id=last)
        with pytest.raises(LookupError):
            state.remove_voucher(first[0])


def spaaza_page(call: SpaazaCaller, offset: int) -> list[int]:
    """The voucher ids of a page of three."""
    return ids(call.vouchers({"number_results": 3, "results_offset": offset}))
