"""Answers that are wrong, or right in a way that nobody expects, as plain httpx gets them."""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Iterator
from typing import Any, get_args, get_origin, get_type_hints

import httpx
import pytest

from loyalty_sdk._core.reading.model import Model, wire_fields
from loyalty_sdk.sandbox import FaultKind, FaultPlan, Response
from loyalty_sdk.sandbox.faults import content
from loyalty_sdk.sandbox.faults.content import UNKNOWN, UNKNOWN_FIELD
from loyalty_sdk.sandbox.faults.jsontext import leaves, read, write
from loyalty_sdk.sandbox.faults.kinds import KINDS
from loyalty_sdk.sandbox.faults.known import KNOWN
from loyalty_sdk.sandbox.wire import json_response

from ..helpers import SpaazaCaller, VoucherifyCaller
from .occasions import occasion


def page(voucherify: VoucherifyCaller, *plans: FaultPlan, **query: object) -> httpx.Response:
    """A page of redeemables under plans."""
    voucherify.sandbox.faults = plans
    customer = voucherify.sandbox.members.heavy.voucherify_customer_id
    return voucherify(f"/v1/customers/{customer}/redeemables", {"limit": 5, **query})


def test_truncated_json_has_the_length_that_it_says(voucherify: VoucherifyCaller) -> None:
    """The answer is whole for HTTP, and no JSON."""
    whole = page(voucherify)
    cut = page(voucherify, FaultPlan("truncated_json"))
    assert (cut.status_code, int(cut.headers["content-length"])) == (200, len(cut.content))
    assert whole.content.startswith(cut.content)
    assert 0 < len(cut.content) < len(whole.content)


@pytest.mark.parametrize("kind", ["nan", "invalid_utf8", "html_in_200"])
def test_what_is_no_json(voucherify: VoucherifyCaller, kind: FaultKind) -> None:
    """`NaN`, bytes that are no UTF-8 and HTML come with 200."""
    answer = page(voucherify, FaultPlan(kind))
    assert answer.status_code == 200
    if kind == "nan":
        assert re.search(rb":NaN[,}]", answer.content)
    elif kind == "invalid_utf8":
        with pytest.raises(UnicodeDecodeError):
            answer.content.decode()
    else:
        assert answer.content.startswith(b"<!DOCTYPE html>")
        assert answer.headers["content-type"] == "text/html"


def test_a_wrong_content_type_is_on_the_right_answer(voucherify: VoucherifyCaller) -> None:
    """Nothing but the type has changed."""
    answer = page(voucherify, FaultPlan("wrong_content_type"))
    assert answer.headers.get_list("content-type") == ["text/html"]
    assert answer.json() == page(voucherify).json()


def test_a_long_number_stands_where_an_amount_stood(
    voucherify: VoucherifyCaller, spaaza: SpaazaCaller
) -> None:
    """30 digits come for a number of a row; identifiers and counts stay."""
    whole = page(voucherify).json()
    for seed in range(10):
        answer = page(voucherify, FaultPlan("long_number", seed=seed))
        assert len(re.findall(r"[:\[]\d{30}[,}\]]", answer.text)) == 1
        assert _ids(answer.json()) == _ids(whole)
        assert answer.json()["total"] == whole["total"]
    spaaza.sandbox.faults = FaultPlan("long_number")
    empty = spaaza("/get-vouchers", {"chain_id": 1743, "results_offset": 10**6}).json()
    assert empty["result"]["code"] == 1
    assert empty["results"]["results_count_total"] < 10**6
    assert UNKNOWN_FIELD in empty


def test_deep_nesting_is_as_deep_as_the_plan_says(voucherify: VoucherifyCaller) -> None:
    """The lists stand in a field that nobody knows; the rest is as it was."""
    answer = page(voucherify, FaultPlan("deep_nesting", depth=200))
    assert answer.content.count(b"[" * 200 + b"]" * 200) == 1
    assert _without_unknown(answer.json()) == page(voucherify).json()


def test_a_body_that_is_too_large(voucherify: VoucherifyCaller) -> None:
    """The right answer stands behind white space up to the size of the plan."""
    answer = page(voucherify, FaultPlan("too_large", large=1_000_001))
    assert len(answer.content) == int(answer.headers["content-length"]) == 1_000_001
    assert answer.json() == page(voucherify).json()


def test_a_compressed_body_that_is_too_large(voucherify: VoucherifyCaller) -> None:
    """A small body expands to the size of the plan; it only comes where gzip is accepted."""
    answer = page(voucherify, FaultPlan("gzip_bomb", large=5_000_000))
    assert len(answer.content) == 5_000_000
    assert answer.num_bytes_downloaded < 50_000
    assert answer.json() == page(voucherify).json()
    voucherify.sandbox.faults = FaultPlan("gzip_bomb")
    voucherify.http.headers["accept-encoding"] = "identity"
    voucherify("/v1/campaigns")
    assert len(voucherify.sandbox.injected) == 1


