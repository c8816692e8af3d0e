"""Every argument of every client's constructor, and of every auth value, with every bad value.

The arguments are found in the signatures; what is bad for them is in the catalogue by type, and
here by name where the type alone does not say it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args, get_type_hints

import attrs
import httpx
import pytest
from conftest import Colour
from good import good
from operations import CREDENTIALS, clients, made, twin

from loyalty_sdk import Retry, Voucherify
from loyalty_sdk.auth import Auth, BearerToken
from loyalty_sdk.errors import InvalidArgument

from .catalogue import bad

URL = "https://vendor.example.com"
ES_OAUTH = {"base_url": URL, "token_url": URL, "client_id": "id-1", "client_secret": "secret-1"}
PAIR = {"token_id": "id-1", "token_secret": "secret-1"}

BESIDE: Mapping[tuple[str, str], Mapping[str, Any]] = {
    **{("ESLoyalty", name): ES_OAUTH for name in ("token_url", "client_id", "client_secret")},
    **{("ESLoyalty", name): ES_OAUTH for name in ("scope", "style")},
    ("ESLoyalty", "auth"): {"base_url": URL},
    ("Voucherify", "auth"): {},
    ("Cardlytics", "key"): {"base_url": URL, "cert": __file__},
    ("CardlyticsPublisher", "key"): {"base_url": URL, "cert": __file__},
    **{("Spaaza", name): PAIR for name in (*PAIR, "app_hostname")},
}
"""What goes beside an argument, where that is not what the client is mostly made with."""

GOOD: Mapping[str, Any] = {
    "api_version": "1.2.3",
    "app_hostname": "acme.example.com",
    "base_url": URL,
    "headers": {"X-Good": "1"},
    "proxy": "http://127.0.0.1:3128",
    "timezone": "Europe/Paris",
    "token_url": URL,
}
"""Good values of arguments whose type does not say what is one."""

NO_URLS = (
    "vendor.example.com", "//vendor.example.com", "ftp://vendor.example.com", "https://", "https:x",
    "https://user@vendor.example.com", "https://vendor.example.com?a=1", "https://vendor.example#a",
    "https://vendor example.com", "https://vendor.example.com:99999", "https://vendor..example.com",
    "https://vendor.example.com:0", "http://vendor.example.com", "https://[::1", "javascript:1",
)  # fmt: skip

BAD: Mapping[str, tuple[Any, ...]] = {
    "api_version": ("v1\r\nx: y", "ü"),
    "app_hostname": ("https://acme.example.com", "acme.example.com/x", "ü.example.com", " acme"),
    "base_url": NO_URLS,
    "cert": ("no/such/file.pem", __file__, Path(__file__), "a\x00b"),
    "deadline": (0, -1, -0.5, 1e10, 10**400, Decimal(3), "3"),
    "headers": (
        {"": "x"}, {"a b": "x"}, {"a:": "x"}, {"ü": "x"}, {"a\n": "x"}, {"a": "ü"}, {"a": " x"},
        {"a": "b\r\nc: d"}, {"a": None}, {"a": 1}, {"a": b"x"}, {"Content-Length": "5"},
        {"Transfer-Encoding": "chunked"}, {"Host": "other.example.com"}, {"Connection": "close"},
    ),
    "max_connections": (0, -1, "20", 1.0),
    "meta": ("x" * 513, "ü", " x", "a\tb"),
    "proxy": ("ftp://h", "http://", "http://h:99999", "http://a b", "http://h\n"),
    "region": ("EU", "de", "", "eu "),
    "retry": (3, {}, Retry),
    "session_id": ("x" * 513, "ü", " x", "a\tb"),
    "style": ("", "BASIC", "header"),
    "timeout": (0, -1, -0.5, 1e10, 10**400, Decimal(3), "3"),
    "timezone": ("Mars/Olympus", "../../etc/passwd", "/etc/localtime", "UTC\x00", "utc plus 1"),
    "token_url": NO_URLS[:-4],
}  # fmt: skip
"""Bad values of arguments by name; those of the type come besides."""

LONG_IS_FINE = {"app_hostname"}
OWN_NETWORKING = {"transport", "http_client"}


def _arguments(client: type[Any]) -> dict[str, Any]:
    """The arguments of a constructor with their types, the common options among them."""
    hints = get_type_hints(client.__init__)
    del hints["return"]
    options = get_args(hints.pop("options"))[0]
    return {**hints, **get_type_hints(options)}


each_client = pytest.mark.parametrize("client", clients(), ids=lambda client: client.__name__)


def _beside(client: type[Any], name: str) -> Mapping[str, Any]:
    """What a client is made with, so that an argument is looked at for its own sake."""
    plain = client.__name__.removeprefix("Async")
    return BESIDE.get((plain, name), CREDENTIALS[plain])


@each_client
def test_good_arguments_make_a_client(colour: Colour, client: type[Any]):
    """Each argument has a value that is taken: what follows is refused for its own sake."""
    kind = colour.pick(client, twin(client))
    for name, hint in _arguments(kind).items():
        if name in OWN_NETWORKING or name in ("cert", "key"):
            continue
        value = GOOD[name] if name in GOOD else good(hint)
        colour.keep(kind(**{**_beside(kind, name), name: value}))


@each_client
def test_bad_arguments_are_refused(colour: Colour, client: type[Any]):
    """There is no client then, and the error names the argument."""
    kind = colour.pick(client, twin(client))
    wrong = {
        (name, said): how
        for name, hint in _arguments(kind).items()
        for said, value in _bad_values(name, hint)
        if (how := _outcome(colour, kind, name, value)) != "refused"
    }
    assert wrong == {}


def _bad_values(name: str, hint: Any) -> Iterator[tuple[str, Any]]:
    yield from ((f"{name} #{index}", value) for index, value in enumerate(BAD.get(name, ())))
    for said, value in bad(hint):
        if not (name == "key" and value is None):
            yield said, value


def _outcome(colour: Colour, kind: type[Any], name: str, value: Any) -> str:
    try:
        colour.keep(kind(**{**_beside(kind, name), name: value}))
    except InvalidArgument as error:
        return "refused" if error.argument == name else f"refused as {error.argument}"
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return "accepted"


@pytest.mark.parametrize("option", ["timeout", "deadline", "retry", "headers"])
def test_views_refuse_what_clients_refuse(colour: Colour, option: str):
    """`with_options` checks like the constructor."""
    client = colour.keep(made(colour.pick(Voucherify, twin(Voucherify))))
    hint = _arguments(type(client))[option]
    for said, value in _bad_values(option, hint):
        with pytest.raises(InvalidArgument) as caught:
            client.with_options(**{option: value})
        assert caught.value.argument == option, said


def _auth_values(kind: type[Auth] = Auth) -> Iterator[type[Auth]]:
    for made_of in kind.__subclasses__():
        if made_of.__module__.startswith("loyalty_sdk.") and attrs.fields_dict(made_of):
            yield made_of
        yield from _auth_values(made_of)


@pytest.mark.parametrize("kind", sorted(set(_auth_values()), key=lambda kind: kind.__name__))
def test_auth_values_are_checked_when_they_are_made(kind: type[Auth]):
    """Bad credentials never wait for the first call to be found out, and are not shown."""
    hints = {name: hint for name, hint in get_type_hints(kind.__init__).items() if name != "return"}
    fine = {name: GOOD[name] if name in GOOD else good(hint) for name, hint in hints.items()}
    assert isinstance(kind(**fine), Auth)
    wrong = {}
    for name, hint in hints.items():
        for said, value in _bad_values(name, hint):
            try:
                kind(**{**fine, name: value})
                wrong[name, said] = "accepted"
            except InvalidArgument as error:
                if error.argument != name:
                    wrong[name, said] = f"refused as {error.argument}"
    assert wrong == {}


@pytest.mark.parametrize("name", ["attempts", "initial_wait", "max_wait"])
def test_retries_are_checked(name: str):
    """A `Retry` is a whole number of attempts and finite waits."""
    for said, value in (*bad(get_type_hints(Retry)[name]), ("below", -1), ("endless", 10**400)):
        if not (value == 0 and name != "attempts"):
            with pytest.raises(InvalidArgument) as caught:
                Retry(**{name: value})
            assert caught.value.argument == name, said


def _together() -> Iterator[tuple[str, dict[str, Any], str]]:
    """Arguments that exclude each other, with the one that is named."""
    bearer = BearerToken("good-token-1")
    transport = httpx.MockTransport(lambda _: httpx.Response(500))
    yield "Voucherify", {"auth": bearer, "app_id": "id-1"}, "auth"
    yield "Voucherify", {"auth": bearer, "app_token": "token-1"}, "auth"
    for name in ("token_id", "token_secret", "app_hostname"):
        yield "Spaaza", {"auth": bearer, name: "one"}, name
        yield "Spaaza", {"auth": None, name: "one"}, name
    for name in ES_OAUTH.keys() - {"base_url"}:
        yield "ESLoyalty", {"base_url": URL, "token": "t", name: ES_OAUTH[name]}, "token"
        yield "ESLoyalty", {"base_url": URL, "auth": bearer, name: ES_OAUTH[name]}, "auth"
    yield "ESLoyalty", {"base_url": URL, "token": "t", "auth": bearer}, "auth"
    yield "ESLoyalty", {"base_url": f"{URL}/client", "token": "t"}, "base_url"
    yield "Cardlytics", {"base_url": f"{URL}/api/v1"}, "base_url"
    yield "Cardlytics", {"base_url": URL, "key": "key.pem"}, "key"
    yield "CardlyticsPublisher", {"base_url": f"{URL}/v2"}, "base_url"
    yield "CardlyticsPublisher", {"base_url": URL, "key": "key.pem"}, "key"
    yield "Cardlytics", {"base_url": URL, "cert": "c.pem", "transport": transport}, "cert"
    yield "Cardlytics", {"base_url": URL, "proxy": "http://p", "transport": transport}, "proxy"


@pytest.mark.parametrize(("name", "arguments", "named"), list(_together()))
def test_arguments_that_exclude_each_other(
    colour: Colour, name: str, arguments: dict[str, Any], named: str
):
    """Both of two is a mistake that is said, not one that is settled in silence."""
    client = next(kind for kind in clients() if kind.__name__ == name)
    with pytest.raises(InvalidArgument) as caught:
        colour.pick(client, twin(client))(**arguments)
    assert caught.value.argument == named


@each_client
def test_options_that_no_client_has(colour: Colour, client: type[Any]):
    """A misspelt option is a `TypeError` that says it."""
    with pytest.raises(TypeError, match="tiemout"):
        made(colour.pick(client, twin(client)), tiemout=5)
