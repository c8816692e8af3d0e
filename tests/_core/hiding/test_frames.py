from __future__ import annotations

import inspect
import traceback

import pytest

from loyalty_sdk._core.hiding.frames import construct_unseen, emptied, unseen
from loyalty_sdk.errors import LoyaltyError, NotFound


def fails(error, **held):
    """An error that comes through a frame with values in it."""

    def low(value):
        inner = [value]
        assert inner
        raise error

    try:
        low(held)
    except BaseException as raised:
        return raised
    raise AssertionError


def shown(error):
    """What a reporter shows of the frames below this file's own."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    return [(frame.f_code.co_name, dict(frame.f_locals)) for frame in frames]


@pytest.mark.parametrize("kind", [KeyboardInterrupt, SystemExit, GeneratorExit, ValueError])
def test_what_passes_through_keeps_its_lines_and_loses_their_values(kind):
    """The very same exception, whose frames are empty."""
    error = fails(kind("why"), key="PLANTED")
    assert "PLANTED" in repr(shown(error))
    passed = emptied(error)
    assert passed is error
    assert passed.args == ("why",)
    assert shown(passed) == [("low", {})]


def test_an_error_of_ours_has_no_frames_and_no_history():
    """What led to it may have quoted a secret."""
    error = fails(NotFound("no"), key="PLANTED")
    error.__cause__ = error.__context__ = ValueError("PLANTED")
    passed = emptied(error)
    assert (passed is error, passed.__traceback__) == (True, None)
    assert (passed.__cause__, passed.__context__, passed.__suppress_context__) == (
        None, None, False,
    )  # fmt: skip


def test_an_interrupt_does_not_tell_what_it_interrupted():
    """An exception that was being handled by then is ours, and is dropped."""
    interrupt = fails(KeyboardInterrupt())
    interrupt.__context__ = ValueError("PLANTED")
    interrupt.__cause__ = KeyError("PLANTED")
    passed = emptied(interrupt)
    assert (passed.__cause__, passed.__context__) == (None, None)


def test_what_led_to_an_exception_of_the_caller_s_is_emptied_too():
    """Causes, contexts and members keep their texts, which are not ours, and lose their values."""
    member = fails(KeyError("m"), key="PLANTED")
    cause = fails(ExceptionGroup("g", [member]), key="PLANTED")
    context = fails(OSError("o"), key="PLANTED")
    context.__context__ = cause
    error = fails(ValueError("v"), key="PLANTED")
    error.__cause__, error.__context__ = cause, context
    passed = emptied(error)
    assert passed.__cause__ is cause
    assert passed.__context__ is context
    for each in (passed, cause, context, member):
        assert "PLANTED" not in repr(shown(each)[1:])


def test_what_the_caller_was_handling_is_left_alone():
    """An exception from before our time keeps its values: they help its owner."""

    def theirs():
        kept = "value"
        raise LookupError(len(kept))

    @unseen
    def ours(key):
        raise ValueError

    def while_handling():
        try:
            theirs()
        except LookupError as handled:
            try:
                ours("PLANTED")
            except ValueError as raised:
                return handled, raised

    handled, raised = while_handling()
    assert raised.__context__ is handled
    assert ("theirs", {"kept": "value"}) in shown(handled)
    assert "PLANTED" not in repr(shown(raised)[1:])


def test_a_function_whose_frames_let_go():
    """It gives what it gives, looks as it looks, and leaves no argument behind when it raises."""

    @unseen
    def divided(number: int, *, by: int = 1) -> float:
        """A share."""
        return number / by

    assert divided(6, by=3) == 2
    assert divided.__doc__ == "A share."
    assert str(inspect.signature(divided)) == "(number: 'int', *, by: 'int' = 1) -> 'float'"
    with pytest.raises(TypeError) as caught:
        divided("PLANTED")
    assert "PLANTED" not in repr(shown(caught.value)[1:])
    assert "divided" in [name for name, _ in shown(caught.value)]
    with pytest.raises(TypeError) as caught:
        divided("PLANTED", bye="PLANTED")
    assert "PLANTED" not in repr(shown(caught.value)[1:])


def test_a_constructor_whose_frames_let_go():
    """Only that of a class which writes one: an inherited one does already."""

    class Holder:
        def __init__(self, key):
            raise LoyaltyError("no")

    class Heir(Holder):
        pass

    construct_unseen(Holder)
    written = Holder.__init__
    construct_unseen(Heir)
    assert Heir.__init__ is written
    with pytest.raises(LoyaltyError) as caught:
        Heir("PLANTED")
    assert "PLANTED" not in repr(shown(caught.value)[1:])
