"""How things are told: errors as a line on standard error, results as JSON, and exit statuses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any

import click

from loyalty_sdk._core.reading.shown import plain
from loyalty_sdk.export.values import json_bytes, loose

FAILED, USAGE, PARTLY, INTERRUPTED = 1, 2, 3, 130


class Told(click.ClickException):
    """Ends the program with a line about an error, and status 1.

    Args:
        error: The error.
        advice: What to do about it, besides what the error says itself.
    """

    def __init__(self, error: Exception, advice: str = "") -> None:
        super().__init__(words_of(error) + (f" - {advice}" if advice else ""))

    def show(self, file: IO[Any] | None = None) -> None:
        """Write the line."""
        warn(self.message)


class Misused(Told):
    """The same for what the user can put right."""

    exit_code = USAGE


def words_of(error: Exception) -> str:
    """An error in a line; what steers a terminal is left out of it."""
    return plain(f"{type(error).__name__}: {error}" if str(error) else type(error).__name__)


def warn(text: str) -> None:
    """A line on standard error."""
    click.echo(f"loyalty-sdk: {text}", err=True)


def as_json(result: Mapping[str, Any]) -> None:
    """A result on standard output, a line of JSON."""
    click.echo(json_bytes(loose(result)).decode())
