from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

import pytest

from loyalty_sdk._core.reading import types
from loyalty_sdk._core.reading.model import Reading, Variant

from ..zoo import Cat, Dog, Leg, choose

READING, VARIANT = Reading(str), Variant(choose)


@pytest.mark.parametrize(
    ("annotation", "rest"),
    [(int | None, int), (int, int), (int | str, int | str),
     (int | str | None, int | str), (Any, Any)],
)  # fmt: skip
def test_without_none(annotation, rest):
    """`T | None` is `T`; the rest of a larger union stays one."""
    assert types.without_none(annotation) == rest


@pytest.mark.parametrize(
    ("annotation", "is_it"),
    [(Literal["a"] | str, True), (Literal["a"] | Literal["b"] | str, True),
    (Literal["a"], True),
     (str, False), (str | int, False), (Literal["a"] | int, False), (int | None, False)],
)  # fmt: skip
def test_open_enums(annotation, is_it):
    """Known values, and room for new ones."""
    assert types.is_open_enum(annotation) is is_it


def test_the_other_kinds():
    """Free-form objects, arrays, models and readings of their own."""
    assert types.is_mapping(Mapping[str, Any])
    assert not types.is_mapping(dict)
    assert types.model_of_mapping(Mapping[str, Leg]) is Leg
    assert types.model_of_mapping(Mapping[str, Any]) is None
    assert types.model_of_mapping(Leg) is None
    assert types.item_of_tuple(tuple[Leg, ...]) is Leg
    assert types.item_of_tuple(list[Leg]) is None
    assert types.is_model(Leg)
    assert not types.is_model(int)
    assert not types.is_model(Leg | None)
    assert types.reading_of(Annotated[int, "words", READING]) is READING
    assert types.reading_of(Annotated[Cat | Dog, VARIANT]) == VARIANT
    assert types.reading_of(Annotated[int, "words"]) is None
    assert types.reading_of(int) is None
