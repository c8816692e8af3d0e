from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import attrs
import httpx
import pytest
from conftest import Colour

from loyalty_sdk import Model
from loyalty_sdk._core.calls import Response
from loyalty_sdk._core.reading.model import is_promised, wire_fields
from loyalty_sdk.errors import MissingField, UnreadableAnswer
from loyalty_sdk.spaaza import Voucher, Vouchers, models

from .replay import Replay, body_of, page, recorded, recorded_names, voucher, vouchers

NAMES = [name for name in recorded_names("vouchers.list.200") if not name.endswith("-error")]
RESULTS = {"results_count_total", "vouchers", "basket_vouchers", "result_type"}
Path = tuple[str | int, ...]


def decoded(body: Any) -> Any:
    """The page that an answer gives, read as the clients read it."""
    content = json.dumps(body).encode()
    listing: Any = Vouchers.list(None, 1743)
    return listing.page(None).read(Response(200, httpx.Headers(), content))


def only(**fields: Any) -> Any:
    """The one voucher of an answer, with some fields of its own."""
    [found] = decoded(json.loads(page(voucher(1, **fields)).content)).items
    return found


def envelope_of(body: Any) -> Any:
    """The body without the list around it."""
    return body[0] if isinstance(body, list) else body


def rows_of(body: Any) -> list[Any]:
    """The vouchers of a body, as sent."""
    results = envelope_of(body)["results"]
    rows: list[Any] = results.get("vouchers", results.get("basket_vouchers"))
    return rows


# --- every value is reachable


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
    elif isinstance(sent, dict):
        assert read.keys() == sent.keys(), path
        for key, value in sent.items():
            assert_reachable(value, read[key], f"{path}.{key}")
    elif isinstance(sent, list) and not (sent == [] and read is None):
        assert len(sent) == len(read), path
        for index, value in enumerate(sent):
            assert_reachable(value, read[index], f"{path}[{index}]")
    else:
        assert_same(sent, read, path)


def assert_same(sent: Any, read: Any, path: str) -> None:
    """A value means what was sent, in the type that it was promised in."""
    if isinstance(read, datetime):
        moment = datetime.fromisoformat(sent)
        aware = moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
        assert (read, read.utcoffset()) == (aware, aware.utcoffset()), path
    elif isinstance(read, bool):
        assert sent in (read, int(read), str(read).lower()), path
    elif isinstance(read, (Decimal, int)):
        assert read == Decimal(str(sent)), path
    elif isinstance(read, str):
        assert read == str(sent), path
    else:
        assert read is None, path
        assert sent is None or sent == [], path


@pytest.mark.parametrize("name", NAMES)
def test_every_value_of_a_recorded_page_is_reachable(name: str, colour: Colour) -> None:
    """Walking the JSON, each value is found in the models by its wire name."""
    pager = vouchers(colour, recorded(name))
    items = colour.items(pager)
    body = body_of(name)
    assert len(items) == len(rows_of(body))
    assert pager.total == int(envelope_of(body)["results"]["results_count_total"])
    for index, (sent, read) in enumerate(zip(rows_of(body), items, strict=True)):
        assert type(read) is Voucher
        assert_reachable(sent, read, f"vouchers[{index}]")
    if name != "vouchers.list.200-mixed_forms":
        extras = [one.extra for item in items for one in (item, item.user) if one is not None]
        assert not any(extras), "a documented key has no field"
    assert set(envelope_of(body)["results"]) <= RESULTS


def test_every_field_of_a_voucher_and_its_user_was_recorded() -> None:
    """No field of the models is without a sample that holds it."""
    [whole, *_] = rows_of(body_of("vouchers.list.200"))
    fields = {key for _, key in wire_fields(Voucher)}
    assert fields - {"campaign"} == set(whole)
    assert {key for _, key in wire_fields(models.User)} == set(whole["user"])
    user = whole["user"]
    assert {key for _, key in wire_fields(models.EntityCode)} == set(user["entity_code"])
    assert {key for _, key in wire_fields(models.OptInProgramme)} == set(user["opt_in_programme"])


