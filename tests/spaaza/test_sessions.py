from __future__ import annotations

import json
import pickle
from datetime import datetime, timezone
from typing import Any
from urllib.parse import parse_qsl

import attrs
import httpx
import pytest
from conftest import Colour
from hypothesis import given
from hypothesis import strategies as st

from loyalty_sdk import Answer, Secret
from loyalty_sdk._core.calls import Call
from loyalty_sdk.errors import (
    APIError,
    BadRequest,
    ConnectionLost,
    InvalidArgument,
    MethodNotAllowed,
    MissingField,
    ServerError,
    Unauthorized,
    UnreadableAnswer,
)
from loyalty_sdk.spaaza import AdminSession, PasscodeRequired, Session, Sessions, UserSession

from .replay import CHAIN, Replay, form_of, page, recorded, voucher

KEY = "synthetic-session-key-0123456789"
APP = "x-spaaza-myprice-app-hostname"
EXPIRES = datetime(2030, 4, 6, 11, 19, 10, tzinfo=timezone.utc)
SIGNED = {"authorization", "x-spaaza-session-user-id", "x-spaaza-session-key"}


# --- logging in


def test_somebody_on_the_staff_logs_in(colour: Colour) -> None:
    """Name and password go out as a form, unsigned, and a session comes back."""
    replay = Replay(recorded("sessions.login.200"))
    client = replay.client(colour)
    session = colour(client.sessions.login("staff@example.com", "hush"))
    [request] = replay.requests
    assert (request.method, str(request.url)) == ("POST", "https://api0.spaaza.com/auth/login")
    assert form_of(request) == {"username": "staff@example.com", "password": "hush"}
    assert not SIGNED & set(request.headers)
    assert APP not in request.headers
    assert request.headers["x-spaaza-api-version"] == "1.6.3"
    assert type(session) is Session
    assert session.session_key == Secret(KEY)
    assert session.session_user_id == "501"
    assert session.session_username == "staff@example.com"
    assert session.session_auth_method == "password"
    assert session.session_key_validity == 336
    assert session.session_expires_date == EXPIRES
    assert session.app_hostname is None
    assert session.auth == AdminSession("501", Secret(KEY))


def test_a_customer_logs_in_to_an_app(colour: Colour) -> None:
    """The app's hostname goes along, and makes the session a customer's."""
    replay = Replay(recorded("sessions.login.200-user"))
    client = replay.bare(colour, auth=None)
    session = colour(
        client.sessions.login("ida@example.com", Secret("hush"), app_hostname="acme.example")
    )
    [request] = replay.requests
    assert request.headers[APP] == "acme.example"
    assert form_of(request) == {"username": "ida@example.com", "password": "hush"}
    assert session.app_hostname == "acme.example"
    assert session.auth == UserSession("71", Secret(KEY), "acme.example")


def test_an_admin_with_two_factors_is_asked_for_a_passcode(colour: Colour) -> None:
    """Where a passcode was sent, the answer says so, and nothing prompts."""
    client = Replay(recorded("sessions.login.200-passcode")).client(colour)
    asked = colour(client.sessions.login("staff@example.com", "hush"))
    assert type(asked) is PasscodeRequired
    assert asked.passcode_key == Secret("synthetic-passcode-key")
    assert asked.passcode_expiry_date == EXPIRES


def test_a_passcode_without_its_key_says_so_when_it_is_used(colour: Colour) -> None:
    """What remains is known all the same: only who reads the key hears of it."""
    body = recorded("sessions.login.200-passcode").json()
    del body["results"]["session_passcode_key"]
    client = Replay(httpx.Response(200, json=body)).client(colour)
    asked = colour(client.sessions.login("staff@example.com", "hush"))
    assert asked.passcode_expiry_date == EXPIRES
    with pytest.raises(MissingField, match=r"\$\.results\.session_passcode_key"):
        _ = asked.passcode_key


