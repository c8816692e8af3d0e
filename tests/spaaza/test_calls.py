"""The everyday calls: what each sends, what is read of its answer, and which are repeated."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timezone
from decimal import Decimal
from typing import Any
from urllib.parse import unquote_plus

import attrs
import httpx
import pytest
from conftest import Colour
from mutations.recordings import recordings
from operations import Operation, operations

from loyalty_sdk import Model, Secret
from loyalty_sdk.errors import (
    APIError,
    BadRequest,
    InvalidArgument,
    MissingField,
    NotFound,
    PermissionDenied,
    ServerError,
)
from loyalty_sdk.spaaza import PrivilegedToken

from .replay import Replay, body_of, recorded

TOKEN = PrivilegedToken("synthetic-id", "synthetic-secret", app_hostname="acme.example.com")
KEY = f"{35735:064x}"
ENTITY = {"entity_type": "chain", "entity_id": 1743}
BASKET = {
    "retailer_basket_code": "order-1",
    "basket_platform_type": "online",
    "basket_total_price": Decimal("20.50"),
    "basket_items": [{"item_barcode": "0000", "item_quantity": 1, "item_price": Decimal("20.50")}],
    "basket_vouchers": [{"voucher_key": KEY}],
    "basket_timestamp_iso8601": datetime(2025, 6, 2, 9, 30, tzinfo=timezone.utc),
}
SENT_BASKET = {**BASKET, "basket_total_price": 20.5}
SENT_BASKET["basket_items"] = [{"item_barcode": "0000", "item_quantity": 1, "item_price": 20.5}]
SENT_BASKET["basket_timestamp_iso8601"] = "2025-06-02T09:30:00.000Z"


@attrs.frozen
class Case:
    """One call: what it sends, and what is read of a recorded answer.

    Attributes:
        call: The call, such as `vouchers.claim`.
        arguments: Its arguments by name.
        line: The verb and the path with its query, unquoted.
        body: The form as text, unquoted, or the JSON; `None` where there is none.
        answer: The recorded answer.
        shown: What can be read of the result, by dotted names.
    """

    call: str
    arguments: Mapping[str, Any]
    line: str
    body: Any
    answer: str
    shown: Mapping[str, Any]


CASES = (
    Case(
        "vouchers.get_for_user",
        {"chain_id": 1743, "member_number": "0000400", "filter": "all"},
        "GET /get-user-vouchers?chain_id=1743&member_number=0000400&filter=all",
        None,
        "vouchers.get_for_user.200",
        {
            "basket_vouchers.0.voucher_type": "basket",
            "basket_vouchers.1.creating_user.full_name": "Sam Staff",
            "honour_vouchers.0.voucher_honour_code": "HON5",
            "honour_vouchers.0.redeeming_basket": None,
            "var_price_vouchers": (),
            "all.2.voucher_id": "35737",
        },
    ),
    Case(
        "vouchers.get_for_user",
        {},
        "GET /get-user-vouchers",
        None,
        "vouchers.get_for_user.200-nested_campaign",
        {
            "basket_vouchers.0.campaign_id": "13",
            "basket_vouchers.0.campaign_title": "Birthday",
            "basket_vouchers.0.campaign.assignment_count": 1,
            "basket_vouchers.0.voucher_discount_ratio": Decimal("0.25"),
            "honour_vouchers": None,
            "all.0.voucher_status": "claimed",
        },
    ),
    Case(
        "vouchers.create",
        {
            "user_id": "71",
            "campaign_id": 2,
            "voucher_amount": Decimal("40.00"),
            "voucher_notes": "Terms:\nnone",
            "expiry_date": date(2050, 1, 1),
            "set_claimed": True,
        },
        "POST /create-voucher",
        "user_id=71&campaign_id=2&voucher_amount=40.00&voucher_notes=Terms:\nnone"
        "&expiry_date=2050-01-01&set_claimed=true",
        "vouchers.create.200",
        {"voucher_amount": 40, "user_entity_card.code": "0000400", "result_type": "create-voucher"},
    ),
    Case(
        "vouchers.claim",
        {"voucher_key": KEY, "user_id": 71, "chain_id": 1743},
        "POST /claim-voucher",
        f"voucher_key={KEY}&user_id=71&chain_id=1743",
        "vouchers.claim.200",
        {"voucher_status": "claimed", "user_id": "71", "regenerated_voucher": None},
    ),
    Case(
        "vouchers.claim_many",
        {
            "chain_id": "1743",
            "voucher_keys": ["a", "b"],
            "referral_code": "gzo85d",
            "retailer_basket_code": "order-1",
            "voucher_lock_period": 3600,
        },
        "POST /claim-vouchers",
        {
            "entity": {"chain_id": 1743},
            "user": {"referral_code": "gzo85d"},
            "vouchers": [{"voucher_key": "a"}, {"voucher_key": "b"}],
            "locking": {"retailer_basket_code": "order-1", "voucher_lock_period": 3600},
        },
        "vouchers.claim_many.200",
        {"result_type": "claim-vouchers"},
    ),
    Case(
        "vouchers.unclaim",
        {"third_party_id": "t-1", "auxiliary_identifier": "aux71"},
        "POST /unclaim-voucher",
        "third_party_id=t-1&auxiliary_identifier=aux71",
        "vouchers.unclaim.200",
        {"voucher_status": "generated"},
    ),
    Case(
        "vouchers.lock",
        {"voucher_key": KEY, "retailer_basket_code": "order-1", "voucher_lock_period": 300},
        "PUT /lock-voucher",
        f"voucher_key={KEY}&retailer_basket_code=order-1&voucher_lock_period=300",
        "vouchers.lock.200",
        {
            "voucher_locked": True,
            "voucher_locked_until": datetime(2025, 6, 2, 10, 30, tzinfo=timezone.utc),
            "voucher_retailer_basket_code_exclusive": "order-1",
        },
    ),
    Case(
        "vouchers.unlock",
        {"voucher_id": 35735},
        "PUT /unlock-voucher",
        "voucher_id=35735",
        "vouchers.unlock.200",
        {"voucher_locked": False},
    ),
    Case(
        "vouchers.redeem",
        {"voucher_key": KEY, "chain_id": 1743},
        "POST /auth/redeem-voucher",
        f"voucher_key={KEY}&chain_id=1743",
        "vouchers.redeem.200",
        {"voucher_status": "redeemed", "task.title": "spring", "user_id": None},
    ),
    Case(
        "vouchers.redeem",
        {"voucher_id": "438595", "chain_id": 1743, "amount": Decimal("2")},
        "POST /auth/redeem-voucher",
        "voucher_id=438595&chain_id=1743&amount=2",
        "vouchers.redeem.200-part",
        {
            "voucher_amount": 2,
            "regenerated_voucher.voucher_id": "439468",
            "regenerated_voucher.voucher_amount": 8,
        },
    ),
    Case(
        "vouchers.expire",
        {"voucher_key": KEY, "user_id": 71, "chain_id": 1743},
        "PUT /expire-voucher",
        f"voucher_key={KEY}&user_id=71&chain_id=1743",
        "vouchers.expire.200",
        {"voucher_key": KEY},
    ),
    Case(
        "vouchers.delete",
        {"voucher_key": KEY, "user_id": 71},
        "DELETE /delete-voucher",
        f"voucher_key={KEY}&user_id=71",
        "vouchers.delete.200",
        {"voucher_key": KEY, "result_type": "delete-voucher"},
    ),
    Case(
        "users.get_card",
        {"chain_id": 1743, "username": "ida@example.com"},
        "GET /get-card?chain_id=1743&username=ida@example.com",
        None,
        "users.get_card.200",
        {"user_info.loyalty_status.name": "Level 1", "user_info.first_name": "Ida"},
    ),
    Case(
        "users.get",
        {"user_id": 71, "display_signature": False, "optional_attributes": "permissions"},
        "GET /internal/get-user?user_id=71&display_signature=false&optionalAttributes=permissions",
        None,
        "users.get.200",
        {
            "user_id": "71",
            "birthday": date(1981, 7, 21),
            "created_date": datetime(2024, 1, 31, 15, 15, 43, tzinfo=timezone.utc),
            "average_basket_value": 0,
            "push_notification_subscription.subscribed": False,
            "user_facebook_access_token": None,
        },
    ),
    Case(
        "users.get",
        {"app_hostname": "other.example.com", "username": "ida@example.com"},
        "GET /internal/get-user?username=ida@example.com",
        None,
        "users.get.200-old_fields",
        {
            "gender": "F",
            "birthday": date(1981, 7, 21),
            "user_facebook_access_token": Secret("synthetic-token"),
        },
    ),
    Case(
        "users.add",
        {
            "chain_id": 1743,
            "username": "ida@example.com",
            "birthday": date(1981, 7, 21),
            "programme_opted_in": True,
            "password": Secret("pass word"),
            "store_id": "1383",
        },
        "POST /internal/add-user",
        {
            "chain_id": 1743,
            "username": "ida@example.com",
            "birthday": "1981-07-21",
            "programme_opted_in": True,
            "password": "pass word",
            "store_id": 1383,
        },
        "users.add.200",
        {"user_type": "new", "updated_existing_user": False, "home_store.home_store_id": "2774"},
    ),
    Case(
        "users.alter",
        {"user_id": 71, "member_number": "0000400", "is_employee": False},
        "PUT /internal/alter-user",
        {"user_id": 71, "member_number": "0000400", "is_employee": False},
        "users.alter.200",
        {"user_type": "registered", "signup_store.signup_store_name": "Example Ltd"},
    ),
    Case(
        "wallets.get_ledger",
        {"user_id": 71, "type": "wallet"},
        "GET /user-wallet-ledger?user_id=71&type=wallet",
        None,
        "wallets.get_ledger.200",
        {
            "type": "wallet",
            "ledger.0.amount": Decimal("1.5"),
            "ledger.0.kind": "campaignContribution",
            "ledger.1.mutator_name": "Sam Staff",
        },
    ),
    Case(
        "wallets.get_ledger",
        {"auxiliary_identifier": "aux71"},
        "GET /user-wallet-ledger?auxiliary_identifier=aux71",
        None,
        "wallets.get_ledger.200-before_1_4_1",
        {
            "ledger.0.campaign_title": "A gesture",
            "ledger.0.date": datetime(2021, 4, 19, 13, 46, 51, tzinfo=timezone.utc),
        },
    ),
    Case(
        "wallets.add_progress",
        {"campaign_id": 57, "amount": Decimal("-5.2"), "log_message": "A\nline", "user_id": 71},
        "POST /auth/add-user-purchase-progress",
        "user_id=71&campaign_id=57&amount=-5.20&log_message=A\nline",
        "wallets.add_progress.200",
        {
            "user_purchase_progress.amount": Decimal("5.25"),
            "params": {**body_of("wallets.add_progress.200")["results"]["params"]},
        },
    ),
    Case(
        "campaigns.get",
        {"chain_id": 1743, "campaign_id": 158, "user_id": 71},
        "GET /get-campaign?chain_id=1743&campaign_id=158&user_id=71",
        None,
        "campaigns.get.200",
        {
            "user_progress.saved_amount": 251,
            "currency.code": "PTS",
            "assigned_business_ids.0.name": "Example Flagship",
        },
    ),
    Case(
        "campaigns.list",
        {"chain_id": 1743, "campaign_type": "loyalty", "order_dir": "DESC"},
        "GET /get-campaigns?chain_id=1743&campaign_type=loyalty&order_dir=DESC",
        None,
        "campaigns.list.200",
        {"0.user_progress.award_count": 2, "1.user_progress.name": "Level 1"},
    ),
    Case(
        "baskets.add",
        {"entity": ENTITY, "basket": BASKET, "user": {"member_number": "0000400"}},
        "POST /auth/add-basket",
        {"entity": ENTITY, "basket": SENT_BASKET, "user": {"member_number": "0000400"}},
        "baskets.add.200",
        {"result_type": "add-basket"},
    ),
    Case(
        "baskets.get_price",
        {"entity": ENTITY, "basket": BASKET},
        "POST /auth/get-basket-price",
        {"entity": ENTITY, "basket": SENT_BASKET},
        "baskets.get_price.200",
        {"vouchers_created": ({"campaign_id": 300},), "purchase_progress.0": {"campaign_id": 149}},
    ),
    Case(
        "baskets.claim",
        {"retailer_basket_code": "order-1", "user_id": 71, "chain_id": 1743},
        "POST /auth/claim-basket",
        "user_id=71&chain_id=1743&retailer_basket_code=order-1",
        "baskets.claim.200",
        {"result_type": "claim-basket"},
    ),
)


def read(value: Any, path: str) -> Any:
    """What stands at a dotted path of names and numbers."""
    for name in path.split("."):
        value = value[int(name)] if name.isdecimal() else getattr(value, name)
    return value


def call(client: Any, name: str) -> Any:
    """A call by its name."""
    noun, verb = name.split(".")
    return getattr(getattr(client, noun), verb)


def said(request: httpx.Request) -> Any:
    """The body of a request."""
    if not request.content:
        return None
    kind = request.headers["content-type"]
    text = request.content.decode()
    return json.loads(text) if kind == "application/json" else unquote_plus(text)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.answer)
def test_what_is_sent_and_read(colour: Colour, case: Case) -> None:
    """The verb, the path, the query and the body; and the result of a recorded answer."""
    replay = Replay(recorded(case.answer))
    result = colour(call(replay.client(colour, auth=TOKEN), case.call)(**case.arguments))
    (request,) = replay.requests
    assert f"{request.method} {unquote_plus(request.url.raw_path.decode())}" == case.line
    assert said(request) == case.body
    for name, value in case.shown.items():
        assert read(result, name) == value, name


# --- what is repeated

NEW = [
    each
    for each in operations()
    if each.name.startswith("spaaza.") and each.name.partition(".")[2] in {c.call for c in CASES}
]
REPEATED = {
    "vouchers.get_for_user",
    "users.get_card",
    "users.get",
    "wallets.get_ledger",
    "campaigns.get",
    "campaigns.list",
    "baskets.get_price",
}


def test_every_new_call_is_in_the_table() -> None:
    """Whoever adds one says what it sends."""
    names = {each.name.partition(".")[2] for each in operations() if "spaaza." in each.name}
    older = {"vouchers.list", "vouchers.stream_csv"}
    older |= {"sessions.login", "sessions.verify", "sessions.logout"}
    assert names - older == {case.call for case in CASES}


@pytest.mark.parametrize("operation", NEW, ids=lambda each: each.name)
def test_which_calls_are_repeated(colour: Colour, operation: Operation) -> None:
    """Those that read are, after a failure; none that writes is, after it may have arrived."""
    name = operation.name.partition(".")[2]
    case = next(case for case in CASES if case.call == name)
    replay = Replay(httpx.ReadError("lost"), recorded(case.answer))
    client = replay.client(colour, auth=TOKEN)
    if name in REPEATED:
        colour(call(client, name)(**case.arguments))
        assert len(replay.requests) == 2
    else:
        with pytest.raises(Exception, match="lost"):
            colour(call(client, name)(**case.arguments))
        assert len(replay.requests) == 1


@pytest.mark.parametrize(
    ("fields", "requests"),
    [
        ({"username": "ida@example.com", "update_if_exists": True}, 2),
        ({"member_number": "0000400", "update_if_exists": True}, 2),
        ({"first_name": "Ida", "update_if_exists": True}, 1),
        ({"username": "ida@example.com", "update_if_exists": False}, 1),
        ({"username": "ida@example.com"}, 1),
    ],
)
def test_adding_a_user_has_a_natural_key(
    colour: Colour, fields: dict[str, Any], requests: int
) -> None:
    """With `update_if_exists` and a name the second request finds whom the first one added."""
    replay = Replay(httpx.ReadError("lost"), recorded("users.add.200"))
    add = replay.client(colour, auth=TOKEN).users.add
    if requests == 2:
        assert colour(add(**fields)).user_id == "71"
    else:
        with pytest.raises(Exception, match="lost"):
            colour(add(**fields))
    assert len(replay.requests) == requests


def test_a_named_error_under_a_500_is_not_repeated(colour: Colour) -> None:
    """Not even of a call that reads: it is the vendor's decision."""
    body = body_of("users.get.403")
    replay = Replay(httpx.Response(500, json=body), recorded("users.get.200"))
    with pytest.raises(PermissionDenied):
        colour(replay.client(colour, auth=TOKEN).users.get(user_id=71))
    assert len(replay.requests) == 1


