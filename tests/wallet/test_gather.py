"""All vendors at once, in both colours: one that fails costs its own rows, and nobody is left."""

from __future__ import annotations

import asyncio
import signal
import socket
import threading
from datetime import datetime, timedelta

import httpx
import pytest

from loyalty_sdk import AsyncSpaaza, AsyncVoucherify, LoyaltyError, Spaaza, Voucherify
from loyalty_sdk.errors import (
    ClientClosed,
    DeadlineExceeded,
    InvalidArgument,
    NotSent,
    Unauthorized,
    UnreadableAnswer,
)
from loyalty_sdk.wallet import AsyncWallet, Wallet

from .party import VENDORS, member_of


@pytest.fixture(autouse=True)
def _nobody_is_left():
    """Whatever happens, no thread of the wallet's is left behind."""
    yield
    assert not [one for one in threading.enumerate() if one.name.startswith("loyalty_sdk")]


@pytest.fixture
def hanging():
    """An address where connections are taken, and nothing is ever said."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(10)
        yield listener


def closed_port() -> int:
    """A port at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def url_of(listener: socket.socket) -> str:
    """Where a listener listens."""
    return f"http://127.0.0.1:{listener.getsockname()[1]}"


def refused(party, hanging):
    """Nobody listens."""
    return {"base_url": f"http://127.0.0.1:{closed_port()}"}


def hangs(party, hanging):
    """It takes connections, and says nothing."""
    return {"base_url": url_of(hanging), "deadline": 0.3}


def bad_credentials(party, hanging):
    """It does not know who asks."""
    return {"transport": party.transport(httpx.Response(401, json={"message": "no"}))}


def unreadable(party, hanging):
    """It is a web page, and no JSON."""
    return {"transport": party.transport(httpx.Response(200, text="<html>"))}


DEATHS = {
    refused: NotSent,
    hangs: DeadlineExceeded,
    bad_credentials: Unauthorized,
    unreadable: UnreadableAnswer,
}


@pytest.mark.parametrize("death", DEATHS, ids=lambda death: death.__name__)
@pytest.mark.parametrize("dead", VENDORS)
def test_a_dead_vendor_costs_its_own_rows_only(party, hanging, dead, death):
    """The others' rows are there, and beside them its error, which says whose it is."""
    wallet = party.wallet(changed={dead: death(party, hanging)})
    found = party.colour(wallet.rewards(party.member))
    assert set(found.errors) == {dead}
    assert isinstance(found.errors[dead], DEATHS[death])
    assert str(found.errors[dead]).startswith(f"{dead}.")
    assert {reward.vendor for reward in found} == set(VENDORS) - {dead}
    assert found.asked == VENDORS
    assert not found.is_whole
    assert f"{dead}: could not be fetched" in str(found)


def test_the_deadline_is_the_wallets(party, hanging):
    """It ends who has not answered; the error names it, and not the client's longer one."""
    quick = party.transport(httpx.Response(200, json={"data": [_holding("rh_1")], "total": 1}))
    changed = {"spaaza": {"base_url": url_of(hanging)}, "voucherify": {"transport": quick}}
    wallet = party.wallet("spaaza", "voucherify", changed=changed, deadline=1)
    found = party.colour(wallet.rewards(party.member))
    assert "within the deadline of 1 s" in str(found.errors["spaaza"])
    assert [reward.code for reward in found] == ["code-rh_1"]


def test_a_clients_shorter_deadline_holds_too(party, hanging):
    """A client that was told to be quick stays so."""
    changed = {"spaaza": {"base_url": url_of(hanging), "deadline": 0.1}}
    found = party.colour(
        party.wallet("spaaza", changed=changed, deadline=None).rewards(party.member)
    )
    assert "within the deadline of 0.1 s" in str(found.errors["spaaza"])


