"""Where the words of a recognised line begin and end, from the blanks between its letters.

Models made for all writings at once leave out spaces; the ink does not. A blank parts two words when it is as wide as
the spaces the model did see in that line, or as a narrow space is in print.
"""

import itertools
from collections.abc import Sequence
from statistics import median

import numpy as np
from numpy.typing import NDArray

from chatelet.documents.ocr.recognition import Grey, Seen

_INK = 70  # levels of grey darker than paper
_NARROWEST = 0.13  # of the line's height, for a space
_LIKE_SEEN = 0.55  # of the spaces seen in the line
_APART = 2.2  # times the blank between two letters of one word
_NEVER_BEFORE = frozenset(",.)]}…%’'")
_NEVER_AFTER = frozenset("([{’'")

Box = tuple[float, float, float, float]


def words(picture: Grey, text: str, centres: Sequence[float], box: Box, sure: float, line: int) -> list[Seen]:
    """Return the words of a line: `centres` are those of its characters that are not spaces, from left to right."""
    letters = [character for character in text if not character.isspace()]
    if len(letters) != len(centres) or not letters:
        return [Seen(text.strip(), *box, sure, line)] if text.strip() else []
    blanks = _blanks(picture, box)
    told = _told(text)
    between = [_widest(blanks, a, b) for a, b in itertools.pairwise(centres)]
    least = _least(between, told, box[3] - box[1])
    found: list[Seen] = []
    start, left = 0, _edge(blanks, box[0], centres[0])
    for index, (blank, spaced) in enumerate(zip(between, told, strict=True), start=1):
        wide = (
            blank[1] - blank[0] >= least
            and letters[index] not in _NEVER_BEFORE
            and letters[index - 1] not in _NEVER_AFTER
        )
        if not spaced and not wide:
            continue
        middle = (centres[index - 1] + centres[index]) / 2
        right, after = blank if blank[1] > blank[0] else (middle, middle)
        found.append(Seen("".join(letters[start:index]), left, box[1], right, box[3], sure, line))
        start, left = index, after
    found.append(Seen("".join(letters[start:]), left, box[1], max(box[2], left + 1), box[3], sure, line))
    return found


def _told(text: str) -> list[bool]:
    """Return, between each two letters, whether the model saw a space."""
    told: list[bool] = []
    before = spaced = False
    for character in text:
        if character.isspace():
            spaced = True
            continue
        if before:
            told.append(spaced)
        before, spaced = True, False
    return told


def _least(between: Sequence[tuple[float, float]], told: Sequence[bool], height: float) -> float:
    """Return how wide a blank must be to part two words: letters of a title stand apart without being words."""
    seen = [end - start for (start, end), spaced in zip(between, told, strict=True) if spaced and end > start]
    inside = [end - start for (start, end), spaced in zip(between, told, strict=True) if not spaced and end > start]
    least = max(_NARROWEST * height, _APART * median(inside) if inside else 0.0)
    return max(least, _LIKE_SEEN * median(seen)) if len(seen) > 2 else 1.3 * least


def _blanks(picture: Grey, box: Box) -> NDArray[np.float64]:
    """Return the strips without ink of a line: rows of left, right."""
    left, top, right, bottom = (round(value) for value in box)
    margin = round(0.12 * (bottom - top))
    inside = picture[max(0, top + margin) : bottom - margin, max(0, left) : right]
    if not inside.size:
        return np.empty((0, 2))
    paper = int(np.percentile(inside, 90))
    inked = np.concatenate(([True], (inside < paper - _INK).any(axis=0), [True])).astype(np.int8)
    change = np.diff(inked)
    starts, ends = np.nonzero(change == -1)[0], np.nonzero(change == 1)[0]
    return np.stack((starts, ends), axis=1).astype(np.float64) + max(0, left)


def _widest(blanks: NDArray[np.float64], a: float, b: float) -> tuple[float, float]:
    """Return the widest blank whose middle lies between two letters' centres; nothing wide when there is none."""
    if len(blanks):
        middles = blanks.mean(axis=1)
        inside = blanks[(middles > a) & (middles < b)]
        if len(inside):
            best = inside[int(np.argmax(inside[:, 1] - inside[:, 0]))]
            return float(best[0]), float(best[1])
    return (a + b) / 2, (a + b) / 2


def _edge(blanks: NDArray[np.float64], left: float, centre: float) -> float:
    """Return where the ink of a line begins."""
    if len(blanks) and blanks[0][0] <= left + 1 and blanks[0][1] < centre:
        return float(blanks[0][1])
    return left
