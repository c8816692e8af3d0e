"""Every recorded answer, changed in one place at a time, and what must hold of it then.

A page is never lost to a new word, an unknown key, a null or a missing key; a value of the wrong
type is one error with its wire path, unless the coercion table reads it; nothing is dropped; the
fast reader gives up or gives what the slow one gives. Recordings are found by their names: a new
one is tested without anybody writing a test.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from operations import operations

from loyalty_sdk import Response
from loyalty_sdk._core.endpoint import download
from loyalty_sdk.errors import UnreadableAnswer

from .cells import table_of, wrong_with
from .judge import base_of, judged
from .mutate import mutations, place
from .recordings import Recording, recordings
from .refusals import is_refusal, judged_garbage
from .sample import sampled
from .table import said, verdicts

RECORDINGS = recordings()
FILES = {found.name for found in operations() if isinstance(found.described, download)}
"""Calls whose answers are saved as they are: nobody reads their cells."""

ROOT = Path(__file__).parent.parent.parent


def _named(recording: Recording) -> str:
    return recording.name


@pytest.fixture(scope="module")
def seen() -> set[tuple[str, str, str]]:
    """What was changed already, of answers that are alike."""
    return set()


def test_every_operation_has_a_recorded_answer():
    """A call without one is in no test of this folder, so it may not be."""
    answered = {recording.operation for recording in RECORDINGS if not is_refusal(recording)}
    assert {operation.name for operation in operations()} - answered == set()


def test_every_recording_belongs_to_an_operation():
    """Its name says which one, and its status is the true one."""
    assert len(RECORDINGS) > 100
    assert {recording.operation.partition(".")[0] for recording in RECORDINGS} == {
        "cardlytics", "cardlytics_v2", "es_loyalty", "spaaza", "voucherify",
    }  # fmt: skip


@pytest.mark.parametrize("recording", [r for r in RECORDINGS if r.is_json], ids=_named)
def test_one_leaf_is_changed(recording: Recording, seen: set[tuple[str, str, str]]):
    """Whatever it is, the rest is there, and what cannot be read has its path."""
    found = verdicts(recording, sampled(recording, seen))
    wrong = [said(recording, mutation, verdict) for mutation, verdict in found if verdict.wrong]
    assert wrong == []


@pytest.mark.parametrize("recording", [r for r in RECORDINGS if r.status >= 300], ids=_named)
def test_an_error_that_says_nothing(recording: Recording):
    """The status alone says what kind of error it is, whatever stands in its place."""
    assert list(judged_garbage(recording)) == []


@pytest.mark.parametrize(
    "recording",
    [r for r in RECORDINGS if r.text and not is_refusal(r) and r.operation not in FILES],
    ids=_named,
)
def test_one_cell_is_changed(recording: Recording):
    """A blank cell and an unknown column cost nothing; a wrong cell is named with its row."""
    assert list(wrong_with(recording, table_of(recording))) == []


# --- the tests of this folder can fail


@pytest.mark.parametrize(
    ("harm", "path", "kind"),
    [
        ("drops", "$.data[0].redeemable.voucher.code", "a word"),
        ("refuses", "$.data[0].holder_role", "a word"),
        ("misplaces", "$.data[0].created_at", "true"),
    ],
)
def test_a_reader_that_does_harm_is_found(harm: str, path: str, kind: str):
    """Dropped values, refused words and wrong paths are told from what is right."""
    import attrs

    recording = next(r for r in RECORDINGS if r.name.endswith("list_redeemables.200"))

    def read(response: Response):
        try:
            page = recording.read(response)
        except UnreadableAnswer:
            if harm == "misplaces":
                raise UnreadableAnswer("$: something is wrong") from None
            raise
        if harm == "refuses" and b"BRAND_NEW" in response.content:
            raise UnreadableAnswer(f"{path}: an unknown word")
        if harm == "drops":
            first = page.items[0]
            voucher = attrs.evolve(first.redeemable.voucher, code="another")
            redeemable = attrs.evolve(first.redeemable, voucher=voucher)
            items = (attrs.evolve(first, redeemable=redeemable), *page.items[1:])
            page = attrs.evolve(page, items=items)
        return page

    mutation = next(
        each for each in mutations(recording.body) if (place(each.path), each.kind) == (path, kind)
    )
    assert base_of(recording) == ("data",)
    assert not judged(recording, mutation).wrong
    assert judged(attrs.evolve(recording, read=read), mutation).wrong


def test_the_command_prints_a_table():
    """`python -m tests.mutations` shows each recording, and what came of it."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.mutations", "--all", "voucherify/token"],
        capture_output=True, text=True, cwd=ROOT, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "voucherify/token.200" in done.stdout
    assert " 0\n" in done.stdout
