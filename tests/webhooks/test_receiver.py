"""What proves that a vendor sent something, and what does not: the same of every vendor."""

from __future__ import annotations

import subprocess
import sys
from email.message import Message

import httpx
import pytest

from loyalty_sdk import Secret, webhooks
from loyalty_sdk.errors import BadSignature, InvalidArgument
from loyalty_sdk.webhooks import Unread

from .events import OTHER, SECRET, SIGNERS

BODIES = {
    "empty": b"",
    "an object": b'{"id":"1","type":"x"}',
    "not ASCII": '{"id":"1","type":"Grüße ☀"}'.encode(),
    "no UTF-8": b'{"id":"\xff\xfe"}',
    "no JSON": b"  message  ",
    "huge": b'{"id":"1","data":"' + b"x" * 5_000_000 + b'"}',
    "an open text": b'"' + b'\\"' * 200_000,
    "deep": b"[" * 100_000,
}
by_name = pytest.mark.parametrize("signer", SIGNERS, ids=lambda signer: signer.name)


@by_name
@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_what_is_signed_is_received_whatever_it_is(signer, body):
    """A good signature is enough: no body is refused, however strange."""
    event = signer.receiver(SECRET).receive(signer.sign(body, SECRET), body)
    assert isinstance(event.data, Unread)


@by_name
def test_what_was_altered_is_refused(signer):
    """One byte more, less or other; another secret; a signature cut or changed."""
    body = b'{"id":"1","type":"x"}'
    receiver, headers = signer.receiver(SECRET), signer.sign(body, SECRET)
    ((name, value),) = headers.items()
    for other in (body[:-1], body + b"x", body.replace(b"1", b"2"), b"", b"[]"):
        with pytest.raises(BadSignature):
            receiver.receive(headers, other)
    changed = value[:-2] + ("AA" if value[-2:] != "AA" else "BB")
    for wrong in (value[:-1], value + "x", changed, value.swapcase(), "", "é", "\udcff", "a.b.c"):
        with pytest.raises(BadSignature):
            receiver.receive({name: wrong}, body)
    with pytest.raises(BadSignature, match="not made with the secret"):
        receiver.receive(signer.sign(body, OTHER), body)


@by_name
def test_headers_in_every_form(signer):
    """A mapping, pairs, bytes as ASGI has them, what http.server and httpx have; in any case."""
    body = b"{}"
    ((name, value),) = signer.sign(body, SECRET).items()
    message = Message()
    message[name.title()] = value
    for headers in (
        {name.upper(): value, "host": "x"},
        [("host", "x"), (name.title(), value)],
        [(b"host", b"x"), (name.lower().encode(), value.encode())],
        message,
        httpx.Headers({name: value}),
    ):
        signer.receiver(SECRET).check(headers, body)


@by_name
def test_the_header_must_be_there_once(signer):
    """Without it, and with two of it, nothing is proven; the error says what to look for."""
    receiver = signer.receiver(SECRET)
    ((name, value),) = signer.sign(b"{}", SECRET).items()
    with pytest.raises(BadSignature, match=f"(?i)no header {signer.header}; is a secret set"):
        receiver.check({"host": "x"}, b"{}")
    with pytest.raises(BadSignature, match=f"(?i)several headers {signer.header}"):
        receiver.check([(name, value), (name.upper(), value)], b"{}")


@by_name
def test_secrets_are_replaced_without_a_gap(signer):
    """Several are good at once, as text or `Secret`; a wrong one is refused in those words."""
    receiver = signer.receiver(Secret("new-secret"), SECRET)
    for good in (SECRET, Secret(SECRET), "new-secret"):
        receiver.check(signer.sign(b"{}", good), b"{}")
    with pytest.raises(BadSignature, match="any of the secrets"):
        receiver.check(signer.sign(b"{}", OTHER), b"{}")


@by_name
def test_what_a_receiver_cannot_be_made_of(signer):
    """No secret, an empty one, one with a line break of its file, bytes."""
    for wrong in ((), ("",), (SECRET + "\n",), (SECRET.encode(),), (None,), ("é",), ([SECRET],)):
        with pytest.raises(InvalidArgument, match="secrets"):
            signer.receiver(*wrong)


@by_name
@pytest.mark.parametrize("body", ["{}", {}, None, 7])
def test_a_body_that_is_not_raw(signer, body):
    """A signature is of bytes: what was decoded or parsed is refused before anything else."""
    receiver = signer.receiver(SECRET)
    for method in (receiver.receive, receiver.check):
        with pytest.raises(InvalidArgument, match="raw bytes"):
            method(signer.sign(b"{}", SECRET), body)
    with pytest.raises(InvalidArgument, match="raw bytes"):
        receiver.read(body)


@by_name
def test_bytes_of_other_kinds(signer):
    """What servers hand out as bytearray or memoryview is as good."""
    headers = signer.sign(b"{}", SECRET)
    for body in (bytearray(b"{}"), memoryview(b"{}")):
        assert signer.receiver(SECRET).receive(headers, body).data.value == {}


@by_name
def test_no_secret_is_shown(signer):
    """Neither by the receiver nor by what it raises, nor by what stood in the frames."""
    receiver = signer.receiver(SECRET)
    good = signer.sign(b"{}", SECRET)
    with pytest.raises(BadSignature) as caught:
        receiver.receive(signer.sign(b"{}", OTHER), b"{}")
    assert caught.value.operation == f"webhooks.{signer.name}"
    shown = [repr(receiver), repr(caught.value), str(caught.value)]
    frame = caught.tb
    while frame is not None:
        if "loyalty_sdk/" in frame.tb_frame.f_code.co_filename:
            shown += [repr(value) for value in frame.tb_frame.f_locals.values()]
        frame = frame.tb_next
    (expected,) = good.values()
    assert not any(SECRET in each or OTHER in each or expected in each for each in shown)


@by_name
def test_a_vendor_s_webhooks_load_no_other_vendor(signer):
    """A program pays for one vendor, and for its models once an event is read."""
    others = {"voucherify", "spaaza", "cardlytics", "es_loyalty"} - {signer.name}
    kind = type(signer.receiver(SECRET)).__name__
    arguments = "'s', application_id='a'" if signer.name == "cardlytics" else "'s'"
    shown = "print(*sys.modules)"
    making = f"import sys; from loyalty_sdk.webhooks import {kind} as W; w = W({arguments})"
    checking, reading = _printed(f"{making}; {shown}; w.read(b'{{}}'); {shown}")
    assert not {"httpx", "asyncio", "tenacity", "cattrs"} & checking
    assert not any(name.startswith(f"loyalty_sdk.{signer.name}") for name in checking)
    for other in others:
        theirs = (f"loyalty_sdk.{other}", f"loyalty_sdk.webhooks.{other}")
        assert not any(name.startswith(theirs) for name in reading)


def test_the_front_door():
    """`dir` has every name, and one that is not there raises what Python expects."""
    assert dir(webhooks) == sorted(webhooks.__all__)
    with pytest.raises(AttributeError, match="no attribute 'ESLoyaltyWebhooks'"):
        webhooks.ESLoyaltyWebhooks  # noqa: B018


def _printed(program: str) -> list[set[str]]:
    """What a program prints: the words of each line."""
    run = [sys.executable, "-c", program]
    done = subprocess.run(run, capture_output=True, text=True, check=True, timeout=60)
    return [set(line.split()) for line in done.stdout.splitlines()]
