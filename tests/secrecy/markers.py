"""Secrets that are recognised in whatever form they come back."""

from __future__ import annotations

import base64
import functools
import itertools
import re
from collections.abc import Iterator, Mapping

AWKWARD = "/+%\"'&=<\\~"
"""What is written otherwise in a URL, in JSON, in HTML and in a repr."""

_numbers = itertools.count(100)


class Markers:
    """The secrets planted in one scene; each name always gives the same text."""

    def __init__(self) -> None:
        self._planted: dict[str, str] = {}
        self._cores: dict[str, str] = {}
        self._any = re.compile("(?!)")

    def secret(self, name: str) -> str:
        """A secret that may stand in a header, a form, a path or JSON."""
        return self._plant(name, f"Zq{next(_numbers)}Marker{next(_numbers)}", AWKWARD)

    def plain(self, name: str) -> str:
        """A secret of letters and digits, as most are."""
        return self._plant(name, f"Zq{next(_numbers)}Plain{next(_numbers)}", "")

    def digits(self, name: str) -> str:
        """A secret of digits: a passcode."""
        return self._plant(name, f"9{next(_numbers)}0{next(_numbers)}7", "")

    def within(self, text: str) -> Iterator[str]:
        """The names of the secrets that a text has in any form."""
        lowered = text.lower()
        if self._any.search(lowered):
            yield from (n for n, c in self._cores.items() if any(f in lowered for f in _forms(c)))

    @property
    def planted(self) -> Mapping[str, str]:
        """The secrets by name."""
        return dict(self._planted)

    def _plant(self, name: str, core: str, tail: str) -> str:
        if name not in self._planted:
            self._cores[name], self._planted[name] = core, core + tail
            forms = itertools.chain.from_iterable(map(_forms, self._cores.values()))
            self._any = re.compile("|".join(map(re.escape, forms)))
        return self._planted[name]


@functools.cache
def _forms(core: str) -> frozenset[str]:
    """A core as it is, in hexadecimal, and inside base64 wherever it may begin there."""
    raw = core.encode()
    inside = (base64.b64encode(bytes(lead) + raw).decode() for lead in range(3))
    cut = (text[(4 if lead else 0) : len(text) - 4] for lead, text in enumerate(inside))
    return frozenset({core.lower(), raw.hex(), *(text.lower() for text in cut)})
