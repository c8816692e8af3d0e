"""Forms: where it is known beforehand which models stand where, nothing is parsed into dicts.

The form of a model has its fields, under their wire names, and no opinion on their values. The
parser fills it straight from the text, in a third of the time that a dict takes to be made and
read. It has no room for a key that the SDK does not know: the parser refuses the body then, as it
does when anything stands where the shape does not say so, and the body is parsed into dicts.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar, TypeAlias, cast

import msgspec

from loyalty_sdk._core.reading import types
from loyalty_sdk._core.reading.model import Model, wire_fields

Outline: TypeAlias = "type[Model] | list[Outline] | Mapping[str, Outline] | None"


class Shape:
    """Which models stand where in a body, as a rule.

    Args:
        outline: A model, for an object that is one; a list of one outline, for an array; a mapping,
            for an object that has no other keys than these; `None`, for anything.
    """

    def __init__(self, outline: Outline) -> None:
        self._outline = outline

    @classmethod
    def of_list(
        cls, model: type[Model], key: str | None = None, beside: tuple[str, ...] = ()
    ) -> Shape:
        """The shape of an array of models.

        Args:
            model: The model.
            key: Where the array stands in an object; `None` for an array that is the whole body.
            beside: The other keys that the object has.
        """
        known = _lists.get((model, key, beside))
        if known is None:
            whole: Outline = [model] if key is None else {**dict.fromkeys(beside), key: [model]}
            known = _lists[model, key, beside] = cls(whole)
        return known

    def parse(self, content: bytes) -> Any:
        """Parse a body: dicts, arrays and values as usual, but forms where models stand.

        Raises:
            msgspec.DecodeError: It is not JSON, or has another shape.
        """
        return _without_frames(self._decoder.decode(content))

    @functools.cached_property
    def _decoder(self) -> msgspec.json.Decoder[Any]:
        return msgspec.json.Decoder(_parsed_into(self._outline), float_hook=Decimal)


_lists: dict[tuple[type[Model], str | None, tuple[str, ...]], Shape] = {}


class Form(msgspec.Struct):
    """What the parser fills for a model: its fields, each `None` unless it came."""

    model: ClassVar[type[Model]]


_forms: dict[type[Model], type[Form]] = {}


def form(model: type[Model]) -> type[Form]:
    """The form of a model that has one."""
    made = _forms.get(model)
    if made is None:
        made = _forms[model] = _form(model)
    return made


def _form(model: type[Model]) -> type[Form]:
    kinds = {field.name: _kind(types.without_none(field.type)) for field, _ in wire_fields(model)}
    made = msgspec.defstruct(
        model.__name__,
        [(name, kind | None, None) for name, kind in kinds.items()],
        bases=(Form,),
        namespace={"model": model},
        rename={field.name: key for field, key in wire_fields(model)},
        forbid_unknown_fields=True,
        gc=False,
    )
    return cast("type[Form]", made)


def _kind(annotation: Any) -> Any:
    """Where models stand; every other value is taken as it comes."""
    if types.is_model(annotation) and annotation._has_form:
        return form(annotation) | _ARRAY  # `[]` is for none
    if (item := types.item_of_tuple(annotation)) is not None:
        return _array(_kind(types.without_none(item)))
    if (held := types.model_of_mapping(annotation)) is not None:
        return dict.__class_getitem__((str, _kind(held) | None)) | _ARRAY
    return Any


def _array(kind: Any) -> Any:
    return list.__class_getitem__(kind | None)


_ARRAY = _array(Any)


class _Frame(msgspec.Struct):
    """What the parser fills for an object that is no model, but has models in it."""


def _parsed_into(outline: Outline) -> Any:
    if outline is None:
        return Any
    if isinstance(outline, list):
        return _array(_parsed_into(outline[0]))
    if not isinstance(outline, Mapping):
        return form(outline)
    names = {f"key_{index}": key for index, key in enumerate(outline)}
    fields = [(name, _parsed_into(outline[key]), msgspec.UNSET) for name, key in names.items()]
    return msgspec.defstruct(
        "Frame", fields, bases=(_Frame,), rename=names, forbid_unknown_fields=True, gc=False
    )


def _without_frames(value: Any) -> Any:
    """The dicts that frames stand for."""
    if not isinstance(value, _Frame):
        return value
    pairs = zip(value.__struct_encode_fields__, value.__struct_fields__, strict=True)
    found = {key: getattr(value, name) for key, name in pairs}
    return {key: _without_frames(item) for key, item in found.items() if item is not msgspec.UNSET}
