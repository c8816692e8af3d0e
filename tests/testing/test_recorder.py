"""Tests of recording, on the sandbox."""

from __future__ import annotations

import gzip
import json

import httpx
import pytest

from loyalty_sdk import AsyncSpaaza, AsyncVoucherify, Retry, Spaaza, Voucherify
from loyalty_sdk.auth import ClientCredentials
from loyalty_sdk.errors import NotFound, NotSent
from loyalty_sdk.sandbox import Sandbox
from loyalty_sdk.testing import InProcessSandbox, Recorder, Recording, Replay


def _recording(recorder, colour, inner):
    return colour.pick(recorder.transport, recorder.async_transport)(inner)


@pytest.fixture
def vendors():
    """All vendors, without sockets."""
    return InProcessSandbox()


def test_what_is_recorded_is_replayed(colour, vendors, tmp_path, capsys):
    """A walk over pages and an error come out again, of stand-ins, without any vendor."""
    path = tmp_path / "new" / "customer.json"
    kind = colour.pick(Voucherify, AsyncVoucherify)
    member = vendors.member.voucherify_customer_id
    with Recorder(path) as recorder:
        transport = _recording(recorder, colour, vendors.transport)
        client = colour.keep(kind(**vendors.voucherify, transport=transport))
        held = colour.items(client.customers.list_redeemables(member, limit=2))
        with pytest.raises(NotFound):
            colour(client.customers.get("nobody-1"))
    said = capsys.readouterr().err
    assert "requests recorded; replaced: " in said
    assert "x-app-token (header)" in said

    recording = Recording.load(path)
    assert "id" in recording.masked
    assert member not in path.read_text()
    first, *_, last = recording.exchanges
    masked_id, missing = first.request.path[2], last.request.path[2]
    replayed = Replay(path)
    client = colour.keep(
        kind(app_id="other", app_token="others", transport=replayed.transport(), retry=Retry())
    )
    again = colour.items(client.customers.list_redeemables(masked_id, limit=2))
    with pytest.raises(NotFound) as caught:
        colour(client.customers.get(missing))
    assert len(again) == len(held) > 2
    assert [one.redeemable.type for one in again] == [one.redeemable.type for one in held]
    assert caught.value.status == 404
    assert replayed.unused == ()


def test_tokens_and_passwords_are_recorded_as_stand_ins(colour, vendors, tmp_path):
    """The calls that renew tokens are replayed with any other secret."""
    path = tmp_path / "token.json"
    given = vendors.voucherify_oauth
    kind = colour.pick(Voucherify, AsyncVoucherify)

    def ask(transport, **oauth):
        auth = ClientCredentials(**oauth, scope="api", style="app_headers")
        base_url = vendors.voucherify["base_url"]
        client = colour.keep(kind(base_url=base_url, auth=auth, transport=transport))
        return colour.taken(client.customers.list(), 1)

    with Recorder(path, quiet=True) as recorder:
        ask(_recording(recorder, colour, vendors.transport), **given)
    written = path.read_text()
    assert given["client_secret"] not in written
    assert ask(Replay(path).transport(), **given | {"client_secret": "another"})


def test_a_stream_of_csv_is_recorded(colour, vendors, tmp_path):
    """The columns stay, the cells are stand-ins."""
    path = tmp_path / "vouchers.json"
    kind = colour.pick(Spaaza, AsyncSpaaza)

    def rows(transport, chain_id):
        client = colour.keep(kind(**vendors.spaaza, transport=transport))
        with colour.entered(client.vouchers.stream_csv(chain_id)) as opened:
            return colour.items(opened)

    with Recorder(path, quiet=True) as recorder:
        found = rows(
            _recording(recorder, colour, vendors.transport), vendors.member.spaaza_chain_id
        )
    exchange = Recording.load(path).exchanges[0]
    assert exchange.body.splitlines()[0].count(",") > 5
    chain = dict(exchange.request.query)["chain_id"]
    again = rows(Replay(path).transport(), int(chain))
    assert len(again) == len(found) > 0


