"""Other words written in a paragraph, in one of two ways, both on the bytes of the paragraph alone.

in place   marks and fixed things keep their order: each slot's words go in one leaf, its other leaves are emptied, and
           nothing but text nodes changes
anew       they were moved, or words stand where there was no run: runs, fixed things and wraps are written in the new
           order, each from its own bytes
"""

from collections.abc import Sequence
from typing import Protocol

from chatelet.documents.rebuilding.contract import Piece
from chatelet.documents.rebuilding.inline import Layout, Leaf, Token, usual
from chatelet.documents.rebuilding.xml_splice import Scan


class Dialect(Protocol):
    """How a format writes words."""

    def write(self, scan: Scan, leaf: Leaf, text: str) -> None:
        """Replace a leaf's words in place."""
        ...

    def dress(self, scan: Scan, leaf: Leaf, *, is_new: bool) -> None:
        """Set the language of a leaf's run if its words are new, and highlight it where that was asked."""
        ...

    def run(self, scan: Scan, like: Leaf, text: str, *, is_new: bool) -> bytes:
        """Return a run of that format."""
        ...

    def lone(self, scan: Scan, leaf: Leaf) -> bytes:
        """Return a fixed thing that can stand between runs."""
        ...


def rewrite(
    scan: Scan, dialect: Dialect, layout: Layout, replacement: Sequence[Piece], span: tuple[int, int], *, unsure: bool
) -> None:
    """Write a checked replacement; `span` is where the paragraph's items stand."""
    slots = slots_of(layout, replacement)
    if slots is None:
        scan.replace(*span, _anew(scan, dialect, layout, replacement))
        return
    for token, text in slots:
        _fill(scan, dialect, token, text, unsure=unsure)


def _fill(scan: Scan, dialect: Dialect, token: Token, text: str, *, unsure: bool) -> None:
    if text == token.text:
        if unsure:
            for leaf in token.leaves:
                dialect.dress(scan, leaf, is_new=False)
        return
    chosen = usual(token.leaves) or token.leaves[0]
    for leaf in token.leaves:
        if leaf is chosen:
            dialect.write(scan, leaf, text)
            dialect.dress(scan, leaf, is_new=True)
        elif leaf.text:
            dialect.write(scan, leaf, "")


def slots_of(layout: Layout, replacement: Sequence[Piece]) -> list[tuple[Token, str]] | None:
    """Pair each slot with its new words; nothing when they do not fit the paragraph as it is."""
    found: list[tuple[Token, str]] = []
    place, tokens = 0, layout.core
    for at, token in enumerate((*tokens, None)):
        if token is not None and token.kind == "text":
            continue
        text = ""
        while place < len(replacement) and replacement[place].kind == "text":
            text += replacement[place].text
            place += 1
        slot = tokens[at - 1] if at and tokens[at - 1].kind == "text" else None
        if slot is not None:
            found.append((slot, text))
        elif text:
            return None
        if token is not None:
            piece = replacement[place] if place < len(replacement) else None
            if piece is None or (piece.kind, piece.number) != (token.kind, token.number):
                return None
            place += 1
    return found


def _anew(scan: Scan, dialect: Dialect, layout: Layout, replacement: Sequence[Piece]) -> bytes:
    tokens = {(token.kind, token.number): token for token in layout.core if token.kind != "text"}
    styles = _styles(layout)
    base = usual(list(layout.leaves()))
    assert base is not None  # a segment has words
    out = [structure(scan, dialect, token) for token in layout.before]
    opened: list[Leaf] = [base]
    for piece in replacement:
        if piece.kind == "text":
            out.append(dialect.run(scan, opened[-1], piece.text, is_new=True))
            continue
        token = tokens[(piece.kind, piece.number)]
        if piece.kind == "open":
            opened.append(styles.get(piece.number) or opened[-1])
        elif piece.kind == "close":
            opened.pop()
        out.append(structure(scan, dialect, token))
    out += [structure(scan, dialect, token) for token in layout.after]
    out += [dialect.lone(scan, leaf) for leaf in layout.noise]
    return b"".join(out)


def _styles(layout: Layout) -> dict[int, Leaf]:
    """Return the leaf whose format each mark's words take: the usual one of those directly inside it."""
    inside: dict[int, list[Leaf]] = {}
    opened: list[int] = []
    for token in layout.core:
        if token.kind == "open":
            opened.append(token.number)
        elif token.kind == "close":
            opened.pop()
        elif token.kind == "text" and opened:
            inside.setdefault(opened[-1], []).extend(token.leaves)
    return {number: leaf for number, leaves in inside.items() if (leaf := usual(leaves)) is not None}


def structure(scan: Scan, dialect: Dialect, token: Token) -> bytes:
    """Return a token as it was."""
    if token.kind == "text":
        return b"".join(dialect.run(scan, leaf, leaf.text, is_new=False) for leaf in token.leaves)
    if token.kind == "fixed":
        return b"".join(dialect.lone(scan, leaf) for leaf in token.leaves)
    wrap = token.wrap
    if wrap is None:
        return b""  # a format: its runs carry it
    parts, first, last = (
        (wrap.opening, wrap.start, wrap.inner) if token.kind == "open" else (wrap.closing, wrap.inner_end, wrap.end)
    )
    return b"".join(dialect.lone(scan, part) for part in parts) if parts else scan.edited(first, last)
