"""Bad values by type: what no parameter annotated so may let through.

A value is bad for a parameter when no type of its union can take it. A type that stands nowhere
here is an error: whoever annotates a parameter so must say what is bad for it.

Of unions with both `int` and `str` the first one says what is meant: `int | str` is a number that
may be written as text, `str | int` is text that may be a number.
"""

from __future__ import annotations

import enum
import os
import ssl
import types
import typing
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, Required, Union, get_args, get_origin, get_type_hints

import attrs
import httpx
from good import AWARE, good, members

from loyalty_sdk import Retry, Secret
from loyalty_sdk._core.given.inputs import PROSE, Between
from loyalty_sdk._core.options import NotGiven
from loyalty_sdk.auth import Auth
from loyalty_sdk.cardlytics import Location
from loyalty_sdk.spaaza import Relative
from loyalty_sdk.voucherify import RawFilter

NAIVE = datetime(2024, 5, 1, 12)
MANY = 10_001


class Plain(enum.Enum):
    """An enum that is no text."""

    ONE = "one"


TRAVERSALS = {
    "a dot-segment": "..",
    "a dot": ".",
    "up": "../up",
    "up, by backslash": "..\\up",
    "up, in between": "a/../../up",
    "a quoted dot-segment": "%2e%2e",
    "a half quoted one": ".%2E",
    "up, quoted": "%2E%2E%2Fup",
    "up, quoted twice": "%252e%252e%252fup",
    "up, with a parameter": "..;v=1/up",
    "a dot-segment at the end": "a/..",
}
"""Bad for what becomes a part of a path."""

UNWRITABLE = {
    "half a surrogate pair": "a\ud800b",
}
"""Bad for any text at all."""

TEXTS = {
    "nothing": "",
    "blanks": "   ",
    "a blank of another kind": "\u00a0",
    "a line break": "a\r\nb",
    "a bare line feed": "ab\n",
    "NUL": "a\x00b",
    "a control character": "a\x1fb",
    "DEL": "a\x7fb",
    "a control character beyond ASCII": "a\x85b",
    "too long": "x" * 1025,
    **UNWRITABLE,
}
"""Bad for text, unless any text may stand there."""

NO_NUMBERS = {
    "letters": "abc",
    "a sign": "+5",
    "a negative number": "-5",
    "a fraction": "5.0",
    "an exponent": "1e3",
    "a hexadecimal number": "0x10",
    "digits of another script": "\u0665",
    "a superscript": "\u00b2",
    "white space around": " 5 ",
    "underscores": "1_000",
    "a number that is too long": "9" * 40,
}
"""Bad for a number that is written as text."""

OTHERS: dict[str, Any] = {
    "None": None,
    "True": True,
    "False": False,
    "an int": 58213,
    "a negative int": -58213,
    "an enormous int": 10**30,
    "an int that cannot be written": 10**5000,
    "a float": 1.5,
    "a whole float": 5.0,
    "NaN": float("nan"),
    "infinity": float("inf"),
    "a Decimal": Decimal("1.5"),
    "a Decimal NaN": Decimal("NaN"),
    "bytes": b"x",
    "a bytearray": bytearray(b"x"),
    "a list": ["x"],
    "an empty list": [],
    "a tuple": ("x",),
    "a set": {"x"},
    "a dict": {"a": "x"},
    "an empty dict": {},
    "an object": object(),
    "a class": str,
    "a function": len,
    "a Secret": Secret("planted"),
    "an Enum": Plain.ONE,
    "a naive datetime": NAIVE,
    "an aware datetime": AWARE,
    "a date": date(2024, 5, 1),
    "a timedelta": timedelta(seconds=1),
    "a UUID": uuid.UUID(int=1),
    "a Relative": Relative(days=-1),
    "a RawFilter": RawFilter({}),
    "a Retry": Retry(),
    "a path": Path("no/such/file"),
}
"""Of every type, well made or not; bad wherever their type is not expected."""


def _scalar(kind: type) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, kind)


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**18


def _aware(value: Any) -> bool:
    return isinstance(value, datetime) and value.utcoffset() is not None


