from __future__ import annotations

import json
import subprocess
import sys

import pytest

from loyalty_sdk.testing.coverage import coverage_of, documented_operations, main, own_operations

SPEC = {
    "openapi": "3.0.1",
    "info": {"title": "synthetic", "version": "1"},
    "servers": [{"url": "https://api.example.com"}],
    "paths": {
        "/v1/vouchers/{voucherCode}": {
            "parameters": [],
            "get": {"operationId": "get-voucher"},
            "delete": {"operationId": "delete-voucher"},
            "patch": {"operationId": "patch-voucher", "deprecated": True},
        },
        "/v1/vouchers/": {"get": {}},
        "/v1/synthetic": {"post": {"operationId": "make-synthetic"}, "x-note": "none"},
    },
}


@pytest.fixture(name="spec")
def _spec(tmp_path):
    """A synthetic document on disk."""
    path = tmp_path / "spec.json"
    path.write_text(json.dumps(SPEC), "utf-8")
    return str(path)


def test_the_table(spec, capsys):
    """Each operation of the document with the SDK's name of it; then what the document lacks."""
    assert main([spec]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[:5] == [
        "yes GET     /v1/vouchers/{voucherCode}  voucherify.vouchers.get",
        "no  PATCH   /v1/vouchers/{voucherCode}  (deprecated)",
        "yes DELETE  /v1/vouchers/{voucherCode}  voucherify.vouchers.delete",
        "yes GET     /v1/vouchers/  voucherify.vouchers.list",
        "no  POST    /v1/synthetic",
    ]
    assert "yes POST    /v1/events  voucherify.events.track" in lines
    assert lines[-1] == "voucherify: 3 of 5 operations (60 %)"


def test_for_programs(spec, capsys):
    """The same as JSON."""
    assert main([spec, "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert {key: found[key] for key in ("vendor", "covered", "documented", "percent")} == {
        "vendor": "voucherify", "covered": 3, "documented": 5, "percent": 60.0,
    }  # fmt: skip
    assert found["operations"][1] == {
        "method": "PATCH", "path": "/v1/vouchers/{voucherCode}", "operation_id": "patch-voucher",
        "deprecated": True, "sdk": [],
    }  # fmt: skip
    assert "voucherify.events.track" in [one["sdk"] for one in found["beyond"]]


def test_how_it_ends(spec, capsys, tmp_path):
    """0 when there is enough, 1 when there is not, 2 when something cannot be read."""
    assert main([spec, "--at-least", "60"]) == 0
    assert main([spec, "--at-least", "60.1"]) == 1
    assert main([spec, "--vendor", "spaaza", "--at-least", "1"]) == 1
    other = tmp_path / "other.json"
    unknown = json.dumps({"paths": {"/x": {"get": {}}}})
    for content, words in (
        ("", "Expecting value"), ("[" * 100_000, "recursion"), ("\xff", "decode"), ("[]", "paths"),
        ('{"paths": []}', "paths"), (unknown, "fits none of"), ('{"paths": {}}', "--vendor"),
    ):  # fmt: skip
        other.write_bytes(content.encode("latin-1"))
        assert words in _failure([str(other)], capsys)
    assert "No such file" in _failure([str(tmp_path / "none.json")], capsys)
    assert "there is no vendor acme" in _failure([spec, "--vendor", "acme"], capsys)
    assert "required" in _failure([], capsys)


def _failure(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    return capsys.readouterr().err


def test_where_paths_begin():
    """Servers' paths belong to the document's paths; a prefix is taken away."""
    servers = [{"url": "https://api.example.com/api/"}, {"url": "https://other.example.com"}]
    below = {"servers": servers, "paths": SPEC["paths"]}
    assert {one.path.partition("/v1")[0] for one in documented_operations(below)} == {"/api"}
    assert coverage_of(below, prefix="/api/").covered == 3
    for odd in (None, [], [None], [{}], "x"):
        assert coverage_of({**below, "servers": odd}).covered == 3


def test_an_empty_document_is_covered():
    """There is nothing that the SDK has not."""
    found = coverage_of({"paths": {"/x": None, "/y": {"get": 7}}}, "spaaza")
    assert (found.percent, found.documented) == (100.0, ())
    assert {one.vendor for one in found.beyond} == {"spaaza"}


def test_what_the_sdk_itself_documents_is_covered():
    """Of a document made of the SDK's own operations nothing is missing."""
    own = [one for one in own_operations() if one.vendor == "voucherify"]
    paths: dict[str, dict[str, object]] = {}
    for one in own:
        paths.setdefault(one.path, {})[one.method.lower()] = {}
    found = coverage_of({"paths": paths})
    assert (found.vendor, found.percent, found.beyond) == ("voucherify", 100.0, ())
    assert "not in the document" not in found.shown()


def test_the_command():
    """It runs as a module, and reads its input where the document is `-`."""
    done = subprocess.run(
        [sys.executable, "-m", "loyalty_sdk.testing.coverage", "-", "--at-least", "10"],
        input=json.dumps(SPEC), capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "3 of 5 operations" in done.stdout