def test_real_connections_are_recorded(colour, tmp_path):
    """Without a transport of one's own, the client's own networking is wrapped."""
    with Sandbox() as server, Recorder(tmp_path / "real.json", quiet=True) as recorder:
        kind = colour.pick(Voucherify, AsyncVoucherify)
        client = kind(
            **server.voucherify,
            transport=colour.pick(recorder.transport, recorder.async_transport)(),
        )
        customer = colour(client.customers.get(server.member.voucherify_customer_id))
        colour.close(client)
    (exchange,) = recorder.recording.exchanges
    assert customer.id not in str(exchange)
    assert str(exchange.request) == "GET /v1/customers/masked-2"


def test_a_request_without_an_answer_is_not_recorded(colour, tmp_path):
    """There is nothing to replay; what was recorded before is written all the same."""

    def fail(request):
        raise httpx.ConnectError("no")

    def ask():
        with Recorder(tmp_path / "none.json", quiet=True) as recorder:
            transport = _recording(recorder, colour, httpx.MockTransport(fail))
            kind, once = colour.pick(Voucherify, AsyncVoucherify), Retry(attempts=1)
            client = kind(app_id="a", app_token="b", transport=transport, retry=once)
            colour(colour.keep(client).customers.get("cust_1"))

    with pytest.raises(NotSent):
        ask()
    assert Recording.load(tmp_path / "none.json") == Recording()


@pytest.mark.parametrize(
    ("answer", "body"),
    [
        (httpx.Response(200, content=b"<p>Ada</p>"), "***"),
        (httpx.Response(200, content=b""), None),
        (
            httpx.Response(
                200, headers={"content-encoding": "gzip"}, content=gzip.compress(b'{"total": 1.50}')
            ),
            {"total": 1.5},
        ),
        (httpx.Response(200, headers={"content-encoding": "gzip"}, content=b""), None),
    ],
    ids=["other text", "nothing", "compressed", "empty"],
)
def test_other_bodies(answer, body):
    """What is neither JSON nor a form nor CSV is masked as a whole."""
    recorder = Recorder("nowhere.json")
    raw = answer.read() if "gzip" not in str(answer.headers) else None
    transport = recorder.transport(httpx.MockTransport(lambda _: answer))
    given = transport.handle_request(httpx.Request("POST", "https://x.example", content=b"Ada"))
    (exchange,) = recorder.recording.exchanges
    assert exchange.body == body
    assert exchange.request.body == "***"
    assert raw is None or given.read() == raw


def test_what_cannot_be_decompressed_is_recorded_without_a_body():
    """The client gets the bytes as they came, and the error that they are."""
    recorder = Recorder("nowhere.json")
    broken = httpx.Response(
        200, headers={"content-encoding": "gzip"}, stream=httpx.ByteStream(b"no gzip")
    )
    transport = recorder.transport(httpx.MockTransport(lambda _: broken))
    transport.handle_request(httpx.Request("GET", "https://x.example"))
    assert recorder.recording.exchanges[0].body is None


@pytest.mark.parametrize("text", ["[]", "{}", "no", '{"format": 99}', '{"format": 1}'])
def test_another_file_is_no_recording(tmp_path, text):
    """A file of another kind says so."""
    path = tmp_path / "other.json"
    path.write_text(text)
    with pytest.raises(ValueError, match="recording"):
        Recording.load(path)


def test_a_file_can_be_read_by_people(vendors, tmp_path):
    """It names operations, and what was replaced."""
    with Recorder(tmp_path / "one.json", quiet=True) as recorder:
        transport = recorder.transport(vendors.transport)
        with Voucherify(**vendors.voucherify, transport=transport) as client:
            client.customers.get(vendors.member.voucherify_customer_id)
    kept = json.loads((tmp_path / "one.json").read_text())
    assert kept["exchanges"][0]["operation"] == "voucherify.customers.get"
    assert {"email", "name", "x-app-id (header)"} <= set(kept["masked"])
