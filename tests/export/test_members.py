"""Exports of many members: at once, at a pace, failures listed, and only what is missing again."""

from __future__ import annotations

import json
import threading
import time

import pytest

from loyalty_sdk import Retry, Voucherify
from loyalty_sdk.errors import InvalidArgument, MissingExtra, NotFound, WrongFolder
from loyalty_sdk.export import export_members
from loyalty_sdk.export.pace import Pace
from loyalty_sdk.sandbox import Sandbox


@pytest.fixture
def fresh():
    """A sandbox whose calls are counted from 0, and what makes its clients."""
    with Sandbox(voucherify_rate_limit=5, voucherify_rate_period=1) as sandbox:
        yield sandbox


def people(sandbox):
    """Customers of Voucherify."""
    names = ("everyday", "heavy", "newcomer")
    found = [getattr(sandbox.members, name, None) for name in names]
    return [person.voucherify_customer_id for person in found if person is not None]


def held(client, member):
    """What a member holds."""
    return client.customers.list_redeemables(member, limit=10)


def rows(done):
    """The rows of all parts."""
    texts = [part.read_text("utf-8") for part in done.parts]
    return [json.loads(line) for text in texts for line in text.split("\n") if line]


def test_members_are_asked_once_and_failures_are_listed(sandbox, tmp_path):
    """Who fails is named, the rest is there; run again, only who is missing is asked."""
    members = people(sandbox)
    assert len(members) > 1

    def made():
        return Voucherify(**sandbox.voucherify)

    def run(asked):
        return export_members(made, asked, held, tmp_path / "held.jsonl", workers=3, part_rows=10)

    first = run([*members, members[0], "cust_nobody"])
    assert set(first.errors) == {"cust_nobody"}
    assert isinstance(first.errors["cust_nobody"], NotFound)
    ids = [row["id"] for row in rows(first)]
    assert len(set(ids)) == len(ids) == first.rows > 20
    assert {row["customer_id"] for row in rows(first)} == set(members)
    before = sandbox.count(vendor="voucherify")
    again = run([*members, "cust_nobody"])
    assert sandbox.count(vendor="voucherify") == before + 1
    assert again.rows == first.rows
    assert run(members).is_whole
    assert sandbox.count(vendor="voucherify") == before + 1


def test_each_worker_has_a_client_and_all_are_closed(sandbox, tmp_path):
    """No more clients than workers are made, and each is closed at the end."""
    made, closed = [], []

    class Client(Voucherify):
        def __exit__(self, *about):
            closed.append(self)
            return super().__exit__(*about)

    def factory():
        made.append(Client(**sandbox.voucherify))
        return made[-1]

    export_members(factory, people(sandbox) * 3, held, tmp_path / "h.csv", workers=2)
    assert 1 <= len(made) <= 2
    assert set(made) == set(closed)


def test_a_factory_that_fails_is_every_member_s_error(tmp_path):
    """It costs no more than the members that needed it."""

    def broken():
        raise RuntimeError("no vault")

    done = export_members(broken, ["a", "b"], held, tmp_path / "h.jsonl")
    assert {str(error) for error in done.errors.values()} == {"no vault"}
    assert done.rows == 0


def test_other_rows_than_a_pager_s(sandbox, tmp_path):
    """What a call gives at once is written too."""

    def one(client, member):
        return [client.customers.list_redeemables(member).first()]

    done = export_members(
        lambda: Voucherify(**sandbox.voucherify), people(sandbox), one, tmp_path / "h.jsonl"
    )
    assert done.rows == len(people(sandbox))


def test_workers_slow_down_before_the_vendor_refuses(fresh, tmp_path):
    """The headers say how many requests are left: nobody is ever told that there were too many."""
    done = export_members(
        lambda: Voucherify(**fresh.voucherify, retry=Retry(attempts=1)),
        [fresh.member.voucherify_customer_id, fresh.member.voucherify_source_id],
        lambda client, member: client.customers.list_redeemables(member, limit=5),
        tmp_path / "h.jsonl",
        workers=4,
    )
    assert done.is_whole
    assert fresh.count(vendor="voucherify") > 5
    assert fresh.count(vendor="voucherify", status=429) == 0


def test_a_rate_is_shared_by_all_workers():
    """So many requests in a window, however many ask; a store of the same name counts them all."""
    pace, times = Pace("4/second", "memory://", "test"), []

    def ask():
        for _ in range(3):
            with pace.request():
                times.append(time.monotonic())

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times.sort()
    assert all(times[n + 4] - times[n] > 0.9 for n in range(len(times) - 4))


@pytest.mark.parametrize(
    ("options", "argument"),
    [
        ({"workers": 0}, "workers"),
        ({"rate": "fast"}, "rate"),
        ({"rate": "1/second", "store": "cloud://x"}, "store"),
        ({"member_ids": [""]}, "member_ids"),
    ],
)
def test_bad_arguments_are_refused(tmp_path, options, argument):
    """The argument is named."""
    given = {"member_ids": [], "rows_of": held, "path": tmp_path / "h.csv", **options}
    with pytest.raises(InvalidArgument) as caught:
        export_members(lambda: None, **given)
    assert caught.value.argument == argument


def test_a_rate_needs_an_extra(monkeypatch):
    """Without limits, a rate says what to install."""
    monkeypatch.setitem(__import__("sys").modules, "limits", None)
    with pytest.raises(MissingExtra, match=r"loyalty-sdk\[export\]"):
        Pace("1/second", "memory://", "test")


def test_a_folder_of_members_is_no_other_export(sandbox, tmp_path):
    """It says what it holds."""
    from loyalty_sdk.export import export

    export([], tmp_path / "h.jsonl", label="x")
    with pytest.raises(WrongFolder, match="its label is"):
        export_members(lambda: None, [], held, tmp_path / "h.jsonl")
