"""What a research may use, by a clock that the test moves: no step begins that may not be paid, the report always may."""

import pytest

from chatelet.research.budget import BudgetReached, Limits, Meter


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def _meter(clock: Clock, *, seconds: int = 100, before: float = 0.0) -> Meter:
    return Meter(Limits(steps=40, seconds=seconds, tokens=1_000), before=before, clock=clock)


def test_time_ends_the_search_and_leaves_a_fifth_for_the_report() -> None:
    clock = Clock()
    meter = _meter(clock)
    clock.now += 79
    meter.take()
    assert meter.seconds_left == pytest.approx(1)
    clock.now += 1
    with pytest.raises(BudgetReached) as told:
        meter.take()
    assert (told.value.what, meter.reached, meter.steps) == ("time", "time", 1)
    meter.closing = True
    assert meter.seconds_left == pytest.approx(20)
    meter.take()
    clock.now += 20
    with pytest.raises(BudgetReached):
        meter.take()


def test_earlier_runs_count_and_a_step_that_lasts_too_long_says_time() -> None:
    clock = Clock()
    meter = _meter(clock, before=70.0)
    assert (meter.seconds, meter.seconds_left) == (70.0, pytest.approx(10))
    clock.now += 500
    assert meter.seconds_left == 0.0
    late = meter.late()
    assert (late.what, meter.reached) == ("time", "time")


def test_tokens_held_side_by_side_never_pass_what_is_allowed() -> None:
    meter = _meter(Clock())
    meter.take(tokens=400)
    meter.take(tokens=400)
    with pytest.raises(BudgetReached) as told:
        meter.take(tokens=1)
    assert told.value.what == "tokens"
    meter.settle(400, 100, 50)
    meter.take(tokens=200)
    assert meter.tokens == 150


def test_steps_keep_some_for_the_report() -> None:
    meter = _meter(Clock())
    for _step in range(37):
        meter.take()
    with pytest.raises(BudgetReached) as told:
        meter.take()
    assert told.value.what == "steps"
    meter.closing = True
    meter.take()
