"""Exports of all sources in all formats, in both colours."""

from __future__ import annotations

import csv
import json
import os
import random
import signal
import subprocess
import sys
from datetime import datetime, timezone
from decimal import Decimal
from pathlib import Path

import attrs
import pyarrow
import pytest

from loyalty_sdk import Retry
from loyalty_sdk._core.reading.model import Model
from loyalty_sdk.errors import (
    InvalidArgument,
    LoyaltyError,
    MissingExtra,
    UnreadableAnswer,
    UsageError,
    WrongFolder,
)
from loyalty_sdk.export import export, join
from loyalty_sdk.sandbox import FaultPlan, Sandbox
from loyalty_sdk.wallet import AsyncWallet, Member, Wallet

SOME = 1714  # vouchers of the sandbox's chain


def table(path):
    """The rows of a file, as they are in it."""
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]
    if path.suffix == ".csv":
        with path.open(newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))
    if path.suffix == ".parquet":
        return pyarrow.parquet.read_table(path).to_pylist()
    return pyarrow.ipc.open_file(path).read_all().to_pylist()


@pytest.mark.parametrize("ending", ["jsonl", "csv", "parquet", "arrow"])
def test_a_list_in_every_format(exporter, tmp_path, ending):
    """All rows are there once, in parts and joined; run again, nothing is asked for."""
    folder, file = tmp_path / f"vouchers.{ending}", tmp_path / f"all.{ending}"
    done = exporter.export(exporter.vouchers(), folder, part_rows=500)
    assert (done.rows, len(done.parts), done.format, done.is_whole) == (SOME, 3, ending, True)
    rows = table(join(folder, file))
    assert len({row["voucher_id"] for row in rows}) == len(rows) == SOME
    assert rows == [row for part in done.parts for row in table(part)]
    asked = exporter.sandbox.count(vendor="spaaza")
    assert exporter.export(exporter.vouchers(), folder, part_rows=500) == done
    assert exporter.sandbox.count(vendor="spaaza") == asked


def test_a_folder_of_parquet_is_read_as_one_table(exporter, tmp_path):
    """Readers of folders take the parts for one table, and pass over the manifest."""
    exporter.export(exporter.vouchers(), tmp_path / "v.parquet", part_rows=500)
    assert pyarrow.parquet.read_table(tmp_path / "v.parquet").num_rows == SOME


@attrs.frozen(kw_only=True, weakref_slot=False)
class Thing(Model):
    """A row of a test."""

    amount: Decimal | None = None
    at: datetime | None = None
    many: int | None = None
    inner: Inner | None = None
    name: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class Inner(Model):
    """A thing in a thing."""

    words: tuple[str, ...] | None = None


AT = datetime(2026, 1, 2, 3, 4, 5, 678901, timezone.utc)
THING = Thing(
    amount=Decimal("12345678901234567890.10"),
    at=AT,
    inner=Inner(words=("a", "b")),
    extra={"new": {"deep": [Decimal("1.10")]}},
)


def test_values_are_exact_in_parquet_and_unknown_ones_kept(tmp_path):
    """Decimals, moments and objects come back as they were; `extra` is JSON with its digits."""
    done = export([THING], tmp_path / "things.parquet")
    (row,) = table(done.parts[0])
    assert row == {
        "amount": THING.amount,
        "at": AT,
        "many": None,
        "inner": {"words": ["a", "b"], "extra": None},
        "name": None,
        "extra": '{"new":{"deep":[1.10]}}',
    }


@pytest.mark.parametrize("ending", ["parquet", "jsonl", "csv"])
def test_objects_can_be_flattened(tmp_path, ending):
    """Each of their fields is a column with dots in its name; lists are JSON."""
    done = export([THING], tmp_path / f"things.{ending}", nested="flat")
    (row,) = table(done.parts[0])
    assert list(row) == ["amount", "at", "many", "inner.words", "inner.extra", "name", "extra"]
    assert row["inner.words"] == (["a", "b"] if ending == "jsonl" else '["a","b"]')
    assert Decimal(row["amount"]) == THING.amount
    if ending != "parquet":
        assert row["at"] == "2026-01-02T03:04:05.678901Z"


