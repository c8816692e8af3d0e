"""`loyalty-sdk sandbox`, as a program of its own; and the page that tells of all commands."""

from __future__ import annotations

import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "cli.md").read_text("utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
LINES = [line for block in BLOCKS for line in block.replace("\\\n", " ").splitlines()]


def test_other_commands_run_on_what_it_prints(command, monkeypatch):
    """Its `export` lines are credentials that `check` finds right; Ctrl-C ends it with status 0."""
    words = [sys.executable, "-W", "error", "-m", "loyalty_sdk.cli", "sandbox", "--seed", "5"]
    with subprocess.Popen(
        words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("export "):
                name, _, value = line.strip().removeprefix("export ").partition("=")
                monkeypatch.setenv(name, value)
                if name == "SPAAZA_BASE_URL":
                    break
        assert command("check").exit_code == 0
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=30)
    assert (process.returncode, output, errors) == (0, "", "")


def test_wrong_usage_is_status_2_and_a_taken_port_1(command, sandbox):
    """Switches are looked at before anything is served."""
    wrong = command("sandbox", "--switch", "speed=9")
    assert wrong.exit_code == 2
    assert "spaaza_order" in wrong.stderr
    taken = command("sandbox", "--port", sandbox.address.rpartition(":")[2])
    assert taken.exit_code == 1
    assert taken.stderr.startswith("loyalty-sdk: OSError: ")
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler  # Ctrl-C is the caller's


@pytest.mark.usefixtures("configured")
def test_the_commands_of_the_page_run(command, monkeypatch, tmp_path):
    """Each line of its shell blocks that calls the program ends well on the sandbox."""
    monkeypatch.chdir(tmp_path)
    called = [shlex.split(line, comments=True) for line in LINES]
    runs = [words[1:] for words in called if words[:1] == ["loyalty-sdk"]]
    assert {words[0] for words in runs} == {"wallet", "export", "sandbox", "check"}
    for words in runs:
        if words[0] != "sandbox":  # which does not end, and has a test of its own
            shown = command(*words)
            assert shown.exit_code == 0, (words, shown.output)
