from __future__ import annotations

import asyncio
import urllib.request
from contextlib import asynccontextmanager, contextmanager

import pytest

from benchmarks import setting as subject
from benchmarks.setting import Setting


@pytest.fixture
def ticking(monkeypatch):
    """A clock that goes a second further whenever it is read."""
    moments = iter(range(1000))
    monkeypatch.setattr(subject, "_clock", lambda: float(next(moments)))


@pytest.mark.usefixtures("ticking")
def test_an_act_is_timed_a_few_times_in_a_row(monkeypatch):
    """As often as fits in a burst, and once at least; the time of one piece is given."""
    monkeypatch.setattr(subject, "BURST", 6.0)
    acts = []
    assert Setting().timed(lambda: acts.append(1), of=4)() == [0.25, 0.25, 0.25]
    assert len(acts) == 3
    monkeypatch.setattr(subject, "BURST", 0.0)
    assert Setting().timed(lambda: None)() == [1.0]


@pytest.mark.usefixtures("ticking")
def test_an_act_that_is_awaited_is_timed_too(monkeypatch):
    """In the loop that everything async of a row shares."""
    loops = []

    async def act():
        loops.append(asyncio.get_running_loop())

    monkeypatch.setattr(subject, "BURST", 4.0)
    with Setting() as setting:
        assert setting.timed_async(act, of=2)() == [0.5, 0.5]
        setting.run(act())
    assert len(loops) == 3
    assert len(set(loops)) == 1


def test_what_was_opened_is_closed_the_last_one_first():
    """Blocking and async, also when a row fails."""
    seen = []

    @contextmanager
    def blocking(name):
        yield name
        seen.append(name)

    @asynccontextmanager
    async def waiting(name):
        yield name
        seen.append(name)

    with Setting() as setting:
        assert setting.opened(blocking("first")) == "first"
        assert setting.opened_async(waiting("second")) == "second"
        setting.opened(blocking("third"))
    assert seen == ["third", "second", "first"]


def test_little_is_enough_to_see_whether_everything_runs():
    """Contenders ask how much to work on."""
    assert Setting().size(100, 1) == 100
    assert Setting(quick=True).size(100, 1) == 1


def test_the_server_answers_from_a_process_of_its_own():
    """One for each function that gives answers; it is gone when the row is done."""
    with Setting() as setting:
        address = setting.server()
        assert setting.server() == address
        with urllib.request.urlopen(f"{address}/v1/customers/c/redeemables?limit=2") as answer:
            assert answer.headers["content-type"] == "application/json"
            assert answer.read().count(b'"redeemable_object"') == 2
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(address)


def test_a_server_that_does_not_start_is_an_error():
    """A row with a wrong function fails at once, and does not wait."""
    with Setting() as setting, pytest.raises(RuntimeError, match="did not start"):
        setting.server("benchmarks.pages:nothing")
