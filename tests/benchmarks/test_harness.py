from __future__ import annotations

import gc
import random

import pytest

from benchmarks import harness as subject
from benchmarks.harness import Contender, Figures, Row, Target, chosen, lower_quartile, run
from benchmarks.setting import Setting


def told(*figures):
    """A contender's measure that gives one figure after another."""
    left = list(figures)
    return lambda _: lambda: left.pop(0)


def row(*contenders, targets=(), unit="ms"):
    """A row with these contenders."""
    return Row(
        name="row",
        what="a question",
        unit=unit,
        base="limit",
        contenders=contenders,
        targets=targets,
    )


def figures(*rounds, targets=(), unit="ms"):
    """Figures of a limit and of ours, round by round."""
    pairs = [{"limit": limit, "loyalty_sdk": ours} for limit, ours in rounds]
    return Figures(row(targets=targets, unit=unit), pairs)


def test_a_figure_is_the_median_of_the_rounds_in_the_unit_of_the_row():
    """One slow round changes nothing."""
    assert figures((0.001, 1), (0.002, 1), (0.9, 1)).median("limit") == pytest.approx(2.0)
    assert figures((3 * 2**20, 0), unit="MiB").median("limit") == 3.0


def test_a_ratio_is_taken_inside_each_round():
    """A machine that slows down for a round slows both, and their ratio is that of the others."""
    measured = figures((1.0, 2.0), (1.1, 2.2), (10.0, 20.0))
    assert measured.ratio("loyalty_sdk", "limit") == pytest.approx(2.0)
    assert measured.median("loyalty_sdk") / measured.median("limit") == pytest.approx(2.0)
    uneven = figures((1.0, 2.0), (10.0, 20.0), (4.0, 40.0))
    assert uneven.ratio("loyalty_sdk", "limit") == pytest.approx(2.0)


def test_a_difference_is_taken_inside_each_round():
    """And shown in the unit of the row."""
    measured = figures((0.001, 0.003), (0.005, 0.006), (0.001, 0.002))
    assert measured.difference("loyalty_sdk", "limit") == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("found", "quartile"), [([5.0], 5.0), ([9.0, 1.0, 5.0, 3.0], 3.0), ([2.0, 1.0], 1.0)]
)
def test_the_lower_quartile(found, quartile):
    """A quarter of the figures are lower, however they are ordered."""
    assert lower_quartile(found) == quartile


def test_a_target_is_reached_up_to_its_bound():
    """At most means at most."""
    near, far = Target(at_most=2.0, of="limit"), Target(at_most=1.9, of="limit")
    measured = figures((1.0, 2.0), targets=(near, far))
    assert [measured.is_reached(near), measured.is_reached(far)] == [True, False]
    assert measured.missed() == [far]


def test_a_target_may_bound_a_difference():
    """So many of the row's unit more than another contender, not so many times."""
    target = Target(at_most=1.0, of="limit", difference=True)
    assert figures((0.001, 0.002)).is_reached(target)
    assert not figures((0.001, 0.0021)).is_reached(target)


def test_who_is_not_installed_takes_no_part():
    """Nothing is measured of a peer that is not there, and nothing missed for it."""
    target = Target(at_most=1.0, of="peer")
    contenders = (
        Contender("limit", told(*[1.0] * 9)),
        Contender("loyalty_sdk", told(*[2.0] * 9)),
        Contender("peer", told(), ("a_package_that_is_not_there",)),
    )
    measured = run(row(*contenders, targets=(target,)), Setting(quick=True), 3, random.Random(1))
    assert [measured.has(one.name) for one in contenders] == [True, True, False]
    assert measured.measured(target) is None
    assert measured.missed() == []


def test_a_ratio_to_somebody_who_is_not_installed_is_unknown():
    """The others have their figures all the same."""
    contenders = (
        Contender("limit", told(), ("a_package_that_is_not_there",)),
        Contender("loyalty_sdk", told(*[2.0] * 9)),
    )
    measured = run(row(*contenders), Setting(quick=True), 3, random.Random(1))
    assert measured.median("loyalty_sdk") == 2000
    assert measured.relative("loyalty_sdk") is None
    assert measured.relative("limit") is None


def test_what_hardly_varies_needs_few_rounds():
    """A row may say how many are enough."""
    contenders = (Contender("limit", told(*[1.0] * 9)),)
    few = Row(name="row", what="", unit="MiB", base="limit", contenders=contenders, most_rounds=2)
    assert len(run(few, Setting(quick=True), 7, random.Random(1)).rounds) == 2


def test_contenders_take_turns_in_an_order_that_changes(monkeypatch):
    """In every round each has as many turns as the others; who begins is chosen anew."""
    monkeypatch.setattr(subject, "SHARE", 0.0)
    seen = []

    def noting(name):
        return lambda _: lambda: seen.append(name) or 1.0

    names = ("limit", "loyalty_sdk", "peer")
    contenders = (Contender(name, noting(name)) for name in names)
    run(row(*contenders), Setting(), 20, random.Random(5))
    turns = [tuple(seen[at : at + 3]) for at in range(0, len(seen), 3)]
    assert turns[0] == names  # once for each, before anything counts
    assert {tuple(sorted(turn)) for turn in turns} == {tuple(sorted(names))}
    assert len(turns) == 21
    assert len(set(turns[1:])) == 6


def test_a_round_lasts_until_each_had_its_share(monkeypatch):
    """Who is quick has many turns in a round, whose lower quartile is the round's figure."""
    moments = iter(range(100))
    monkeypatch.setattr(subject.time, "perf_counter", lambda: next(moments))
    monkeypatch.setattr(subject, "SHARE", 4.0)
    contender = Contender("limit", told(9.0, 8.0, 2.0, [4.0, 6.0], 1.0, 7.0))
    measured = run(row(contender), Setting(), 1, random.Random(1))
    assert measured.rounds == [{"limit": 2.0}]


def test_the_classes_of_one_contender_slow_no_other_ones_collections(monkeypatch):
    """What was set up is left out of garbage collection while it is measured."""
    monkeypatch.setattr(subject, "SHARE", 0.0)
    frozen = []
    contender = Contender("limit", lambda _: lambda: frozen.append(gc.get_freeze_count()) or 1.0)
    run(row(contender), Setting(), 1, random.Random(1))
    assert frozen[1] > frozen[0]
    assert gc.get_freeze_count() == frozen[0]


def test_rows_are_chosen_by_name():
    """In the order asked for; all of them when none is named; a wrong name lists the right ones."""
    several = [Row(name=name, what="", unit="ms", base="", contenders=()) for name in "abc"]
    assert chosen(several, ["c", "a"]) == [several[2], several[0]]
    assert chosen(several, []) == several
    with pytest.raises(LookupError, match="'d'; there are a, b, c"):
        chosen(several, ["d"])
