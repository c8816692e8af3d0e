"""`loyalty-sdk check`."""

from __future__ import annotations

import json

import pytest

from loyalty_sdk.sandbox import FaultPlan
from loyalty_sdk.testing import no_backoff


@pytest.fixture(autouse=True)
def _no_waits():
    with no_backoff():
        yield


def _told(shown):
    return {each["vendor"]: each for each in json.loads(shown.stdout)["vendors"]}


@pytest.mark.usefixtures("configured")
def test_credentials_that_are_right(command):
    """Each vendor in the environment is tried, and has a line."""
    shown = command("check")
    assert (shown.exit_code, shown.stderr) == (0, "")
    lines = shown.stdout.splitlines()
    assert lines[:3] == ["ES Loyalty: ok", "Voucherify: ok", "Cardlytics: ok"]
    assert lines[3].startswith("Spaaza: ok - ")


@pytest.mark.usefixtures("configured")
def test_nothing_is_changed(command, sandbox):
    """It reads: the only thing that is posted is the request of a token."""
    seen = len(sandbox.requests)
    command("check")
    sent = {(one.method, "token" in one.target) for one in sandbox.requests[seen:]}
    assert sent <= {("GET", False), ("GET", True), ("POST", True)}


@pytest.mark.usefixtures("configured")
@pytest.mark.parametrize(
    ("variable", "value", "vendor", "problem", "advice"),
    [
        ("ES_LOYALTY_CLIENT_SECRET", "hush", "es_loyalty", "401", "ES_LOYALTY_CLIENT_SECRET"),
        ("ES_LOYALTY_TOKEN", "hush", "es_loyalty", "401", "ES_LOYALTY_TOKEN"),
        ("VOUCHERIFY_APP_TOKEN", "hush", "voucherify", "401", "VOUCHERIFY_APP_TOKEN"),
        ("VOUCHERIFY_APP_TOKEN", "", "voucherify", "MissingCredentials", "VOUCHERIFY_APP_TOKEN"),
        ("VOUCHERIFY_REGION", "mars", "voucherify", "region", "VOUCHERIFY_APP_ID"),
        ("SPAAZA_TOKEN_SECRET", "hush", "spaaza", "401", "SPAAZA_TOKEN_SECRET"),
        ("SPAAZA_BASE_URL", "http://127.0.0.1:1", "spaaza", "NotSent", "SPAAZA_BASE_URL"),
        ("CARDLYTICS_CERT", "/nowhere.pem", "cardlytics", "No such file", "CARDLYTICS_CERT"),
    ],
)
def test_what_is_wrong_and_what_to_do(
    command, monkeypatch, variable, value, vendor, problem, advice
):
    """The problem is named, the variables to look at too, and no secret."""
    monkeypatch.setenv(variable, value)
    shown = command("check", "--json")
    told = _told(shown)
    assert shown.exit_code == 1
    assert [name for name, each in told.items() if not each["ok"]] == [vendor]
    assert problem in told[vendor]["problem"]
    assert advice in told[vendor]["advice"]
    assert "hush" not in shown.output


@pytest.mark.usefixtures("configured")
def test_another_server_is_not_taken_for_the_vendor(command, monkeypatch, sandbox):
    """A 404 without a word of the vendor's own proves nothing."""
    monkeypatch.setenv("CARDLYTICS_BASE_URL", f"{sandbox.cardlytics['base_url']}/elsewhere")
    shown = command("check", "cardlytics")
    assert shown.exit_code == 1
    assert "CARDLYTICS_BASE_URL" in shown.stdout


@pytest.mark.usefixtures("configured")
@pytest.mark.parametrize(
    ("fault", "advice"), [("redirected", "CARDLYTICS_BASE_URL"), ("unavailable", "try again later")]
)
def test_what_is_no_answer_of_the_vendor_s_is_wrong(command, sandbox, fault, advice):
    """A server that moved, one that is out of order: the advice says where to look."""
    with sandbox.faulty(FaultPlan(fault, rate=1.0)):
        shown = command("check", "cardlytics")
    assert shown.exit_code == 1
    assert advice in shown.stdout


@pytest.mark.usefixtures("configured")
def test_keys_without_permissions_are_known_all_the_same(command, monkeypatch, sandbox):
    """Voucherify knows who asks when it says which permission is missing."""
    for name, value in sandbox.voucherify_powerless.items():
        monkeypatch.setenv(f"VOUCHERIFY_{name.upper()}", value)
    shown = command("check", "voucherify")
    assert (shown.exit_code, shown.stdout) == (
        0,
        "Voucherify: ok - the keys may not read campaigns\n",
    )


@pytest.mark.usefixtures("configured")
@pytest.mark.parametrize(("chain", "status"), [(1743, 0), (9, 1)])
def test_a_chain_of_spaaza_s_can_be_tried(command, chain, status):
    """With `--spaaza-chain` the token must be able to read that chain."""
    shown = command("check", "spaaza", "--spaaza-chain", chain, "--json")
    assert shown.exit_code == status
    assert _told(shown)["spaaza"]["ok"] == (status == 0)


def test_nothing_to_check_is_wrong_usage(command):
    """Without a word in the environment it says which variables there are."""
    shown = command("check")
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert "VOUCHERIFY_APP_ID" in shown.stderr
    assert command("check", "stripe").exit_code == 2


def test_a_vendor_that_is_named_must_be_configured(command):
    """To ask for a vendor without credentials is to have something wrong, not nothing."""
    shown = command("check", "voucherify")
    assert shown.exit_code == 1
    assert "VOUCHERIFY_APP_ID" in shown.stdout
