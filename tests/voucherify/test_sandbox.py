"""The clients against a vendor that behaves as the documents say, over real sockets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from typing import Any, cast

import attrs
import pytest

from loyalty_sdk import Model
from loyalty_sdk._core.reading.model import promised
from loyalty_sdk.auth import ClientCredentials
from loyalty_sdk.errors import (
    BadRequest,
    NotFound,
    PermissionDenied,
    RateLimited,
    Unauthorized,
)
from loyalty_sdk.sandbox import Sandbox, Switches, SwitchOptions
from loyalty_sdk.sandbox.voucherify.state import Holding
from loyalty_sdk.voucherify import (
    AmountDiscount,
    CustomerRedeemable,
    FixedDiscount,
    PercentDiscount,
    RawFilter,
    UnitDiscount,
    UnitsDiscount,
)

from .replay import Clients

NOW = datetime.now(timezone.utc).replace(hour=0, minute=0, second=0, microsecond=0)
Make = Callable[..., Any]


@pytest.fixture(scope="module")
def running() -> Iterator[Sandbox]:
    """A sandbox of its own for these tests."""
    with Sandbox(seed=11) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(running: Sandbox) -> Sandbox:
    """The running sandbox, its switches back at their defaults and its tokens ended."""
    running.turn(**cast("SwitchOptions", attrs.asdict(Switches())))
    running.forget_requests()
    running.expire_tokens()
    return running


@pytest.fixture
def client(sandbox: Sandbox, clients: Clients) -> Any:
    """A client of either colour with good keys."""
    return clients.client(**sandbox.voucherify)


def oauth_client(sandbox: Sandbox, clients: Clients, scope: str = "customers") -> Any:
    """A client that proves itself by OAuth v1."""
    auth = ClientCredentials(**sandbox.voucherify_oauth, scope=scope, style="app_headers")
    return clients.client(base_url=sandbox.voucherify["base_url"], auth=auth)


# --- walking


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("order", ["id", "-id", None])
def test_thousands_are_walked(sandbox: Sandbox, client: Any, named: bool, order: Any) -> None:
    """Every redeemable comes once and in order, whether the vendor names its cursor or not."""
    sandbox.turn(voucherify_more_starting_after=named)
    member = sandbox.members.heavy.voucherify_customer_id
    pager = client.customers.list_redeemables(member, order=order)
    walked = [one.id for one in pager]
    held = [one.id for one in sandbox.voucherify_state.redeemables(member)]
    assert walked == (held if order == "id" else held[::-1])
    assert len(walked) == pager.total == 2_500
    assert sandbox.count("voucherify.list-customer-redeemables", status=200) == 25


def test_every_documented_shape_decodes_and_nothing_is_unknown(
    sandbox: Sandbox, client: Any
) -> None:
    """The everyday member holds every shape; none has a key that the models do not know."""
    held = list(client.customers.list_redeemables(sandbox.member.voucherify_customer_id))
    assert all(isinstance(one, CustomerRedeemable) for one in held)
    vouchers = [one.redeemable.voucher for one in held]
    kinds = {type(one.discount) for one in vouchers if one.discount is not None}
    assert kinds == {
        AmountDiscount,
        PercentDiscount,
        FixedDiscount,
        UnitDiscount,
        UnitsDiscount,
    }
    assert any(one.gift and one.redemption.redeemed_amount is not None for one in vouchers)
    assert any(one.loyalty_card and one.loyalty_card.pending_points for one in vouchers)
    assert any(one.validity_hours and one.validity_hours.daily for one in vouchers)
    assert not any(
        one.extra or one.redeemable.extra or one.redeemable.voucher.extra for one in held
    )


@pytest.mark.parametrize("limit", [1, 7, 100, None])
def test_the_page_size_is_the_one_asked_for(sandbox: Sandbox, client: Any, limit: Any) -> None:
    """`limit` is the size of a page; left out, the vendor's own is ten."""
    member = sandbox.members.heavy.voucherify_customer_id
    pages = client.customers.list_redeemables(member, limit=limit).pages()
    assert len(next(pages).items) == (10 if limit is None else limit)


