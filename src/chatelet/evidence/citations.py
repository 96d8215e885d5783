"""Finds the quotations of an answer while it streams: « … », “…” and "…", outside code.

A pure machine: `feed` as text comes, `flush` at the end; what it finds does not depend on where the text was cut. A
quotation ends with its own closing mark; an empty line or `LONGEST` characters mean that the mark was no quotation.
"""

import re
from typing import Final

from chatelet.evidence.passage import Quotation

LONGEST: Final = 1_200
_CLOSING: Final = {"«": "»", "“": "”", '"': '"'}
_CONCERNS_US: Final = re.compile('[«“"`]')


class QuotationStream:
    """Holds the quotation being read, and whether the text is inside code."""

    __slots__ = ("_closing", "_fence", "_newlines", "_position", "_run", "_start", "_words", "found")

    def __init__(self) -> None:
        self.found: list[Quotation] = []
        self._position = 0
        self._closing = ""
        self._start = 0
        self._words: list[str] = []
        self._newlines = 0
        self._fence = 0  # length of the run of back quotes that opened the code we are in
        self._run = 0  # back quotes just read

    def feed(self, text: str) -> None:
        """Read more of the answer."""
        if not self._closing and not self._fence and not self._run and not _CONCERNS_US.search(text):
            self._position += len(text)
            return
        for char in text:
            self._step(char)
            self._position += 1

    def flush(self) -> list[Quotation]:
        """Return every quotation, once the answer is whole."""
        return self.found

    def _step(self, char: str) -> None:
        if char == "`":
            self._run += 1
            return
        if self._run:
            self._end_run()
        if self._fence:
            return
        if self._closing:
            self._continue(char)
        elif char in _CLOSING:
            self._closing, self._start, self._newlines = _CLOSING[char], self._position + 1, 0
            self._words.clear()

    def _end_run(self) -> None:
        if not self._fence:
            self._fence, self._closing = self._run, ""
        elif self._run >= self._fence:
            self._fence = 0
        self._run = 0

    def _continue(self, char: str) -> None:
        if char == self._closing:
            raw = "".join(self._words)
            words = raw.strip()
            start = self._start + len(raw) - len(raw.lstrip())
            self.found.append(Quotation(start, start + len(words), words))
            self._closing = ""
            return
        self._newlines = self._newlines + 1 if char == "\n" else self._newlines * char.isspace()
        self._words.append(char)
        if self._newlines > 1 or len(self._words) > LONGEST:
            self._closing = ""
