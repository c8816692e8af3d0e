from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Mapping
from datetime import datetime, timezone
from decimal import Decimal
from typing import Any

import attrs
import httpx
import pytest

from loyalty_sdk import Model, Response
from loyalty_sdk._core.reading.model import wire_fields
from loyalty_sdk.errors import MissingField, UnreadableAnswer
from loyalty_sdk.es_loyalty import (
    AdHocRewardPart,
    BalancePart,
    CartTotals,
    Issuance,
    OtherPaymentEvent,
    PaymentCompleted,
    PaymentDeferred,
    PaymentFailed,
    RedeemPart,
    RequestScheduled,
    RequestSubmitted,
    Transaction,
)
from loyalty_sdk.es_loyalty._wire import read_rows

from .helpers import answer_of, body_of

HISTORY = "transactions.history.200"
ODD = {"TransactionID": "odd", "AccountID": "acc-1"}  # a promise broken: the slow reader reads it


def read(*rows: Any) -> tuple[Transaction, ...]:
    """Transactions as the clients read them."""
    return read_rows(answer_of({"transactions": rows}), Transaction, "transactions")


def transactions() -> dict[str, Transaction]:
    """The recorded transactions by what was asked for."""
    return {row.request_action: row for row in read(*body_of(HISTORY)["transactions"])}


def one(**row: Any) -> Transaction:
    """A synthetic transaction with some attributes."""
    return read({"TransactionID": "t", "AccountID": "a", "RequestAction": "POST", **row})[0]


def values_of(model: Model) -> dict[str, Any]:
    """The values of a model by their wire names, what it does not know included."""
    return {**model.extra, **{k: getattr(model, f.name, None) for f, k in wire_fields(type(model))}}


def assert_reachable(sent: Any, read: Any, path: str) -> None:
    """Each value that was sent can be read, under the vendor's own name for it."""
    if sent is None:
        assert read is None, path
    elif isinstance(read, Model):
        held = values_of(read)
        for key, value in sent.items():
            lists = held.get("{{item_type}}") or {}
            assert key in held or key in lists, f"{path}.{key}"
            assert_reachable(value, held[key] if key in held else lists[key], f"{path}.{key}")
    elif isinstance(read, tuple):
        listed = sent if isinstance(sent, list) else [sent]
        assert len(listed) == len(read), path
        for index, (value, item) in enumerate(zip(listed, read, strict=True)):
            assert_reachable(value, item, f"{path}[{index}]")
    elif isinstance(read, Mapping):
        assert sent.keys() == read.keys(), path
        for key, value in sent.items():
            assert_reachable(value, read[key], f"{path}.{key}")
    elif isinstance(read, Decimal):
        assert read == Decimal(str(sent)), path
    elif isinstance(read, bool):
        assert read == (str(sent).lower() == "true"), path
    else:
        assert str(read) == str(sent), path


@pytest.mark.parametrize("also", [(), (ODD,)], ids=["fast", "slow"])
def test_every_value_of_the_recorded_history_is_reachable(also: tuple[Any, ...]) -> None:
    """By either reader, under its own name, and unknown keys in `extra`."""
    rows = body_of(HISTORY)["transactions"]
    for sent, got in zip(rows, read(*rows, *also), strict=False):
        sent = copy.deepcopy(sent)
        if "MetaData" in sent and isinstance(sent["MetaData"].get("VoidMetaData"), list):
            (sent["MetaData"]["VoidMetaData"],) = sent["MetaData"]["VoidMetaData"]
        assert_reachable(sent, got, sent["TransactionID"])


def test_both_readers_give_the_same() -> None:
    """An odd row beside the others changes nothing about these."""
    rows = body_of(HISTORY)["transactions"]
    assert read(*rows) == read(*rows, ODD)[:-1]


def test_every_value_of_the_recorded_issuances_is_reachable() -> None:
    """Each issuance as it was sent."""
    rows = body_of("issuances.list.200")
    for sent, got in zip(rows, read_rows(answer_of(rows), Issuance, "issuances"), strict=True):
        assert_reachable(sent, got, sent["issuanceCode"])


def test_transactions_can_be_kept() -> None:
    """They compare, hash, pickle and are copied."""
    read_once, read_again = transactions(), transactions()
    assert read_once == read_again
    for transaction in read_once.values():
        assert hash(transaction) == hash(read_again[transaction.request_action])
        assert pickle.loads(pickle.dumps(transaction)) == transaction
        assert copy.deepcopy(transaction) == transaction
        assert attrs.asdict(transaction)["transaction_id"] == transaction.transaction_id


# --- two kinds of date


