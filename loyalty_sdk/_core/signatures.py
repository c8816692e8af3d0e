"""What `help()`, notebooks and shells show of a call: its arguments, each by its name."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from inspect import Parameter
from types import MappingProxyType
from typing import Any


class Seen(inspect.Signature):
    """The signature of a call as its callers see it: without `self`, and with what comes back.

    It is made when somebody asks for it, which is rarely.

    Args:
        build: The method that describes the call.
        gives: What comes back, by the annotation of the method.
    """

    __slots__ = ("_build", "_gives")

    def __init__(self, build: Callable[..., Any], gives: Callable[[str], str]) -> None:
        self._build = build
        self._gives = gives

    @property
    def parameters(self) -> MappingProxyType[str, Parameter]:
        return self._made().parameters

    @property
    def return_annotation(self) -> Any:
        return self._made().return_annotation

    def replace(self, **changes: Any) -> inspect.Signature:  # type: ignore[override]
        return self._made().replace(**changes)

    def _made(self) -> inspect.Signature:
        written = inspect.signature(self._build)
        _, *parameters = written.parameters.values()
        return inspect.Signature(
            [shown for each in parameters for shown in _by_name(each, self._build)],
            return_annotation=unquoted(self._gives(str(written.return_annotation))),
        )


def unquoted(annotation: Any) -> Any:
    """An annotation as `help()` shows it without quotes, where it is text."""
    return _Unquoted(annotation) if isinstance(annotation, str) else annotation


class _Unquoted(str):
    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


_MAY_BE_LEFT_OUT = _Unquoted("...")


def _by_name(parameter: Parameter, build: Callable[..., Any]) -> Iterator[Parameter]:
    """The arguments that a parameter stands for: itself, or the fields of a typed dictionary."""
    written = str(parameter.annotation)
    if parameter.kind is not Parameter.VAR_KEYWORD or not written.startswith("Unpack["):
        yield parameter.replace(annotation=unquoted(parameter.annotation))
        return
    fields: Any = inspect.unwrap(build).__globals__[_inside(written)]
    for name, hint in fields.__annotations__.items():
        text = getattr(hint, "__forward_arg__", str(hint))
        yield _field(name, text, name in fields.__required_keys__)


def _field(name: str, written: str, is_needed: bool) -> Parameter:
    # Annotations that are text do not count for the class itself.
    outside = written.partition("[")[0]
    named = outside in ("Required", "NotRequired")
    needed = outside == "Required" if named else is_needed
    return Parameter(
        name,
        Parameter.KEYWORD_ONLY,
        default=Parameter.empty if needed else _MAY_BE_LEFT_OUT,
        annotation=unquoted(_inside(written) if named else written),
    )


def _inside(written: str) -> str:
    return written.partition("[")[2].removesuffix("]")
