"""Real forks, in a process of its own where every warning is an error."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
import textwrap

import pytest

from loyalty_sdk._core.connections import forks, transport
from loyalty_sdk._core.connections.forks import disown_in_children, replace_by_nothing

from ..servers import Server, keeping

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")

SETTING = """
    import asyncio, contextlib, gc, os, ssl, stat, sys
    sys.path.insert(0, {tests!r})
    import trustme
    from _core.servers import Server, keeping
    from _core.toy import AsyncToy, Key, Toy

    complaints = []
    sys.unraisablehook = lambda unraisable: complaints.append(unraisable.exc_value)
    authority = trustme.CA()
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(tls)
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    held = []

    def make(client, server):
        context = trusting if server.context else None
        held[:] = [client(auth=Key("key-1"), base_url=server.url, ssl_context=context, deadline=5)]
        return held[0]

    def own_sockets(toy):
        streams = toy._runner.session.door._own._backend.streams
        return [stream.get_extra_info("socket").fileno() for stream in streams]

    def is_socket(fd):
        with contextlib.suppress(OSError):
            return stat.S_ISSOCK(os.fstat(fd).st_mode)

    def fork(fds, work):
        "Whether a child has let go of its copies at once, succeeds, and nobody complains."
        child = os.fork()
        if child:
            return os.waitpid(child, 0)[1] == 0
        good = False
        try:
            left = [fd for fd in fds if is_socket(fd)]
            done = work()
            held.clear()
            gc.collect()
            good = done and not left and not complaints
            print(left, done, complaints, file=sys.stderr)
        finally:
            sys.stderr.flush()
            os._exit(0 if good else 1)
"""

BLOCKING = """
    for context in (None, tls):
        with Server(keeping(), context) as server:
            toy = make(Toy, server)
            toy.cards.get("c1")
            fds = own_sockets(toy)
            assert [is_socket(fd) for fd in fds if fd >= 0] == [True], fds
            assert fork(fds, lambda: True)
            assert fork(fds, lambda: toy.cards.get("c1").id == "c1")
            assert fork(fds, lambda: toy.close() is None)
            assert toy.cards.get("c1").id == "c1"
            assert server.connections == 2  # the parent's, and one child's
            toy.close()
    print("good")
"""

ASYNC = """
    async def forking(context):
        with Server(keeping(), context) as server:
            toy = make(AsyncToy, server)
            await toy.cards.get("c1")
            fds = own_sockets(toy)
            assert [is_socket(fd) for fd in fds if fd >= 0][0] is True, fds
            assert fork(fds, lambda: True)
            assert fork(fds, in_a_loop_of_its_own(toy))
            assert (await toy.cards.get("c1")).id == "c1"
            assert server.connections == 2
            await toy.aclose()

    def in_a_loop_of_its_own(toy):
        async def get_and_close():
            async with toy:
                return (await toy.cards.get("c1")).id == "c1"

        return lambda: asyncio.run(get_and_close())

    for context in (None, tls):
        asyncio.run(forking(context))
    print("good")
"""


@pytest.mark.parametrize("script", [BLOCKING, ASYNC], ids=["blocking", "async"])
def test_a_child_lets_go_of_its_parent_s_connections(script):
    """It closes its copies of the sockets at once, and the parent's connection goes on."""
    tests = os.path.dirname(os.path.dirname(__file__))
    program = textwrap.dedent(SETTING).format(tests=tests) + textwrap.dedent(script)
    done = subprocess.run(
        [sys.executable, "-W", "error", "-X", "dev", "-c", program],
        capture_output=True, text=True, timeout=60, cwd=os.path.dirname(tests), check=False,
    )  # fmt: skip
    assert done.stdout == "good\n", done.stderr


# --- the same in one process, step by step


def test_every_owner_of_sockets_is_told():
    """In a child each of them lets go; one that is gone is not kept for it."""
    told = []

    class Owner:
        def disown(self):
            told.append(self)

    owner, gone = Owner(), Owner()
    disown_in_children(owner)
    disown_in_children(gone)
    del gone
    forks._in_child()
    assert owner in told
    assert len([one for one in told if isinstance(one, Owner)]) == 1


def test_a_socket_is_replaced_by_nothing():
    """Its number stays taken, or another file would be closed when its old owner closes it."""
    one, other = socket.socketpair()
    number = one.fileno()
    replace_by_nothing(one)
    assert stat.S_ISCHR(os.fstat(number).st_mode)
    assert other.recv(1) == b""  # there was no parent to keep it
    one.close()
    other.close()


def test_open_connections_are_let_go_of_and_ended_ones_left_alone(colour, toy, monkeypatch):
    """A client goes on with new ones; what ended before the fork has no socket any more."""
    monkeypatch.setattr(transport, "_inherited", [])
    with Server(keeping()) as server:
        client = toy(base_url=server.url)
        colour(client.cards.get("c1"))
        own = client._runner.session.door._own
        (stream,) = own._backend.streams
        number = stream.get_extra_info("socket").fileno()
        own.disown()
        assert not _is_socket(number)
        colour.close(client)
        own.disown()
        assert not _is_socket(number)


def _is_socket(number):
    try:
        return stat.S_ISSOCK(os.fstat(number).st_mode)
    except OSError:
        return False
