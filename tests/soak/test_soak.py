"""A short form of each part of `python -m tests.soak`."""

from __future__ import annotations

from collections import Counter

import attrs
import pytest
from operations import operations

from loyalty_sdk._core.endpoint import listing
from loyalty_sdk.sandbox import FaultPlan

from . import concurrency, crowds, deadlines, interruption, streams, walks, writes
from .lists import FAST, LISTS, REDEEMABLES
from .parts import PARTS
from .setting import COSTLY, WAITING
from .slow import CASES
from .table import Tallies, show

SLOW = {
    "drips headers",
    "drips the body",
    "TLS: drips the handshake",
    "drips the token",
    "a stream: drips the header",
}
SHORT = {one.name: one for one in CASES if one.name in SLOW}
IN_ONE_ANSWER = {
    "voucherify.customers.list_segments",
    "voucherify.loyalties.list_member_rewards",
    "voucherify.loyalties.list_tiers",
}
RAW = [
    one for one in writes.writes() if one.vendor in ("voucherify", "spaaza") and "GET" in one.name
]


def test_every_paged_call_is_walked():
    """Besides those whose list comes in one answer."""
    paged = {one.name for one in operations() if isinstance(one.described, listing)}
    assert {which.operation for which in LISTS} == paged - IN_ONE_ANSWER


@pytest.mark.parametrize("which", LISTS, ids=str)
def test_every_item_comes_once(which, colour):
    """Whatever goes wrong, and however often the walk goes on from a cursor."""
    faults = walks.some_of_all(which, rate=0.2, but=COSTLY | WAITING)
    walked = walks.walk(which, colour.name, faults, items=120, page=6)
    assert walked.right, walked
    assert walked.faults.total() > 3


@pytest.mark.parametrize("way", FAST.ways)
def test_every_item_comes_once_when_pages_are_asked_for_ahead(way, colour):
    """After an error the walk goes on from the last item handed out, not from the last page had."""
    faults = walks.some_of_all(FAST, rate=0.2, but=COSTLY)
    walked = walks.walk(FAST, colour.name, faults, items=200, page=10, way=way)
    assert walked.right, walked


def test_what_is_lost_is_counted():
    """A walk by counting misses rows when others leave the list, as the documents say."""
    faults = FaultPlan("items_removed", at=(3, 5, 7), operation=FAST.received)
    walked = walks.walk(FAST, "blocking", (faults,), items=100, page=10)
    assert walked.lost
    assert not walked.right


def test_every_row_comes_once(colour):
    """A stream that breaks off says how many rows came, and the rest can be had."""
    faults = streams.some_of_all(rate=0.3, but=COSTLY)
    streamed = streams.read(colour.name, faults, rows=600, window=30)
    assert streamed.right, streamed
    assert streamed.errors


@pytest.mark.parametrize("write", RAW, ids=str)
def test_what_must_not_be_repeated_is_sent_once(write, colour):
    """Also a GET, where it is declared so; the server counts."""
    written = writes.under_faults(attrs.evolve(write, faults=writes.ARRIVED), colour.name)
    assert written.right, written
    assert written.faults.total() == len(writes.ARRIVED)


def test_a_crowd_of_writes(colour):
    """Each of many at once is sent once at the most."""
    crowd = crowds.crowd("voucherify", colour.name, 40)
    assert crowd.right, crowd
    assert crowd.faults


def test_deadlines_hold():
    """Within 10 %, whatever drips; and the client is as good as new then."""
    wrong = [one for one in deadlines.measure_all(1.0, [*SHORT.values()]) if not one.right]
    assert wrong == []


@pytest.mark.parametrize("header", deadlines.STATED)
def test_a_wait_beyond_the_deadline_is_told_at_once(header, colour):
    """The error says how long it is."""
    assert deadlines.stated(header, colour.name).right


@pytest.mark.parametrize("what", interruption.CALLS)
def test_nothing_is_left_behind_wherever_a_call_is_broken_off(what, colour):
    """Neither a connection nor a task, and the client is as good as new."""
    stride = colour.pick(211, 7)
    broken = interruption.everywhere(colour.name, what, warm=False, stride=stride)
    assert broken.right, broken
    assert broken.times


@pytest.mark.parametrize("name", sorted(SLOW))
def test_nothing_is_left_behind_when_a_slow_call_is_cancelled(name):
    """Whatever it was waiting for."""
    broken = interruption.while_slow(SHORT[name])
    assert broken.right, broken


def test_a_walk_by_interrupts():
    """It is interrupted again and again, in a process of its own, and loses nothing."""
    broken = interruption.interrupted_walk(150, 12)
    assert broken.right, broken


def test_one_client_for_many(colour):
    """No answer goes astray, one token is asked for at a time, and nothing grows."""
    asked = concurrency.ask_many("voucherify", colour.name, 150, at_once=16, expiries=1)
    assert asked.right, asked


def test_a_stale_token_is_counted():
    """A question that began after a newer token was known, and came with the older one."""
    began, ended = {1: 0.0, 2: 2.0}, {1: 1.0, 2: 3.0}
    assert concurrency.stale(began, ended, {1: [1], 2: [0, 1]}) == 1
    assert concurrency.stale(began, ended, {1: [0, 1], 2: [1]}) == 0


def test_the_tables(capsys):
    """They say what came of each fault, and of each run."""
    walked = walks.walk(REDEEMABLES, "blocking", (), items=20, page=10)
    tallies = Tallies()
    tallies.add(Counter(nan=2), Counter(), 0, 0)
    tallies.show("faults")
    show("walks", [walked])
    printed = capsys.readouterr().out
    assert "| nan | 2 | 2 | 0 | 0 | 0 |" in printed
    assert "| voucherify.customers.list_redeemables | blocking | serial | 20 | 2 | 0 |" in printed
    assert set(PARTS) >= {"walks", "streams", "writes"}
