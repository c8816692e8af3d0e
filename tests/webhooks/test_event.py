"""Events are read as documented, and nothing of one is ever lost."""

from __future__ import annotations

import copy
import json
import pickle
from datetime import datetime, timezone
from decimal import Decimal
from typing import Any

import pytest
from mutations.mutate import MISSING, is_wordy, mutations
from mutations.reachable import lost

from loyalty_sdk import spaaza
from loyalty_sdk._core.reading.convert import parse
from loyalty_sdk._core.reading.frozen import freeze
from loyalty_sdk._core.reading.model import wire_fields
from loyalty_sdk.errors import MissingField
from loyalty_sdk.webhooks import Unread
from loyalty_sdk.webhooks.cardlytics import Enrolment, Redeemed, Reward
from loyalty_sdk.webhooks.spaaza import PointsMutation
from loyalty_sdk.webhooks.voucherify import (
    BalanceData,
    CustomEventData,
    PublicationData,
    RedemptionData,
)
from loyalty_sdk.webhooks.voucherify.types import DATA_BY_TYPE

from .events import RECORDED, read

DATA = {
    "voucherify.redemption.succeeded": RedemptionData,
    "voucherify.voucher.published": PublicationData,
    "voucherify.customer.custom_event": CustomEventData,
    "voucherify.voucher.loyalty_card.points_added": BalanceData,
    "spaaza.shopper.voucher-issued": spaaza.Voucher,
    "spaaza.shopper.points-mutation": PointsMutation,
    "cardlytics.REDEMPTION_CONFIRMED": Redeemed,
    "cardlytics.REWARD_PENDING": Reward,
    "cardlytics.ENROLLMENT_CONFIRMED": Enrolment,
}
every_event = pytest.mark.parametrize("name", RECORDED)


@every_event
def test_an_event_is_read_by_its_type(name):
    """Each recorded event has its type, a key, its class of data, and survives copying."""
    event = read(name, RECORDED[name])
    assert event.type == name.partition(".")[2]
    assert event.key
    assert type(event.data) is DATA[name]
    assert not event.envelope.extra
    for other in (pickle.loads(pickle.dumps(event)), copy.deepcopy(event)):
        assert other == event


def test_what_is_in_events():
    """Values come out as the vendors' models have them."""
    redeemed = read("voucherify", RECORDED["voucherify.redemption.succeeded"])
    assert redeemed.key == "whs_synthetic1"
    assert redeemed.data.redemption.amount == Decimal(1000)
    assert redeemed.data.voucher.discount.amount_off.major == Decimal(10)
    assert redeemed.data.order.items[0].quantity == 2
    assert redeemed.envelope.source.object == "webhook"
    assert redeemed.envelope.event.event_source.api_key.name == "Shop"
    welcome = read("voucherify", RECORDED["voucherify.customer.custom_event"])
    assert (welcome.type, welcome.envelope.type) == ("customer.custom_event", "Welcome ☀")
    issued = read("spaaza", RECORDED["spaaza.shopper.voucher-issued"])
    assert issued.key == "shopper.voucher-issued voucher71 2024-05-01T12:00:00+00:00"
    assert issued.data.extra["parent_voucher"] is None
    wallet = read("spaaza", RECORDED["spaaza.shopper.points-mutation"]).data
    written = datetime(2024, 5, 1, 11, 59, 59, 26549, timezone.utc)
    assert (wallet.amount, wallet.timestamp_microsecond) == (Decimal("10.00"), written)
    offers = read("cardlytics", RECORDED["cardlytics.REDEMPTION_CONFIRMED"]).data
    assert offers.redemptions[0].redeeming_transaction_amount == Decimal("35.9")


def test_what_tells_events_apart():
    """What happens twice to one Spaaza voucher has two keys; a repeat has the same."""
    issued = RECORDED["spaaza.shopper.voucher-issued"]
    claimed = {**issued, "type": "shopper.voucher-claimed"}
    keys = [read("spaaza", body).key for body in (issued, claimed, issued)]
    assert keys[0] != keys[1]
    assert keys[0] == keys[2]
    nameless = {k: v for k, v in issued.items() if k != "created"}
    assert read("spaaza", nameless).key is None
    redeemed = RECORDED["voucherify.redemption.succeeded"]
    assert read("voucherify", {**redeemed, "id": None}).key == "ev_synthetic1"
    assert read("voucherify", {**redeemed, "id": None, "event": None}).key is None


@pytest.mark.parametrize("name", ["voucherify", "spaaza", "cardlytics"])
@pytest.mark.parametrize("body", [b"", b"text", b"null", b"7", b'"x"', b"[1]", b"{}", b"\xff"])
def test_what_is_no_event_is_kept(name, body):
    """A body of any form is there, whole, without type and key."""
    event = read(name, body)
    assert (event.type, event.key) == (None, None)
    kept = event.data.value
    assert kept == body or json.dumps(kept).encode() == body


