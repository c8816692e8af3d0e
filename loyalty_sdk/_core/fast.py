"""The fast reader: one generated function per model, straight-line code and no dispatch.

For a model with the fields `id: str = promised()` and `points: int | None` it writes and compiles::

    def read_Card(o):
        pop = o.pop
        x = new(twin)
        v = pop('id', None)
        if v is None: raise absent('id')
        x.id = v if v.__class__ is str else text(v)
        v = pop('points', None)
        x.points = None if v is None else v if v.__class__ is int else integer(v)
        x.extra = frozen(o) if o else EMPTY
        x.__class__ = model
        return x

Values with a mixed form go through the coercion table, like in the slow reader; whatever else is
odd raises, and the slow reader (`convert`) has the last word. The object read is used up: what is
left in it after all pops is what the SDK does not know.

A frozen attrs class costs a call per field to fill. So a *twin* with the same slots and without
the freezing is filled by plain stores and then becomes the real class.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

import attrs

from loyalty_sdk._core import coerce, types
from loyalty_sdk._core.frozen import EMPTY, freeze, frozen_dict
from loyalty_sdk._core.model import Model, Reading, Shaped, Variant, is_promised, wire_fields

Reader = Callable[[Any], Any]


_readers: dict[type[Model], Reader] = {}


def reader(model: type[Model]) -> Reader:
    """The function that turns a parsed JSON object into *model*, or raises."""
    made = _readers.get(model)
    if made is None:
        made = _readers[model] = _compile(model)
    return made


class _Scope:
    """The names that a generated function may use."""

    def __init__(self) -> None:
        self.names: dict[str, Any] = {}

    def name(self, value: Any, hint: str) -> str:
        """A name in the generated code for *value*."""
        for known, kept in self.names.items():
            if kept is value:
                return known
        name = f"{hint}_{len(self.names)}"
        self.names[name] = value
        return name


def _compile(model: type[Model]) -> Reader:
    scope = _Scope()
    scope.names |= {"new": object.__new__, "twin": _twin(model), "model": model}
    scope.names |= {"absent": coerce.Mismatch, "frozen": frozen_dict, "EMPTY": EMPTY}
    lines = [f"def read_{model.__name__}(o):", " pop = o.pop", " x = new(twin)"]
    for field, key in wire_fields(model):
        lines += _statements(field, key, scope)
    lines += [" x.extra = frozen(o) if o else EMPTY", " x.__class__ = model", " return x"]
    exec(compile("\n".join(lines), f"<reader of {model.__name__}>", "exec"), scope.names)
    made: Reader = scope.names[f"read_{model.__name__}"]
    return made


def _statements(field: attrs.Attribute[Any], key: str, scope: _Scope) -> list[str]:
    """The code that reads one field."""
    value = _expression(types.without_none(field.type), "v", scope)
    lines = [f" v = pop({key!r}, None)"]
    if is_promised(field):
        lines += [f" if v is None: raise absent({key!r})", f" v = {value}"]
        lines += [f" if v is None: raise absent({key!r})", f" x.{field.name} = v"]
    else:
        lines += [f" x.{field.name} = {'v' if value == 'v' else f'None if v is None else {value}'}"]
    return lines


def _expression(annotation: Any, v: str, scope: _Scope) -> str:
    """The code that reads the value called *v*, which is not null."""
    reading = types.reading_of(annotation)
    item = types.item_of_tuple(annotation)
    if isinstance(reading, Reading):
        return f"{scope.name(reading.read, 'read')}({v})"
    if isinstance(reading, Shaped):
        shaped, shape = f"s{v}", scope.name(reading.into, "shape")
        inner = _expression(get_args(annotation)[0], shaped, scope)
        return f"(None if ({shaped} := {shape}({v})) is None else {inner})"
    if isinstance(reading, Variant):
        return _object(scope.name(_choosing(reading), "read"), v, scope)
    if types.is_model(annotation):
        return _object(scope.name(_late(annotation), "read"), v, scope)
    if item is not None:
        return _array(item, v, scope)
    if types.is_mapping(annotation):
        return f"{scope.name(coerce.mapping, 'mapping')}({v})"
    if annotation is Any:
        return f"{scope.name(freeze, 'freeze')}({v})"
    return _scalar(str if types.is_open_enum(annotation) else annotation, v, scope)


def _scalar(kind: type, v: str, scope: _Scope) -> str:
    coerced = f"{scope.name(coerce.TABLE[kind], kind.__name__)}({v})"
    if kind not in (str, int, bool):
        return coerced
    return f"({v} if {v}.__class__ is {scope.name(kind, 'kind')} else {coerced})"


def _object(read: str, v: str, scope: _Scope) -> str:
    none = scope.name(coerce.no_object, "no_object")
    return f"({read}({v}) if {v}.__class__ is {scope.name(dict, 'kind')} else {none}({v}))"


def _array(item: Any, v: str, scope: _Scope) -> str:
    i = f"i{len(v)}"
    inner = _expression(types.without_none(item), i, scope)
    items = f"{scope.name(coerce.array, 'array')}({v})"
    if types.without_none(item) is not item:
        return f"tuple([None if {i} is None else {inner} for {i} in {items}])"
    if item is Any:
        return f"tuple([{inner} for {i} in {items}])"
    read = f"x_{i}"
    present = f"{i} is not None and ({read} := {inner}) is not None"
    return f"tuple([{read} for {i} in {items} if {present}])"


def _late(model: type[Model]) -> Reader:
    """The reader of another model, compiled when it is first needed."""
    compiled: list[Reader] = []

    def read(value: Any) -> Any:
        if not compiled:
            compiled.append(reader(model))
        return compiled[0](value)

    return read


def _choosing(variant: Variant) -> Reader:
    """A reader that picks the class by the object."""

    def read(value: Any) -> Any:
        return reader(variant.choose(value))(value)

    return read


def _twin(model: type[Model]) -> type:
    """The model without its freezing: the same bases and slots, plain stores."""
    slots = model.__dict__["__slots__"]
    members = {"__slots__": slots, "__setattr__": object.__setattr__}
    return type(model.__name__, model.__bases__, members)
