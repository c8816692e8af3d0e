"""What this process holds of the operating system: connections, files, memory."""

from __future__ import annotations

import contextlib
import os
import resource
import socket
import stat
import sys


def connections_to(port: int) -> int:
    """How many sockets of this process are connected to a port of this machine."""
    count = 0
    for name in os.listdir("/dev/fd"):
        with contextlib.suppress(OSError):
            if stat.S_ISSOCK(os.fstat(int(name)).st_mode):
                with socket.socket(fileno=os.dup(int(name))) as held:
                    count += held.getpeername()[:2] == ("127.0.0.1", port)
    return count


def open_files() -> int:
    """How many files and sockets this process has open."""
    return len(os.listdir("/dev/fd"))


def peak_memory() -> float:
    """The most memory that this process has held, in MiB."""
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
