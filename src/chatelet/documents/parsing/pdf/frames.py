"""Brings a page's writing level: all its lines may stand upright (a wide table), or some of them (a stamp)."""

from collections import Counter
from collections.abc import Sequence

from chatelet.documents.parsing.layout.words import Rule, Sheet, Word
from chatelet.documents.parsing.pdf.characters import Reading

Box = tuple[float, float, float, float]


def turn(box: Box, angle: int, width: float, height: float) -> Box:
    """Return a displayed box in the frame where writing at `angle` (degrees, counter-clockwise) is level."""
    left, top, right, bottom = box
    if angle == 90:
        return height - bottom, left, height - top, right
    if angle == 180:
        return width - right, height - bottom, width - left, height - top
    if angle == 270:
        return top, width - right, bottom, width - left
    return box


def main_angle(reading: Reading) -> int:
    """Return the direction most characters of a page are written in."""
    weights: Counter[int] = Counter()
    for word, angle in zip(reading.words, reading.angles, strict=True):
        if word.hidden is None:
            weights[angle] += len(word.text)
    return weights.most_common(1)[0][0] if weights else 0


def sheet(number: int, width: float, height: float, reading: Reading, rules: Sequence[Rule]) -> Sheet:
    """Return a page ready to be laid out, its level words apart from what is written across them."""
    angle = main_angle(reading)
    result = Sheet(number, width, height, width, height)
    upright = angle in {90, 270}
    if upright:
        result.frame_width, result.frame_height = height, width
    words: list[Word] = []
    stamps: list[Word] = []
    hidden: list[Word] = []
    for word, direction in zip(reading.words, reading.angles, strict=True):
        if direction and direction in {90, 180, 270}:
            word.left, word.top, word.right, word.bottom = turn(word.box, direction, width, height)
        if word.hidden is not None:
            hidden.append(word)
        else:
            (words if direction == angle else stamps).append(word)
    result.words, result.stamps, result.hidden = words, stamps, hidden
    result.rules = list(rules) if not angle else [_turned(rule, angle, width, height) for rule in rules]
    return result


def _turned(rule: Rule, angle: int, width: float, height: float) -> Rule:
    return Rule(*turn((rule.left, rule.top, rule.right, rule.bottom), angle, width, height))
