from __future__ import annotations

import pickle
from typing import Any

import httpx
import pytest
import respx

from loyalty_sdk import Secret
from loyalty_sdk.errors import (
    APIError,
    BadRequest,
    InvalidArgument,
    MissingField,
    NotFound,
    ServerError,
    UnreadableAnswer,
)

from .colours import TOKEN, Colour, recorded

PATH = "/api/v1/token"


def test_a_token_is_asked_for_as_documented(colour: Colour, vendor: respx.MockRouter) -> None:
    """The customer is named in the query, quoted as need be."""
    route = vendor.get(PATH).mock(return_value=recorded("tokens.get.200"))
    colour.run(colour.client().tokens.get("27/2 9&x=ü"))
    assert dict(route.calls.last.request.url.params) == {"sourceCustomerId": "27/2 9&x=ü"}


def test_a_customer_may_be_a_number(colour: Colour, vendor: respx.MockRouter) -> None:
    """A numeric id is sent as its digits."""
    route = vendor.get(PATH).mock(return_value=recorded("tokens.get.200"))
    colour.run(colour.client().tokens.get(27000000))
    assert dict(route.calls.last.request.url.params) == {"sourceCustomerId": "27000000"}


def test_the_token_is_a_secret(colour: Colour, vendor: respx.MockRouter) -> None:
    """It is masked, cannot be pickled, and gives its text only when asked to."""
    vendor.get(PATH).mock(return_value=recorded("tokens.get.200"))
    token = colour.run(colour.client().tokens.get("1"))
    assert token == Secret(TOKEN)
    assert token.reveal() == TOKEN
    assert TOKEN not in f"{token} {token!r}"
    with pytest.raises(TypeError, match="pickled"):
        pickle.dumps(token)


def test_the_token_opens_the_other_calls(colour: Colour, vendor: respx.MockRouter) -> None:
    """What comes back is passed on as it is."""
    vendor.get(PATH).mock(return_value=recorded("tokens.get.200"))
    redemptions = vendor.get(f"/api/v1/customers/{TOKEN}/redemptions")
    redemptions.mock(return_value=recorded("redemptions.list.200"))
    client = colour.client()
    colour.run(client.redemptions.list(colour.run(client.tokens.get("1"))))
    assert redemptions.called


@pytest.mark.parametrize("customer", ["", " ", "a\nb", None, 1.5, True])
def test_a_bad_customer_is_refused(colour: Colour, customer: Any) -> None:
    """It never leaves."""
    with pytest.raises(InvalidArgument, match=r"tokens\.get: source_customer_id: must"):
        colour.run(colour.client().tokens.get(customer))


@pytest.mark.parametrize(
    ("name", "kind", "code"),
    [
        ("400", BadRequest, "BadRequest"),
        ("404", NotFound, "NotFound"),
        ("500", ServerError, "InternalServerError"),
    ],
)
def test_each_error_has_its_class(
    colour: Colour, vendor: respx.MockRouter, name: str, kind: type[APIError], code: str
) -> None:
    """The error object is read under `error`, and also without that wrapping."""
    vendor.get(PATH).mock(return_value=recorded(f"tokens.get.{name}"))
    with pytest.raises(kind) as caught:
        colour.run(colour.client().tokens.get("1"))
    assert (caught.value.status, caught.value.code) == (int(name), code)
    assert caught.value.request_id == f"synthetic-server-session-{name}"


@pytest.mark.parametrize("token", ["", "  ", True, {}])
def test_an_odd_token_is_unreadable(colour: Colour, vendor: respx.MockRouter, token: Any) -> None:
    """An empty token, or one that is no text, is an error with its wire path."""
    vendor.get(PATH).mock(return_value=httpx.Response(200, json={"token": token}))
    with pytest.raises(UnreadableAnswer, match=r"\$\.token: "):
        colour.run(colour.client().tokens.get("1"))


def test_an_answer_without_a_token_is_an_error(colour: Colour, vendor: respx.MockRouter) -> None:
    """The call does not give what is no token."""
    vendor.get(PATH).mock(return_value=httpx.Response(200, json={"other": 1}))
    with pytest.raises(MissingField, match=r"\$\.token is promised"):
        colour.run(colour.client().tokens.get("1"))