# --- the forms of values


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2019-08-02T15:18:52+00:00", datetime(2019, 8, 2, 15, 18, 52, tzinfo=timezone.utc)),
        ("2019-08-02T15:18:52Z", datetime(2019, 8, 2, 15, 18, 52, tzinfo=timezone.utc)),
        ("2050-01-01 00:00:00", datetime(2050, 1, 1, tzinfo=timezone.utc)),
        ("2019-08-02T15:18:52.123456", datetime(2019, 8, 2, 15, 18, 52, 123456, timezone.utc)),
        (
            "2019-08-02T15:18:52-06:30",
            datetime(2019, 8, 2, 15, 18, 52, tzinfo=timezone(timedelta(hours=-6.5))),
        ),
    ],
)
def test_both_forms_of_time_are_aware(text: str, moment: datetime) -> None:
    """A time without an offset is in UTC, one with an offset keeps it."""
    for name in ("voucher_created_datetime", "voucher_expiry_datetime_utc"):
        read = getattr(only(**{name: text}), name)
        assert (read, read.utcoffset()) == (moment, moment.utcoffset())


@pytest.mark.parametrize(
    ("sent", "amount"),
    [
        ("33", "33"),
        ("33.10", "33.10"),
        ('"33.10"', "33.10"),
        ('"1.0000"', "1.0000"),
        ("0", "0"),
        ("-5.5", "-5.5"),
        ("12345678901234567.89", "12345678901234567.89"),
        ("123456789012345678901234567890", "123456789012345678901234567890"),
        ('"0.12345678901234567890"', "0.12345678901234567890"),
        ("1e2", "1E+2"),
    ],
)
def test_amounts_are_exact(sent: str, amount: str, colour: Colour) -> None:
    """An amount keeps each of its digits, in whatever form it comes."""
    for name in ("voucher_amount", "voucher_amount_original", "voucher_amount_redeemed"):
        text = json.dumps(voucher(1, **{name: "HERE"})).replace('"HERE"', sent)
        answer = httpx.Response(
            200, text=f'{{"result":{{"code":1}},"results":{{"vouchers":[{text}]}}}}'
        )
        [read] = colour.items(vouchers(colour, answer, page()))
        value = getattr(read, name)
        assert type(value) is Decimal
        assert str(value) == amount


def test_what_is_null_or_absent_is_none() -> None:
    """Null, absence and `[]` for an object all read as `None`."""
    optional = [field.name for field, _ in wire_fields(Voucher) if not is_promised(field)]
    for name in optional:
        assert getattr(only(), name) is None
        assert getattr(only(**{name: None}), name) is None
    for name in ("user", "redeeming_basket", "campaign"):
        assert getattr(only(**{name: []}), name) is None


def test_identifiers_are_text_whatever_they_came_as() -> None:
    """Numbers and text both read as text, leading zeros and long digits kept."""
    read = only(
        voucher_id=5, campaign_id="007", voucher_currency_id=2, user={"id": 6, "user_id": "6"}
    )
    assert (read.voucher_id, read.campaign_id, read.voucher_currency_id) == ("5", "007", "2")
    assert (read.user.id, read.user.user_id) == ("6", "6")


@pytest.mark.parametrize(("sent", "read"), [(True, True), (0, False), (1, True), ("false", False)])
def test_booleans_come_in_three_forms(sent: object, read: bool) -> None:
    """Words, numbers and JSON's own are one yes or no."""
    assert only(voucher_locked=sent).voucher_locked is read


def test_words_that_nobody_knows_pass() -> None:
    """An unknown status or type, and unknown keys, are kept as they came."""
    read = only(voucher_status="hibernating", type="var_price", novelty={"of": [1, None]})
    assert (read.voucher_status, read.type) == ("hibernating", "var_price")
    assert read.extra == {"novelty": {"of": (1, None)}}


