"""Retries without waiting."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from loyalty_sdk._core import retry


@contextmanager
def no_backoff() -> Generator[None, None, None]:
    """Retry at once, instead of after an exponential wait; for the whole process.

    A wait that the vendor states is kept: it is part of what is tested then.
    """
    before = retry.backoff.scale
    retry.backoff.scale = 0.0
    try:
        yield
    finally:
        retry.backoff.scale = before
