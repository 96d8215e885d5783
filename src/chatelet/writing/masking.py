"""A segment as a model reads it, and the way back: ⟦1⟧ … ⟦/1⟧ for a mark, ⟦2⟧ for what must stay as it is.

pieces --mask--> what stands at the edges is set aside; inside, tokens numbered from 1
answer --unmask--> pieces, each token once and well nested, or `TokensMisplaced` with the reason
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from chatelet.documents.rebuilding.contract import Piece
from chatelet.writing.protection import spans
from chatelet.writing.task import Reason

TOKEN: Final = re.compile(r"⟦\s*(/?)\s*(\d+)\s*⟧")
_LETTERS: Final = re.compile(r"[^\W\d_]")
_BRACKETED: Final = re.compile(r"\[[^\]]*\]")
_PROTECTED: Final = 0  # the number of a piece of the text itself that is protected


class TokensMisplaced(Exception):
    """The answer does not hold each token once, well nested."""

    def __init__(self, reason: Reason, tokens: Sequence[str]) -> None:
        super().__init__(reason)
        self.reason = reason
        self.tokens = tuple(tokens)


@dataclass(frozen=True, slots=True)
class Masked:
    """`text` is what the model reads; `tokens` what each of its tokens stands for, opening and closing apart."""

    text: str
    tokens: dict[str, Piece]
    before: tuple[Piece, ...] = ()
    after: tuple[Piece, ...] = ()

    @property
    def words(self) -> str:
        """Return the text without its tokens."""
        return TOKEN.sub("", self.text)

    @property
    def is_plain(self) -> bool:
        """Tell whether it is words alone, protected ones included: neither marks nor fixed things within."""
        return all(piece.kind == "text" for piece in self.tokens.values())

    @property
    def has_words(self) -> bool:
        """Tell whether anything is there to write otherwise."""
        return _LETTERS.search(self.words) is not None


def mask(pieces: Sequence[Piece], kept: Sequence[str] = ()) -> Masked:
    """Return a segment as the model reads it."""
    inside, before, after = _edged([part for piece in pieces for part in _parted(piece, kept)])
    written: list[str] = []
    tokens: dict[str, Piece] = {}
    pairs: dict[int, int] = {}
    for piece in inside:
        if piece.kind == "text" and piece.number == _PROTECTED:
            written.append(piece.text)
            continue
        if piece.kind == "close":
            token = f"⟦/{pairs[piece.number]}⟧"
        else:
            number = 1 + sum(not name.startswith("⟦/") for name in tokens)
            token = f"⟦{number}⟧"
            if piece.kind == "open":
                pairs[piece.number] = number
        tokens[token] = piece if piece.kind != "text" else Piece("text", piece.text)
        written.append(token)
    return Masked("".join(written), tokens, tuple(before), tuple(after))


def unmask(masked: Masked, answer: str) -> tuple[Piece, ...]:
    """Return the pieces of an answer. Raises `TokensMisplaced`."""
    found = [f"⟦{slash}{number}⟧" for slash, number in TOKEN.findall(answer)]
    _check(masked, found)
    pieces: list[Piece] = list(masked.before)
    place = 0
    for match, token in zip(TOKEN.finditer(answer), found, strict=True):
        _append(pieces, Piece("text", answer[place : match.start()]))
        _append(pieces, masked.tokens[token])
        place = match.end()
    _append(pieces, Piece("text", answer[place:]))
    for piece in masked.after:
        _append(pieces, piece)
    return tuple(pieces)


def restored(masked: Masked, text: str) -> str:
    """Return a text of the model's with the protected words in the place of their tokens, the marks left out."""
    return TOKEN.sub(lambda match: _words(masked, f"⟦{match[1]}{match[2]}⟧"), text)


def hidden(masked: Masked, text: str) -> str:
    """Return a text close to that of `masked` with the tokens in the place of its protected words."""
    for name, piece in masked.tokens.items():
        if piece.kind == "text":
            text = text.replace(piece.text, name, 1)
    return text


def _words(masked: Masked, token: str) -> str:
    piece = masked.tokens.get(token)
    return piece.text if piece is not None and piece.kind in {"text", "fixed"} else ""


def _check(masked: Masked, found: Sequence[str]) -> None:
    if not found and not masked.tokens:
        return
    counts = Counter(found)
    unknown = [token for token in counts if token not in masked.tokens]
    if unknown:
        raise TokensMisplaced(Reason.TOKEN_UNKNOWN, unknown)
    missing = [token for token in masked.tokens if token not in counts]
    if missing:
        raise TokensMisplaced(Reason.TOKEN_MISSING, missing)
    repeated = [token for token, count in counts.items() if count > 1]
    if repeated:
        raise TokensMisplaced(Reason.TOKEN_REPEATED, repeated)
    opened: list[str] = []
    for token in found:
        kind = masked.tokens[token].kind
        if kind == "open":
            opened.append(token)
        elif kind == "close" and (not opened or opened.pop() != token.replace("/", "")):
            raise TokensMisplaced(Reason.TOKEN_CROSSED, [token])


def _parted(piece: Piece, kept: Sequence[str]) -> list[Piece]:
    """Return a text's pieces; a protected one is a text that bears a number."""
    if piece.kind != "text":
        return [piece]
    parts: list[Piece] = []
    place = 0
    for number, span in enumerate(spans(piece.text, kept), start=1):
        if span.start > place:
            parts.append(Piece("text", piece.text[place : span.start]))
        parts.append(Piece("text", piece.text[span.start : span.end], number))
        place = span.end
    if place < len(piece.text):
        parts.append(Piece("text", piece.text[place:]))
    return parts


def _edged(pieces: list[Piece]) -> tuple[list[Piece], list[Piece], list[Piece]]:
    """Set aside what stands at both edges, which no order of words moves: spaces, outer marks, images, calls."""
    inside, before, after = list(pieces), list[Piece](), list[Piece]()
    while inside:
        first, last = inside[0], inside[-1]
        if _is_bare(first, leading=True):
            before.append(inside.pop(0))
        elif _is_bare(last, leading=False):
            after.insert(0, inside.pop())
        elif first.kind == "open" and last.kind == "close" and first.number == last.number:
            before.append(inside.pop(0))
            after.insert(0, inside.pop())
        elif not _trim(inside, before, after):
            break
    return inside, before, after


def _trim(inside: list[Piece], before: list[Piece], after: list[Piece]) -> bool:
    """Set aside the spaces of the texts at the edges; tell whether there were any."""
    first = inside[0]
    stripped = first.text.lstrip() if first.kind == "text" and not first.number else first.text
    if stripped != first.text:
        before.append(Piece("text", first.text[: len(first.text) - len(stripped)]))
        inside[0] = Piece("text", stripped)
        return True
    last = inside[-1]
    stripped = last.text.rstrip() if last.kind == "text" and not last.number else last.text
    if stripped != last.text:
        after.insert(0, Piece("text", last.text[len(stripped) :]))
        inside[-1] = Piece("text", stripped)
        return True
    return False


def _is_bare(piece: Piece, *, leading: bool) -> bool:
    if piece.kind == "text":
        return not piece.text.strip() and not piece.number
    return piece.kind == "fixed" and (not leading or not _LETTERS.search(_BRACKETED.sub("", piece.text)))


def _append(pieces: list[Piece], piece: Piece) -> None:
    """Add a piece; texts side by side are one, an empty one is none."""
    if piece.kind == "text":
        if not piece.text:
            return
        if pieces and pieces[-1].kind == "text":
            pieces[-1] = Piece("text", pieces[-1].text + piece.text)
            return
    pieces.append(piece)
