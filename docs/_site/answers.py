"""The reference shows what users see: what a call gives, and what makes a value.

`Call[Customer]` is an internal word: a blocking client gives a `Customer`, and an async one too,
once awaited. What `attrs` makes of the fields of a class stands in no file, so it is made here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import griffe

_KINDS = {
    "endpoint": ("{0}", "{0}"),
    "listing": ("Pager[{0}]", "AsyncPager[{0}]"),
    "stream": (
        "AbstractContextManager[RowStream[{0}]]",
        "AbstractAsyncContextManager[AsyncRowStream[{0}]]",
    ),
    "download": ("Path", "Path"),
}
_AWAITED = ("endpoint", "download")


def _parameters(fields: list[griffe.Attribute], made: str) -> Iterator[griffe.Parameter]:
    yield griffe.Parameter("self", kind=griffe.ParameterKind.positional_or_keyword)
    for field in sorted(fields, key=lambda field: "kw_only=True" in f"{made}{field.value}"):
        by_name = "kw_only=True" in f"{made}{field.value}"
        default = re.search(r"default=([^,)]+)", str(field.value)) if field.value else None
        kind = griffe.ParameterKind
        yield griffe.Parameter(
            field.name,
            annotation=field.annotation,
            kind=kind.keyword_only if by_name else kind.positional_or_keyword,
            default=default[1] if default else _plain(field.value),
        )


def _plain(value: Any) -> str | None:
    """A default that is written as it is, not in an `attrs.field` or a function of the SDK."""
    return None if value is None or "(" in str(value) else str(value)


class Answers(griffe.Extension):
    """Put the answer in the place of its description."""

    def on_instance(self, *, obj: griffe.Object, **_: Any) -> None:
        """In Markdown one colon is enough before what is indented."""
        if obj.docstring is not None:
            obj.docstring.value = obj.docstring.value.replace("::\n\n", ":\n\n")

    def on_class_members(self, *, cls: griffe.Class, **_: Any) -> None:
        """Give a class of `attrs` the constructor that it will have, and hide what nobody calls."""
        made = next((str(one.value) for one in cls.decorators if "attrs." in str(one.value)), None)
        told = cls.docstring is not None and "Args:" in cls.docstring.value
        if not told:
            cls.members.pop("__init__", None)
        if made is None or not told or "__init__" in cls.members:
            return
        fields = [
            field
            for field in cls.attributes.values()
            if "instance-attribute" in field.labels and "ClassVar" not in str(field.annotation)
        ]
        init = griffe.Function("__init__", parameters=griffe.Parameters(*_parameters(fields, made)))
        cls.set_member("__init__", init)

    def on_function(self, *, func: griffe.Function, **_: Any) -> None:
        """Rewrite what is annotated, and say what the other colour gives."""
        names = [str(decorator.value) for decorator in func.decorators]
        kind = next((name for name in names if name in _KINDS), None)
        if kind is None:
            return
        _, _, inside = str(func.returns).removesuffix("]").partition("[")
        blocking, asynchronous = (given.format(inside) for given in _KINDS[kind])
        func.returns = blocking
        del func.parameters["self"]
        if func.docstring is not None:
            first, _, rest = func.docstring.value.partition("\n")
            awaited = ", awaited" if kind in _AWAITED else ""
            gives = f"Gives `{blocking}`; async: `{asynchronous}`{awaited}."
            func.docstring.value = f"{first}\n\n{gives}\n{rest}"