def _number_or_digits(value: Any) -> bool:
    return _whole(value) if isinstance(value, int) else value not in NO_NUMBERS.values()


_TAKEN: Mapping[Any, Callable[[Any], bool]] = {
    str: _scalar(str),
    int: _whole,
    float: lambda value: type(value) in (int, float) and 0 < value < 1e9,
    bool: _scalar(bool),
    datetime: _aware,
    date: lambda value: isinstance(value, date) and not isinstance(value, datetime),
    timedelta: lambda value: isinstance(value, timedelta) and not value % timedelta(minutes=1),
    Decimal: lambda value: isinstance(value, Decimal) and value.is_finite(),
    uuid.UUID: _scalar(uuid.UUID),
    Secret: _scalar(Secret),
    Relative: _scalar(Relative),
    RawFilter: _scalar(RawFilter),
    Location: _scalar(Location),
    tzinfo: _scalar(tzinfo),
    Any: lambda value: True,
    **{
        kind: _scalar(kind)
        for kind in (
            Auth,
            NotGiven,
            Retry,
            ssl.SSLContext,
            httpx.BaseTransport,
            httpx.AsyncBaseTransport,
            httpx.Client,
            httpx.AsyncClient,
        )
    },
}

_INSIDE: Mapping[Any, Mapping[str, Any]] = {
    Relative: {
        "of text": Relative(days="1"),  # type: ignore[arg-type]
        "of a bool": Relative(days=True),
        "of a float": Relative(weeks=1.5),  # type: ignore[arg-type]
        "of None": Relative(months=None),  # type: ignore[arg-type]
        "too large": Relative(minutes=10**9),
    },
    RawFilter: {
        "of text": RawFilter("id"),  # type: ignore[arg-type]
        "of None": RawFilter(None),  # type: ignore[arg-type]
        "of a number for conditions": RawFilter({"id": 5}),  # type: ignore[dict-item]
        "of a field that is no text": RawFilter({5: {"$is": "x"}}),  # type: ignore[dict-item]
        "of a condition that is no text": RawFilter({"id": {5: "x"}}),  # type: ignore[dict-item]
        "of a control character": RawFilter({"id": {"$is": "a\nb"}}),
        "of a control character in a field": RawFilter({"i\nd": {"$is": "x"}}),
        "of None for a value": RawFilter({"id": {"$is": None}}),
        "of NaN": RawFilter({"id": {"$is": float("nan")}}),
        "of a Decimal NaN": RawFilter({"id": {"$is": Decimal("NaN")}}),
        "of bytes": RawFilter({"id": {"$is": b"x"}}),
        "of a naive datetime": RawFilter({"created_at": {"$after": NAIVE}}),
        "of an int that cannot be written": RawFilter({"id": {"$is": 10**5000}}),
        "of a Secret": RawFilter({"id": {"$is": Secret("planted")}}),
        "of too many": RawFilter({"id": {"$in": ["x"] * MANY}}),
    },
}
"""What is bad inside of values that are classes of the SDK's own."""


def bad(hint: Any, any_text: bool = False) -> Iterator[tuple[str, Any]]:
    """Every bad value for a parameter annotated so, each with its name.

    Args:
        hint: The annotation.
        any_text: Whether text may hold anything that can be written.
    """
    kinds = members(hint)
    for kind in kinds:
        if kind not in _TAKEN and not _is_known_form(kind):
            raise LookupError(
                f"the catalogue does not know {kind!r}: say what is bad in {__name__}"
            )
    doubts = doubtful(hint)
    signed = _is_signed(hint)
    for name, value in OTHERS.items():
        if signed and name == "a negative int":
            continue
        if name not in doubts and not any(_takes(kind, value) for kind in kinds):
            yield name, value
    if str in kinds:
        yield from _bad_texts(kinds, any_text or _is_prose(hint))
    if _is_number(kinds):
        yield from NO_NUMBERS.items()
    for kind in kinds:
        if get_origin(kind) is not Literal or str not in kinds:
            yield from _inside(kind)


