"""A customer's token is shown nowhere, whatever happens and whoever's connections are used."""

from __future__ import annotations

import logging
import pickle
import traceback
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote, unquote

import attrs
import httpx
import pytest

from loyalty_sdk import Retry, Secret
from loyalty_sdk.cardlytics import TokenExpired
from loyalty_sdk.errors import (
    BadRequest,
    ConnectionLost,
    InvalidArgument,
    LoyaltyError,
    NotFound,
    NotSent,
    ServerError,
    UnexpectedRedirect,
    UnreadableAnswer,
)

from .colours import Colour, recorded
from .loopback import Loopback, serving

HIDDEN = "MARKER/5E117%"
FORMS = ("MARKER", "5E117")


@pytest.fixture
def server() -> Iterator[Loopback]:
    """Where the clients of a test go."""
    with serving() as server:
        yield server


@pytest.fixture(autouse=True)
def _everybody_logs_everything(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Every logger, its own level and propagation notwithstanding, is listened to."""
    caplog.set_level(logging.DEBUG)
    loggers = [
        logging.getLogger(name)
        for name in ("httpx", "httpcore", "httpcore.http11", "httpcore.connection", "loyalty_sdk")
    ]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    yield
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


def error_body(status: int) -> httpx.Response:
    """An error that repeats the token, as it was given and as it stood in the URL."""
    said = f"The token {HIDDEN} at /customers/{quote(HIDDEN, safe='')} is over"
    error = {"message": said, "code": "Forbidden", "innerError": said, "serverSessionId": said}
    return httpx.Response(status, json={"error": error})


@attrs.frozen
class Case:
    name: str
    answer: Callable[[], httpx.Response]
    kind: type[LoyaltyError]


CASES = [
    Case("a 403", lambda: error_body(403), TokenExpired),
    Case("a 400", lambda: error_body(400), BadRequest),
    Case("a 500", lambda: error_body(500), ServerError),
    Case("a page", lambda: httpx.Response(404, html="<p>404</p>"), NotFound),
    Case("a redirect", lambda: httpx.Response(302, headers={"location": "{}"}), UnexpectedRedirect),
    Case("no JSON", lambda: httpx.Response(200, text="<p>"), UnreadableAnswer),
    Case("odd values", lambda: httpx.Response(200, json={"ads": 5}), UnreadableAnswer),
    Case(
        "a cut",
        lambda: httpx.Response(200, content=b"{", extensions={"promised": 100}),
        ConnectionLost,
    ),
]


def assert_unseen(text: str) -> None:
    """A text holds the token in none of its forms."""
    assert not [form for form in FORMS if form in text], text


def assert_kept_by(error: BaseException | None) -> None:
    """An error, and all that it leads to, holds the token nowhere."""
    while error is not None:
        assert_unseen(repr(error) + str(error) + repr(error.args))
        assert_unseen(repr(vars(error)))
        assert_unseen("".join(traceback.format_exception(error)))
        if isinstance(error, LoyaltyError):
            assert_unseen(pickle.dumps(error).decode("latin-1"))
        assert error.__cause__ is None
        error = error.__context__


def assert_unlogged(caplog: pytest.LogCaptureFixture) -> None:
    """No record of any logger holds the token, in its text, its arguments or its extras."""
    assert caplog.records
    for record in caplog.records:
        assert_unseen(record.getMessage() + repr(vars(record)))


@pytest.fixture(params=["own sockets", "http_client"])
def client(request: pytest.FixtureRequest, colour: Colour, server: Loopback) -> Any:
    """A client on sockets of its own, then one on a caller's httpx client."""
    retry = Retry(attempts=1)
    if request.param == "own sockets":
        return colour.client(server.base_url, retry=retry)
    caller = colour.http_client(follow_redirects=True, trust_env=False)
    return colour.client(server.base_url, retry=retry, http_client=caller)


@pytest.mark.parametrize("token", [HIDDEN, Secret(HIDDEN)], ids=["text", "secret"])
def test_a_good_answer_shows_no_token(
    colour: Colour,
    client: Any,
    server: Loopback,
    caplog: pytest.LogCaptureFixture,
    token: str | Secret,
) -> None:
    """It reaches the vendor in the path, and nothing else: no log, no result, no client."""
    server.answers.append(recorded("redemptions.list.200"))
    answer = colour.run(client.raw.redemptions.list(token))
    assert server.asked[0].target == "/api/v1/customers/MARKER%2F5E117%25/redemptions"
    assert_unseen(repr(server.asked[0].headers))
    assert_unseen(repr(answer) + repr(client) + repr(client.__dict__))
    assert_unseen(pickle.dumps(answer.data).decode("latin-1"))
    assert_unlogged(caplog)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_failure_shows_no_token(
    colour: Colour, client: Any, server: Loopback, caplog: pytest.LogCaptureFixture, case: Case
) -> None:
    """No error holds it, nor goes to another host with it, even if the vendor repeats it."""
    with serving() as elsewhere:
        answer = case.answer()
        if "location" in answer.headers:
            answer.headers["location"] = f"{elsewhere.base_url}/moved"
        server.answers.append(answer)
        with pytest.raises(case.kind) as caught:
            colour.run(client.redemptions.list(HIDDEN))
        assert elsewhere.asked == []
    error = caught.value
    assert type(error) is case.kind
    assert error.request is not None
    assert unquote(error.request.url) == f"{server.base_url}/api/v1/customers/***/redemptions"
    del caught
    assert_kept_by(error)
    assert_unlogged(caplog)


def test_no_server_shows_no_token(
    colour: Colour, client: Any, server: Loopback, caplog: pytest.LogCaptureFixture
) -> None:
    """A connection that cannot be had says which host it was, and no path."""
    server.stop()
    with pytest.raises(NotSent) as caught:
        colour.run(client.redemptions.list(HIDDEN))
    assert_kept_by(caught.value)
    assert_unlogged(caplog)


def test_a_bad_token_is_not_quoted(colour: Colour, client: Any) -> None:
    """A token that cannot be sent, and one beside a bad argument, stay out of the error."""
    for token, arguments in ((f"{HIDDEN}\n", {}), (HIDDEN, {"channel_id": "x"})):
        with pytest.raises(InvalidArgument) as caught:
            colour.run(client.redemptions.list(token, **arguments))
        assert_kept_by(caught.value)


def test_nothing_of_a_call_stays_behind(colour: Colour, client: Any, server: Loopback) -> None:
    """After a failure no httpx request with the token hangs on the error."""
    server.answers.append(error_body(403))
    with pytest.raises(TokenExpired) as caught:
        colour.run(client.redemptions.list(HIDDEN))
    frames = [frame for frame, _ in traceback.walk_tb(caught.value.__traceback__)]
    held = [value for frame in frames for value in frame.f_locals.values()]
    assert not [value for value in held if isinstance(value, httpx.Request)]
