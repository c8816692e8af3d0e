from __future__ import annotations

import contextvars
import gc
import os
import signal
import threading
import time
import weakref

import pytest

from loyalty_sdk._core.connections.recall import Recalled
from loyalty_sdk._core.paging.crew import Crew
from loyalty_sdk.errors import ClientClosed

asker = contextvars.ContextVar("asker", default="nobody")


@pytest.fixture(autouse=True)
def _nobody_is_left():
    """Whatever happens, no thread is left behind."""
    before = threading.active_count()
    yield
    assert threading.active_count() == before


def patient(recall):
    """Work that goes on until it is called back."""
    while True:
        recall.rest(10)
        recall.check()


def test_work_is_done_beside_the_caller_in_its_context():
    """Another thread does it, and sees the context variables of who sent it."""
    asker.set("me")
    with Crew(1) as crew:
        errand = crew.start(lambda _: (asker.get(), threading.current_thread().name))
        name, thread = errand.result()
    assert name == "me"
    assert thread.startswith("loyalty_sdk-ahead")


def test_an_error_comes_out_where_the_result_would():
    """It is raised to who asks for the result, and to nobody else."""
    with Crew(2) as crew:
        failing = crew.start(lambda _: 1 / 0)
        fine = crew.start(lambda _: 5)
        assert fine.result() == 5
        with pytest.raises(ZeroDivisionError):
            failing.result()
        crew.start(lambda _: 1 / 0)


def test_no_more_hands_than_there_are():
    """What is beyond the hands waits for one to be free."""
    busy, most, lock, together = 0, 0, threading.Lock(), threading.Barrier(2)

    def work(_):
        nonlocal busy, most
        with lock:
            busy += 1
            most = max(most, busy)
        together.wait(5)
        with lock:
            busy -= 1

    with Crew(2) as crew:
        for errand in [crew.start(work) for _ in range(6)]:
            errand.result()
    assert most == 2


def test_leaving_calls_back_what_is_under_way():
    """Also what waits for a hand; then every thread is gone, and nothing new starts."""
    begun = threading.Event()
    with Crew(1) as crew:
        first = crew.start(lambda recall: (begun.set(), patient(recall)))
        second = crew.start(patient)
        assert begun.wait(5)
    for errand in (first, second):
        with pytest.raises(ClientClosed, match="walk inside it"):
            errand.result()
    with pytest.raises(ClientClosed):
        crew.start(patient)


def test_ctrl_c_while_a_thread_starts_leaves_it_nowhere(monkeypatch):
    """The pool does not know the thread by then; its work is called back, and it is waited for."""
    begun, ended = threading.Event(), threading.Event()
    start = threading.Thread.start

    def interrupted(thread):
        start(thread)
        assert begun.wait(5)
        raise KeyboardInterrupt

    def work(recall):
        begun.set()
        try:
            patient(recall)
        finally:
            time.sleep(0.05)
            ended.set()

    monkeypatch.setattr(threading.Thread, "start", interrupted)
    with pytest.raises(KeyboardInterrupt), Crew(1) as crew:
        crew.start(work)
    assert ended.is_set()


def test_what_was_done_before_leaving_cannot_be_had_after():
    """The rule is simple: outside there is nothing more."""
    with Crew(1) as crew:
        errand = crew.start(lambda _: 5)
        assert errand.result() == 5
    with pytest.raises(ClientClosed):
        errand.result()


def test_who_waits_when_the_crew_is_left_is_told():
    """Another thread that waits for a result gets an error, not silence."""
    told = []

    def wait(errand):
        try:
            errand.result()
        except ClientClosed as error:
            told.append(error)

    with Crew(1) as crew:
        thread = threading.Thread(target=wait, args=(crew.start(patient),))
        thread.start()
        time.sleep(0.02)
    thread.join(5)
    assert len(told) == 1


def test_one_errand_is_called_back_alone():
    """The others go on."""
    with Crew(2) as crew:
        kept, dropped = threading.Event(), threading.Event()

        def work(recall):
            try:
                patient(recall)
            except Recalled:
                dropped.set()
                raise

        unneeded = crew.start(work)
        needed = crew.start(lambda _: kept.wait(5))
        unneeded.cancel()
        assert dropped.wait(5)
        kept.set()
        assert needed.result() is True


def test_an_interrupted_caller_needs_its_errand_no_more():
    """Ctrl-C while waiting for a page ends its request too."""
    dropped = threading.Event()

    def work(recall):
        try:
            threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGINT)).start()
            patient(recall)
        finally:
            dropped.set()

    with Crew(1) as crew:
        with pytest.raises(KeyboardInterrupt):
            crew.start(work).result()
        assert dropped.wait(5)


def test_an_error_inside_leaves_nobody_behind():
    """The crew is left whichever way the `with` ends."""

    def consume():
        with Crew(2) as crew:
            crew.start(patient)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        consume()


def test_what_was_brought_is_not_kept():
    """Results are large: the crew forgets them once they are handed over."""

    class Page:
        pass

    with Crew(1) as crew:
        gc.disable()
        try:
            errand = crew.start(lambda _: Page())
            brought = weakref.ref(errand.result())
            del errand
            crew.start(lambda _: None).result()  # the thread has let go of it then
            assert brought() is None
        finally:
            gc.enable()


def test_the_first_that_is_back():
    """Of several errands one that is done is given, whatever the others take."""
    with Crew(2) as crew:
        slow, quick = crew.start(patient), crew.start(lambda _: 5)
        assert crew.first([slow, quick]) is quick
        assert quick.result() == 5
    with pytest.raises(ClientClosed):
        crew.first([slow])