def test_all_vendors_are_asked_at_the_same_time(party):
    """None is answered before all four have been asked: so the slowest is all one waits for."""
    together = party.barrier(len(VENDORS))
    refusal = httpx.Response(401, json={})
    changed = {one: {"transport": party.transport(refusal, together)} for one in VENDORS}
    # With a token of its own, each of them is asked once and not for a token before.
    changed["es_loyalty"]["base_url"] = "https://es.example.com"
    found = party.colour(party.wallet(changed=changed).rewards(party.member))
    assert {type(error) for error in found.errors.values()} == {Unauthorized}
    assert set(found.errors) == set(VENDORS)


def test_an_error_behind_some_rows_leaves_them_there(party, sandbox):
    """What came before a vendor failed is kept, and its error too."""
    answers = iter(
        [
            httpx.Response(
                200,
                json={
                    "data": [_holding("rh_1")],
                    "total": 2,
                    "has_more": True,
                    "more_starting_after": "rh_1",
                },
            ),
            httpx.Response(403, json={}),
        ]
    )
    transport = httpx.MockTransport(lambda _: next(answers))
    wallet = party.wallet("voucherify", changed={"voucherify": {"transport": transport}})
    found = party.colour(wallet.rewards(party.member))
    assert [reward.code for reward in found] == ["code-rh_1"]
    assert set(found.errors) == {"voucherify"}


def _holding(holder_id):
    voucher = {"id": "v_1", "code": f"code-{holder_id}", "type": "GIFT_VOUCHER"}
    return {
        "id": holder_id,
        "redeemable_id": "v_1",
        "redeemable_object": "voucher",
        "customer_id": "cust_1",
        "redeemable": {"type": "voucher", "voucher": voucher, "status": "ACTIVE"},
    }


def test_what_is_no_error_of_ours_is_that_vendors_too(party):
    """A function of the caller's that fails, as one that fetches a secret, hides nothing."""

    def fetch():
        raise ZeroDivisionError("the vault is shut")

    changed = {"spaaza": {"token_secret": fetch}}
    found = party.colour(
        party.wallet("spaaza", "voucherify", changed=changed).rewards(party.member)
    )
    assert type(found.errors["spaaza"]) is ZeroDivisionError
    assert found.of("voucherify")


def test_a_cap_holds_for_each_vendor(party):
    """No more rows of a vendor are collected, and it is said of which there are more."""
    heavy = member_of(party.sandbox, "heavy")
    party.sandbox.forget_requests()
    found = party.colour(party.wallet("voucherify", "spaaza", at_most=150).rewards(heavy))
    assert [len(found.of(vendor)) for vendor in ("voucherify", "spaaza")] == [150, 150]
    assert found.more == {"voucherify", "spaaza"}
    assert not found.is_whole
    assert "spaaza: there may be more" in str(found)
    assert len([one for one in party.sandbox.requests if "redeemables" in one.target]) == 2


def test_a_cap_that_is_just_reached_is_none(party):
    """Where exactly as many rows come there are no more."""
    count = len(party.colour(party.wallet("voucherify").rewards(party.member)))
    found = party.colour(party.wallet("voucherify", at_most=count).rewards(party.member))
    assert len(found) == count
    assert found.is_whole


def test_streamed_a_vendor_waits_for_no_other(party):
    """Rows of one vendor are in the caller's hands before another vendor has answered."""
    seen = party.event()
    slow = party.transport(httpx.Response(403, json={}), seen)
    wallet = party.wallet("voucherify", "spaaza", changed={"voucherify": {"transport": slow}})
    with party.colour.entered(wallet.streamed.rewards(party.member)) as batches:
        step = party.colour.steps(batches)
        first = step()
        assert first.vendor == "spaaza"
        assert first.items
        seen.set()
        rest = [step() for _ in range(2)]
    assert {batch.vendor for batch in rest if batch.is_last} == {"voucherify", "spaaza"}
    assert [type(batch.error).__name__ for batch in rest if batch.error] == ["PermissionDenied"]


