"""Tests of what recordings have that the models do not know."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from conftest import RECORDED

from loyalty_sdk._core.calls import Call, Download, Listing, Stream
from loyalty_sdk.testing import Exchange, Recording, Said
from loyalty_sdk.testing.coverage import own_operations
from loyalty_sdk.testing.drift import Drift, Finding, drift_of, main
from loyalty_sdk.testing.samples import described, sample

CUSTOMER = {"id": "masked-2", "object": "customer", "name": "masked-3"}
VOUCHERS = "/internal/get-vouchers.csv"
GET = "voucherify.customers.get"


def _exchange(body, *, method="GET", path="v1/customers/masked-2", status=200, is_text=False):
    asked = Said(method=method, path=tuple(path.split("/")))
    return Exchange(request=asked, status=status, body=body, is_text=is_text)


def _drift(*exchanges):
    return drift_of([Recording(exchanges=exchanges)])


def _findings(*exchanges):
    return [(one.what, one.where, one.seen) for one in sorted(_drift(*exchanges).findings)]


def test_what_is_known_is_no_drift():
    """An answer as it is documented says nothing, and a masked word is no new one."""
    assert _drift(_exchange(CUSTOMER | {"object": "masked-9"})) == Drift({}, 1, {})


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"loyalty_level": 3}, ("field", "Customer.loyalty_level", "a number")),
        ({"new": []}, ("field", "Customer.new", "an array")),
        ({"created_at": "soon"}, ("type", "$.created_at", "an ISO 8601 time is expected")),
    ],
    ids=["a field", "an array", "a type"],
)
def test_what_is_new_is_told(changed, found):
    """An unknown field and a value of another type are each told."""
    ((what, where, seen),) = _findings(_exchange(CUSTOMER | changed))
    assert (what, where) == found[:2]
    assert seen.startswith(found[2])


def test_new_words_are_told():
    """A new word of an open enum is told; what stands for a masked one is none."""
    path = "v1/campaigns/masked-2"
    body = {"id": "masked-2", "object": "campaign", "name": "masked-3", "type": "SPLENDID"}
    assert _findings(_exchange(body, path=path)) == [("value", "Campaign.type", "SPLENDID")]
    assert (
        _findings(_exchange(body | {"type": "***1", "campaign_type": "masked-9"}, path=path)) == []
    )


def test_lists_are_told_of_once_an_answer():
    """The same in each item of a page is one finding; places in arrays have no number."""
    segment = {"id": "seg_1", "object": "segment", "colour": "blue"}
    body = {"object": "list", "data_ref": "data", "total": 2, "data": [segment, segment]}
    page = _exchange(body, path="v1/customers/masked-2/segments")
    assert list(_drift(page, page).findings.values()) == [2] * len(_findings(page))
    assert ("field", "Segment.colour", "text") in _findings(page)
    broken = body | {"data": [segment | {"id": []}]}
    ((what, where, _),) = _findings(_exchange(broken, path="v1/customers/masked-2/segments"))
    assert (what, where) == ("type", "$.data[].id")


def test_streams_are_read():
    """The rows of a CSV are looked at like other models."""
    kept = json.loads((RECORDED / "spaaza/vouchers.stream_csv.200.json").read_text("utf-8"))
    path = "internal/get-vouchers.csv"
    stream = next(one for one in own_operations() if one.name == "spaaza.vouchers.stream_csv")
    exchange = _exchange(kept["text"], path=stream.path.strip("/"), is_text=True)
    assert exchange.request.operation == stream, path
    assert _drift(exchange).read == 1


def test_what_cannot_be_read_is_counted():
    """Refusals, files and calls that the SDK does not have are not looked at, and said so."""
    found = _drift(
        _exchange({"key": "not_found"}, status=404),
        _exchange({"any": 1}, path="v1/unheard-of"),
        _exchange({}, path="v1/customers/masked-2/x"),
    )
    assert found.read == 0
    assert found.unread == {
        f"{GET}: a refusal, 404": 1,
        "GET /v1/unheard-of: the SDK has no such call": 1,
        "GET /v1/customers/masked-2/x: the SDK has no such call": 1,
    }


READ = [
    one
    for one in own_operations()
    if (RECORDED / one.vendor / f"{one.name.partition('.')[2]}.200.json").exists()
]


@pytest.mark.parametrize("operation", READ, ids=lambda one: one.name)
def test_the_recorded_answers_of_every_operation_are_read(operation):
    """Each good recorded answer is read with its own operation's models."""
    place = RECORDED / operation.vendor / f"{operation.name.partition('.')[2]}.200.json"
    kept = json.loads(place.read_text("utf-8"))
    exchange = _exchange(
        kept.get("body", kept.get("text")),
        method=operation.method,
        path=operation.path.strip("/"),
        is_text="text" in kept,
    )
    assert _drift(exchange).read == 1


@pytest.mark.parametrize("operation", own_operations(), ids=lambda one: one.name)
def test_every_operation_can_be_described(operation):
    """Synthetic arguments are enough for each: what is new is read by the drift report, too."""
    made, vendor = described(operation.name)
    assert isinstance(made, Call | Listing | Stream | Download)
    assert vendor.name


def test_what_has_no_sample_says_so():
    """An operation that is not there, and a type nobody knows, are named."""
    with pytest.raises(LookupError, match="no operation x"):
        described("x")
    with pytest.raises(LookupError, match="no sample of"):
        sample(complex)


@pytest.fixture(name="files")
def _files(tmp_path):
    """One recording with drift, one without, one file that is none."""
    new = CUSTOMER | {"loyalty_level": 3, "loyal": True}
    for name, body in (("new", new), ("same", CUSTOMER)):
        refused = _exchange({}, status=500)
        exchanges = (_exchange(body), _exchange(body), refused)
        Recording(exchanges=exchanges).save(tmp_path / f"{name}.json")
    (tmp_path / "other.json").write_text("[]")
    return {each.stem: str(each) for each in tmp_path.iterdir()}


def test_the_table(files, capsys):
    """A line for each finding; what was not read; the sum. Drift ends with 1."""
    assert main([files["new"], files["same"]]) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"{GET}  field  Customer.loyal          true or false  2x",
        f"{GET}  field  Customer.loyalty_level  a number       2x",
        f"not read: {GET}: a refusal, 500 (2x)",
        "4 answers read, 2 things unknown",
    ]


def test_for_programs(files, capsys):
    """The same as JSON."""
    assert main(["--json", files["new"]]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["read"] == 2
    assert found["unread"] == {f"{GET}: a refusal, 500": 1}
    assert found["findings"][0] == {
        "operation": GET,
        "what": "field",
        "where": "Customer.loyal",
        "seen": "true or false",
        "times": 2,
    }


def test_the_exit_status(files, capsys):
    """0 without drift, 2 of a file that is no recording or not there; it runs as a module."""
    command = [sys.executable, "-m", "loyalty_sdk.testing.drift", files["same"]]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.endswith("2 answers read, 0 things unknown\n")
    for wrong in (files["other"], files["other"] + ".missing"):
        with pytest.raises(SystemExit) as failed:
            main([wrong])
        assert failed.value.code == 2
        assert wrong in capsys.readouterr().err


def test_findings_are_in_order():
    """Findings are sorted by operation, kind and place."""
    assert Finding("a", "field", "b", "c") < Finding("a", "value", "a", "a")
