"""What a webhook brought, read so that nothing of it can be lost.

A vendor that is not understood sends the same again for a day, and then nothing any more. So what
bears a good signature is never refused: what cannot be read as documented is kept as it came.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from typing import Any, Generic, TypeVar

import attrs

from loyalty_sdk._core.reading.coerce import object_or_empty
from loyalty_sdk._core.reading.convert import Reader, decode, parse
from loyalty_sdk._core.reading.frozen import freeze
from loyalty_sdk._core.reading.model import Model, evolved, wire_fields
from loyalty_sdk.errors import UnreadableAnswer

M = TypeVar("M", bound=Model)
E_co = TypeVar("E_co", bound=Model, covariant=True)
D_co = TypeVar("D_co", covariant=True)


@attrs.frozen(kw_only=True)
class Unread:
    """Data that no class describes: of an unknown type, or not as documented.

    Attributes:
        value: All of it, read-only; `bytes` where it is no JSON.
        problems: What is not as documented, each with its place; empty where the type is unknown.
    """

    value: Any
    problems: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Event(Generic[E_co, D_co]):
    """Something that happened at a vendor.

    Attributes:
        type: What happened, in the vendor's word; `None` where it does not say.
        key: What to de-duplicate on, for every vendor may send an event twice; `None` where the
            vendor sent nothing to tell it by.
        data: What it is about: a class of the vendor's package, or `Unread`.
        envelope: What stands around the data.
    """

    type: str | None
    key: str | None
    data: D_co | Unread
    envelope: E_co


class Found:
    """A body that was checked: its envelope and its data, each read or kept.

    Args:
        body: The body as it came.

    Attributes:
        pairs: What stands in it; empty where it is no JSON object.
    """

    def __init__(self, body: bytes) -> None:
        self._body = body
        self._whole = _parsed(body)
        self.pairs: Mapping[str, Any] = object_or_empty(self._whole)

    def envelope(self, model: type[M], keys: Set[str]) -> M:
        """What stands around the data; a key that is not as documented is kept in `extra`.

        Args:
            model: What describes it.
            keys: Where it stands in the body.
        """
        read = self._envelope(model, keys)
        if read is not None:
            return read
        known = {key for _, key in wire_fields(model)}
        wrong = {key for key in keys & known if self._envelope(model, {key}) is None}
        read = self._envelope(model, keys - wrong) or model()
        return evolved(read, extra={**read.extra, **{key: self.pairs[key] for key in wrong}})

    def data(self, models: Mapping[str, Any], name: str | None, key: str = "data") -> Any:
        """The data of the event, a value of one of the models or `Unread`.

        Args:
            models: What describes the data, by type of event.
            name: The type of this event.
            key: Where it stands; without it, the whole body is what it is about.
        """
        if key not in self.pairs:
            return Unread(value=freeze(self._whole))
        return self._read(models.get(name or ""), lambda whole: whole[key], f"$.{key}")

    def data_beside(self, models: Mapping[str, Any], name: str | None, envelope: Set[str]) -> Any:
        """The data of an event that has it beside its envelope, as `data`.

        Args:
            models: What describes the data, by type of event.
            name: The type of this event.
            envelope: The keys that are not data.
        """

        def rest(whole: Any) -> Any:
            pairs = object_or_empty(whole)
            return {k: v for k, v in pairs.items() if k not in envelope} if pairs else whole

        return self._read(models.get(name or ""), rest, "$")

    def _read(self, model: type[Model] | None, place: Callable[[Any], Any], path: str) -> Any:
        if model is None:
            return Unread(value=freeze(place(self._whole)))
        try:
            return decode(self._body, lambda whole, reader: reader.one(model, place(whole), path))
        except UnreadableAnswer as problem:
            return Unread(value=freeze(place(self._whole)), problems=problem.problems)

    def _envelope(self, model: type[M], keys: Set[str]) -> M | None:
        def read(whole: Any, reader: Reader) -> M:
            return reader.one(model, {key: value for key, value in whole.items() if key in keys})

        try:
            return decode(self._body, read) if keys else model()
        except UnreadableAnswer:
            return None


def _parsed(body: bytes) -> Any:
    """The body as JSON, or as it is where it is none."""
    try:
        return parse(body)
    except UnreadableAnswer:
        return body
