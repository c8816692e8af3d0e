"""Every recorded answer decodes with every value reachable, and survives what vendors do."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import attrs
import httpx
import pytest
from mutations.recordings import Recording, items_of, recordings

from loyalty_sdk import Model
from loyalty_sdk._core.calls import Response
from loyalty_sdk._core.reading.model import is_promised, wire_fields
from loyalty_sdk.errors import MissingField, UnreadableAnswer
from loyalty_sdk.voucherify import Customers, OtherDiscount, models

from .replay import Clients, body_of, recorded, recorded_names

LIST = "customers.list_redeemables.200"
NAMES = recorded_names(LIST)
ENVELOPE = {"object", "data_ref", "data", "total", "has_more", "more_starting_after"}
Path = tuple[str | int, ...]


def decoded(body: Any) -> Any:
    """The page that an answer gives, read as the clients read it."""
    content = json.dumps(body).encode()
    call = Customers.list_redeemables(None, "cust_1").page(None)
    return call.read(Response(200, httpx.Headers(), content))


def named(model: Model) -> dict[str, Any]:
    """The values of a model by their wire names, what it does not know included."""
    known = {key: getattr(model, field.name, None) for field, key in wire_fields(type(model))}
    return {**model.extra, **known}


def assert_reachable(sent: Any, read: Any, path: str) -> None:
    """Each value of an answer can be read from the model, with the vendor's own name."""
    if isinstance(read, Model):
        assert isinstance(sent, dict), path
        values = named(read)
        for key, value in sent.items():
            assert key in values, f"{path}.{key}"
            assert_reachable(value, values[key], f"{path}.{key}")
    elif isinstance(read, tuple):
        assert len(sent) == len(read), path
        for index, (one, other) in enumerate(zip(sent, read, strict=True)):
            assert_reachable(one, other, f"{path}[{index}]")
    elif isinstance(read, Mapping):
        assert sent.keys() == read.keys(), path
        for key, value in sent.items():
            assert_reachable(value, read[key], f"{path}.{key}")
    elif isinstance(read, datetime):
        assert read == datetime.fromisoformat(sent), path
        assert read.tzinfo is not None, path
    elif isinstance(read, date):
        assert read == date.fromisoformat(sent), path
    elif isinstance(read, Decimal):
        assert read == Decimal(str(sent)), path
    else:
        assert read == sent, path
        assert isinstance(read, int) == isinstance(sent, int), path


def assert_page_reachable(body: Any) -> None:
    """Each value of a page can be read, those around the items included."""
    page = decoded(body)
    assert body.keys() <= ENVELOPE
    assert len(page.items) == len(body["data"])
    for index, (sent, read) in enumerate(zip(body["data"], page.items, strict=True)):
        assert_reachable(sent, read, f"$.data[{index}]")
    assert page.total == body["total"]
    assert (page.cursor is None) == (body["has_more"] is False)


@pytest.mark.parametrize("name", NAMES)
def test_every_value_of_a_recorded_answer_is_reachable(name: str) -> None:
    """Nothing that the vendor sends is lost, renamed or rounded."""
    assert_page_reachable(body_of(name))


@pytest.mark.parametrize("name", NAMES)
def test_a_recorded_answer_comes_through_the_client(clients: Clients, name: str) -> None:
    """Both colours give the recorded items."""
    items = next(iter(clients.held(recorded(name)).pages())).items
    assert [item.id for item in items] == [item["id"] for item in body_of(name)["data"]]


