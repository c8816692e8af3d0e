from __future__ import annotations

import gc
import json
import logging
import pickle
import re
import threading
from decimal import Decimal

import attrs
import httpx
import pytest

from loyalty_sdk import Retry, Secret
from loyalty_sdk._core.calls import Call
from loyalty_sdk._core.options import Options
from loyalty_sdk._core.session import Session
from loyalty_sdk._core.trip import Trip
from loyalty_sdk.auth import BearerToken, ClientCredentials
from loyalty_sdk.errors import (
    APIError,
    BadRequest,
    ConnectionLost,
    DeadlineExceeded,
    InvalidArgument,
    LoyaltyError,
    MissingField,
    RateLimited,
    ServerError,
    TimedOut,
    UnexpectedRedirect,
    UnreadableAnswer,
)

from .servers import Server, answer, keeping
from .toy import WIRE, Cards, Key

ONCE = Retry(attempts=1)
MARK = "PLANTED"
CALL = Cards.get(None, "c1")
SESSION = Session(WIRE, "https://toy.test", None, None)


# --- what goes out


def test_what_is_sent(colour, toy):
    """The vendor's headers, the client's, the caller's and the secret ones; a JSON body."""
    with Server(keeping()) as server:
        client = toy(base_url=server.url, headers={"X-Trace": "t1", "User-Agent": "mine"})
        colour(client.cards.top_up("a/b", points=7))
    head, _, body = server.requests[0].decode().partition("\r\n\r\n")
    lines = [line.lower() for line in head.split("\r\n")]
    assert head.startswith("POST /cards/a%2Fb HTTP/1.1")
    assert body == '{"points":7}'
    assert {"accept: application/json", "accept-encoding: gzip, deflate", "x-trace: t1",
            "x-key: key:k-12345", "content-type: application/json"} <= set(lines)  # fmt: skip
    assert [line for line in lines if line.startswith("user-agent")] == ["user-agent: mine"]
    assert not [line for line in lines if line.startswith("cookie")]


def test_the_sdk_names_itself(colour, toy):
    """Without another one, the user agent is the SDK and its version."""
    seen = []
    client = toy(lambda r: seen.append(r.headers["user-agent"]) or httpx.Response(200))
    colour(client.request("GET", "x"))
    assert re.fullmatch(r"loyalty-sdk/\d+\.\d+.*", seen[0])


def test_a_call_without_a_header_that_goes_with_every_other(colour, toy):
    """`None` takes it away, whoever set it: the vendor, the caller or the credentials."""
    seen = []
    client = toy(lambda r: seen.append(r.headers) or httpx.Response(200), headers={"x-more": "m"})
    names = ("accept", "x-more", "x-key")
    without = dict.fromkeys(names)
    call = Call(method="GET", path=("x",), read=repr, headers={**without, "x-own": "o"})
    colour(client._runner.run(call, "toy.without"))
    assert seen[0]["x-own"] == "o"
    assert not set(names) & seen[0].keys()


def test_numbers_in_json_are_exact(colour, toy):
    """A `Decimal` is written as the number it is."""
    seen = []
    client = toy(lambda r: seen.append(r.content) or httpx.Response(200))
    colour(client.request("POST", "x", json={"a": Decimal("1.10"), "b": None, "c": [True]}))
    assert seen == [b'{"a":1.10,"b":null,"c":[true]}']


def endless():
    nested = []
    nested.append(nested)
    return nested


@pytest.mark.parametrize("unfit", [object(), {1j: 1}, endless(), "\ud800"])
def test_what_is_no_json_is_refused(colour, toy, unfit):
    """A body that cannot be written is the caller's mistake, and nothing is sent."""
    with pytest.raises(InvalidArgument) as caught:
        colour(toy(pytest.fail).request("POST", "x", json={"a": unfit}))
    assert caught.value.argument in ("json", "json[a]")
    assert caught.value.operation == "toy.request"


def test_redirects_are_not_followed(colour, toy):
    """A 3xx is an error: secrets stay with their host."""
    with Server(keeping(answer(b"", 302, "location: http://127.0.0.1:1/"))) as server:
        with pytest.raises(UnexpectedRedirect) as caught:
            colour(toy(base_url=server.url).cards.get("c1"))
        assert (caught.value.status, len(server.requests)) == (302, 1)


