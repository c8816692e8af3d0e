"""`loyalty-sdk export`."""

from __future__ import annotations

import json

import pytest

from loyalty_sdk.cli.export import EXPORTS
from loyalty_sdk.sandbox import FaultPlan

EMPTY = {"orders", "publications", "redemptions"}  # of the sandbox, as long as nobody makes one


@pytest.fixture
def whose(sandbox):
    """The option that says of whom or what rows are."""
    member = sandbox.member
    ids = {
        "chain": member.spaaza_chain_id,
        "customer": member.voucherify_customer_id,
        "account": member.es_loyalty_identifier,
    }
    return lambda name: [f"--{of}={ids[of]}"] if (of := EXPORTS[name].of) else []


@pytest.mark.usefixtures("configured")
@pytest.mark.parametrize("name", EXPORTS)
def test_every_list_is_written_and_joined(command, whose, tmp_path, name):
    """A list is there in parts and in one file, and the result says how many rows it has."""
    path, whole = tmp_path / "rows.jsonl", tmp_path / "whole.jsonl"
    shown = command("export", name, path, *whose(name), "--join", whole, "--json")
    assert (shown.exit_code, shown.stderr) == (0, "")
    told = json.loads(shown.stdout)
    assert told["rows"] == len(whole.read_bytes().splitlines())
    assert told["joined"] == str(whole)
    assert (told["rows"] == 0) == (name in EMPTY)


@pytest.mark.usefixtures("configured")
def test_the_format_can_be_given(command, whose, tmp_path):
    """`--format` goes before the ending, and parts have the rows that were asked for."""
    words = (*whose("vouchers"), "--format", "csv", "--part-rows", 500)
    shown = command("export", "vouchers", tmp_path / "out", *words)
    files = sorted((tmp_path / "out").glob("*.csv"))
    assert len(files) > 2
    assert shown.stdout.endswith(f" rows in {len(files)} files in {tmp_path / 'out'}\n")


@pytest.mark.usefixtures("configured")
@pytest.mark.parametrize("name", ["vouchers", "vouchers-csv"])
def test_a_failed_export_goes_on(command, whose, sandbox, tmp_path, name):
    """What came before an error is kept; the same command adds the rest, and then asks no more."""
    words = ("export", name, tmp_path / "v.jsonl", *whose(name), "--json")
    at = 3 if name == "vouchers" else 1
    with sandbox.faulty(FaultPlan("redirected", at=(at,))):
        failed = command(*words)
    assert (failed.exit_code, failed.stdout) == (1, "")
    assert failed.stderr.startswith("loyalty-sdk: UnexpectedRedirect: ")
    done = json.loads(command(*words).stdout)
    assert len(done["parts"]) == (2 if name == "vouchers" else 1)
    seen = sandbox.count()
    assert json.loads(command(*words).stdout) == done
    assert sandbox.count() == seen


@pytest.mark.usefixtures("configured")
def test_wrong_usage_is_status_2(command, tmp_path):
    """An ending that says nothing, a folder of another export, a chain that is missing."""
    assert command("export", "vouchers", tmp_path / "a", "--chain", 1743).exit_code == 2
    assert command("export", "campaigns", tmp_path / "b.csv").exit_code == 0
    other = command("export", "orders", tmp_path / "b.csv")
    assert (other.exit_code, other.stderr.partition(":")[2][:12]) == (2, " WrongFolder")
    assert command("export", "vouchers", tmp_path / "c.csv").exit_code == 2


def test_credentials_that_are_missing_are_named(command, tmp_path):
    """Without them nothing is made."""
    shown = command("export", "campaigns", tmp_path / "b.csv")
    assert shown.exit_code == 2
    assert "VOUCHERIFY_APP_ID" in shown.stderr
    assert list(tmp_path.iterdir()) == []
