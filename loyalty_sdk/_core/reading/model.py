"""What a model is: a frozen attrs class that forgives the vendor, not the programmer.

A model is written out as attrs wants it::

    @attrs.frozen(kw_only=True, weakref_slot=False)
    class Gift(Model):
        id: str = promised()                  # the documents promise it: never Optional
        amount: Hundredths | None = None      # may be absent or null: both read as None
        kind: Literal["A", "B"] | str | None = None      # an open enum
        owner: str | None = renamed("ownerName")         # another name on the wire

Unknown keys are kept in `extra`. When the vendor breaks a promise the answer still decodes: the
field stays unset, and only reading it raises `MissingField` with its wire path.
"""

from __future__ import annotations

import enum
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from types import FrameType
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

import attrs

from loyalty_sdk._core.reading.frozen import EMPTY, frozen_dict
from loyalty_sdk._core.reading.shown import html_table
from loyalty_sdk.errors import MissingField

M = TypeVar("M", bound="Model")

_KEY = "loyalty_sdk.key"
_PROMISED = "loyalty_sdk.promised"


class Absent(enum.Enum):
    """Stands in attrs' own hands for a promised field that did not come."""

    ABSENT = "absent"

    def __repr__(self) -> str:
        return "<absent>"


ABSENT = Absent.ABSENT


def promised(key: str | None = None) -> Any:
    """A field that the vendor's documents promise; *key* is its wire name when that differs."""
    return attrs.field(default=ABSENT, metadata={_KEY: key, _PROMISED: True})


def renamed(key: str) -> Any:
    """A field that may be absent or null and has another name on the wire."""
    return attrs.field(default=None, metadata={_KEY: key})


@attrs.frozen
class Reading:
    """Put in `Annotated[T, Reading(read)]`: how this kind of value is read from JSON."""

    read: Callable[[Any], Any]


@attrs.frozen
class Shaped:
    """Put in `Annotated[T, Shaped(into)]`: a value is put into the form of `T`, then read."""

    into: Callable[[Any], Any]


@attrs.frozen
class Variant:
    """Put in `Annotated[A | B, Variant(choose)]`: which of the classes an object is."""

    choose: Callable[[Mapping[str, Any]], type[Model]]


class _Located:
    """Where an instance stood in the answer; set only when something promised is missing."""

    __slots__ = ("_path",)


@attrs.frozen(kw_only=True, weakref_slot=False)
class Model(_Located):
    """The base of everything that a vendor answers with.

    Attributes:
        extra: The keys that the SDK does not know, as sent; read-only.
    """

    extra: Mapping[str, Any] = attrs.field(default=EMPTY, converter=frozen_dict)

    # See `forms`. False where keys beyond the documented ones are usual, or where it holds itself.
    _has_form: ClassVar[bool] = True

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        # What stands in the class itself, attrs does not write anew.
        type.__setattr__(cls, "__repr__", Model.__repr__)

    def __repr__(self) -> str:
        said = ", ".join(f"{name}={value!r}" for name, value in _said(self))
        return f"{type(self).__name__}({said})"

    def _repr_html_(self) -> str:
        """A table for notebooks; what the vendor sent is shown as text, HTML too."""
        return html_table(("field", "value"), [(name, _words(it)) for name, it in _said(self)])

    def __attrs_post_init__(self) -> None:
        for name in promises(type(self)):
            if getattr(self, name, ABSENT) in (ABSENT, None):
                object.__delattr__(self, name)

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (type(self), dict(_present(self)), getattr(self, "_path", None))

    if not TYPE_CHECKING:  # or the checkers would believe that every name is a field

        def __getattr__(self, name: str) -> Any:
            found = getattr(type(self), name, None)
            if isinstance(found, property):  # it read a promised field: let that error out
                return found.__get__(self)
            key = promises(type(self)).get(name)
            if key is None:
                raise AttributeError(
                    f"{type(self).__name__!r} has no field {name!r}", name=name, obj=self
                )
            if _asked_by_attrs(sys._getframe(1)):
                return ABSENT
            raise MissingField(f"{getattr(self, '_path', type(self).__name__)}.{key}")


_promises: dict[type[Model], Mapping[str, str]] = {}


def wire_fields(model: type[Model]) -> Iterator[tuple[attrs.Attribute[Any], str]]:
    """Each field that has a place on the wire, with its wire name; `extra` has none."""
    for field in attrs.fields(attrs.resolve_types(model)):
        if field.name != "extra":
            yield field, field.metadata.get(_KEY) or field.name


def is_promised(field: attrs.Attribute[Any]) -> bool:
    """Whether the vendor's documents promise this field."""
    return _PROMISED in field.metadata


def promises(model: type[Model]) -> Mapping[str, str]:
    """The promised fields of a model with their wire names."""
    known = _promises.get(model)
    if known is None:
        known = {field.name: key for field, key in wire_fields(model) if is_promised(field)}
        _promises[model] = known
    return known


def evolved(instance: M, **changes: Any) -> M:
    """The instance with fields changed; it still knows where it stood."""
    made = attrs.evolve(instance, **changes)
    path = getattr(instance, "_path", None)
    if path is not None:
        set_path(made, path)
    return made


def set_path(instance: Model, path: str) -> None:
    """Remember where an instance stood, for the error that reading a missing field raises."""
    object.__setattr__(instance, "_path", path)


def _present(instance: Model) -> Iterator[tuple[str, Any]]:
    for field in attrs.fields(type(instance)):
        value = getattr(instance, field.name, ABSENT)
        if value is not ABSENT:
            yield field.name, value


def _said(instance: Model) -> Iterator[tuple[str, Any]]:
    """The fields that say something, and those that are promised and did not come."""
    for field in attrs.fields(type(instance)):
        value = getattr(instance, field.name, ABSENT)
        if value is not None and not (field.name == "extra" and not value):
            yield field.name, value


def _words(value: Any) -> str:
    """A value in a table: texts, numbers and times as they read, all else as Python has it."""
    return str(value) if isinstance(value, (str, Decimal, date)) else repr(value)


def _restore(model: type[M], values: Mapping[str, Any], path: str | None) -> M:
    """Make an instance of stored fields; a promised one that was missing stays so."""
    instance = object.__new__(model)
    for name, value in values.items():
        object.__setattr__(instance, name, value)
    if path is not None:
        set_path(instance, path)
    return instance


_ATTRS_FILES = frozenset(sys.modules[module].__file__ for module in ("attr._make", "attr._funcs"))


def _asked_by_attrs(frame: FrameType) -> bool:
    """Whether attrs itself is reading: its ==, hash, repr, evolve and asdict may see ABSENT.

    There is no other seam: all of them read fields with a plain getattr. Only ever asked when a
    promised field is missing.
    """
    file = frame.f_code.co_filename
    return file in _ATTRS_FILES or file.startswith("<attrs generated")