def test_a_session_is_what_the_next_client_is_made_with(colour: Colour) -> None:
    """`Session.auth` signs the calls of a client."""
    session = colour(
        Replay(recorded("sessions.login.200")).bare(colour, auth=None).sessions.login("s", "hush")
    )
    replay = Replay(page())
    colour.items(replay.client(colour, auth=session.auth).vouchers.list(CHAIN))
    headers = replay.requests[0].headers
    assert headers["x-spaaza-session-user-id"] == "501"
    assert headers["x-spaaza-session-key"] == KEY
    assert not {APP, "authorization"} & set(headers)


@pytest.mark.parametrize(
    "password", ["a+b", "a&b=c", "100% ü", "p w", "€\U0001f511", "=", "&", " lead", "\n", "日本"]
)
def test_odd_passwords_arrive_as_they_are(password: str, colour: Colour) -> None:
    """Signs that mean something in a form are encoded."""
    replay = Replay(recorded("sessions.login.200"))
    colour(replay.client(colour).sessions.login("a+b&c@example.com", password))
    [request] = replay.requests
    assert form_of(request) == {"username": "a+b&c@example.com", "password": password}


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_password_arrives_as_it_is(password: str) -> None:
    """No text is changed on its way into the form."""
    from urllib.parse import urlencode

    call: Call[Any] = Sessions.login(None, "name", password)
    assert call.form is not None
    hidden = call.form["password"]
    assert isinstance(hidden, Secret)
    assert dict(parse_qsl(urlencode({"p": hidden.reveal()}), keep_blank_values=True)) == {
        "p": password
    }


@pytest.mark.parametrize(
    ("argument", "arguments"),
    [
        *(("username", (value, "hush")) for value in ("", None, 5, b"x", "\ud800")),
        *(("password", ("name", value)) for value in ("", None, 5, b"x", "\ud800", Secret(""))),
    ],
)
def test_bad_names_and_passwords_are_refused(argument: str, arguments: Any, colour: Colour) -> None:
    """Nothing is sent without a name and a password that can be sent."""
    replay = Replay()
    with pytest.raises(InvalidArgument) as caught:
        colour(replay.client(colour).sessions.login(*arguments))
    assert caught.value.argument == argument
    assert caught.value.operation == "spaaza.sessions.login"
    assert replay.requests == []


@pytest.mark.parametrize("app_hostname", ["", " ", "https://acme.example", "a/b", "a\nb", "ü", 5])
def test_a_bad_app_is_refused_before_other_sessions_end(app_hostname: Any, colour: Colour) -> None:
    """Logging in ends other sessions, so an app that no session can have is refused first."""
    replay = Replay()
    with pytest.raises(InvalidArgument) as caught:
        colour(replay.client(colour).sessions.login("name", "hush", app_hostname=app_hostname))
    assert caught.value.argument == "app_hostname"
    assert replay.requests == []


# --- the passcode


@pytest.mark.parametrize("passcode", ["012345", 12345, " 012345\n"])
@pytest.mark.parametrize("key", ["passcode-key", Secret("passcode-key")])
def test_a_passcode_opens_a_session(passcode: Any, key: Any, colour: Colour) -> None:
    """Passcode and key go out as a form, unsigned; the session is an admin's."""
    replay = Replay(recorded("sessions.verify.200"))
    session = colour(replay.client(colour).sessions.verify(passcode, key))
    [request] = replay.requests
    assert (request.method, str(request.url)) == ("POST", "https://api0.spaaza.com/auth/session")
    assert form_of(request) == {
        "session_passcode": str(passcode).strip(),
        "session_passcode_key": "passcode-key",
    }
    assert not SIGNED & set(request.headers)
    assert session.auth == AdminSession("502", Secret(KEY))


