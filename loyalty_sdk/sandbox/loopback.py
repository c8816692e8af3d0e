"""Ports of this machine that no other machine can reach."""

from __future__ import annotations

import socket
import sys

HOST = "127.0.0.1"


def bind(port: int) -> socket.socket:
    """A port of the loopback interface, taken; 0 takes one that is free.

    Raises:
        OSError: The port is taken.
    """
    # asyncio sets TCP_NODELAY only where the protocol is named, and uvicorn sends head and body
    # apart: without it each answer would wait 40 ms for a delayed acknowledgement.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if sys.platform == "win32":
            # There, SO_REUSEADDR would let two servers share the port.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
    except OSError:
        listener.close()
        raise
    return listener