@pytest.mark.parametrize(
    ("campaign", "flat"),
    [
        ({"id": 13, "type": "wallet", "title": "T"}, ("13", "wallet", "T")),
        ({"id": "13"}, ("13", None, None)),
        ({"id": None, "type": "", "title": "T", "more": 1}, (None, "", "T")),
    ],
)
def test_a_nested_campaign_is_flat_too(campaign: dict[str, Any], flat: tuple[Any, ...]) -> None:
    """An application reads the campaign in one way, whichever version answered."""
    read = only(campaign=campaign)
    assert (read.campaign_id, read.campaign_type, read.campaign_title) == flat
    assert (read.campaign.id, read.campaign.type, read.campaign.title) == flat
    assert read.campaign.extra == {key: 1 for key in campaign if key == "more"}


def test_flat_fields_win_unless_they_are_null() -> None:
    """Where both forms come, what the flat one says stands, and the object fills what is null."""
    both = {"id": 13, "type": "wallet", "title": "nested"}
    read = only(campaign=both, campaign_id=12, campaign_type=None, campaign_title="flat")
    assert (read.campaign_id, read.campaign_type, read.campaign_title) == ("12", "wallet", "flat")


def test_vouchers_win_over_their_old_name() -> None:
    """Where both names of the list come, the documented one is read; a null one is not there."""
    new, old = [voucher(1)], [voucher(2)]
    for results, came in (
        ({"vouchers": new, "basket_vouchers": old}, "1"),
        ({"vouchers": None, "basket_vouchers": old}, "2"),
        ({"vouchers": new, "basket_vouchers": None}, "1"),
    ):
        [read] = decoded({"result": {"code": 1}, "results": results}).items
        assert read.voucher_id == came


@pytest.mark.parametrize(
    ("sent", "total"), [(654, 654), ("654", 654), (0, 0), (None, None), (-1, None)]
)
def test_the_total_is_a_count_or_unknown(sent: object, total: int | None) -> None:
    """`total` is what the vendor says, where that is a count."""
    results = {"vouchers": [voucher(1)], "results_count_total": sent}
    assert decoded({"result": {"code": 1}, "results": results}).total == total
    assert decoded({"result": {"code": 1}, "results": {"vouchers": []}}).total is None


# --- what vendors do to answers


@pytest.mark.parametrize("missing", ["absent", "null"])
@pytest.mark.parametrize("name", ["voucher_key", "voucher_id", "type"])
def test_a_broken_promise_is_an_error_of_its_field_alone(
    name: str, missing: str, colour: Colour
) -> None:
    """The page decodes; only reading the field raises, and says where it should have been."""
    broken = voucher(2)
    del broken[name]
    if missing == "null":
        broken[name] = None
    answer = page(voucher(1), broken, voucher(3))
    _, read, last = colour.items(vouchers(colour, answer))
    assert last.voucher_id == "3"
    with pytest.raises(MissingField) as caught:
        getattr(read, name)
    assert caught.value.path == f"$.results.vouchers[1].{name}"
    assert getattr(read, "voucher_key" if name != "voucher_key" else "type") is not None


@pytest.mark.parametrize(
    ("results", "path"),
    [
        (None, "$.results"),
        ([], "$.results"),
        ("x", "$.results"),
        ({}, "$.results.vouchers"),
        ({"vouchers": None}, "$.results.vouchers"),
        ({"basket_vouchers": None}, "$.results.basket_vouchers"),
        ({"vouchers": {}}, "$.results.vouchers"),
        ({"vouchers": "x"}, "$.results.vouchers"),
        ({"basket_vouchers": 1}, "$.results.basket_vouchers"),
        ({"vouchers": [voucher(1), 7]}, "$.results.vouchers[1]"),
        ({"vouchers": [[]]}, "$.results.vouchers[0]"),
        ({"vouchers": [], "results_count_total": {}}, "$.results.results_count_total"),
        ({"vouchers": [], "results_count_total": "many"}, "$.results.results_count_total"),
        ({"vouchers": [], "results_count_total": True}, "$.results.results_count_total"),
        ({"vouchers": [voucher(1, campaign={"id": {}})]}, "$.results.vouchers[0].campaign.id"),
        ({"vouchers": [voucher(1, user={"id": True})]}, "$.results.vouchers[0].user.id"),
        ({"basket_vouchers": [voucher([])]}, "$.results.basket_vouchers[0].voucher_id"),
    ],
)
def test_an_unreadable_answer_names_the_place(results: Any, path: str, colour: Colour) -> None:
    """What stands where nothing can make sense of it is named once, by its wire path."""
    answer = httpx.Response(200, json={"result": {"code": 1}, "results": results})
    with pytest.raises(UnreadableAnswer) as caught:
        colour.items(vouchers(colour, answer, answer, answer))
    [problem] = caught.value.problems
    assert problem.startswith(f"{path}: ")
    assert caught.value.response is not None


