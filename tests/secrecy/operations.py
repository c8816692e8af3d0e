"""Every call of every vendor, found by walking the clients.

What is new is met by itself; where its arguments are not understood, a test fails and says which
table here wants a line.
"""

from __future__ import annotations

import inspect
import typing
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

import attrs

from loyalty_sdk._core.client import Surface
from loyalty_sdk._core.endpoint import Resource, download, endpoint, listing, stream

from .kinds import VENDORS, clients_of
from .markers import Markers

ARGUMENTS: Mapping[str, object] = {
    "identifier_type": "ACCOUNT_ID",
}
"""Arguments of calls of which their type does not say enough."""


BY_TYPE: Mapping[type, object] = {
    int: 5,
    str: "text-1",
    Decimal: Decimal("1.5"),
    datetime: datetime(2026, 1, 2, tzinfo=timezone.utc),
    date: date(2026, 1, 2),
    timedelta: timedelta(days=1),
    bool: True,
}


@attrs.frozen
class Operation:
    """A call of a vendor's.

    Attributes:
        vendor: The vendor's module.
        noun: The attribute of the client.
        verb: The method.
        carrying: What kind of call it is: `endpoint`, `listing`, `stream` or `download`.
        parameters: Its parameters.
        gives: What it answers with, as its annotation says.
    """

    vendor: str
    noun: str
    verb: str
    carrying: str
    parameters: Mapping[str, inspect.Parameter]
    gives: str

    def __str__(self) -> str:
        return f"{self.vendor}.{self.noun}.{self.verb}"

    @property
    def secrets(self) -> tuple[str, ...]:
        """The names of its arguments that may be secrets, required or not."""
        return tuple(n for n, p in self.parameters.items() if "Secret" in str(p.annotation))

    def arguments(self, markers: Markers, place: Path) -> dict[str, Any]:
        """What to call it with: a marker for each secret, something plain for what is required."""
        given = {name: planted(markers, name, self.parameters[name]) for name in self.secrets}
        for name, parameter in self.parameters.items():
            if parameter.default is parameter.empty and name not in given:
                given[name] = self._plain(name, parameter, place)
        return given

    def described(self, client: Any, arguments: Mapping[str, Any]) -> Any:
        """The `Call` that it makes of its arguments, the first of several."""
        resource = getattr(client, self.noun)
        made = getattr(type(resource), self.verb)(resource, **arguments)
        return made.page(None) if self.carrying == "listing" else getattr(made, "call", made)

    def _plain(self, name: str, parameter: inspect.Parameter, place: Path) -> Any:
        if name == "to":
            return place / "file"
        if name in ARGUMENTS:
            return ARGUMENTS[name]
        words = str(parameter.annotation).replace("|", " ").replace(".", " ").split()
        for kind, value in BY_TYPE.items():
            if kind.__name__ in words:
                return value
        raise AssertionError(f"{self} has a new argument: tell ARGUMENTS of {name!r}")


def planted(markers: Markers, name: str, parameter: inspect.Parameter) -> str:
    """A marker that an argument takes."""
    return markers.digits(name) if name == "passcode" else markers.secret(name)


def operations() -> list[Operation]:
    """Every call of every vendor."""
    return [found for vendor in VENDORS for found in _operations_of(vendor)]


def _operations_of(vendor: str) -> Iterator[Operation]:
    client, _ = clients_of(vendor)
    for noun, resource in _nouns(client):
        for verb, described in inspect.getmembers_static(resource):
            if isinstance(described, (endpoint, listing, stream, download)):
                written = inspect.signature(described._build)
                parameters = {k: v for k, v in written.parameters.items() if k != "self"}
                carrying = type(described).__name__
                gives = str(written.return_annotation)
                yield Operation(vendor, noun, verb, carrying, parameters, gives)


def _nouns(client: type[Any]) -> Iterator[tuple[str, type[Any]]]:
    for base in client.__mro__:
        if not issubclass(base, Surface):
            continue
        for name, noun in vars(base).items():
            if isinstance(noun, cached_property):
                made = typing.get_type_hints(noun.func)["return"]
                resource = typing.get_origin(made) or made
                assert issubclass(resource, Resource), f"{client.__name__}.{name} is no noun"
                yield name, resource
