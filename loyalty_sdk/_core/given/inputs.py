"""What a caller gives, checked against the form that is written down for it.

A form is a `TypedDict`. Its annotations say what a field takes, to editors and type checkers, and
to this: a misspelt field or a value of another kind is refused before anything is sent, with its
path: `order[items][0][price]`.
"""

from __future__ import annotations

import functools
import types
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import (
    Annotated,
    Any,
    Literal,
    Required,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

import attrs

from loyalty_sdk._core.given.arguments import iso_instant, one_of, plain_text
from loyalty_sdk._core.given.jsonbody import plain_json
from loyalty_sdk.errors import InvalidArgument

_MOST_ITEMS = 500

PROSE = "prose"
Prose = Annotated[str, PROSE]
"""Text that may have several lines."""


@attrs.frozen
class Between:
    """Put in `Annotated[int, Between(least, most)]`: the bounds of a number."""

    least: int
    most: int


@attrs.frozen
class Writing:
    """Put in `Annotated[datetime, Writing(function)]`: how a vendor wants it, if not as usual.

    The function is given the argument's name and the value; it raises `InvalidArgument`.
    """

    function: Callable[[str, Any], Any]


def body(form: type, fields: Mapping[str, Any]) -> dict[str, Any]:
    """A JSON body of keyword arguments; `None` is left out.

    Raises:
        TypeError: There is no such argument.
        InvalidArgument: A value is not what the form says.
    """
    return {name: value for name, value in changes(form, fields).items() if value is not None}


def changes(form: type, fields: Mapping[str, Any]) -> dict[str, Any]:
    """A JSON body of keyword arguments; `None` is sent as null, and clears what is kept.

    Raises:
        TypeError: There is no such argument.
        InvalidArgument: A value is not what the form says.
    """
    known = fields_of(form)
    check_names(form, fields)
    _complete(form, fields, "{}")
    return {name: plain(name, value, known[name]) for name, value in fields.items()}


def check_names(form: type, fields: Mapping[str, Any]) -> None:
    """Check that a form has these keyword arguments.

    Raises:
        TypeError: There is no such argument.
    """
    known = fields_of(form)
    for name in fields:
        if name not in known:
            raise TypeError(f"there is no argument {name!r}; there are {', '.join(known)}")


def plain(argument: str, value: Any, kind: Any) -> Any:
    """A value as JSON says it.

    Args:
        argument: The name of the argument, and the place in it.
        value: The value.
        kind: What it must be: an annotation.

    Raises:
        InvalidArgument: It is something else.
    """
    kinds = members(kind)
    if value is None and types.NoneType in kinds:
        return None
    fit = next((one for one in kinds if _fits(value, one)), None)
    if isinstance(value, str) and str in kinds:  # the words beside it are those known today
        fit = str
    if fit is None:
        raise InvalidArgument(argument, f"takes {_named(kinds)}, not {type(value).__name__}")
    return _written(argument, value, fit)


def fields_of(form: type) -> Mapping[str, Any]:
    """The fields of a form, each with what it takes."""
    return {
        name: get_args(kind)[0] if get_origin(kind) is Required else kind
        for name, kind in _hints(form).items()
    }


def members(kind: Any) -> tuple[Any, ...]:
    """The members of a union; of anything else it alone."""
    return get_args(kind) if get_origin(kind) in (Union, types.UnionType) else (kind,)


@functools.cache
def _hints(form: type) -> Mapping[str, Any]:
    return get_type_hints(form, include_extras=True)


def _complete(form: type, fields: Mapping[str, Any], name: str) -> None:
    """Check that what a form requires is there."""
    for field, kind in _hints(form).items():
        if get_origin(kind) is Required and fields.get(field) is None:
            raise InvalidArgument(name.format(field), "must be given")


def _fits(value: Any, kind: Any) -> bool:
    """Whether a value is of a kind, as far as can be seen from the outside."""
    bare = _bare(kind)
    if get_origin(bare) is Literal:
        return isinstance(value, type(get_args(bare)[0]))
    if get_origin(bare) is Mapping or is_typeddict(bare):
        return isinstance(value, Mapping)
    if get_origin(bare) is Sequence:
        return isinstance(value, (list, tuple))
    narrower = {int: bool, date: datetime}.get(bare)
    return isinstance(value, bare) and not (narrower and isinstance(value, narrower))


def _written(argument: str, value: Any, kind: Any) -> Any:
    bare = _bare(kind)
    own = next((note for note in get_args(kind)[1:] if isinstance(note, Writing)), None)
    if own is not None:
        return own.function(argument, value)
    if is_typeddict(bare):
        return _object(argument, value, bare)
    if get_origin(bare) is Sequence:
        return _several(argument, value, get_args(bare)[0])
    if get_origin(bare) is Literal:
        return _word(argument, value, get_args(bare))
    if bare is str:
        return _text(argument, value, PROSE in get_args(kind))
    if bare is datetime:
        return iso_instant(argument, value)
    _check_bounds(argument, value, kind)
    return plain_json(argument, value)


def _object(argument: str, value: Mapping[Any, Any], form: type) -> dict[str, Any]:
    known = fields_of(form)
    for key in value:
        if key not in known:
            raise InvalidArgument(f"{argument}[{key!s:.40}]", f"is none of {', '.join(known)}")
    _complete(form, value, f"{argument}[{{}}]")
    return {key: plain(f"{argument}[{key}]", item, known[key]) for key, item in value.items()}


def _several(argument: str, values: Sequence[Any], kind: Any) -> list[Any]:
    if not 1 <= len(values) <= _MOST_ITEMS:
        raise InvalidArgument(argument, f"takes a list of 1 to {_MOST_ITEMS}")
    return [plain(f"{argument}[{index}]", value, kind) for index, value in enumerate(values)]


def _word(argument: str, value: Any, words: tuple[Any, ...]) -> Any:
    if isinstance(value, str):
        return one_of(argument, value, words)
    if value not in words:
        raise InvalidArgument(argument, f"takes {' or '.join(map(str, words))}")
    return value


def _text(argument: str, value: str, prose: bool) -> str:
    if not prose:
        return plain_text(argument, value)
    if not value:
        raise InvalidArgument(argument, "must not be empty; None stands for nothing")
    text: str = plain_json(argument, value)
    return text


def _check_bounds(argument: str, value: Any, kind: Any) -> None:
    bounds = next((note for note in get_args(kind)[1:] if isinstance(note, Between)), None)
    if bounds is None or get_origin(kind) is not Annotated:
        return
    plain_json(argument, value)  # NaN cannot be compared
    if not bounds.least <= value <= bounds.most:
        raise InvalidArgument(argument, f"must be from {bounds.least} to {bounds.most}")


def _bare(kind: Any) -> Any:
    return get_args(kind)[0] if get_origin(kind) is Annotated else kind


def _named(kinds: Sequence[Any]) -> str:
    """What is expected, in words."""
    names = (_name(_bare(kind)) for kind in kinds if kind is not types.NoneType)
    return " or ".join(dict.fromkeys(names))


def _name(kind: Any) -> str:
    if get_origin(kind) is Sequence:
        return "a list"
    if get_origin(kind) is Mapping or is_typeddict(kind):
        return "an object"
    if get_origin(kind) is Literal:
        return f"one of {', '.join(map(str, get_args(kind)))}"
    return _NAMES.get(kind) or f"a {kind.__name__}"


_NAMES: Mapping[Any, str] = {
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "True or False",
    datetime: "a datetime with a time zone",
    date: "a date",
}
