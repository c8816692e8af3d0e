"""Which request meets which fault: decided by the seed and the count, and remembered."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from loyalty_sdk.sandbox import FaultPlan, Request, Sandbox
from loyalty_sdk.sandbox.faults import KINDS
from loyalty_sdk.sandbox.faults.injector import Injector, RunningPlan
from loyalty_sdk.sandbox.record import Record

from ..helpers import VoucherifyCaller

LIST = Request.parse("GET", "/voucherify/v1/customers/c/redeemables")
CAMPAIGNS = Request.parse("GET", "/voucherify/v1/campaigns")
VOUCHERS = Request.parse("GET", "/spaaza/get-vouchers?chain_id=1")


def injector(*plans: FaultPlan) -> Injector:
    """An injector that runs plans."""
    made = Injector(Sandbox()._name, Record())
    made.run(RunningPlan(plan) for plan in plans)
    return made


def drawn(made: Injector, requests: list[Request]) -> list[tuple[str, int] | None]:
    """What falls on each of the requests."""
    chosen = [made.choose(request, "http://elsewhere.example.com") for request in requests]
    return [one and (one.occasion.kind, one.occasion.number) for one in chosen]


def test_the_seed_and_the_count_decide() -> None:
    """The same requests meet the same faults; with another seed they meet others."""
    requests = [LIST, CAMPAIGNS, VOUCHERS] * 100
    first, again = (drawn(injector(FaultPlan(seed=1, rate=0.1)), requests) for _ in range(2))
    other = drawn(injector(FaultPlan(seed=2, rate=0.1)), requests)
    assert first == again != other
    assert 15 <= sum(one is not None for one in first) <= 50


def test_without_names_every_noticeable_fault_comes_up() -> None:
    """A plan without kinds draws from all that fit the request, and from no other."""
    bearer = [("authorization", "Bearer x"), ("accept-encoding", "gzip")]
    requests = [
        Request.parse("GET", f"{LIST.target}?starting_after_id=rh_{number}", bearer)
        for number in range(2_000)
    ]
    kinds = {one[0] for one in drawn(injector(FaultPlan()), requests) if one}
    operation = "voucherify.list-customer-redeemables"
    assert kinds == {
        name
        for name, kind in KINDS.items()
        if kind.noticeable and kind.may_fit("voucherify", operation)
    }


def test_numbers_count_what_matches() -> None:
    """Numbers count the requests of the plan's vendor, call and verb, and no others."""
    plan = FaultPlan("nan", at=(2, 3), operation="voucherify.list-campaigns", method="get")
    posted = Request.parse("POST", CAMPAIGNS.target)
    requests = [LIST, CAMPAIGNS, VOUCHERS, posted, CAMPAIGNS, CAMPAIGNS, CAMPAIGNS]
    assert drawn(injector(plan), requests) == [
        *[None, None, None, None],
        ("nan", 2),
        ("nan", 3),
        None,
    ]


def test_a_request_that_no_fault_fits_is_not_counted() -> None:
    """What cannot meet a fault of the plan does not match it, and neither does a stray path."""
    plan = FaultPlan("cycle_used_up", "error_in_200", at=2)
    nobody = Request.parse("GET", "/nobody")
    csv = Request.parse("GET", "/es_loyalty/oauth/token")
    assert drawn(injector(plan), [LIST, nobody, csv, VOUCHERS])[3] == ("error_in_200", 2)


def test_the_first_plan_that_acts_wins_and_all_count() -> None:
    """Several plans see each request; one fault falls on it, that of the first of them."""
    plans = FaultPlan("nan", at=(2, 3)), FaultPlan("server_error", at=(1, 2))
    assert drawn(injector(*plans), [LIST] * 3) == [("server_error", 1), ("nan", 2), ("nan", 3)]


