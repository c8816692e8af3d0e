"""The finder finds: each sort of leak is made on purpose, and seen."""

from __future__ import annotations

import base64
import collections
import dataclasses
import html
import json
import logging
import pickle
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, quote_plus

import attrs
import httpx
import pytest

from loyalty_sdk import Secret

from .finder import Finder
from .markers import Markers

MARKERS = Markers()
TEXT = MARKERS.secret("key")
FINDER = Finder(MARKERS)
SEEN = "key in "


@attrs.frozen
class Fields:
    """Shows one field, and keeps another."""

    shown: Any = None
    kept: Any = attrs.field(default=None, repr=False)


@dataclasses.dataclass
class Data:
    """The same as a data class."""

    shown: Any = None
    kept: Any = dataclasses.field(default=None, repr=False)


class Slotted:
    """A private slot, and no repr."""

    __slots__ = ("__hidden",)

    def __init__(self, hidden: Any) -> None:
        self.__hidden = hidden


class Holder:
    """An attribute, and no repr."""

    def __init__(self, held: Any) -> None:
        self.held = held


class Pickling(Holder):
    """Nothing but its pickle has it."""

    def __init__(self) -> None:
        super().__init__(None)

    def __reduce__(self) -> tuple[Any, ...]:
        return Holder, (TEXT,)


def elsewhere(statements: str, **names: Any) -> BaseException:
    """The error of a program that does not belong to the tests."""
    lines = "\n    ".join(statements.splitlines())
    code = compile(f"def run({', '.join(names)}):\n    {lines}", "/elsewhere.py", "exec")
    made: dict[str, Any] = {}
    exec(code, made)
    try:
        made["run"](**names)
    except BaseException as error:
        return error
    raise AssertionError("it was to fail")


@pytest.mark.parametrize(
    "write",
    [
        str, repr, str.lower, str.upper, json.dumps, html.escape, quote, quote_plus,
        lambda text: quote(text, safe="/"), lambda text: f"before {text} behind",
        lambda text: text.encode().hex(), lambda text: base64.b64encode(text.encode()).decode(),
        lambda text: base64.b64encode(f"u:{text}".encode()).decode(),
        lambda text: base64.urlsafe_b64encode(f"us:{text}".encode()).decode(),
    ],
)  # fmt: skip
def test_every_form_of_a_text(write: Callable[[str], str]) -> None:
    """Quoted, escaped, encoded, in capitals: a marker is recognised, in text and in bytes."""
    assert list(FINDER.in_text("here", write(TEXT)))
    assert list(FINDER.in_text("here", write(TEXT).encode()))
    assert not list(FINDER.in_text("here", write("harmless")))


def test_each_marker_is_told_by_its_name() -> None:
    """Two secrets are never taken for each other; one name is one secret."""
    markers = Markers()
    texts = [markers.secret("a"), markers.plain("b"), markers.digits("c")]
    assert texts[2].isdecimal()
    assert texts[1].isalnum()
    assert markers.secret("a") == texts[0]
    for name, text in markers.planted.items():
        (found,) = Finder(markers).in_text("x", f"..{text}..")
        assert found.startswith(f"{name} in x")


