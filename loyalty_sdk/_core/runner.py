"""The only place that sends: signs, sends, repeats, renews, checks and reads, in both colours.

The two classes say the same thing twice, once with `await`; everything that decides is in `trip`,
which both share.
"""

from __future__ import annotations

import inspect
import time
from collections.abc import (
    AsyncGenerator,
    Awaitable,
    Callable,
    Generator,
    Mapping,
    Sequence,
)
from contextlib import aclosing, asynccontextmanager, closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from loyalty_sdk._core.calls import Answer, Call, Download, Listing, RowReader, Stream
from loyalty_sdk._core.connections.recall import Recall
from loyalty_sdk._core.credentials import Auth, SecretSource, Token, checked_secret
from loyalty_sdk._core.hiding.frames import emptied
from loyalty_sdk._core.hiding.redact import Secret
from loyalty_sdk._core.options import Options
from loyalty_sdk._core.paging.pager import AsyncPager, Pager
from loyalty_sdk._core.reading.frozen import EMPTY
from loyalty_sdk._core.retry import poll, poll_async, repeat, repeat_async
from loyalty_sdk._core.rows.download import chunks_of, landing
from loyalty_sdk._core.rows.rowstream import AsyncRowStream, RowStream
from loyalty_sdk._core.rows.stream import Arriving, AsyncArriving
from loyalty_sdk._core.session import Session
from loyalty_sdk._core.trip import Trip
from loyalty_sdk.errors import (
    APIError,
    InvalidArgument,
    LoyaltyError,
    MissingCredentials,
    UnreadableAnswer,
)

if TYPE_CHECKING:
    from loyalty_sdk._core.connections.door import Door

C = TypeVar("C")
T = TypeVar("T")
Signature = Mapping[str, Secret]


class Sync:
    """Carries calls, blocking."""

    def __init__(self, session: Session[Door], options: Options) -> None:
        self.session = session
        self.options = options

    def run(self, call: Call[T], operation: str) -> Any:
        """Make a call and give its result."""
        return self.final(call, operation).data

    def final(self, call: Call[T], operation: str) -> Answer[T]:
        """Make a call, again and again where the vendor still works on its result."""
        until = call.until
        if until is None:
            return self.answer(call, operation)
        ask = partial(self.answer, call, operation)
        return until.settled(poll(ask, until.over, until.every, until.at_most), operation)

    def save(self, download: Download, operation: str) -> Path:
        """Make a call whose answer is a file; it appears whole or not at all."""
        with (
            landing(download.to, operation) as file,
            self.stream(chunks_of(download), operation) as chunks,
        ):
            for chunk in chunks:
                file.write(chunk)
        return file.path

    def page(self, listing: Listing[T], operation: str) -> Pager[T]:
        """A pager; nothing is sent yet."""
        return Pager(self.answer, listing, operation, self.session.door.crew)

    def answer(
        self,
        call: Call[T],
        operation: str,
        ends: float | None = None,
        recall: Recall | None = None,
    ) -> Answer[T]:
        """Make a call and give its result with the response; *recall* may end it."""
        trip = Trip(self.session, self.options, call, operation, ends, recall)
        try:
            return repeat(self._attempt, trip, trip.wait, trip.rest)
        except BaseException as error:
            problem = trip.explained(error)
        raise emptied(problem)  # the way through tenacity tells nobody anything

    @contextmanager
    def stream(self, stream: Stream[T], operation: str) -> Generator[RowStream[T]]:
        """Open a long answer; inside, its rows come as they arrive."""
        trip = Trip(self.session, self.options, stream.call, operation)
        try:
            arriving = repeat(self._open, trip, trip.wait)
        except BaseException as error:
            problem = stream.broken(trip.explained(error), 0)
        else:
            read = partial(self._batches, trip, stream, arriving)
            rows = RowStream(stream, read, operation)
            with closing(arriving), closing(rows):
                yield rows
            return
        raise emptied(problem)

    def _batches(
        self, trip: Trip[Any], stream: Stream[Any], arriving: Arriving, reading: RowReader[T]
    ) -> Generator[Sequence[T]]:
        try:
            for piece in arriving.pieces():
                yield from reading.feed(piece)
                if reading.rows:
                    arriving.flow(trip.flowing())
            arriving.close()  # its connection may be the only one that there may be
            yield from reading.end()
        except BaseException as error:
            problem = trip.explained(error)
        else:
            wrong = self._wrong_count(trip, stream, reading.rows)
            if wrong is None:
                return
            problem = wrong
        raise emptied(stream.broken(problem, reading.rows))

    def _wrong_count(self, trip: Trip[Any], stream: Stream[Any], rows: int) -> BaseException | None:
        """What is wrong when not all rows came, or when nobody can tell."""
        if stream.check is None:
            return None
        try:
            wrong = self.answer(stream.check(rows), trip.operation).data
        except LoyaltyError as error:
            return error
        return None if wrong is None else trip.explained(UnreadableAnswer(wrong))

    def _attempt(self, trip: Trip[T]) -> Answer[T]:
        return self._signed(trip, self._send)

    def _open(self, trip: Trip[Any]) -> Arriving:
        return self._signed(trip, self._begin)

    def _signed(self, trip: Trip[Any], send: Callable[[Trip[Any], Signature], C]) -> C:
        """Sign and send; once more with fresh credentials, where stale ones were refused."""
        secrets = self._sign(trip)
        try:
            return send(trip, secrets)
        except APIError as error:
            if not trip.may_resend(error):
                raise
            problem = error
        fresh = self._sign(trip, trip.token)
        if fresh == secrets:
            raise problem
        return send(trip, fresh)

    def _begin(self, trip: Trip[Any], secrets: Signature) -> Arriving:
        patience = trip.begin()
        arriving = self.session.door.open(trip.outgoing(secrets), patience)
        if arriving.has_rows:
            trip.log_answer(arriving.status)
            return arriving
        with closing(arriving):
            trip.answer(arriving.whole())
        raise UnreadableAnswer("$: no rows")

    def _send(self, trip: Trip[T], secrets: Signature) -> Answer[T]:
        patience = trip.begin()
        return trip.answer(self.session.door.exchange(trip.outgoing(secrets), patience))

    def _sign(self, trip: Trip[T], refused: Secret | None = None) -> Signature:
        if not trip.call.signed:
            return EMPTY
        auth = _auth_of(self.session)
        secrets = {name: _resolved(name, source) for name, source in auth.secrets().items()}
        if auth.renews:
            secrets["token"] = trip.token = self._token(auth, secrets, trip, refused)
        signature = auth.headers(secrets)
        trip.hidden += (*secrets.values(), *signature.values())
        return signature

    def _token(
        self, auth: Auth, secrets: Mapping[str, Secret], trip: Trip[T], refused: Secret | None
    ) -> Secret:
        """The current token; one renewal, however many threads ask."""
        slot = self.session.token
        if (token := slot.current(refused)) is not None:
            return token
        with self.session.door.one_renewal(trip.left()):
            if (token := slot.current(refused)) is not None:
                return token
            asked_at = time.monotonic()
            renewal = _renewal(auth, secrets)
            answer = self.answer(renewal, _renewal_of(self.session), trip.ends, trip.recall)
            return slot.put(answer.data, asked_at)


