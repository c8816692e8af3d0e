"""The slow reader: cattrs, which finds every fault, and tells of each where it stood.

What is one the coercion table says. A promised field that is missing is none: it stays unset.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar, Union, cast, get_args

import attrs
import cattrs
from cattrs.gen import make_dict_structure_fn, override

from loyalty_sdk._core.reading import coerce, types
from loyalty_sdk._core.reading.fast import WellRead
from loyalty_sdk._core.reading.frozen import freeze, frozen_dict
from loyalty_sdk._core.reading.model import (
    Model,
    Reading,
    Shaped,
    Variant,
    is_promised,
    promises,
    set_path,
    wire_fields,
)

M = TypeVar("M", bound=Model)


class Faults(Exception):
    def __init__(self, problems: list[str]) -> None:
        self.problems = problems


class SlowReader:
    """Reads with cattrs; knows where everything stood, and reports all faults at once.

    Args:
        well_read: What the fast reader made of the arrays that it was asked for in vain; its items
            are not read again.
    """

    def __init__(self, well_read: WellRead) -> None:
        self._well_read = iter(well_read)

    def one(self, model: type[M], value: object, path: str = "$") -> M:
        read = _structure(model, value, path)
        _locate(read, path)
        return read

    def many(self, model: type[M], values: object, path: str = "$") -> tuple[M, ...]:
        if not isinstance(values, list):
            raise Faults([f"{path}: {coerce.refuse('an array', values)}"])
        items = cast("list[object]", values)
        known = self._known(model, path, len(items))
        problems: list[str] = []
        for index, item in enumerate(items):
            try:
                if item is not None and known[index] is None:
                    known[index] = self.one(model, item, f"{path}[{index}]")
            except Faults as faults:
                problems += faults.problems
        if problems:
            raise Faults(problems)
        return tuple(item for item in known if item is not None)

    def _known(self, model: type[M], path: str, length: int) -> list[M | None]:
        """What the fast reader made of an array's items, if it was asked for it in its turn."""
        asked, where, found = next(self._well_read, _NOTHING)
        return found if (asked, where, len(found)) == (model, path, length) else [None] * length


_NOTHING: tuple[type[Model], str, list[Any]] = (Model, "", [])


def _structure(model: type[M], value: object, path: str) -> M:
    problems: list[str] = []
    if not isinstance(value, dict):
        problems = [f"{path}: {coerce.refuse('an object', value)}"]
    else:
        try:
            return _converter().structure(value, model)
        except cattrs.BaseValidationError as group:
            problems = list(_problems(group, path))
    raise Faults(problems)


class _Moved(Exception):
    """Faults of a value that stood elsewhere: alone in place of an array, or in an array alone."""

    def __init__(self, error: Exception, sent: Any, put: Any) -> None:
        self.step = ""
        if isinstance(error, cattrs.IterableValidationError) and put == [sent]:
            (error, _), *_ = error.group_exceptions()[0]
        elif isinstance(sent, list):
            several = cast("list[object]", sent)
            self.step = next((f"[{n}]" for n, each in enumerate(several) if each is put), "")
        self.error = error


def _problems(error: Exception, path: str) -> Iterator[str]:
    """Every fault in a group of cattrs', with the path as it is on the wire."""
    if isinstance(error, _Moved):
        yield from _problems(error.error, f"{path}{error.step}")
        return
    if isinstance(error, cattrs.ClassValidationError):
        keys = {field.name: key for field, key in wire_fields(error.cl)}
        noted, others = error.group_exceptions()
        for inner, note in noted:
            yield from _problems(inner, f"{path}.{keys.get(note.name, note.name)}")
    elif isinstance(error, cattrs.IterableValidationError):
        noted_items, others = error.group_exceptions()
        for inner, item in noted_items:
            place = f".{item.index}" if isinstance(item.index, str) else f"[{item.index}]"
            yield from _problems(inner, f"{path}{place}")
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
        elif types.model_of_mapping(types.without_none(field.type)) is not None and value:
            for name, item in cast("Mapping[str, Model]", value).items():
                _locate(item, f"{path}.{key}.{name}")


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
        lambda kind: types.model_of_mapping(kind) is not None,
        functools.partial(_mapping_hook, made),
    )
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


def _mapping_hook(converter: cattrs.Converter, kind: Any) -> Hook:
    held = types.model_of_mapping(kind)
    items: Any = dict.__class_getitem__((str, Union[held, None]))  # noqa: UP007  # made of values

    def structure(value: Any, _: Any) -> Any:
        coerce.mapping(value)
        read = converter.structure(value or {}, items)
        return frozen_dict({key: each for key, each in read.items() if each is not None})

    return structure


def _reading_hook(converter: cattrs.Converter, kind: Any) -> Hook:
    reading = types.reading_of(kind)
    if isinstance(reading, Reading):
        return _ignoring_type(reading.read)
    if isinstance(reading, Shaped):
        into, inner = reading.into, get_args(kind)[0]

        def shaped(value: Any, _: Any) -> Any:
            put = into(value)
            if put is None:
                return None
            try:
                return converter.structure(put, inner)
            except (cattrs.BaseValidationError, coerce.Mismatch) as error:
                problem = _Moved(error, value, put)
            raise problem

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
