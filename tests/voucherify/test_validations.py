from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

import httpx
import pytest

from loyalty_sdk.errors import BadRequest, InvalidArgument

from .replay import Case, Clients, Replay, recorded

ORDER = {"amount": 10_000, "items": [{"product_id": "prod_1", "quantity": 2, "price": 1200}]}

CASES = [
    Case(
        "validations.validate",
        {
            "redeemables": [
                "SYN-0001",
                {"object": "voucher", "id": "SYN-0002", "gift": {"credits": Decimal(1500)}},
                {"object": "voucher", "id": "SYN-0004", "reward": {"id": "rew_1", "points": 250}},
            ],
            "order": ORDER,
            "customer": {"source_id": "shopper-1@example.com", "birthdate": "1990-02-03"},
            "session": {"type": "LOCK", "key": "mine", "ttl": 2, "ttl_unit": "HOURS"},
            "tracking_id": "shopper-1",
            "metadata": {"till": 7},
            "expand": ["order", "category"],
        },
        "POST /v1/validations",
        {
            "redeemables": [
                {"object": "voucher", "id": "SYN-0001"},
                {"object": "voucher", "id": "SYN-0002", "gift": {"credits": 1500}},
                {"object": "voucher", "id": "SYN-0004", "reward": {"id": "rew_1", "points": 250}},
            ],
            "order": ORDER,
            "customer": {"source_id": "shopper-1@example.com", "birthdate": "1990-02-03"},
            "session": {"type": "LOCK", "key": "mine", "ttl": 2, "ttl_unit": "HOURS"},
            "tracking_id": "shopper-1",
            "metadata": {"till": 7},
            "options": {"expand": ["order", "category"]},
        },
        "validations.validate.200",
        {
            "valid": True,
            "not_applied": (),
            "session.key": "ssn_synthetic1",
            "order.total_amount": 7550,
            "redeemables.0.result.discount.percent_off": Decimal("12.5"),
            "redeemables.0.result.bundle.missing.0.object": "products_collection",
            "redeemables.0.applicable_to.data.0.target": "ITEM",
            "redeemables.1.result.gift.credits": 1500,
            "redeemables.2.result.loyalty_card.points": 250,
            "redeemables.3.name": "Synthetic promotion",
            "stacking_rules.redeemables_application_mode": "ALL",
        },
    ),
    Case(
        "validations.validate",
        {"redeemables": ("SYN-0003",), "order": None},
        "POST /v1/validations",
        {"redeemables": [{"object": "voucher", "id": "SYN-0003"}]},
        "validations.validate.200-partial",
        {"valid": True, "redeemables.0.status": "APPLICABLE"},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=repr)
def test_a_validation(clients: Clients, case: Case) -> None:
    """The call sends what the documents say, and its answer can be read."""
    case.check(clients)


def test_a_no_is_a_value_with_reasons(clients: Clients) -> None:
    """A 200 that says no raises nothing: what is not applied says why, each once."""
    client = clients.client(Replay(recorded("validations.validate.200-invalid")))
    validation = client.validations.validate(["SYN-0001", "SYN-0003"])
    assert validation.valid is False
    reasons = {one.id: one.reason.key for one in validation.not_applied}
    assert reasons == {"SYN-0003": "quantity_exceeded", "promo_synthetic2": "no_effect"}
    assert [one.status for one in validation.not_applied] == ["INAPPLICABLE", "SKIPPED"]
    refused = validation.not_applied[0]
    assert refused.result.error.error.message == "You have used this already."


def test_a_reason_may_stand_in_the_error_alone(clients: Clients) -> None:
    """Where the short form is left out, the error's word and message are the reason."""
    client = clients.client(Replay(recorded("validations.validate.200-partial")))
    validation = client.validations.validate(["SYN-0001"])
    reason = validation.not_applied[0].reason
    assert (reason.key, reason.message) == ("voucher_expired", "voucher expired")
    assert validation.redeemables[0].reason is None


def outcome(**more: Any) -> httpx.Response:
    """A validation of one redeemable."""
    one = {"id": "A", "object": "voucher", "status": "INAPPLICABLE", **more}
    return httpx.Response(200, json={"valid": False, "redeemables": [one]})


@pytest.mark.parametrize("more", [{}, {"result": None}, {"result": {}}, {"result": []}])
def test_a_no_without_a_reason(clients: Clients, more: Any) -> None:
    """The vendor may leave the reason out."""
    validation = clients.client(Replay(outcome(**more))).validations.validate(["A"])
    assert [one.reason for one in validation.not_applied] == [None]


@pytest.mark.parametrize(
    "session", [{"type": "LOCK"}, {"type": "LOCK", "ttl": 1, "ttl_unit": "DAYS"}]
)
def test_a_session_gets_a_key(clients: Clients, session: Any) -> None:
    """One key is one session, so a session without one gets it from the SDK: it is repeated."""
    replay = Replay(httpx.Response(503), recorded("validations.validate.200"))
    clients.client(replay).validations.validate(["A"], session=session)
    first, second = (json.loads(request.content)["session"] for request in replay.requests)
    assert first == second
    assert re.fullmatch(r"ssn_[0-9a-f]{32}", first.pop("key"))
    assert first == session


def test_no_session_is_begun_unasked(clients: Clients) -> None:
    """Without a session none is sent, and the call is repeated all the same."""
    replay = Replay(httpx.Response(503), recorded("validations.validate.200"))
    clients.client(replay).validations.validate(["A"])
    assert [json.loads(request.content).keys() for request in replay.requests] == [
        {"redeemables"}
    ] * 2


def test_a_request_that_the_vendor_refuses(clients: Clients) -> None:
    """A request that makes no sense is an error, unlike a no."""
    client = clients.client(Replay(recorded("validations.validate.400-duplicated")))
    with pytest.raises(BadRequest) as caught:
        client.validations.validate(["A", "A"])
    assert caught.value.code == "duplicated_redeemables"


@pytest.mark.parametrize(
    ("redeemables", "fields", "argument"),
    [
        ([], {}, "redeemables"),
        ("SYN-0001", {}, "redeemables"),
        (["A"] * 31, {}, "redeemables"),
        ([5], {}, "redeemables[0]"),
        ([""], {}, "redeemables[0]"),
        ([{"object": "voucher"}], {}, "redeemables[0][id]"),
        ([{"object": "coupon", "id": "A"}], {}, "redeemables[0][object]"),
        (
            [{"object": "voucher", "id": "A", "gift": {"credit": 1}}],
            {},
            "redeemables[0][gift][credit]",
        ),
        (["A"], {"order": {"items": [{"price": -1}]}}, "order[items][0][price]"),
        (["A"], {"order": {"amount": 10.5}}, "order[amount]"),
        (["A"], {"session": {"type": "lock"}}, "session[type]"),
        (["A"], {"expand": ["everything"]}, "expand[0]"),
        (["A"], {"metadata": {"rate": float("nan")}}, "metadata[rate]"),
    ],
)
def test_what_cannot_be_sent(
    clients: Clients, redeemables: Any, fields: Any, argument: str
) -> None:
    """It is refused with its place, and nothing is sent."""
    replay = Replay()
    with pytest.raises(InvalidArgument) as caught:
        clients.client(replay).validations.validate(redeemables, **fields)
    assert caught.value.argument == argument
    assert caught.value.operation == "voucherify.validations.validate"
    assert replay.requests == []
