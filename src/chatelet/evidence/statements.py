"""Cuts an answer into sentences while it streams, each with the numbers of the passages it cites: `… en 1759. [2]`.

A pure machine: `feed` returns the sentences that are complete, `flush` the rest; where the text was cut changes
nothing. Code is skipped. A sentence ends at its full stop, or with its line; markers that follow the stop are its own.
"""

import re
from typing import Final

from chatelet.evidence.passage import Marker, Statement

_MARKERS: Final = re.compile(r"[\[【]\s*(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\s*[\]】]")
_MARKERS_AHEAD: Final = re.compile(r"(?:\s{0,2}[\[【]\s*\d{1,3}(?:\s*[,;]\s*\d{1,3})*\s*[\]】])*")
_UNSURE_END: Final = re.compile(r"\s{0,2}(?:[\[【][\d\s,;]{0,16})?\Z")
_STOP: Final = re.compile(r"[.!?…]+[»”\")\u202f\u00a0*_]*(?=\s|[\[【])|\n")
_NO_STOP: Final = re.compile(
    r"(?:\b(?:art|al|cf|p|pp|fig|n|no|vol|éd|ed|dr|prof|mr|mrs|st|etc|chap|tél|dir|ex|i\.e|e\.g|vs|approx|resp|M|Mme"
    r"|MM|[A-Z])|\b\d{1,2}|^\s*(?:[-*+>]\s+)?\d{1,3})\.$",
    re.IGNORECASE,
)
_CODE: Final = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)")
_LEADING: Final = re.compile(r"(?:\s|[-*+>]\s|#{1,6}\s|\d{1,3}[.)]\s|\|)*")


class StatementStream:
    """Holds the line being read."""

    __slots__ = ("_fence", "_pending", "_position")

    def __init__(self) -> None:
        self._pending = ""
        self._position = 0  # of the first character of `_pending` in the answer
        self._fence = False

    def feed(self, text: str) -> list[Statement]:
        """Read more of the answer; return the sentences that it completes."""
        self._pending += text
        return self._cut(last=False)

    def flush(self) -> list[Statement]:
        """Return what is left, once the answer is whole."""
        return self._cut(last=True)

    def _cut(self, *, last: bool) -> list[Statement]:
        found: list[Statement] = []
        while (end := self._end(last=last)) is not None:
            piece, self._pending = self._pending[:end], self._pending[end:]
            found.extend(self._statement(piece))
            self._position += len(piece)
        return found

    def _end(self, *, last: bool) -> int | None:
        """Return where the first sentence of what is pending ends, its markers included; None while unsure."""
        if self._fence or self._pending.lstrip(" ").startswith(("```", "~~~")):
            line = self._pending.find("\n")
            return line + 1 if line >= 0 else (len(self._pending) or None) if last else None
        for stop in _STOP.finditer(self._pending):
            if stop[0] == "\n":
                return stop.end()
            if _NO_STOP.search(self._pending[: stop.start() + 1].rsplit("\n", 1)[-1]):
                continue
            ahead = _MARKERS_AHEAD.match(self._pending, stop.end())
            after = ahead.end() if ahead else stop.end()
            if not last and _UNSURE_END.match(self._pending, after):
                return None
            return after
        return (len(self._pending) or None) if last else None

    def _statement(self, piece: str) -> list[Statement]:
        if piece.lstrip(" ").startswith(("```", "~~~")):
            self._fence = not self._fence
            return []
        if self._fence:
            return []
        markers: list[Marker] = []
        read = _CODE.sub(lambda code: "\0" * len(code[0]), piece)  # as long: positions stay
        for found in _MARKERS.finditer(read):
            place = (self._position + found.start(), self._position + found.end())
            markers += [Marker(int(number), *place) for number in re.findall(r"\d+", found[1])]
        leading = _LEADING.match(piece)
        start = leading.end() if leading else 0
        plain = _without(piece, read, start).strip()
        end = len(piece.rstrip())
        if not any(char.isalpha() for char in plain):
            return []
        return [Statement(self._position + start, self._position + end, plain, tuple(markers))]


def _without(piece: str, read: str, start: int) -> str:
    """Return the piece from `start` on without the markers of `read`, which is as long."""
    kept, after = "", start
    for found in _MARKERS.finditer(read, start):
        kept += piece[after : found.start()]
        after = found.end()
    return kept + piece[after:]
