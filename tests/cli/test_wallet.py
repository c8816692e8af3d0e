"""`loyalty-sdk wallet`."""

from __future__ import annotations

import json

import pytest


@pytest.mark.usefixtures("configured")
def test_rows_of_all_vendors_are_a_table(command, known):
    """Standard output is a table, and nothing else."""
    shown = command("wallet", *known)
    assert (shown.exit_code, shown.stderr) == (0, "")
    head, _, *rows = shown.stdout.splitlines()
    assert head.split() == ["vendor", "code", "title", "worth", "status", "expires"]
    vendors = {"es_loyalty", "voucherify", "cardlytics", "spaaza"}
    assert {row.split()[0] for row in rows} == vendors


@pytest.mark.usefixtures("configured")
def test_json_has_the_rows_with_the_vendors_own_objects(command, known):
    """`--json` is a line of JSON; what is cut off by `--at-most` is told."""
    shown = command("wallet", *known, "--json", "--at-most", 1)
    assert shown.exit_code == 0
    told = json.loads(shown.stdout)
    assert told["errors"] == {}
    assert len(told["rewards"]) == len(told["asked"]) == 4
    assert all(row["source"] for row in told["rewards"])
    assert [f"loyalty-sdk: {one}: there may be more" for one in told["more"]] == (
        shown.stderr.splitlines()
    )


@pytest.mark.usefixtures("configured")
def test_activity_and_what_expires(command, known):
    """The wallet's other two questions have options."""
    told = json.loads(command("wallet", *known, "--activity", "--json").stdout)["activity"]
    latest = max(row["when"] for row in told if row["when"])
    since = latest[:10]
    asked = command("wallet", *known, "--activity", "--since", since, "--json")
    later = json.loads(asked.stdout)["activity"]
    assert 0 < len(later) < len(told)
    assert all(row["when"] is None or row["when"] >= since for row in later)
    soon = json.loads(command("wallet", *known, "--within", 40, "--json").stdout)["rewards"]
    assert soon
    assert all(row["expires"] for row in soon)


@pytest.mark.usefixtures("configured")
def test_a_vendor_that_fails_costs_its_own_rows(command, known, monkeypatch):
    """Its error is on standard error, and the status is 3; nothing secret is shown."""
    monkeypatch.setenv("SPAAZA_TOKEN_SECRET", "hush-hush")
    monkeypatch.delenv("VOUCHERIFY_APP_TOKEN")
    shown = command("wallet", *known, "--json")
    told = json.loads(shown.stdout)
    assert shown.exit_code == 3
    assert told["errors"].keys() == {"spaaza", "voucherify"}
    assert {row["vendor"] for row in told["rewards"]} == {"es_loyalty", "cardlytics"}
    missing, refused = shown.stderr.splitlines()
    assert "VOUCHERIFY_APP_TOKEN" in missing
    assert "401" in refused
    assert "hush-hush" not in shown.output


def test_where_nobody_answers_the_status_is_1(command):
    """Without any credentials each vendor's error is told."""
    shown = command("wallet", "--voucherify", "cust_1", "--es", "7")
    assert (shown.exit_code, shown.stdout) == (1, "")
    assert shown.stderr.count("MissingCredentials") == 2


@pytest.mark.usefixtures("configured")
def test_a_member_that_holds_nothing_is_told(command):
    """No table is shown, and the status is 0."""
    shown = command("wallet", "--spaaza-chain", 1743, "--spaaza-username", "nobody@example.com")
    assert (shown.exit_code, shown.stdout) == (0, "")
    assert shown.stderr == "loyalty-sdk: nothing from spaaza\n"


@pytest.mark.parametrize(
    "words",
    [
        "",
        "--voucherify cust_1 --within 0",
        "--voucherify cust_1 --within 3 --activity",
        "--voucherify cust_1 --since 2026-01-01",
        "--voucherify cust_1 --deadline 0",
        "--spaaza-chain 1743",
        "--es 7 --es-type NAME",
    ],
)
def test_wrong_usage_is_status_2(command, words):
    """Nothing is asked, and the last line says why."""
    shown = command("wallet", *words.split())
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert shown.stderr.splitlines()[-1]
