"""The recorded answers use every field that is documented, and no other."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from mutations.recordings import recordings

from loyalty_sdk import Model
from loyalty_sdk._core.reading.model import wire_fields
from loyalty_sdk.cardlytics import models
from loyalty_sdk.cardlytics.v2 import models as models_v2

MODELS = {"cardlytics": models, "cardlytics_v2": models_v2}
UNKNOWN = {"cardlytics": [{"width": 40}, {"offerPromotion": "New"}]}


def every_model(value: Any) -> Iterator[Model]:
    """Every model inside a value."""
    if isinstance(value, Model):
        yield value
        for field, _ in wire_fields(type(value)):
            yield from every_model(getattr(value, field.name, None))
    elif isinstance(value, tuple):
        for inner in value:
            yield from every_model(inner)
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from every_model(inner)


def found_in(vendor: str) -> Iterator[Model]:
    """Every model of every good recorded answer of a vendor's operations."""
    for one in recordings():
        if one.name.startswith(f"{vendor}/") and one.is_json and one.status == 200:
            yield from every_model(one.decoded(json.dumps(one.body).encode()))


@pytest.mark.parametrize("vendor", MODELS)
def test_the_recordings_use_every_field(vendor: str) -> None:
    """Each documented field of each class has a value in some recorded answer."""
    expected = {
        (model, key)
        for model in (getattr(MODELS[vendor], name) for name in MODELS[vendor].__all__)
        if isinstance(model, type) and issubclass(model, Model)
        for _, key in wire_fields(model)
    }
    used = {
        (type(model), key)
        for model in found_in(vendor)
        for field, key in wire_fields(type(model))
        if getattr(model, field.name, None) is not None
    }
    never = {(models.Ad, "redemptions")}  # documented as null
    assert expected - used <= never


@pytest.mark.parametrize("vendor", MODELS)
def test_every_key_is_known(vendor: str) -> None:
    """The recordings hold no key that the models leave in `extra`, but for those put there."""
    extra = [model.extra for model in found_in(vendor) if model.extra]
    assert extra == UNKNOWN.get(vendor, [])
