from __future__ import annotations

import asyncio
import itertools
import threading
import time

import httpx
import pytest

from loyalty_sdk import Retry, Secret
from loyalty_sdk._core.calls import Call, Stream
from loyalty_sdk._core.credentials import Auth
from loyalty_sdk.auth import BearerToken, ClientCredentials
from loyalty_sdk.errors import (
    APIError,
    BadRequest,
    ConnectionLost,
    DeadlineExceeded,
    InvalidArgument,
    LoyaltyError,
    MissingCredentials,
    NotSent,
    RateLimited,
    ServerError,
    TimedOut,
    Unauthorized,
    UnreadableAnswer,
)

from .servers import Server, answer
from .toy import AsyncToy, Key, Toy

CARD = {"id": "c1"}


class Script:
    """Gives one answer after the other, the last one for ever; an exception is raised."""

    def __init__(self, *answers):
        self.answers, self.requests, self.lock = list(answers), [], threading.Lock()

    def __call__(self, request):
        with self.lock:
            self.requests.append(request)
            given = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(given, Exception):
            raise given
        status, body, *headers = given if isinstance(given, tuple) else (given, CARD)
        return httpx.Response(status, json=body, headers=dict(headers))


def keys_of(script):
    return [request.headers.get("x-key") for request in script.requests]


# --- what is repeated


@pytest.mark.parametrize("failure", [httpx.ConnectError("x"), httpx.ConnectTimeout("x"),
                                     httpx.PoolTimeout("x"), 429])  # fmt: skip
def test_any_call_is_repeated_when_it_was_not_taken(colour, toy, failure):
    """What never left, and what was refused for its number, may always be sent again."""
    script = Script(failure, failure, 200)
    assert colour(toy(script).cards.top_up("c1")).id == "c1"
    assert len(script.requests) == 3


@pytest.mark.parametrize("failure", [500, 502, 503, 504, httpx.ReadError("x"),
                                     httpx.ReadTimeout("x"), httpx.RemoteProtocolError("x"),
                                     (200, [])])  # fmt: skip
def test_only_repeatable_calls_are_repeated_after_they_may_have_arrived(colour, toy, failure):
    """Reading is repeated; a write that may have arrived is not."""
    script = Script(failure, failure, 200)
    assert colour(toy(script).cards.get("c1")).id == "c1"
    script = Script(failure, 200)
    with pytest.raises(LoyaltyError) as caught:
        colour(toy(script).cards.top_up("c1"))
    assert len(script.requests) == 1
    assert (caught.value.attempts, caught.value.operation) == (1, "toy.cards.top_up")


@pytest.mark.parametrize("status", [400, 403, 404, 409, 501])
def test_a_no_is_not_asked_again(colour, toy, status):
    """Other refusals are final, for repeatable calls too."""
    script = Script(status)
    with pytest.raises(APIError) as caught:
        colour(toy(script).cards.get("c1"))
    assert (len(script.requests), caught.value.status) == (1, status)


def test_after_the_last_attempt_its_error_is_raised(colour, toy):
    """The error is the last one, and counts the attempts."""
    script = Script(503, httpx.ReadError("gone"))
    with pytest.raises(ConnectionLost) as caught:
        colour(toy(script, retry=Retry(attempts=4, initial_wait=0)).cards.get("c1"))
    assert (len(script.requests), caught.value.attempts) == (4, 4)


def test_one_attempt_means_one(colour, toy):
    """`Retry(attempts=1)` never repeats anything."""
    script = Script(httpx.ConnectError("x"), 200)
    with pytest.raises(NotSent):
        colour(toy(script, retry=Retry(attempts=1)).cards.get("c1"))
    assert len(script.requests) == 1


def test_the_stated_wait_is_kept(colour, toy):
    """A `Retry-After` is waited for, no shorter."""
    script = Script((429, {}, ("retry-after", "0.2")), 200)
    began = time.monotonic()
    colour(toy(script, retry=Retry(initial_wait=0)).cards.get("c1"))
    assert 0.2 <= time.monotonic() - began < 1


