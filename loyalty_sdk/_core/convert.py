"""JSON to models: a fast reader first, and where that stumbles cattrs, which finds every fault.

Both follow the coercion table in `coerce`; the fast one either raises or gives exactly what the
slow one gives. A promised field that is missing is not a fault: the slow reader leaves it unset.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any, NoReturn, Protocol, TypeVar, Union, cast, get_args

import attrs
import cattrs
import msgspec
from cattrs.gen import make_dict_structure_fn, override

from loyalty_sdk._core import coerce, fast, types
from loyalty_sdk._core.forms import Form, Shape
from loyalty_sdk._core.frozen import freeze
from loyalty_sdk._core.model import (
    Model,
    Reading,
    Shaped,
    Variant,
    is_promised,
    promises,
    set_path,
    wire_fields,
)
from loyalty_sdk.errors import UnreadableAnswer

M = TypeVar("M", bound=Model)
T = TypeVar("T")


class Reader(Protocol):
    """What an answer's own reading is written with: the fast and the slow way look the same."""

    def one(self, model: type[M], value: object, path: str = "$") -> M:
        """Read an object; *path* is where it stands in the answer."""
        ...

    def many(self, model: type[M], values: object, path: str = "$") -> tuple[M, ...]:
        """Read an array of objects."""
        ...


def decode(content: bytes, read: Callable[[Any, Reader], T], shape: Shape | None = None) -> T:
    """Read a JSON body.

    Args:
        content: The bytes as they came, decompressed.
        read: Given the parsed body and a reader, makes the result. It may be called again.
        shape: Where models stand in the body, as a rule. A body of this shape is read faster;
            what stands there is nothing that `read` could look into, but only pass to the reader.

    Raises:
        UnreadableAnswer: It is not JSON, or values have forms that the table does not allow; each
            problem begins with its wire path.
    """
    parsers = [_fast_parse] if shape is None else [shape.parse, _fast_parse]
    for parse_fast in parsers:
        try:
            return read(parse_fast(content), _Fast())
        except Exception:  # whatever it is, the slow reader finds out, and where
            pass
    return _decode_slowly(content, read)


def _decode_slowly(content: bytes, read: Callable[[Any, Reader], T]) -> T:
    problems: list[str] = []
    try:
        return read(parse(content), _Slow())
    except _Faults as faults:
        problems = faults.problems
    except RecursionError:
        problems = ["$: nested too deeply"]
    except coerce.Mismatch as mismatch:
        problems = [f"$: {mismatch}"]
    raise UnreadableAnswer(problems)


_fast_parse = msgspec.json.Decoder(float_hook=Decimal).decode


def parse(content: bytes) -> Any:
    """Parse JSON; numbers with a fraction or an exponent are `Decimal`, exactly as written.

    Raises:
        UnreadableAnswer: It is not JSON.
    """
    problem = ""
    try:
        return _fast_parse(content)
    except (msgspec.DecodeError, ValueError, ArithmeticError, RecursionError):
        pass
    try:
        text = content.decode("utf-8-sig")
        return _whole_text(json.loads(text, parse_float=Decimal, parse_constant=_no_constant))
    except UnicodeDecodeError:
        problem = "not UTF-8"
    except RecursionError:
        problem = "nested too deeply"
    except ArithmeticError:
        problem = "a number beyond all bounds"
    except ValueError:
        problem = "not JSON" if content.strip() else "empty where JSON is expected"
    raise UnreadableAnswer(f"$: {problem}")


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _whole_text(value: Any) -> Any:
    """The value with half surrogate pairs replaced: they could be neither printed nor stored."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_whole_text(item) for item in cast("list[object]", value)]
    if isinstance(value, dict):
        pairs = cast("dict[str, Any]", value).items()
        return {_whole_text(key): _whole_text(item) for key, item in pairs}
    return value


class _Fast:
    """Reads with the generated functions; raises at the first thing that is odd."""

    def one(self, model: type[M], value: object, path: str = "$") -> M:
        read: M = fast.reader(_parsed_into(model, value))(value)
        return read

    def many(self, model: type[M], values: object, path: str = "$") -> tuple[M, ...]:
        present = [value for value in coerce.array(values) if value is not None]
        if not present:
            return ()
        read = fast.reader(_parsed_into(model, present[0]))
        return tuple([read(value) for value in present])


def _parsed_into(model: type[Model], value: object) -> type[Model] | type[Form]:
    """What a parsed object is: the model's form, or else a dict of what is the model's."""
    return type(value) if isinstance(value, Form) else model


class _Faults(Exception):
    def __init__(self, problems: list[str]) -> None:
        self.problems = problems


class _Slow:
    """Reads with cattrs; knows where everything stood, and reports all faults at once."""

    def one(self, model: type[M], value: object, path: str = "$") -> M:
        read = _structure(model, value, path)
        _locate(read, path)
        return read

    def many(self, model: type[M], values: object, path: str = "$") -> tuple[M, ...]:
        if not isinstance(values, list):
            raise _Faults([f"{path}: {coerce.refuse('an array', values)}"])
        read: list[M] = []
        problems: list[str] = []
        for index, value in enumerate(cast("list[object]", values)):
            if value is None:
                continue
            try:
                read.append(self.one(model, value, f"{path}[{index}]"))
            except _Faults as faults:
                problems += faults.problems
        if problems:
            raise _Faults(problems)
        return tuple(read)


def _structure(model: type[M], value: object, path: str) -> M:
    problems: list[str] = []
    if not isinstance(value, dict):
        problems = [f"{path}: {coerce.refuse('an object', value)}"]
    else:
        try:
            return _converter().structure(value, model)
        except cattrs.BaseValidationError as group:
            problems = list(_problems(group, path))
    raise _Faults(problems)


def _problems(error: Exception, path: str) -> Iterator[str]:
    """Every fault in a group of cattrs', with the path as it is on the wire."""
    if isinstance(error, cattrs.ClassValidationError):
        keys = {field.name: key for field, key in wire_fields(error.cl)}
        noted, others = error.group_exceptions()
        for inner, note in noted:
            yield from _problems(inner, f"{path}.{keys.get(note.name, note.name)}")
    elif isinstance(error, cattrs.IterableValidationError):
        noted_items, others = error.group_exceptions()
        for inner, item in noted_items:
            yield from _problems(inner, f"{path}[{item.index}]")
    else:
        others = [error]
    for other in others:
        yield f"{path}: {other}" if isinstance(other, coerce.Mismatch) else f"{path}: unreadable"


