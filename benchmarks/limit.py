"""The limit of decoding: msgspec fills frozen attrs classes straight from the text.

The classes are like the SDK's models, made as lean as somebody could write them who has seen the
page: they have the fields that the page holds and not one more, under the vendor's names, and take
each value in the forms in which the page has it. Keys that they do not know are dropped. Where the
vendor has several classes it reads all as the most frequent one: msgspec takes no union of them.
"""

from __future__ import annotations

import functools
import operator
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, get_args, get_origin

import attrs
import msgspec

from loyalty_sdk._core.reading import types
from loyalty_sdk._core.reading.forms import Outline
from loyalty_sdk._core.reading.model import Model, Shaped, Variant, wire_fields


def decoder(outline: Outline, page: bytes) -> Callable[[bytes], Any]:
    """What decodes a page at the limit.

    Args:
        outline: Which models stand where in it, as for a `Shape`; other keys are dropped.
        page: The page.
    """
    likeness = _Likeness()
    likeness.see(outline, msgspec.json.Decoder(float_hook=Decimal).decode(page))
    return msgspec.json.Decoder(likeness.of(outline)).decode


class _Likeness:
    """Classes like models, for a page that was looked at."""

    def __init__(self) -> None:
        self._forms: dict[tuple[type[Model], str], set[type]] = defaultdict(set)
        self._chosen: dict[Variant, Counter[type[Model]]] = defaultdict(Counter)
        self._known: dict[type[Model], type] = {}

    def see(self, outline: Outline, value: Any) -> None:
        """Look at a body, or at a part of it."""
        if isinstance(outline, list):
            for item in value:
                self.see(outline[0], item)
        elif isinstance(outline, Mapping):
            for key, inner in outline.items():
                self.see(inner, value[key])
        elif outline is not None:
            self._see_object(outline, value)

    def of(self, outline: Outline) -> Any:
        """The type of a body that was looked at."""
        if outline is None:
            return Any
        if isinstance(outline, list):
            return _array_of(self.of(outline[0]))
        if isinstance(outline, Mapping):
            fields = {key: attrs.field(type=self.of(inner)) for key, inner in outline.items()}
            return attrs.make_class("Around", fields, frozen=True, slots=True)
        return self._class(outline)

    def _see_object(self, model: type[Model], value: Any) -> None:
        if not isinstance(value, dict):
            return
        for field, key in wire_fields(model):
            if key in value:
                self._forms[model, key].add(type(value[key]))
                self._see_value(types.without_none(field.type), value[key])

    def _see_value(self, annotation: Any, value: Any) -> None:
        note = types.reading_of(annotation)
        if value is None:
            return
        if isinstance(note, Variant):
            self._chosen[note][note.choose(value)] += 1
            self._see_object(note.choose(value), value)
        elif isinstance(note, Shaped):
            self._see_value(get_args(annotation)[0], note.into(value))
        elif types.is_model(annotation):
            self._see_object(annotation, value)
        elif (item := types.item_of_tuple(annotation)) is not None:
            for each in value:
                self._see_value(types.without_none(item), each)
        elif (held := types.model_of_mapping(annotation)) is not None and isinstance(value, dict):
            for each in value.values():
                self._see_object(held, each)

    def _class(self, model: type[Model]) -> type:
        if model not in self._known:
            fields = {
                key: attrs.field(default=None, type=self._kind(model, key, field.type) | None)
                for field, key in wire_fields(model)
                if (model, key) in self._forms
            }
            made = attrs.make_class(model.__name__, fields, frozen=True, slots=True)
            self._known[model] = made
        return self._known[model]

    def _kind(self, model: type[Model], key: str, annotation: Any) -> Any:
        """The type of a field, in the forms in which the page has its values."""
        kind = self._like(types.without_none(annotation))
        forms = self._forms[model, key] - {type(None)}
        if kind in (str, int, bool):
            return functools.reduce(operator.or_, forms, kind if not forms else next(iter(forms)))
        if isinstance(kind, type) and attrs.has(kind) and list in forms:
            return kind | list[Any]
        if get_origin(kind) is tuple and dict in forms:
            return kind | get_args(kind)[0]
        return kind

    def _like(self, annotation: Any) -> Any:
        note = types.reading_of(annotation)
        if isinstance(note, Variant):
            commonest = self._chosen[note].most_common(1)
            return self._class(commonest[0][0]) if commonest else dict[str, Any]
        if isinstance(note, Shaped):
            return self._like(get_args(annotation)[0])
        if note is not None:
            return _plain(types.without_none(get_args(annotation)[0]))
        if types.is_model(annotation):
            return self._class(annotation)
        if (item := types.item_of_tuple(annotation)) is not None:
            return _array_of(self._like(types.without_none(item)))
        if (held := types.model_of_mapping(annotation)) is not None:
            return dict.__class_getitem__((str, self._class(held)))
        if types.is_mapping(annotation):
            return dict[str, Any]
        return str if types.is_open_enum(annotation) else annotation


def _array_of(kind: Any) -> Any:
    return tuple.__class_getitem__((kind, ...))


def _plain(kind: Any) -> Any:
    """What stands for a type that the SDK reads in a way of its own."""
    known = (datetime, date, Decimal, int)
    return next((one for one in known if isinstance(kind, type) and issubclass(kind, one)), Any)
