"""Mutated error bodies: still the right class of error, and never anything else."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from loyalty_sdk._core.vendor import error_class
from loyalty_sdk.errors import APIError, LoyaltyError, UnreadableAnswer

from .judge import Verdict
from .mutate import MISSING, Mutation, mutations, place, written
from .recordings import Recording

GARBAGE = tuple(b'| |null|[]|{}|[[]]|""|0|<html>|{|NaN|\xff\xfe'.split(b"|"))
"""Bodies that say nothing at all."""

_TEXTS = ("code", "number", "details", "request_id")


def is_refusal(recording: Recording) -> bool:
    """Whether an answer is an error, whatever its status says."""
    return recording.status >= 300 or isinstance(_outcome(recording, _sent(recording)), APIError)


def judged_refusal(recording: Recording, mutation: Mutation) -> Verdict:
    """Read a mutated error, and say whether it is still one of the right class."""
    error = _outcome(recording, mutation.content)
    wrong = _wrong_with(recording, mutation, error)
    return Verdict("lost" if wrong else "decoded", wrong)


def judged_garbage(recording: Recording) -> Iterator[str]:
    """What is wrong with how a body is read that says nothing: the status alone decides."""
    for content in GARBAGE:
        error = _outcome(recording, content)
        if not isinstance(error, APIError) or type(error) is not error_class(recording.status):
            yield f"{content!r}: {error!r}"


def _wrong_with(recording: Recording, mutation: Mutation, error: object) -> str:
    if recording.status < 300 and not isinstance(error, APIError):
        return _wrong_with_success(mutation, error)
    if not isinstance(error, APIError):
        return f"is no error of the API: {error!r}"
    if any(not isinstance(getattr(error, name), str | None) for name in _TEXTS):
        return f"is not made of texts: {error!r}"
    if error.status != recording.status or not str(error):
        return f"has another status: {error!r}"
    right = {_class_of(recording), error_class(recording.status)}
    if mutation.path not in _deciding(recording.name):
        right = {_class_of(recording)}
    return "" if type(error) in right else f"is a {type(error).__name__}"


def _wrong_with_success(mutation: Mutation, error: object) -> str:
    """An error in an answer of success may stop being one, and is then no result either."""
    if not isinstance(error, UnreadableAnswer):
        return f"is a result: {error!r}"
    named = error.problems[0].partition(": ")[0]
    return "" if named.startswith((place(mutation.path), "$.results", "$.vouchers")) else named


@cache
def _deciding(name: str) -> frozenset[tuple[str | int, ...]]:
    """The places without which the class is another one."""
    recording = _by_name(name)
    return frozenset(
        mutation.path
        for mutation in mutations(recording.body)
        if mutation.kind in (MISSING, "null")
        and type(_outcome(recording, mutation.content)) is not _class_of(recording)
    )


def _by_name(name: str) -> Recording:
    from .recordings import recordings

    return next(each for each in recordings() if each.name == name)


def _class_of(recording: Recording) -> type[object]:
    return type(_outcome(recording, _sent(recording)))


def _sent(recording: Recording) -> bytes:
    return written(recording.body) if recording.is_json else (recording.text or "").encode()


def _outcome(recording: Recording, content: bytes) -> object:
    try:
        return recording.decoded(content)
    except LoyaltyError as error:
        return error