def test_a_bare_500_is_repeated_where_nothing_is_changed(colour: Colour) -> None:
    """The status alone decides nothing but that."""
    replay = Replay(httpx.Response(500), recorded("users.get.200"))
    assert colour(replay.client(colour, auth=TOKEN).users.get(user_id=71)).user_id == "71"
    replay = Replay(httpx.Response(500), recorded("vouchers.claim.200"))
    with pytest.raises(ServerError):
        colour(replay.client(colour, auth=TOKEN).vouchers.claim(KEY, user_id=71))
    assert len(replay.requests) == 1


# --- what the vendor says no to


@pytest.mark.parametrize(
    ("answer", "error", "code", "number"),
    [
        ("vouchers.create.400", BadRequest, "missing_necessary_parameters", "52"),
        ("vouchers.claim.404", NotFound, "voucher_not_found", "183"),
        ("vouchers.lock.400-basket_already_exists", BadRequest, "basket_already_exists", None),
        ("baskets.add.400-basket_already_exists", BadRequest, "basket_already_exists", None),
        ("users.get.403", PermissionDenied, "permission_denied_or_non_existent", "68"),
    ],
)
def test_what_the_vendor_refuses(
    colour: Colour, answer: str, error: type[APIError], code: str, number: str | None
) -> None:
    """The documented errors, by their names and numbers."""
    case = next(case for case in CASES if answer.startswith(case.call))
    client = Replay(recorded(answer)).client(colour, auth=TOKEN)
    with pytest.raises(error) as caught:
        colour(call(client, case.call)(**case.arguments))
    assert (caught.value.code, caught.value.number) == (code, number)