@pytest.mark.parametrize(
    "rules",
    [
        {"vendor": "spaaza"},
        {"operation": "voucherify.get-customer"},
        {"operation": "es_loyalty.token"},
    ],
)
def test_a_plan_that_can_do_nothing_is_refused(rules: dict[str, Any]) -> None:
    """A plan none of whose faults fits its calls is a mistake, told when it is put into force."""
    sandbox = Sandbox()
    with pytest.raises(ValueError, match="no fault of the plan fits"):
        sandbox.faults = FaultPlan("cursor_missing", "empty_page", **rules)


def test_only_the_last_lists_are_remembered() -> None:
    """The cursors of a list are forgotten when it begins anew, or when many others came since."""
    made = injector(FaultPlan("cursor_cycle_2"))

    def asked(customer: int, cursor: str | None) -> bool:
        query = f"?starting_after_id={cursor}" if cursor else ""
        target = f"/voucherify/v1/customers/{customer}/redeemables{query}"
        return made.choose(Request.parse("GET", target), "") is not None

    assert [asked(1, one) for one in ("rh_1", "rh_2", None, "rh_3", "rh_3")] == [
        *[False, True, False, False, False]
    ]
    assert asked(1, "rh_4")
    for customer in range(2, 1_003):
        asked(customer, "rh_1")
    assert not asked(1, "rh_5")


def test_what_was_brought_about_is_told(voucherify: VoucherifyCaller) -> None:
    """Each fault is written down with its call and number, and whether the vendor was reached."""
    sandbox = voucherify.sandbox
    sandbox.faults = FaultPlan("server_error", at=2), FaultPlan("server_error_after", at=3)
    statuses = [voucherify("/v1/campaigns").status_code for _ in range(4)]
    assert statuses == [200, 500, 500, 200]
    told = [(one.kind, one.number, one.processed) for one in sandbox.injected]
    assert told == [("server_error", 2, False), ("server_error_after", 3, True)]
    assert {one.operation for one in sandbox.injected} == {"voucherify.list-campaigns"}
    assert sandbox.count() == 3
    assert sandbox.count(status=200) == 3
    assert sandbox.count(processed=False) == 1
    assert sandbox.count(processed=None) == 4
    assert [(one.processed, one.status) for one in sandbox.requests][1] == (False, 500)
    sandbox.forget_requests()
    assert sandbox.injected == ()
    assert sandbox.count(processed=None) == 0


def test_an_answer_that_cannot_be_changed_is_no_fault(voucherify: VoucherifyCaller) -> None:
    """Where there is nothing to change, the answer passes, and nothing is said to have happened."""
    voucherify.sandbox.faults = FaultPlan("truncated_json", "empty_page")
    answer = voucherify("/v1/campaigns", headers={})
    assert (answer.status_code, answer.json()["code"]) == (401, 401)
    assert voucherify.sandbox.injected == ()


def test_plans_can_be_switched_on_for_a_while(voucherify: VoucherifyCaller) -> None:
    """`faulty` adds plans and takes them away again; those in force count on meanwhile."""
    sandbox = voucherify.sandbox
    sandbox.faults = FaultPlan("unavailable", at=4)
    statuses = [voucherify("/v1/campaigns").status_code]
    with sandbox.faulty(FaultPlan("server_error", at=1)):
        assert len(sandbox.faults) == 2
        statuses += [voucherify("/v1/campaigns").status_code for _ in range(2)]
    assert sandbox.faults == (FaultPlan("unavailable", at=4),)
    statuses += [voucherify("/v1/campaigns").status_code for _ in range(2)]
    assert statuses == [200, 500, 200, 503, 200]


def test_the_first_plan_keeps_the_address() -> None:
    """A running sandbox can be given its first plan: clients that know its address meet it."""
    with Sandbox() as sandbox, httpx.Client(trust_env=False) as http:
        caller = VoucherifyCaller(sandbox, http)
        address = sandbox.address
        assert caller("/v1/campaigns").status_code == 200
        sandbox.faults = FaultPlan("unavailable", at=1)
        assert sandbox.address == address
        assert [caller("/v1/campaigns").status_code for _ in range(2)] == [503, 200]
        sandbox.faults = ()
        assert caller("/v1/campaigns").status_code == 200
