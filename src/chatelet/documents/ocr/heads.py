"""The numbers and marks of list items that an engine left unread: standing apart, they pass for a column of specks.

ink before a line, where no word was seen -> set close before the line's first words, line under line -> read again
"""

import re
from dataclasses import dataclass
from statistics import median
from typing import Final

import numpy as np

from chatelet.documents.ocr.recognition import Grey, Recogniser, RecognitionFailed, Seen

_REACH: Final = 5.0  # of the height of writing: how far before a line its number stands
_APART: Final = 0.25  # of it, at least: nearer, it would have been read with the line
_WIDEST, _LOWEST, _HIGHEST = 2.5, 0.35, 1.4
_CLOSE: Final = 0.3  # where it is put before the first words: further, it would be lost again
_WORDS: Final = 3  # that come after it, to read it among words
_MOST: Final = 60
_INK: Final = 90  # levels of grey under the paper's
_SURE: Final = 0.2  # among so few, and of such a form
_HEAD: Final = re.compile(r"[(\[]?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})[.)\]°]")


@dataclass
class _Head:
    """Ink before a line: its box, and the words of the line that follow it."""

    box: tuple[int, int, int, int]
    after: list[Seen]


def completed(picture: Grey, seen: list[Seen], recogniser: Recogniser, *, dpi: int, seconds: float) -> list[Seen]:
    """Return the words with what could be read before their lines; the same when there is nothing there."""
    heads = _heads(picture, seen)
    if not heads:
        return seen
    strip, places = _strip(picture, heads)
    try:
        again = recogniser.words(strip, dpi=dpi, seconds=seconds)
    except RecognitionFailed:
        return seen
    found: dict[int, Seen] = {}
    for head, (top, bottom, edge) in zip(heads, places, strict=True):
        inside = [word for word in again if top <= (word.top + word.bottom) / 2 < bottom and word.left < edge]
        told = _HEAD.match("".join(word.text for word in inside))
        if told is not None and min(word.confidence for word in inside) >= _SURE:
            left, upper, right, lower = head.box
            sure = min(word.confidence for word in inside)
            first = head.after[0]
            found[id(first)] = Seen(told[0], left, upper, right, lower, sure, first.line)
    return [word for one in seen for word in ((found[id(one)], one) if id(one) in found else (one,))]


def _heads(picture: Grey, seen: list[Seen]) -> list[_Head]:
    lines: dict[int, list[Seen]] = {}
    for word in seen:
        lines.setdefault(word.line, []).append(word)
    if not lines:
        return []
    high = median(word.bottom - word.top for word in seen)
    paper = int(np.percentile(picture[:: max(1, picture.shape[0] // 200)], 90))
    boxes = np.array([(word.left, word.top, word.right, word.bottom) for word in seen])
    heads: list[_Head] = []
    for words in lines.values():
        box = _before(picture, words, boxes, high, paper - _INK)
        if box is not None:
            heads.append(_Head(box, words[:_WORDS]))
    return heads if len(heads) <= _MOST else []


def _before(
    picture: Grey, words: list[Seen], boxes: np.ndarray[tuple[int, int], np.dtype[np.float64]], high: float, level: int
) -> tuple[int, int, int, int] | None:
    """Return the box of the ink that stands before a line, if it may be that of a number."""
    right = int(words[0].left - _APART * high)
    top = max(0, int(min(word.top for word in words) - 0.15 * high))
    bottom = int(max(word.bottom for word in words) + 0.15 * high)
    left = max(0, int(words[0].left - _REACH * high))
    near = boxes[(boxes[:, 0] < right) & (boxes[:, 2] > left) & (boxes[:, 1] < bottom) & (boxes[:, 3] > top)]
    if len(near):
        left = int(near[:, 2].max() + _APART * high)
    if right - left < 0.3 * high or bottom - top > 2 * high:
        return None
    across, down = np.nonzero((picture[top:bottom, left:right] < level).T)
    if len(across) < 4:
        return None
    box = (left + int(across[0]), top + int(down.min()), left + int(across[-1]) + 1, top + int(down.max()) + 1)
    width, height = box[2] - box[0], box[3] - box[1]
    fits = 0.15 * high < width <= _WIDEST * high and _LOWEST * high <= height <= _HIGHEST * high
    return box if fits and box[0] > left and box[1] > top and box[3] < bottom else None


def _strip(picture: Grey, heads: list[_Head]) -> tuple[Grey, list[tuple[int, int, int]]]:
    """Return the heads before their first words, line under line; where each line is, and where its words begin."""
    high = round(median(word.bottom - word.top for head in heads for word in head.after))
    rows: list[tuple[Grey, int]] = []
    for head in heads:
        top = int(min(head.box[1], *(word.top for word in head.after)))
        bottom = int(max(head.box[3], *(word.bottom for word in head.after)))
        number = picture[top:bottom, head.box[0] : head.box[2]]
        words = picture[top:bottom, int(head.after[0].left) : int(head.after[-1].right)]
        gap = np.full((bottom - top, max(2, round(_CLOSE * high))), 255, dtype=np.uint8)
        rows.append((np.hstack([number, gap, words]), number.shape[1] + gap.shape[1] // 2))
    width = max(row.shape[1] for row, _ in rows) + 4 * high
    strip = np.full((sum(row.shape[0] + high for row, _ in rows) + 2 * high, width), 255, dtype=np.uint8)
    places: list[tuple[int, int, int]] = []
    at = 2 * high
    for row, edge in rows:
        strip[at : at + row.shape[0], 2 * high : 2 * high + row.shape[1]] = row
        places.append((at, at + row.shape[0], 2 * high + edge))
        at += row.shape[0] + high
    return strip, places