def test_a_walk_goes_on_from_any_place(sandbox: Sandbox, client: Any) -> None:
    """What is collected in two goes, with another pager in between, is the whole list."""
    member = sandbox.members.heavy.voucherify_customer_id
    pager = client.customers.list_redeemables(member, order="id")
    first = [one.id for one in pager.collect(at_most=1_234)]
    other = client.customers.list_redeemables(member, order="id")
    rest = [one.id for page in other.pages(pager.cursor) for one in page.items]
    started = client.customers.list_redeemables(member, order="id", starting_after_id=first[-1])
    held = [one.id for one in sandbox.voucherify_state.redeemables(member)]
    assert first + rest == held
    assert started.first().id == rest[0]


@pytest.mark.parametrize("which", ["everyday", "awkward"])
def test_a_member_is_found_by_both_ids(sandbox: Sandbox, client: Any, which: str) -> None:
    """The merchant's own id works like the vendor's, however awkward its characters are."""
    member = getattr(sandbox.members, which)
    customers = client.customers
    by_id = [one.id for one in customers.list_redeemables(member.voucherify_customer_id)]
    by_source = [one.id for one in customers.list_redeemables(member.voucherify_source_id)]
    assert by_id == by_source != []


def test_who_holds_nothing_has_an_empty_list(sandbox: Sandbox, client: Any) -> None:
    """A member without redeemables is no error."""
    pager = client.customers.list_redeemables(sandbox.members.empty.voucherify_customer_id)
    assert (list(pager), pager.total) == ([], 0)


# --- filters: hand-written holdings, hand-written expectations


def holding(days_ago: float, **content: str | None) -> Holding:
    """A redeemable that was assigned some days ago."""
    created = NOW - timedelta(days=days_ago)
    fields: dict[str, object] = {
        "created_at": created.isoformat(),
        "redeemable_object": "voucher",
        **content,
    }
    return Holding(created_at=created, content=fields)


HELD = {
    "A": holding(
        1,
        id="rh_0001",
        redeemable_id="v_apple",
        campaign_id="camp_red",
        campaign_type="DISCOUNT_COUPONS",
        voucher_type="DISCOUNT_VOUCHER",
        holder_role="OWNER",
    ),
    "B": holding(
        5,
        id="rh_0002",
        redeemable_id="v_berry",
        campaign_id="camp_blue",
        campaign_type="GIFT_VOUCHERS",
        voucher_type="GIFT_VOUCHER",
        holder_role="REFERRER",
    ),
    "C": holding(
        20,
        id="rh_0103",
        redeemable_id="v_cherry & co",
        campaign_id=None,
        campaign_type=None,
        voucher_type="LOYALTY_CARD",
        holder_role="REFEREE",
    ),
}
DAY_10 = NOW - timedelta(days=10)

