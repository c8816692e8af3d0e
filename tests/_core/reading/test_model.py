from __future__ import annotations

import copy
import pickle
from decimal import Decimal

import attrs
import pytest

from loyalty_sdk._core.reading.model import ABSENT, Model, evolved, promised, promises, wire_fields
from loyalty_sdk._core.reading.slow import SlowReader
from loyalty_sdk.errors import LoyaltyError, MissingField

from ..toy import Card, Owner


def card(**body):
    return SlowReader([]).one(Card, body, "$.data[3]")


@pytest.mark.parametrize(
    "how", [lambda: card(points=1), lambda: Card(points=1), lambda: card(id=None, points=1)]
)
def test_only_reading_what_is_missing_fails(how):
    """Everything else that one does with a value still works."""
    broken = how()
    assert broken.points == 1
    assert "points=1" in repr(broken)
    assert "id=<absent>" in repr(broken)
    assert broken == Card(points=1)
    assert broken != Card(id="x", points=1)
    assert hash(broken) == hash(Card(points=1))
    assert attrs.asdict(broken)["points"] == 1
    assert attrs.astuple(broken)
    assert attrs.evolve(broken, points=2).points == 2
    assert not hasattr(broken, "id")
    assert getattr(broken, "id", "none") == "none"
    with pytest.raises(MissingField):
        _ = broken.id
    for other in (copy.copy(broken), copy.deepcopy(broken), pickle.loads(pickle.dumps(broken))):
        assert other == broken
        with pytest.raises(MissingField):
            _ = other.id


def test_the_path_says_where():
    """The error names the wire path; it is an `AttributeError` too."""
    broken = card(points=1)
    with pytest.raises(MissingField, match=r"^\$\.data\[3\]\.id is promised") as caught:
        _ = broken.id
    assert isinstance(caught.value, AttributeError)
    assert isinstance(caught.value, LoyaltyError)
    assert caught.value.path == "$.data[3].id"
    again = pickle.loads(pickle.dumps(broken))
    with pytest.raises(MissingField, match=r"\$\.data\[3\]\.id"):
        _ = again.id


def test_one_that_was_made_by_hand_is_named_after_its_class():
    """It never stood in an answer."""
    with pytest.raises(MissingField, match=r"^Owner\.fullName is promised"):
        _ = Owner().name


def test_evolve_can_fill_the_gap():
    """A value that came too late is as good as one that came."""
    assert attrs.evolve(card(points=1), id="x") == Card(id="x", points=1)


def test_a_field_that_does_not_exist_is_an_ordinary_error():
    """A misspelt name is not taken for a broken promise."""
    with pytest.raises(AttributeError, match="'Card' has no field 'pints'") as caught:
        _ = Card(id="x").pints
    assert not isinstance(caught.value, MissingField)
    assert not hasattr(Card(id="x"), "__no_such__")


def test_models_are_values():
    """They compare, hash, copy, pickle and evolve."""
    whole = Card(id="x", points=3, owner=Owner(name="n"), extra={"new": [1]})
    for other in (
        copy.copy(whole),
        copy.deepcopy(whole),
        pickle.loads(pickle.dumps(whole)),
        attrs.evolve(whole),
    ):
        assert other == whole
        assert hash(other) == hash(whole)
        assert repr(other) == repr(whole)
    assert {whole: 1}[copy.deepcopy(whole)] == 1
    assert whole != attrs.evolve(whole, extra={})


def test_models_do_not_change():
    """Neither a field nor the keys that nobody knows."""
    whole = Card(id="x", extra={"new": {"a": 1}})
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        whole.points = 4
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        del whole.points
    with pytest.raises(AttributeError):
        whole.brand_new = 1
    with pytest.raises(TypeError):
        whole.extra["new"] = 1
    with pytest.raises(TypeError):
        whole.extra["new"]["a"] = 2
    assert not hasattr(whole, "__dict__")


def test_models_take_keywords_only():
    """A field more in the middle breaks nobody's code."""
    with pytest.raises(TypeError):
        Card("x")


def test_what_a_model_promises():
    """By field, with the name on the wire; `extra` has no place there."""
    assert promises(Card) == {"id": "id"}
    assert promises(Owner) == {"name": "fullName"}
    assert [(field.name, key) for field, key in wire_fields(Card)] == [
        ("id", "id"), ("points", "points"), ("owner", "heldBy"),
    ]  # fmt: skip


def test_absent_shows_itself_in_what_attrs_gives():
    """`asdict` has the key, so that nothing is lost silently."""
    assert attrs.asdict(Card(points=1)) == {"id": ABSENT, "points": 1, "owner": None, "extra": {}}


def test_the_base_has_no_fields_but_extra():
    """A model without fields is a model."""
    assert Model(extra={"a": 1}) == Model(extra={"a": 1})
    assert promised().metadata["loyalty_sdk.promised"] is True


def test_a_property_that_needs_what_is_missing():
    """It raises the error of the field, and not one about the property."""

    @attrs.frozen(kw_only=True, weakref_slot=False)
    class Named(Model):
        id: str = promised()

        @property
        def label(self) -> str:
            return self.id.upper()

    assert Named(id="a").label == "A"
    with pytest.raises(MissingField, match=r"Named\.id"):
        _ = Named().label


def test_changed_it_still_knows_where_it_stood():
    """What the SDK itself changes keeps its place in the answer."""
    with pytest.raises(MissingField, match=r"\$\.data\[3\]\.id"):
        _ = evolved(card(points=1), points=2).id
    with pytest.raises(MissingField, match=r"Card\.id"):
        _ = evolved(Card(points=1), points=2).id


def test_a_repr_leaves_out_what_says_nothing():
    """Neither what is `None` nor the empty `extra`; what is promised and missing is shown."""
    assert repr(Card(id="x")) == "Card(id='x')"
    odd = Card(id="x", points=0, extra={"a": 1})
    assert repr(odd) == f"Card(extra={odd.extra!r}, id='x', points=0)"
    assert repr(Card(owner=Owner(name="n"))) == "Card(id=<absent>, owner=Owner(name='n'))"


def test_a_notebook_shows_a_table():
    """What the vendor sends is text in it, HTML too."""
    shown = Card(id="<b>", points=Decimal("1.50"), owner=Owner(name="<i>"))._repr_html_()
    assert "<tr><td>id</td><td>&lt;b&gt;</td></tr>" in shown
    assert "<tr><td>points</td><td>1.50</td></tr>" in shown
    assert "Owner(name=&#x27;&lt;i&gt;&#x27;)" in shown
    assert "<b>" not in shown
