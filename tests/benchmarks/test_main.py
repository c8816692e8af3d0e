from __future__ import annotations

import json

import pytest

from benchmarks import __main__ as subject
from benchmarks.harness import Contender, Row, Target


@pytest.fixture
def rows(monkeypatch):
    """Two rows: one that reaches its target and one that misses it."""

    def row(name, ours):
        contenders = (
            Contender("limit", lambda _: lambda: 0.001),
            Contender("loyalty_sdk", lambda _: lambda: ours),
            Contender("peer", lambda _: lambda: 1.0, ("a_package_that_is_not_there",)),
        )
        targets = (Target(at_most=2.0, of="limit", hoped=1.5), Target(at_most=1.0, of="peer"))
        return Row(
            name=name,
            what="a question",
            unit="ms",
            base="limit",
            contenders=contenders,
            targets=targets,
        )

    monkeypatch.setattr(subject, "rows", lambda: [row("good", 0.0015), row("bad", 0.0025)])
    monkeypatch.setattr(subject, "stay_on_core", lambda _: None)
    monkeypatch.setattr("benchmarks.harness.SHARE", 0.0)


@pytest.mark.usefixtures("rows")
def test_a_row_that_reaches_its_targets(capsys):
    """The table shows everybody, and what was asked and came."""
    assert subject.main(["good"]) == 0
    shown, complaint = capsys.readouterr()
    assert complaint == ""
    assert [line.split() for line in shown.splitlines()[1:4]] == [
        ["limit", "1", "ms", "1.00"],
        ["loyalty_sdk", "1.5", "ms", "1.50"],
        ["peer", "not", "installed"],
    ]
    assert "- loyalty_sdk at most 2 x limit, look for 1.5: 1.5, reached" in shown
    assert "- loyalty_sdk at most 1 x peer: not compared" in shown


@pytest.mark.usefixtures("rows")
def test_a_benchmark_that_falls_behind_is_a_failed_command(capsys):
    """The exit code says so, and the last line names the rows."""
    assert subject.main([]) == 1
    shown, complaint = capsys.readouterr()
    assert "2.5, MISSED" in shown
    assert complaint == "behind: bad\n"


@pytest.mark.usefixtures("rows")
def test_a_quick_run_judges_nothing():
    """It only sees whether everything runs."""
    assert subject.main(["--quick"]) == 0


@pytest.mark.usefixtures("rows")
def test_machines_get_json(capsys):
    """Every round of every contender, and each target with its outcome."""
    assert subject.main(["bad", "--json", "--rounds", "7"]) == 1
    [row] = json.loads(capsys.readouterr().out)["rows"]
    assert row["contenders"]["loyalty_sdk"]["ratio"] == 2.5
    assert row["contenders"]["limit"]["rounds"] == [0.001] * 7
    assert row["not_installed"] == ["peer"]
    outcomes = [(target["measured"], target["reached"]) for target in row["targets"]]
    assert outcomes == [(2.5, False), (None, True)]


@pytest.mark.usefixtures("rows")
def test_the_docs_get_a_table(capsys):
    """A line a row; a target that was missed stands out."""
    subject.main(["--markdown"])
    good, bad = capsys.readouterr().out.splitlines()[2:]
    assert good == (
        "| `good`: a question | limit, 1 ms | loyalty_sdk 1.50 |"
        " loyalty_sdk: 2 x limit: 1.50<br>loyalty_sdk: 1 x peer: not compared |"
    )
    assert "loyalty_sdk: 2 x limit: **2.50**" in bad


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["worse"], "there are good, bad"), (["--rounds", "6"], "must be 7 or more")],
)
def test_what_cannot_be_measured_is_refused(arguments, said, capsys):
    """A row that is not there, and too few rounds for a median."""
    with pytest.raises(SystemExit) as left:
        subject.main(arguments)
    assert left.value.code == 2
    assert said in capsys.readouterr().err
