"""The short form of `make chaos`: each process killed once under a mixed load; and a checker that does find faults."""

import pytest
from bench.chaos import VICTIMS, play
from bench.history import Found, History, check


async def test_nothing_acknowledged_is_lost_or_doubled() -> None:
    run, wrong = await play(len(VICTIMS), seed=7, persons=4)
    assert not wrong, "\n".join(wrong)
    assert {victim: len(times) for victim, times in run.recovered.items()} == dict.fromkeys(VICTIMS, 1)
    known = run.history
    assert len(known.questions) > 10
    assert known.answers
    assert known.files
    assert known.faults, "the load felt nothing of it: nothing was tried"


@pytest.fixture
def history() -> History:
    return History(
        attempted={"q1", "q2"},
        questions={"q1": "c"},
        answers={"q1": "oui"},
        conversations={"c"},
        files={"f": "digest"},
        seen={"q1": "t"},
    )


_JOURNAL = [("conversation.created", "c"), ("turn.opened", "t"), ("turn.closed", "t"), ("file.received", "f")]


def found(**changed: object) -> Found:
    whole = {
        "questions": [("q1", "c")],
        "answers": {"q1": "oui"},
        "states": {"q1": "answered"},
        "files": {"f": "digest"},
        "journal": _JOURNAL,
    }
    return Found(**(whole | changed))  # type: ignore[arg-type]


def test_what_was_only_attempted_may_be_there_or_not(history: History) -> None:
    assert check(history, found()) == []
    there = {"q1": "answered", "q2": "interrupted"}
    assert check(history, found(questions=[("q1", "c"), ("q2", "c")], states=there)) == []


@pytest.mark.parametrize(
    "changed",
    [
        {"questions": []},
        {"questions": [("q1", "another")]},
        {"questions": [("q1", "c"), ("q1", "c")]},
        {"questions": [("q1", "c"), ("q2", "c"), ("q2", "c")]},
        {"questions": [("q1", "c"), ("never asked", "c")]},
        {"answers": {"q1": "ou"}},
        {"states": {"q1": "interrupted"}},
        {"states": {"q1": "answered", "q2": "running"}},
        {"files": {}},
        {"files": {"f": "other bytes"}},
        *({"journal": _JOURNAL[:at] + _JOURNAL[at + 1 :]} for at in range(len(_JOURNAL))),
        *({"journal": [*_JOURNAL, line]} for line in _JOURNAL),
    ],
)
def test_any_loss_and_any_double_is_found(history: History, changed: dict[str, object]) -> None:
    assert check(history, found(**changed))
