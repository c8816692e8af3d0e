"""What a vendor is asked, step by step, in neither colour.

A vendor's steps are a generator. It yields what its client gives: the blocking client the answer
itself, the async one what must be awaited for it. Both times the answer comes back into the
generator. Where it yields `Rows`, these go out to the caller::

    def rewards(es: ESLoyalty, about: About) -> Steps[Reward]:
        session: Session = yield es.sessions.start(about.member.es_identifier)
        issuances = yield es.issuances.list(session.correlation_id)
        yield Rows(issuances, REWARD.reward)

The client is annotated as the blocking one; the async one has the same calls.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from datetime import datetime
from typing import Any, Generic, TypeAlias, TypeVar

import attrs

from loyalty_sdk._core.paging.pager import AsyncPager, Pager
from loyalty_sdk.errors import LoyaltyError
from loyalty_sdk.wallet.models import Member

T = TypeVar("T")


@attrs.frozen
class About:
    """What a question is about.

    Attributes:
        member: Whom.
        since: From when on; `None` for always.
        place: Where Cardlytics' customers are served.
    """

    member: Member
    since: datetime | None
    place: Mapping[str, Any]


@attrs.frozen
class Rows(Generic[T]):
    """Rows to hand out.

    Attributes:
        found: A pager of the client's, whose pages are walked, or a sequence that came at once.
        mapped: Makes a row of a vendor's object.
        may_be_cut: Whether the vendor gave as many as it gives at the most.
        end: Errors by which the vendor says that it gives no more of what there is.
    """

    found: Pager[Any] | AsyncPager[Any] | Sequence[Any]
    mapped: Callable[[Any], T]
    may_be_cut: bool = False
    end: tuple[type[LoyaltyError], ...] = ()

    def of(self, objects: Any) -> Mapped[T]:
        """Some of the vendor's objects as rows."""
        return Mapped(tuple(map(self.mapped, objects)), self.may_be_cut)


@attrs.frozen
class Mapped(Generic[T]):
    """Rows as they are handed out.

    Attributes:
        items: The rows.
        may_be_cut: Whether the vendor gave as many as it gives at the most.
    """

    items: tuple[T, ...]
    may_be_cut: bool


Steps: TypeAlias = Generator["Any | Rows[T]", Any, None]
