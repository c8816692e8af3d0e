"""The program: where secrets come from, what becomes of errors, and Ctrl-C."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import click
import pytest

from loyalty_sdk.cli.program import program

ROOT = Path(__file__).parents[2]
SECRET = re.compile(r"secret|token|key|passw|cert|auth|credential", re.IGNORECASE)


def _commands(group: click.Group):
    for command in group.commands.values():
        yield command
        if isinstance(command, click.Group):
            yield from _commands(command)


def _python(*words, **environment) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-W", "error", *words],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_no_option_takes_a_secret():
    """Secrets come from the environment only: what is typed is in histories and process lists."""
    commands = list(_commands(program))
    names = {name for each in commands for param in each.params for name in param.opts}
    assert {"--voucherify", "--chain", "--port", "--deadline"} <= names
    assert [name for name in names if SECRET.search(name)] == []


@pytest.mark.parametrize("name", ["", *program.commands])
def test_every_command_explains_itself(command, name):
    """`--help` ends well and says more than the options."""
    shown = command(*name.split(), "--help")
    assert shown.exit_code == 0
    assert len(shown.stdout.split("\n\n")) > 2


@pytest.mark.parametrize(
    ("error", "status", "line"),
    [
        (KeyboardInterrupt(), 130, ""),
        (OSError("the disk\x1b[2J is\nfull"), 1, "loyalty-sdk: OSError: the disk [2J is full\n"),
        (RuntimeError(), 1, "loyalty-sdk: RuntimeError\n"),
    ],
)
def test_whatever_goes_wrong_is_a_line_and_a_status(
    command, configured, monkeypatch, error, status, line
):
    """No error is a traceback, and what would steer the terminal is left out."""

    def fails(*_):
        raise error

    monkeypatch.setattr("loyalty_sdk.cli.wallet._ask", fails)
    shown = command("wallet", "--voucherify", "cust_1")
    assert (shown.exit_code, shown.stdout, shown.stderr) == (status, "", line)


def test_without_click_the_extra_is_named():
    """The script of a bare installation says what to install; importing it loads no click."""
    program = (
        "import sys, loyalty_sdk.cli; assert 'click' not in sys.modules;"
        "sys.modules['click'] = None; sys.exit(loyalty_sdk.cli.main())"
    )
    with _python("-c", program) as process:
        output, errors = process.communicate(timeout=30)
    assert (process.returncode, output) == (2, "")
    assert errors == "loyalty-sdk needs click: pip install 'loyalty-sdk[cli]'\n"


@pytest.mark.parametrize("words", ["check voucherify", "wallet --voucherify cust_1"])
def test_ctrl_c_ends_a_running_command(words):
    """While a vendor keeps it waiting, the program ends at once, with status 130 and no word."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(30)
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        keys = {"VOUCHERIFY_APP_ID": "id", "VOUCHERIFY_APP_TOKEN": "hush"}
        words = ("-m", "loyalty_sdk.cli", *words.split())
        with _python(*words, VOUCHERIFY_BASE_URL=url, **keys) as process:
            connection, _ = silent.accept()
            with connection:
                connection.recv(100)
                process.send_signal(signal.SIGINT)
                output, errors = process.communicate(timeout=30)
    assert (process.returncode, output, errors) == (130, "", "")
