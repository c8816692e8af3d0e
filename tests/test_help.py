"""`help()` of every call, in every vendor and colour, names each of its arguments."""

from __future__ import annotations

import inspect
import pydoc

import pytest
from operations import NAMING, made, operations

from loyalty_sdk import AsyncVoucherify, Voucherify

KEYS = {"app_id": "synthetic-app-id", "app_token": "synthetic-app-token"}
EACH = {f"{one.client.__name__}.{one.name}": one for one in operations()}


@pytest.mark.parametrize("name", EACH)
def test_the_arguments_are_named(name):
    """Also those that are fields of a typed dictionary; what may be left out is known to be."""
    operation = EACH[name]
    with made(operation.client) as client:
        seen = inspect.signature(operation.of(client))
    assert list(seen.parameters) == list(operation.parameters)
    needed = {name for name, each in seen.parameters.items() if each.default is each.empty}
    assert needed == set(operation.needed) - NAMING
    assert "Unpack" not in str(seen)
    assert "'" not in str(seen.return_annotation)


def test_what_help_says():
    """The signature as one would write it, in both colours."""
    with Voucherify(**KEYS) as client:
        said = pydoc.plain(pydoc.render_doc(client.customers.create))
    assert "source_id: str = ..." in said
    assert "-> Customer\n" in said
    listed = str(inspect.signature(AsyncVoucherify(**KEYS).customers.list))
    assert listed.endswith("-> AsyncPager[Customer]")
    changed = inspect.signature(client.customers.create).replace(return_annotation=str)
    assert changed.return_annotation is str


def test_arguments_bind():
    """A signature tells which calls are possible."""
    with Voucherify(**KEYS) as client:
        seen = inspect.signature(client.customers.create)
    assert seen.bind(name="Ada", source_id="1").arguments == {"name": "Ada", "source_id": "1"}
    with pytest.raises(TypeError, match="unexpected keyword argument 'nmae'"):
        seen.bind(nmae="Ada")
