"""Whether a summary has the form that was asked for, told by its text, whatever the model says; and what code mends.

    has_shape   three lines are three, key points a list, a chronology begins its lines by dates, positions a table…
    mended      sentences put in a list, dates in order: nothing is written that was not there
    completed   three lines that are fewer, with notes that hold

What is still not of the form is told to the reader.
"""

import re
from collections.abc import Sequence
from typing import Final

from chatelet.kernel.text import fold
from chatelet.knowledge.sentences import sentences_of
from chatelet.writing.summary.forms import Form, Length, Wish

_NUMBERS: Final = re.compile(r"\s*\[\d+\](?:\[\d+\])*")
_ITEM: Final = re.compile(r"\A\s*(?:[-*•–]|\d{1,2}[.)])\s+")
_LED: Final = re.compile(r"^(\s*(?:[-*•]\s+)?)(?:\[\d+\]\s*)+(?=[^\s\[].*\[\d+\])")  # numbered before, and after
_HEADING: Final = re.compile(r"#{1,6}\s|\*\*[^*]+\*\*:?\s*$")
_ROW: Final = re.compile(r"\|.*\|\s*$")
_RULE: Final = re.compile(r"\|?[\s:|-]+\|?$")
_MONTHS: Final = (
    *("janvier january", "fevrier february", "mars march", "avril april", "mai may", "juin june"),
    *("juillet july", "aout august", "septembre september", "octobre october"),
    *("novembre november", "decembre december"),
)
_RANK: Final = {word: rank for rank, words in enumerate(_MONTHS, 1) for word in words.split()}
_NAMED: Final = "|".join(_RANK)
_DAY: Final = re.compile(
    rf"(?:le |the |on |en |in )?(?:(\d{{1,2}})(?:er|st|nd|rd|th)? )?({_NAMED})(?: (\d{{1,2}}),)? (\d{{4}})"
)
_FIGURES: Final = re.compile(r"(?:le |the |on )?(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})|(\d{4})-(\d{2})-(\d{2})")
_YEAR: Final = re.compile(r"(?:en |in |depuis |since |vers |des )?(?:l'an )?(\d{4})\b")
_DATED: Final = re.compile(rf"(?:\w+ ){{0,3}}(?:\d{{1,4}}|{_NAMED}|xi|xv|xix|xx)")
_THREE: Final = 3
_STOPS: Final = re.compile(r"[\s.]+")
_MOST_POINTS: Final = {Length.SHORT: 8, Length.USUAL: 12, Length.LONG: 20}
_LEAST_POINTS: Final = {Length.SHORT: 3, Length.USUAL: 5, Length.LONG: 5}
_MOST_WORDS: Final = {Length.SHORT: 450, Length.USUAL: 750, Length.LONG: 1_200}
_LISTED: Final = frozenset({Form.KEY_POINTS, Form.DECISIONS, Form.CHRONOLOGY})
_SHARE: Final = 0.75  # of the lines, that must be as the form wants


def has_shape(wish: Wish, text: str, notes: int) -> bool:
    """Tell whether a text has the form asked for; `notes` is how much there was to say."""
    bare = _NUMBERS.sub("", text)
    lines = [line for line in bare.splitlines() if line.strip()]
    match wish.form:
        case Form.THREE_LINES:
            said = len(_sentences(bare))
            return _THREE in {said, len(lines)} or (notes < _THREE and 1 <= said < _THREE)
        case Form.KEY_POINTS:
            least = min(_LEAST_POINTS[wish.length], max(1, notes))
            return least <= _items(lines) <= _MOST_POINTS[wish.length] and _is_list(lines)
        case Form.DECISIONS:
            return _is_list(lines)
        case Form.CHRONOLOGY:
            return _is_list(lines) and _are_dated(lines)
        case Form.NOTE | Form.COMPARISON:
            least = 3 if wish.form is Form.NOTE else 2
            return sum(_HEADING.match(line) is not None for line in lines) >= least
        case Form.POSITIONS:
            rows = [line for line in lines if _ROW.match(line.strip())]
            return len(rows) >= _THREE and any(_RULE.match(row.strip()) for row in rows)
        case Form.ABSTRACT:
            is_one = not any(_ITEM.match(line) or _HEADING.match(line) for line in lines) and "\n\n" not in bare.strip()
            return is_one and len(_sentences(bare)) >= min(4, max(1, notes))
        case Form.PAGE:
            return not _is_list(lines) and len(bare.split()) <= _MOST_WORDS[wish.length]


