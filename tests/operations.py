"""Every operation of the SDK, found by looking at its classes: what is added later is found too."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import typing
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Required, get_args, get_origin, get_type_hints

import attrs
import httpx
from good import good

import loyalty_sdk
from loyalty_sdk._core.client import AsyncClient, Client
from loyalty_sdk._core.endpoint import Resource, download, endpoint, listing, stream
from loyalty_sdk.auth import BearerToken
from loyalty_sdk.spaaza import PrivilegedToken

DECORATED = (endpoint, listing, stream, download)

CREDENTIALS: Mapping[str, Mapping[str, Any]] = {
    "Voucherify": {"app_id": "synthetic-app-id", "app_token": "synthetic-app-token"},
    "Spaaza": {
        "auth": PrivilegedToken("synthetic-id", "synthetic-secret", app_hostname="acme.example.com")
    },
    "ESLoyalty": {"base_url": "https://es.example.com/cux", "token": "synthetic-token"},
    "Cardlytics": {"base_url": "https://cardlytics.example.com", "timezone": "UTC"},
    "CardlyticsPublisher": {
        "base_url": "https://publisher.example.com",
        "auth": BearerToken("synthetic-token"),
    },
}
"""What each client needs to be made; a client that is not here fails the tests that make all."""

NAMING = {"voucher_key", "retailer_basket_code"}
"""Parameters that name what a call is about, where others may do so in their place."""


def clients(colour: type[Any] = Client) -> list[type[Any]]:
    """The clients of a colour, `Client` or `AsyncClient`, of every vendor."""
    for module in pkgutil.walk_packages(loyalty_sdk.__path__, "loyalty_sdk."):
        if module.name.endswith(".client"):
            importlib.import_module(module.name)
    found = [kind for kind in colour.__subclasses__() if kind.__module__.startswith("loyalty_sdk.")]
    return sorted(found, key=lambda kind: kind.__name__)


def twin(client: type[Any]) -> type[Any]:
    """The async client of the same vendor."""
    return next(kind for kind in clients(AsyncClient) if kind.__name__ == f"Async{client.__name__}")


def made(client: type[Any], **arguments: Any) -> Any:
    """A client with synthetic credentials."""
    credentials = CREDENTIALS[client.__name__.removeprefix("Async")]
    return client(**{**credentials, **arguments})


@attrs.frozen
class Operation:
    """One call of one vendor.

    Attributes:
        client: The blocking client that has it.
        nouns: The attributes that lead to it, such as `("customers",)`.
        method: Its own name.
        described: The decorated method: an `endpoint`, a `listing`, a `stream` or a `download`.
        name: What errors call it.
    """

    client: type[Any]
    nouns: tuple[str, ...]
    method: str
    described: Any
    name: str

    def of(self, client: Any) -> Any:
        """The bound method of a client."""
        found = client
        for noun in (*self.nouns, self.method):
            found = getattr(found, noun)
        return found

    @property
    def parameters(self) -> dict[str, inspect.Parameter]:
        """The parameters, each with its annotation resolved; those of a form are each its own."""
        build = self.described._build
        hints = get_type_hints(build, include_extras=True)
        written = list(inspect.signature(build).parameters.values())[1:]
        resolved = (each.replace(annotation=hints[each.name]) for each in written)
        return {one.name: one for each in resolved for one in _spread(each)}

    def description(self) -> Any:
        """What the method describes with good arguments: a `Call`, or what is made of one."""
        with made(self.client, transport=httpx.MockTransport(_nobody)) as client:
            resource = client
            for noun in self.nouns:
                resource = getattr(resource, noun)
            arguments = {name: good(each.annotation) for name, each in self.needed.items()}
            return self.described._build(resource, **arguments)

    @property
    def needed(self) -> dict[str, inspect.Parameter]:
        """The parameters that must be given."""
        every = self.parameters.items()
        return {n: each for n, each in every if each.default is each.empty or n in NAMING}


def _spread(parameter: inspect.Parameter) -> Iterator[inspect.Parameter]:
    """The keyword arguments that a form of many stands for; any other parameter as it is."""
    if parameter.kind is not inspect.Parameter.VAR_KEYWORD:
        yield parameter
        return
    (form,) = get_args(parameter.annotation)
    for name, hint in get_type_hints(form, include_extras=True).items():
        required = get_origin(hint) is Required
        yield inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            annotation=get_args(hint)[0] if required else hint,
            default=inspect.Parameter.empty if required else None,
        )


def operations() -> list[Operation]:
    """Every call of every vendor."""
    return [found for client in clients() for found in _of(client)]


def _of(client: type[Any]) -> Iterator[Operation]:
    with made(client, transport=httpx.MockTransport(_nobody)) as example:
        yield from _under(client, client, (), example)


def _under(
    client: type[Any], kind: type[Any], nouns: tuple[str, ...], example: Any
) -> Iterator[Operation]:
    for name, member in inspect.getmembers_static(kind):
        if isinstance(member, DECORATED):
            yield Operation(client, nouns, name, member, example._name_of(name))
        elif isinstance(member, cached_property):
            noun = get_origin(typing.get_type_hints(member.func)["return"])
            assert issubclass(noun, Resource), f"{kind.__name__}.{name} is no noun"
            yield from _under(client, noun, (*nouns, name), getattr(example, name))


def _nobody(request: httpx.Request) -> httpx.Response:
    raise AssertionError("nothing is sent by looking")


__all__ = ["CREDENTIALS", "Operation", "clients", "made", "operations", "twin"]
