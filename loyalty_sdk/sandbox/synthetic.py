"""Synthetic values from a seed: the same seed and labels always give the same ones."""

from __future__ import annotations

import string
from collections.abc import Callable
from datetime import UTC, datetime
from random import Random

Clock = Callable[[], datetime]

LETTERS_AND_DIGITS = string.ascii_letters + string.digits
HEX_DIGITS = "0123456789abcdef"

FIRST_NAMES = ("Ada", "Bram", "Chloé", "Dirk", "Eva", "Finn", "Grâce", "Hugo", "Inès", "Joost")
LAST_NAMES = ("Appel", "Bakker", "Citroen", "Dijkstra", "Eik", "Fontein", "Gracht", "Haven")


def dice(seed: int, *labels: object) -> Random:
    """A source of randomness of its own for the thing that the labels name."""
    return Random("/".join(str(part) for part in (seed, *labels)))


def characters(source: Random, count: int, alphabet: str = LETTERS_AND_DIGITS) -> str:
    """So many characters drawn from an alphabet."""
    return "".join(source.choices(alphabet, k=count))


def uuid_text(source: Random) -> str:
    """A random identifier in the form of a UUID of version 4."""
    digits = characters(source, 32, HEX_DIGITS)
    parts = digits[:8], digits[8:12], "4" + digits[13:16], "8" + digits[17:20], digits[20:]
    return "-".join(parts)


def credential(seed: int, label: str) -> str:
    """A credential that shows where it is from and that it protects nothing."""
    return f"sandbox-{label}-{characters(dice(seed, 'credential', label), 24)}"


def utc_now() -> datetime:
    """The current moment."""
    return datetime.now(UTC)
