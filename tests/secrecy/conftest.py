"""A scene: servers, listeners to every logger, and the markers."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from _core.servers import Server, keeping
from conftest import Colour

from .scene import Scene


@pytest.fixture
def records() -> Iterator[list[logging.LogRecord]]:
    """What every logger says at level DEBUG, those that do not pass it on included."""
    heard: list[logging.LogRecord] = []
    ear = logging.Handler(logging.NOTSET)
    ear.emit = heard.append  # type: ignore[method-assign]
    loggers = [logging.getLogger(name) for name in logging.root.manager.loggerDict]
    before = [(logger, logger.level, logger.disabled) for logger in (logging.root, *loggers)]
    deaf = [logger for logger in loggers if not logger.propagate]
    for logger, _, _ in before:
        logger.setLevel(logging.DEBUG)
        logger.disabled = False
    for logger in (logging.root, *deaf):
        logger.addHandler(ear)
    yield heard
    for logger in (logging.root, *deaf):
        logger.removeHandler(ear)
    for logger, level, disabled in before:
        logger.setLevel(level)
        logger.disabled = disabled


def _scene(colour: Colour, records: list[logging.LogRecord]) -> Iterator[Scene]:
    with Server(keeping()) as server, Server(keeping()) as elsewhere:
        yield Scene(colour, records, server, elsewhere)


@pytest.fixture
def scene(colour: Colour, records: list[logging.LogRecord]) -> Iterator[Scene]:
    """A scene in the colour of the test."""
    yield from _scene(colour, records)


@pytest.fixture
def blocking_scene(records: list[logging.LogRecord]) -> Iterator[Scene]:
    """One in the blocking colour."""
    colour = Colour("blocking")
    yield from _scene(colour, records)
    colour.end()


@pytest.fixture
def async_scene(records: list[logging.LogRecord]) -> Iterator[Scene]:
    """One in the async colour."""
    colour = Colour("async")
    yield from _scene(colour, records)
    colour.end()
