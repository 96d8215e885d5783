"""French typography of a text while it streams: narrow no-break spaces before ; : ! ? » and after «.

Only a space that the model already wrote is changed: nothing is inserted, so addresses, times and code keep their
meaning. Code (inline and fenced) and table rules are left alone. A pure machine: `feed` as text comes, `flush` at the
end; the result does not depend on where the text was cut.
"""

import re
from typing import Final

_NARROW: Final = "\u202f"
_SPACES: Final = frozenset(" \u00a0")
_TALL: Final = frozenset(";:!?»")
_CONCERNED: Final = re.compile("[`«]|[ \u00a0][;:!?»]")


class FrenchSpacing:
    """Holds back at most two characters: a space, and the mark after it whose successor decides."""

    __slots__ = ("_fence", "_held", "_run")

    def __init__(self) -> None:
        self._held = ""
        self._fence = 0  # length of the run of back quotes that opened the code we are in
        self._run = 0  # back quotes just read

    def feed(self, text: str) -> str:
        """Return what is now certain."""
        if not self._fence and not self._run and (not self._held or self._held in _SPACES):
            whole = self._held + text
            if not _CONCERNED.search(whole):
                self._held = whole[-1:] if whole[-1:] in _SPACES else ""
                return whole[:-1] if self._held else whole
        return "".join([self._step(char) for char in text])

    def flush(self) -> str:
        """Return what was held back."""
        held, self._held = self._held, ""
        return _join(held, "") if held else ""

    def _step(self, char: str) -> str:
        if char == "`":
            self._run += 1
            return self._release(char)
        if self._run:
            self._close_run()
        if self._fence:
            return char
        return self._hold(char)

    def _close_run(self) -> None:
        if not self._fence:
            self._fence = self._run
        elif self._run >= self._fence:
            self._fence = 0
        self._run = 0

    def _hold(self, char: str) -> str:
        held = self._held
        if len(held) == 2:  # a space and a tall mark: their successor decides
            self._held = ""
            return _join(held, char) + self._hold(char)
        if held and held in _SPACES:
            if char in _TALL:
                self._held = held + char
                return ""
            self._held = char if char in _SPACES or char == "«" else ""
            return held if self._held else held + char
        if held == "«":
            self._held = ""
            if char in _SPACES:
                return "«" + _NARROW
            return "«" + self._hold(char)
        if char in _SPACES or char == "«":
            self._held = char
            return ""
        return char

    def _release(self, char: str) -> str:
        held, self._held = self._held, ""
        return (_join(held, char) if held else "") + char


def _join(held: str, following: str) -> str:
    """Return a held space and mark, with a narrow space unless Markdown gives the mark a meaning there."""
    if len(held) != 2:
        return held
    mark = held[1]
    is_markdown = (mark == ":" and following in {"-", ":", "/"}) or (mark == "!" and following in {"[", "="})
    return held if is_markdown else _NARROW + mark
