from __future__ import annotations

import gzip
import time
import zlib
from functools import partial

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty_sdk import Retry
from loyalty_sdk._core.calls import ShownRequest
from loyalty_sdk._core.connections import wire as subject
from loyalty_sdk._core.connections.inflate import LARGEST_PIECE
from loyalty_sdk._core.connections.wire import Body, Outgoing, Patience, collect
from loyalty_sdk._core.hiding.redact import Secret
from loyalty_sdk.errors import AnswerTooLarge, RateLimited, ServerError, UnreadableAnswer

gzipped = partial(gzip.compress, mtime=0)  # the same bytes at any time

CARD = b'{"id": "c1", "points": 3}'
ONCE = Retry(attempts=1)


def answering(content, encoding=None, status=200):
    headers = {} if encoding is None else {"content-encoding": encoding}
    return lambda _: httpx.Response(status, headers=headers, content=content)


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (CARD, None), (CARD, "identity"), (CARD, ""),
        (gzipped(CARD), "gzip"), (gzipped(CARD), "GZip "),
        (gzipped(CARD), "x-gzip"), (zlib.compress(CARD), "deflate"),
        (gzipped(CARD), "deflate"),
        (gzipped(CARD[:9]) + gzipped(CARD[9:]), "gzip"),
        (gzipped(b"") + gzipped(CARD), "gzip"),
    ],
)  # fmt: skip
def test_encodings_that_are_read(colour, toy, content, encoding):
    """Plain, gzip (in one member or many) and deflate."""
    # httpx would decode the body itself if it could, so it is handed over as a raw stream
    assert colour(toy(raw_answer(content, encoding)).cards.get("c1")).points == 3


def raw_answer(content, encoding=None, status=200):
    headers = {} if encoding is None else {"content-encoding": encoding}
    return lambda _: httpx.Response(status, headers=headers, stream=httpx.ByteStream(content))


@pytest.mark.parametrize(
    ("content", "encoding", "problem"),
    [
        (CARD, "br", "encoded as 'br'"), (CARD, "gzip, gzip", "encoded as"),
        (CARD, "z" * 99, "'" + "z" * 20 + "'"),
        (CARD, "gzip", "not compressed as it claims"),
        (gzipped(CARD)[:-9], "gzip", "ends too early"),
        (gzipped(CARD)[:5], "gzip", "ends too early"),
        (gzipped(CARD) + gzipped(CARD)[:12], "gzip", "ends too early"),
        (zlib.compress(CARD)[:-1], "deflate", "ends too early"),
        (gzipped(CARD) + b"junk", "gzip", "not compressed as it claims"),
    ],
)  # fmt: skip
def test_encodings_that_are_not(colour, toy, content, encoding, problem):
    """A body that is not what it claims is unreadable, and says why; never half an answer."""
    with pytest.raises(UnreadableAnswer, match=problem) as caught:
        colour(toy(raw_answer(content, encoding), retry=ONCE).cards.get("c1"))
    assert (caught.value.response.status, caught.value.response.content) == (200, b"")
    assert caught.value.operation == "toy.cards.get"


def test_an_empty_compressed_body_is_empty(colour, toy):
    """No bytes at all are no bytes, whatever the header says."""
    client = toy(raw_answer(b"", "gzip"))
    assert colour(client.request("DELETE", "x")) is None
    assert colour(toy(raw_answer(gzipped(b""), "gzip")).request("DELETE", "x")) is None


@pytest.mark.parametrize("content", [CARD, gzipped(CARD)[:12]])
@pytest.mark.parametrize(("status", "error"), [(500, ServerError), (429, RateLimited)])
def test_a_refusal_is_one_even_if_its_body_cannot_be_read(colour, toy, content, status, error):
    """A gateway's odd body does not hide its status."""
    encoding = "br" if content is CARD else "gzip"
    with pytest.raises(error) as caught:
        colour(toy(raw_answer(content, encoding, status), retry=ONCE).cards.get("c1"))
    assert (caught.value.status, caught.value.response.content) == (status, b"")


def test_too_large_bodies_are_refused_while_reading(colour, toy, monkeypatch):
    """Past the limit nothing more is read; at the limit all is well."""
    monkeypatch.setattr(subject, "LARGEST_BODY", 1000)
    monkeypatch.setattr(Body.__init__, "__defaults__", ("", 1000))
    read = []

    class Stream(httpx.SyncByteStream, httpx.AsyncByteStream):
        def __iter__(self):
            for index in range(100):
                read.append(index)
                yield b" " * 300

        async def __aiter__(self):
            for chunk in self:
                yield chunk

    client = toy(lambda _: httpx.Response(200, stream=Stream()), retry=ONCE)
    with pytest.raises(AnswerTooLarge):
        colour(client.cards.get("c1"))
    assert read == [0, 1, 2, 3]
    client = toy(raw_answer(CARD.ljust(1000)))
    assert colour(client.cards.get("c1")).id == "c1"


