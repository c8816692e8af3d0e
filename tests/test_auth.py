from __future__ import annotations

import base64

import attrs
import httpx
import pytest

from loyalty_sdk import Secret
from loyalty_sdk._core.calls import Headers, Response
from loyalty_sdk.auth import BearerToken, ClientCredentials
from loyalty_sdk.errors import InvalidArgument, MissingField, UnreadableAnswer

SECRETS = {"client_id": Secret("the id"), "client_secret": Secret("the:secret")}


def _renewal(**options):
    return ClientCredentials("https://id.test/token", "the id", "the:secret", **options).renew(
        SECRETS
    )


def _revealed(values):
    return {k: v.reveal() if isinstance(v, Secret) else v for k, v in (values or {}).items()}


def test_a_bearer_token_is_a_header():
    """`Authorization: Bearer ...`, and nothing to renew."""
    auth = BearerToken("tok-1")
    assert auth.secrets() == {"token": Secret("tok-1")}
    assert _revealed(auth.headers({"token": Secret("tok-1")})) == {"authorization": "Bearer tok-1"}
    assert auth.renews is False


def test_client_credentials_use_the_token_they_fetched():
    """The id and the secret go into the renewal only."""
    auth = ClientCredentials("https://id.test/token", "i", "s")
    assert auth.renews is True
    assert auth.secrets() == {"client_id": Secret("i"), "client_secret": Secret("s")}
    headers = auth.headers({**SECRETS, "token": Secret("tok-1")})
    assert _revealed(headers) == {"authorization": "Bearer tok-1"}


def test_basic_style():
    """RFC 6749: HTTP Basic, the grant in the form."""
    call = _renewal()
    packed = base64.b64encode(b"the id:the:secret").decode()
    assert _revealed(call.headers) == {"authorization": f"Basic {packed}"}
    assert _revealed(call.form) == {"grant_type": "client_credentials"}
    assert (call.method, call.base_url, call.path) == ("POST", "https://id.test/token", ())
    assert (call.signed, call.repeatable, call.gives_secrets) == (False, True, True)


def test_body_style():
    """Both in the form."""
    call = _renewal(style="body", scope="a b")
    assert _revealed(call.headers) == {}
    assert _revealed(call.form) == {
        "grant_type": "client_credentials", "scope": "a b", "client_id": "the id",
        "client_secret": "the:secret",
    }  # fmt: skip


def test_app_headers_style():
    """Both in headers of their own."""
    call = _renewal(style="app_headers")
    assert _revealed(call.headers) == {"x-app-id": "the id", "x-app-token": "the:secret"}


@pytest.mark.parametrize("slash", ["", "/"])
@pytest.mark.parametrize("style", ["basic", "body", "app_headers"])
def test_on_the_wire(slash, style):
    """The token URL is asked exactly as it was given, with a form of the right type."""
    from _core.toy import Toy

    seen = []

    def handler(request):
        seen.append(request)
        body = {"access_token": "tok-1", "token_type": "bearer", "expires_in": "3600", "id": "c1"}
        return httpx.Response(200, json=body)

    url = f"https://id.test/oauth/token{slash}"
    auth = ClientCredentials(url, "id&1", "se cret", style=style, scope="r w")
    with Toy(auth=auth, transport=httpx.MockTransport(handler)) as toy:
        toy.cards.get("c1")
    assert str(seen[0].url) == url
    assert seen[0].headers["content-type"] == "application/x-www-form-urlencoded"
    form = "grant_type=client_credentials&scope=r+w"
    form += "&client_id=id%261&client_secret=se+cret" if style == "body" else ""
    assert seen[0].content.decode() == form
    assert seen[1].headers["authorization"] == "Bearer tok-1"


def test_a_form_that_cannot_be_written():
    """Half a surrogate pair in it is the caller's mistake."""
    from _core.toy import Toy

    from loyalty_sdk._core.calls import Call

    call = Call(method="POST", path=("a",), form={"scope": "\ud800"}, read=repr, signed=False)
    toy = Toy(transport=httpx.MockTransport(pytest.fail))
    with toy, pytest.raises(InvalidArgument) as caught:
        toy._runner.run(call, "toy.x")
    assert (caught.value.argument, caught.value.operation) == ("form", "toy.x")


