"""The only place that sends: signs, sends, repeats, renews, checks and reads, in both colours.

The two classes say the same thing twice, once with `await`; everything that decides is in `trip`,
which both share.
"""

from __future__ import annotations

import inspect
import time
from collections.abc import Mapping
from typing import Any, TypeVar

import attrs

from loyalty_sdk._core.calls import Answer, Call, Listing
from loyalty_sdk._core.credentials import Auth, SecretSource, Token, checked_secret
from loyalty_sdk._core.door import Door
from loyalty_sdk._core.frozen import EMPTY
from loyalty_sdk._core.options import Options
from loyalty_sdk._core.pager import AsyncPager, Pager
from loyalty_sdk._core.redact import Secret
from loyalty_sdk._core.retry import repeat, repeat_async
from loyalty_sdk._core.session import Session
from loyalty_sdk._core.trip import Trip
from loyalty_sdk.errors import APIError, InvalidArgument, LoyaltyError, MissingCredentials

T = TypeVar("T")


class Sync:
    """Carries calls, blocking."""

    def __init__(self, session: Session[Door], options: Options) -> None:
        self.session = session
        self.options = options

    def run(self, call: Call[T], operation: str) -> Any:
        """Make a call and give its result."""
        return self.answer(call, operation).data

    def page(self, listing: Listing[T], operation: str) -> Pager[T]:
        """A pager; nothing is sent yet."""
        return Pager(self.answer, listing, operation)

    def answer(self, call: Call[T], operation: str, ends: float | None = None) -> Answer[T]:
        """Make a call and give its result with the response."""
        trip = Trip(self.session, self.options, call, operation, ends)
        try:
            return repeat(self._attempt, trip, trip.wait)
        except LoyaltyError as error:
            problem = trip.explained(error)
        raise problem.with_traceback(None)  # the way through tenacity tells nobody anything

    def _attempt(self, trip: Trip[T]) -> Answer[T]:
        secrets = self._sign(trip)
        try:
            return self._send(trip, secrets)
        except APIError as error:
            if not trip.may_resend(error):
                raise
            problem = error
        fresh = self._sign(trip, trip.token)
        if fresh == secrets:
            raise problem
        return self._send(trip, fresh)

    def _send(self, trip: Trip[T], secrets: Mapping[str, Secret]) -> Answer[T]:
        patience = trip.begin()
        return trip.answer(self.session.door.exchange(trip.outgoing(secrets), patience))

    def _sign(self, trip: Trip[T], refused: Secret | None = None) -> Mapping[str, Secret]:
        if not trip.call.signed:
            return EMPTY
        auth = _auth_of(self.session)
        secrets = {name: _resolved(name, source) for name, source in auth.secrets().items()}
        if auth.renews:
            secrets["token"] = trip.token = self._token(auth, secrets, trip, refused)
        trip.hidden = (*trip.call.hidden, *secrets.values())
        return auth.headers(secrets)

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
            renewal = self.answer(_renewal(auth, secrets), _renewal_of(self.session), trip.ends)
            return slot.put(renewal.data, asked_at)


class Async:
    """Carries calls, awaiting each."""

    def __init__(self, session: Session[Any], options: Options) -> None:
        self.session = session
        self.options = options

    async def run(self, call: Call[T], operation: str) -> Any:
        """Make a call and give its result."""
        return (await self.answer(call, operation)).data

    def page(self, listing: Listing[T], operation: str) -> AsyncPager[T]:
        """A pager; nothing is sent yet."""
        return AsyncPager(self.answer, listing, operation)

    async def answer(self, call: Call[T], operation: str, ends: float | None = None) -> Answer[T]:
        """Make a call and give its result with the response."""
        trip = Trip(self.session, self.options, call, operation, ends)
        try:
            return await repeat_async(self._attempt, trip, trip.wait)
        except LoyaltyError as error:
            problem = trip.explained(error)
        raise problem.with_traceback(None)  # the way through tenacity tells nobody anything

    async def _attempt(self, trip: Trip[T]) -> Answer[T]:
        secrets = await self._sign(trip)
        try:
            return await self._send(trip, secrets)
        except APIError as error:
            if not trip.may_resend(error):
                raise
            problem = error
        fresh = await self._sign(trip, trip.token)
        if fresh == secrets:
            raise problem
        return await self._send(trip, fresh)

    async def _send(self, trip: Trip[T], secrets: Mapping[str, Secret]) -> Answer[T]:
        patience = trip.begin()
        return trip.answer(await self.session.door.exchange(trip.outgoing(secrets), patience))

    async def _sign(self, trip: Trip[T], refused: Secret | None = None) -> Mapping[str, Secret]:
        if not trip.call.signed:
            return EMPTY
        auth = _auth_of(self.session)
        secrets = {
            name: await _resolved_async(name, source) for name, source in auth.secrets().items()
        }
        if auth.renews:
            secrets["token"] = trip.token = await self._token(auth, secrets, trip, refused)
        trip.hidden = (*trip.call.hidden, *secrets.values())
        return auth.headers(secrets)

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
            renewal = await self.answer(
                _renewal(auth, secrets), _renewal_of(self.session), trip.ends
            )
            return slot.put(renewal.data, asked_at)


class RawSync(Sync):
    """Carries calls, blocking; gives results with their responses."""

    def run(self, call: Call[T], operation: str) -> Any:
        """Make a call and give its result with the response."""
        return self.answer(call, operation)


class RawAsync(Async):
    """Carries calls, awaiting each; gives results with their responses."""

    async def run(self, call: Call[T], operation: str) -> Any:
        """Make a call and give its result with the response."""
        return await self.answer(call, operation)


def _auth_of(session: Session[Any]) -> Auth:
    if session.auth is None:
        raise MissingCredentials("this call needs credentials, and the client was made with none")
    return session.auth


def _renewal(auth: Auth, secrets: Mapping[str, Secret]) -> Call[Token]:
    return attrs.evolve(auth.renew(secrets), hidden=tuple(secrets.values()))


def _renewal_of(session: Session[Any]) -> str:
    return f"{session.vendor.name}.token"


def _resolved(name: str, source: SecretSource) -> Secret:
    value = source() if callable(source) else source
    if inspect.iscoroutine(value):
        value.close()
        raise InvalidArgument(name, "is a coroutine function, which only an async client can use")
    return checked_secret(name, value)


async def _resolved_async(name: str, source: SecretSource) -> Secret:
    value = source() if callable(source) else source
    return checked_secret(name, await value if inspect.isawaitable(value) else value)
