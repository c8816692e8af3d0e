"""Calling a blocking request back from another thread, wherever it is on its way."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Generator


class Recalled(BaseException):
    """The request was called back. That is no failure: nobody waits for its answer any more."""


class Recall:
    """Ends a request that another thread makes.

    To close a socket that somebody else reads from is a race: its number may be that of another
    file by then. So whoever waits for an answer says on which socket, and for as long as that the
    socket may be shut down, which ends the wait; the reader itself closes it.
    """

    def __init__(self) -> None:
        self._called = threading.Event()
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None

    def __call__(self) -> None:
        """Call the request back; it ends at its next step, or now if it waits for an answer."""
        with self._lock:
            self._called.set()
            if self._socket is not None:
                with contextlib.suppress(OSError):  # the vendor was faster
                    # The plain socket's: that of a TLS socket is not made for two threads.
                    socket.socket.shutdown(self._socket, socket.SHUT_RDWR)

    def check(self) -> None:
        """Go on, unless called back.

        Raises:
            Recalled: The request was called back.
        """
        if self._called.is_set():
            raise Recalled

    def rest(self, seconds: float) -> None:
        """Sleep, but no longer than until called back."""
        self._called.wait(seconds)

    @contextlib.contextmanager
    def reaching(self, waited_on: socket.socket) -> Generator[None]:
        """While inside, calling back ends the wait on this socket."""
        with self._lock:
            self.check()
            self._socket = waited_on
        try:
            yield
        finally:
            with self._lock:
                self._socket = None
            self.check()