def _is_prose(hint: Any) -> bool:
    """Whether an annotation says that text may have several lines."""
    parts = get_args(hint) if get_origin(hint) in (Union, types.UnionType, Required) else (hint,)
    return any(PROSE in get_args(part)[1:] for part in parts if get_origin(part) is Annotated)


def _is_signed(hint: Any) -> bool:
    """Whether an annotation says that a number may be negative."""
    parts = get_args(hint) if get_origin(hint) in (Union, types.UnionType, Required) else (hint,)
    notes = (note for p in parts if get_origin(p) is Annotated for note in get_args(p)[1:])
    return any(isinstance(note, Between) and note.least < 0 for note in notes)


def _bad_texts(kinds: tuple[Any, ...], any_text: bool) -> Iterator[tuple[str, str]]:
    texts = {**UNWRITABLE, "nothing": ""} if any_text else TEXTS
    for name, text in texts.items():
        if not (Secret in kinds and name == "too long"):  # a token is as long as it is
            yield name, text


def doubtful(hint: Any) -> dict[str, Any]:
    """Values that a parameter may refuse, or else must send as they are.

    Whoever takes text may take a number, or a `Secret`, for an id: what it means is beyond doubt.
    """
    kinds = members(hint)
    if int in kinds and datetime in kinds:  # milliseconds, which may lie before 1970
        return {"a negative int": OTHERS["a negative int"]}
    if str not in kinds or _is_number(kinds):
        return {}
    names = ("an int", "a negative int", "an enormous int", "a Secret")
    return {name: OTHERS[name] for name in names}


def _is_number(kinds: tuple[Any, ...]) -> bool:
    return int in kinds and str in kinds and kinds.index(int) < kinds.index(str)


def _is_known_form(kind: Any) -> bool:
    return (
        kind is types.NoneType
        or get_origin(kind) in (Literal, Sequence, Mapping, Callable, os.PathLike)
        or typing.is_typeddict(kind)
    )


def _takes(kind: Any, value: Any) -> bool:
    if kind is types.NoneType:
        return value is None
    if get_origin(kind) is Literal:
        return any(
            value is word or (type(value) is str and value == word) for word in get_args(kind)
        )
    if get_origin(kind) is Sequence:
        return isinstance(value, (list, tuple)) and bool(value)
    if get_origin(kind) is Callable:
        return callable(value)
    if get_origin(kind) is os.PathLike:
        return isinstance(value, os.PathLike)
    if get_origin(kind) is Mapping:
        return isinstance(value, dict)
    if typing.is_typeddict(kind):
        return value == {}
    return _TAKEN[kind](value)


def _inside(kind: Any) -> Iterator[tuple[str, Any]]:
    """Bad values that have the right type outside."""
    if get_origin(kind) is Literal and isinstance(get_args(kind)[0], str):
        yield "no such word", "no_such_word"
        yield "the word in another case", get_args(kind)[0].swapcase()
        yield "the word with a blank", f"{get_args(kind)[0]} "
    elif get_origin(kind) is Sequence:
        item = get_args(kind)[0]
        yield "text in place of several", "good-1"
        yield "a generator", (each for each in (good(item),))
        yield "too many", [good(item)] * MANY
        yield from ((f"a list with {name}", [good(item), value]) for name, value in bad(item))
    elif typing.is_typeddict(kind):
        yield "an unknown key", {"colour": {"$is": "red"}}
        yield "a key that is no text", {5: "x"}
        for key, inner in get_type_hints(kind, include_extras=True).items():
            yield from ((f"{key}: {name}", {key: value}) for name, value in bad(inner))
    elif get_origin(kind) is Mapping:
        yield "a key that is no text", {5: "x"}
        yield "NaN in it", {"a": float("nan")}
        yield "NaN deep in it", {"a": [{"b": float("inf")}]}
        yield "what cannot be written", {"a": object()}
    yield from _INSIDE.get(kind, {}).items()


@attrs.frozen
class _Unused:
    """A class that the catalogue does not know; its own test asks for it."""


UNKNOWN = _Unused
