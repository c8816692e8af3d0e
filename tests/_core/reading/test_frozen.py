from __future__ import annotations

import copy
import json
import pickle

import pytest

from loyalty_sdk._core.reading.frozen import EMPTY, FrozenDict, freeze, frozen_dict


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d.__setitem__("a", 2), lambda d: d.__delitem__("a"), lambda d: d.update(a=2),
        lambda d: d.setdefault("b", 2), lambda d: d.pop("a"), lambda d: d.popitem(),
        lambda d: d.clear(), lambda d: d.__ior__({"b": 2}),
    ],
)  # fmt: skip
def test_nothing_changes_it(change):
    """Every way to change a dict is refused, and says what to do instead."""
    frozen = frozen_dict({"a": 1})
    with pytest.raises(TypeError, match="read-only"):
        change(frozen)
    assert frozen == {"a": 1}


def test_it_is_frozen_all_the_way_down():
    """Nested objects are read-only too, and nested arrays are tuples."""
    frozen = frozen_dict({"a": [{"b": [1]}], "c": {"d": {}}})
    assert frozen["a"] == ({"b": (1,)},)
    with pytest.raises(TypeError):
        frozen["a"][0]["b"] = 2
    with pytest.raises(TypeError):
        frozen["c"]["d"]["e"] = 2
    assert isinstance(hash(frozen), int)


def test_it_is_a_value():
    """It compares, hashes, copies, pickles and is written as JSON like the dict it was."""
    frozen = frozen_dict({"a": [1, {"b": None}]})
    again = pickle.loads(pickle.dumps(frozen))
    assert again == frozen == copy.deepcopy(frozen)
    assert type(again) is type(again["a"][1]) is FrozenDict
    assert hash(again) == hash(frozen)
    assert copy.copy(frozen) is frozen
    assert json.loads(json.dumps(frozen)) == {"a": [1, {"b": None}]}


def test_nothing_is_made_twice():
    """A frozen mapping is kept as it is, and there is one empty one."""
    frozen = frozen_dict({"a": 1})
    assert frozen_dict(frozen) is frozen
    assert frozen_dict({}) is frozen_dict([]) is EMPTY
    assert freeze("text") == "text"


def test_what_it_is_made_of_stays_free():
    """Freezing copies: the caller's own dict can still be changed, without any effect."""
    plain = {"a": [1]}
    frozen = frozen_dict(plain)
    plain["a"].append(2)
    assert frozen == {"a": (1,)}
    assert dict(frozen, b=1) == {"a": (1,), "b": 1}