class Async:
    """Carries calls, awaiting each."""

    def __init__(self, session: Session[Any], options: Options) -> None:
        self.session = session
        self.options = options

    async def run(self, call: Call[T], operation: str) -> Any:
        """Make a call and give its result."""
        return (await self.final(call, operation)).data

    async def final(self, call: Call[T], operation: str) -> Answer[T]:
        """Make a call, again and again where the vendor still works on its result."""
        until = call.until
        if until is None:
            return await self.answer(call, operation)
        ask = partial(self.answer, call, operation)
        answer = await poll_async(ask, until.over, until.every, until.at_most)
        return until.settled(answer, operation)

    async def save(self, download: Download, operation: str) -> Path:
        """Make a call whose answer is a file; it appears whole or not at all."""
        with landing(download.to, operation) as file:
            async with self.stream(chunks_of(download), operation) as chunks:
                async for chunk in chunks:
                    file.write(chunk)
        return file.path

    def page(self, listing: Listing[T], operation: str) -> AsyncPager[T]:
        """A pager; nothing is sent yet."""
        return AsyncPager(self.answer, listing, operation, self.session.door.crew)

    async def answer(self, call: Call[T], operation: str, ends: float | None = None) -> Answer[T]:
        """Make a call and give its result with the response."""
        trip = Trip(self.session, self.options, call, operation, ends)
        try:
            return await repeat_async(self._attempt, trip, trip.wait)
        except BaseException as error:
            problem = trip.explained(error)
        raise emptied(problem)  # the way through tenacity tells nobody anything

    @asynccontextmanager
    async def stream(self, stream: Stream[T], operation: str) -> AsyncGenerator[AsyncRowStream[T]]:
        """Open a long answer; inside, its rows come as they arrive."""
        trip = Trip(self.session, self.options, stream.call, operation)
        try:
            arriving = await repeat_async(self._open, trip, trip.wait)
        except BaseException as error:
            problem = stream.broken(trip.explained(error), 0)
        else:
            read = partial(self._batches, trip, stream, arriving)
            rows = AsyncRowStream(stream, read, operation)
            async with aclosing(arriving), aclosing(rows):
                yield rows
            return
        raise emptied(problem)

    async def _batches(
        self, trip: Trip[Any], stream: Stream[Any], arriving: AsyncArriving, reading: RowReader[T]
    ) -> AsyncGenerator[Sequence[T]]:
        try:
            async with aclosing(arriving.pieces()) as pieces:
                async for piece in pieces:
                    for batch in reading.feed(piece):
                        yield batch
                    if reading.rows:
                        arriving.flow(trip.flowing())
            await arriving.aclose()  # its connection may be the only one that there may be
            for batch in reading.end():
                yield batch
        except BaseException as error:
            problem = trip.explained(error)
        else:
            wrong = await self._wrong_count(trip, stream, reading.rows)
            if wrong is None:
                return
            problem = wrong
        raise emptied(stream.broken(problem, reading.rows))

    async def _wrong_count(
        self, trip: Trip[Any], stream: Stream[Any], rows: int
    ) -> BaseException | None:
        """What is wrong when not all rows came, or when nobody can tell."""
        if stream.check is None:
            return None
        try:
            wrong = (await self.answer(stream.check(rows), trip.operation)).data
        except LoyaltyError as error:
            return error
        return None if wrong is None else trip.explained(UnreadableAnswer(wrong))

    async def _attempt(self, trip: Trip[T]) -> Answer[T]:
        return await self._signed(trip, self._send)

    async def _open(self, trip: Trip[Any]) -> AsyncArriving:
        return await self._signed(trip, self._begin)

    async def _signed(
        self, trip: Trip[Any], send: Callable[[Trip[Any], Signature], Awaitable[C]]
    ) -> C:
        """Sign and send; once more with fresh credentials, where stale ones were refused."""
        secrets = await self._sign(trip)
        try:
            return await send(trip, secrets)
        except APIError as error:
            if not trip.may_resend(error):
                raise
            problem = error
        fresh = await self._sign(trip, trip.token)
        if fresh == secrets:
            raise problem
        return await send(trip, fresh)

    async def _begin(self, trip: Trip[Any], secrets: Signature) -> AsyncArriving:
        patience = trip.begin()
        arriving: AsyncArriving = await self.session.door.open(trip.outgoing(secrets), patience)
        if arriving.has_rows:
            trip.log_answer(arriving.status)
            return arriving
        async with aclosing(arriving):
            trip.answer(await arriving.whole())
        raise UnreadableAnswer("$: no rows")

    async def _send(self, trip: Trip[T], secrets: Signature) -> Answer[T]:
        patience = trip.begin()
        return trip.answer(await self.session.door.exchange(trip.outgoing(secrets), patience))

    async def _sign(self, trip: Trip[T], refused: Secret | None = None) -> Signature:
        if not trip.call.signed:
            return EMPTY
        auth = _auth_of(self.session)
        secrets = {
            name: await _resolved_async(name, source) for name, source in auth.secrets().items()
        }
        if auth.renews:
            secrets["token"] = trip.token = await self._token(auth, secrets, trip, refused)
        signature = auth.headers(secrets)
        trip.hidden += (*secrets.values(), *signature.values())
        return signature

    async def _token(
        self, auth: Auth, secrets: Mapping[str, Secret], trip: Trip[T], refused: Secret | None
    ) -> Secret:
        """The current token; one renewal, however many tasks ask."""
        slot = self.session.token
        if (token := slot.current(refused)) is not None:
            return token
        async with self.session.door.one_renewal(trip.left()):
            if (token := slot.current(refused)) is not None:
                return token
            asked_at = time.monotonic()
            renewal = _renewal(auth, secrets)
            answer = await self.answer(renewal, _renewal_of(self.session), trip.ends)
            return slot.put(answer.data, asked_at)


