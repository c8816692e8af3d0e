"""Every call of every vendor, with markers for arguments that are secrets.

What is new is met by itself; where its arguments are not understood, a test fails and says which
table wants a line.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs
import operations as every
from good import good

from .markers import Markers

ARGUMENTS: Mapping[str, object] = {
    "identifier_type": "ACCOUNT_ID",
}
"""Arguments of calls of which their type does not say enough."""


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
            needed = parameter.default is parameter.empty or name in every.NAMING
            if needed and name not in given:
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
        return ARGUMENTS[name] if name in ARGUMENTS else good(parameter.annotation)


def planted(markers: Markers, name: str, parameter: inspect.Parameter) -> str:
    """A marker that an argument takes."""
    return markers.digits(name) if name == "passcode" else markers.secret(name)


def operations() -> list[Operation]:
    """Every call of every vendor."""
    return [_told(found) for found in every.operations()]


def _told(found: every.Operation) -> Operation:
    vendor, noun, verb = found.name.split(".")
    written = inspect.signature(found.described._build)
    carrying = type(found.described).__name__
    gives = str(written.return_annotation)
    return Operation(vendor, noun, verb, carrying, found.parameters, gives)