def test_cookies_are_neither_stored_nor_sent(colour, toy):
    """What a vendor sets is forgotten."""
    with Server(keeping(answer(b"{}", 200, "set-cookie: id=1; Path=/"))) as server:
        client = toy(base_url=server.url)
        colour(client.request("GET", "x"))
        colour(client.request("GET", "x"))
        assert b"cookie" not in server.requests[1].lower()


# --- what comes back


def test_an_error_tells_everything(colour, toy):
    """Status, code, message, details, request id, operation, attempts and the masked request."""
    body = {"code": "c", "message": "m", "details": "d", "request_id": "r"}
    client = toy(lambda _: httpx.Response(400, json=body))
    with pytest.raises(BadRequest) as caught:
        colour(client.request("GET", "cards", params={"limit": 5, "email": "a@b.c"}))
    error = caught.value
    assert (error.status, error.code, error.message, error.details) == (400, "c", "m", "d")
    assert (error.request_id, error.operation, error.attempts) == ("r", "toy.request", 1)
    assert error.request.url == "https://toy.test/cards?limit=5&email=***"
    assert error.response.json() == body
    assert str(error) == "toy.request: 400 c: m: d [request r]"


def test_a_no_inside_a_yes(colour, toy):
    """A reading may find the vendor's refusal under a 200; the status stays the true one."""
    call = Call(
        method="GET", path=("x",), read=refuse, headers={"x-plain": "p", "x-hidden": Secret("s")}
    )
    seen = []
    client = toy(
        lambda r: seen.append(r.headers) or httpx.Response(200, headers={"retry-after": "9"})
    )
    with pytest.raises(APIError) as caught:
        colour(client._runner.run(call, "toy.x"))
    assert (caught.value.status, caught.value.retry_after, caught.value.code) == (200, 9, "no")
    assert caught.value.response.status == 200
    assert (seen[0]["x-plain"], seen[0]["x-hidden"]) == ("p", "s")


def refuse(_):
    raise APIError("no", status=404, code="no")


def test_an_unreadable_answer_names_the_wire_path(colour, toy):
    """The problem is where it was, and the answer is on the error."""
    client = toy(lambda _: httpx.Response(200, json={"data": [{"id": "a", "points": "many"}]}))
    with pytest.raises(UnreadableAnswer) as caught:
        colour(client.cards.list().collect(at_most=9))
    assert caught.value.problems == (
        "$.data[0].points: a whole number is expected, not text",
    )  # fmt: skip
    assert caught.value.response.status == 200
    assert caught.value.attempts == 3


def test_a_promise_broken_does_not_cost_the_answer(colour, toy):
    """What is there can be read; what is missing says where it should have been."""
    client = toy(lambda _: httpx.Response(200, json={"points": 3, "heldBy": {}}))
    card = colour(client.cards.get("c1"))
    assert card.points == 3
    with pytest.raises(MissingField, match=r"\$\.id"):
        _ = card.id
    with pytest.raises(MissingField, match=r"\$\.heldBy\.fullName"):
        _ = card.owner.name


# --- the deadline


def test_there_is_no_attempt_without_time():
    """A trip that begins too late sends nothing, and counts nothing."""
    trip = Trip(SESSION, Options(deadline=1), CALL, "toy.x", ends=0.0)
    with pytest.raises(DeadlineExceeded) as caught:
        trip.begin()
    assert trip.attempts == 0
    assert trip.left() < 0
    assert caught.value.operation is None


def test_no_limits_are_no_limits():
    """Without both there is no patience to lose."""
    trip = Trip(SESSION, Options(deadline=None, timeout=None), CALL, "toy.x")
    assert (trip.begin(), trip.left(), trip.attempts) == (None, None, 1)


def test_a_time_out_within_the_deadline_stays_one(colour, toy):
    """`TimedOut` is one attempt; only the whole call is `DeadlineExceeded`."""

    def handler(_):
        raise httpx.ReadTimeout("x")

    with pytest.raises(TimedOut) as caught:
        colour(toy(handler, retry=ONCE).cards.get("c1"))
    assert type(caught.value) is TimedOut


