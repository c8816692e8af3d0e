"""The command behind the export's figures works."""

from __future__ import annotations

from benchmarks import export


def test_a_few_rows_show_that_the_command_works(monkeypatch, capsys):
    """It prints speed and peak memory, and leaves the package as it was."""
    monkeypatch.setattr(export.Job, "add", export.Job.add)
    export.main(2000, "jsonl")
    shown = capsys.readouterr().out
    assert "2000 rows in 1 parts" in shown
    assert shown.count("peak memory") == 2