FILTERS: list[tuple[Any, str]] = [
    (None, "ABC"),
    ({}, "ABC"),
    ({"id": {"$in": ["rh_0103", "rh_0001"]}}, "AC"),
    ({"id": {"$not_in": ["rh_0103", "rh_0001"]}}, "B"),
    ({"id": {"$is": "rh_0002"}}, "B"),
    ({"id": {"$is_not": "rh_0002"}}, "AC"),
    ({"id": {"$has_value": True}}, "ABC"),
    ({"id": {"$is_unknown": True}}, ""),
    ({"id": {"$starts_with": "rh_00"}}, "AB"),
    ({"id": {"$ends_with": "3"}}, "C"),
    ({"id": {"$contains": "h_01"}}, "C"),
    ({"id": {"$not_contain": "h_01"}}, "AB"),
    ({"redeemable_id": {"$in": ["v_apple", "v_cherry & co"]}}, "AC"),
    ({"redeemable_id": {"$not_in": ["v_apple"]}}, "BC"),
    ({"redeemable_id": {"$is": "v_cherry & co"}}, "C"),
    ({"redeemable_id": {"$is_not": "v_cherry & co"}}, "AB"),
    ({"redeemable_id": {"$has_value": True}}, "ABC"),
    ({"redeemable_id": {"$is_unknown": True}}, ""),
    ({"redeemable_id": {"$starts_with": "v_b"}}, "B"),
    ({"redeemable_id": {"$ends_with": "rry"}}, "B"),
    ({"redeemable_id": {"$contains": " & "}}, "C"),
    ({"redeemable_id": {"$not_contain": "e"}}, ""),
    ({"campaign_id": {"$in": ["camp_red"]}}, "A"),
    ({"campaign_id": {"$not_in": ["camp_red"]}}, "BC"),
    ({"campaign_id": {"$is": "camp_blue"}}, "B"),
    ({"campaign_id": {"$is_not": "camp_blue"}}, "AC"),
    ({"campaign_id": {"$has_value": True}}, "AB"),
    ({"campaign_id": {"$is_unknown": True}}, "C"),
    ({"campaign_id": {"$starts_with": "camp_r"}}, "A"),
    ({"campaign_id": {"$ends_with": "blue"}}, "B"),
    ({"campaign_id": {"$contains": "mp_"}}, "AB"),
    ({"campaign_id": {"$not_contain": "red"}}, "BC"),
    ({"redeemable_object": {"$in": ["voucher"]}}, "ABC"),
    ({"redeemable_object": {"$not_in": ["voucher"]}}, ""),
    ({"redeemable_object": {"$is": "voucher"}}, "ABC"),
    ({"redeemable_object": {"$is_not": "voucher"}}, ""),
    ({"redeemable_object": {"$has_value": True}}, "ABC"),
    ({"redeemable_object": {"$is_unknown": True}}, ""),
    ({"redeemable_object": {"$starts_with": "vou"}}, "ABC"),
    ({"redeemable_object": {"$ends_with": "tier"}}, ""),
    ({"holder_role": {"$in": ["OWNER", "REFEREE"]}}, "AC"),
    ({"holder_role": {"$not_in": ["OWNER", "REFEREE"]}}, "B"),
    ({"holder_role": {"$is": "REFERRER"}}, "B"),
    ({"holder_role": {"$is_not": "REFERRER"}}, "AC"),
    ({"holder_role": {"$has_value": True}}, "ABC"),
    ({"holder_role": {"$is_unknown": True}}, ""),
    ({"holder_role": {"$starts_with": "REF"}}, "BC"),
    ({"holder_role": {"$ends_with": "ER"}}, "AB"),
    ({"campaign_type": {"$in": ["DISCOUNT_COUPONS", "LOYALTY_PROGRAM"]}}, "A"),
    ({"campaign_type": {"$not_in": ["DISCOUNT_COUPONS", "REFERRAL_PROGRAM"]}}, "BC"),
    ({"campaign_type": {"$is": "GIFT_VOUCHERS"}}, "B"),
    ({"campaign_type": {"$is_not": "GIFT_VOUCHERS"}}, "AC"),
    ({"campaign_type": {"$has_value": True}}, "AB"),
    ({"campaign_type": {"$is_unknown": True}}, "C"),
    ({"campaign_type": {"$starts_with": "GIFT"}}, "B"),
    ({"campaign_type": {"$ends_with": "COUPONS"}}, "A"),
    ({"voucher_type": {"$in": ["GIFT_VOUCHER", "LOYALTY_CARD"]}}, "BC"),
    ({"voucher_type": {"$not_in": ["GIFT_VOUCHER"]}}, "AC"),
    ({"voucher_type": {"$is": "DISCOUNT_VOUCHER"}}, "A"),
    ({"voucher_type": {"$is_not": "DISCOUNT_VOUCHER"}}, "BC"),
    ({"voucher_type": {"$has_value": True}}, "ABC"),
    ({"voucher_type": {"$is_unknown": True}}, ""),
    ({"voucher_type": {"$starts_with": "L"}}, "C"),
    ({"voucher_type": {"$ends_with": "VOUCHER"}}, "AB"),
    ({"created_at": {"$after": DAY_10}}, "AB"),
    ({"created_at": {"$before": DAY_10.astimezone(timezone(timedelta(hours=9)))}}, "C"),
    ({"created_at": {"$after": NOW - timedelta(days=6), "$before": NOW - timedelta(days=2)}}, "B"),
    ({"created_at": {"$more_than": 3}}, "BC"),
    ({"created_at": {"$less_than": 3}}, "A"),
    ({"created_at": {"$has_value": True}}, "ABC"),
    ({"created_at": {"$is_unknown": True}}, ""),
    ({"id": {"$is": "rh_0001"}, "holder_role": {"$is": "REFEREE"}}, ""),
    ({"id": {"$is": "rh_0001"}, "holder_role": {"$is": "REFEREE"}, "junction": "and"}, ""),
    ({"id": {"$is": "rh_0001"}, "holder_role": {"$is": "REFEREE"}, "junction": "or"}, "AC"),
    (RawFilter({"id": {"$is": ["rh_0002"]}, "junction": "OR"}), "B"),
]