@pytest.mark.parametrize(
    ("argument", "arguments"),
    [
        *(
            ("passcode", (value, "key"))
            for value in ("", "12a", "-1", -1, 1.5, True, None, "\u0661\u0662")
        ),
        *(("passcode_key", ("12", value)) for value in ("", " ", None, 5, "a\nb")),
    ],
)
def test_bad_passcodes_are_refused(argument: str, arguments: Any, colour: Colour) -> None:
    """A passcode is digits, and nothing else is sent."""
    replay = Replay()
    with pytest.raises(InvalidArgument) as caught:
        colour(replay.client(colour).sessions.verify(*arguments))
    assert caught.value.argument == argument
    assert replay.requests == []


# --- logging out


def test_a_session_is_ended(colour: Colour) -> None:
    """The session's own headers say which one; nothing comes back."""
    replay = Replay(recorded("sessions.logout.200"))
    client = replay.client(colour, auth=AdminSession(501, KEY))
    assert colour(client.sessions.logout()) is None
    [request] = replay.requests
    assert (request.method, str(request.url)) == ("DELETE", "https://api0.spaaza.com/auth/logout")
    assert request.headers["x-spaaza-session-key"] == KEY
    assert request.content == b""


# --- errors, and that nothing is ever sent twice

CALLS: dict[str, Any] = {
    "login": lambda sessions: sessions.login("name", "hush-hush"),
    "verify": lambda sessions: sessions.verify("012345", "hush-hush"),
    "logout": lambda sessions: sessions.logout(),
}


@pytest.mark.parametrize(
    ("name", "kind", "number"),
    [
        ("login.400", BadRequest, "52"),
        ("login.401", Unauthorized, "5"),
        ("login.500", ServerError, None),
        ("verify.401", Unauthorized, "5"),
        ("verify.500", ServerError, None),
        ("logout.400", BadRequest, "228"),
        ("logout.401", Unauthorized, "6"),
        ("logout.405", MethodNotAllowed, "4"),
        ("logout.500", ServerError, None),
    ],
)
def test_every_error_is_said_once(
    name: str, kind: type[APIError], number: str | None, colour: Colour
) -> None:
    """Each error of a session call has its class and number, and nothing is sent again."""
    call = name.partition(".")[0]
    replay = Replay(*[recorded(f"sessions.{name}")] * 3)
    client = replay.client(colour, auth=AdminSession(501, lambda: KEY))
    with pytest.raises(APIError) as caught:
        colour(CALLS[call](client.sessions))
    assert type(caught.value) is kind
    assert caught.value.number == number
    assert caught.value.operation == f"spaaza.sessions.{call}"
    assert len(replay.requests) == 1


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize(
    "failure",
    [httpx.ReadError("cut"), httpx.RemoteProtocolError("cut"), httpx.WriteError("cut")],
    ids=lambda failure: type(failure).__name__,
)
def test_a_lost_connection_is_never_repeated(call: str, failure: Any, colour: Colour) -> None:
    """What may have arrived is not sent again: it could end the session it opened."""
    replay = Replay(*[failure] * 3)
    with pytest.raises(ConnectionLost):
        colour(CALLS[call](replay.client(colour).sessions))
    assert len(replay.requests) == 1


@pytest.mark.parametrize("call", ["login", "verify"])
@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"result": {"code": 1}}, "$.results"),
        ({"result": {"code": 1}, "results": []}, "$.results"),
        ({"result": {"code": 1}, "results": {}}, "$.results.session_info"),
        ([{"result": {"code": 1}, "results": {}}], "$[0].results.session_info"),
        ({"result": {"code": 1}, "results": {"session_info": []}}, "$.results.session_info"),
        (
            {"result": {"code": 1}, "results": {"session_info": {"session_key": {}}}},
            "$.results.session_info.session_key",
        ),
    ],
)
def test_an_unreadable_session_names_the_place(
    call: str, body: Any, path: str, colour: Colour
) -> None:
    """An answer without a session is one error with its wire path, and not asked for again."""
    replay = Replay(*[httpx.Response(200, json=body)] * 3)
    with pytest.raises(UnreadableAnswer) as caught:
        colour(CALLS[call](replay.client(colour).sessions))
    [problem] = caught.value.problems
    assert problem.startswith(f"{path}: ")
    assert len(replay.requests) == 1


