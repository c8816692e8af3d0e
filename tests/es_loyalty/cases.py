"""One call a case: what it sends, and what is read of a recorded answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

import attrs

from .helpers import BASE, SESSION


@attrs.frozen(repr=False)
class Case:
    """One call within a session.

    Attributes:
        call: The call, such as `members.balance`.
        arguments: The keyword arguments besides the session's.
        line: The verb, and the path behind the session with its query, unquoted.
        body: The JSON body; `None` where there is none.
        answer: What is recorded, behind the call's name.
        shown: What can be read of the result, by dotted names.
    """

    call: str
    arguments: Mapping[str, Any]
    line: str
    body: Any
    answer: str
    shown: Mapping[str, Any]

    def __repr__(self) -> str:
        return f"{self.call}.{self.answer}"

    def check(self, colour: Any, es: Any, answers: Any) -> None:
        """Make the call, and compare what was sent and what came."""
        route = answers(repr(self))
        result = self.made(colour, es)
        request = route.calls.last.request
        beginning = f"{BASE}/client/users/{SESSION}/"
        url = unquote(str(request.url))
        assert url.startswith(beginning)
        assert f"{request.method} {url.removeprefix(beginning)}" == self.line
        assert (json.loads(request.content) if request.content else None) == self.body
        for path, value in self.shown.items():
            assert read(result, path) == value, path

    def made(self, colour: Any, es: Any) -> Any:
        """What the call gives; of a listing, what its first page holds."""
        noun, verb = self.call.split(".")
        given = getattr(getattr(es, noun), verb)(SESSION, **self.arguments)
        return colour.items(given) if hasattr(given, "pages") else colour(given)


def read(value: Any, path: str) -> Any:
    """What stands at a dotted path of names, keys and numbers."""
    for name in path.split("."):
        if isinstance(value, Mapping):
            value = value[name]
        else:
            value = value[int(name)] if name.isdecimal() else getattr(value, name)
    return value
