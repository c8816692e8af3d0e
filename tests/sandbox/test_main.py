"""`python -m loyalty_sdk.sandbox`, run as a program of its own."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

import loyalty_sdk.sandbox
from loyalty_sdk.sandbox import Sandbox
from loyalty_sdk.sandbox.__main__ import environment, main

ROOT = Path(loyalty_sdk.sandbox.__file__).parents[2]


def run(*arguments: str) -> subprocess.Popen[str]:
    """Start the program."""
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "loyalty_sdk.sandbox", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def read_exports(process: subprocess.Popen[str]) -> tuple[list[str], dict[str, str]]:
    """The lines before the exports, and the exports."""
    text: list[str] = []
    exports: dict[str, str] = {}
    assert process.stdout is not None
    while "SPAAZA_BASE_URL" not in exports:
        line = process.stdout.readline().rstrip("\n")
        assert line, "the program ended early"
        if line.startswith("export "):
            name, _, value = line.removeprefix("export ").partition("=")
            exports[name] = value
        else:
            text.append(line)
    return text, exports


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_prints_what_to_call_and_ends_cleanly(number: signal.Signals) -> None:
    """The printed variables work, and an interrupt ends the program with status 0."""
    with run("--seed", "5", "--switch", "spaaza_default_page_size=2") as process:
        text, exports = read_exports(process)
        auth = f"Bearer {exports['SPAAZA_TOKEN_ID']}:{exports['SPAAZA_TOKEN_SECRET']}"
        answer = httpx.get(
            f"{exports['SPAAZA_BASE_URL']}/get-vouchers?chain_id=1743",
            headers={"Authorization": auth},
            trust_env=False,
        )
        assert len(answer.json()["results"]["vouchers"]) == 2
        keys = {
            "X-App-Id": exports["VOUCHERIFY_APP_ID"],
            "X-App-Token": exports["VOUCHERIFY_APP_TOKEN"],
        }
        url = f"{exports['VOUCHERIFY_BASE_URL']}/v1/campaigns"
        assert httpx.get(url, headers=keys, trust_env=False).status_code == 200
        client = exports["ES_LOYALTY_CLIENT_ID"], exports["ES_LOYALTY_CLIENT_SECRET"]
        url, form = exports["ES_LOYALTY_TOKEN_URL"], {"grant_type": "client_credentials"}
        assert url.startswith(exports["ES_LOYALTY_BASE_URL"])
        token = httpx.post(url, data=form, auth=client, trust_env=False)
        assert token.status_code == 200
        assert any("sandbox-admin@example.com" in line for line in text)
        begun = time.perf_counter()
        process.send_signal(number)
        output, errors = process.communicate(timeout=10)
    assert (process.returncode, output, errors) == (0, "", "")
    assert time.perf_counter() - begun < 5


def test_the_port_can_be_given() -> None:
    """`--port` serves on that port."""
    with Sandbox() as sandbox:
        port = sandbox.address.rpartition(":")[2]
    with run("--port", port) as process:
        _, exports = read_exports(process)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=10)
    assert exports["VOUCHERIFY_BASE_URL"] == f"http://127.0.0.1:{port}/voucherify"


def test_the_variables_are_those_of_the_clients() -> None:
    """The exported names are the ones the clients read."""
    with Sandbox() as sandbox:
        assert list(environment(sandbox)) == [
            "ES_LOYALTY_BASE_URL",
            "ES_LOYALTY_TOKEN_URL",
            "ES_LOYALTY_CLIENT_ID",
            "ES_LOYALTY_CLIENT_SECRET",
            "VOUCHERIFY_APP_ID",
            "VOUCHERIFY_APP_TOKEN",
            "VOUCHERIFY_BASE_URL",
            "CARDLYTICS_BASE_URL",
            "SPAAZA_TOKEN_ID",
            "SPAAZA_TOKEN_SECRET",
            "SPAAZA_BASE_URL",
        ]


def test_a_bad_switch_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown switch ends the program with status 2 and names the known ones."""
    with pytest.raises(SystemExit) as caught:
        main(["--switch", "speed=9"])
    assert caught.value.code == 2
    assert "spaaza_order" in capsys.readouterr().err
