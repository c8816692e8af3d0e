from __future__ import annotations

import asyncio
import copy
import inspect
import os
import pickle
import ssl
import subprocess
import sys
import textwrap

import httpx
import pytest
import respx

from loyalty_sdk import Retry, Secret
from loyalty_sdk._core.client import (
    AsyncClient,
    Client,
    from_environment,
    optional_from_environment,
)
from loyalty_sdk.errors import (
    BadRequest,
    ClientClosed,
    InvalidArgument,
    MissingCredentials,
)

from .servers import Server, keeping
from .toy import WIRE, AsyncToy, Key, Toy


def found(_):
    return httpx.Response(200, json={"id": "c1", "points": 3})


# --- views


def test_a_view_makes_its_calls_in_another_way(colour, toy):
    """Options are replaced one by one; the client stays as it was."""
    client = toy(found, timeout=9)
    view = client.with_options(deadline=5, retry=Retry(attempts=1), headers={"X-A": "1"})
    options = view._runner.options
    assert type(view) is type(client)
    assert (options.timeout, options.deadline, options.retry.attempts) == (9, 5, 1)
    assert options.headers == {"x-a": Secret("1")}
    assert client._runner.options.deadline == 60
    assert view.with_options(timeout=None)._runner.options.timeout is None
    assert colour(view.cards.get("c1")).id == "c1"
    for wrong in ({"timeout": 0}, {"retry": 3}, {"headers": None}):
        with pytest.raises(InvalidArgument):
            client.with_options(**wrong)


def test_with_options_takes_what_the_constructor_takes():
    """The options of calls are the same in both places, and in both colours."""
    names = {"timeout", "deadline", "retry", "headers"}
    for client in (Client, AsyncClient):
        assert set(inspect.signature(client.with_options).parameters) - {"self"} == names
    assert names <= set(inspect.signature(Toy).parameters) & set(
        inspect.signature(AsyncToy).parameters
    )


def test_closing_a_view_closes_nothing(colour, toy):
    """The client goes on; closing the client closes its views."""
    client = toy(found)
    view = client.with_options(timeout=5)
    colour.close(view)
    assert colour(client.cards.get("c1")).id == "c1"
    colour.close(client)
    for closed in (client, view, client.raw, view.with_options(timeout=1)):
        with pytest.raises(ClientClosed) as caught:
            colour(closed.cards.get("c1"))
        assert caught.value.operation == "toy.cards.get"
    colour.close(client)


# --- opening and closing


def test_a_client_closes_when_its_block_ends(colour, toy):
    """`with`, or `async with`, gives the client itself and closes it."""

    async def awaited():
        async with toy(found) as client:
            await client.cards.get("c1")
        return client

    def blocking():
        with toy(found) as client:
            client.cards.get("c1")
        return client

    client = colour(awaited()) if colour.is_async else blocking()
    with pytest.raises(ClientClosed):
        colour(client.cards.get("c1"))


def test_a_transport_is_closed_and_an_http_client_is_not(colour, toy):
    """A transport was handed over; a client of the caller's stays the caller's."""
    closed = []

    class Transport(httpx.MockTransport):
        def close(self):
            closed.append("transport")

        async def aclose(self):
            closed.append("transport")

    client = toy(transport=Transport(found))
    colour.close(client)
    assert closed == ["transport"]
    theirs = colour.keep(colour.pick(httpx.Client, httpx.AsyncClient)(transport=Transport(found)))
    client = toy(http_client=theirs)
    assert colour(client.cards.get("c1")).id == "c1"
    colour.close(client)
    assert (closed, theirs.is_closed) == (["transport"], False)
    with pytest.raises(ClientClosed):
        colour(client.cards.get("c1"))


def test_an_http_client_that_was_closed(colour, toy):
    """It is said as clearly as of our own."""
    theirs = colour.pick(httpx.Client, httpx.AsyncClient)(transport=httpx.MockTransport(found))
    colour.close(theirs)
    with pytest.raises(ClientClosed):
        colour(toy(http_client=theirs).cards.get("c1"))


