"""The SDK's models again, as classes of pydantic's kind: what its peers would read the answer into.

A peer's own reading is what is compared, so it gets the same fields: the vendor's keys, everything
optional, nested classes for nested objects.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, get_args

import attrs
import pydantic

from loyalty_sdk._core.reading import types
from loyalty_sdk._core.reading.model import Model, Variant, wire_fields

Known = dict[type[Model], Any]


def page_like(model: type[Model], base: type[pydantic.BaseModel]) -> Any:
    """A class of Voucherify's list envelope with items like a model."""
    fields: dict[str, Any] = {
        "object": (str | None, None),
        "data_ref": (str | None, None),
        "data": (_list_of(pydantic_like(model, base, {})), ...),
        "total": (int | None, None),
        "has_more": (bool | None, None),
    }
    return pydantic.create_model("Page", __base__=base, **fields)


def pydantic_like(model: type[Model], base: type[pydantic.BaseModel], known: Known) -> Any:
    """A class with the fields of a model.

    Args:
        model: The model.
        base: What the class inherits from.
        known: The classes made so far.
    """
    if model not in known:
        fields: dict[str, Any] = {
            key: (_optional(field, base, known), None) for field, key in wire_fields(model)
        }
        known[model] = pydantic.create_model(model.__name__, __base__=base, **fields)
    return known[model]


def _optional(field: attrs.Attribute[Any], base: type[pydantic.BaseModel], known: Known) -> Any:
    return _like(types.without_none(field.type), base, known) | None


def _like(annotation: Any, base: type[pydantic.BaseModel], known: Known) -> Any:
    reading = types.reading_of(annotation)
    item = types.item_of_tuple(annotation)
    if isinstance(reading, Variant):
        several = (pydantic_like(one, base, known) for one in get_args(get_args(annotation)[0]))
        return functools.reduce(operator.or_, several)
    if reading is not None:
        return _like(types.without_none(get_args(annotation)[0]), base, known)
    if types.is_model(annotation):
        return pydantic_like(annotation, base, known)
    if item is not None:
        return _list_of(_like(types.without_none(item), base, known))
    if types.is_mapping(annotation):
        return Mapping[str, Any]
    if isinstance(annotation, type) and issubclass(annotation, Decimal):
        return float
    return annotation


def _list_of(item: Any) -> Any:
    return list[item]
