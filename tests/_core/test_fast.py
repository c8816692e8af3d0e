from __future__ import annotations

import threading

import attrs
import pytest

from loyalty_sdk._core import fast
from loyalty_sdk._core.coerce import Mismatch
from loyalty_sdk._core.frozen import EMPTY
from loyalty_sdk._core.model import Model, promised

from .zoo import Leg


def test_it_makes_real_instances():
    """What it gives is the model itself, frozen, with its own slots."""
    leg = fast.reader(Leg)({"legId": "x", "length": 2})
    assert type(leg) is Leg
    assert leg == Leg(id="x", length=2)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        leg.id = "y"
    assert leg.extra is EMPTY


def test_what_is_odd_raises():
    """A promise broken or a wrong form is left to the slow reader."""
    for odd in ({}, {"legId": None}, {"legId": []}, {"legId": "x", "length": "long"}):
        with pytest.raises(Mismatch):
            fast.reader(Leg)(odd)


def test_the_object_is_used_up():
    """What is left after all fields is what nobody knows."""
    body = {"legId": "x", "new": 1}
    assert fast.reader(Leg)(body).extra == {"new": 1}
    assert body == {"new": 1}


def test_a_reader_is_made_once():
    """However many threads need it first."""

    @attrs.frozen(kw_only=True, weakref_slot=False)
    class Odd(Model):
        quoted: str = promised('it\'s "quoted" \\ \n')

    readers = []
    threads = [threading.Thread(target=lambda: readers.append(fast.reader(Odd))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert fast.reader(Odd) is fast.reader(Odd)
    for reader in readers:
        assert reader({'it\'s "quoted" \\ \n': "x"}) == Odd(quoted="x")