def test_the_limit_is_64_mebibytes():
    """The limit that is promised is the one that is set."""
    assert subject.LARGEST_BODY == 64 * 1024 * 1024
    assert Body()._most == subject.LARGEST_BODY


def test_a_bomb_is_not_inflated():
    """A small body that would grow past the limit is refused without growing."""
    bomb = gzipped(b"\0" * 50_000_000)
    body = Body("gzip", most=100_000)
    with pytest.raises(AnswerTooLarge, match="0 MiB"):
        body.feed(bomb)
    assert body._size <= 100_000 + LARGEST_PIECE


def test_a_bomb_in_many_members():
    """Members are counted together."""
    body = Body("gzip", most=100_000)
    with pytest.raises(AnswerTooLarge):
        body.feed(gzipped(b"\0" * 60_000) * 2)


@given(st.binary(max_size=500), st.lists(st.integers(1, 60), min_size=1, max_size=5), st.booleans())
def test_chunks_may_fall_anywhere(content, sizes, twice):
    """However a body is cut into chunks, it is the same body."""
    packed = gzipped(content) * (2 if twice else 1)
    chunks, start = [], 0
    while start < len(packed):
        size = sizes[len(chunks) % len(sizes)]
        chunks.append(packed[start : start + size])
        start += size
    assert collect(chunks, "gzip") == content * (2 if twice else 1)
    assert collect([content], "") == content


def outgoing(**more):
    given_ = {
        "method": "GET",
        "base_url": "https://h",
        "target": Secret("/p-PLANTED?q=1"),
        "headers": {"accept": "*/*"},
        "secrets": {"x-key": Secret("k-PLANTED")},
        "content": b"c-PLANTED",
        "show": lambda: ShownRequest("GET", "https://h/%2A%2A%2A?q=***"),
        "target_is_secret": True,
    }
    return Outgoing(**{**given_, **more})


def test_a_request_shows_no_secret():
    """Neither the repr of the request nor that of its bare form has a secret in it."""
    request = outgoing()
    assert "PLANTED" not in repr(request)
    bare = request.bare(None)
    assert "PLANTED" not in repr((bare, bare.url, bare.headers, bare.extensions))


def test_the_bare_request_has_its_secrets_apart():
    """What goes through an httpx client has no secret in its headers; below, they join."""
    request = outgoing()
    bare = request.bare(None)
    assert "x-key" not in bare.headers
    joined = next(request.joining().auth_flow(bare))
    assert joined.headers["x-key"] == "k-PLANTED"
    plain = outgoing(target_is_secret=False, target=Secret("/p?q=1")).bare(None)
    assert str(plain.url) == "https://h/p?q=1"


def test_a_url_with_a_secret_is_sent_and_matched_as_it_is():
    """Only its text is masked: networks of all kinds and tools for tests see the true one."""
    url = outgoing().bare(None).url
    true = httpx.URL("https://h/p-PLANTED?q=1")
    assert (str(url), repr(url)) == (
        "https://h/%2A%2A%2A?q=***", "URL('https://h/%2A%2A%2A?q=***')",
    )  # fmt: skip
    assert (url.raw_path, url.path, url.query) == (true.raw_path, true.path, true.query)
    assert url == true == url == str(true)
    assert {url} == {true}
    assert url != httpx.URL("https://h/%2A%2A%2A?q=***")


def test_the_whole_request():
    """Below httpx's client everything is in its place."""
    whole = outgoing().whole(None)
    assert str(whole.url) == "https://h/p-PLANTED?q=1"
    assert (whole.headers["x-key"], whole.headers["accept"]) == ("k-PLANTED", "*/*")
    assert whole.read() == b"c-PLANTED"
    assert "x-key" not in outgoing(secrets={}).whole(None).headers


def test_patience_is_a_number_that_runs_out():
    """It is the seconds that were left when it was made, and knows how many are left now."""
    patience = Patience.until(time.monotonic() + 10)
    assert 9.9 < patience <= 10
    assert 9.9 < patience.left() <= 10
    assert patience.sent is False
    gone = Patience.until(time.monotonic() - 1)
    assert gone == 0
    assert gone.left() < 0