def test_a_big_envelope_with_a_fault():
    """Only what the envelope itself has is looked into one by one, however much else there is."""
    body = {**{f"key_{number}": number for number in range(20_000)}, "id": [], "type": "x"}
    event = read("voucherify", body)
    assert (event.type, event.key, event.envelope.extra["id"]) == ("x", None, ())
    assert len(event.envelope.extra) == 20_001


def test_an_unknown_type_is_kept_whole():
    """A type that came after this SDK; a payload that somebody designed; one sent alone."""
    body = RECORDED["voucherify.redemption.succeeded"]
    event = read("voucherify", {**body, "event": {"id": "e", "type": "brand.new"}})
    assert (event.type, event.data.problems) == ("brand.new", ())
    assert event.data.value == freeze(body["data"])
    alone = read("voucherify", {"code": "SPRING-1", "nested": [{"a": 1}]})
    assert alone.data.value == {"code": "SPRING-1", "nested": ({"a": 1},)}
    with pytest.raises(TypeError, match="read-only"):
        alone.data.value["code"] = "x"


def test_a_promise_that_is_broken_is_told_when_it_is_read():
    """An event without its main object is an event all the same."""
    body = {"type": "voucher.created", "data": {"campaign": None}}
    event = read("voucherify", body)
    with pytest.raises(MissingField, match=r"\$\.data\.voucher is promised"):
        _ = event.data.voucher


def test_no_documented_type_of_voucherify_is_left_out():
    """There are 72, and the vendor's own misspellings of three of them."""
    misspelt = {name for name in DATA_BY_TYPE if name.endswith(("_aded", ".aded"))}
    assert (len(DATA_BY_TYPE), len(misspelt)) == (75, 3)
    assert {f"{name.removesuffix('aded')}added" for name in misspelt} <= set(DATA_BY_TYPE)


@pytest.mark.parametrize("name", DATA_BY_TYPE)
def test_every_documented_type_of_voucherify(name):
    """Each type has a class, all of whose fields are read out of what is usual of their name."""
    model = DATA_BY_TYPE[name]
    data: dict[str, Any] = {key: _usual(key) for _, key in wire_fields(model)}
    event = read("voucherify", {"id": "whs_1", "type": name, "data": data})
    assert type(event.data) is model
    assert not event.data.extra
    assert not list(lost(event.data, parse(json.dumps(data).encode()), "$.data"))


def _usual(key: str) -> Any:
    if key.endswith("_at"):
        return "2024-05-01T12:00:00Z"
    if key in ("count", "points"):
        return 7
    thing = {"id": "x_1", "object": key, "name": "Synthetic", "brand_new": {"a": [1]}}
    if "voucher" in key or key == "order":
        thing |= {"code": "CODE-1", "type": "LOYALTY_CARD", "metadata": {"a": 1}}
    return [thing] if key in ("buckets", "vouchers") else thing


@every_event
def test_one_leaf_is_changed(name):
    """Nothing is refused or lost, and no new word, unknown key or null takes the class away."""
    for mutation in mutations(RECORDED[name]):
        if not _is_harmless(mutation) and mutation.kind not in WRONG:
            continue
        event = read(name, mutation.content)
        sent = parse(mutation.content)
        where = f"{name} {mutation.path} {mutation.kind}"
        inner = sent["data"] if isinstance(sent, dict) and "data" in sent else sent
        if isinstance(event.data, Unread):
            named = mutation.path == () or mutation.path[0] in NAMING or mutation.path == ("data",)
            assert named or not _is_harmless(mutation), f"{where}: {event.data.problems}"
            if name.startswith("cardlytics") and isinstance(sent, dict):
                inner = {k: v for k, v in sent.items() if k in event.data.value}
            assert event.data.value == freeze(inner), where
        elif not name.startswith("cardlytics"):
            assert not list(lost(event.data, inner, "$.data")), where
        _holds_envelope(name, event, sent, where)


NAMING = {"type", "event", "eventType"}
WRONG = {"text", "a number", "400 digits", "true", "an array", "an object", "a naive time"}


def _is_harmless(mutation: Any) -> bool:
    """Whether a change is one that vendors make without asking."""
    if mutation.kind == "a word":
        return is_wordy(mutation.was)
    return mutation.kind in {"null", MISSING, "unknown key", "null appended"}


def _holds_envelope(name: str, event: Any, sent: Any, where: str) -> None:
    if not isinstance(sent, dict):
        return
    if name.startswith("cardlytics"):
        data = (
            event.data.value
            if isinstance(event.data, Unread)
            else {key for _, key in wire_fields(type(event.data))} | set(event.data.extra)
        )
        around = {key: value for key, value in sent.items() if key not in data}
        if not isinstance(event.data, Unread):
            inner = {key: value for key, value in sent.items() if key in data}
            assert not list(lost(event.data, inner, "$")), where
    else:
        around = {key: value for key, value in sent.items() if key != "data"}
    assert not list(lost(event.envelope, around, "$")), where
