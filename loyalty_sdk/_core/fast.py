"""The fast reader: one generated function per model, straight-line code and no dispatch.

For a model with the fields `id: str = promised()`, `points: int | None` and `owner: Person | None`
it writes and compiles (`source` gives the text for any model)::

    def read(o):
        x = Open()
        v = o.pop('id', None)
        if v is None: raise absent('id')
        x.id = v = v if v.__class__ is str else str(v) if v.__class__ is int else text(v)
        if v is None: raise absent('id')
        v = o.pop('points', None)
        x.points = None if v is None else v if v.__class__ is int else integer(v)
        v = o.pop('owner', None)
        x.owner = None if v is None else read_Person(v) if v.__class__ is dict else no_object(v)
        x.extra = frozen_dict(o) if o else EMPTY
        x.__class__ = Card
        return x

A value in its usual form is taken as it is. Every other one goes through the coercion table, as in
the slow reader; what the table refuses raises, and the slow reader (`convert`) has the last word.
The object read is used up: what is left in it after all pops is what the SDK does not know.

A frozen class costs a call per field to fill. So `Open`, a subclass of the model that is not
frozen, is filled by plain stores, and the instance then becomes one of the model itself.

What was parsed into a model's form (see `forms`) is read by the same code, but for two things:
`v = o.points` fetches a value, and there is nothing that the SDK does not know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any, get_args

import attrs

from loyalty_sdk._core import coerce, types
from loyalty_sdk._core.forms import Form, form
from loyalty_sdk._core.frozen import EMPTY, freeze, frozen_dict
from loyalty_sdk._core.model import Model, Reading, Shaped, Variant, is_promised, wire_fields

Reader = Callable[[Any], Any]


def reader(kind: type[Model] | type[Form]) -> Reader:
    """The function that turns an object into a model, or raises.

    Args:
        kind: The model, for an object that was parsed into a dict; the model's form, for one that
            was parsed into that.
    """
    return _readers[kind]


def source(kind: type[Model] | type[Form]) -> str:
    """The text of that function, to look at."""
    return _written(kind)[0]


class _Readers(dict[type, Reader]):
    """The readers, each made when it is first asked for."""

    def __missing__(self, kind: type) -> Reader:
        text, names = _written(kind)
        exec(compile(text, f"<reader of {kind.__name__}>", "exec"), names)
        made = self[kind] = names["read"]
        return made


_readers = _Readers()

# How a value in its usual form is read in place; {v} is its name. All other forms are the table's.
_IN_PLACE: dict[Callable[[Any], Any], str] = {
    coerce.text: "{v} if {v}.__class__ is str else str({v}) if {v}.__class__ is int else text({v})",
    coerce.integer: "{v} if {v}.__class__ is int else integer({v})",
    coerce.flag: "{v} if {v}.__class__ is bool else flag({v})",
    coerce.decimal: (
        "{v} if {v}.__class__ is Decimal else Decimal({v}) if {v}.__class__ is int else decimal({v})"
    ),
    coerce.instant: "t if (t := fromisoformat({v})).tzinfo is not None else instant({v})",
    coerce.utc_instant: "t if (t := fromisoformat({v})).tzinfo is not None else utc_instant({v})",
    coerce.mapping: "EMPTY if not {v} and {v}.__class__ is dict else mapping({v})",
}
_NAMES: dict[str, Any] = {
    **{read.__name__: read for read in (*_IN_PLACE, coerce.array, coerce.no_object)},
    "Decimal": Decimal, "fromisoformat": datetime.fromisoformat, "absent": coerce.Mismatch,
    "frozen_dict": frozen_dict, "EMPTY": EMPTY, "readers": _readers,
}


def _written(kind: type) -> tuple[str, dict[str, Any]]:
    """The text of a reader, and what the names in it stand for."""
    if issubclass(kind, Form):
        return _FormWriter(kind.model).written()
    return _Writer(kind).written()


class _Writer:
    """Writes the reader of a model for what was parsed into a dict."""

    rest = "frozen_dict(o) if o else EMPTY"

    def __init__(self, model: type[Model]) -> None:
        self.model = model
        self.names = {**_NAMES, "Open": _open(model)}

    def written(self) -> tuple[str, dict[str, Any]]:
        lines = ["def read(o):", " x = Open()"]
        for field, key in wire_fields(self.model):
            lines += self.statements(field, key)
        lines += [f" x.extra = {self.rest}", f" x.__class__ = {self.name(self.model)}", " return x"]
        return "\n".join(lines) + "\n", self.names

    def statements(self, field: attrs.Attribute[Any], key: str) -> Iterator[str]:
        """The code that reads one field."""
        value = self.expression(types.without_none(field.type), "v")
        yield f" v = {self.fetched(field, key)}"
        if is_promised(field):
            yield f" if v is None: raise absent({key!r})"
            yield f" x.{field.name} = v = {value}"
            yield f" if v is None: raise absent({key!r})"
        else:
            yield f" x.{field.name} = None if v is None else {value}"

    def fetched(self, field: attrs.Attribute[Any], key: str) -> str:
        return f"o.pop({key!r}, None)"

    def expression(self, annotation: Any, v: str) -> str:
        """The code that reads the value called *v*, which is not null."""
        reading = types.reading_of(annotation)
        item = types.item_of_tuple(annotation)
        if reading is not None:
            return self.reading(reading, annotation, v)
        if types.is_model(annotation):
            return self.object(annotation, v)
        if item is not None:
            return self.array(item, v)
        if types.is_mapping(annotation):
            return self.called(coerce.mapping, v)
        if annotation is Any:
            return self.called(freeze, v)
        return self.called(coerce.TABLE[str if types.is_open_enum(annotation) else annotation], v)

    def reading(self, reading: Reading | Shaped | Variant, annotation: Any, v: str) -> str:
        """The code for a value whose annotation says how it is read."""
        if isinstance(reading, Reading):
            return self.called(reading.read, v)
        if isinstance(reading, Variant):
            return _if_object(f"readers[{self.called(reading.choose, v)}]", "dict", v)
        inner = self.expression(get_args(annotation)[0], f"s{v}")
        return f"None if (s{v} := {self.called(reading.into, v)}) is None else {inner}"

    def object(self, model: type[Model], v: str) -> str:
        return _if_object(self.other_reader(model), "dict", v)

    def array(self, item: Any, v: str) -> str:
        i = f"i{len(v)}"
        inner = self.expression(types.without_none(item), i)
        items = f"({v} if {v}.__class__ is list else array({v}))"
        if types.without_none(item) is not item:
            read = f"None if {i} is None else {inner} for {i} in {items}"
        elif item is Any:
            read = f"{inner} for {i} in {items}"
        else:
            present = f"{i} is not None and (x_{i} := {inner}) is not None"
            read = f"x_{i} for {i} in {items} if {present}"
        return f"() if {v} == [] else tuple([{read}])"

    def called(self, read: Callable[[Any], Any], v: str) -> str:
        if read in _IN_PLACE:
            return _IN_PLACE[read].format(v=v)
        return f"{self.name(read)}({v})"

    def other_reader(self, kind: type) -> str:
        """What the reader of another model is called; it is made when it is first called."""
        name = f"read_{self.name(kind)}"

        def first(value: Any) -> Any:
            self.names[name] = read = reader(kind)
            return read(value)

        self.names.setdefault(name, first)
        return name

    def name(self, value: Any) -> str:
        """What *value* is called in the text."""
        name = "".join(filter(str.isidentifier, value.__qualname__)) + "_"
        while self.names.setdefault(name, value) is not value:
            name += "_"
        return name


class _FormWriter(_Writer):
    """Writes the reader of a model for what was parsed into its form."""

    rest = "EMPTY"

    def __init__(self, model: type[Model]) -> None:
        super().__init__(model)
        self.plain = _Writer(model)
        self.plain.names = self.names

    def fetched(self, field: attrs.Attribute[Any], key: str) -> str:
        return f"o.{field.name}"

    def reading(self, reading: Reading | Shaped | Variant, annotation: Any, v: str) -> str:
        return self.plain.reading(reading, annotation, v)

    def object(self, model: type[Model], v: str) -> str:
        kind = form(model)
        return _if_object(self.other_reader(kind), self.name(kind), v)


def _if_object(read: str, kind: str, v: str) -> str:
    return f"{read}({v}) if {v}.__class__ is {kind} else no_object({v})"


def _open(model: type[Model]) -> type:
    """The model without its freezing, and without a constructor that would take the fields."""
    plain = {name: getattr(object, name) for name in ("__init__", "__setattr__", "__delattr__")}
    return type(model.__name__, (model,), {"__slots__": (), **plain})
