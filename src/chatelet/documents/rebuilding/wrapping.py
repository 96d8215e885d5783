"""Lines of a paragraph that its author broke by hand: joined to be read as a whole, broken again at the same width."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from chatelet.documents.rebuilding.contract import Piece

_LEAST_WIDTH: Final = 40
_FULL: Final = 0.75  # of the longest line: shorter ones end where the author wanted them to
_TOKENS: Final = re.compile(r"(?:<[^<>\n]*>|[^\s<]|<)+")
_TAG: Final = re.compile(r"<[^<>\n]*>")


def is_wrapped(lines: Sequence[str]) -> bool:
    """Tell lines broken for their width alone: all are long but the last, and none had room for the next word."""
    if len(lines) < 2:
        return False
    width = max(map(len, lines))
    if width < _LEAST_WIDTH or width > 200:
        return False
    for line, following in pairwise(lines):
        word = following.split(maxsplit=1)
        if len(line) < width * _FULL and len(line) + 1 + len(word[0] if word else "") <= width:
            return False
    return True


def wrapped(text: str, width: int, between: str, *, hanging: int = 0) -> str:
    """Break words into lines of `width`, `between` standing at each break; only plain spaces are broken at."""
    lines: list[str] = []
    line, room = "", width
    for word in text.split(" "):
        if line and len(line) + 1 + len(word) > room:
            lines.append(line)
            line, room = word, width - hanging
        else:
            line = f"{line} {word}" if line else word
    return between.join([*lines, line])


def balanced(text: str, lines: int, between: str) -> str:
    """Break words into so many lines at most, of about the same length; tags count for nothing and are never cut."""
    words = _TOKENS.findall(text)
    if lines < 2 or not words:
        return text
    sizes = [len(_TAG.sub("", word)) for word in words]
    target = (sum(sizes) + len(words) - 1) / lines
    found: list[list[str]] = [[]]
    length = 0.0
    for word, size in zip(words, sizes, strict=True):
        if found[-1] and len(found) < lines and length + (size + 1) / 2 > target * len(found):
            found.append([])
        found[-1].append(word)
        length += size + 1
    return between.join(" ".join(line) for line in found)


def laid_out(laid: Sequence[tuple[Piece, str]], width: int, between: str, may_begin: re.Pattern[str]) -> str:
    """Break words into lines of `width`, only at spaces of the words, and only before what may begin a line."""
    lines: list[str] = [""]
    for atom, may_break in _atoms(laid):
        length = len(lines[-1]) - lines[-1].rfind("\n") - 1 + len(atom)
        if may_break and lines[-1] and length > width and may_begin.match(atom.lstrip(" ")):
            lines.append(atom.lstrip(" "))
        else:
            lines[-1] += atom
    return between.join(line.rstrip(" ") if place < len(lines) - 1 else line for place, line in enumerate(lines))


def _atoms(laid: Sequence[tuple[Piece, str]]) -> Iterator[tuple[str, bool]]:
    """Yield the words with the space before them, and whether a line may end there."""
    for piece, source in laid:
        if piece.kind != "text":
            yield source, False
            continue
        for place, word in enumerate(source.split(" ")):
            yield (f" {word}", True) if place else (word, False)