def test_an_inherited_end_needs_no_deadline_of_its_own():
    """A trip with the end of another one speaks of time, not of a deadline that it has not."""
    options = Options(deadline=None)
    trip = Trip(SESSION, options, CALL, "toy.x", ends=0.0)
    assert str(trip.explained(TimedOut("x"))) == "toy.x: no whole answer in time"


# --- what nobody may see


@pytest.fixture
def everything_logged(caplog):
    """Every record of every logger, as it would be written."""
    caplog.set_level(logging.DEBUG)
    for name in ("loyalty_sdk", "httpx", "httpcore", "asyncio"):
        caplog.set_level(logging.DEBUG, logger=name)
    return lambda: "\n".join(
        f"{record.getMessage()} {record.args!r} {record.__dict__!r}" for record in caplog.records
    )


def shown_by(error, pickled=True):
    """All that an error shows: itself, what stands behind it, and the frames it came through."""
    parts, walk = [], error
    while walk is not None:
        parts += [repr(walk), str(walk), repr(walk.args), repr(walk.__cause__)]
        frames = walk.__traceback__
        while frames is not None:
            if "loyalty_sdk" in frames.tb_frame.f_code.co_filename or _is_library(frames):
                parts.append(repr(frames.tb_frame.f_locals))
            frames = frames.tb_next
        walk = walk.__cause__ or walk.__context__
    if pickled:
        parts.append(repr(pickle.dumps(error)))
    return "\n".join(parts)


def _is_library(frames):
    return "site-packages" in frames.tb_frame.f_code.co_filename


def answer_of(kind):
    """How a server misbehaves."""

    def script(connection):
        while request := connection.request():
            if kind == "echo":  # with the bare key too, though only a form of it was sent
                said = {
                    "message": request.decode(),
                    "details": request.decode().replace("key:", ""),
                }
                connection.answer(json.dumps(said).encode(), 400)
            elif kind == "reset":
                connection.reset()
                return
            elif kind == "stall":
                connection.stall()
            else:
                connection.send(kind)

    return script


FAILURES = {
    "an answer": answer(),
    "refused": answer(b"{}", 403),
    "broken": answer(b"{}", 500),
    "redirect": answer(b"", 302, "location: /elsewhere"),
    "garbage": b"garbage\r\n\r\n",
    "cut": answer(b" " * 99)[:80],
    "unreadable": answer(b"<html>"),
    "reset": "reset",
    "stall": "stall",
    "echo": "echo",
}


@pytest.mark.parametrize("own", ["socket", "http_client"])
@pytest.mark.parametrize("kind", FAILURES)
def test_no_secret_is_shown_anywhere(colour, toy, everything_logged, kind, own):
    """Header, path and function secrets stay out of errors, frames, pickles and every log."""
    with Server(answer_of(FAILURES[kind])) as server:
        options = {
            "base_url": server.url,
            "timeout": 0.08,
            "retry": Retry(attempts=2, initial_wait=0),
        }
        if own == "http_client":
            options["http_client"] = colour.keep(colour.pick(httpx.Client, httpx.AsyncClient)())
        for auth in (Key(f"k-{MARK}"), BearerToken(lambda: f"t-{MARK}")):
            client = toy(auth=auth, **options)
            shown = repr(client) + repr(auth) + repr(client._runner.options)
            try:
                colour(client.cards.by_token(f"p/{MARK}"))
            except LoyaltyError as error:
                shown += shown_by(error, pickled=kind != "echo")  # but the answer is as it came
            assert MARK not in shown
        assert server.requests
        assert all(f"p%2F{MARK}".encode() in request for request in server.requests)
    assert MARK not in everything_logged()


