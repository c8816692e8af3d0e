"""The table of `python -m tests.mutations`."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Sequence

from .judge import Verdict, judged
from .mutate import Mutation, place
from .recordings import Recording, recordings
from .refusals import is_refusal, judged_refusal
from .sample import every, sampled

_SHOWN = 10


def main(arguments: Sequence[str]) -> int:
    """Print what came of the mutations of each recorded answer; 1 where anything is wrong."""
    everything = "--all" in arguments
    names = [name for name in arguments if not name.startswith("-")]
    print(f"{'recording':58}{'mutations':>10}{'decoded':>9}{'refused':>9}{'lost':>6}")
    began = time.perf_counter()
    total: Counter[str] = Counter()
    wrong: list[str] = []
    seen: set[tuple[str, str, str]] = set()
    for recording in recordings():
        if recording.is_json and (not names or any(name in recording.name for name in names)):
            chosen = every(recording) if everything else sampled(recording, seen)
            total += _row(recording, chosen, wrong)
    _print_row("all", total)
    print(f"\n{time.perf_counter() - began:.0f} s; refused: with the path of what is wrong")
    for line in wrong[:_SHOWN]:
        print(line)
    return 1 if wrong else 0


def verdicts(
    recording: Recording, chosen: Iterable[Mutation]
) -> Iterable[tuple[Mutation, Verdict]]:
    """What came of each of the mutations."""
    judge = judged_refusal if is_refusal(recording) else judged
    return ((mutation, judge(recording, mutation)) for mutation in chosen)


def said(recording: Recording, mutation: Mutation, verdict: Verdict) -> str:
    """What is wrong with a mutation, as a line."""
    return f"{recording.name} {place(mutation.path)}, {mutation.kind}: {verdict.wrong}"


def _row(recording: Recording, chosen: Iterable[Mutation], wrong: list[str]) -> Counter[str]:
    outcomes: Counter[str] = Counter()
    for mutation, verdict in verdicts(recording, chosen):
        outcomes[verdict.outcome] += 1
        if verdict.wrong:
            wrong.append(said(recording, mutation, verdict))
    _print_row(recording.name, outcomes)
    return outcomes


def _print_row(name: str, outcomes: Counter[str]) -> None:
    counts = [outcomes[outcome] for outcome in ("decoded", "refused", "lost")]
    print(f"{name:58}{sum(counts):10,}{counts[0]:9,}{counts[1]:9,}{counts[2]:6,}", flush=True)
