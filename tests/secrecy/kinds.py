"""Every way to prove who you are, found by walking the package.

What is new is met by itself; where it is not understood, a test fails and says which table here
wants a line.
"""

from __future__ import annotations

import importlib
import inspect
import itertools
import pkgutil
import typing
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import attrs

import loyalty_sdk
from loyalty_sdk import Secret
from loyalty_sdk._core.client import AsyncClient, Client
from loyalty_sdk.auth import Auth, Style

VENDORS = ("cardlytics", "cardlytics_v2", "es_loyalty", "spaaza", "voucherify")
MODULES = {"cardlytics_v2": "cardlytics.v2"}
"""Where a vendor's names are, if not in a module of its own name."""
SHARED = "auth"

PLAIN: Mapping[str, object] = {
    "app_hostname": "acme.spaaza.test",
    "base_url": None,
    "institution_id": "50004",
    "organization_id": "50004",
    "scope": "read",
    "source_customer_id": "c-1",
    "style": None,
    "token_key": "sessionToken",
    "token_url": None,
    "user_id": 4711,
}
"""Arguments of auth values and clients that are no secrets; `None` is filled in by the scene."""

TOGETHER: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "cardlytics": (),
    "cardlytics_v2": (),
    "es_loyalty": (("token",), ("client_id", "client_secret")),
    "spaaza": (("token_id", "token_secret"),),
    "voucherify": (("app_id", "app_token"),),
}
"""The secrets that a client's constructor takes, by vendor, and which of them go together."""


def public_modules() -> Iterator[Any]:
    """The modules of the package that users import from."""
    for found in pkgutil.iter_modules(loyalty_sdk.__path__, "loyalty_sdk."):
        name = found.name.rpartition(".")[2]
        if not name.startswith("_") and name != "sandbox":
            yield importlib.import_module(found.name)
    yield from map(module_of, MODULES)


def _public(module: Any, base: type) -> list[type]:
    classes = (getattr(module, name) for name in module.__all__)
    return [
        each
        for each in classes
        if inspect.isclass(each) and issubclass(each, base) and not inspect.isabstract(each)
    ]


# --- auth values


@attrs.frozen
class Kind:
    """A way to prove who you are to a vendor.

    Attributes:
        name: For the test's name.
        vendor: The vendor's module.
        secrets: The names of its arguments that are secrets.
        make: Given secrets by name, and plain arguments by name, what to make a client with.
    """

    name: str
    vendor: str
    secrets: tuple[str, ...]
    make: Callable[[Mapping[str, Any], Mapping[str, Any]], dict[str, Any]]


def kinds() -> list[Kind]:
    """Every auth class for every vendor that takes it, and the constructors' own secrets."""
    return [kind for vendor in VENDORS for kind in (*_by_auth(vendor), *_by_constructor(vendor))]


def auth_classes() -> list[type[Auth]]:
    """Every auth class that is public."""
    return [found for module in public_modules() for found in _public(module, Auth)]


def _by_auth(vendor: str) -> Iterator[Kind]:
    (client, _) = clients_of(vendor)
    if "auth" not in inspect.signature(client).parameters:
        return
    for module in (importlib.import_module(f"loyalty_sdk.{SHARED}"), module_of(vendor)):
        for found in _public(module, Auth):
            for variant, fixed in _variants(found):
                yield Kind(
                    name=f"{vendor}-{found.__name__}{variant}",
                    vendor=vendor,
                    secrets=_secret_fields(found),
                    make=_auth_maker(found, fixed),
                )


def _variants(auth: type[Auth]) -> Iterator[tuple[str, dict[str, Any]]]:
    """An auth class in each of its styles."""
    if "style" not in attrs.fields_dict(auth):
        yield "", {}
        return
    for style in typing.get_args(Style):
        yield f"-{style}", {"style": style}


def _secret_fields(auth: Any) -> tuple[str, ...]:
    fields = {field.name: str(field.type) for field in attrs.fields(auth)}
    unknown = [name for name, kind in fields.items() if "Secret" not in kind and name not in PLAIN]
    assert not unknown, f"{auth.__name__} has new arguments: tell PLAIN of {unknown}"
    return tuple(name for name, kind in fields.items() if "Secret" in kind)


def _auth_maker(auth: Any, fixed: Mapping[str, Any]) -> Callable[..., dict[str, Any]]:
    def make(secrets: Mapping[str, Any], plain: Mapping[str, Any]) -> dict[str, Any]:
        names = [field.name for field in attrs.fields(auth)]
        chosen = {**PLAIN, **plain, **fixed}
        given = {name: secrets[name] if name in secrets else chosen[name] for name in names}
        return {"auth": auth(**given)}

    return make


def _by_constructor(vendor: str) -> Iterator[Kind]:
    for client in clients_of(vendor):
        taken = {
            name
            for name, parameter in inspect.signature(client).parameters.items()
            if "SecretSource" in str(parameter.annotation)
        }
        known = set(itertools.chain.from_iterable(TOGETHER[vendor]))
        assert taken == known, f"{client.__name__} takes other secrets: tell TOGETHER of {taken}"
    for names in TOGETHER[vendor]:
        yield Kind(
            name=f"{vendor}-{'-'.join(names)}",
            vendor=vendor,
            secrets=names,
            make=_argument_maker("token_url" if "client_id" in names else None),
        )
    if not TOGETHER[vendor]:
        yield Kind(name=vendor, vendor=vendor, secrets=(), make=_argument_maker(None))


def _argument_maker(url: str | None) -> Callable[..., dict[str, Any]]:
    def make(secrets: Mapping[str, Any], plain: Mapping[str, Any]) -> dict[str, Any]:
        return dict(secrets) if url is None else {**secrets, url: plain[url]}

    return make


# --- clients


def module_of(vendor: str) -> Any:
    """The module that users import a vendor's names from."""
    return importlib.import_module(f"loyalty_sdk.{MODULES.get(vendor, vendor)}")


def clients_of(vendor: str) -> tuple[type[Any], type[Any]]:
    """The blocking and the async client of a vendor."""
    module = module_of(vendor)
    (blocking,) = _public(module, Client)
    (asynchronous,) = _public(module, AsyncClient)
    return blocking, asynchronous


# --- ways to give a secret


def _as_function(text: str) -> Callable[[], str]:
    return lambda: text


def _as_coroutine(text: str) -> Callable[[], Any]:
    async def give() -> Secret:
        return Secret(text)

    return give


SOURCES: Mapping[str, Callable[[str], Any]] = {
    "text": str,
    "secret": Secret,
    "function": _as_function,
    "coroutine": _as_coroutine,
}