@pytest.mark.parametrize(
    ("options", "stated"),
    [({"retry": Retry(max_wait=5)}, "6"), ({"deadline": 5}, "6"), ({}, "9" * 400),
     ({}, "Fri, 01 Jan 2999 00:00:00 GMT")],
)  # fmt: skip
def test_a_stated_wait_that_does_not_fit_is_raised_at_once(colour, toy, options, stated):
    """Beyond the cap or the deadline, nobody waits; the error says how long it would be."""
    script = Script((429, {"message": "slow"}, ("retry-after", stated)), 200)
    began = time.monotonic()
    with pytest.raises(RateLimited, match="asks to wait") as caught:
        colour(toy(script, **options).cards.get("c1"))
    assert time.monotonic() - began < 1
    assert caught.value.retry_after > 5
    assert len(script.requests) == 1


def test_what_the_vendor_calls_final_is(colour, toy):
    """A 429 that waiting cannot help is not repeated."""
    script = Script((429, {"code": "used_up", "message": "m"}, ("retry-after", "0")))
    with pytest.raises(RateLimited):
        colour(toy(script).cards.get("c1"))
    assert len(script.requests) == 1


@pytest.mark.parametrize("break_off", ["reset", "close", "half"])
def test_a_write_is_sent_at_most_once(colour, toy, break_off):
    """On real sockets: whatever breaks after it may have arrived, a write is not sent again."""

    def script(connection):
        connection.request()
        if break_off == "half":
            connection.send(b"HTTP/1.1 200 OK\r\ncontent-le")
        if break_off == "reset":
            connection.reset()

    with Server(script) as server:
        client = toy(base_url=server.url)
        with pytest.raises(ConnectionLost):
            colour(client.cards.top_up("c1"))
        assert len(server.requests) == 1
        with pytest.raises(ConnectionLost):
            colour(client.cards.get("c1"))
        assert len(server.requests) == 4


# --- secrets


def test_a_key_joins_each_request(colour, toy):
    """The headers are made of the secrets."""
    script = Script(200)
    colour(toy(script, auth=Key("k-12345")).cards.get("c1"))
    assert keys_of(script) == ["key:k-12345"]


def test_a_static_key_is_not_sent_again(colour, toy):
    """Refused once, the same key would be refused again."""
    script = Script(401)
    with pytest.raises(Unauthorized) as caught:
        colour(toy(script).cards.get("c1"))
    assert (len(script.requests), caught.value.attempts) == (1, 1)


def test_a_rotated_key_is_sent_once_more(colour, toy):
    """After a refusal the function is asked again, and a new key is tried: once."""
    numbers = itertools.count(10000)
    script = Script(401, 200)
    client = toy(script, auth=Key(lambda: f"k-{next(numbers)}"))
    assert colour(client.cards.top_up("c1")).id == "c1"
    assert keys_of(script) == ["key:k-10000", "key:k-10001"]
    script.answers = [401]
    with pytest.raises(Unauthorized):
        colour(client.cards.top_up("c1"))
    assert len(script.requests) == 4


def test_a_business_refusal_renews_nothing(colour, toy):
    """A 401 that is not about the credentials is an answer like any other."""
    numbers = itertools.count(10000)
    script = Script((401, {"code": "business", "message": "m"}))
    with pytest.raises(Unauthorized):
        colour(toy(script, auth=Key(lambda: f"k-{next(numbers)}")).cards.get("c1"))
    assert len(script.requests) == 1


def test_secrets_may_be_coroutine_functions_on_an_async_client():
    """The function is awaited for each request; a blocking client says that it cannot."""

    async def key():
        await asyncio.sleep(0)
        return Secret("k-async")

    script = Script(200)

    async def run():
        async with AsyncToy(auth=Key(key), transport=httpx.MockTransport(script)) as toy:
            await toy.cards.get("c1")

    asyncio.run(run())
    assert keys_of(script) == ["key:k-async"]
    with Toy(auth=Key(key), transport=httpx.MockTransport(script)) as toy:
        with pytest.raises(InvalidArgument, match="async client") as caught:
            toy.cards.get("c1")
        assert caught.value.operation == "toy.cards.get"
        assert len(script.requests) == 1


@pytest.mark.parametrize("wrong", ["", " padded", "lf\n", "ümlaut", None, 7, b"x"])
def test_what_a_function_gives_is_checked(colour, toy, wrong):
    """A key that cannot stand in a header is refused before anything is sent, and not shown."""
    script = Script(200)
    with pytest.raises(InvalidArgument) as caught:
        colour(toy(script, auth=Key(lambda: wrong)).cards.get("c1"))
    assert (caught.value.argument, script.requests) == ("key", [])
    assert not isinstance(wrong, str) or not wrong or wrong not in str(caught.value)