def test_a_session_without_a_key_says_so_when_it_is_used(colour: Colour) -> None:
    """A missing key is an error when the session is used, not a session of nobody."""
    info = {"session_user_id": 5}
    answer = httpx.Response(200, json={"result": {"code": 1}, "results": {"session_info": info}})
    session = colour(Replay(answer).client(colour).sessions.login("name", "hush"))
    assert session.session_user_id == "5"
    with pytest.raises(MissingField):
        _ = session.session_key
    with pytest.raises(MissingField, match="session_key"):
        _ = session.auth


def test_a_session_that_runs_out_in_the_middle_of_a_walk(colour: Colour) -> None:
    """The error says code 6 and where to go on; a new session takes the walk up there."""
    first = page(*map(voucher, range(10)), results_count_total=15)
    replay = Replay(first, recorded("vouchers.list.401"))
    old = replay.client(colour, auth=AdminSession(501, KEY))
    pager = old.vouchers.list(CHAIN, number_results=10)
    assert len(colour.taken(pager, 10)) == 10
    replay = Replay(first, recorded("vouchers.list.401"))
    old = replay.client(colour, auth=AdminSession(501, KEY))
    with pytest.raises(Unauthorized) as caught:
        colour.items(old.vouchers.list(CHAIN, number_results=10))
    assert caught.value.number == "6"
    assert len(replay.requests) == 2
    replay = Replay(page(*map(voucher, range(10, 15)), results_count_total=15))
    new = replay.client(colour, auth=AdminSession(501, "another-key"))
    pages = new.vouchers.list(CHAIN, number_results=10).pages(caught.value.cursor)
    [rest] = colour.items(pages)
    assert [item.voucher_id for item in rest.items] == [str(number) for number in range(10, 15)]
    assert "results_offset=10" in replay.queries[0]


# --- secrets


@pytest.mark.parametrize("name", ["login.200", "login.200-passcode"])
def test_what_is_secret_in_an_answer_stays_hidden(name: str, colour: Colour) -> None:
    """A key is masked in every form of text, and cannot be pickled by accident."""
    client = Replay(recorded(f"sessions.{name}")).client(colour)
    entered = colour(client.sessions.login("name", "hush"))
    plain = attrs.asdict(entered)
    for shown in (repr(entered), str(entered), f"{entered}", repr(plain), str(plain)):
        assert "***" in shown
        assert "synthetic-session-key" not in shown
        assert "synthetic-passcode-key" not in shown
    with pytest.raises(TypeError):
        json.dumps(plain)
    with pytest.raises(TypeError, match="pickled"):
        pickle.dumps(entered)


def test_a_password_shows_nowhere(colour: Colour, caplog: pytest.LogCaptureFixture) -> None:
    """Neither errors nor logs show what was sent, nor a vendor's words that repeat it."""
    caplog.set_level("DEBUG")
    client = Replay(recorded("sessions.login.401")).client(colour)
    with pytest.raises(Unauthorized) as caught:
        colour(client.sessions.login("name", "hush-hush"))
    error = caught.value
    shown = f"{error!r} {error} {error.request!r} {error.response!r} {caplog.text}"
    assert "hush-hush" not in shown
    assert "hush-hush" not in repr(Sessions.login(None, "name", "hush-hush"))


def test_raw_calls_carry_the_response(colour: Colour) -> None:
    """`raw` gives the rest of the answer too, such as who logged in."""
    client = Replay(recorded("sessions.login.200")).client(colour)
    answer = colour(client.raw.sessions.login("name", "hush"))
    assert type(answer) is Answer
    assert answer.data.session_user_id == "501"
    assert answer.response.json()["results"]["user_info"] == {"id": 501}
    assert KEY not in repr(answer)
