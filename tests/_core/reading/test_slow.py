from __future__ import annotations

import subprocess
import sys

import pytest

from loyalty_sdk._core.reading.slow import Faults, SlowReader
from loyalty_sdk.errors import MissingField

from ..zoo import Cat, Creature, Leg

LEG = {"legId": "x"}


def test_faults_carry_their_problems():
    """The slow reader's own signal is not an answer's error: it never leaves `decode`."""
    with pytest.raises(Faults) as caught:
        SlowReader([]).many(Leg, None)
    assert caught.value.problems == ["$: an array is expected, not null"]


def test_what_was_read_well_is_not_read_again():
    """Of an array that the fast reader stumbled over, only the odd items are left."""
    kept = Leg(id="kept")
    reader = SlowReader([(Leg, "$.a", [kept]), (Leg, "$.b", [kept, None, None])])
    assert reader.many(Leg, [LEG], "$.a") == (kept,)
    assert reader.many(Leg, [LEG, LEG, None], "$.b") == (kept, Leg(id="x"))
    assert reader.many(Leg, [LEG], "$.c") == (Leg(id="x"),)


@pytest.mark.parametrize(
    "other", [(Leg, "$.b", [Leg(id="kept")]), (Cat, "$.a", [Cat()]), (Leg, "$.a", [])]
)
def test_what_was_read_for_something_else_does_not_count(other):
    """The array must be the same by its path, model and length."""
    assert SlowReader([other]).many(Leg, [LEG], "$.a") == (Leg(id="x"),)


def test_paths_in_maps():
    """What stands under a key of the vendor's has it in its path: faults, and what is missing."""
    maps = {"byName": {"a": {}, "b": {"legId": "x"}}}
    creature = SlowReader([]).one(Creature, maps)
    with pytest.raises(MissingField, match=r"\$\.byName\.a\.legId"):
        _ = creature.by_name["a"].id
    with pytest.raises(Faults) as caught:
        SlowReader([]).one(Creature, {"byName": {"a": 1, "b": {"legId": {}}}})
    assert caught.value.problems == [
        "$.byName.a: an object is expected, not a number",
        "$.byName.b.legId: text is expected, not an object",
    ]


def test_cattrs_is_not_loaded_for_answers_in_order():
    """It takes long to load, and few programs ever need it."""
    program = """
import sys
from loyalty_sdk._core.reading.convert import decode
from loyalty_sdk.spaaza.models import EntityCode
code = decode(b'{"type": 5}', lambda body, to: to.one(EntityCode, body))
print(code.type, "cattrs" in sys.modules)
"""
    command = [sys.executable, "-c", program]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert said.split() == ["5", "False"]
