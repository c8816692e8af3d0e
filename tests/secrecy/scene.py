"""A client with markers in it, a vendor that repeats what it is told, and all that can be seen."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

from _core.servers import Connection, Server
from conftest import Colour

from loyalty_sdk import Retry
from loyalty_sdk.errors import ConnectionLost, TimedOut
from loyalty_sdk.testing import no_backoff

from .faults import GOOD, Fault
from .finder import Finder
from .kinds import SOURCES, Kind, clients_of
from .markers import Markers
from .operations import Operation

ASKING_FOR_TOKENS = (b"POST /token ", b"POST /v2/session/startSession ")


class Scene:
    """What a test works with.

    Attributes:
        markers: The secrets that were planted.
        finder: Finds them.
        server: The vendor, which is also the token URL.
        elsewhere: Another host, which must never be asked.
        records: Every log record of any logger since the scene began.
        fault: What happens to calls.
        token_fault: What happens to renewals.
    """

    def __init__(
        self, colour: Colour, records: list[logging.LogRecord], server: Server, elsewhere: Server
    ) -> None:
        self.colour = colour
        self.records = records
        self.server = server
        self.elsewhere = elsewhere
        self.markers = Markers()
        self.finder = Finder(self.markers)
        self.fault = self.token_fault = GOOD
        server.script = self._serve

    def client(self, kind: Kind, source: str = "text", **options: Any) -> Any:
        """A client with a marker in each secret of its kind, and in a header of the caller's."""
        impatient = TimedOut in (self.fault.outcome, self.token_fault.outcome)
        give = SOURCES[source]
        secrets = {name: give(self.markers.secret(name)) for name in kind.secrets}
        made = kind.make(secrets, {"token_url": f"{self.server.url}/token"})
        usual = {
            "base_url": self.server.url,
            "headers": {"X-Gateway-Key": self.markers.secret("gateway key")},
            "retry": Retry(attempts=1 if impatient else 2, initial_wait=0, max_wait=1),
            "timeout": 0.3 if impatient else 5,
        }
        blocking, asynchronous = clients_of(kind.vendor)
        client = self.colour.pick(blocking, asynchronous)
        return self.colour.keep(client(**{**usual, **made, **options}))

    def outcome(self, call: Callable[[], Any]) -> Any:
        """What a call comes to: its result, or the error that it raises."""
        try:
            with no_backoff():
                return self.colour(call())
        except BaseException as error:
            return error

    def call(self, client: Any, operation: Operation, arguments: Mapping[str, Any]) -> Any:
        """What a vendor's call comes to, all its items or rows read."""

        def begun() -> Any:
            return getattr(getattr(client, operation.noun), operation.verb)(**arguments)

        if operation.carrying == "listing":
            return self.outcome(lambda: self._each(begun()))
        if operation.carrying == "stream":
            return self.outcome(lambda: self._rows(begun()))
        return self.outcome(begun)

    def _each(self, items: Any) -> Any:
        async def listed() -> list[Any]:
            return [item async for item in items]

        return listed() if self.colour.is_async else list(items)

    def _rows(self, opened: Any) -> Any:
        async def listed() -> list[Any]:
            async with opened as rows:
                return [row async for row in rows]

        if self.colour.is_async:
            return listed()
        with opened as rows:
            return list(rows)

    def answer(self, content: bytes) -> None:
        """From now on the vendor gives this good answer, which repeats nothing."""
        self.fault = Fault("an answer", None, lambda _: lambda to, _: to.answer(content))

    def check(self, outcome: object = None, **others: object) -> None:
        """Nothing that can be seen has a marker in it, and nobody else was asked."""
        found = list(self.finder.in_records(self.records))
        if isinstance(outcome, BaseException):
            found += self.finder.in_error(outcome)
        else:
            found += self.finder.kept("result", outcome)
        for name, value in others.items():
            found += self.finder.kept(name, value)
        assert not found, "\n".join(found[:5])
        assert self.elsewhere.requests == []
        assert self.records or not self.server.requests, "nobody was listening"

    def sent(self, name: str) -> bool:
        """Whether a secret reached the vendor: what was not sent cannot have leaked."""
        return any(
            found.startswith(f"{name} in ")
            for request in self.server.requests
            for found in self.finder.in_text("request", request)
        )

    def _serve(self, connection: Connection) -> None:
        while request := connection.request():
            asks_for_token = request.startswith(ASKING_FOR_TOKENS)
            if asks_for_token and self.token_fault is GOOD:
                connection.answer(self._token())
            else:
                fault = self.token_fault if asks_for_token else self.fault
                fault.play(self.elsewhere.url)(connection, request)
                if fault.outcome in (ConnectionLost, TimedOut):  # broken off in the middle
                    return

    def _token(self) -> bytes:
        token = self.markers.plain("access token")
        keys = f'"access_token": "{token}", "sessionToken": "{token}"'
        return f'{{{keys}, "expires_in": 3600}}'.encode()
