from __future__ import annotations

import asyncio
import contextvars

import pytest

from loyalty_sdk._core.paging.crew_async import AsyncCrew
from loyalty_sdk.errors import ClientClosed

asker = contextvars.ContextVar("asker", default="nobody")


def alone():
    """Whether no task is left but the one that asks."""
    return asyncio.all_tasks() == {asyncio.current_task()}


def run(scenario):
    """Run a scenario; whatever happens in it, no task is left behind."""

    async def watched():
        await scenario()
        assert alone()

    asyncio.run(watched())


async def patient():
    """Work that goes on until it is called back."""
    await asyncio.sleep(10)


async def value(given):
    return given


async def failing():
    raise ZeroDivisionError


def test_work_is_done_beside_the_caller_in_its_context():
    """Another task does it, and sees the context variables of who sent it."""

    async def who():
        return asker.get(), asyncio.current_task()

    async def scenario():
        asker.set("me")
        async with AsyncCrew(1) as crew:
            name, task = await crew.start(who).result()
        assert name == "me"
        assert task is not asyncio.current_task()

    run(scenario)


def test_an_error_comes_out_where_the_result_would():
    """It is raised to who asks for the result; of one that nobody asks for, nobody complains."""

    async def scenario():
        complaints = []
        asyncio.get_running_loop().set_exception_handler(lambda _, told: complaints.append(told))
        async with AsyncCrew(2) as crew:
            errand = crew.start(failing)
            crew.start(failing)
            assert await crew.start(lambda: value(5)).result() == 5
            with pytest.raises(ZeroDivisionError):
                await errand.result()
        assert complaints == []

    run(scenario)


def test_no_more_hands_than_there_are():
    """What is beyond the hands waits for one to be free."""
    busy, most = 0, 0

    async def work():
        nonlocal busy, most
        busy += 1
        most = max(most, busy)
        await asyncio.sleep(0.001)
        busy -= 1

    async def scenario():
        async with AsyncCrew(2) as crew:
            for errand in [crew.start(work) for _ in range(6)]:
                await errand.result()

    run(scenario)
    assert most == 2


def test_leaving_calls_back_what_is_under_way():
    """Also what has not begun; then every task is gone, and nothing new starts."""

    async def scenario():
        async with AsyncCrew(1) as crew:
            errands = [crew.start(patient) for _ in range(3)]
            await asyncio.sleep(0)
            errands.append(crew.start(patient))
        assert alone()
        for errand in errands:
            with pytest.raises(ClientClosed, match="walk inside it"):
                await errand.result()
        with pytest.raises(ClientClosed):
            crew.start(patient)

    run(scenario)


def test_what_was_done_before_leaving_cannot_be_had_after():
    """The rule is simple: outside there is nothing more."""

    async def scenario():
        async with AsyncCrew(1) as crew:
            errand = crew.start(lambda: value(5))
            assert await errand.result() == 5
        with pytest.raises(ClientClosed):
            await errand.result()

    run(scenario)


def test_who_waits_when_the_crew_is_left_is_told():
    """Another task that waits for a result gets an error; it was not cancelled itself."""

    async def scenario():
        async with AsyncCrew(1) as crew:
            waiting = asyncio.create_task(crew.start(patient).result())
            await asyncio.sleep(0.01)
        with pytest.raises(ClientClosed):
            await waiting

    run(scenario)


def test_one_errand_is_called_back_alone():
    """The others go on."""

    async def scenario():
        async with AsyncCrew(2) as crew:
            unneeded, needed = crew.start(patient), crew.start(lambda: value(5))
            unneeded.cancel()
            assert await needed.result() == 5

    run(scenario)


def test_a_cancelled_caller_needs_its_errand_no_more():
    """A time-out around the waiting ends the request too."""

    async def scenario():
        async with AsyncCrew(1) as crew:
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.01):
                    await crew.start(patient).result()
            await asyncio.sleep(0.01)
            assert alone()

    run(scenario)


def test_an_error_inside_leaves_nobody_behind():
    """The crew is left whichever way the `async with` ends."""

    async def consume():
        async with AsyncCrew(2) as crew:
            crew.start(patient)
            raise ZeroDivisionError

    async def scenario():
        with pytest.raises(ZeroDivisionError):
            await consume()

    run(scenario)


def test_the_first_that_is_back():
    """Of several errands one that is done is given, whatever the others take."""

    async def scenario():
        async with AsyncCrew(2) as crew:
            slow, quick = crew.start(patient), crew.start(lambda: value(5))
            assert await crew.first([slow, quick]) is quick
            assert await quick.result() == 5
        with pytest.raises(ClientClosed):
            await crew.first([slow])

    run(scenario)