# --- warnings beside a result


@pytest.mark.parametrize(
    ("name", "answer", "warning", "number"),
    [
        ("baskets.add", "baskets.add.200-voucher_not_found", "voucher_not_found", "183"),
        (
            "campaigns.list",
            "campaigns.list.200-too_many",
            "objects_exceed_maximum_quantity",
            "9001",
        ),
    ],
)
def test_a_warning_is_shown_on_the_answer(
    colour: Colour, name: str, answer: str, warning: str, number: str
) -> None:
    """The call succeeds all the same; `raw` shows what the vendor says of it."""
    case = next(case for case in CASES if case.call == name)
    client = Replay(recorded(answer)).client(colour, auth=TOKEN)
    found = colour(call(client.raw, name)(**case.arguments))
    (notice,) = found.warnings
    assert (notice.name, notice.code) == (warning, number)
    assert notice.details["message"] == body_of(answer)["warnings"][0]["message"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.answer)
def test_every_call_shows_warnings(colour: Colour, case: Case) -> None:
    """New warnings come without a new version: on any call, and none is an error."""
    body = {**body_of(case.answer), "warnings": [{"name": "synthetic_warning"}]}
    client = Replay(httpx.Response(200, json=body)).client(colour, auth=TOKEN)
    found = colour(call(client.raw, case.call)(**case.arguments))
    assert [notice.name for notice in found.warnings] == ["synthetic_warning"]


