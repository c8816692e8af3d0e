"""Secrets that are recognised in whatever form they come back."""

from __future__ import annotations

import base64
import itertools
from collections.abc import Iterator, Mapping

AWKWARD = "/+%\"'&=<\\~"
"""What is written otherwise in a URL, in JSON, in HTML and in a repr."""

_numbers = itertools.count(100)


class Markers:
    """The secrets planted in one scene; each name always gives the same text."""

    def __init__(self) -> None:
        self._planted: dict[str, str] = {}
        self._cores: dict[str, str] = {}

    def secret(self, name: str) -> str:
        """A secret that may stand in a header, a form, a path or JSON."""
        return self._plant(name, f"Zq{next(_numbers)}Marker{next(_numbers)}", AWKWARD)

    def plain(self, name: str) -> str:
        """A secret of letters and digits, as most are."""
        return self._plant(name, f"Zq{next(_numbers)}Plain{next(_numbers)}", "")

    def digits(self, name: str) -> str:
        """A secret of digits: a passcode."""
        return self._plant(name, f"9{next(_numbers)}0{next(_numbers)}7", "")

    def forms(self) -> Iterator[tuple[str, str]]:
        """Each name with each form, in lower case, by which its secret is recognised."""
        for name, core in self._cores.items():
            for form in _forms(core):
                yield name, form

    @property
    def planted(self) -> Mapping[str, str]:
        """The secrets by name."""
        return dict(self._planted)

    def _plant(self, name: str, core: str, tail: str) -> str:
        self._cores.setdefault(name, core)
        return self._planted.setdefault(name, core + tail)


def _forms(core: str) -> set[str]:
    """A core as it is, in hexadecimal, and inside base64 wherever it may begin there."""
    raw = core.encode()
    inside = (base64.b64encode(bytes(lead) + raw).decode() for lead in range(3))
    cut = (text[(4 if lead else 0) : len(text) - 4] for lead, text in enumerate(inside))
    return {core.lower(), raw.hex(), *(text.lower() for text in cut)}