def test_streamed_everything_comes_page_by_page(party):
    """There is no cap, and the last batch of each vendor says that it is the last."""
    heavy = member_of(party.sandbox, "heavy")
    wallet = party.wallet("voucherify", "spaaza", at_most=1)
    with party.colour.entered(wallet.streamed.rewards(heavy)) as batches:
        came = party.colour.items(batches)
    assert [batch.vendor for batch in came if batch.is_last] != []
    assert {batch.vendor for batch in came if batch.is_last} == {"voucherify", "spaaza"}
    assert sum(len(batch.items) for batch in came) > 1000
    assert all(batch.error is None for batch in came)


def test_streamed_each_batch_has_the_deadline_of_its_own(party, hanging):
    """A vendor that hangs ends with an error, however long the caller took over the others."""
    wallet = party.wallet(
        "voucherify", "spaaza", changed={"spaaza": {"base_url": url_of(hanging)}}, deadline=0.3
    )
    with party.colour.entered(wallet.streamed.rewards(party.member)) as batches:
        came = party.colour.items(batches)
    assert [type(one.error) for one in came if one.vendor == "spaaza"] == [DeadlineExceeded]


def test_left_early_nothing_goes_on(party, hanging):
    """Who leaves after the first batch leaves no request behind, and cannot go on."""
    wallet = party.wallet("voucherify", "spaaza", changed={"spaaza": {"base_url": url_of(hanging)}})
    with party.colour.entered(wallet.streamed.rewards(party.member)) as batches:
        step = party.colour.steps(batches)
        assert step().vendor == "voucherify"
        connection = _connected(party, hanging)
    with pytest.raises(ClientClosed):
        step()
    assert _hung_up(connection)
    if party.colour.is_async:
        assert party.colour(_alone())


async def _alone() -> bool:
    """Whether no task is left but the one that asks."""
    return asyncio.all_tasks() == {asyncio.current_task()}


def _connected(party, listener: socket.socket) -> socket.socket:
    """The connection of the one who asks; before that it has no request to leave behind."""
    accept = listener.accept
    is_async = party.colour.is_async
    connection, _ = party.colour(asyncio.to_thread(accept)) if is_async else accept()
    return connection


def _hung_up(connection: socket.socket) -> bool:
    """Whether the one who connected has gone, as nobody who waits for an answer has."""
    connection.settimeout(10)
    with connection:
        while connection.recv(65536):
            pass
    return True


def test_a_closed_client_is_an_error_of_its_vendor(party):
    """The wallet closes no client, and says which one was closed."""
    spaaza, voucherify = party.client("spaaza"), party.client("voucherify")
    wallet = type(party.wallet("spaaza"))(spaaza=spaaza, voucherify=voucherify)
    assert party.colour(wallet.rewards(party.member)).is_whole
    party.colour.close(spaaza)
    found = party.colour(wallet.rewards(party.member))
    assert isinstance(found.errors["spaaza"], ClientClosed)
    assert found.of("voucherify")


def test_nobody_to_ask(party):
    """Without clients, and without a vendor that knows the member, nothing comes."""
    found = party.colour(type(party.wallet("spaaza"))().rewards(party.member))
    assert (found.items, found.asked, found.is_whole) == ((), (), True)
    assert str(found) == "nothing from anybody"


def test_ctrl_c_leaves_no_thread(sandbox, hanging, interrupting):
    """An interrupt comes out at once, and the requests under way are cut off."""
    with (
        Voucherify(**sandbox.voucherify) as voucherify,
        Spaaza(**{**sandbox.spaaza, "base_url": url_of(hanging)}) as spaaza,
    ):
        wallet = Wallet(voucherify=voucherify, spaaza=spaaza)
        with pytest.raises(KeyboardInterrupt):
            wallet.rewards(member_of(sandbox))
        assert not [one for one in threading.enumerate() if one.name.startswith("loyalty_sdk")]
    assert interrupting.hung_up.wait(10)