def mended(wish: Wish, text: str) -> str:
    """Return a text brought nearer to its form by code: as a list, its dates in order."""
    text = "\n".join(_LED.sub(r"\1", line) for line in text.splitlines())
    if wish.form not in _LISTED:
        return text
    lines = [line for line in text.splitlines() if line.strip()]
    if not _is_list(lines) and not any(_ROW.match(line.strip()) for line in lines):
        lines = [
            line if _HEADING.match(line) or _ITEM.match(line) else f"- {one}" for line in lines for one in _parts(line)
        ]
    if wish.form is Form.CHRONOLOGY:
        dates = [_date(line) for line in lines]
        known = [date for date in dates if date is not None]
        if len(known) == len(lines) and known != sorted(known):
            lines = [line for _, line in sorted(zip(known, lines, strict=True), key=lambda one: one[0])]
    return "\n".join(lines)


def completed(wish: Wish, text: str, notes: Sequence[str]) -> str:
    """Return three lines that were fewer with notes (each with its numbers) that say something else, in their order."""
    if wish.form is not Form.THREE_LINES or wish.target != wish.noted:
        return text
    said = _sentences(_NUMBERS.sub("", text))
    numbers = set(re.findall(r"\[\d+\]", text))
    lacking = _THREE - len(said)
    others = [note for note in notes if not numbers & set(re.findall(r"\[\d+\]", note))]
    others = others or [note for note in notes if _bare(note) not in _bare(text)]
    if lacking <= 0 or len(others) < lacking:
        return text
    spread = [others[(2 * rank + 1) * len(others) // (2 * lacking)] for rank in range(lacking)]
    lines = [line for line in text.splitlines() if line.strip()]
    mark = "- " if lines and _ITEM.match(lines[-1]) else ""
    return "\n".join([*lines, *(mark + note for note in spread)])


def _bare(text: str) -> str:
    """Return the words of a text, wherever its numbers and stops stand."""
    return _STOPS.sub(" ", fold(_NUMBERS.sub("", text))).strip()


def _sentences(text: str) -> list[str]:
    """Return the sentences of a text, its titles and its lists' marks apart."""
    found: list[str] = []
    for line in text.splitlines():
        if line.strip() and not _HEADING.match(line):
            bare = _ITEM.sub("", line, count=1)
            found += [bare[start:end] for start, end in sentences_of(bare)]
    return found


def _parts(line: str) -> list[str]:
    """Return the sentences of a line, each with the numbers that follow it."""
    if _HEADING.match(line) or _ITEM.match(line):
        return [line]
    found: list[str] = []
    for start, end in sentences_of(line):
        one = line[start:end].strip()
        if found and not _NUMBERS.sub("", one).strip(" ."):
            found[-1] += f" {one}"
        else:
            found.append(one)
    return found


def _items(lines: Sequence[str]) -> int:
    return sum(_ITEM.match(line) is not None for line in lines)


def _is_list(lines: Sequence[str]) -> bool:
    kept = [line for line in lines if not _HEADING.match(line) and not line.rstrip().endswith(":")]
    return bool(kept) and _items(kept) >= _SHARE * len(kept)


def _are_dated(lines: Sequence[str]) -> bool:
    items = [fold(_ITEM.sub("", line, count=1).replace("*", "")) for line in lines if _ITEM.match(line)]
    return sum(_DATED.match(item) is not None for item in items) >= _SHARE * len(items)


def _date(line: str) -> tuple[int, int, int] | None:
    """Return the date that a line begins with; 0 for the month or the day that it does not tell."""
    words = fold(_ITEM.sub("", line, count=1).replace("*", ""))
    if found := _DAY.match(words):
        return int(found[4]), _RANK[found[2]], int(found[1] or found[3] or 0)
    if found := _FIGURES.match(words):
        if found[3]:
            return int(found[3]), int(found[2]), int(found[1])
        return int(found[4]), int(found[5]), int(found[6])
    found = _YEAR.match(words)
    return (int(found[1]), 0, 0) if found else None