def test_the_token_url_is_checked_like_a_base_url():
    """The client's secret does not go over plain http either."""
    from _core.toy import Toy

    auth = ClientCredentials("http://id.test/t", "id", "secret")
    toy = Toy(auth=auth, transport=httpx.MockTransport(pytest.fail))
    with toy, pytest.raises(InvalidArgument, match="must be https") as caught:
        toy.cards.get("c1")
    assert caught.value.operation == "toy.token"


def test_a_path_after_a_base_url_of_its_own():
    """A call that goes elsewhere may have a path, with one slash between."""
    from _core.toy import Toy

    from loyalty_sdk._core.calls import Call

    seen = []
    transport = httpx.MockTransport(lambda r: seen.append(str(r.url)) or httpx.Response(200))
    call = Call(method="GET", path=("a",), base_url="https://id.test/x/", read=repr, signed=False)
    with Toy(transport=transport) as toy:
        toy._runner.run(call, "toy.x")
    assert seen == ["https://id.test/x/a"]


def _read(body):
    return _renewal().read(Response(200, Headers(), body))


def test_the_answer_of_a_token_url():
    """The token, and how long it is good for, when that is said."""
    token = _read(b'{"access_token": "t", "expires_in": 60, "refresh_token": "PLANTED"}')
    assert (token.value, token.lifetime) == (Secret("t"), 60)
    assert "PLANTED" not in repr(token)
    assert _read(b'{"access_token": "t"}').lifetime is None


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b'{"access_token": "PLANTED\\n"}', UnreadableAnswer),
        (b'{"access_token": ""}', UnreadableAnswer),
        (b'{"access_token": "PLANTED\\u00fc"}', UnreadableAnswer),
        (b'{"access_token": ["PLANTED"]}', UnreadableAnswer), (b"[]", UnreadableAnswer),
        (b'{"access_token": "PLANTED", "expires_in": "soon"}', UnreadableAnswer),
        (b'{"token": "PLANTED"}', MissingField), (b"", UnreadableAnswer),
    ],
)  # fmt: skip
def test_answers_that_have_no_token(body, error):
    """They are unreadable, by path, and the token stays out of the error."""
    with pytest.raises(error) as caught:
        _read(body)
    assert "PLANTED" not in repr(caught.value) + str(caught.value)
    assert caught.value.__context__ is None


@pytest.mark.parametrize(
    ("arguments", "argument"),
    [(("https://x", "", "s"), "client_id"), (("https://x", "i", "s\n"), "client_secret"),
     (("https://x", None, "s"), "client_id"), (("no url", "i", "s"), "token_url"),
     (("https://x", "i", "s", "\n"), "scope"), (("https://x", "i", "s", None, "header"), "style"),
     (("https://x", "i", "s", None, None), "style")],
)  # fmt: skip
def test_credentials_are_checked_at_once(arguments, argument):
    """What cannot be sent is refused before there is a client."""
    names = ("token_url", "client_id", "client_secret", "scope", "style")
    with pytest.raises(InvalidArgument) as caught:
        ClientCredentials(**dict(zip(names, arguments, strict=False)))
    assert caught.value.argument == argument
    with pytest.raises(InvalidArgument):
        BearerToken(arguments[1] if argument == "client_id" else "a\n")


def test_a_style_is_one_of_three():
    """A misspelt style is refused."""
    with pytest.raises(InvalidArgument, match="basic, body, app_headers"):
        ClientCredentials("https://x", "i", "s", style="header")


def test_auth_values_are_values_that_show_nothing():
    """They compare, do not change, and keep their secrets out of their repr."""
    auth = ClientCredentials("https://x", "id-PLANTED", "secret-PLANTED", scope="s")
    assert auth == ClientCredentials("https://x", "id-PLANTED", "secret-PLANTED", scope="s")
    assert "PLANTED" not in repr(auth) + repr(BearerToken("PLANTED"))
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        auth.scope = "t"