def test_the_epoch_is_the_accurate_date() -> None:
    """Where the text says something else, the epoch counts; both stay as sent."""
    transaction = one(
        TransactionDate="2020-01-01T00:00:00Z", TransactionDateEpoch=1_700_000_000_123
    )
    assert transaction.transaction_date == datetime(
        2023, 11, 14, 22, 13, 20, 123_000, tzinfo=timezone.utc
    )
    assert transaction.transaction_date_iso == "2020-01-01T00:00:00Z"
    assert transaction.transaction_date_epoch == 1_700_000_000_123


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({"ProcessedDate": "2024-05-06T07:08:09+02:00"}, "2024-05-06T07:08:09+02:00"),
        ({"ProcessEpoch": "0"}, "1970-01-01T00:00:00+00:00"),
        (
            {"ProcessEpoch": 10**30, "ProcessedDate": "2024-05-06T07:08:09Z"},
            "2024-05-06T07:08:09+00:00",
        ),
        ({"ProcessedDate": "2024-05-06T07:08:09"}, None),
        ({"ProcessedDate": "2024-05-06"}, None),
        ({"ProcessedDate": "soon"}, None),
        ({}, None),
    ],
)
def test_a_date_is_aware_or_none(sent: dict[str, Any], expected: str | None) -> None:
    """The text counts where there is no epoch; without an offset it names no instant."""
    processed = one(**sent).processed_date
    assert (processed and processed.isoformat()) == expected


def test_the_dates_of_an_issuance() -> None:
    """Each of the three is there as an instant."""
    redeemed = read_rows(answer_of(body_of("issuances.list.200")), Issuance, "issuances")[1]
    assert redeemed.issued_date is not None
    assert redeemed.expiry_date is not None
    assert redeemed.redemption_date is not None
    assert redeemed.issued_date < redeemed.redemption_date < redeemed.expiry_date
    assert redeemed.reward_value == Decimal("7.25")


def test_the_dates_inside_a_transaction() -> None:
    """Those of reservations, audits and last activities are instants too."""
    by_action = transactions()
    metadata = by_action["FINALIZE"].metadata
    assert metadata is not None
    assert metadata.last_activity_date is not None
    reservation = _reservation()
    assert reservation.expired_at == datetime(2025, 10, 10, 8, 53, 20, 123_000, timezone.utc)
    assert reservation.created_at is not None
    assert reservation.household.audit.created.date is not None


def _reservation(action: str = "HOUSEHOLD_REDEEM") -> Any:
    """What a recorded part of that action set aside."""
    parts = [part for row in transactions().values() for part in row.transaction_parts or ()]
    (first, *_) = [p for p in parts if p.action == action and isinstance(p, RedeemPart)]
    assert first.part_details is not None
    return first.part_details.reservation


# --- parts


def test_parts_are_told_apart() -> None:
    """By a reservation, by ad hoc rewards, else by the action."""
    parts = {
        "MADE_UP": BalancePart,
        "BASE": BalancePart,
        "REDEEM": RedeemPart,
        "HOUSEHOLD_REDEEM": RedeemPart,
    }
    for action, expected in parts.items():
        (part,) = one(TransactionParts=[{"action": action}]).transaction_parts or ()
        assert type(part) is expected
    (part,) = (
        one(
            TransactionParts=[
                {"action": "ADJUSTMENT", "partDetails": {"Reservation": {"Token": "k"}}}
            ]
        ).transaction_parts
        or ()
    )
    assert isinstance(part, RedeemPart)
    assert part.part_details is not None
    assert part.part_details.reservation is not None
    assert part.part_details.reservation.token == "k"


def test_ad_hoc_rewards_come_alone_or_listed() -> None:
    """One object is read as a list of one."""
    parts = transactions()["ADHOC_REWARD"].transaction_parts or ()
    names: list[list[str | None]] = []
    for part in parts:
        assert isinstance(part, AdHocRewardPart)
        names.append([reward.reward_id for reward in part.reward_details or ()])
    assert names == [["rw-1"], ["rw-1", "rw-2"]]


def test_household_keys_are_read_at_either_level() -> None:
    """Inside the household, and beside it."""
    household = _reservation("HOUSEHOLD_REDEEM").household
    flat = _reservation("REDEEM")
    assert flat.household is None
    for level in (household, flat):
        assert level.redeemer == "acc-synthetic-1"
        assert level.contributors["acc-synthetic-2"].redeem_amount == 500
        assert level.audit.updated.call_id == "call-2"
        assert not level.extra


# --- carts


def test_line_items_are_found_under_any_name() -> None:
    """The client names their kinds; what is none stays in `extra`."""
    cart = transactions()["FINALIZE"].cart
    assert cart is not None
    assert cart.extended_data is not None
    data = cart.extended_data
    assert {name: len(lines) for name, lines in data.items.items()} == {
        "saleLineItems": 2,
        "reversedLineItems": 1,
        "currentReverseLineItems": 1,
        "giftWrapLines": 1,
    }
    assert data.extra == {"cashier": {"name": "R."}, "basketNote": "none"}
    assert data.items["saleLineItems"][1].quantity == Decimal("1.25")
    assert isinstance(data.total, CartTotals)
    assert data.total.final is not None
    assert data.total.final.total_sale_amount == Decimal("21.30")
    assert cart.extra["tenderDetails"] == ({"type": "CASH"},)