@pytest.mark.parametrize(
    ("thing", "said"),
    [
        (Thing(amount=Decimal("1e-19")), "amount: the number"),
        (Thing(many=2**63), "many: the number"),
        (Thing(at=datetime(2026, 1, 1)), "at: the time"),
    ],
)
def test_what_has_no_exact_place_is_refused(tmp_path, thing, said):
    """Nothing is rounded or guessed: the column is named, and the part is not kept."""
    with pytest.raises(UnreadableAnswer, match=said):
        export([THING, thing], tmp_path / "things.parquet")
    assert not list(tmp_path.glob("things.parquet/part-*"))
    assert not list(tmp_path.glob("things.parquet/.*"))


def test_rows_of_two_kinds_are_refused(tmp_path):
    """A table has rows of one model."""
    with pytest.raises(UnreadableAnswer, match="a row is no Thing"):
        export([THING, Inner()], tmp_path / "things.jsonl")


def test_an_export_without_rows_has_columns(exporter, tmp_path):
    """What the call says that it gives is enough; of other rows the caller says it."""
    empty = exporter.vouchers(results_offset=SOME)
    done = exporter.export(empty, tmp_path / "v.parquet")
    joined = join(tmp_path / "v.parquet", tmp_path / "all.parquet")
    assert pyarrow.parquet.read_table(joined).num_rows == done.rows == 0
    assert "voucher_id" in pyarrow.parquet.read_table(joined).column_names
    export([], tmp_path / "t.csv", model=Thing)
    assert join(tmp_path / "t.csv", tmp_path / "all.csv").read_text("utf-8").startswith("amount,")
    export([], tmp_path / "nothing.arrow")
    with pytest.raises(UsageError, match="give the model"):
        join(tmp_path / "nothing.arrow", tmp_path / "all.arrow")


def test_an_export_that_failed_goes_on_where_it_failed(exporter, tmp_path):
    """What came is kept; run again, the pages that are there are not asked for again."""
    plan = FaultPlan("server_error", vendor="spaaza", at=(41,))
    pager = exporter.client("Spaaza", retry=Retry(attempts=1)).vouchers.list(
        exporter.member.spaaza_chain_id, number_results=20
    )
    with exporter.sandbox.faulty(plan), pytest.raises(LoyaltyError):
        exporter.export(pager, tmp_path / "v.jsonl")
    with pytest.raises(UsageError, match="not whole yet"):
        join(tmp_path / "v.jsonl", tmp_path / "all.jsonl")
    before = exporter.sandbox.count(vendor="spaaza")
    assert exporter.export(pager, tmp_path / "v.jsonl").rows == SOME
    assert exporter.sandbox.count(vendor="spaaza") - before == 46
    rows = table(join(tmp_path / "v.jsonl", tmp_path / "all.jsonl"))
    assert len({row["voucher_id"] for row in rows}) == len(rows) == SOME


def stream(exporter, **arguments):
    """The CSV of vouchers, not opened yet."""
    return exporter.client("Spaaza").vouchers.stream_csv(
        exporter.member.spaaza_chain_id, **arguments
    )


def test_a_stream_of_csv(exporter, tmp_path):
    """A stream that broke off is opened again, and rows that are there are passed over."""
    plan = FaultPlan("closed_in_body", vendor="spaaza", at=(1,))
    with exporter.sandbox.faulty(plan), pytest.raises(LoyaltyError):
        exporter.export(stream(exporter), tmp_path / "v.parquet", part_rows=100)
    done = exporter.export(stream(exporter), tmp_path / "v.parquet", part_rows=100)
    ids = [row["voucher_id"] for part in done.parts for row in table(part)]
    assert len(set(ids)) == len(ids) == done.rows == SOME


def test_a_stream_that_is_opened_where_it_goes_on(exporter, tmp_path):
    """Given a function, an export opens the stream behind the rows that are there."""
    opened = []

    def at(cursor):
        opened.append(cursor)
        return stream(exporter, results_offset=int(cursor or 0))

    plan = FaultPlan("closed_in_body", vendor="spaaza", at=(1,))
    with exporter.sandbox.faulty(plan), pytest.raises(LoyaltyError):
        exporter.export(at, tmp_path / "v.jsonl", part_rows=100)
    done = exporter.export(at, tmp_path / "v.jsonl", part_rows=100)
    ids = [row["voucher_id"] for part in done.parts for row in table(part)]
    assert len(set(ids)) == len(ids) == done.rows == SOME
    assert opened[0] is None
    assert int(opened[1]) > 0