def _locate(instance: Model, path: str) -> None:
    """Tell every instance that lacks something promised where it stood."""
    model = type(instance)
    lacking = [name for name in promises(model) if not hasattr(instance, name)]
    if lacking:
        set_path(instance, path)
    for field, key in wire_fields(model):
        value = None if field.name in lacking else getattr(instance, field.name)
        if isinstance(value, Model):
            _locate(value, f"{path}.{key}")
        elif isinstance(value, tuple):
            for index, item in enumerate(cast("tuple[object, ...]", value)):
                if isinstance(item, Model):
                    _locate(item, f"{path}.{key}[{index}]")


@functools.cache
def _converter() -> cattrs.Converter:
    """The converter of the slow reader: cattrs finds the faults, the table says what is one."""
    made = cattrs.Converter(detailed_validation=True)
    for kind, read in coerce.TABLE.items():
        made.register_structure_hook(kind, _ignoring_type(read))
    made.register_structure_hook_func(
        lambda kind: types.is_open_enum(types.without_none(kind)), _open_enum
    )
    made.register_structure_hook_func(lambda kind: kind is Any, _ignoring_type(freeze))
    made.register_structure_hook_func(types.is_mapping, _ignoring_type(coerce.mapping))
    made.register_structure_hook_factory(
        lambda kind: types.item_of_tuple(kind) is not None, functools.partial(_tuple_hook, made)
    )
    made.register_structure_hook_factory(types.is_model, functools.partial(_model_hook, made))
    made.register_structure_hook_factory(
        lambda kind: types.reading_of(kind) is not None, functools.partial(_reading_hook, made)
    )
    return made


Hook = Callable[[Any, Any], Any]


def _ignoring_type(read: Callable[[Any], Any]) -> Hook:
    return lambda value, _: read(value)


def _open_enum(value: Any, _: Any) -> str | None:
    return None if value is None else coerce.text(value)


def _tuple_hook(converter: cattrs.Converter, kind: Any) -> Hook:
    item = types.item_of_tuple(kind)
    if item is Any:  # cattrs would take the items as they are
        return lambda value, _: freeze(coerce.array(value))
    may_be_null = types.without_none(item) is not item
    items: Any = list.__class_getitem__(Union[item, None])  # noqa: UP007  # made of values

    def structure(value: Any, _: Any) -> Any:
        read = converter.structure(coerce.array(value), items)
        return tuple(each for each in read if each is not None or may_be_null)

    return structure


def _reading_hook(converter: cattrs.Converter, kind: Any) -> Hook:
    reading = types.reading_of(kind)
    if isinstance(reading, Reading):
        return _ignoring_type(reading.read)
    if isinstance(reading, Shaped):
        into, inner = reading.into, get_args(kind)[0]

        def shaped(value: Any, _: Any) -> Any:
            put = into(value)
            return None if put is None else converter.structure(put, inner)

        return shaped
    variant = cast("Variant", reading)

    def structure(value: Any, _: Any) -> Any:
        if not isinstance(value, dict):
            return coerce.no_object(value)
        known = cast("Mapping[str, Any]", value)
        return converter.structure(known, variant.choose(known))

    return structure


def _model_hook(converter: cattrs.Converter, model: type[Model]) -> Hook:
    """The reading of a class by cattrs, told of wire names, `[]` and unknown keys."""
    fields: Mapping[str, attrs.Attribute[Any]] = {key: f for f, key in wire_fields(model)}
    renames: dict[str, Any] = {f.name: override(rename=key) for key, f in fields.items()}
    promised_keys = frozenset(key for key, field in fields.items() if is_promised(field))
    build = make_dict_structure_fn(
        model,
        converter,
        _cattrs_detailed_validation=True,
        extra=override(omit=True),
        **renames,
    )

    def structure(value: Any, _: Any) -> Any:
        if not isinstance(value, dict):
            return coerce.no_object(value)
        pairs = cast("Mapping[str, Any]", value)
        known = {
            key: item
            for key, item in pairs.items()
            if key in fields and not (item is None and key in promised_keys)
        }
        unknown = {key: item for key, item in pairs.items() if key not in fields}
        built = build(known, model)
        return attrs.evolve(built, extra=unknown) if unknown else built

    return structure
