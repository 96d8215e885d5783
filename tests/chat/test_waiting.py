"""The line before a full process, with a clock of its own."""

from uuid import UUID, uuid4

import pytest

from chatelet.chat.waiting import Place, WaitingLine


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def line(clock: Clock) -> WaitingLine:
    return WaitingLine(clock)


ADA, BOB, CID, DEA = (uuid4() for _ in range(4))


def place(line: WaitingLine, who: UUID, free: int) -> int | None:
    found = line.ask(who, free)
    return None if found is None else found.number


def test_with_room_nobody_waits(line: WaitingLine) -> None:
    assert [place(line, who, 1) for who in (ADA, BOB, CID)] == [None, None, None]


def test_places_are_those_of_arrival_and_are_kept(line: WaitingLine) -> None:
    assert [place(line, who, 0) for who in (ADA, BOB, CID)] == [1, 2, 3]
    assert [place(line, who, 0) for who in (CID, ADA, BOB)] == [3, 1, 2]


def test_nobody_passes_before_those_who_wait(line: WaitingLine) -> None:
    assert [place(line, who, 0) for who in (ADA, BOB)] == [1, 2]
    assert place(line, CID, 1) == 2, "the room is Ada's, then comes Bob"
    assert place(line, BOB, 1) == 1
    assert place(line, ADA, 1) is None
    assert place(line, BOB, 1) is None
    assert place(line, CID, 1) is None


def test_whoever_does_not_come_back_loses_their_place(line: WaitingLine, clock: Clock) -> None:
    told = line.ask(ADA, 0)
    assert told == Place(1, 5), "nobody has left yet: five seconds"
    assert place(line, BOB, 0) == 2
    clock.now += 10.1
    assert place(line, CID, 1) is None, "both are gone"
    assert place(line, DEA, 0) == 1


@pytest.mark.parametrize(
    ("every", "places", "seconds"),
    [(2.0, 1, 2), (2.0, 3, 6), (0.1, 4, 1), (30.0, 1, 10)],
    ids=["one leaves every 2 s", "the third", "many leave", "few leave: never more than 10 s"],
)
def test_seconds_follow_how_soon_rooms_are_left(
    line: WaitingLine, clock: Clock, every: float, places: int, seconds: int
) -> None:
    for _ in range(int(30 / every)):
        line.left()
        clock.now += every
    found = [line.ask(uuid4(), 0) for _ in range(places)]
    assert found[-1] == Place(places, seconds)


def test_what_was_left_long_ago_tells_nothing(line: WaitingLine, clock: Clock) -> None:
    line.left()
    clock.now += 61
    assert line.ask(ADA, 0) == Place(1, 5)