# --- what is refused before anything is sent


@pytest.mark.parametrize(
    ("name", "arguments", "argument"),
    [
        ("vouchers.claim", {"user_id": 71}, "voucher_key"),
        ("vouchers.unclaim", {}, "voucher_key"),
        ("vouchers.lock", {"retailer_basket_code": "o"}, "voucher_key"),
        ("vouchers.unlock", {}, "voucher_key"),
        ("vouchers.redeem", {"chain_id": 1}, "voucher_key"),
        ("vouchers.redeem", {"voucher_key": KEY}, "chain_id"),
        ("vouchers.expire", {"user_id": 71}, "voucher_key"),
        ("vouchers.delete", {"user_id": 71}, "voucher_key"),
        ("vouchers.create", {"user_id": 71}, "campaign_id"),
        ("vouchers.create", {"campaign_id": 1, "user_id": 7, "member_number": "4"},
         "member_number"),
        ("vouchers.claim_many", {"chain_id": 1, "voucher_keys": ["k"] * 11}, "voucher_keys"),
        ("vouchers.claim_many", {"chain_id": 1, "voucher_keys": []}, "voucher_keys"),
        ("users.get_card", {"user_id": 7, "referral_code": "r"}, "referral_code"),
        ("wallets.add_progress", {"campaign_id": 1, "amount": Decimal("0.001"),
                                  "log_message": "m"}, "amount"),
        ("wallets.add_progress", {"campaign_id": 1, "amount": 5, "log_message": ""},
         "log_message"),
        ("baskets.claim", {"user_id": 71}, "retailer_basket_code"),
        ("baskets.add", {"entity": ENTITY}, "basket"),
        ("baskets.add", {"entity": {"entity_type": "chain"}, "basket": BASKET},
         "entity[entity_id]"),
        ("baskets.get_price", {"entity": ENTITY, "basket": {"colour": "red"}}, "basket[colour]"),
    ],
)  # fmt: skip
def test_what_is_refused_here(
    colour: Colour, name: str, arguments: dict[str, Any], argument: str
) -> None:
    """The error names the argument."""
    replay = Replay()
    with pytest.raises(InvalidArgument) as caught:
        colour(call(replay.client(colour, auth=TOKEN), name)(**arguments))
    assert caught.value.argument == argument
    assert replay.requests == []