def every_model(value: Any) -> Iterator[Model]:
    """Every model inside a value."""
    if isinstance(value, Model):
        yield value
        for inner in named(value).values():
            yield from every_model(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from every_model(inner)


def results() -> Iterator[tuple[Recording, Any]]:
    """What the calls give for every recorded answer that is no error."""
    for one in recordings():
        if one.name.startswith("voucherify/") and one.is_json and one.status < 300:
            yield one, items_of(one.decoded(json.dumps(one.body).encode()))


def test_the_recordings_use_every_field() -> None:
    """Each documented field of each class has a value in some recorded answer."""
    expected = {
        (model, key)
        for model in vars(models).values()
        if isinstance(model, type) and issubclass(model, Model) and model is not Model
        for _, key in wire_fields(model)
    }
    used = {
        (type(model), key)
        for _, result in results()
        for model in every_model(result)
        for _, key in wire_fields(type(model))
        if named(model)[key] is not None
    }
    assert expected - used == set()


def test_only_what_no_document_names_is_extra() -> None:
    """The recordings hold no key that the models leave in `extra`, but for the unknown kind."""
    for recording, result in results():
        for model in every_model(result):
            assert not model.extra or isinstance(model, OtherDiscount), recording.name


# --- the sample that the vendor prints


def printed_voucher(
    identifier: str,
    code: str,
    campaign: str,
    campaign_id: str,
    discount: Any,
    assets: tuple[str, str],
    **more: Any,
) -> dict[str, Any]:
    """A voucher in the shape of the printed sample."""
    customer = "cust_synthetic0000000000000001"
    image = "{{aPlaceholder}}"
    nothing = (
        "gift",
        "loyalty_card",
        "start_date",
        "expiration_date",
        "validity_timeframe",
        "validity_hours",
        "validity_day_of_week",
        "additional_info",
        "category",
        "category_id",
    )
    return {
        "id": identifier,
        "code": code,
        "campaign": campaign,
        "campaign_id": campaign_id,
        "categories": [],
        "type": "DISCOUNT_VOUCHER",
        "discount": discount,
        **dict.fromkeys(nothing),
        "active": True,
        "metadata": {},
        "assets": {
            "qr": {"id": assets[0], "url": image},
            "barcode": {"id": assets[1], "url": image},
        },
        "is_referral_code": False,
        "holder_id": customer,
        "redemption": {
            "quantity": None,
            "redeemed_quantity": 0,
            "object": "list",
            "url": f"/v1/vouchers/{code}/redemptions?page=1&limit=10",
        },
        "publish": {
            "object": "list",
            "count": 1,
            "url": f"/v1/vouchers/{code}/publications?page=1&limit=10",
        },
        "object": "voucher",
        **more,
    }


def printed_holding(
    identifier: str, created_at: str, role: str, campaign_type: str, voucher: Any
) -> dict[str, Any]:
    """A holding in the shape of the printed sample."""
    return {
        "id": identifier,
        "created_at": created_at,
        "redeemable_id": voucher["id"],
        "redeemable_object": "voucher",
        "customer_id": voucher["holder_id"],
        "holder_role": role,
        "campaign_id": voucher["campaign_id"],
        "campaign_type": campaign_type,
        "voucher_type": "DISCOUNT_VOUCHER",
        "redeemable": {"type": "voucher", "voucher": voucher, "status": "ACTIVE"},
    }


PRINTED: dict[str, Any] = {
    "object": "list",
    "data_ref": "data",
    "data": [
        printed_holding(
            "rh_0e0000000000000a01",
            "2025-05-06T07:08:09.120Z",
            "OWNER",
            "DISCOUNT_COUPONS",
            printed_voucher(
                "v_syntheticA000000000000000000001",
                "SynthA01",
                "Synthetic coupons",
                "camp_syntheticA0000000000001",
                {"type": "AMOUNT", "amount_off": 2500},
                ("00000000-0000-4000-8000-0000000000a1", "00000000-0000-4000-8000-0000000000a2"),
                created_at="2025-05-06T07:08:01.57+00:00",
                updated_at="2025-05-06T07:08:09.120345+00:00",
            ),
        ),
        printed_holding(
            "rh_0e0000000000000b02",
            "2025-05-05T10:11:12.345Z",
            "REFERRER",
            "REFERRAL_PROGRAM",
            printed_voucher(
                "v_syntheticB000000000000000000002",
                "SynthB02",
                "SYNTHETIC_9",
                "camp_syntheticB0000000000002",
                {"type": "AMOUNT", "amount_off": 12300, "effect": "APPLY_TO_ORDER"},
                ("00000000-0000-4000-8000-0000000000b1", "00000000-0000-4000-8000-0000000000b2"),
                created_at="2025-05-05T10:11:02.771+00:00",
                updated_at="2025-05-05T10:11:12.345678+00:00",
                is_referral_code=True,
                referrer_id="cust_synthetic0000000000000001",
            ),
        ),
    ],
    "total": 2,
    "has_more": False,
}
"""Synthetic, key by key in the shape of the sample that the vendor's documents print."""


def test_every_value_of_the_printed_sample_is_reachable() -> None:
    """An answer in the shape of the vendor's sample decodes, each of its values in its place."""
    assert_page_reachable(PRINTED)
    for model in every_model(decoded(PRINTED).items):
        assert not model.extra


def test_the_printed_sample_reads_naturally(clients: Clients) -> None:
    """The sample's values have their own types: instants, amounts, flags."""
    first, second = list(clients.held(httpx.Response(200, json=PRINTED)))
    voucher = first.redeemable.voucher
    assert voucher.discount.amount_off.major == 25
    assert voucher.created_at.microsecond == 570_000
    assert voucher.updated_at.microsecond == 120_345
    assert first.created_at.utcoffset().total_seconds() == 0
    assert voucher.assets.qr.url == "{{aPlaceholder}}"
    assert second.redeemable.voucher.referrer_id == second.customer_id
    assert second.redeemable.voucher.discount.effect == "APPLY_TO_ORDER"
    assert (first.redeemable.status, voucher.redemption.quantity) == ("ACTIVE", None)


# --- what may happen to one value at a time


@attrs.frozen
class Spot:
    """One value in a recorded answer, and what the SDK reads there."""

    path: Path
    sent: Any
    read: Any
    promised: bool = False
    open_enum: bool = False

    @property
    def shown(self) -> str:
        """The path in words."""
        return shown(self.path)


def shown(path: Path) -> str:
    """A path as errors write it."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return "$" + "".join(parts)


def spots(sent: Any, read: Any, path: Path) -> Iterator[Spot]:
    """Every value with a field of its own; inside free-form objects there is none."""
    if isinstance(read, Model):
        for field, key in wire_fields(type(read)):
            value = getattr(read, field.name)
            if value is not None:
                here = (*path, key)
                open_enum = "Literal" in str(field.type)
                yield Spot(here, sent[key], value, is_promised(field), open_enum)
                yield from spots(sent[key], value, here)
    elif isinstance(read, tuple):
        for index, (one, other) in enumerate(zip(sent, read, strict=True)):
            yield from spots(one, other, (*path, index))


def spots_of(name: str) -> list[Spot]:
    """Every spot of a recorded answer."""
    body = body_of(name)
    return list(spots(body["data"], decoded(body).items, ("data",)))


def changed(name: str, path: Path, change: Any) -> Any:
    """A recorded answer with one value replaced, or left out."""
    body = copy.deepcopy(body_of(name))
    *way, last = path
    holder = body
    for part in way:
        holder = holder[part]
    if change is LEFT_OUT:
        del holder[last]
    else:
        holder[last] = change
    return body


LEFT_OUT = object()


def at(page: Any, path: Path) -> Any:
    """What the SDK reads at a path."""
    value: Any = {"data": page.items}
    for part in path:
        value = named(value)[part] if isinstance(value, Model) else value[part]
    return value


@pytest.mark.parametrize("change", [None, LEFT_OUT], ids=["null", "missing"])
@pytest.mark.parametrize("name", NAMES)
def test_a_value_that_is_null_or_missing_never_costs_the_page(name: str, change: Any) -> None:
    """Every value may go missing: optional ones are `None`, promised ones raise when read."""
    found = spots_of(name)
    assert len(found) > 50
    for spot in found:
        body = changed(name, spot.path, change)
        body["has_more"] = False  # an id may be needed to go on by: tested with the paging
        page = decoded(body)
        assert len(page.items) == len(body["data"]), spot.shown
        *way, _ = spot.path
        holder, key = at(page, tuple(way)), spot.path[-1]
        if spot.promised and not isinstance(holder, OtherDiscount):
            field = next(field for field, wire in wire_fields(type(holder)) if wire == key)
            with pytest.raises(MissingField) as caught:
                getattr(holder, field.name)
            assert caught.value.path == spot.shown
        else:
            assert named(holder).get(key) is None, spot.shown


@pytest.mark.parametrize("name", NAMES)
def test_a_new_value_of_an_enum_never_costs_the_page(name: str) -> None:
    """Every enum is open: a value that no document names is read as it was sent."""
    found = [spot for spot in spots_of(name) if spot.open_enum]
    assert {spot.path[-1] for spot in found} >= {"holder_role", "voucher_type", "status", "type"}
    for spot in found:
        page = decoded(changed(name, spot.path, "NEWLY_INVENTED"))
        assert at(page, spot.path) == "NEWLY_INVENTED", spot.shown


@pytest.mark.parametrize("name", NAMES)
def test_an_unknown_key_is_kept_wherever_it_stands(name: str) -> None:
    """A key that no document names stands in `extra`, read-only, whichever object it is in."""
    addition = {"list": [1, {"deep": None}]}
    for spot in [*spots_of(name), *(Spot(("data", 0), None, decoded(body_of(name)).items[0]),)]:
        if isinstance(spot.read, Model):
            page = decoded(changed(name, (*spot.path, "newly_invented"), addition))
            kept = at(page, spot.path).extra["newly_invented"]
            assert kept["list"][1] == {"deep": None}, spot.shown
            with pytest.raises(TypeError, match="read-only"):
                kept["list"][1]["deep"] = 1


WRONG: list[tuple[type | tuple[type, ...], list[Any]]] = [
    (bool, ["perhaps", 7, 0.5, {"a": 1}, [1]]),
    (str, [True, {"a": 1}, [1]]),
    (int, ["seven", "", 0.5, True, {"a": 1}, [1], "NaN"]),
    (Decimal, ["much", "", True, {"a": 1}, [1], "NaN", "Infinity"]),
    (datetime, [5, True, "yesterday", "2024-01-01", "2024-01-01T00:00:00", {"a": 1}, [1]]),
    (date, [5, True, "soon", "2024-01-01T10:00:00Z", {"a": 1}, [1]]),
    (Model, ["text", 5, True, [1]]),
    (tuple, ["text", 5, True, {"a": 1}]),
    (Mapping, ["text", 5, True, [1]]),
]
"""What is never a value of a kind, by the coercion table."""


@pytest.mark.parametrize("name", NAMES)
def test_a_value_of_the_wrong_type_is_one_error_with_its_path(name: str) -> None:
    """What the coercion table does not allow raises once, and says where it stands."""
    for spot in spots_of(name):
        wrong = next(values for kind, values in WRONG if isinstance(spot.read, kind))
        for value in wrong:
            with pytest.raises(UnreadableAnswer) as caught:
                decoded(changed(name, spot.path, value))
            (problem,) = caught.value.problems
            assert problem.startswith(f"{spot.shown}: "), (problem, value)
            assert "is expected, not" in problem


@pytest.mark.parametrize(
    ("key", "wrong"),
    [
        ("data_ref", True),
        ("data_ref", {"a": 1}),
        ("data_ref", ["data"]),
        ("has_more", "perhaps"),
        ("has_more", {"a": 1}),
        ("has_more", 7),
        ("more_starting_after", True),
        ("more_starting_after", ["rh_1"]),
        ("total", "many"),
        ("total", 0.5),
        ("total", {"a": 1}),
        ("data", "text"),
        ("data", {"a": 1}),
        ("data", 5),
    ],
)
def test_the_envelope_is_read_by_the_same_rules(key: str, wrong: Any) -> None:
    """What stands around the items is checked like the items."""
    with pytest.raises(UnreadableAnswer) as caught:
        decoded(changed(LIST, (key,), wrong))
    (problem,) = caught.value.problems
    assert problem.startswith(f"$.{key}: ")


@pytest.mark.parametrize("key", sorted(ENVELOPE - {"data"}))
@pytest.mark.parametrize("change", [None, LEFT_OUT], ids=["null", "missing"])
@pytest.mark.parametrize("name", NAMES)
def test_the_envelope_may_lack_anything_but_the_items(name: str, key: str, change: Any) -> None:
    """No key around the items costs the page, whether it is null or missing."""
    if key not in body_of(name):
        change = None
    assert len(decoded(changed(name, (key,), change)).items) == len(body_of(name)["data"])


@pytest.mark.parametrize(
    "body",
    [
        changed(LIST, ("data",), None),
        changed(LIST, ("data",), LEFT_OUT),
        [],
        [PRINTED],
        "text",
        5,
        None,
        {},
    ],
)
def test_an_answer_without_its_items_is_never_an_empty_list(body: Any) -> None:
    """Where the items should be and are not, the walk fails: it does not end in silence."""
    with pytest.raises(UnreadableAnswer):
        decoded(body)


def test_a_name_of_the_items_that_names_nothing() -> None:
    """Where `data_ref` is a word for nothing that is there, the items in `data` are read."""
    renamed = decoded(changed(LIST, ("data_ref",), "elsewhere"))
    assert renamed.items == decoded(body_of(LIST)).items


def test_every_wrong_value_is_reported_at_once(clients: Clients) -> None:
    """One error lists what is wrong in all items, and holds the answer but none of its data."""
    body = copy.deepcopy(PRINTED)
    body["data"][0]["created_at"] = "secret-looking text"
    body["data"][1]["redeemable"]["voucher"]["discount"]["amount_off"] = {}
    body["data"][1]["redeemable"]["voucher"]["active"] = "maybe"
    answer = httpx.Response(200, json=body)
    pager = clients.held(answer, answer, answer)
    with pytest.raises(UnreadableAnswer) as caught:
        pager.first()
    error = caught.value
    assert sorted(problem.partition(":")[0] for problem in error.problems) == [
        "$.data[0].created_at",
        "$.data[1].redeemable.voucher.active",
        "$.data[1].redeemable.voucher.discount.amount_off",
    ]
    assert "secret-looking" not in str(error)
    assert error.response.json()["total"] == 2
    assert error.attempts == 3


@pytest.mark.parametrize(
    "content", [b"", b"  ", b"<html>", b"{", b"\xff\xfe", b"NaN", b"[" * 100_000], ids=range(7)
)
def test_a_page_that_is_no_json_is_one_error(clients: Clients, content: bytes) -> None:
    """Whatever comes in place of JSON under a 200 raises the SDK's own error."""
    pager = clients.held(*[httpx.Response(200, content=content) for _ in range(3)])
    with pytest.raises(UnreadableAnswer):
        list(pager)


def test_an_unreadable_page_is_asked_for_again(clients: Clients) -> None:
    """One bad answer does not end the walk: reading is safe to repeat."""
    pager = clients.held(httpx.Response(200, content=b"<html>"), recorded(LIST))
    assert len(list(pager)) == 2
