"""The fast reader: one generated function per model, straight-line code and no dispatch.

For a model with the fields `id: str = promised()`, `points: int | None` and `owner: Person | None`
it writes and compiles (`source` shows the text for any model)::

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
The dict read is used up: what is left in it after all pops is what the SDK does not know.

A frozen class costs a call per field to fill. So `Open`, a subclass of the model that is not
frozen, is filled by plain stores, and the instance then becomes one of the model itself.

What was parsed into a model's form (see `forms`) is read by the same code but for two things: it
fetches a value by `v = o.points`, and nothing is left that the SDK does not know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from decimal import Decimal
from typing import Any, TypeAlias, TypeVar, get_args

import attrs
import msgspec

from loyalty_sdk._core.reading import coerce, types
from loyalty_sdk._core.reading.forms import Form, form
from loyalty_sdk._core.reading.frozen import EMPTY, FrozenDict, freeze, frozen_dict
from loyalty_sdk._core.reading.model import Model, Reading, Shaped, Variant, wire_fields

M = TypeVar("M", bound=Model)
Reader = Callable[[Any], Any]


def reader(kind: type[Model] | type[Form]) -> Reader:
    """The function that turns an object into a model, or raises.

    Args:
        kind: The model, for an object that was parsed into a dict; the model's form, for one that
            was parsed into that.
    """
    return _readers[kind]


WellRead: TypeAlias = list[tuple[type[Model], str, list[Any]]]
"""The arrays that the fast reader was asked for, each with its items; `None` for the odd ones."""


class FastReader:
    """Reads with the generated functions; raises where anything is odd."""

    def __init__(self) -> None:
        self.well_read: WellRead = []

    def one(self, model: type[M], value: object, path: str = "$") -> M:
        read: M = reader(_parsed_into(model, value))(value)
        return read

    def many(self, model: type[M], values: object, path: str = "$") -> tuple[M, ...]:
        items = coerce.array(values)
        first = next((item for item in items if item is not None), None)
        read = reader(_parsed_into(model, first))
        found: list[Any] = []
        odd = False
        for item in items:
            try:
                found.append(None if item is None else read(item))
            except Exception:  # the slow reader says what it is; it need not read the others again
                found.append(None)
                odd = True
        self.well_read.append((model, path, found))
        if odd:
            raise coerce.Mismatch("odd items")
        return tuple([item for item in found if item is not None])


def _parsed_into(model: type[Model], value: object) -> type[Model] | type[Form]:
    """What a parsed object is: the model's form, or else a dict of what is the model's."""
    return type(value) if isinstance(value, Form) else model


def source(kind: type[Model] | type[Form]) -> str:
    """The text of that function, to look at."""
    return _writer(kind).text()


class _Readers(dict[type, Reader]):
    """The readers, each made when it is first asked for."""

    def __missing__(self, kind: type) -> Reader:
        writer = _writer(kind)
        code = compile(writer.text(), f"<reader of {kind.__name__}>", "exec")
        exec(code, writer.names)
        made: Reader = writer.names["read"]
        self[kind] = made
        return made


class _ReadersOfChosen(dict[type[Model], Reader]):
    """The readers for a model that was chosen by the dict which it is to be read from.

    By way of the model's form that is faster than straight from the dict, if it fits in there.
    """

    def __missing__(self, model: type[Model]) -> Reader:
        made = self[model] = _through_form(model) if model._has_form else _readers[model]
        return made


def _through_form(model: type[Model]) -> Reader:
    kind = form(model)
    read_form = _readers[kind]

    def read(pairs: Any) -> Any:
        try:
            filled = msgspec.convert(pairs, kind)
        except msgspec.ValidationError:
            return _readers[model](pairs)
        return read_form(filled)

    return read


_readers = _Readers()
_chosen = _ReadersOfChosen()

# How a value in a usual form is read in place; {v} is its name. All other forms are the table's.
_IN_PLACE: dict[Callable[[Any], Any], str] = {
    coerce.text: "{v} if {v}.__class__ is str else str({v}) if {v}.__class__ is int else text({v})",
    coerce.integer: "{v} if {v}.__class__ is int else integer({v})",
    coerce.flag: "{v} if {v}.__class__ is bool else flag({v})",
    coerce.decimal: (
        "{v} if {v}.__class__ is Decimal"
        " else t if {v}.__class__ in numeric and (t := Decimal({v})).is_finite()"
        " else decimal({v})"
    ),
    coerce.instant: "t if (t := fromisoformat({v})).tzinfo is not None else instant({v})",
    coerce.utc_instant: (
        "t if (t := fromisoformat({v})).tzinfo is not None"
        " else combine(t, t.time(), utc) if len({v}) > 10"
        " else utc_instant({v})"
    ),
    coerce.mapping: "EMPTY if not {v} and {v}.__class__ is dict else mapping({v})",
}
_NAMES: dict[str, Any] = {
    **{read.__name__: read for read in (*_IN_PLACE, coerce.array, coerce.no_object)},
    "Decimal": Decimal,
    "numeric": frozenset({str, int}),
    "fromisoformat": datetime.fromisoformat,
    "combine": datetime.combine,
    "utc": timezone.utc,
    "absent": coerce.Mismatch,
    "EMPTY": EMPTY,
    "FrozenDict": FrozenDict,
    "frozen_dict": frozen_dict,
    "chosen": _chosen,
}


def _writer(kind: type[Model] | type[Form]) -> _Writer:
    return _FormWriter(kind.model) if issubclass(kind, Form) else _Writer(kind)


class _Writer:
    """Writes the reader of a model for what was parsed into a dict.

    Attributes:
        names: What the names in the text stand for.
    """

    rest = "frozen_dict(o) if o else EMPTY"

    def __init__(self, model: type[Model]) -> None:
        self.model = model
        self.names = {**_NAMES, "Open": _open(model)}

    def text(self) -> str:
        lines = ["def read(o):", " x = Open()"]
        for field, key in wire_fields(self.model):
            lines += self.statements(field, key)
        lines += [f" x.extra = {self.rest}", f" x.__class__ = {self.name(self.model)}", " return x"]
        return "\n".join(lines) + "\n"

    def statements(self, field: attrs.Attribute[Any], key: str) -> Iterator[str]:
        """The code that reads one field."""
        value = self.expression(types.without_none(field.type), "v")
        yield f" v = {self.fetched(field, key)}"
        if field.default is None:
            yield f" x.{field.name} = None if v is None else {value}"
        else:  # promised: without it, the slow reader has to see to what becomes of the field
            yield f" if v is None: raise absent({key!r})"
            yield f" x.{field.name} = v = {value}"
            yield f" if v is None: raise absent({key!r})"

    def fetched(self, field: attrs.Attribute[Any], key: str) -> str:
        return f"o.pop({key!r}, None)"

    def expression(self, annotation: Any, v: str) -> str:
        """The code that reads the value called *v*, which is not null."""
        if (note := types.reading_of(annotation)) is not None:
            return self.noted(note, annotation, v)
        if types.is_model(annotation):
            return self.object(annotation, v)
        if (item := types.item_of_tuple(annotation)) is not None:
            return self.array(item, v)
        if (held := types.model_of_mapping(annotation)) is not None:
            return self.mapping(held, v)
        if types.is_mapping(annotation):
            return self.called(coerce.mapping, v)
        if annotation is Any:
            return self.called(freeze, v)
        if types.is_open_enum(annotation):
            return self.word(annotation, v)
        return self.called(coerce.TABLE[annotation], v)

    def noted(self, note: Reading | Shaped | Variant, annotation: Any, v: str) -> str:
        """The code for a value whose annotation says how it is read."""
        if isinstance(note, Reading):
            return self.called(note.read, v)
        if isinstance(note, Variant):
            return self.variant(note, v)
        inner = self.expression(get_args(annotation)[0], f"s{v}")
        return f"None if (s{v} := {self.called(note.into, v)}) is None else {inner}"

    def variant(self, note: Variant, v: str) -> str:
        return _if_object(f"chosen[{self.called(note.choose, v)}]", "dict", v)

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
            read = f"x{i} for {i} in {items} if {i} is not None and (x{i} := {inner}) is not None"
        return f"() if {v} == [] else tuple([{read}])"

    def mapping(self, held: type[Model], v: str) -> str:
        i = f"i{len(v)}"
        present = f"{i} is not None and (x{i} := {self.object(held, i)}) is not None"
        read = f"k: x{i} for k, {i} in {v}.items() if {present}"
        return f"FrozenDict({{{read}}}) if {v} and {v}.__class__ is dict else mapping({v})"

    def word(self, annotation: Any, v: str) -> str:
        """Words that are known beforehand are kept once, and not once in every object."""
        words = {word: word for word in types.words_of(annotation)}
        name = f"words{len(self.names)}"
        self.names[name] = words.get
        return f"{name}({v}, {v}) if {v}.__class__ is str else text({v})"

    def called(self, read: Callable[[Any], Any], v: str) -> str:
        in_place = _IN_PLACE.get(read)
        return f"{self.name(read)}({v})" if in_place is None else in_place.format(v=v)

    def other_reader(self, kind: type[Model] | type[Form]) -> str:
        """What the reader of another model is called; it is made when it is first called."""
        name = f"read_{self.name(kind)}"

        def first(value: Any) -> Any:
            self.names[name] = read = _readers[kind]
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

    def fetched(self, field: attrs.Attribute[Any], key: str) -> str:
        return f"o.{field.name}"

    def noted(self, note: Reading | Shaped | Variant, annotation: Any, v: str) -> str:
        """The code for a value whose annotation says how it is read: in a form, too, it is JSON."""
        plain = _Writer(self.model)
        plain.names = self.names
        return plain.noted(note, annotation, v)

    def object(self, model: type[Model], v: str) -> str:
        if not model._has_form:
            return super().object(model, v)
        kind = form(model)
        return _if_object(self.other_reader(kind), self.name(kind), v)


def _if_object(read: str, kind: str, v: str) -> str:
    return f"{read}({v}) if {v}.__class__ is {kind} else no_object({v})"


def _open(model: type[Model]) -> type:
    """The model without its freezing, and without a constructor that would take the fields."""
    plain = {name: getattr(object, name) for name in ("__init__", "__setattr__", "__delattr__")}
    return type(model.__name__, (model,), {"__slots__": (), **plain})
