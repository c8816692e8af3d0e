"""What the server received, kept so that a test can prove how often something was sent."""

from __future__ import annotations

from collections import Counter, deque
from threading import Lock

import attrs

from .wire import Headers, Request, Response

KEPT = 10_000


@attrs.frozen(kw_only=True)
class Received:
    """One request that the sandbox received.

    Attributes:
        vendor: The vendor's name, or an empty string when the path names none.
        operation: The call, such as "spaaza.get-vouchers", or "spaaza.unknown".
        method: The verb.
        target: The raw path and query as sent, the vendor's prefix included.
        headers: The headers, looked up without regard to case.
        status: The HTTP status that the vendor has answered, whatever a fault has made of it. Where
            the vendor never got the request, the one that was answered in its place, or 0.
        processed: Whether the vendor got the request; if not, a fault was there before.
    """

    vendor: str
    operation: str
    method: str
    target: str
    headers: Headers = attrs.field(repr=False)
    status: int
    processed: bool = True


class Record:
    """The last ten thousand requests, and a count of all of them. Thread-safe."""

    def __init__(self) -> None:
        """Start empty."""
        self._lock = Lock()
        self._received: deque[Received] = deque(maxlen=KEPT)
        self._counts: Counter[tuple[str, str, str, int, bool]] = Counter()

    def add(self, vendor: str, request: Request, response: Response) -> None:
        """Write down a request and how it was answered."""
        operation = f"{vendor}.{response.operation}" if vendor else response.operation
        self._add(
            Received(
                vendor=vendor,
                operation=operation,
                method=request.method,
                target=request.target,
                headers=request.headers,
                status=response.status,
            )
        )

    def add_refused(self, vendor: str, operation: str, request: Request, status: int) -> None:
        """Write down a request that the vendor never gets; where nothing is answered, status 0."""
        self._add(
            Received(
                vendor=vendor,
                operation=operation,
                method=request.method,
                target=request.target,
                headers=request.headers,
                status=status,
                processed=False,
            )
        )

    def _add(self, received: Received) -> None:
        key = (
            received.vendor,
            received.operation,
            received.method,
            received.status,
            received.processed,
        )
        with self._lock:
            self._received.append(received)
            self._counts[key] += 1

    def requests(self) -> tuple[Received, ...]:
        """The kept requests, oldest first."""
        with self._lock:
            return tuple(self._received)

    def count(
        self,
        operation: str | None = None,
        *,
        vendor: str | None = None,
        method: str | None = None,
        status: int | None = None,
        processed: bool | None = True,
    ) -> int:
        """How many requests were received, of those that fit everything given."""
        wanted = (vendor, operation, method, status, processed)
        with self._lock:
            return sum(
                count
                for key, count in self._counts.items()
                if all(want is None or want == have for want, have in zip(wanted, key, strict=True))
            )

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._received.clear()
            self._counts.clear()
