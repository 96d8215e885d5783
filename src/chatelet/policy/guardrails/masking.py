"""Masks keys and tokens in a text that comes in pieces, before anyone sees them (TA-109).

    short words pass at once │ a long word is held until it ends, then read: it passes, or is masked
                             │ what is inside a private key never passes

Only what is sure is masked: a form of key or token that a service gives out. The rest is marked by others. Seven
characters of a key may be seen: they open nothing, and tell which it was.
"""

import re
from collections import Counter
from typing import Final

from chatelet.policy.guardrails.detection import detect_forms
from chatelet.policy.guardrails.labels import Verdict, verdict_of

MASK: Final = "••••••••"
_OF_WORD: Final = r"[A-Za-z0-9+/=_\-.~:@%$]"
_LONG: Final = re.compile(rf"{_OF_WORD}{{8,}}")
_SHORT: Final = re.compile(r"(?:[^A-Za-z0-9+/=_\-.~:@%$][A-Za-z0-9+/=_\-.~:@%$]{0,7})+")  # begins no word before it
_WORD: Final = re.compile(rf"{_OF_WORD}+")
_END: Final = re.compile(rf"{_OF_WORD}{{0,7}}\Z")
_SEEN: Final = 7
_LEAST: Final = 16  # characters of a key
_CONTEXT: Final = 160  # characters before a word, which may announce it
_LONGEST: Final = 9_000
_LONGEST_HELD: Final = 8_000  # beyond, each piece is looked at: the word may have to be given up
_OPENS: Final = re.compile(r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----\Z")
_CLOSES: Final = re.compile(r"-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----")
_CLOSES_IN_JSON: Final = re.compile(rf"{_CLOSES.pattern}|(?=(?<!\\)\")")  # the end of the string it is in, too
_MAY_CLOSE: Final = 80


class SecretMask:
    """Feed it a text in pieces; `masked` is how many were, by type. Raises `DetectorFailed`: nothing follows then.

    `in_json`: the text is JSON, and stays so.
    """

    __slots__ = ("_before", "_closes", "_held", "_inside", "_line", "masked")

    def __init__(self, *, in_json: bool = False) -> None:
        self._closes, self._line = (_CLOSES_IN_JSON, "\\n") if in_json else (_CLOSES, "\n")
        self._before = ""  # the end of what was read, as it was written
        self._held = ""
        self._inside = False
        self.masked: Counter[str] = Counter()

    def feed(self, piece: str) -> str:
        """Return what may be seen. On the per-token path."""
        if not self._held and not self._inside and _SHORT.fullmatch(piece):
            self._note(self._before + piece)
            return piece
        if self._held and not self._inside and len(self._held) < _LONGEST_HELD and _WORD.fullmatch(piece):
            self._held += piece  # the long word goes on: nothing to look at until it ends
            return ""
        return self._read(self._held + piece, last=False)

    def flush(self) -> str:
        """Return what was held back."""
        return self._read(self._held, last=True)

    def _read(self, text: str, *, last: bool) -> str:
        out: list[str] = []
        rest = text
        while rest:
            rest, waits = self._skip(rest, out, last=last) if self._inside else self._pass(rest, out, last=last)
            if waits:
                break
        self._held = rest
        return "".join(out)

    def _pass(self, text: str, out: list[str], *, last: bool) -> tuple[str, bool]:
        """Give what may be seen up to the end of the first long word; return the rest, and whether it must wait."""
        full, base = self._before + text, len(self._before)
        end = self._before[-_SEEN:]
        begun = _END.search(end)
        word = _LONG.search(full, base - len(end) + (begun.start() if begun else len(end)))
        if word is None:
            out.append(text)
            self._note(full)
            return "", False
        shown = max(word.start() + _SEEN, base)
        out.append(full[base:shown])
        if word.end() == len(full) and not last and word.end() - word.start() < _LONGEST:
            self._note(full[:shown])
            return full[shown:], True
        out.append(self._seen(full, word, shown))
        self._note(full[: word.end()])
        if _OPENS.search(self._before):
            self._inside = True
            self.masked["private_key"] += 1
            out.append(self._line + MASK)
        return full[word.end() :], False

    def _seen(self, full: str, word: re.Match[str], shown: int) -> str:
        """Return the end of a long word from `shown` on, masked where it is a key."""
        written = word[0]
        if len(written) < _LEAST or not any(char.isdigit() for char in written):
            return full[shown : word.end()]
        start = max(0, word.start() - _CONTEXT)
        out, done = list[str](), shown
        for found in detect_forms(full[start : word.end()]):
            first, end = found.start + start, found.end + start
            if end > done and verdict_of([found]) is Verdict.BLOCK:
                out += [full[done : max(first, done)], MASK]
                done = end
                self.masked[found.type] += 1
        return "".join(out) + full[done : word.end()]

    def _skip(self, text: str, out: list[str], *, last: bool) -> tuple[str, bool]:
        closed = self._closes.search(text)
        if closed is None:
            cut = max(0, len(text) - _MAY_CLOSE)
            cut -= text[cut - 1 : cut] == "\\"  # never between it and what it escapes
            return ("", True) if last else (text[cut:], True)
        if closed[0]:
            out.append(self._line + closed[0])
        self._inside = False
        self._note(closed[0])
        return text[closed.end() :], False

    def _note(self, read: str) -> None:
        self._before = read[-_CONTEXT:]
