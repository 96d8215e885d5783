"""Detectors on a text that comes in pieces: the findings are those of the whole, wherever it was cut (TA-109).

Pieces are kept until there is enough to read; what is told lies far enough from both ends of what was read that
neither more text nor less could change it.

        told before | BEHIND | told now | AHEAD | still to come
"""

import re
from typing import Final

from chatelet.policy.guardrails.detection import ALL_KINDS, detect
from chatelet.policy.guardrails.findings import Finding, Kind

STEP: Final = 2_400  # characters between two readings: what is read twice costs a fifth more, not a third
AHEAD: Final = 300  # the longest finding, but for keys, and what is looked at after it
BEHIND: Final = 240  # what is looked at before a finding
WRITTEN: Final = ALL_KINDS - {Kind.INJECTION}  # what a model writes is no order to itself
_OPEN_KEY: Final = re.compile(r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY")
_CLOSED: Final = re.compile(r"-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----")
_LONGEST: Final = 9_000  # a private key, a token


class DetectorStream:
    """Holds the end of the text, as far back as a finding may look."""

    __slots__ = ("_from", "_kept", "_kinds", "_next", "_pieces", "_settled", "_waiting")

    def __init__(self, kinds: frozenset[Kind] = WRITTEN) -> None:
        self._kinds = kinds
        self._kept = ""
        self._from = 0  # where `_kept` starts in the text
        self._settled = 0  # findings that start before were told
        self._pieces: list[str] = []
        self._waiting = 0
        self._next = STEP

    def feed(self, piece: str) -> list[Finding]:
        """Read more of the text; return the findings that nothing to come can change."""
        self._pieces.append(piece)
        self._waiting += len(piece)
        if self._waiting < self._next:
            return []
        return self._read(last=False)

    def flush(self) -> list[Finding]:
        """Return what is left, once the text is whole."""
        return self._read(last=True)

    def _read(self, *, last: bool) -> list[Finding]:
        kept = self._kept + "".join(self._pieces)
        self._pieces.clear()
        self._waiting = 0
        edge = len(kept) if last else self._edge(kept)
        settled, until = self._settled - self._from, edge
        told = [
            Finding(found.start + self._from, found.end + self._from, found.kind, found.type)
            for found in detect(kept, self._kinds)
            if settled <= found.start < until
        ]
        self._settled = max(self._settled, self._from + edge)
        cut = max(0, self._settled - self._from - BEHIND)
        self._kept, self._from = kept[cut:], self._from + cut
        self._next = max(STEP, len(self._kept) - AHEAD - BEHIND)  # what is held back is not read at every step
        return told

    def _edge(self, kept: str) -> int:
        """Return how far findings may be told: before a token or a private key that has not ended yet."""
        edge = len(kept) - AHEAD
        word = max(kept.rfind(" "), kept.rfind("\n")) + 1
        if len(kept) - word < _LONGEST:
            edge = min(edge, word)
        for key in _OPEN_KEY.finditer(kept, max(0, self._settled - self._from)):
            if key.start() < edge and len(kept) - key.start() < _LONGEST and not _CLOSED.search(kept, key.end()):
                edge = key.start()
        return max(0, edge)
