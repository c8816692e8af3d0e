"""Many threads, or many tasks, on one client: what it must not mix up, and what must not grow."""

from __future__ import annotations

import asyncio
import gc
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import attrs
from conftest import Colour

from loyalty_sdk import LoyaltyError, Response, Retry
from loyalty_sdk.auth import ClientCredentials
from loyalty_sdk.sandbox.members import well_known_members

from .setting import client_of, in_colour
from .sockets import open_files, peak_memory
from .watching import QUESTION, watched

MEMBERS = well_known_members(7)
PEOPLE = (MEMBERS.everyday, MEMBERS.heavy, MEMBERS.empty, MEMBERS.awkward)
THREADS, TASKS = 64, 512
CONNECTIONS = 20
_WARM_UP = 0.2
_MOST_GROWTH = 16.0
_PATIENT: dict[str, Any] = {
    "deadline": None,
    "timeout": 60,
    "retry": Retry(initial_wait=0.01),
    "max_connections": CONNECTIONS,
}

Ask = Callable[[Any, int], tuple[Any, Callable[[Any], bool]]]
"""Given a client and a number, a call, and what says whether its answer is right."""


def _es_loyalty(_: Any) -> Ask:
    def ask(client: Any, number: int) -> Any:
        person = PEOPLE[number % len(PEOPLE)]
        kind, name = person.es_loyalty_identifier_type, person.es_loyalty_identifier
        call = client.raw.sessions.start(name, identifier_type=kind, correlation_id=f"c-{number}")

        def right(session: Any) -> bool:
            account = session.account_id == person.es_loyalty_account_id
            return account and session.correlation_id.reveal() == f"c-{number}"

        return call, right

    return ask


def _voucherify(server: Any) -> Ask:
    holders = server.holders(100)

    def ask(client: Any, number: int) -> Any:
        holder = holders[number % len(holders)]
        pager = client.customers.list_redeemables(holder, limit=1)
        return pager, lambda items: [item.customer_id for item in items] == [holder]

    return ask


def _cardlytics(_: Any) -> Ask:
    def ask(client: Any, number: int) -> Any:
        person = PEOPLE[number % len(PEOPLE)]
        call = client.raw.tokens.get(person.cardlytics_source_customer_id)
        return call, lambda token: len(token.reveal()) == 36

    return ask


def _spaaza(server: Any) -> Ask:
    vouchers = server.vouchers(100)

    def ask(client: Any, number: int) -> Any:
        wanted = vouchers[number % len(vouchers)]
        chain = MEMBERS.everyday.spaaza_chain_id
        pager = client.vouchers.list(chain, voucher_id=wanted, show_all_statuses=True)
        return pager, lambda items: [item.voucher_id for item in items] == [str(wanted)]

    return ask


ASKING: dict[str, Callable[[Any], Ask]] = {
    "voucherify": _voucherify,
    "es_loyalty": _es_loyalty,
    "cardlytics": _cardlytics,
    "spaaza": _spaaza,
}
OTHERS = tuple(vendor for vendor in ASKING if vendor != "voucherify")
RENEWING = ("es_loyalty", "voucherify")


@attrs.frozen(kw_only=True)
class Asked:
    """What came of many questions.

    Attributes:
        client: The client.
        at_once: How many threads, or tasks, asked.
        requests: How many questions.
        wrong_answers: How many got an answer to another question.
        errors: The errors.
        expiries: How often the tokens were ended.
        renewals: How many tokens were asked for, as the server counts.
        renewing_at_once: How many of these at the same time, at the most.
        stale: How many questions that began after a new token was known came with an old one.
        connections: How many connections were open at the same time, as the server counts.
        open_files: How many files and sockets were open after the warm-up, and at the end.
        peak_MiB: What the process held after the warm-up, and at the end, at the most.
        seconds: How long it took.
    """

    client: str
    at_once: str
    requests: int
    wrong_answers: int
    errors: Counter[str]
    expiries: int
    renewals: int
    renewing_at_once: int
    stale: int
    connections: int
    open_files: tuple[int, int]
    peak_MiB: tuple[float, float]  # noqa: N815  # a unit
    seconds: float

    @property
    def right(self) -> bool:
        """Whether nothing was mixed up, and nothing grew."""
        mixed_up = self.wrong_answers or self.errors or self.stale or self.renewing_at_once > 1
        renewed = self.renewals == (self.expiries + 1 if self.expiries else 0)
        grown = self.open_files[1] - self.open_files[0] > CONNECTIONS or (
            self.peak_MiB[1] - self.peak_MiB[0] > _MOST_GROWTH
        )
        return not mixed_up and renewed and not grown and self.connections <= CONNECTIONS


