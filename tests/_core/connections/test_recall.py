from __future__ import annotations

import socket
import threading
import time

import pytest

from loyalty_sdk._core.connections.recall import Recall, Recalled


def waiting(recall, sock):
    """A thread that reads from a socket within reach of a recall, and how that ended."""
    ended = []

    def read():
        try:
            with recall.reaching(sock):
                ended.append(sock.recv(1))
        except BaseException as error:
            ended.append(error)

    thread = threading.Thread(target=read)
    thread.start()
    return thread, ended


@pytest.fixture
def pair():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def test_it_goes_on_until_called_back():
    """Checks and reads pass, and a rest is a whole one."""
    recall = Recall()
    recall.check()
    began = time.monotonic()
    recall.rest(0.02)
    assert time.monotonic() - began >= 0.02
    recall()
    with pytest.raises(Recalled):
        recall.check()


def test_it_ends_a_wait_on_a_socket(pair):
    """The reader is woken, and told that it was called back, not that the peer has gone."""
    ours, theirs = pair
    recall = Recall()
    thread, ended = waiting(recall, ours)
    while recall._socket is None:
        time.sleep(0.001)
    recall()
    thread.join(5)
    assert type(ended[-1]) is Recalled
    assert theirs.recv(1) == b""
    assert ours.fileno() >= 0, "the reader closes it, nobody else"


def test_it_ends_a_wait_before_it_begins(pair):
    """Called back in between two steps, the next one does not begin."""
    recall = Recall()
    recall()
    with pytest.raises(Recalled), recall.reaching(pair[0]):
        raise AssertionError("not reached")
    assert pair[0].send(b"x") == 1, "the socket was left alone"


def test_what_is_not_waited_on_is_left_alone(pair):
    """A socket may serve another request by now: it is shut down during the wait only."""
    ours, theirs = pair
    recall = Recall()
    theirs.send(b"x")
    with recall.reaching(ours):
        assert ours.recv(1) == b"x"
    recall()
    assert ours.send(b"y") == 1
    assert theirs.recv(1) == b"y"


def test_an_answer_that_came_at_the_last_moment_is_not_used(pair):
    """Its connection is cut: to go on with it would end in the middle of something else."""
    recall = Recall()
    with pytest.raises(Recalled), recall.reaching(pair[0]):
        recall()


def test_a_socket_that_is_gone_is_no_failure(pair):
    """The vendor may hang up just before."""
    recall = Recall()

    def read():
        with recall.reaching(pair[0]):
            pair[0].close()
            recall()

    with pytest.raises(Recalled):
        read()


def test_it_ends_a_rest():
    """Nobody waits for the next attempt of a request that is called back."""
    recall = Recall()
    thread = threading.Thread(target=recall.rest, args=(10,))
    thread.start()
    recall()
    thread.join(5)
    assert not thread.is_alive()


def test_it_is_no_exception():
    """What handles failures on the way, tenacity say, does not take it for one."""
    assert not issubclass(Recalled, Exception)
