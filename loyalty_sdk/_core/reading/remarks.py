"""What an answer says beside its result: how many requests are left, and warnings."""

from __future__ import annotations

from collections.abc import Mapping, Set
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

import attrs

from loyalty_sdk._core.reading.frozen import EMPTY

if TYPE_CHECKING:
    from loyalty_sdk._core.calls import Response


@attrs.frozen(kw_only=True)
class Limits:
    """How many requests the vendor still takes, as the headers of an answer say.

    Attributes:
        allowed: Requests that a period allows.
        remaining: Requests left in this period.
        next_at: When the next request may be made.
        kind: Which allowance is meant, in the vendor's word; said after it was used up.
    """

    allowed: int | None = None
    remaining: int | None = None
    next_at: datetime | None = None
    kind: str | None = None


@attrs.frozen(kw_only=True)
class Notice:
    """A warning beside a result: the call succeeded, and the vendor has something to say of it.

    Attributes:
        name: The vendor's word for it, an open set.
        code: The vendor's number for it, as text.
        description: What it means, in the vendor's words.
        details: Whatever else the vendor says of it.
    """

    name: str | None = None
    code: str | None = None
    description: str | None = None
    details: Mapping[str, Any] = attrs.field(default=EMPTY)


class Remarks(Protocol):
    """Who can read the remarks of an answer: the vendor that gave it.

    Attributes:
        shown_headers: The names of the headers, in lower case, that may be shown.
    """

    shown_headers: ClassVar[Set[str]]

    def limits(self, response: Response) -> Limits | None:
        """How many requests are left; `None` where nothing is said."""
        ...

    def warnings(self, response: Response) -> tuple[Notice, ...]:
        """The warnings beside the result."""
        ...