def ask_many(
    vendor: str, colour: str, count: int, *, at_once: int | None = None, expiries: int = 5
) -> Asked:
    """Ask a vendor many things through one client.

    Args:
        vendor: Its name.
        colour: The colour of the client: `blocking` is asked by threads, `async` by tasks.
        count: How many questions.
        at_once: How many threads or tasks.
        expiries: How often the tokens end meanwhile, where there are tokens.
    """
    measured: list[tuple[int, float]] = []

    def measure() -> None:
        gc.collect()
        measured.append((open_files(), peak_memory()))

    with watched() as server, in_colour(colour) as made:
        ask = ASKING[vendor](server)
        expiries = expiries if vendor in RENEWING else 0
        at = {count * (nth + 1) // (expiries + 1): server.expire_tokens for nth in range(expiries)}
        questions = _Questions(count, {**at, int(count * _WARM_UP) + 1: measure})
        client = client_of(vendor, made, **_arguments(server, vendor), **_PATIENT)
        number = at_once or made.pick(THREADS, TASKS)
        began = time.monotonic()
        _ask_all(client, ask, questions, number, made)
        seconds = time.monotonic() - began
        measure()
        figures = server.figures()
    (files_before, memory_before), (files, memory) = measured
    return Asked(
        client=vendor,
        at_once=f"{number} {made.pick('threads', 'tasks')}",
        requests=len(questions.began),
        wrong_answers=questions.wrong,
        errors=questions.errors,
        expiries=expiries,
        renewals=figures.renewals,
        renewing_at_once=figures.renewals_at_once,
        stale=stale(questions.began, questions.ended, figures.tokens),
        connections=figures.open_at_once,
        open_files=(files_before, files),
        peak_MiB=(memory_before, memory),
        seconds=seconds,
    )


class _Questions:
    """What is written down while questions are asked.

    Args:
        count: How many there are.
        at: What is done before the question of a number.
    """

    def __init__(self, count: int, at: dict[int, Callable[[], None]]) -> None:
        self.began: dict[int, float] = {}
        self.ended: dict[int, float] = {}
        self.wrong = 0
        self.errors: Counter[str] = Counter()
        self._at = at
        self._numbers = iter(range(count))
        self._lock = threading.Lock()

    def numbers(self) -> Iterator[int]:
        """The numbers of the questions; each worker takes the next one."""
        while True:
            with self._lock:
                number = next(self._numbers, None)
            if number is None:
                return
            if number in self._at:
                self._at[number]()
            self.began[number] = time.monotonic()
            yield number

    def answered(self, number: int, given: Any, right: Callable[[Any], bool]) -> None:
        """An answer came: one of a call, or a page."""
        self.ended[number] = time.monotonic()
        data = given.items if hasattr(given, "items") else given.data
        response: Response = given.response
        self.wrong += response.headers.get(QUESTION) != str(number) or not right(data)


def stale(began: dict[int, float], ended: dict[int, float], tokens: dict[int, list[int]]) -> int:
    """How many questions came with an old token although they began when a new one was known.

    A token is surely known once a question that it was good for has been answered.
    """
    known: dict[int, float] = {}
    for number, used in tokens.items():
        if number in ended:
            known[used[-1]] = min(ended[number], known.get(used[-1], ended[number]))
    late = 0
    for number, used in tokens.items():
        newest = max((one for one, at in known.items() if at < began[number]), default=-1)
        late += any(one < newest for one in used)
    return late


def _arguments(server: Any, vendor: str) -> dict[str, Any]:
    arguments: dict[str, Any] = server.arguments(vendor)
    if vendor == "voucherify":
        oauth = server.arguments("voucherify_oauth")
        auth = ClientCredentials(**oauth, scope="api", style="app_headers")
        return {"base_url": arguments["base_url"], "auth": auth}
    return arguments


def _ask_all(client: Any, ask: Ask, questions: _Questions, at_once: int, colour: Colour) -> None:
    def asked(number: int) -> tuple[Any, Callable[[Any], bool]]:
        call, right = ask(client.with_options(headers={QUESTION: str(number)}), number)
        return call, right

    def work() -> None:
        for number in questions.numbers():
            try:
                call, right = asked(number)
                given = next(call.pages()) if hasattr(call, "pages") else call
                questions.answered(number, given, right)
            except LoyaltyError as error:
                questions.errors[type(error).__name__] += 1

    async def work_async() -> None:
        for number in questions.numbers():
            try:
                call, right = asked(number)
                given = await (anext(aiter(call.pages())) if hasattr(call, "pages") else call)
                questions.answered(number, given, right)
            except LoyaltyError as error:
                questions.errors[type(error).__name__] += 1

    async def tasks() -> None:
        async with asyncio.TaskGroup() as group:
            for _ in range(at_once):
                group.create_task(work_async())

    if colour.is_async:
        colour(tasks())
        return
    threads = [threading.Thread(target=work) for _ in range(at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