@pytest.mark.parametrize("own", ["http_client", "transport"])
def test_no_secret_is_shown_with_networking_of_ones_own(colour, toy, everything_logged, own):
    """Errors that the caller's own networking raises hold their request; ours do not hold them."""

    def handler(request):
        raise httpx.ReadError(f"{request.headers['x-key']} {request.url}", request=request)

    transport = httpx.MockTransport(handler)
    options = {"transport": transport}
    if own == "http_client":
        client_class = colour.pick(httpx.Client, httpx.AsyncClient)
        options = {"http_client": colour.keep(client_class(transport=transport))}
    with pytest.raises(ConnectionLost) as caught:
        colour(toy(auth=Key(f"k-{MARK}"), retry=ONCE, **options).cards.by_token(f"p-{MARK}"))
    assert MARK not in shown_by(caught.value)
    assert MARK not in everything_logged()
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)


@pytest.mark.parametrize("style", ["basic", "body", "app_headers"])
def test_a_token_url_that_echoes_is_scrubbed(colour, toy, everything_logged, style):
    """Whatever way the client proved itself, the words that come back hold none of it."""

    def handler(request):
        heard = f"{request.headers} {request.content.decode()} id-{MARK} secret-{MARK}"
        return httpx.Response(
            400, json={"message": heard, "code": f"secret-{MARK}", "details": heard}
        )

    auth = ClientCredentials("https://id.test/t", f"id-{MARK}", f"secret-{MARK}", style=style)
    with pytest.raises(APIError) as caught:
        colour(toy(handler, auth=auth).cards.get("c1"))
    error = caught.value
    assert "***" in error.message
    assert MARK not in repr(error) + str(error) + repr(error.args) + repr(vars(error))
    assert MARK not in everything_logged()


def test_the_quoted_form_of_a_secret_is_scrubbed(colour, toy):
    """A path that comes back as it was sent is scrubbed too."""

    def handler(request):
        return httpx.Response(404, json={"message": f"Cannot GET {request.url.raw_path.decode()}"})

    with pytest.raises(APIError, match=re.escape("Cannot GET /cards/***")):
        colour(toy(handler).cards.by_token("a+b/c=="))


def test_headers_of_the_caller_s_are_scrubbed_where_they_can_be_secrets(colour, toy):
    """A short one may be a plain word, which is a part of others."""

    def handler(request):
        return httpx.Response(
            400, json={"message": f"{request.headers} product", "code": "product_not_found"}
        )

    client = toy(handler, headers={"x-gateway-key": MARK, "x-stage": "prod"})
    with pytest.raises(BadRequest) as caught:
        colour(client.cards.get("c1"))
    assert caught.value.code == "product_not_found"
    assert "'x-stage': '***'" in caught.value.message
    assert caught.value.message.endswith(" product")
    assert MARK not in shown_by(caught.value) + caught.value.response.text()


def test_secrets_in_a_json_body_are_scrubbed(colour, toy):
    """They are sent as their text, and masked where the vendor repeats it."""

    def handler(request):
        return httpx.Response(400, json={"message": f"no {request.content.decode()}"})

    with pytest.raises(BadRequest, match=re.escape('no {"a":["***"]}')):
        colour(toy(handler).request("POST", "a", json={"a": [Secret(MARK)]}))


def test_a_wait_that_is_a_secret_is_none(colour, toy):
    """A vendor that repeats a number as its `Retry-After` does not get it into the error."""
    client = toy(lambda _: httpx.Response(429, headers={"retry-after": "123456"}), retry=ONCE)
    with pytest.raises(RateLimited) as caught:
        colour(client.cards.get(Secret("123456")))
    assert caught.value.retry_after is None


def test_a_secret_that_is_answered_is_masked_in_its_response(colour, toy):
    """What cannot be read is left out altogether: it may be the secret."""
    call = Call(
        method="GET", path=("a",), read=lambda response: Secret(response.json()["key"]),
        gives_secrets=True,
    )  # fmt: skip
    client = toy(lambda _: httpx.Response(200, json={"key": MARK, "again": MARK}))
    answer = colour(client._raw().run(call, "toy.key"))
    assert answer.data == Secret(MARK)
    assert answer.response.json() == {"key": "***", "again": "***"}
    broken = toy(lambda _: httpx.Response(200, text=f'{{"key": "{MARK}"', headers={"x-a": "1"}))
    with pytest.raises(UnreadableAnswer) as caught:
        colour(broken._runner.run(call, "toy.key"))
    assert caught.value.response.content == b""
    assert caught.value.response.headers["x-a"] == "1"