def test_connections_are_closed(colour, toy):
    """Nothing stays open at the vendor's end."""
    ended = []

    def script(connection):
        keeping()(connection)
        ended.append(True)

    with Server(script) as server:
        client = toy(base_url=server.url)
        colour(client.cards.get("c1"))
        assert ended == []
        colour.close(client)
        for _ in range(100):
            if ended:
                break
            colour(asyncio.sleep(0.003)) if colour.is_async else server.over.wait(0.003)
        assert ended == [True]


def test_an_http_client_of_ones_own(colour, toy):
    """Its cookies, redirects, headers and auth stay out; our time-outs go along."""
    client_class = colour.pick(httpx.Client, httpx.AsyncClient)
    with Server(keeping()) as server:
        theirs = colour.keep(
            client_class(
                cookies={"c": "1"},
                headers={"x-theirs": "1"},
                auth=("u", "p"),
                follow_redirects=True,
            )
        )
        client = toy(http_client=theirs, base_url=server.url, timeout=0.2, retry=Retry(attempts=1))
        colour(client.cards.get("c1"))
        request = server.requests[0].lower()
        assert b"x-key: key:k-12345" in request
        for theirs_only in (b"cookie", b"x-theirs", b"authorization"):
            assert theirs_only not in request
    with Server(lambda c: (c.request(), c.stall())) as server:
        client = toy(http_client=theirs, base_url=server.url, timeout=0.2, retry=Retry(attempts=1))
        with pytest.raises(TimeoutError):
            colour(client.cards.get("c1"))


def test_it_can_be_mocked_with_respx(colour, toy):
    """The tool that everybody uses for httpx works on clients of ours."""
    with respx.mock(base_url="https://toy.test") as mocked:
        mocked.get("/cards/c1").respond(json={"id": "c1"})
        theirs = colour.keep(colour.pick(httpx.Client, httpx.AsyncClient)())
        assert colour(toy(http_client=theirs).cards.get("c1")).id == "c1"
        assert mocked.calls.call_count == 1


# --- one process, one loop


def test_a_second_event_loop_is_refused():
    """An async client belongs to the loop that it was first used on, and says so."""
    from loyalty_sdk.errors import WrongEventLoop

    toy = AsyncToy(auth=Key("key-1"), transport=httpx.MockTransport(found))
    asyncio.run(toy.cards.get("c1"))
    with pytest.raises(WrongEventLoop) as caught:
        asyncio.run(toy.cards.get("c1"))
    assert caught.value.operation == "toy.cards.get"
    assert isinstance(caught.value, RuntimeError)


def test_a_second_event_loop_is_refused_before_a_token_is_waited_for():
    """Also when the first thing to do is to renew."""
    from loyalty_sdk.auth import ClientCredentials
    from loyalty_sdk.errors import WrongEventLoop

    toy = AsyncToy(
        auth=ClientCredentials("https://id.test/t", "id-1", "secret-1"),
        transport=httpx.MockTransport(lambda _: httpx.Response(400)),
    )
    with pytest.raises(BadRequest):
        asyncio.run(toy.cards.get("c1"))
    with pytest.raises(WrongEventLoop):
        asyncio.run(toy.cards.get("c1"))


def test_clients_are_not_pickled(colour, toy):
    """Neither pickled nor copied: connections and secrets do not travel."""
    client = toy(found)
    for attempt in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="make one in each process"):
            attempt(client)


def test_after_a_fork_connections_are_opened_anew(colour, toy, monkeypatch):
    """A child does not write into its parent's connections."""
    with Server(keeping()) as server:
        client = toy(base_url=server.url)
        colour(client.cards.get("c1"))
        parents = client._runner.session.door._own
        monkeypatch.setattr(os, "getpid", lambda: -1)
        colour(client.cards.get("c1"))
        assert (server.connections, len(server.requests)) == (2, 2)
        colour(parents.aclose()) if colour.is_async else parents.close()