@pytest.fixture
def interrupting(hanging):
    """Presses Ctrl-C as soon as somebody has connected to the one who says nothing."""

    class Interrupting:
        hung_up = threading.Event()

    def play() -> None:
        connection, _ = hanging.accept()
        connection.settimeout(10)
        with connection:
            connection.recv(65536)
            signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)
            while connection.recv(65536):
                pass
        Interrupting.hung_up.set()

    thread = threading.Thread(target=play)
    thread.start()
    yield Interrupting
    thread.join(10)


def test_errors_let_go_of_what_their_frames_hold(party, hanging):
    """An error in a result keeps no frame alive."""
    changed = {"spaaza": {"transport": party.transport(httpx.Response(401, json={}))}}
    found = party.colour(party.wallet("spaaza", changed=changed).rewards(party.member))
    error = found.errors["spaaza"]
    assert isinstance(error, LoyaltyError)
    assert error.__traceback__ is None
    assert error.__context__ is None


@pytest.mark.parametrize(
    ("arguments", "argument"),
    [
        ({"deadline": 0}, "deadline"),
        ({"deadline": "soon"}, "deadline"),
        ({"at_most": 0}, "at_most"),
        ({"at_most": None}, "at_most"),
        ({"cardlytics_channel_id": "two"}, "cardlytics_channel_id"),
        ({"es": object()}, "es"),
    ],
)
def test_bad_arguments(party, arguments, argument):
    """They are refused by name when the wallet is made."""
    with pytest.raises(InvalidArgument, match=rf"^{argument}: "):
        type(party.wallet("spaaza"))(**arguments)


def test_a_client_of_another_vendor_or_colour_is_refused(party):
    """A wallet of one colour takes clients of that colour, each in its own place."""
    kind = type(party.wallet("spaaza"))
    with pytest.raises(InvalidArgument, match=r"^voucherify: must be an? .*client of voucherify"):
        kind(voucherify=party.client("spaaza"))
    other = AsyncWallet if kind is Wallet else Wallet
    with pytest.raises(InvalidArgument, match=r"^spaaza: must be an? .*client of spaaza"):
        other(spaaza=party.client("spaaza"))


def test_questions_are_checked_before_anything_is_sent(party):
    """A time without a zone, a span that is none, and what is no member."""
    wallet = party.wallet()
    party.sandbox.forget_requests()
    with pytest.raises(InvalidArgument, match=r"^since: "):
        party.colour(wallet.activity(party.member, since=datetime(2024, 1, 1)))
    for within in (timedelta(0), timedelta(days=-1), timedelta.max, 5):
        with pytest.raises(InvalidArgument, match=r"^within: "):
            party.colour(wallet.expiring(party.member, within=within))
    with pytest.raises(InvalidArgument, match=r"^member: "):
        party.colour(wallet.rewards("cust_1"))
    assert not list(party.sandbox.requests)


def test_a_cancelled_task_leaves_none(sandbox, hanging):
    """Cancelled, the whole question ends, and so do the vendors' requests."""

    async def cancelled() -> None:
        async with (
            AsyncVoucherify(**sandbox.voucherify) as voucherify,
            AsyncSpaaza(**{**sandbox.spaaza, "base_url": url_of(hanging)}) as spaaza,
        ):
            wallet = AsyncWallet(voucherify=voucherify, spaaza=spaaza)
            asking = asyncio.create_task(wallet.rewards(member_of(sandbox)))
            hanging.setblocking(False)
            loop = asyncio.get_running_loop()
            connection, _ = await loop.sock_accept(hanging)
            with connection:
                await loop.sock_recv(connection, 65536)
                asking.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await asking
                assert asyncio.all_tasks() == {asyncio.current_task()}
                assert await loop.sock_recv(connection, 65536) == b""

    asyncio.run(cancelled())