class RawSync(Sync):
    """Carries calls, blocking; gives results with their responses."""

    def run(self, call: Call[T], operation: str) -> Any:
        """Make a call and give its result with the response."""
        return self.final(call, operation)


class RawAsync(Async):
    """Carries calls, awaiting each; gives results with their responses."""

    async def run(self, call: Call[T], operation: str) -> Any:
        """Make a call and give its result with the response."""
        return await self.final(call, operation)


def _auth_of(session: Session[Any]) -> Auth:
    if session.auth is None:
        raise MissingCredentials("this call needs credentials, and the client was made with none")
    return session.auth


def _renewal(auth: Auth, secrets: Mapping[str, Secret]) -> Call[Token]:
    return attrs.evolve(auth.renew(secrets), hidden=tuple(secrets.values()))


def _renewal_of(session: Session[Any]) -> str:
    return f"{session.vendor.name}.token"


def _resolved(name: str, source: SecretSource) -> Secret:
    if isinstance(source, Secret):  # checked when it was given
        return source
    value = source() if callable(source) else source
    if inspect.iscoroutine(value):
        value.close()
        raise InvalidArgument(name, "is a coroutine function, which only an async client can use")
    return checked_secret(name, value)


async def _resolved_async(name: str, source: SecretSource) -> Secret:
    if isinstance(source, Secret):
        return source
    value = source() if callable(source) else source
    return checked_secret(name, await value if inspect.isawaitable(value) else value)
