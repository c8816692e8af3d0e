"""There is no sample of a whole answer, so what the documents name is the measure."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest

from loyalty_sdk import Model, es_loyalty
from loyalty_sdk._core.reading.model import wire_fields
from loyalty_sdk.es_loyalty import (
    Badge,
    Balance,
    Cancellation,
    Hold,
    HouseholdDetail,
    Issuance,
    IssuanceList,
    LinkOutcome,
    Offer,
    OfferAcceptance,
    PointSweep,
    Profile,
    Receipt,
    Transaction,
    TransactionList,
    Transactions,
)

from .helpers import body_of, recorded_names

DOCUMENTED = json.loads((Path(__file__).parent / "attributes.json").read_text("utf-8"))
MODELS = sorted(DOCUMENTED["attributes"])
ANSWERS = (
    Badge,
    Balance,
    Cancellation,
    Hold,
    HouseholdDetail,
    Issuance,
    LinkOutcome,
    Offer,
    OfferAcceptance,
    PointSweep,
    Profile,
    Receipt,
    Transaction,
)
FORMS = {"issuances.list": IssuanceList, "transactions.history": TransactionList}


def inside(annotation: Any) -> Iterator[Any]:
    """An annotation and everything that it is made of."""
    yield annotation
    for part in get_args(annotation):
        yield from inside(part)


def known_values(annotation: Any) -> set[str]:
    """The values that an annotation names."""
    literals = [part for part in inside(annotation) if get_origin(part) is Literal]
    return {value for literal in literals for value in get_args(literal)}


def fields_of(model: type[Model]) -> dict[str, Any]:
    """The annotations of a model's fields by their wire keys."""
    return {key: field.type for field, key in wire_fields(model)}


def reachable(*models: type[Model]) -> set[type[Model]]:
    """The models, and every model that one of their fields may hold."""
    found: set[type[Model]] = set()
    ahead = list(models)
    while ahead:
        model = ahead.pop()
        if model not in found:
            found.add(model)
            parts = [part for kind in fields_of(model).values() for part in inside(kind)]
            ahead += [p for p in parts if isinstance(p, type) and issubclass(p, Model)]
    return found


def keys_and_values(sent: Any) -> Iterator[tuple[str, Any]]:
    """Every key of an answer with what stands under it, at any depth."""
    if isinstance(sent, dict):
        for key, value in sent.items():
            yield key, value
            yield from keys_and_values(value)
    elif isinstance(sent, list):
        for item in sent:
            yield from keys_and_values(item)


RECORDED = [pair for name in recorded_names("*.*.200") for pair in keys_and_values(body_of(name))]


@pytest.mark.parametrize("name", MODELS)
def test_every_attribute_is_the_wire_key_of_a_field(name: str) -> None:
    """No attribute of the documents is left out, and no field has a key that is not in them."""
    assert set(fields_of(getattr(es_loyalty, name))) == set(DOCUMENTED["attributes"][name])


def test_every_model_of_an_answer_is_in_the_list() -> None:
    """So a new model comes with its attributes."""
    names = {model.__name__ for model in reachable(*ANSWERS)}
    assert names == set(MODELS)


@pytest.mark.parametrize("place", sorted(DOCUMENTED["values"]))
def test_every_value_is_known_to_its_field(place: str) -> None:
    """Each value that the documents enumerate is a `Literal` of the attribute's field."""
    model, _, key = place.partition(".")
    known = known_values(fields_of(getattr(es_loyalty, model))[key])
    assert set(DOCUMENTED["values"][place]) <= known


def test_no_value_is_invented() -> None:
    """What the fields enumerate is in the documents."""
    models = reachable(*ANSWERS)
    known = {
        v for model in models for kind in fields_of(model).values() for v in known_values(kind)
    }
    assert known == {value for values in DOCUMENTED["values"].values() for value in values}


def test_the_documents_name_so_many_kinds() -> None:
    """26 actions of requests, 12 of parts, 8 events of payments."""
    counts = {name: len(values) for name, values in DOCUMENTED["values"].items()}
    assert counts["Transaction.RequestAction"] == 26
    assert counts["BalancePart.action"] == 12
    assert sum(name.endswith(".EventType") for name in counts) == 8


def test_the_recorded_answers_use_every_attribute() -> None:
    """Each one at least once, with a value."""
    used = {key for key, value in RECORDED if value is not None}
    named = {key for keys in DOCUMENTED["attributes"].values() for key in keys}
    chosen_by_the_client = {"{{item_type}}"}
    assert named - used == chosen_by_the_client
    assert DOCUMENTED["wrapper"] in used


def test_the_recorded_answers_use_every_value() -> None:
    """Each one at least once, under the attribute that it belongs to."""
    used: dict[str, set[Any]] = {}
    for key, value in RECORDED:
        used.setdefault(key, set()).update([value] if isinstance(value, str) else [])
    used["{{item_type}}"] = {key for key, _ in RECORDED}
    for place, values in {**DOCUMENTED["values"], **DOCUMENTED["examples"]}.items():
        key = place.partition(".")[2]
        assert set(values) <= used[key], place


def test_the_household_s_contributors_are_keyed_by_account() -> None:
    """What the documents write as `{{account_id}}` is a key of the vendor's."""
    assert DOCUMENTED["keyed_by_account"] == "{{account_id}}"
    contributors = [value for key, value in RECORDED if key == "Contributors"]
    assert {account for held in contributors for account in held} == {
        "acc-synthetic-1",
        "acc-synthetic-2",
    }


@pytest.mark.parametrize("call", sorted(FORMS))
def test_every_parameter_value_is_known_to_its_argument(call: str) -> None:
    """The documents' values of an argument are `Literal` values of it."""
    hints = get_type_hints(FORMS[call])
    for argument, values in DOCUMENTED["parameter_values"][call].items():
        assert set(values) <= known_values(hints[argument]), argument


def test_the_vendor_s_settings_are_explained() -> None:
    """They are no part of an answer, and say what is missing from it."""
    explained = inspect.getdoc(Transactions.history) or ""
    assert all(f"`{name}`" in explained for name in DOCUMENTED["settings_of_the_vendor"])


def test_the_recorded_errors_use_every_code() -> None:
    """And every attribute of the error object."""
    bodies = [body_of(n) for n in recorded_names("transactions.history.4")]
    assert all(isinstance(body, Mapping) for body in bodies)
    assert set(DOCUMENTED["error_codes"]) <= {body.get("errorCode") for body in bodies}
    assert set(DOCUMENTED["error_attributes"]) <= {key for body in bodies for key in body}