def test_an_open_stream(exporter, tmp_path):
    """A stream that the caller has opened is exported too."""
    with exporter.colour.entered(stream(exporter)) as opened:
        assert exporter.export(opened, tmp_path / "v.csv").rows == SOME


def test_a_wallet_s_stream(exporter, tmp_path):
    """A vendor that fails is named; run again, only its rows are added."""
    person = exporter.member
    ada = Member(
        voucherify_customer=person.voucherify_customer_id,
        spaaza_chain=person.spaaza_chain_id,
        spaaza_user_id=person.spaaza_user_id,
    )

    def rewards(app_token):
        voucherify = (
            exporter.client("Voucherify")
            if app_token is None
            else exporter.colour.keep(
                type(exporter.client("Voucherify"))(
                    **{**exporter.sandbox.voucherify, "app_token": app_token}
                )
            )
        )
        kind = exporter.colour.pick(Wallet, AsyncWallet)
        wallet = kind(voucherify=voucherify, spaaza=exporter.client("Spaaza"))
        return wallet.streamed.rewards(ada)

    folder = tmp_path / "held.jsonl"
    first = exporter.export(rewards("wrong"), folder, label="ada")
    assert set(first.errors) == {"voucherify"}
    assert not first.is_whole
    second = exporter.export(rewards(None), folder, label="ada")
    assert second.is_whole
    rows = [row for part in second.parts for row in table(part)]
    assert {row["vendor"] for row in rows} == {"voucherify", "spaaza"}
    keys = [(row["vendor"], row["id"], row["code"]) for row in rows]
    assert len(set(keys)) == len(keys) == second.rows > first.rows


def test_another_export_is_not_mixed_in(exporter, tmp_path):
    """A folder takes the same call, format, form and label only, and is named when it refuses."""
    folder = tmp_path / "v.parquet"
    exporter.export(exporter.vouchers(), folder, label="a")
    others = [
        (exporter.vouchers(show_redeemed=True), {"label": "a"}, "its call has other arguments"),
        (exporter.vouchers(), {"label": "b"}, "its label is 'a', not 'b'"),
        (exporter.vouchers(), {"label": "a", "nested": "flat"}, "its nested is"),
        (exporter.vouchers(), {"label": "a", "format": "jsonl"}, "its format is"),
        (
            exporter.vouchers(),
            {"label": "a", "model": Thing},
            "its (model is|rows have other columns)",
        ),
    ]
    for source, options, said in others:
        with pytest.raises(WrongFolder, match=said):
            exporter.export(source, folder, **options)
    (tmp_path / "mine.csv").mkdir()
    (tmp_path / "mine.csv" / "note.txt").write_text("mine", "utf-8")
    with pytest.raises(WrongFolder, match="no export made it"):
        exporter.export(exporter.vouchers(), tmp_path / "mine.csv")


def test_a_folder_that_is_being_written_is_left_alone(tmp_path):
    """Of two exports to the same folder at once, the second one is refused."""

    def rows():
        yield THING
        with pytest.raises(WrongFolder, match="by another process"):
            export([THING], tmp_path / "t.jsonl")

    assert export(rows(), tmp_path / "t.jsonl").rows == 1


@pytest.mark.parametrize(
    ("source", "path", "options", "argument"),
    [
        ([], "t.txt", {}, "path"),
        ([], "t", {"format": "xml"}, "format"),
        ([], "t.csv", {"nested": "struct"}, "nested"),
        ([], "t.csv", {"part_rows": 0}, "part_rows"),
        ([], "t.csv", {"model": int}, "model"),
        (7, "t.csv", {}, "source"),
    ],
)
def test_bad_arguments_are_refused(exporter, tmp_path, source, path, options, argument):
    """The argument is named."""
    with pytest.raises(InvalidArgument) as caught:
        exporter.export(source, tmp_path / path, **options)
    assert caught.value.argument == argument


