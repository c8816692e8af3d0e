from __future__ import annotations

import gzip
import itertools
import os
import tracemalloc
import zlib
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty_sdk._core.connections.inflate import LARGEST_PIECE, Inflating
from loyalty_sdk.errors import UnreadableAnswer

gzipped = partial(gzip.compress, mtime=0)  # the same bytes at any time


def bare(data):
    """Deflate without its wrapper, as some servers send it."""
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


FORMS = {
    "gzip": ("gzip", gzip.compress),
    "x-gzip": (" X-GZIP ", gzip.compress),
    "deflate": ("deflate", zlib.compress),
    "bare deflate": ("Deflate", bare),
    "gzip for deflate": ("deflate", gzip.compress),
    "deflate for gzip": ("gzip", zlib.compress),
    "none": ("", bytes),
    "identity": ("identity", bytes),
}


def inflated(encoding, data, *cuts):
    """The pieces of a body that comes in chunks."""
    inflating = Inflating(encoding)
    pieces = []
    for start, end in itertools.pairwise([0, *sorted(cuts), len(data)]):
        pieces += inflating.feed(data[start:end])
    inflating.end()
    return pieces


@pytest.mark.parametrize("form", FORMS)
def test_each_form_in_any_chunks(form):
    """What was packed comes out, one byte at a time too."""
    encoding, pack = FORMS[form]
    plain = b"id,amount\n1,5.00\n" * 99
    data = pack(plain)
    assert b"".join(inflated(encoding, data)) == plain
    assert b"".join(inflated(encoding, data, *range(1, len(data)))) == plain


@given(
    st.binary(max_size=300), st.lists(st.integers(0, 300), max_size=5), st.sampled_from([*FORMS])
)
def test_anything_survives(plain, cuts, form):
    """Any bytes survive, wherever they are cut."""
    encoding, pack = FORMS[form]
    data = pack(plain)
    assert b"".join(inflated(encoding, data, *(min(cut, len(data)) for cut in cuts))) == plain


def test_members_follow_each_other():
    """A gzip body may have several members, cut anywhere."""
    data = gzipped(b"one,") + gzipped(b"") + gzipped(b"two")
    for cut in range(len(data)):
        assert b"".join(inflated("gzip", data, cut)) == b"one,two"


@pytest.mark.parametrize("form", ["gzip", "deflate", "bare deflate"])
def test_a_bomb_comes_in_bounded_pieces(form):
    """No piece is larger than 1 MiB, and only one is held at a time."""
    encoding, pack = FORMS[form]
    data = pack(bytes(32 * LARGEST_PIECE))
    inflating = Inflating(encoding)
    tracemalloc.start()
    try:
        sizes = [len(piece) for piece in inflating.feed(data)]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    inflating.end()
    assert (sum(sizes), max(sizes)) == (32 * LARGEST_PIECE, LARGEST_PIECE)
    assert peak < 4 * LARGEST_PIECE


@pytest.mark.parametrize("form", ["gzip", "deflate", "bare deflate"])
def test_every_cut_is_seen(form):
    """A body that ends before its trailer does is an error, however much of it came."""
    encoding, pack = FORMS[form]
    data = pack(os.urandom(50))
    for size in range(1, len(data)):
        inflating = Inflating(encoding)
        list(inflating.feed(data[:size]))
        with pytest.raises(UnreadableAnswer, match="the compressed body ends too early"):
            inflating.end()


@pytest.mark.parametrize("encoding", ["gzip", "deflate", ""])
def test_a_body_that_never_begins_is_empty(encoding):
    """No bytes are no cut: an empty body needs no trailer."""
    assert b"".join(inflated(encoding, b"")) == b""


@pytest.mark.parametrize(
    ("encoding", "data"),
    [
        ("gzip", b'{"plain": true}'),
        ("gzip", bare(b"bare deflate is no gzip")),
        ("deflate", b"plain"),
        ("gzip", gzipped(b"x" * 99)[:-8] + bytes(8)),
        ("gzip", gzipped(b"x") + b"rubbish"),
    ],
)
def test_what_is_not_compressed_as_it_claims(encoding, data):
    """Other bytes, a wrong checksum or rubbish behind the end are an error."""
    with pytest.raises(UnreadableAnswer, match="not compressed as it claims") as caught:
        inflated(encoding, data)
    assert caught.value.__context__ is None


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "x" * 99])
def test_what_was_not_asked_for(encoding):
    """Other encodings are refused before anything is read, in few words."""
    with pytest.raises(UnreadableAnswer, match="not asked for") as caught:
        Inflating(encoding)
    assert len(str(caught.value)) < 80