def test_an_error_of_the_function_is_the_callers_own(colour, toy):
    """What the caller's own function raises comes through as it is."""

    def broken():
        raise KeyError("vault")

    with pytest.raises(KeyError, match="vault"):
        colour(toy(Script(200), auth=Key(broken)).cards.get("c1"))


def test_a_client_without_credentials(colour, toy):
    """Such a client can be made, and a call that needs credentials says so."""
    script = Script(200)
    with pytest.raises(MissingCredentials) as caught:
        colour(toy(script, auth=None).cards.get("c1"))
    assert (caught.value.operation, script.requests) == ("toy.cards.get", [])


# --- tokens that are renewed


class Issuer:
    """A token URL and a vendor behind one transport; tokens can be called back."""

    def __init__(self, lifetime=3600, token_answers=()):
        self.lifetime, self.token_answers = lifetime, list(token_answers)
        self.issued, self.valid, self.calls, self.lock = 0, None, [], threading.Lock()

    def __call__(self, request):
        if request.url.host == "id.test":
            return self.issue()
        with self.lock:
            token = request.headers["authorization"]
            self.calls.append(token)
            return httpx.Response(200 if token == f"Bearer {self.valid}" else 401, json=CARD)

    def slowly(self, request):
        if request.url.host == "id.test":
            time.sleep(0.02)
        return self(request)

    async def slowly_awaited(self, request):
        if request.url.host == "id.test":
            await asyncio.sleep(0.02)
        return self(request)

    def issue(self):
        with self.lock:
            self.issued += 1
            if self.token_answers:
                given = self.token_answers.pop(0)
                if isinstance(given, Exception):
                    raise given
                return given
            self.valid = f"token-{self.issued}"
            return httpx.Response(
                200, json={"access_token": self.valid, "expires_in": self.lifetime}
            )


def credentials(**options):
    return ClientCredentials("https://id.test/token", "id-12345", "secret-12345", **options)


def test_a_token_is_fetched_once_and_kept(colour, toy):
    """The first call fetches it; views of the client share it."""
    issuer = Issuer()
    client = toy(issuer, auth=credentials())
    for calling in (client, client, client.with_options(timeout=1), client.raw):
        colour(calling.cards.get("c1"))
    assert (issuer.issued, issuer.calls) == (1, ["Bearer token-1"] * 4)


def test_many_at_once_fetch_one_token(colour, toy):
    """However many threads or tasks begin together, one token is fetched."""
    issuer = Issuer()
    client = toy(colour.pick(issuer.slowly, issuer.slowly_awaited), auth=credentials())
    results = colour.together(200 if colour.is_async else 64, lambda: client.cards.get("c1"))
    assert {type(result).__name__ for result in results} == {"Card"}
    assert issuer.issued == 1


def test_many_refused_at_once_renew_once(colour, toy):
    """A token that was called back is renewed once, and each call is sent once more."""
    issuer = Issuer()
    client = toy(colour.pick(issuer.slowly, issuer.slowly_awaited), auth=credentials())
    colour(client.cards.get("c1"))
    issuer.valid = "called back"
    count = 200 if colour.is_async else 64
    results = colour.together(count, lambda: client.cards.top_up("c1"))
    assert {type(result).__name__ for result in results} == {"Card"}
    assert issuer.issued == 2
    assert len(issuer.calls) <= 1 + 2 * count


def test_a_token_is_renewed_before_it_runs_out(colour, toy):
    """With a tenth of its life to go, a token is not used any more."""
    issuer = Issuer(lifetime=1)
    client = toy(issuer, auth=credentials())
    colour(client.cards.get("c1"))
    colour(client.cards.get("c1"))
    assert issuer.issued == 1
    client._runner.session.token._good_until -= 0.9
    colour(client.cards.get("c1"))
    assert issuer.calls == ["Bearer token-1", "Bearer token-1", "Bearer token-2"]


