"""Files: whole at their place, or not there at all; over real sockets, in both colours."""

from __future__ import annotations

import errno
import inspect

import pytest

from loyalty_sdk._core.calls import Call, Download
from loyalty_sdk._core.endpoint import Resource, download
from loyalty_sdk._core.rows.download import landing
from loyalty_sdk.errors import ConnectionLost, NotFound, NotSaved, UnreadableAnswer

from ..servers import Server

BODY = b"id,points\n" + b"".join(b"%d,5\n" % number for number in range(5_000))


class Statements(Resource):
    """Files of the toy."""

    @download
    def fetch(self, to: str) -> Download:
        """The whole statement."""

        def no_file(response):
            raise UnreadableAnswer("$: no statement")

        call = Call(method="GET", path=("file",), read=no_file, repeatable=True)
        return Download(call=call, to=to)


def fetch(client, to):
    return Statements(client._runner).fetch(to)


def sending(*parts):
    def script(connection):
        connection.request()
        for part in parts:
            connection.send(part)

    return script


def whole(body, status="200 OK", promised=None):
    length = len(body) if promised is None else promised
    head = f"HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n"
    return head.encode() + body


def test_a_file_arrives_whole(toy, colour, tmp_path):
    """The path of the file comes back, the body is in it, and nothing lies beside it."""
    place = tmp_path / "statement.csv"
    place.write_bytes(b"an older one")
    with Server(sending(whole(BODY))) as server:
        given = colour(fetch(toy(base_url=server.url), str(place)))
    assert given == place
    assert place.read_bytes() == BODY
    assert list(tmp_path.iterdir()) == [place]


def test_a_broken_download_leaves_what_was_there(toy, colour, tmp_path):
    """A body that breaks off is an error, and the older file is untouched."""
    place = tmp_path / "statement.csv"
    place.write_bytes(b"an older one")
    cut = whole(BODY, promised=len(BODY) + 1)
    with Server(sending(cut)) as server, pytest.raises(ConnectionLost) as caught:
        colour(fetch(toy(base_url=server.url), place))
    assert caught.value.operation == "toy.statements.fetch"
    assert place.read_bytes() == b"an older one"
    assert list(tmp_path.iterdir()) == [place]


def test_a_refusal_is_no_file(toy, colour, tmp_path):
    """An answer that says no raises as for any call, and so does one that is JSON."""
    with Server(sending(whole(b"{}", "404 Not Found"))) as server, pytest.raises(NotFound):
        colour(fetch(toy(base_url=server.url), tmp_path / "statement.csv"))
    with Server(sending(whole(b'{"id": 1}'))) as server, pytest.raises(UnreadableAnswer):
        colour(fetch(toy(base_url=server.url), tmp_path / "statement.csv"))
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_found_before_anything_is_sent(toy, colour, tmp_path):
    """A folder that does not exist is named, by an error of the SDK; no request is made."""
    with pytest.raises(NotSaved, match=r"statement\.csv cannot be written: No such file") as caught:
        colour(fetch(toy(base_url="http://127.0.0.1:9"), tmp_path / "none" / "statement.csv"))
    assert caught.value.operation == "toy.statements.fetch"
    assert isinstance(caught.value, OSError)


def test_a_full_disk_is_an_error_of_the_sdk(tmp_path):
    """A write that fails raises NotSaved and leaves nothing behind."""

    class Full:
        def write(self, chunk):
            raise OSError(errno.ENOSPC, "No space left on device")

        def close(self):
            raise OSError(errno.ENOSPC, "No space left on device")

    def write():
        with landing(tmp_path / "statement.csv", "toy.statements.fetch") as file:
            file._file.close()
            file._file = Full()
            file.write(b"1")

    with pytest.raises(NotSaved, match="No space left on device"):
        write()
    assert list(tmp_path.iterdir()) == []


def test_help_says_that_a_path_comes_back(toy):
    """The signature of a download ends in its path."""
    bound = Statements(toy()._runner).fetch
    assert str(inspect.signature(bound)) == "(to: str) -> Path"
    assert inspect.signature(Statements.fetch).return_annotation == "Download"