FORKING = """
    import os, sys, threading, time, warnings
    warnings.simplefilter("ignore")
    sys.path.insert(0, {tests!r})
    import httpx
    from loyalty_sdk.auth import ClientCredentials
    from _core.servers import Server, answer
    from _core.toy import Toy

    in_renewal = threading.Event()

    def script(connection):
        while request := connection.request():
            if b"/token" in request:
                in_renewal.set()
                time.sleep(0.3)
                connection.answer(b'{{"access_token": "token-1"}}')
            else:
                connection.answer()

    with Server(script) as server:
        auth = ClientCredentials(server.url + "/token", "id-1", "secret-1")
        toy = Toy(auth=auth, base_url=server.url, deadline=5)
        thread = threading.Thread(target=toy.cards.get, args=("c1",))
        thread.start()
        in_renewal.wait()
        child = os.fork()
        if child == 0:
            began = time.monotonic()
            good = toy.cards.get("c1").id == "c1" and time.monotonic() - began < 2
            os._exit(0 if good else 1)
        status = os.waitpid(child, 0)[1]
        thread.join()
        print(status, toy.cards.get("c1").id)
        toy.close()
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_a_real_fork_in_the_middle_of_a_renewal():
    """The child neither waits for its parent's lock nor shares its connections."""
    tests = os.path.dirname(os.path.dirname(__file__))
    script = textwrap.dedent(FORKING).format(tests=tests)
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True, text=True, timeout=30, cwd=os.path.dirname(tests), check=False,
    )  # fmt: skip
    assert done.stdout == "0 c1\n", done.stderr


# --- constructors


def test_options_that_no_client_has(colour):
    """A misspelt option is refused, not ignored."""
    with pytest.raises(TypeError, match="'tiemout'"):
        colour.pick(Toy, AsyncToy)(auth=Key("key-1"), tiemout=3)


@pytest.mark.parametrize(
    ("option", "value"),
    [("timeout", 0), ("deadline", "x"), ("retry", 3), ("headers", {"a": 1}), ("max_connections", 0),
     ("max_connections", True), ("base_url", "http://h.test"), ("auth", "token"),
     ("transport", object()), ("http_client", object())],
)  # fmt: skip
def test_options_are_checked(colour, option, value):
    """What cannot work is refused when the client is made, by name."""
    with pytest.raises(InvalidArgument) as caught:
        colour.pick(Toy, AsyncToy)(**{"auth": Key("key-1"), option: value})
    assert caught.value.argument == option


def test_networking_of_the_other_colour_is_refused(colour):
    """It would send, and fail afterwards."""
    client = colour.pick(Toy, AsyncToy)
    transport = colour.pick(httpx.AsyncHTTPTransport, httpx.HTTPTransport)()
    theirs = colour.keep(colour.pick(httpx.Client, httpx.AsyncClient)())
    other = colour.pick(httpx.AsyncClient, httpx.Client)(transport=transport)
    for option, value in (("transport", transport), ("http_client", other)):
        with pytest.raises(InvalidArgument) as caught:
            client(auth=Key("key-1"), **{option: value})
        assert caught.value.argument == option
    for option, value in (
        ("transport", httpx.MockTransport(found)), ("proxy", "http://p"),
        ("ssl_context", ssl.create_default_context()),
    ):  # fmt: skip
        with pytest.raises(InvalidArgument, match="belongs to the http_client"):
            client(auth=Key("key-1"), http_client=theirs, **{option: value})
    asyncio.run(other.aclose()) if not colour.is_async else other.close()