def leaves(value: Any, path: Path = ()) -> Iterator[Path]:
    """The places of all single values."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, (*path, key))
    elif isinstance(value, list) and value:
        for index, item in enumerate(value):
            yield from leaves(item, (*path, index))
    else:
        yield path


def changed(body: Any, path: Path, change: Any) -> Any:
    """A copy of an answer with one place changed."""
    made = copy.deepcopy(body)
    holder = made
    for step in path[:-1]:
        holder = holder[step]
    change(holder, path[-1])
    return made


def shown(path: Path) -> str:
    """A place in the words of an error; the list around a body is not counted."""
    steps = path[1:] if path and path[0] == 0 else path
    return "$" + "".join(f"[{one}]" if isinstance(one, int) else f".{one}" for one in steps)


def put(value: Any) -> Any:
    """Put another value in place."""

    def change(holder: Any, key: Any) -> None:
        holder[key] = value

    return change


def add_a_key(holder: Any, _: Any) -> None:
    """Put a key beside that no document names."""
    if isinstance(holder, dict):
        holder["of_no_document"] = {"new": [1]}


def drop(holder: Any, key: Any) -> None:
    """Leave a key out."""
    if isinstance(holder, dict):
        del holder[key]


@pytest.mark.parametrize("name", NAMES)
def test_no_single_leaf_costs_a_page(name: str) -> None:
    """A null, a missing key, or a key or word that nobody knows never loses the page."""
    body = body_of(name)
    count = len(rows_of(body))
    for path in leaves(body):
        if "result" in path or path[-1] in ("vouchers", "basket_vouchers"):
            continue
        for change in (put(None), drop, add_a_key):
            made = changed(body, path, change)
            items = decoded(made).items
            assert len(items) == count, shown(path)
    for index in range(count):
        for key in ("voucher_status", "type", "campaign_type"):
            row = copy.deepcopy(body)
            rows_of(row)[index][key] = "of_no_document"
            assert getattr(decoded(row).items[index], key) == "of_no_document"


def test_a_wrong_type_is_one_error_that_names_the_leaf() -> None:
    """For each typed leaf a wrong form is one `UnreadableAnswer` with exactly its path."""
    body = body_of("vouchers.list.200")
    checked = 0
    for path in leaves(body):
        if path[0] != "results" or path[-1] in ("result_type", "mailing_list", "signup_channel"):
            continue
        for wrong in (["x"], 12.5 if path[-1] == "voucher_locked" else True):
            made = changed(body, path, put(wrong))
            if wrong is True and path[-1] in ("voucher_locked", "programme_opted_in"):
                continue
            with pytest.raises(UnreadableAnswer) as caught:
                decoded(made)
            [problem] = caught.value.problems
            assert problem.startswith(f"{shown(path)}: "), problem
            checked += 1
    assert checked > 80


# --- models are values


def test_answers_are_values_that_can_be_kept() -> None:
    """What was read compares, hashes, copies and pickles, and cannot be changed."""
    first, again = (decoded(body_of("vouchers.list.200-mixed_forms")).items for _ in range(2))
    assert first == again
    assert hash(first) == hash(again)
    assert copy.deepcopy(first) == first
    assert pickle.loads(pickle.dumps(first)) == first
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        first[0].voucher_key = "x"
    assert isinstance(first[1].extra, Mapping)


def test_raw_pages_carry_the_response(colour: Colour) -> None:
    """The envelope, warnings included, is read from the response of a page."""
    replay = Replay(recorded("vouchers.list.200-nested_campaign"))
    [read] = colour.items(replay.client(colour).raw.vouchers.list(1743).pages())
    assert read.response.json()["warnings"][0]["name"] == "synthetic_warning"