@pytest.mark.parametrize(("filters", "expected"), FILTERS, ids=[str(one[0]) for one in FILTERS])
def test_every_filter_keeps_what_it_says(
    sandbox: Sandbox, client: Any, filters: Any, expected: str
) -> None:
    """The vendor accepts each filter as the SDK writes it, and keeps what a reader expects."""
    member = sandbox.members.empty.voucherify_customer_id
    sandbox.voucherify_state.put(member, HELD.values())
    try:
        pager = client.customers.list_redeemables(member, order="id", filters=filters)
        kept = {one.id for one in pager}
    finally:
        sandbox.voucherify_state.put(member, ())
    assert "".join(letter for letter, one in HELD.items() if one.id in kept) == expected


def test_a_filter_holds_on_every_page(sandbox: Sandbox, client: Any) -> None:
    """Filters go out with every page of a walk, not with the first one only."""
    member = sandbox.members.heavy.voucherify_customer_id
    pager = client.customers.list_redeemables(
        member, limit=50, filters={"voucher_type": {"$is": "LOYALTY_CARD"}}
    )
    cards = list(pager)
    assert len(cards) == pager.total > 100
    assert {one.voucher_type for one in cards} == {"LOYALTY_CARD"}


def test_a_raw_filter_that_the_vendor_does_not_know_is_its_error(
    sandbox: Sandbox, client: Any
) -> None:
    """Around the closed forms the vendor has the last word."""
    filters = RawFilter({"status": {"$is": "ACTIVE"}})
    pager = client.customers.list_redeemables(
        sandbox.member.voucherify_customer_id, filters=filters
    )
    with pytest.raises(BadRequest) as caught:
        pager.first()
    assert caught.value.code == "invalid_query_params"
    assert caught.value.request_id.startswith("v-")


# --- who asks


def test_keys_without_power_are_denied(sandbox: Sandbox, clients: Clients) -> None:
    """Known keys without the permission get a 403 that names it, and are not sent twice."""
    client = clients.client(**sandbox.voucherify_powerless)
    with pytest.raises(PermissionDenied) as caught:
        client.customers.list_redeemables(sandbox.member.voucherify_customer_id).first()
    assert caught.value.code == "missing_required_permission"
    assert "customers.details.read" in caught.value.details
    assert sandbox.count(vendor="voucherify") == 1


def test_wrong_keys_are_not_accepted(sandbox: Sandbox, clients: Clients) -> None:
    """Keys that the vendor does not know get a 401."""
    client = clients.client(**{**sandbox.voucherify, "app_token": "wrong"})
    with pytest.raises(Unauthorized) as caught:
        client.customers.list_redeemables("anybody").first()
    assert caught.value.code == "unauthorized"


