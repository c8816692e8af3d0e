"""Every row runs: each contender once, on little data, and whether it is fast does not matter."""

from __future__ import annotations

import random

import pytest

from benchmarks.__main__ import rows
from benchmarks.harness import OURS, Row, run
from benchmarks.setting import Setting

PEERS = ("voucherify", "openai", "stripe")


def without_peers(row: Row) -> Row:
    """A row of what is always installed: nobody else's package is tested here."""
    kept = tuple(one for one in row.contenders if not set(one.needs) & set(PEERS))
    return Row(name=row.name, what=row.what, unit=row.unit, base=row.base, contenders=kept)


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.name)
def test_a_row_runs(row):
    """Ours and the one that ratios are to have figures."""
    with Setting(quick=True) as setting:
        measured = run(without_peers(row), setting, 1, random.Random(1))
    assert measured.has(row.base)
    assert all(figure > 0 for figure in measured.rounds[0].values())
    assert any(name.startswith(OURS) for name in measured.rounds[0])


def test_what_is_compared_is_in_the_row():
    """Every target names two contenders of its row, and so does what ratios are to."""
    for row in rows():
        names = {one.name for one in row.contenders}
        assert {row.base, *(t.of for t in row.targets), *(t.ours for t in row.targets)} <= names
        assert len(names) == len(row.contenders)


def test_rows_have_names_of_their_own():
    """Or one of them could not be asked for."""
    names = [row.name for row in rows()]
    assert len(names) == len(set(names))