def test_an_invalid_header_is_not_quoted(colour, toy):
    """A header that cannot be sent is the caller's mistake, and its text is in no error."""
    with pytest.raises(InvalidArgument) as caught:
        toy(headers={"x bad": MARK})
    assert MARK not in str(caught.value)
    call = Call(method="GET", path=("a",), headers={"x bad": MARK}, read=repr)
    with Server(keeping()) as server:
        with pytest.raises(InvalidArgument) as caught:
            colour(toy(base_url=server.url)._runner.run(call, "toy.x"))
        assert server.requests == []
    assert MARK not in shown_by(caught.value)
    assert caught.value.operation == "toy.x"


def test_errors_do_not_keep_the_request_alive(colour, toy):
    """Nothing that hangs on an error leads to the secrets that were sent."""

    def handler(request):
        raise httpx.ReadError("x", request=request)

    with pytest.raises(ConnectionLost) as caught:
        colour(toy(handler, auth=Key(f"k-{MARK}"), retry=ONCE).cards.get("c1"))
    seen, todo = set(), [caught.value]
    while todo:
        thing = todo.pop()
        if id(thing) in seen or isinstance(thing, (type, threading.Thread)):
            continue
        seen.add(id(thing))
        assert not isinstance(thing, (httpx.Request, httpx.HTTPError))
        if thing is caught.value or isinstance(thing, (dict, tuple, list, LoyaltyError)):
            todo += gc.get_referents(thing)


# --- what is logged


def test_the_log_tells_operation_status_attempt_and_duration(colour, toy, caplog):
    """One line an answer, one a repetition, one when it is given up; facts in `extra` too."""
    caplog.set_level(logging.DEBUG, logger="loyalty_sdk")
    client = toy(
        lambda _: httpx.Response(503, json={"message": MARK}),
        retry=Retry(attempts=2, initial_wait=0),
    )
    with pytest.raises(ServerError):
        colour(client.cards.get("c1"))
    records = [record for record in caplog.records if record.name == "loyalty_sdk"]
    assert [re.sub(r"\d+ ms", "N ms", record.getMessage()) for record in records] == [
        "toy.cards.get: 503 in N ms (attempt 1)",
        "toy.cards.get: ServerError 503 after attempt 1, again in 0.00 s",
        "toy.cards.get: 503 in N ms (attempt 2)",
        "toy.cards.get: ServerError 503 after attempt 2, given up",
    ]
    for record, attempt in zip(records, (1, 1, 2, 2), strict=True):
        assert (record.operation, record.status, record.attempt) == ("toy.cards.get", 503, attempt)
        assert record.duration >= 0


def test_a_failure_without_an_answer_is_logged_without_a_status(colour, toy, caplog):
    """There is no status where there was no answer."""
    caplog.set_level(logging.INFO, logger="loyalty_sdk")

    def handler(_):
        raise httpx.ConnectError("x")

    with pytest.raises(LoyaltyError):
        colour(toy(handler, retry=ONCE).cards.get("c1"))
    [record] = [record for record in caplog.records if record.name == "loyalty_sdk"]
    assert record.getMessage() == "toy.cards.get: NotSent after attempt 1, given up"
    assert record.status is None


def test_nothing_is_logged_that_nobody_wants(colour, toy, caplog):
    """Above INFO the SDK is silent."""
    caplog.set_level(logging.WARNING, logger="loyalty_sdk")
    with pytest.raises(ServerError):
        colour(toy(lambda _: httpx.Response(500), retry=ONCE).cards.get("c1"))
    assert [record for record in caplog.records if record.name == "loyalty_sdk"] == []


@pytest.mark.parametrize(("status", "waits"), [(500, False), (503, True)])
def test_a_call_may_take_a_status_for_final(status, waits):
    """What others may say in passing then is a no, though the call could be repeated."""
    call = attrs.evolve(CALL, repeatable=True, final={500})
    trip = Trip(SESSION, Options(), call, "toy.call")
    assert (trip.wait(ServerError("x", status=status)) is not None) is waits