def test_an_async_source_is_refused_by_the_blocking_export(exporter, tmp_path):
    """And a blocking one by the async export."""
    other = exporter.colour.pick("AsyncSpaaza", "Spaaza")
    import loyalty_sdk

    client = getattr(loyalty_sdk, other)(**exporter.sandbox.spaaza)
    try:
        with pytest.raises(InvalidArgument, match="use export"):
            exporter.export(client.vouchers.list(1), tmp_path / "v.csv")
    finally:
        if other == "Spaaza":
            client.close()
        else:
            import asyncio

            asyncio.run(client.aclose())


def test_join_refuses_what_is_no_export(tmp_path):
    """A folder that no export made cannot be joined."""
    with pytest.raises(InvalidArgument, match="holds no export"):
        join(tmp_path, tmp_path / "all.csv")


def test_parquet_needs_an_extra(tmp_path, monkeypatch):
    """Without pyarrow Parquet says what to install before a row is asked for; JSON Lines works."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    asked = iter([THING])
    with pytest.raises(MissingExtra, match=r"loyalty-sdk\[export\]"):
        export(asked, tmp_path / "t.parquet")
    assert next(asked) is THING
    assert not (tmp_path / "t.parquet").exists()
    assert export([THING], tmp_path / "t.jsonl").rows == 1


def test_a_wanted_progress_bar_needs_an_extra(tmp_path, monkeypatch):
    """Without tqdm that is said before anything is made."""
    monkeypatch.setitem(sys.modules, "tqdm", None)
    with pytest.raises(MissingExtra, match="a progress bar needs tqdm"):
        export([THING], tmp_path / "t.jsonl", progress=True)
    assert not (tmp_path / "t.jsonl").exists()


def test_rows_that_are_no_models_are_refused(tmp_path):
    """A row has the columns of its class; a number has none."""
    with pytest.raises(InvalidArgument, match="source: must give rows of a model, not int"):
        export([1, 2], tmp_path / "t.jsonl")


def test_a_progress_bar_is_shown_when_it_is_wanted(exporter, tmp_path, capsys):
    """It counts rows of the vendor's total; where standard error is no terminal it is quiet."""
    exporter.export(exporter.vouchers(), tmp_path / "a.jsonl", progress=True)
    assert "1.71k/1.71k" in capsys.readouterr().err
    exporter.export(exporter.vouchers(), tmp_path / "b.jsonl")
    assert capsys.readouterr().err == ""


KILLED = """
import os, signal, sys, pathlib
from loyalty_sdk import Spaaza
from loyalty_sdk.export import export
from loyalty_sdk.export.job import Job

left = int(sys.argv[1])

def counted(work):
    def counting(*args, **kwargs):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return work(*args, **kwargs)
    return counting

os.fsync = counted(os.fsync)
pathlib.Path.replace = counted(pathlib.Path.replace)
Job.add = counted(Job.add)
base_url, token_id, token_secret, chain, folder = sys.argv[2:]
with Spaaza(base_url=base_url, token_id=token_id, token_secret=token_secret) as spaaza:
    export(spaaza.vouchers.list(chain, number_results=200), folder, part_rows=150)
"""


def test_a_killed_export_resumes_exactly(tmp_path):
    """Killed again and again, between any two steps of a commit, it ends with every row once."""
    chance = random.Random(7)
    folder, kills = tmp_path / "v.jsonl", 0
    with Sandbox() as sandbox:
        access = sandbox.spaaza
        arguments = [access["base_url"], access["token_id"], access["token_secret"]]
        arguments += [str(sandbox.member.spaaza_chain_id), str(folder)]
        while True:
            program = [sys.executable, "-c", KILLED, str(chance.randint(12, 30)), *arguments]
            done = subprocess.run(
                program, cwd=Path(__file__).parents[2], env=dict(os.environ), check=False
            )
            if done.returncode == 0:
                break
            assert done.returncode == -signal.SIGKILL
            kills += 1
    assert kills >= 3
    rows = table(join(folder, tmp_path / "all.jsonl"))
    assert len({row["voucher_id"] for row in rows}) == len(rows) == SOME
    assert not list(folder.glob(".*"))