def test_the_total_of_one_item_is_an_amount() -> None:
    """The documents send it as text, or as an object for several."""
    cart = transactions()["PURCHASE"].cart
    assert cart is not None
    assert cart.extended_data is not None
    assert cart.extended_data.total == Decimal("11.30")


@pytest.mark.parametrize(
    ("sent", "in_items", "in_extra"),
    [
        ({"saleLineItems": []}, {"saleLineItems"}, set[str]()),
        ({"saleLineItems": "none"}, set[str](), {"saleLineItems"}),
        ({"mine": []}, set[str](), {"mine"}),
        ({"mine": [{"sku": "1"}, {"x": 1}]}, {"mine"}, set[str]()),
        ({"mine": [{"sku": "1"}, None]}, set[str](), {"mine"}),
        ({"mine": {"colour": "red"}}, set[str](), {"mine"}),
        ({"items": [{"sku": "1"}]}, {"items"}, set[str]()),
        ({"total": "12,99 $", "currency": ["CAD"]}, set[str](), {"total", "currency"}),
        ({"total": {"final": "12.99", "mine": 1}}, set[str](), set[str]()),
    ],
)
def test_a_client_s_own_forms_make_nothing_unreadable(
    sent: dict[str, Any], in_items: set[str], in_extra: set[str]
) -> None:
    """What does not have the documented form is kept as sent."""
    cart = one(Cart={"extendedData": sent}).cart
    assert cart is not None
    assert cart.extended_data is not None
    assert set(cart.extended_data.items) == in_items
    assert set(cart.extended_data.extra) == in_extra


def test_an_amount_that_is_no_number_stays_as_sent() -> None:
    """Beside amounts that are, in a line and in a total."""
    line = {"sku": 7, "saleAmount": "12,99 $", "itemTax": "", "itemDiscount": "0.50", "tags": "new"}
    total = {"final": {"subtotal": "1 299,00", "taxAmount": 1.5}, "reversed": "none"}
    cart = one(Cart={"extendedData": {"saleLineItems": line, "total": total}}).cart
    assert cart is not None
    assert cart.extended_data is not None
    (item,) = cart.extended_data.items["saleLineItems"]
    assert (item.sku, item.item_discount, item.sale_amount) == ("7", Decimal("0.50"), None)
    assert item.extra == {"saleAmount": "12,99 $", "itemTax": "", "tags": "new"}
    totals = cart.extended_data.total
    assert isinstance(totals, CartTotals)
    assert totals.extra == {"reversed": "none"}
    assert totals.final is not None
    assert totals.final.tax_amount == Decimal("1.5")
    assert totals.final.extra == {"subtotal": "1 299,00"}


def test_a_cart_without_data() -> None:
    """An empty list stands for an empty object."""
    cart = one(Cart={"extendedData": []}).cart
    assert cart is not None
    assert cart.extended_data is not None
    assert cart.extended_data.items == {}


# --- payments


def test_payment_events_have_classes_of_their_own() -> None:
    """Each of the eight by its type, and any other keeps its map."""
    events = transactions()["ADHOC_REDEEM"].payment_details or ()
    assert len({type(event) for event in events}) == 9
    other = events[-1]
    assert isinstance(other, OtherPaymentEvent)
    assert other.event_type == "PAYMENT_REBORN"
    assert other.event_details == {"Anything": {"at": ("all",)}}
    assert all(event.event_date is not None for event in events)


def test_the_dates_of_payment_events() -> None:
    """They are sent as text only."""
    by_class = {
        type(event): event for event in transactions()["ADHOC_REDEEM"].payment_details or ()
    }
    times: list[Any] = []
    for event in by_class.values():
        details = event.event_details
        if isinstance(details, Model):
            names = [name for name in dir(type(details)) if name.endswith("_date")]
            times += [getattr(details, name) for name in names]
    assert len(times) == 8
    assert all(time.tzinfo is not None for time in times)
    assert by_class.keys() >= {RequestScheduled, RequestSubmitted, PaymentFailed, PaymentCompleted}


def test_the_reasons_of_a_deferred_payment() -> None:
    """Each with its words and its code."""
    events = transactions()["ADHOC_REDEEM"].payment_details or ()
    (deferred,) = [event for event in events if isinstance(event, PaymentDeferred)]
    assert deferred.event_details is not None
    (reason,) = deferred.event_details.deferred_reasons or ()
    assert (reason.reason_description, reason.reason_code) == ("Payee is suspended", "R-1")


