"""A fork copies open sockets: the child lets go of its copies, the connections stay its parent's.

Closing a copy says nothing to the other side, no end of TLS either, as long as the parent has its
own. Left open, the child would keep connections alive that its parent closes.
"""

from __future__ import annotations

import contextlib
import os
import socket
import weakref
from typing import Protocol


class Inheritable(Protocol):
    """Something with sockets."""

    def disown(self) -> None:
        """Let go of all of them; called in the child, where no lock can be relied on."""
        ...


_with_sockets: weakref.WeakSet[Inheritable] = weakref.WeakSet()


def disown_in_children(owner: Inheritable) -> None:
    """Have something's sockets let go of in every child of this process."""
    _with_sockets.add(owner)


def replace_by_nothing(sock: socket.socket) -> None:
    """Let go of a socket that an event loop of the parent's thinks it has.

    The loop cannot be told: its selector is shared with the parent. So the number stays taken.
    """
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, sock.fileno())
    os.close(nothing)


def _in_child() -> None:
    for owner in list(_with_sockets):
        owner.disown()


with contextlib.suppress(AttributeError):  # Windows never forks
    os.register_at_fork(after_in_child=_in_child)
