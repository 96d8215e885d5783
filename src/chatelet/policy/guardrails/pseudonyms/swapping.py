"""Swaps known words for others in a text that comes in pieces; the result is the same wherever it was cut.

    piece -> what was held + piece -> at each start of a word, the longest known one -> its other, in the same dress
                                                    └─ the text ends too early to tell: held back until more comes

Case, accents and look-alike letters do not matter to find; what is put takes the capitals and accents of what it
replaces. Numbers are found whatever stands between their digits, and keep it. Only the end of a text that could still
become a known word is held back: at most the longest of them.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from chatelet.policy.guardrails.reading import fold


class Form(StrEnum):
    """How a known word is compared and put."""

    WORD = "word"  # a name: in the capitals and accents of what it replaces
    TEXT = "text"  # as it is, whatever the spaces between its words
    NUMBER = "number"  # letters and digits, whatever stands between them


class Pair(NamedTuple):
    """`find` becomes `put`; `sort` tells of what sort they are. `capital`: only where written with one."""

    find: str
    put: str
    form: Form
    sort: str
    capital: bool = False


class Place(NamedTuple):
    """Where something was put, in the text given back."""

    start: int
    end: int
    sort: str


@dataclass(slots=True, eq=False)
class _Node:
    next: "dict[str, _Node]"
    pair: Pair | None = None


_STARTS: Final = re.compile(r"(?<![^\W_])[^\W_]")
_BETWEEN: Final = frozenset(" .-/_()\n\u200b,")
_MOST_BETWEEN: Final = 3
_UNDECIDED: Final = -1


class Known:
    """The pairs, as two trees of letters; of two with the same letters, the first."""

    def __init__(self, pairs: Iterable[Pair]) -> None:
        self.words = _Node({})
        self.numbers = _Node({})
        for pair in pairs:
            _plant(self.numbers if pair.form is Form.NUMBER else self.words, pair)
        self.firsts = frozenset(self.words.next) | frozenset(self.numbers.next)


class Swap:
    """Feed it a text in pieces. `places` tells where something was put, in all that was given back so far."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._held = ""
        self._before = ""  # the character before what is held
        self._given = 0
        self.places: list[Place] = []

    def feed(self, piece: str) -> str:
        """Return what is now certain."""
        return self._read(self._held + piece, last=False) if piece else ""

    def flush(self) -> str:
        """Return what was held back."""
        return self._read(self._held, last=True)

    def whole(self, text: str) -> str:
        """Return a whole text, swapped."""
        return self.feed(text) + self.flush()

    def _read(self, text: str, *, last: bool) -> str:
        out: list[str] = []
        done = 0
        joined = self._before + text
        shift = len(self._before)
        for start in _STARTS.finditer(joined):
            at = start.start() - shift
            if at < done or not self._may_start(start[0]):
                continue
            end, pair = self._longest(text, at, last=last)
            if end == _UNDECIDED:
                return self._give(out, text[done:at], text[:at], text[at:])
            if pair is not None:
                self._put(out, text[done:at], _dressed(text[at:end], pair), pair.sort)
                done = end
        return self._give(out, text[done:], text, "")

    def _may_start(self, char: str) -> bool:
        return fold(char)[:1] in self._known.firsts

    def _put(self, out: list[str], before: str, put: str, sort: str) -> None:
        self._given += len(before)
        out += (before, put)
        self.places.append(Place(self._given, self._given + len(put), sort))
        self._given += len(put)

    def _give(self, out: list[str], rest: str, read: str, held: str) -> str:
        out.append(rest)
        self._given += len(rest)
        self._held = held
        self._before = read[-1:] or self._before
        return "".join(out)

    def _longest(self, text: str, at: int, *, last: bool) -> tuple[int, Pair | None]:
        """Return where the longest pair that starts at `at` ends; `_UNDECIDED` when more text could change that."""
        word = _walk(self._known.words, text, at, number=False, last=last)
        number = _walk(self._known.numbers, text, at, number=True, last=last)
        if _UNDECIDED in (word[0], number[0]):
            return _UNDECIDED, None
        return max(number, word, key=lambda found: found[0])


def _plant(root: _Node, pair: Pair) -> None:
    node = root
    for char in _plain(pair.find, number=pair.form is Form.NUMBER):
        node = node.next.setdefault(char, _Node({}))
    if node is not root and node.pair is None:
        node.pair = pair


def _plain(text: str, *, number: bool) -> str:
    folded = fold(text)
    return "".join(char for char in folded if char.isalnum()) if number else " ".join(folded.split())


def _walk(root: _Node, text: str, at: int, *, number: bool, last: bool) -> tuple[int, Pair | None]:
    """Follow the text down a tree from `at`; between numbers, anything small that stands between digits."""
    node, place, skipped, spaced = root, at, 0, False
    best: tuple[int, Pair | None] = (0, None)
    while place < len(text):
        letters = fold(text[place]).replace("\n", " ")
        if not skipped and _ends(node.pair, text, at, letters):
            best = (place, node.pair)
        if not node.next:
            return best
        place += 1
        follows = _follow(node, letters)
        if follows is not None:
            node, skipped, spaced = follows, 0, letters == " "
        elif letters:
            passes = letters in _BETWEEN if number else spaced and letters == " "
            if not passes or skipped == _MOST_BETWEEN:
                return best
            skipped += 1
    if not last:
        return _UNDECIDED, None
    return (len(text), node.pair) if not skipped and _ends(node.pair, text, at, " ") else best


def _follow(node: _Node, letters: str) -> _Node | None:
    found: _Node | None = node
    for letter in letters:
        found = found.next.get(letter) if found is not None else None
    return found if letters else None


def _ends(pair: Pair | None, text: str, at: int, following: str) -> bool:
    """Tell whether `pair` ends before `following`; an unseen character decides nothing."""
    if pair is None or not following or following[0].isalnum():
        return False
    return not pair.capital or text[at].isupper()


def _dressed(found: str, pair: Pair) -> str:
    if pair.form is Form.NUMBER:
        return _numbered(found, pair.put)
    return _named(found, pair) if pair.form is Form.WORD else pair.put


def _numbered(found: str, put: str) -> str:
    """Write the letters and digits of `put` in the places of those of `found`, when they are as many."""
    letters = [char for char in put if char.isalnum()]
    if len(letters) != sum(char.isalnum() for char in found):
        return put
    following = iter(letters)
    return "".join(next(following) if char.isalnum() else char for char in found)


def _named(found: str, pair: Pair) -> str:
    put = pair.put
    if len(found) > 1 and found.isupper():
        put = put.upper()
    elif found[0].islower() and not pair.find[0].islower():
        put = put.lower()
    if _has_accents(pair.find) and not _has_accents(found):
        put = without_accents(put)
    return put


def _has_accents(text: str) -> bool:
    return any(unicodedata.combining(char) for char in unicodedata.normalize("NFD", text))


def without_accents(text: str) -> str:
    """Return `text` without its accents."""
    kept = [char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char)]
    return unicodedata.normalize("NFC", "".join(kept))
