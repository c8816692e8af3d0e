from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest

from loyalty_sdk._core.reading.forms import Form, Shape, form

from ..zoo import Creature, Diary, Leg


def test_a_form_has_the_fields_under_their_wire_names():
    """Values are as they came, whatever the model says of their types; what lacks is `None`."""
    parsed = Shape(Leg).parse(b'{"length": [1.50], "legId": 7}')
    assert isinstance(parsed, form(Leg))
    assert (parsed.id, parsed.length) == (7, [Decimal("1.50")])
    assert Shape(Leg).parse(b"{}").id is None
    assert form(Leg).model is Leg


def test_forms_stand_where_models_do():
    """In fields, arrays and maps; `[]` is for none, and a model without a form is a dict."""
    parsed = Shape(Creature).parse(
        b'{"firstLeg": {}, "spareLeg": [], "legs": [{}, null], "byName": {"a": {}, "b": null},'
        b'"grid": [[1, null]], "diary": {"new": 1}, "pet": {"type": "cat"}, "freeForm": {"a": 1}}'
    )
    assert isinstance(parsed.leg, Form)
    assert parsed.spare == []
    assert [type(leg) for leg in parsed.legs] == [form(Leg), type(None)]
    assert [type(leg) for leg in parsed.by_name.values()] == [form(Leg), type(None)]
    assert (parsed.grid, parsed.diary) == ([[1, None]], {"new": 1})
    assert (parsed.pet, parsed.data) == ({"type": "cat"}, {"a": 1})
    assert Diary(extra={"new": 1}).extra == parsed.diary


def test_frames_are_dicts():
    """Objects around models are as ever, without the keys that did not come."""
    shape = Shape({"in": {"legs": [Leg], "more": None}, "else": None})
    parsed = shape.parse(b'{"in": {"legs": [{"legId": "x"}, null], "more": {"a": 0.10}}}')
    leg, null = parsed["in"].pop("legs")
    assert (leg.id, null) == ("x", None)
    assert parsed == {"in": {"more": {"a": Decimal("0.10")}}}
    assert shape.parse(b'{"else": null}') == {"else": None}


@pytest.mark.parametrize(
    "content",
    [
        b'{"new": 1}', b'{"legs": [{"new": 1}]}', b'{"legs": {}}', b'{"legs": [1]}',
        b'{"legs": [[]]}', b'{"legs": null}', b'{"legs": [{"legId": "\\ud800"}]}',
        b"[]", b"null", b"\xef\xbb\xbf{}", b"",
    ],
)  # fmt: skip
def test_every_other_shape_is_refused(content):
    """Keys that nobody knows, and anything that stands where it should not."""
    with pytest.raises(msgspec.DecodeError):
        Shape({"legs": [Leg]}).parse(content)


def test_the_shape_of_a_list_is_made_once():
    """For the same model, key and keys beside it; without a key the array is the whole body."""
    shape = Shape.of_list(Leg, "data", beside=("more",))
    assert shape.parse(b'{"data": [], "more": 1}') == {"data": [], "more": 1}
    assert Shape.of_list(Leg, "data", beside=("more",)) is shape
    assert Shape.of_list(Leg, "data") is not shape
    [leg] = Shape.of_list(Leg).parse(b'[{"legId": 1}]')
    assert leg.id == 1
