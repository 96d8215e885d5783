"""XML of a server, piece by piece and bounded: no document type hence no entity; depth, length and number of elements.

A pure machine over the standard library's expat: bytes in, whatever the cut, (path of names, text) out at the end of
each element, and (path of names, attributes) at its start for whoever asks. Nothing is kept of what has ended.
"""

from collections.abc import Callable
from typing import Final
from xml.parsers import expat

DEEPEST: Final = 32
_LONGEST_TEXT: Final = 64 * 1024

Ended = Callable[[tuple[str, ...], str], None]
Started = Callable[[tuple[str, ...], dict[str, str]], None]


class NotXml(Exception):
    """Not XML, or XML that is refused."""


class Elements:
    """Reads one document. Names are `namespace local`, or `local` without a namespace."""

    def __init__(self, ended: Ended, *, started: Started | None = None, most: int = 2_000_000) -> None:
        self._ended = ended
        self._started = started
        self._left = most
        self._names: list[str] = []
        self._texts: list[list[str]] = []
        self._length = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def feed(self, data: bytes) -> None:
        """Read a piece. Raises `NotXml`."""
        self._parse(data, last=False)

    def flush(self) -> None:
        """Say that there is no more. Raises `NotXml` when the document is cut short."""
        self._parse(b"", last=True)

    def _parse(self, data: bytes, *, last: bool) -> None:
        try:
            self._parser.Parse(data, last)
        except (expat.ExpatError, ValueError, LookupError):
            raise NotXml from None

    def _refuse(self, *_told: object) -> None:
        raise NotXml

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._left -= 1
        if len(self._names) >= DEEPEST or self._left < 0:
            raise NotXml
        self._names.append(name)
        self._texts.append([])
        if self._started is not None:
            self._started(tuple(self._names), attributes)

    def _text(self, text: str) -> None:
        self._length += len(text)  # of all that is open
        if self._length > _LONGEST_TEXT:
            raise NotXml
        self._texts[-1].append(text)

    def _end(self, _name: str) -> None:
        names, text = tuple(self._names), "".join(self._texts.pop())
        self._names.pop()
        self._length -= len(text)
        self._ended(names, text)
