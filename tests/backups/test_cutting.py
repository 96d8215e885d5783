"""Cutting does not depend on how the lines came, and a change moves few pieces."""

import random

import pytest

from chatelet.backups.cutting import Cutter

LINES = [b"%d\t%s" % (number, random.Random(number).randbytes(20).hex().encode()) for number in range(2_000)]


def pieces(lines: list[bytes]) -> list[bytes]:
    cutter = Cutter(least=400, most=4_000, one_in=8)
    found = cutter.feed(b"".join(line + b"\n" for line in lines)) + cutter.flush()
    assert cutter.lines == len(lines)
    return found


def test_any_cut_of_the_stream_gives_the_same_pieces() -> None:
    stream = b"".join(line + b"\n" for line in LINES[:60])
    whole = pieces(LINES[:60])
    for at in range(len(stream) + 1):
        cutter = Cutter(least=400, most=4_000, one_in=8)
        assert cutter.feed(stream[:at]) + cutter.feed(stream[at:]) + cutter.flush() == whole


def test_pieces_are_whole_lines_within_their_limits() -> None:
    found = pieces(LINES)
    assert b"".join(found) == b"".join(line + b"\n" for line in LINES)
    assert all(piece.endswith(b"\n") and len(piece) <= 4_000 + 60 for piece in found)
    assert all(len(piece) >= 400 for piece in found[:-1])


@pytest.mark.parametrize("change", ["added", "removed", "changed", "appended"])
def test_a_change_moves_few_pieces(change: str) -> None:
    lines = list(LINES)
    if change == "added":
        lines.insert(1_000, b"new")
    elif change == "removed":
        del lines[1_000]
    elif change == "changed":
        lines[1_000] += b" otherwise"
    else:
        lines += [b"new"] * 3
    before = set(pieces(LINES))
    assert len(set(pieces(lines)) - before) <= 4 < len(before) / 10


def test_a_last_line_that_is_not_whole_is_refused() -> None:
    cutter = Cutter()
    cutter.feed(b"one\ntwo")
    with pytest.raises(ValueError, match="whole"):
        cutter.flush()