def test_ten_vouchers_are_claimed_at_once(colour: Colour) -> None:
    """As many as the vendor takes."""
    replay = Replay(recorded("vouchers.claim_many.200"))
    colour(replay.client(colour, auth=TOKEN).vouchers.claim_many(1743, ["k"] * 10, user_id=71))
    assert len(said(replay.requests[0])["vouchers"]) == 10


def test_where_a_user_signed_up(colour: Colour) -> None:
    """The channel goes in a header of its own."""
    replay = Replay(recorded("users.add.200"))
    client = replay.client(colour, auth=TOKEN)
    colour(client.users.add(username="ida@example.com", client_channel="import"))
    assert json.loads(replay.requests[0].headers["x-spaaza-request"]) == {
        "client_channel": "import"
    }


# --- what is not what the documents say


def test_what_stands_under_no_name_is_kept(colour: Colour) -> None:
    """Results whose form is not documented are whole in `extra`."""
    body = body_of("users.get_card.200")
    body["results"]["wallets"] = [{"saved": 5}]
    client = Replay(httpx.Response(200, json=body)).client(colour, auth=TOKEN)
    card = colour(client.users.get_card(user_id=71))
    assert card.extra["wallets"] == ({"saved": 5},)


def test_a_promise_that_is_broken(colour: Colour) -> None:
    """A voucher without a key still reads; only asking for the key raises, with its path."""
    body = body_of("vouchers.claim.200")
    del body["results"]["voucher_key"]
    client = Replay(httpx.Response(200, json=body)).client(colour, auth=TOKEN)
    voucher = colour(client.vouchers.claim(KEY, user_id=71))
    assert voucher.voucher_status == "claimed"
    with pytest.raises(MissingField, match=r"\$\.results\.voucher_key"):
        _ = voucher.voucher_key