@pytest.mark.parametrize(("lifetime", "issued"), [(0, 2), (-5, 2), (None, 1), (10**390, 1)])
def test_absurd_lifetimes(colour, toy, lifetime, issued):
    """A token that is over at once is used once; one without an end, or with a far one, stays."""
    issuer = Issuer(lifetime=lifetime)
    client = toy(issuer, auth=credentials())
    colour(client.cards.get("c1"))
    colour(client.cards.get("c1"))
    assert issuer.issued == issued


def test_a_new_token_that_is_refused_too_is_the_end(colour, toy):
    """One re-send, not a loop."""
    issuer = Issuer()
    client = toy(issuer, auth=credentials())
    issuer.issue = lambda: httpx.Response(200, json={"access_token": f"bad-{len(issuer.calls)}"})
    with pytest.raises(Unauthorized) as caught:
        colour(client.cards.get("c1"))
    assert (len(issuer.calls), caught.value.operation) == (2, "toy.cards.get")


def test_the_same_token_again_is_not_sent_again(colour, toy):
    """Where the renewal gives the refused token once more, there is nothing to try."""
    issuer = Issuer()
    issuer.issue = lambda: httpx.Response(200, json={"access_token": "always-the-same"})
    with pytest.raises(Unauthorized):
        colour(toy(issuer, auth=credentials()).cards.get("c1"))
    assert len(issuer.calls) == 1


@pytest.mark.parametrize(
    ("answers", "error", "asked"),
    [
        ([httpx.Response(400, json={"message": "bad client"})], BadRequest, 1),
        ([httpx.Response(503, json={})] * 9, ServerError, 3),
        ([httpx.ConnectError("x")] * 9, NotSent, 3),
        ([httpx.ReadTimeout("x")] * 9, TimedOut, 3),
        ([httpx.Response(200, text="<html>")] * 9, UnreadableAnswer, 3),
        ([httpx.Response(200, json={"access_token": "two\nlines"})] * 9, UnreadableAnswer, 3),
    ],
)
@pytest.mark.parametrize("call", ["get", "top_up"])
def test_a_renewal_that_fails_is_an_error_of_its_own(colour, toy, answers, error, asked, call):
    """It names its own operation, was repeated by its own rule, and is not repeated on top."""
    issuer = Issuer(token_answers=answers)
    client = toy(issuer, auth=credentials(), deadline=5)
    began = time.monotonic()
    with pytest.raises(error) as caught:
        colour(getattr(client.cards, call)("c1"))
    assert (caught.value.operation, caught.value.attempts) == ("toy.token", asked)
    assert caught.value.request.url == "https://id.test/token"
    assert (issuer.issued, issuer.calls) == (asked, [])
    assert time.monotonic() - began < 2


def test_a_renewal_that_fails_once_is_repeated(colour, toy):
    """The token URL may stumble like any other."""
    issuer = Issuer(token_answers=[httpx.Response(503), httpx.ReadError("x")])
    colour(toy(issuer, auth=credentials()).cards.top_up("c1"))
    assert (issuer.issued, issuer.calls) == (3, ["Bearer token-3"])


def test_a_renewal_is_bound_by_the_deadline_of_the_call(colour, toy):
    """A token URL that says nothing does not outlive the deadline, and the error is the token's."""
    with Server(lambda connection: (connection.request(), connection.stall())) as server:
        auth = ClientCredentials(f"{server.url}/token", "id-12345", "secret-12345")
        client = toy(base_url="https://toy.test", auth=auth, deadline=0.3)
        began = time.monotonic()
        with pytest.raises(DeadlineExceeded) as caught:
            colour(client.cards.get("c1"))
        assert 0.25 < time.monotonic() - began < 1
    assert caught.value.operation == "toy.token"


def test_those_who_wait_for_a_renewal_keep_their_deadline(colour, toy):
    """Waiting for somebody else's renewal counts too."""
    with Server(lambda connection: (connection.request(), connection.stall())) as server:
        auth = ClientCredentials(f"{server.url}/token", "id-12345", "secret-12345")
        client = toy(auth=auth, deadline=0.3)
        began = time.monotonic()
        results = colour.together(5, lambda: client.cards.get("c1"))
        assert time.monotonic() - began < 1.2
    assert {type(result) for result in results} == {DeadlineExceeded}
    assert {result.operation for result in results} <= {"toy.token", "toy.cards.get"}


