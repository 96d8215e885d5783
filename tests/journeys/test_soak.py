"""The short form of `make soak`: half a minute of everything, after which nothing is left that was not there before."""

from collections import Counter
from dataclasses import replace

from bench.history import History
from bench.soak import Held, Soaked, report, soak

# Half a minute is too short for a share of growth to mean a leak: caches still fill. The long form holds 5 %.
MOST_GROWTH = 0.25


async def test_nothing_is_left_of_a_mixed_load() -> None:
    run = await soak(25, persons=4, warming=10)
    assert not run.leaks(most_growth=MOST_GROWTH), report(run)
    assert len(run.history.answers) > 10
    assert run.history.files


def test_what_leaks_is_told() -> None:
    held = Held(memory=100_000_000, descriptors=50, connections=6, processes=Counter({"reader": 2}))
    asked_for = replace(held, connections=12, processes=Counter({"reader": 2, "encoder": 1}))
    for well in (held, asked_for):
        assert Soaked(held, well, 60, History(), []).leaks() == []
    for worse in (
        replace(held, memory=106_000_000),
        replace(held, descriptors=61),
        replace(held, connections=20),
        replace(held, processes=Counter({"reader": 3})),
        replace(held, processes=Counter({"reader": 2, "encoder": 2})),
    ):
        assert len(Soaked(held, worse, 60, History(), []).leaks()) == 1
    assert Soaked(held, held, 60, History(), [], {"turns that run": 1}).leaks() == ["1 turns that run"]
    assert Soaked(held, held, 60, History(), ["a question is lost"]).leaks() == ["a question is lost"]