@pytest.mark.parametrize(
    "value",
    [
        TEXT, TEXT.encode(), bytearray(TEXT.encode()), [TEXT], (1, (TEXT,)), {TEXT}, {"a": TEXT},
        {TEXT: 1}, {"a": [{"b": TEXT.encode()}]}, collections.deque([TEXT]), Fields(TEXT),
        [Fields({"a": Data(TEXT)})], httpx.Headers({"authorization": f"Bearer {TEXT}"}),
        frozenset([Fields(TEXT)]),
    ],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_what_is_shown(value: object) -> None:
    """A reporter goes into containers and fields."""
    assert list(FINDER.shown("it", value))
    assert list(FINDER.held("it", value))


@pytest.mark.parametrize(
    "value",
    [
        Fields(kept=TEXT),
        Data(kept=TEXT),
        Holder(TEXT),
        Slotted(TEXT),
        [Holder({"a": Slotted(TEXT)})],
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_kept_and_not_shown(value: object) -> None:
    """Fields without a repr, attributes and slots are searched where a value is handed out."""
    assert not list(FINDER.shown("it", value))
    assert list(FINDER.kept("it", value))


def test_what_is_made_of_a_value() -> None:
    """What only a pickle has is found, too."""
    assert not list(FINDER.held("it", Pickling()))
    assert {found.partition(":")[0] for found in FINDER.kept("it", Pickling())} >= {
        "key in pickle(it)", "key in old pickle(it)", "key in deepcopy(it).held"
    }  # fmt: skip


def test_a_secret_is_closed() -> None:
    """What is wrapped is neither shown nor kept; its class is trusted, and tested by itself."""
    wrapped = [Secret(TEXT), {"a": Fields(Secret(TEXT), Secret(TEXT))}, Holder(Secret(TEXT))]
    assert not list(FINDER.kept("it", wrapped))


ERRORS = {
    "text": "raise ValueError(m)",
    "arguments": "class Mute(Exception):\n  __str__ = __repr__ = lambda self: ''\nraise Mute(m)",
    "a fact": "e = ValueError(); e.fact = m; m = 0; raise e",
    "a note": "e = ValueError(); e.add_note(m); m = 0; raise e",
    "the cause": "c = KeyError(m); m = 0; raise ValueError from c",
    "the context": "try: raise KeyError(m)\nexcept KeyError: m = 0; raise ValueError",
    "a hidden context": "try: raise KeyError(m)\nexcept KeyError: m = 0; raise OSError from None",
    "a member": "e = ExceptionGroup('', [ValueError(m)]); m = 0; raise e",
    "a local": "raise ValueError",
    "a local in a container": "m = {'a': [m]}; raise ValueError",
    "a local in a lower frame": "def low(x): raise ValueError\nx = m; m = 0; low(x)",
    "a local of the cause": (
        "def low(x): raise KeyError\ntry: low(m)\n"
        "except KeyError as c: e = c; m = 0\nraise ValueError from e"
    ),
    "an interrupt": "raise KeyboardInterrupt",
}  # fmt: skip


@pytest.mark.parametrize("statements", ERRORS.values(), ids=ERRORS)
def test_errors(statements: str) -> None:
    """Texts, facts, notes, causes, contexts, members and the locals of all frames."""
    assert list(FINDER.in_error(elsewhere(statements, m=TEXT)))
    assert not list(FINDER.in_error(elsewhere(statements, m="harmless")))


def test_the_tests_own_frames_do_not_count() -> None:
    """The caller has the secret anyway; so do the tests."""

    def failing(held: str) -> None:
        raise ValueError(len(held))

    with pytest.raises(ValueError) as caught:
        failing(TEXT)
    assert not list(FINDER.in_error(caught.value))


@pytest.mark.parametrize(
    "log",
    [
        lambda logger: logger.debug(f"got {TEXT}"), lambda logger: logger.debug("got %s", TEXT),
        lambda logger: logger.debug("got", extra={"got": {"a": TEXT}}),
        lambda logger: logger.debug("%.3s", [TEXT]),
        lambda logger: logger.debug("x", exc_info=ValueError(TEXT)),
    ],
)  # fmt: skip
def test_log_records(log: Callable[[logging.Logger], None]) -> None:
    """The message, its arguments, and what is added to a record."""
    records: list[logging.LogRecord] = []
    logger = logging.Logger("apart", logging.DEBUG)
    handler = logging.Handler()
    handler.emit = records.append  # type: ignore[method-assign]
    logger.addHandler(handler)
    log(logger)
    assert list(FINDER.in_records(records))


def test_what_pickle_refuses_is_told_apart_from_what_it_keeps() -> None:
    """A refusal is no leak, but its words could be one."""

    class Refusing(Holder):
        def __reduce__(self) -> tuple[Any, ...]:
            raise TypeError(f"not {TEXT}")

    with pytest.raises(TypeError):
        pickle.dumps(Refusing(None))
    assert any("pickle(it) refused" in found for found in FINDER.kept("it", Refusing(None)))
