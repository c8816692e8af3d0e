"""`client.request` of every client, in both colours: nothing is sent of what cannot be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import httpx
import pytest
from conftest import Colour
from good import AWARE
from operations import clients, made, twin

from loyalty_sdk import ESLoyalty, Secret
from loyalty_sdk.auth import ClientCredentials
from loyalty_sdk.errors import InvalidArgument

from .catalogue import NAIVE, OTHERS, TEXTS, TRAVERSALS

NAN = float("nan")
ENDLESS: list[Any] = []
ENDLESS.append(ENDLESS)
TEXT = ("an Enum", "a function", "a class", "an object", "bytes", "a bytearray", "a float", "NaN")
NO_TEXT = {said: OTHERS[said] for said in (*TEXT, "None", "True", "a list", "a dict", "a date")}

BAD_JSON: Mapping[str, Any] = {
    "NaN": NAN,
    "infinity": float("-inf"),
    "a Decimal NaN": Decimal("NaN"),
    "an infinite Decimal": Decimal("-Infinity"),
    "half a surrogate pair": "\ud800",
    "an int that cannot be written": 10**5000,
    "a naive datetime": NAIVE,
    "bytes": b"x",
    "a set": {1},
    "a function": len,
    "an object": object(),
    "a class": str,
    "no end": ENDLESS,
}


class Asked:
    """A client whose vendor counts what it is asked."""

    def __init__(self, colour: Colour, client: type[Any]) -> None:
        self.requests: list[httpx.Request] = []
        self._colour = colour
        kind = colour.pick(client, twin(client))
        self._client = colour.keep(made(kind, transport=httpx.MockTransport(self._answer)))

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return httpx.Response(204)

    def refuses(self, *path: Any, **arguments: Any) -> str:
        """The argument that a call is refused for, of the right operation; or that it is not."""
        try:
            self._colour(self._client.request(*path, **arguments))
        except InvalidArgument as error:
            own = f"{self._client._runner.session.vendor.name}.request"
            return error.argument if error.operation == own else f"of {error.operation}"
        return "accepted"


@pytest.fixture(params=clients(), ids=lambda client: client.__name__)
def asked(request: pytest.FixtureRequest, colour: Colour) -> Iterator[Asked]:
    """A client of every vendor in turn; nothing may reach the vendor."""
    made_here = Asked(colour, request.param)
    yield made_here
    assert made_here.requests == []


def test_methods(asked: Asked):
    """A method is a word of ASCII letters."""
    values = {**NO_TEXT, **TEXTS, "a path": "GET /", "no ASCII": "G\u00c9T", "two": "GET\r\nX: y"}
    del values["too long"]
    found = {said: asked.refuses(value, "v1") for said, value in values.items()}
    assert found == dict.fromkeys(values, "method")


def test_parts_of_the_path(asked: Asked):
    """Each part is text or a number and stays one segment, wherever it stands."""
    values = {**NO_TEXT, **TEXTS, **TRAVERSALS, "a secret": Secret(".."), "a number": 10**5000}
    for path in ((), ("v1",), ("v1", "a")):
        found = {said: asked.refuses("GET", *path, value, "z") for said, value in values.items()}
        assert found == dict.fromkeys(values, "path")
    assert asked.refuses("GET") == "path"


def test_params(asked: Asked):
    """The query is values by name."""
    for value in ("limit=5", b"x", 5, True, [("limit", 5)], {5: 1}, {None: 1}, ["x"], {"a\nb": 1}):
        assert asked.refuses("GET", "v1", params=value) == "params"


def test_values_of_params(asked: Asked):
    """A value with no one spelling in a URL is refused by the parameter's name."""
    for value in (
        1.5, NAN, Decimal("NaN"), Decimal("Infinity"), b"x", ["x"], {"a": 1}, {1}, AWARE, NAIVE,
        date(2024, 5, 1), "a\r\nb", "\x00", "\ud800", object(), Secret("x"), 10**5000,
    ):  # fmt: skip
        assert asked.refuses("GET", "v1", params={"limit": value}) == "limit"


def test_bodies(asked: Asked):
    """What JSON has no spelling for is never written as something else; the place is named."""
    for said, value in BAD_JSON.items():
        assert asked.refuses("POST", "v1", json=value).startswith("json"), said
        named = asked.refuses("POST", "v1", json={"a": [{"b": value}]})
        assert named == "json[a][0][b]" or value is ENDLESS, said


def test_keys_of_bodies(asked: Asked):
    """The keys of an object are text."""
    for key in (5, None, b"x", 1.5, (1, 2), "\ud800"):
        assert asked.refuses("POST", "v1", json={"a": {key: 1}}) == "json[a]"


def test_models(asked: Asked):
    """What an answer is read into is a model, and that is known before anything is sent."""
    for into in (dict, "Card", object(), 5, list, int):
        assert asked.refuses("GET", "v1", into=into) == "into"


def test_repetitions(asked: Asked):
    """Whether a call may be sent twice is no matter of what is like a yes."""
    for repeatable in ("no", 1, 0, None, "yes", []):
        assert asked.refuses("GET", "v1", repeatable=repeatable) == "repeatable"


def test_no_token_is_fetched_for_a_body_that_cannot_be_sent(colour: Colour):
    """The body is looked at before the credentials are."""
    auth = ClientCredentials("https://id.example.com/token", "id", "secret")
    requests: list[httpx.Request] = []
    client = colour.keep(
        colour.pick(ESLoyalty, twin(ESLoyalty))(
            "https://es.example.com", auth=auth, transport=httpx.MockTransport(requests.append)
        )
    )
    with pytest.raises(InvalidArgument, match="json"):
        colour(client.request("POST", "v1", json=[NAN]))
    assert requests == []


def test_bodies_that_are_written(colour: Colour):
    """Everything that has one spelling is sent so; subclasses by what they hold."""
    bodies: list[bytes] = []

    def vendor(request: httpx.Request) -> httpx.Response:
        bodies.append(request.content)
        return httpx.Response(204)

    class Count(int):
        pass

    class Share(float):
        pass

    class Money(Decimal):
        pass

    client = made(colour.pick(ESLoyalty, twin(ESLoyalty)), transport=httpx.MockTransport(vendor))
    colour.keep(client)
    body = {
        "none": None, "yes": True, "n": Count(5), "share": Share(0.5), "money": Money("1.10"),
        "large": 10**30, "aware": AWARE, "day": date(2024, 5, 1), "words": ("ü", [])
    }  # fmt: skip
    assert colour(client.request("POST", "v1", json=body)) is None
    assert bodies == [
        b'{"none":null,"yes":true,"n":5,"share":0.5,"money":1.10,'
        b'"large":1000000000000000000000000000000,"aware":"2024-05-01T12:00:00Z",'
        b'"day":"2024-05-01","words":["\xc3\xbc",[]]}'
    ]