def test_help_names_every_option():
    """The constructor's signature has them all, keyword-only."""
    parameters = inspect.signature(Toy).parameters
    assert {"auth", "base_url", "timeout", "transport", "max_connections"} <= set(parameters)
    assert {parameter.kind for parameter in parameters.values()} == {inspect.Parameter.KEYWORD_ONLY}

    class Plain(Client):
        def __init__(self, name):
            Client.__init__(self, WIRE, name, None, {})

    assert list(inspect.signature(Plain).parameters) == ["name"]
    assert repr(Plain("https://h.test")) == "<Plain at https://h.test>"


def test_a_noun_that_does_not_exist(toy):
    """The error lists those that do."""
    with pytest.raises(AttributeError, match=r"has no 'crads'; it has .*\bcards\b"):
        _ = toy(found).crads
    with pytest.raises(AttributeError):
        _ = object.__new__(Toy).cards


def test_credentials_from_the_environment(monkeypatch):
    """What is given wins; what is neither given nor set is an error that names both places."""
    monkeypatch.setenv("TOY_KEY", "from the environment")
    assert from_environment("Toy", "key", "given", "TOY_KEY") == "given"
    assert from_environment("Toy", "key", None, "TOY_KEY") == "from the environment"
    assert optional_from_environment(None, "TOY_OTHER") is None
    monkeypatch.setenv("TOY_KEY", "")
    with pytest.raises(MissingCredentials, match=r"Toy needs key: pass key=\.\.\. or set TOY_KEY"):
        from_environment("Toy", "key", None, "TOY_KEY")


def test_headers_that_the_credentials_are_sent_in(colour, toy):
    """The caller's would silently be overridden: refused, when the client or a view is made."""
    with pytest.raises(InvalidArgument, match="x-key is sent by Key") as caught:
        toy(found, headers={"X-Key": "PLANTED"})
    assert "PLANTED" not in repr(caught.value)
    client = toy(found, headers={"x-other": "1"})
    with pytest.raises(InvalidArgument, match="x-key is sent by Key"):
        client.with_options(headers={"X-KEY": "2"})
    anonymous = colour.keep(colour.pick(Toy, AsyncToy)(headers={"X-Key": "1"}))
    assert anonymous.with_options(headers={"x-key": "2"}) is not None


# --- what importing costs


@pytest.mark.parametrize(
    ("code", "absent"),
    [
        ("import loyalty_sdk", {"httpx", "attrs", "attr", "asyncio", "msgspec",
        "loyalty_sdk.errors"}),
        ("import loyalty_sdk; loyalty_sdk.LoyaltyError", {"httpx", "attrs", "asyncio", "msgspec"}),
        ("from loyalty_sdk import Voucherify; Voucherify(app_id='abcd', app_token='efgh')",
        {"asyncio"}),
        ("from loyalty_sdk import Voucherify, AsyncVoucherify", {"asyncio", "loyalty_sdk.spaaza"}),
    ],
)  # fmt: skip
def test_what_is_not_imported(code, absent):
    """Importing the package loads nothing; a blocking program does not pay for asyncio."""
    # tenacity loads tornado, which loads asyncio, where it is installed: with dask, in the tests
    hidden = "import sys\nsys.modules['tornado'] = None"
    script = f"{hidden}\n{code}\nprint(sorted({absent!r} & set(sys.modules)))"
    root = os.path.dirname(os.path.dirname(os.path.dirname(__file__)))
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=root, check=True
    )
    assert done.stdout == "[]\n"


@pytest.mark.parametrize(
    "own", [{"proxy": "http://127.0.0.1:1"}, {"ssl_context": ssl.create_default_context()}]
)
def test_settings_of_sockets_that_are_the_caller_s_own(colour, toy, own):
    """A transport has its own TLS and proxy: settings beside it are refused, not ignored."""
    with pytest.raises(InvalidArgument, match="belongs to the transport"):
        toy(found, **own)
    with pytest.raises(InvalidArgument, match="max_connections"):
        toy(found, max_connections=None)
