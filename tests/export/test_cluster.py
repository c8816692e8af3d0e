"""Exports on a Dask cluster, of which a worker is killed."""

from __future__ import annotations

import json
import subprocess
import sys
import types
from pathlib import Path

import pytest

from loyalty_sdk.errors import InvalidArgument, MissingExtra, UsageError
from loyalty_sdk.export import export_members_on_dask, join
from loyalty_sdk.sandbox import Sandbox

KILLED = """
import json, os, signal, sys
from functools import partial
from pathlib import Path

import distributed

from loyalty_sdk import Voucherify
from loyalty_sdk.export import export_members_on_dask, join

access, members, folder, marker = json.loads(sys.argv[1])

def held(client, member):
    if member == members[-1]:  # the first member's part is there by now
        Path(marker).touch(exist_ok=True)
        with open(marker, "a") as tries:
            tries.write("x")
        if Path(marker).stat().st_size == 1:
            os.kill(os.getpid(), signal.SIGKILL)
    return client.customers.list_redeemables(member, limit=100)

if __name__ == "__main__":
    cluster = distributed.Client(
        n_workers=1, threads_per_worker=1, dashboard_address=None, memory_limit=0
    )
    with cluster:
        ways = [partial(Voucherify, **access), [*members[:1], "cust_nobody", *members[1:]], held]
        done = export_members_on_dask(cluster, *ways, folder, workers=1, part_rows=1)
        print(json.dumps([done.rows, {name: str(error) for name, error in done.errors.items()}]))
        again = export_members_on_dask(
            cluster, ways[0], members, held, folder + ".2.jsonl", partition_members=1
        )
        assert again.is_whole
        join(folder + ".2.jsonl", folder + ".all")
"""


def test_a_partition_whose_worker_was_killed_is_there_once(tmp_path):
    """Dask tries it again, and it goes on behind the part that was committed."""
    with Sandbox() as sandbox:
        people = sandbox.members
        members = [people.everyday, people.heavy, people.awkward]
        ids = [person.voucherify_customer_id for person in members]
        folder, marker = tmp_path / "held.jsonl", tmp_path / "tries"
        given = json.dumps([sandbox.voucherify, ids, str(folder), str(marker)])
        done = subprocess.run(
            [sys.executable, "-c", KILLED, given],
            capture_output=True,
            text=True,
            check=False,
            cwd=Path(__file__).parents[2],
            timeout=120,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        rows, errors = json.loads(done.stdout.splitlines()[-1])
    assert marker.stat().st_size == 3  # killed, tried again, and once more of another export
    assert list(errors) == ["cust_nobody"]
    assert "NotFound: " in errors["cust_nobody"]
    texts = [part.read_text("utf-8") for part in folder.glob("members-*/part-*")]
    listed = [json.loads(line)["id"] for text in texts for line in text.split("\n") if line]
    assert len(set(listed)) == len(listed) == rows > 300
    joined = (tmp_path / "held.jsonl.all").read_text("utf-8").split("\n")
    assert sorted(json.loads(line)["id"] for line in joined if line) == sorted(listed)


class _Failing:
    """A cluster all of whose tasks fail."""

    key = "task"

    def map(self, task, places, **how):
        """One future for all."""
        return [self for _ in places]

    def exception(self):
        """Why it failed."""
        return RuntimeError("the worker is gone")


def test_a_partition_that_fails_as_a_whole_is_its_members_error(tmp_path, monkeypatch):
    """They are named, each with what happened; the export is not whole."""
    distributed = types.SimpleNamespace(as_completed=list)
    monkeypatch.setitem(sys.modules, "distributed", distributed)
    done = export_members_on_dask(_Failing(), None, ["a", "b"], None, tmp_path / "h.jsonl")
    assert {name: str(error) for name, error in done.errors.items()} == dict.fromkeys(
        ("a", "b"), "RuntimeError: the worker is gone"
    )
    with pytest.raises(UsageError, match="not whole yet"):
        join(tmp_path / "h.jsonl", tmp_path / "all.jsonl")


def test_bad_arguments_and_a_missing_extra_are_named(tmp_path, monkeypatch):
    """Before anything is sent to the cluster."""
    with pytest.raises(InvalidArgument, match="partition_members"):
        export_members_on_dask(None, None, [], None, tmp_path / "h.jsonl", partition_members=0)
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingExtra, match=r"loyalty-sdk\[dask\]"):
        export_members_on_dask(_Failing(), None, [], None, tmp_path / "h.jsonl")
