"""Whether everything that came can be reached from what was made of it.

A second reading of the coercion table, backwards: from a model to the JSON that it was read from.
It knows no vendor; what is nowhere in the model is lost.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timezone
from decimal import Decimal, InvalidOperation
from typing import Any

from loyalty_sdk import Secret
from loyalty_sdk._core.reading.model import Model, promises, wire_fields
from loyalty_sdk.errors import MissingField

_ALIASES = {("Redemption", "redemptionDate"): "redemption_date"}
_SCALARS = (str, int, Decimal, date)


def lost(value: Any, sent: Any, path: str) -> Iterator[str]:
    """The paths of what was sent and cannot be reached, or is not what was sent.

    Args:
        value: What it was read as.
        sent: The parsed JSON, numbers with a fraction as `Decimal`.
        path: Where it stood.
    """
    if isinstance(value, Model):
        yield from _lost_of_model(value, sent, path)
    elif isinstance(value, tuple):
        yield from _lost_of_items(value, sent, path)
    elif isinstance(value, Mapping):
        yield from _lost_of_pairs(value, sent, path)
    elif not _same(value, sent):
        yield path


def _lost_of_model(value: Model, sent: Any, path: str) -> Iterator[str]:
    if isinstance(sent, list):  # where the documents mix an object and an array of one
        present = [(index, each) for index, each in enumerate(sent) if each is not None]
        if not present:
            sent = {}  # how some languages write an empty object
        elif len(present) == 1:
            [(index, sent)] = present
            path = f"{path}[{index}]"
    if not isinstance(sent, dict):
        yield path
        return
    fields = {key: field.name for field, key in wire_fields(type(value))}
    yield from _wrongly_missing(value, sent, path)
    for key, item in sent.items():
        here = f"{path}.{key}"
        if key in value.extra:
            if not _alike(value.extra[key], item):
                yield here
        elif key in fields:
            yield from _lost_of_field(value, fields[key], item, here)
        elif (type(value).__name__, key) in _ALIASES:
            name = _ALIASES[type(value).__name__, key]
            yield from lost(getattr(value, name), item, here)
        else:
            yield from _lost_of_client_key(value, key, item, here)


def _lost_of_field(value: Model, name: str, item: Any, path: str) -> Iterator[str]:
    try:
        found = getattr(value, name)
    except MissingField as missing:
        if item not in (None, []) or missing.path != path:
            yield path
        return
    yield from lost(found, item, path)


def _wrongly_missing(value: Model, sent: Mapping[str, Any], path: str) -> Iterator[str]:
    """Promised fields that did not come, and do not say where they should have been."""
    for name, key in promises(type(value)).items():
        if key not in sent:
            try:
                getattr(value, name)
            except MissingField as missing:
                if missing.path != f"{path}.{key}":
                    yield f"{path}.{key} (said to be {missing.path})"


def _lost_of_client_key(value: Model, key: str, item: Any, path: str) -> Iterator[str]:
    """A key that is the sender's own choice, and became a key of one of the model's mappings."""
    mappings = [getattr(value, field.name) for field, _ in wire_fields(type(value))]
    homes = [each for each in mappings if isinstance(each, Mapping) and key in each]
    if not homes:
        yield path
    for home in homes:
        yield from lost(home[key], item, path)


def _lost_of_items(value: tuple[Any, ...], sent: Any, path: str) -> Iterator[str]:
    if isinstance(sent, dict):
        if len(value) == 1 and not list(lost(value[0], sent, path)):
            return  # one object where there might be several
        several = [(f"{path}.{key}", item) for key, item in sent.items()]
    elif isinstance(sent, list):
        several = [(f"{path}[{index}]", item) for index, item in enumerate(sent)]
    else:
        several = [(path, sent)]
    if len(value) != len(several):  # what says nothing is left out
        several = [(at, item) for at, item in several if item is not None and item != []]
    if len(value) != len(several):
        yield f"{path} ({len(several)} items became {len(value)})"
        return
    for item, (at, each) in zip(value, several, strict=True):
        yield from lost(item, each, at)


def _lost_of_pairs(value: Mapping[str, Any], sent: Any, path: str) -> Iterator[str]:
    if sent == []:
        sent = {}
    if not isinstance(sent, dict):
        yield path
        return
    for key, item in sent.items():
        if key in value:
            yield from lost(value[key], item, f"{path}.{key}")
        elif item not in (None, []):
            yield f"{path}.{key}"


def _alike(kept: Any, sent: Any) -> bool:
    """Whether what was kept as sent is what was sent."""
    if isinstance(kept, Mapping):
        return (
            isinstance(sent, dict)
            and kept.keys() == sent.keys()
            and all(_alike(kept[key], sent[key]) for key in sent)
        )
    if isinstance(kept, tuple):
        return isinstance(sent, list) and len(kept) == len(sent) and all(map(_alike, kept, sent))
    return type(kept) is type(sent) and kept == sent


def _same(value: Any, sent: Any) -> bool:
    """Whether a leaf means what was sent, by the coercion table."""
    if value is None:
        return sent is None or (isinstance(sent, list) and all(each in (None, []) for each in sent))
    if isinstance(value, Secret):
        return _same(value.reveal(), sent)
    if isinstance(value, bool):
        return sent in ({True: (True, "true", 1), False: (False, "false", 0)}[value])
    if isinstance(sent, bool) or not isinstance(sent, (str, int, Decimal)):
        return False
    if isinstance(value, datetime):
        return _moment(value) == _moment(datetime.fromisoformat(str(sent)))
    if isinstance(value, date):
        return str(sent).startswith(value.isoformat())
    if isinstance(value, str):
        return value == str(sent)
    if isinstance(value, (int, Decimal, enum.Enum)):
        return _number(value) == _number(sent)
    inner = [getattr(value, name) for name in ("number", "value") if hasattr(value, name)]
    return len(inner) == 1 and _same(inner[0], sent)


def _moment(value: datetime) -> datetime:
    return value if value.tzinfo is not None else value.replace(tzinfo=timezone.utc)


def _number(value: Any) -> Decimal | None:
    try:
        return Decimal(value)
    except (InvalidOperation, ValueError, TypeError):
        return None