def test_without_a_deadline_nobody_hurries(colour, toy):
    """`None` for both limits means none, for the renewal too."""
    issuer = Issuer()
    client = toy(issuer, auth=credentials(), deadline=None, timeout=None)
    results = colour.together(5, lambda: client.cards.get("c1"))
    assert [result.id for result in results] == ["c1"] * 5


def test_secrets_stay_with_their_host(colour, toy):
    """The client's secret goes to the token URL only, the token to the vendor only."""
    seen = {"/token": b"", "/cards/c1": b""}

    def script(connection):
        while request := connection.request():
            path = request.split(b" ")[1].decode()
            seen[path] += request
            body = b'{"access_token": "token-PLANTED"}' if path == "/token" else b'{"id": "c1"}'
            connection.send(answer(body))

    with Server(script) as vendor, Server(script) as issuer:
        auth = ClientCredentials(f"{issuer.url}/token", "id-1", "secret-PLANTED", style="body")
        colour(toy(base_url=vendor.url, auth=auth).cards.get("c1"))
        assert len(vendor.requests) == len(issuer.requests) == 1
    assert b"secret-PLANTED" in seen["/token"]
    assert b"authorization" not in seen["/token"].lower()
    assert b"secret-PLANTED" not in seen["/cards/c1"]
    assert b"Bearer token-PLANTED" in seen["/cards/c1"]


def test_an_auth_that_renews_nothing_says_so():
    """Asking such a value to renew is a bug, and is called one."""
    with pytest.raises(TypeError, match="Key has nothing to renew"):
        Key("k-12345").renew({})
    with pytest.raises(TypeError, match="abstract"):
        Auth()


def test_bearer_tokens_rotate_too(colour, toy):
    """A function in place of a token is asked for each request."""
    numbers = itertools.count(1000)
    script = Script(200)
    client = toy(script, auth=BearerToken(lambda: f"tok-{next(numbers)}"))
    colour(client.cards.get("c1"))
    colour(client.cards.get("c1"))
    sent = [request.headers["authorization"] for request in script.requests]
    assert sent == ["Bearer tok-1000", "Bearer tok-1001"]


# --- long answers (the rest of them is in test_stream)


class Lines:
    """Turns a body into lines, the last one of which needs no end."""

    def __init__(self):
        self.rows, self.rest = 0, b""

    def feed(self, chunk):
        *lines, self.rest = (self.rest + chunk).split(b"\n")
        self.rows += len(lines)
        yield lines

    def end(self):
        yield [self.rest] if self.rest else []


def lines_of(colour, client):
    stream = Stream(
        call=Call(method="GET", path=("x",), read=lambda _: None, repeatable=True), rows=Lines
    )

    async def awaited():
        async with client._runner.stream(stream, "toy.x") as lines:
            return [line async for line in lines]

    def blocking():
        with client._runner.stream(stream, "toy.x") as lines:
            return list(lines)

    return colour(awaited()) if colour.is_async else blocking()


def test_a_last_row_without_an_end(colour, toy):
    """What the body ends with is a row as well."""
    assert lines_of(colour, toy(lambda _: httpx.Response(200, content=b"a\nb"))) == [b"a", b"b"]


def test_an_answer_that_nobody_takes_for_an_error_is_no_rows_all_the_same(colour, toy):
    """JSON where rows should be is unreadable, even if it says nothing of an error."""
    script = Script((200, {}))
    with pytest.raises(UnreadableAnswer, match="no rows") as caught:
        lines_of(colour, toy(script))
    assert (caught.value.operation, len(script.requests)) == ("toy.x", 3)


def test_the_caller_s_headers_stay_with_the_vendor(colour, toy):
    """What `headers=` adds does not go to the host that gives out tokens."""
    seen = []

    def answer(request):
        seen.append(request)
        if request.url.host == "tokens.test":
            return httpx.Response(200, json={"access_token": "abcd"})
        return httpx.Response(200, json={"id": "c1"})

    auth = ClientCredentials("https://tokens.test/t", "id", "hush")
    colour(toy(answer, auth=auth, headers={"x-tenant": "mine"}).cards.get("c1"))
    assert [("x-tenant" in request.headers) for request in seen] == [False, True]
    assert seen[0].headers["accept"] == "application/json"