def every_model(value: Any) -> Iterator[Model]:
    """Every model inside a value."""
    if isinstance(value, Model):
        yield value
        value = tuple(getattr(value, field.name, None) for field in attrs.fields(type(value)))
    if isinstance(value, tuple):
        for inner in value:
            yield from every_model(inner)


def own_fields(kind: type) -> set[tuple[str, str]]:
    """The fields that a model has, by the class that says so."""
    bases = (base for base in kind.__mro__ if issubclass(base, Model) and base is not Model)
    return {(base.__name__, name) for base in bases for name in vars(base)["__annotations__"]}


NEVER_FILLED = {
    "address_line_2",
    "address_line_3",
    "address_regionstate",
    "authentication_point",
    "business_group",
    "contributing_campaign_field_localisations",
    "custom_content",
    "days_since_last_purchase",
    "element_styling",
    "favorite_store",
    "field_localisations",
    "redeeming_basket",
    "referral_channel",
    "signup_channel",
    "tags",
}
"""What is null or empty in all of the vendor's samples."""


def test_the_recordings_use_every_field() -> None:
    """Each field of each new model has a value in some recorded answer."""
    calls = {f"spaaza.{case.call}" for case in CASES}
    answers = [one for one in recordings() if one.operation in calls and one.status == 200]
    read = (one.decoded(json.dumps(one.body).encode()) for one in answers)
    models = [model for result in read for model in every_model(result)]
    expected = {field for model in models for field in own_fields(type(model))}
    used = {
        (owner, name)
        for model in models
        for owner, name in own_fields(type(model))
        if getattr(model, name, None) is not None
    }
    assert {(owner, name) for owner, name in expected - used if name not in NEVER_FILLED} == set()