def test_a_token_that_expires_in_mid_walk_costs_nothing(sandbox: Sandbox, clients: Clients) -> None:
    """When the vendor ends a token between two pages, the walk goes on with a new one."""
    member = sandbox.members.heavy.voucherify_customer_id
    pager = oauth_client(sandbox, clients).customers.list_redeemables(member, order="id")
    walked: list[str] = []
    for number, one in enumerate(pager):
        if number == 1_050:
            sandbox.expire_tokens()
        walked.append(one.id)
    assert walked == [one.id for one in sandbox.voucherify_state.redeemables(member)]
    tokens = [one for one in sandbox.requests if one.target.endswith("/v1/oauth/token")]
    refused = [one for one in sandbox.requests if one.status == 401]
    assert (len(tokens), len(refused)) == (2, 1)


def test_a_token_of_another_scope_is_denied(sandbox: Sandbox, clients: Clients) -> None:
    """A token that was asked for with too narrow a scope gets a 403, and no new token."""
    client = oauth_client(sandbox, clients, scope="campaigns")
    with pytest.raises(PermissionDenied):
        client.customers.list_redeemables(sandbox.member.voucherify_customer_id).first()
    assert sandbox.count(vendor="voucherify") == 2


def test_scopes_with_commas_are_refused_by_the_vendor(sandbox: Sandbox, clients: Clients) -> None:
    """The vendor's words about a bad scope come through."""
    client = oauth_client(sandbox, clients, scope="customers,campaigns")
    with pytest.raises(BadRequest) as caught:
        client.customers.list_redeemables("anybody").first()
    assert caught.value.code == "invalid_scope"


# --- errors


def test_a_customer_that_does_not_exist_is_not_found(client: Any) -> None:
    """Nobody's redeemables are a 404 that says who was asked for."""
    with pytest.raises(NotFound) as caught:
        client.customers.list_redeemables("nobody").first()
    assert caught.value.code == "not_found"
    assert "nobody" in caught.value.details


@pytest.mark.parametrize("kind", ["api_calls", "api_calls_cycle"])
def test_a_rate_limit_that_does_not_pass_soon_is_raised(
    sandbox: Sandbox, client: Any, kind: Any
) -> None:
    """A wait beyond the cap raises at once, with the seconds that the vendor asks for."""
    sandbox.turn(
        voucherify_rate_limit=0, voucherify_rate_period=3600, voucherify_rate_limit_type=kind
    )
    with pytest.raises(RateLimited) as caught:
        client.customers.list_redeemables(sandbox.member.voucherify_customer_id).first()
    assert caught.value.retry_after is not None
    assert caught.value.attempts == 1


# --- any other call


@attrs.frozen(kw_only=True, weakref_slot=False)
class Customer(Model):
    id: str = promised()
    source_id: str | None = None
    name: str | None = None


def test_a_call_that_the_sdk_does_not_have(sandbox: Sandbox, client: Any) -> None:
    """`request` reaches any path with the client's keys, as JSON or into a model."""
    member = sandbox.members.awkward
    path = ("v1", "customers", member.voucherify_source_id)
    assert client.request("GET", *path)["id"] == member.voucherify_customer_id
    customer = client.request("GET", *path, into=Customer)
    assert (customer.id, customer.source_id) == (
        member.voucherify_customer_id,
        member.voucherify_source_id,
    )
    assert customer.extra["object"] == "customer"
    campaigns = client.request("GET", "v1", "campaigns", params={"limit": 3})
    assert len(campaigns["campaigns"]) == 3


def test_raw_pages_carry_what_the_socket_brought(sandbox: Sandbox, client: Any) -> None:
    """Through `raw` and without it, a page holds the answer that it was read from."""
    member = sandbox.member.voucherify_customer_id
    page = next(client.raw.customers.list_redeemables(member, limit=2).pages())
    assert page.response.status == 200
    assert page.response.headers["X-Rate-Limit-Limit"] == "100000"
    assert [one["id"] for one in page.response.json()["data"]] == [one.id for one in page.items]
