"""What is asked for beside a blocking caller: a few threads, all of them gone when it leaves."""

from __future__ import annotations

from collections.abc import Callable, Collection
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextvars import copy_context
from threading import Thread, current_thread
from typing import Generic, Self, TypeVar

from loyalty_sdk._core.connections.recall import Recall, Recalled
from loyalty_sdk.errors import ClientClosed

T = TypeVar("T")


class Inside:
    """The inside of a `with`, until it is left."""

    _left = False

    def leave(self) -> None:
        """The `with` is over."""
        self._left = True

    def check(self) -> None:
        """Go on, unless left.

        Raises:
            ClientClosed: The `with` is over.
        """
        if self._left:
            raise over()


def over() -> ClientClosed:
    """The error of who goes on when the `with` is over."""
    return ClientClosed("the `with` is over: walk inside it, or go on from the cursor without")


class ThreadErrand(Generic[T]):
    """Something that a crew was sent for."""

    def __init__(self, inside: Inside, future: Future[T], recall: Recall) -> None:
        self._inside = inside
        self.future = future
        self._recall = recall

    def result(self) -> T:
        """What it brings, once it is there; or the error that it ended with.

        Raises:
            ClientClosed: The crew was left.
        """
        self._inside.check()
        try:
            return self.future.result()
        except Recalled:
            pass
        finally:
            self._recall()  # who does not wait any more, an interrupted caller, needs it no more
        raise over()

    def cancel(self) -> None:
        """Call it back; nobody needs it any more."""
        self._recall()


class Crew(Inside):
    """Does things beside the caller, in its context, until it is left.

    Args:
        hands: How many things it does at once; what is beyond that waits.
    """

    def __init__(self, hands: int) -> None:
        # The pool knows neither a thread nor its work yet when Ctrl-C meets it while it starts one,
        # so both are kept here as well.
        self._threads = threads = list[Thread]()
        self._pool = ThreadPoolExecutor(
            hands, "loyalty_sdk-ahead", initializer=lambda: threads.append(current_thread())
        )
        self._under_way: set[Recall] = set()

    def start(self, work: Callable[[Recall], T]) -> ThreadErrand[T]:
        """Send for something; *work* is given what it may be called back by.

        Raises:
            ClientClosed: The crew was left.
        """
        self.check()
        recall = Recall()
        self._under_way.add(recall)
        future = self._pool.submit(copy_context().run, self._at_work, work, recall)
        return ThreadErrand(self, future, recall)

    def _at_work(self, work: Callable[[Recall], T], recall: Recall) -> T:
        try:
            recall.check()
            return work(recall)
        finally:
            self._under_way.discard(recall)

    def first(self, errands: Collection[ThreadErrand[T]]) -> ThreadErrand[T]:
        """One of several that is back, as soon as there is one.

        Raises:
            ClientClosed: The crew was left.
        """
        self.check()
        done, _ = wait([errand.future for errand in errands], return_when=FIRST_COMPLETED)
        return next(errand for errand in errands if errand.future in done)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.leave()
        for recall in tuple(self._under_way):
            recall()
        self._pool.shutdown()
        for thread in self._threads:
            thread.join()
