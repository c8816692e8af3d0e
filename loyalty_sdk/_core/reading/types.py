"""Reads type annotations the way both readers need them."""

from __future__ import annotations

import types
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from loyalty_sdk._core.reading.model import Model, Reading, Shaped, Variant


def without_none(annotation: Any) -> Any:
    """`T` of `T | None`; anything else as it is."""
    if not _is_union(annotation):
        return annotation
    rest = [part for part in get_args(annotation) if part is not types.NoneType]
    if len(rest) == len(get_args(annotation)):
        return annotation
    return Union[tuple(rest)]  # noqa: UP007  # made of values, not written out


def is_open_enum(annotation: Any) -> bool:
    """Whether it is `Literal[...] | str`: known values, and room for new ones.

    `Literal[...]` alone is read the same way: it is for the field that chose the class.
    """
    if not _is_union(annotation):
        return get_origin(annotation) is Literal
    parts = get_args(annotation)
    return str in parts and all(part is str or get_origin(part) is Literal for part in parts)


def words_of(open_enum: Any) -> tuple[str, ...]:
    """The known values of an open enum."""
    parts = get_args(open_enum) if _is_union(open_enum) else (open_enum,)
    return tuple(word for part in parts for word in get_args(part))


def is_mapping(annotation: Any) -> bool:
    """Whether it is a free-form object."""
    return get_origin(annotation) is Mapping


def model_of_mapping(annotation: Any) -> Any:
    """The model of `Mapping[str, Model]`, an object whose keys are the vendor's; else `None`."""
    held = get_args(annotation)[1] if is_mapping(annotation) else None
    return held if is_model(held) else None


def item_of_tuple(annotation: Any) -> Any:
    """`T` of `tuple[T, ...]`, else `None`."""
    return get_args(annotation)[0] if get_origin(annotation) is tuple else None


def is_model(annotation: Any) -> bool:
    """Whether it is a model class."""
    return isinstance(annotation, type) and issubclass(annotation, Model)


def reading_of(annotation: Any) -> Reading | Shaped | Variant | None:
    """How the annotation itself says that the value is read."""
    if get_origin(annotation) is Annotated:
        for note in get_args(annotation)[1:]:
            if isinstance(note, (Reading, Shaped, Variant)):
                return note
    return None


def _is_union(annotation: Any) -> bool:
    return get_origin(annotation) in (Union, types.UnionType)
