"""Replaying: recorded answers to the same requests, and a difference to the nearest other one."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from typing import Any, cast

import httpx

from loyalty_sdk._core.hiding.redact import MASK
from loyalty_sdk.testing.masking import SECRET_STAND_IN, is_secret
from loyalty_sdk.testing.recording import Exchange, Recording, Said, readable, told

_Facts = Mapping[str, str]


class UnknownRequest(AssertionError):
    """No recorded request is the same; the text says how the nearest one differs."""


class Replay:
    """Answers requests as they were answered when they were recorded.

    A request is the same when verb, path, query and body are; hosts and headers do not count, and
    what was recorded of a secret is the same as anything. Of several recorded answers to the same
    request each is given once, in order, the last one as often as it is asked for.

    Args:
        path: The recording.
        ignore: Names of parameters and of fields of bodies that do not count, such as `timestamp`.

    Attributes:
        unknown: What was asked and not recorded.
    """

    def __init__(self, path: str | os.PathLike[str], *, ignore: Iterable[str] = ()) -> None:
        self._path = os.fspath(path)
        self._ignored = frozenset(ignore)
        self._recorded = [
            (each, self._facts(each.request)) for each in Recording.load(path).exchanges
        ]
        self._given: defaultdict[int, int] = defaultdict(int)
        self.unknown: list[UnknownRequest] = []

    @property
    def unused(self) -> tuple[Exchange, ...]:
        """What was recorded and never asked for."""
        return tuple(each for each, _ in self._recorded if not self._given[id(each)])

    def answer(self, request: httpx.Request) -> httpx.Response:
        """The recorded answer.

        Raises:
            UnknownRequest: There is none.
        """
        asked = self._facts(told(request))
        same = [each for each, recorded in self._recorded if not _differing(recorded, asked)]
        if not same:
            problem = UnknownRequest(self._difference(asked))
            self.unknown.append(problem)
            raise problem
        chosen = next((each for each in same if not self._given[id(each)]), same[-1])
        self._given[id(chosen)] += 1
        return chosen.answer()

    def transport(self) -> httpx.MockTransport:
        """What a client of either colour takes as `transport`, where respx is not wanted."""
        return httpx.MockTransport(self.answer)

    def router(self) -> Any:
        """A respx router that answers every request of the process while it is entered."""
        import respx  # only who replays in this way needs it

        router = respx.MockRouter(assert_all_called=False)
        router.route().mock(side_effect=self.answer)
        return router

    def _facts(self, said: Said) -> _Facts:
        """What counts of a request, each thing by its name."""
        facts = {"request": str(said)}
        for name, value in sorted(said.query):
            self._tell(facts, f"query {name}", name, value)
        self._spread(facts, "body", "body", said.body)
        return facts

    def _spread(self, facts: dict[str, str], where: str, name: str, value: Any) -> None:
        inner: Iterable[tuple[str, str, Any]]
        if isinstance(value, Mapping) and value:
            pairs = cast("Mapping[str, Any]", value).items()
            inner = ((f"{where}.{key}", key, each) for key, each in sorted(pairs))
        elif isinstance(value, list) and value:
            each_one = cast("list[object]", value)
            inner = ((f"{where}[{n}]", name, each) for n, each in enumerate(each_one))
        else:
            if value is not None or where != "body":
                self._tell(facts, where, name, value)
            return
        if name not in self._ignored:
            for place, key, each in inner:
                self._spread(facts, place, key, each)

    def _tell(self, facts: dict[str, str], where: str, name: str, value: Any) -> None:
        if name in self._ignored:
            return
        shown = MASK if is_secret(name) else value if isinstance(value, str) else readable(value)
        facts[where] = f"{facts[where]}, {shown}" if where in facts else shown

    def _difference(self, asked: _Facts) -> str:
        count = len(self._recorded)
        head = f"{asked['request']} is not in {self._path} ({count} requests are)"
        if not count:
            return head
        nearest = max(self._recorded, key=lambda each: _likeness(each[1], asked))[1]
        place = [facts for _, facts in self._recorded].index(nearest) + 1
        lines = [f"{head}; the nearest is number {place}:", "  - recorded", "  + asked for"]
        for name in dict.fromkeys((*nearest, *asked)):
            lines += _lines(name, nearest.get(name), asked.get(name))
        return "\n".join(lines)


def _differing(recorded: _Facts, asked: _Facts) -> bool:
    return recorded.keys() != asked.keys() or any(
        not _same(name, recorded[name], asked[name]) for name in recorded
    )


def _same(name: str, recorded: str, asked: str) -> bool:
    if name == "request":
        one, other = recorded.split("/"), asked.split("/")
        return len(one) == len(other) and all(map(_same_value, one, other))
    return _same_value(recorded, asked)


def _same_value(recorded: str, asked: str) -> bool:
    return recorded == asked or SECRET_STAND_IN.fullmatch(recorded) is not None


def _likeness(recorded: _Facts, asked: _Facts) -> float:
    same = sum(name in asked and _same(name, recorded[name], asked[name]) for name in recorded)
    request = SequenceMatcher(None, recorded["request"], asked["request"]).ratio()
    return 4 * request + same - len(recorded.keys() ^ asked.keys()) / 2


def _lines(name: str, recorded: str | None, asked: str | None) -> list[str]:
    if recorded is not None and asked is not None and _same(name, recorded, asked):
        return [f"    {name}: {recorded}"]
    sides = (("-", recorded), ("+", asked))
    return [f"  {sign} {name}: {value}" for sign, value in sides if value is not None]