def test_an_event_without_a_type_keeps_its_map() -> None:
    """Only reading the type says that it did not come."""
    (event,) = one(PaymentDetails=[{"EventDetails": {"ErrorCode": "1"}}]).payment_details or ()
    assert event.event_details == {"ErrorCode": "1"}
    with pytest.raises(
        MissingField, match=r"\$\.transactions\[0\]\.PaymentDetails\[0\]\.EventType"
    ):
        _ = event.event_type


# --- odd forms


def test_numbers_and_text_stand_for_each_other() -> None:
    """Ids are text, amounts exact, whichever way they are sent."""
    transaction = one(AccountID=12345678901234567890, loyaltyId=6.0e15, NetAmountDollars="12.30")
    assert transaction.account_id == "12345678901234567890"
    assert transaction.net_amount_dollars == Decimal("12.30")
    content = (
        b'[{"TransactionID":"t","AccountID":"a","RequestAction":"x","NetAmountDollars":12.30}]'
    )
    (exact,) = read_rows(Response(200, httpx.Headers(), content), Transaction, "transactions")
    assert str(exact.net_amount_dollars) == "12.30"


def test_voiding_is_read_from_an_object_or_an_array() -> None:
    """On the transaction a tuple, in its metadata one object."""
    by_action = transactions()
    for action in ("VOID", "ADJUSTMENT"):
        (voided,) = by_action[action].void_metadata or ()
        assert voided.void_id in ("txn-0025", "txn-0004")
    metadata = by_action["ADJUSTMENT"].metadata
    assert metadata is not None
    assert metadata.void_metadata is not None
    assert metadata.void_metadata.is_voided is False
    empty = one(MetaData={"VoidMetaData": []}, VoidMetaData=[])
    assert empty.void_metadata == ()
    assert empty.metadata is not None
    assert empty.metadata.void_metadata is None


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (
            {"NetAmount": "many"},
            "$.transactions[0].NetAmount: a whole number is expected, not text",
        ),
        ({"VoidMetaData": "x"}, "$.transactions[0].VoidMetaData: an array is expected, not text"),
        (
            {"VoidMetaData": ["x"]},
            "$.transactions[0].VoidMetaData[0]: an object is expected, not text",
        ),
        ({"Cart": {"extendedData": 1}}, "$.transactions[0].Cart.extendedData: an object"),
        (
            {"MetaData": {"VoidMetaData": [{}, {}]}},
            "$.transactions[0].MetaData.VoidMetaData: one object is expected, not an array",
        ),
        (
            {"TransactionParts": [{"partDetails": {"Reservation": {"Contributors": {"a": 1}}}}]},
            "$.transactions[0].TransactionParts[0].partDetails.Reservation.Contributors.a: an obj",
        ),
    ],
)
def test_a_wrong_form_is_named_with_its_path(row: dict[str, Any], problem: str) -> None:
    """The error says where it stood in the answer."""
    with pytest.raises(UnreadableAnswer) as caught:
        one(**row)
    assert caught.value.problems[0].startswith(problem)


def test_free_form_objects_stay_as_sent() -> None:
    """Extended data, requests, and what is not documented."""
    assert transactions()["FINALIZE"].request_json == {
        "callId": "c-1",
        "items": ({"sku": "SKU-1"},),
    }
    (issuance, *_) = read_rows(answer_of(body_of("issuances.list.200")), Issuance, "issuances")
    assert issuance.extended_data == {"campaign": "spring", "tags": ("a", "b")}
    assert _reservation().household.associated_transaction.extra == {"reference": "as-1"}


def test_an_anonymous_account_is_read_like_any() -> None:
    """Until it is merged, its id is a word."""
    assert transactions()["UNKNOWN"].account_id == "anonymous"


def test_json_can_be_written_again() -> None:
    """What is kept in `extra` is plain enough for `json.dumps`."""
    cart = transactions()["FINALIZE"].cart
    assert cart is not None
    assert json.loads(json.dumps(cart.extra)) == {"tenderDetails": [{"type": "CASH"}]}


@pytest.mark.parametrize("reader", ["fast", "slow"])
def test_a_null_among_what_is_listed_is_left_out(reader: str) -> None:
    """A null in a list costs nobody the page, and what is wrong is named where it is."""
    odd = {} if reader == "fast" else {"AccountID": None}

    def rewards(*items: Any) -> Any:
        return [{"action": "REDEEM", "partDetails": {"offerRewards": list(items)}}]

    details = one(TransactionParts=rewards(None, {"rewardId": "r1"}), **odd).transaction_parts
    assert details is not None
    assert len(details[0].part_details.offer_rewards) == 1
    with pytest.raises(UnreadableAnswer) as caught:
        one(TransactionParts=rewards(None, {"amount": "many"}), **odd)
    assert ".partDetails.offerRewards[1].amount: a number" in caught.value.problems[0]
