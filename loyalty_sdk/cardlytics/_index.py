"""Finding an ad in an answer by its id, and reading ads in each of their documented forms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

from loyalty_sdk._core.reading.convert import Reader
from loyalty_sdk._core.reading.model import Model, evolved

M = TypeVar("M", bound=Model)


class Indexed(Model):
    """Room for an index of ads that is made when it is first needed."""

    __slots__ = ("_by_id",)


def indexed(holder: Indexed, name: str) -> Mapping[str, Any]:
    """The ads of a field by their ids, without those that have none; made once.

    Raises:
        MissingField: The field did not come.
    """
    known: Mapping[str, Any] | None = getattr(holder, "_by_id", None)
    if known is None:
        ads = getattr(holder, name) or ()
        known = {ad.ad_id: ad for ad in reversed(ads) if hasattr(ad, "ad_id")}
        object.__setattr__(holder, "_by_id", known)
    return known


def with_ads(model: type[M], ad: type[Model]) -> Callable[[Any, Reader], M]:
    """Reads an object whose `ads` are an array, or a map from ad id to ad."""

    def read(body: Any, to: Reader) -> M:
        whole = json_object(body) or {}
        ads = json_object(whole.get("ads"))
        if ads is None:
            return to.one(model, body)
        present = {key: one for key, one in ads.items() if one is not None}
        listed = tuple(
            to.one(ad, _with_id(one, key), f"$.ads.{key}") for key, one in present.items()
        )
        return evolved(to.one(model, {**whole, "ads": []}), ads=listed)

    return read


def json_object(value: object) -> dict[str, Any] | None:
    """A JSON object, or `None` for anything else."""
    return cast("dict[str, Any]", value) if isinstance(value, dict) else None


def _with_id(ad: Any, key: str) -> Any:
    """An ad of a map from ad id to ad need not repeat its id."""
    known = json_object(ad)
    return ad if known is None else {"adId": key, **known}
