"""`python -m tests.fuzz [N] [--seed S]`: do the fast readers agree with the slow one?

First every field of every model of all vendors gets every odd value there is. Then N payloads, as
recorded and as the models' types say, are damaged at random. Each is read three times: by way of
forms, by way of dicts, and slowly. The fast ways may raise; what they give must be exactly what the
slow one gives.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import attrs

from loyalty_sdk._core.hiding.redact import Secret
from loyalty_sdk._core.reading.convert import parse
from loyalty_sdk._core.reading.fast import FastReader
from loyalty_sdk._core.reading.forms import Shape
from loyalty_sdk._core.reading.model import ABSENT, Model
from loyalty_sdk._core.reading.slow import SlowReader
from loyalty_sdk.errors import MissingField

from .payloads import VENDORS, Making, damaged, models, recorded, swept, written

COLUMNS = ("payloads", "by forms", "by dicts", "slowly only", "refused", "differ")


@attrs.define
class Counts:
    """What became of the payloads of one vendor."""

    models: int
    by: Counter[str] = attrs.field(factory=Counter)
    well_read: set[tuple[str, type[Model]]] = attrs.field(factory=set)
    differ: list[str] = attrs.field(factory=list)


class Fuzz:
    """Payloads of one vendor, and what became of them."""

    def __init__(self, vendor: str, chance: random.Random) -> None:
        self._chance = chance
        self._models = models(vendor)
        self._recorded = list(recorded(vendor))
        self._shapes = {model: Shape(model) for model in self._models}
        self.counts = Counts(len(self._models))

    def sweep(self, share: float = 1.0) -> Counts:
        """Read payloads with every odd value in every field, or a share of them."""
        for model in self._models:
            for payload in swept(model, self._chance):
                if self._chance.random() < share:
                    self._read(model, written(payload).encode())
        return self.counts

    def run(self, payloads: int) -> Counts:
        """Read so many damaged payloads, of each model about as many."""
        for number in range(payloads):
            model, payload = self._payload(number)
            self._read(model, written(damaged(payload, self._chance)).encode())
        return self.counts

    def _payload(self, number: int) -> tuple[type[Model], dict[str, Any]]:
        if self._recorded and number % 3 == 0:
            return self._chance.choice(self._recorded)
        model = self._models[number % len(self._models)]
        return model, Making(self._chance, self._chance.choice((0.2, 0.7, 1.0))).object(model)

    def _read(self, model: type[Model], content: bytes) -> None:
        ways = {
            "by forms": lambda: FastReader().one(model, self._shapes[model].parse(content)),
            "by dicts": lambda: FastReader().one(model, parse(content)),
        }
        slowly = _tried(lambda: SlowReader([]).one(model, parse(content)))
        self.counts.by["payloads"] += 1
        self.counts.by["refused"] += slowly is None
        fast = {name: _tried(way) for name, way in ways.items()}
        self.counts.by["slowly only"] += slowly is not None and not any(fast.values())
        for name, found in fast.items():
            self.counts.by[name] += found is not None
            if found is not None and found != slowly:
                self.counts.differ.append(f"{name}: {model.__qualname__} {content.decode()}")
            elif found is not None:
                self.counts.well_read.add((name, model))
        self.counts.by["differ"] = len(self.counts.differ)


def _tried(read: Any) -> Any:
    """Everything that the instance is that was read; `None` where it was refused."""
    try:
        found = read()
    except Exception:
        return None
    return state(found)


def state(value: Any) -> Any:
    """A value with the types of everything in it, so that `==` leaves nothing out."""
    kind = type(value)
    if isinstance(value, Model):
        return kind, {field.name: _held(value, field.name) for field in attrs.fields(kind)}
    if isinstance(value, dict):
        return kind, {key: state(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return kind, [state(item) for item in value]
    if isinstance(value, Decimal):
        return kind, value.as_tuple()
    if isinstance(value, (datetime, date)):
        return kind, repr(value)
    if isinstance(value, Secret):
        return kind, value.reveal()
    if attrs.has(kind):
        return kind, [state(getattr(value, field.name)) for field in attrs.fields(kind)]
    return kind, value


def _held(instance: Model, name: str) -> Any:
    try:
        return state(getattr(instance, name))
    except MissingField:
        return ABSENT


def main(arguments: Sequence[str] | None = None) -> int:
    """Read damaged payloads of all vendors and print what became of them.

    Returns:
        What the process exits with: 1 where a fast way gave anything else than the slow one.
    """
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("payloads", nargs="?", type=int, default=100_000, metavar="N")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--share", type=float, default=1.0, help="how much of the sweep to do")
    options = parser.parse_args(arguments)
    print(f"{'':12}{'models':>12}" + "".join(f"{column:>12}" for column in COLUMNS))
    found = {}
    for vendor in VENDORS:
        chance = random.Random(f"{vendor} {options.seed}")
        fuzz = Fuzz(vendor, chance)
        fuzz.sweep(options.share)
        found[vendor] = fuzz.run(-(-options.payloads // len(VENDORS)))
        _show(vendor, found[vendor])
    differ = [one for counts in found.values() for one in counts.differ]
    print(*differ[:20], sep="\n")
    return 1 if differ else 0


def _show(name: str, counts: Counts) -> None:
    cells = [counts.models, *(counts.by[column] for column in COLUMNS)]
    print(f"{name:12}" + "".join(f"{cell:>12,}" for cell in cells), flush=True)