def test_unknown_fields_are_everywhere(voucherify: VoucherifyCaller) -> None:
    """Each object has one more field, and nothing else has changed."""
    answer = page(voucherify, FaultPlan("unknown_fields")).json()
    assert _without_unknown(answer) == page(voucherify).json()
    assert answer["data"][0]["redeemable"]["voucher"][UNKNOWN_FIELD]


def test_unknown_enums_are_everywhere(voucherify: VoucherifyCaller) -> None:
    """Each value of a documented set is one that nobody knows; the list is still a list."""
    answer = page(voucherify, FaultPlan("unknown_enums")).json()
    row = answer["data"][0]
    assert answer["object"] == "list"
    assert row["holder_role"] == row["voucher_type"] == row["redeemable"]["status"] == UNKNOWN
    assert _ids(answer) == _ids(page(voucherify).json())


def test_enums_are_numbers_and_lists_too() -> None:
    """Numbers become unknown numbers, lists of values become lists of an unknown one."""
    response = json_response(200, {"status": 2, "purchaseTypes": ["Fuel"], "adType": None})
    changed = content.unknown_enums(occasion(vendor="cardlytics"), response)
    assert _json(changed) == {"status": 4096, "purchaseTypes": [UNKNOWN], "adType": None}


@pytest.mark.parametrize("vendor", KNOWN)
def test_no_open_set_of_values_is_forgotten(vendor: str) -> None:
    """Wherever the SDK knows a set of values, the sandbox can answer one outside of it."""
    importlib.import_module(f"loyalty_sdk.{vendor}")
    known = {
        key
        for model in _models(Model)
        if model.__module__.startswith(f"loyalty_sdk.{vendor}.")
        for field, key in wire_fields(model)
        if _is_set(get_type_hints(model, include_extras=True)[field.name])
    }
    assert {key for key in known if key.isidentifier()} <= KNOWN[vendor].OPEN_VALUES


CHANGES = [
    content.truncated_json,
    content.wrong_content_type,
    content.invalid_utf8,
    content.nan,
    content.long_number,
    content.deep_nesting,
    content.too_large,
    content.gzip_bomb,
    content.unknown_fields,
    content.unknown_enums,
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda one: one.__name__)
@pytest.mark.parametrize(
    "response",
    [
        Response(status=204),
        Response(headers=(("content-type", "text/csv"),), body=b"a,b\n"),
        json_response(404, {"message": "no"}),
    ],
    ids=["nothing", "csv", "error"],
)
def test_only_json_of_success_is_changed(change: Any, response: Response) -> None:
    """Errors, other kinds of content and empty answers pass as they are."""
    assert change(occasion(), response) is None


@pytest.mark.parametrize("change", CHANGES[2:6], ids=lambda one: one.__name__)
@pytest.mark.parametrize(("body", "changes"), [({"a": {"b": None}}, True), ([], False)])
def test_a_body_without_a_fitting_value_gets_a_field(change: Any, body: Any, changes: bool) -> None:
    """Where no value fits, a field that nobody knows takes it, if there is an object."""
    changed = change(occasion(depth=3), json_response(200, body))
    assert (changed is not None) is changes
    assert changed is None or UNKNOWN_FIELD.encode() in changed.body


def test_numbers_are_kept_as_they_were_written() -> None:
    """Reading and writing JSON changes no digit of any number."""
    text = b'{"a":5.00,"b":[1e3,-0.10,12345678901234567890.10],"c":"\xe2\x82\xac","d":null}'
    assert write(read(text)) == text
    assert [leaf.key for leaf in leaves(read(text))] == ["a", "c", "d"]


def test_every_fault_of_content_is_tried(voucherify: VoucherifyCaller) -> None:
    """Each fault that changes answers finds something to change in a page."""
    names = [name for name, kind in KINDS.items() if kind.on == "all calls but the CSV"]
    for name in names:
        page(voucherify, FaultPlan(name, large=10_000))
    assert [one.kind for one in voucherify.sandbox.injected] == names


def _ids(answer: Any) -> list[str]:
    return [row["id"] for row in answer["data"]]


def _json(response: Response | None) -> Any:
    assert response is not None
    assert isinstance(response.body, bytes)
    return json.loads(response.body)


def _without_unknown(value: Any) -> Any:
    if isinstance(value, dict):
        pairs = value.items()
        return {key: _without_unknown(one) for key, one in pairs if key != UNKNOWN_FIELD}
    return [_without_unknown(one) for one in value] if isinstance(value, list) else value


def _models(model: type[Any]) -> Iterator[type[Any]]:
    for one in model.__subclasses__():
        yield one
        yield from _models(one)


def _is_set(hint: Any) -> bool:
    origin = str(get_origin(hint))
    return "Literal" in origin or any(_is_set(one) for one in get_args(hint))
