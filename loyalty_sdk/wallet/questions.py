"""What a wallet can be asked: written once, answered in two colours, collected or as it comes.

A question is a method that describes a `Quest`: whom to ask what, and which rows are wanted. What
`wallet.rewards` is depends on who carries the wallet's quests, as with the calls of a client:

| carried by | `@question` of `Quest[T]` gives |
|---|---|
| `Collecting` | `Found[T]` |
| `AsyncCollecting` | a coroutine of `Found[T]` |
| `Streaming` | a context manager of an iterator of `Batch[T]` |
| `AsyncStreaming` | the same, async |
"""

from __future__ import annotations

import functools
import importlib
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from datetime import datetime, timedelta, timezone
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, TypeVar, overload

import attrs

from loyalty_sdk._core.given.arguments import aware
from loyalty_sdk._core.signatures import Seen
from loyalty_sdk.errors import InvalidArgument
from loyalty_sdk.wallet.found import Batch, Found, Time, by_time
from loyalty_sdk.wallet.models import Activity, Member, Reward, VendorName
from loyalty_sdk.wallet.steps import About, Steps

if TYPE_CHECKING:
    from loyalty_sdk.wallet.gather import Collecting, Streaming
    from loyalty_sdk.wallet.gather_async import AsyncCollecting, AsyncStreaming

P = ParamSpec("P")
T = TypeVar("T", bound="Reward | Activity")
C_co = TypeVar(
    "C_co", bound="Collecting | Streaming | AsyncCollecting | AsyncStreaming", covariant=True
)

LONGEST_WITHIN = timedelta(days=36500)


@attrs.frozen(kw_only=True, eq=False)
class Quest(Generic[T]):
    """What is asked, of whom, and which of it is wanted.

    Attributes:
        steps: By vendor, what its client is asked.
        wanted: Whether a row is.
        time: The time that rows are ordered by.
        newest_first: Whether they begin with the latest.
    """

    steps: Mapping[VendorName, Callable[[Any], Steps[T]]]
    wanted: Callable[[T], bool]
    time: Time[T]
    newest_first: bool

    def found(self, batches: list[Batch[T]]) -> Found[T]:
        """All batches as one."""
        items = [item for batch in batches for item in batch.items]
        return Found(
            items=by_time(items, self.time, self.newest_first),
            asked=tuple(self.steps),
            errors=MappingProxyType(
                {each.vendor: each.error for each in batches if each.error is not None}
            ),
            more=frozenset(batch.vendor for batch in batches if batch.more),
        )


class question(Generic[P, T]):  # noqa: N801  # a decorator
    """Make a method that describes a quest into one that asks."""

    def __init__(self, build: Callable[Concatenate[Any, P], Quest[T]]) -> None:
        self._build = build
        self.__doc__ = build.__doc__

    @overload
    def __get__(self, instance: None, owner: type) -> Callable[Concatenate[Any, P], Quest[T]]: ...
    @overload
    def __get__(self, instance: Questions[Collecting], owner: type) -> Callable[P, Found[T]]: ...
    @overload
    def __get__(
        self, instance: Questions[Streaming], owner: type
    ) -> Callable[P, AbstractContextManager[Iterator[Batch[T]]]]: ...
    @overload
    def __get__(
        self, instance: Questions[AsyncCollecting], owner: type
    ) -> Callable[P, Coroutine[None, None, Found[T]]]: ...
    @overload
    def __get__(
        self, instance: Questions[AsyncStreaming], owner: type
    ) -> Callable[P, AbstractAsyncContextManager[AsyncIterator[Batch[T]]]]: ...
    def __get__(self, instance: Questions[Any] | None, owner: type) -> Any:
        if instance is None:
            return self._build

        carrier = instance._carrier

        @functools.wraps(self._build)
        def asked(*args: P.args, **kwargs: P.kwargs) -> Any:
            return carrier.ask(self._build(instance, *args, **kwargs))

        bound: Any = asked
        bound.__signature__ = Seen(self._build, _answer(carrier.gives))
        return bound


def _answer(gives: str) -> Callable[[str], str]:
    return lambda written: gives.format(written.removeprefix("Quest[").removesuffix("]"))


class Questions(Generic[C_co]):
    """What a wallet can be asked."""

    def __init__(self, carrier: C_co) -> None:
        self._carrier = carrier

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {', '.join(self._carrier.party.clients) or 'no vendor'}>"

    @question
    def rewards(self, member: Member) -> Quest[Reward]:
        """What a member holds, newest first by the time it was issued.

        Args:
            member: Whom to ask for. Vendors that do not know them are not asked.
        """
        return Quest(
            steps=self._steps("rewards", member),
            wanted=lambda _: True,
            time=lambda reward: reward.issued,
            newest_first=True,
        )

    @question
    def activity(self, member: Member, *, since: datetime | None = None) -> Quest[Activity]:
        """What happened, newest first.

        Args:
            member: Whom to ask for. Vendors that do not know them are not asked.
            since: Leave out what is known to have happened before; aware. What has no time stays.

        Raises:
            InvalidArgument: Before anything is sent: `since` has no time zone.
        """
        start = None if since is None else aware("since", since)
        return Quest(
            steps=self._steps("activity", member, start),
            wanted=lambda it: start is None or it.when is None or it.when >= start,
            time=lambda activity: activity.when,
            newest_first=True,
        )

    @question
    def expiring(self, member: Member, *, within: timedelta) -> Quest[Reward]:
        """What a member holds that will expire, the soonest first; used and expired is left out.

        Args:
            member: Whom to ask for. Vendors that do not know them are not asked.
            within: How long from now on; above 0, up to 36500 days.

        Raises:
            InvalidArgument: Before anything is sent: `within` is out of bounds.
        """
        if not isinstance(within, timedelta) or not timedelta() < within <= LONGEST_WITHIN:
            raise InvalidArgument("within", "must be a timedelta above 0, up to 36500 days")
        now = datetime.now(timezone.utc)
        return Quest(
            steps=self._steps("rewards", member),
            wanted=lambda reward: (
                reward.status not in ("used", "expired")
                and reward.expires is not None
                and now < reward.expires <= now + within
            ),
            time=lambda reward: reward.expires,
            newest_first=False,
        )

    def _steps(
        self, name: str, member: Member, since: datetime | None = None
    ) -> Mapping[VendorName, Callable[[Any], Steps[Any]]]:
        """What each vendor is asked that has a client here and knows the member.

        A vendor's file is loaded with its first question: two vendors do not cost what four do.
        """
        if not isinstance(member, Member):
            raise InvalidArgument("member", "must be a Member")
        party = self._carrier.party
        about = About(member, since, party.cardlytics_place)
        steps: dict[VendorName, Callable[[Any], Steps[Any]]] = {}
        for vendor in member.known_to:
            if vendor in party.clients:
                asked = importlib.import_module(f"loyalty_sdk.wallet.{vendor}")
                steps[vendor] = functools.partial(getattr(asked, name), about=about)
        return steps
