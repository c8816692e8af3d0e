"""Tests of the pytest plugin, with its own fixtures: a call of every vendor in both colours."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

from loyalty_sdk.testing import Exchange, Recording, Said

ROOT = Path(__file__).parent.parent.parent


def test_es_loyalty(colour, sandbox, es_loyalty, async_es_loyalty):
    """A session and what was issued to the member."""
    client = colour.pick(es_loyalty, async_es_loyalty)
    member = sandbox.member.es_loyalty_identifier
    session = colour(client.sessions.start(member, identifier_type="ACCOUNT_ID"))
    assert session.loyalty_id
    assert sandbox.count(vendor="es_loyalty") > 0


def test_voucherify(colour, sandbox, voucherify, async_voucherify):
    """A list of pages."""
    client = colour.pick(voucherify, async_voucherify)
    held = client.customers.list_redeemables(sandbox.member.voucherify_customer_id, limit=2)
    assert len(colour.items(held)) > 2


def test_cardlytics(colour, sandbox, cardlytics, async_cardlytics):
    """A customer's token."""
    client = colour.pick(cardlytics, async_cardlytics)
    member = sandbox.member.cardlytics_source_customer_id
    assert colour(client.tokens.get(member)).reveal()


def test_cardlytics_publisher(colour, sandbox, cardlytics_publisher, async_cardlytics_publisher):
    """The everyday member's profile, through the Rewards Platform."""
    client = colour.pick(cardlytics_publisher, async_cardlytics_publisher)
    assert colour(client.customers.get_profile()) is not None
    assert sandbox.count(vendor="cardlytics") == 2


def test_spaaza(colour, sandbox, spaaza, async_spaaza):
    """A stream."""
    client = colour.pick(spaaza, async_spaaza)
    with colour.entered(client.vouchers.stream_csv(sandbox.member.spaaza_chain_id)) as rows:
        assert colour.items(rows)


def test_a_recording_answers_every_client(colour, replay, tmp_path):
    """Whatever client the code under test makes gets the recorded answers, by respx."""
    from loyalty_sdk import AsyncVoucherify, Voucherify

    asked = Said(method="GET", path=("v1", "customers", "masked-2"))
    body = {"id": "masked-2", "object": "customer"}
    answers = (Exchange(request=asked, status=503), Exchange(request=asked, status=200, body=body))
    Recording(exchanges=answers).save(tmp_path / "one.json")
    replayed = replay(tmp_path / "one.json")
    kind = colour.pick(Voucherify, AsyncVoucherify)
    client = colour.keep(kind(app_id="synthetic-id", app_token="synthetic-token"))
    assert colour(client.customers.get("masked-2")).id == "masked-2"
    assert replayed.unused == ()


TESTS = """
from loyalty_sdk import Voucherify


def test_that_swallows_the_error(replay):
    replay("some.json")
    with Voucherify(app_id="synthetic", app_token="synthetic") as client:
        try:
            client.customers.get("somebody")
        except AssertionError:
            pass


def test_without_a_recording(replay):
    pass
"""


def test_pytest_finds_it_and_loads_nothing_before_it_is_used(tmp_path):
    """An unknown request fails a test that swallows the error; a bare plugin costs no library."""
    Recording().save(tmp_path / "some.json")
    (tmp_path / "test_of_an_application.py").write_text(TESTS)
    plugin = ["-p", "loyalty_sdk.testing.plugin", "-p", "no:cacheprovider", "-q"]
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "pytest", *plugin, str(tmp_path)],
        capture_output=True, text=True, check=False, timeout=120, cwd=ROOT,
    )  # fmt: skip
    assert "1 error" in done.stdout
    assert "2 passed" in done.stdout
    assert "GET /v1/customers/somebody is not in " in done.stdout
    loaded = "import sys, loyalty_sdk.testing.plugin; print(*sys.modules)"
    modules = subprocess.run(
        [sys.executable, "-c", loaded], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout.split()
    assert not {"httpx", "respx", "uvicorn", "attrs", "msgspec"} & set(modules)


def test_the_package_tells_pytest_of_it():
    """The entry point has the name of the module, so that naming it twice loads it once."""
    written = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    name = "loyalty_sdk.testing.plugin"
    assert written["project"]["entry-points"]["pytest11"] == {name: name}


def test_each_test_has_a_sandbox_of_its_own(sandbox, pytestconfig):
    """What one test does to it the next one does not see."""
    assert sandbox.count() == 0
    assert pytestconfig.pluginmanager.has_plugin("loyalty_sdk.testing.plugin")
